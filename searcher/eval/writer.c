/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/writer.h"

#include "searcher/eval/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WRITER_BYTES_MAX ((size_t)4 << 30) /* bytes of a report: far more than any reader would open */

void writer_init(struct writer *writer)
{
    writer->status = OK;
    buffer_init(&writer->text, WRITER_BYTES_MAX);
}

void writer_release(struct writer *writer)
{
    buffer_release(&writer->text);
}

void writer_printf(struct writer *writer, const char *format, ...)
{
    if (writer->status != OK) return;
    char *text;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    writer->status = length < 0 ? NO_MEMORY : buffer_append(&writer->text, text, (size_t)length);
    if (length >= 0) free(text);
}

void writer_string(struct writer *writer, const char *string)
{
    if (writer->status == OK) writer->status = buffer_append_string(&writer->text, string);
}

void writer_json(struct writer *writer, struct span text)
{
    if (writer->status == OK) writer->status = json_append_string(&writer->text, text);
}

void writer_number(struct writer *writer, double number)
{
    if (writer->status == OK) writer->status = json_append_number(&writer->text, number);
}

void writer_markdown(struct writer *writer, struct span text)
{
    if (writer->status == OK) writer->status = markdown_append(&writer->text, text);
}

void writer_html(struct writer *writer, struct span text)
{
    if (writer->status == OK) writer->status = html_append(&writer->text, text);
}

enum status writer_flush(struct writer *writer, FILE *file, struct error *error)
{
    if (writer->status != OK)
        return fail(error, writer->status, "cannot write a report: %s", status_name(writer->status));
    struct span text = buffer_span(&writer->text);
    if (fwrite(text.data, 1, text.length, file) != text.length)
        return fail(error, IO, "cannot write a report: %s", strerror(errno));
    return OK;
}

enum status writer_save(struct writer *writer, const char *path, struct error *error)
{
    char *part;
    if (asprintf(&part, "%s.part", path) < 0) return fail(error, NO_MEMORY, "out of memory writing '%s'", path);
    FILE *file = fopen(part, "we");
    enum status status = file ? writer_flush(writer, file, error) : IO;
    if (!file) fail(error, IO, "cannot write '%s': %s", path, strerror(errno));
    if (file && fclose(file) != 0 && status == OK)
        status = fail(error, IO, "cannot write '%s': %s", path, strerror(errno));
    if (status == OK && rename(part, path) != 0)
        status = fail(error, IO, "cannot write '%s': %s", path, strerror(errno));
    if (status != OK && file) unlink(part);
    free(part);
    return status;
}
