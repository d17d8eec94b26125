/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/run.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <string.h>

#define FIELD_BYTES_MAX ((size_t)1 << 20) /* bytes of a topic or document name, a score, a tag: a line of a run */

static bool ends_field(char byte)
{
    return (unsigned char)byte <= ' ' || byte == 0x7f;
}

static bool is_field(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ends_field(text.data[i])) return false;
    return text.length > 0;
}

enum status run_tag_check(const char *tag, struct error *error)
{
    if (is_field(span_of(tag))) return OK;
    return fail(error, INVALID, "the tag of a run must be one word, not '%s'", tag);
}

enum status run_name_append(struct buffer *out, struct span name)
{
    enum status status = OK;
    for (size_t i = 0; i < name.length && status == OK; i++) {
        char byte = name.data[i];
        status = ends_field(byte) ? buffer_printf(out, "%%%02X", (unsigned char)byte) : buffer_append_byte(out, byte);
    }
    return status;
}

static int hexadecimal(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

enum status run_name_restore(struct buffer *out, struct span name)
{
    enum status status = OK;
    for (size_t i = 0; i < name.length && status == OK; i++) {
        char byte = name.data[i];
        if (byte == '%' && name.length - i > 2) {
            int high = hexadecimal(name.data[i + 1]), low = hexadecimal(name.data[i + 2]);
            if (high >= 0 && low >= 0 && ends_field((char)(high * 16 + low))) {
                byte = (char)(high * 16 + low);
                i += 2;
            }
        }
        status = buffer_append_byte(out, byte);
    }
    return status;
}

void run_writer_init(struct run_writer *writer, FILE *file, const char *tag)
{
    *writer = (struct run_writer){.file = file, .tag = tag};
    buffer_init(&writer->topic, FIELD_BYTES_MAX);
    buffer_init(&writer->line, FIELD_BYTES_MAX);
}

void run_writer_release(struct run_writer *writer)
{
    buffer_release(&writer->topic);
    buffer_release(&writer->line);
}

enum status run_write_topic(struct run_writer *writer, struct span topic, struct error *error)
{
    if (!is_field(topic))
        return fail(error, INVALID, "topic '%.*s' is not one word: a run cannot name it", (int)topic.length,
                    topic.data ? topic.data : "");
    buffer_clear(&writer->topic);
    if (buffer_append_span(&writer->topic, topic) != OK) return fail(error, NO_MEMORY, "out of memory writing a run");
    writer->rank = 0;
    writer->last = INFINITY;
    return OK;
}

enum status run_write(struct run_writer *writer, struct span document, double score, struct error *error)
{
    if (document.length == 0) return fail(error, INVALID, "a document without a name cannot be written to a run");
    if (!isfinite(score) || fabs(score) > FLT_MAX)
        return fail(error, INVALID, "document '%.*s' has the score %g, which no run can hold", (int)document.length,
                    document.data, score);
    float written = (float)score;
    if (written >= writer->last) written = nextafterf(writer->last, -INFINITY);
    writer->last = written;
    buffer_clear(&writer->line);
    enum status status = buffer_append_span(&writer->line, buffer_span(&writer->topic));
    if (status == OK) status = buffer_append_string(&writer->line, " Q0 ");
    if (status == OK) status = run_name_append(&writer->line, document);
    if (status == OK) /* nine digits give a float back exactly */
        status = buffer_printf(&writer->line, " %zu %.9g %s\n", ++writer->rank, (double)written, writer->tag);
    if (status != OK) return fail(error, status, "cannot write a line of the run: %s", status_name(status));
    struct span line = buffer_span(&writer->line);
    if (fwrite(line.data, 1, line.length, writer->file) != line.length)
        return fail(error, IO, "cannot write the run: %s", strerror(errno));
    return OK;
}
