/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/source.h"

#include "corpus/charset.h"
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    HEAD_BYTES = 4096,            /* looked at to tell what a file is */
    LOAD_STEP = 16 * 1024 * 1024, /* bytes asked of the system at a time */
    REASON_MAX = 256              /* bytes of a bad record's reason */
};

/* The row for text stands last: it reads whatever is text and has no row of its own. */
const struct reader source_readers[] = {
    {"jsonl", "jsonl ndjson", "JSON records, one a line", true, read_jsonl},
    {"json", "json", "JSON records: one object, several, or an array of them", true, read_json},
    {"html", "html htm xhtml", "web pages", false, read_html},
    {"markdown", "md markdown mdown mkd", "Markdown, with or without front matter", false, read_markdown},
    {"text", "txt text", "plain text in any charset, with or without front matter", false, read_text},
    {NULL, NULL, NULL, false, NULL},
};

ptrdiff_t read_some(int fd, char *data, size_t size)
{
    ssize_t got;
    do got = read(fd, data, size);
    while (got < 0 && errno == EINTR);
    return got;
}

enum status job_failed(struct read_job *job, enum status status)
{
    if (status == LIMIT)
        return fail(job->error, LIMIT, "'%s' holds more than %d MB of text", job->file->path, DOCUMENT_TEXT_MAX >> 20);
    return fail(job->error, status, "cannot read '%s': %s", job->file->path, status_name(status));
}

enum status job_load(struct read_job *job)
{
    const char *path = job->file->path;
    struct stat found;
    if (fstat(job->fd, &found)) return fail(job->error, IO, "cannot read '%s': %s", path, strerror(errno));
    if (found.st_size > DOCUMENT_TEXT_MAX)
        return fail(job->error, LIMIT, "'%s' has %lld MB, more than the %d MB that one document may have (split it)",
                    path, (long long)found.st_size >> 20, DOCUMENT_TEXT_MAX >> 20);
    struct buffer *raw = &job->raw;
    buffer_clear(raw);
    size_t step =
        found.st_size < LOAD_STEP ? (size_t)found.st_size + 1 : LOAD_STEP; /* one more shows the end at once */
    for (;;) {
        if (raw->length >= DOCUMENT_TEXT_MAX) return job_failed(job, LIMIT); /* it grows while it is read */
        if (step > DOCUMENT_TEXT_MAX - raw->length) step = DOCUMENT_TEXT_MAX - raw->length;
        enum status status = buffer_reserve(raw, step);
        if (status) return job_failed(job, status);
        ptrdiff_t got = read_some(job->fd, raw->data + raw->length, step);
        if (got < 0) return fail(job->error, IO, "cannot read '%s': %s", path, strerror(errno));
        if (got == 0) break;
        raw->length += (size_t)got;
        raw->data[raw->length] = '\0';
    }
    if (!raw->length) return fail(job->error, UNSUPPORTED, "'%s' is empty", path);
    return OK;
}

enum status job_load_text(struct read_job *job, struct span *text)
{
    enum status status = job_load(job);
    if (status) return status;
    struct error why;
    status = charset_decode(text, buffer_span(&job->raw), SPAN(""), &job->decoded, &why);
    return status ? fail(job->error, status, "'%s': %s", job->file->path, why.message) : OK;
}

enum status job_begin(struct read_job *job)
{
    struct document *document = &job->document;
    document_clear(document);
    enum status status = document_set(document, FIELD_TYPE, span_of(job->reader->type));
    if (!status) status = document_set_path(document, FIELD_PATH, span_of(job->file->path));
    if (!status && !job->reader->records) status = document_set_path(document, FIELD_ID, span_of(job->file->relative));
    return status ? job_failed(job, status) : OK;
}

enum status job_deliver(struct read_job *job, uint64_t where)
{
    enum status status = document_complete(&job->document);
    if (status) return job_failed(job, status);
    bool empty =
        !span_trim(buffer_span(&job->document.text)).length && !document_get(&job->document, FIELD_TITLE).length;
    if (empty && !job->reader->records) return fail(job->error, UNSUPPORTED, "'%s' has no text", job->file->path);
    return job->sink->document ? job->sink->document(job->sink->context, &job->document, where) : OK;
}

enum status job_bad_record(struct read_job *job, uint64_t where, const char *format, ...)
{
    if (!job->sink->bad_record) return OK;
    char reason[REASON_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    return job->sink->bad_record(job->sink->context, where, reason);
}

static struct span extension_of(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? span_of(dot + 1) : SPAN("");
}

static const struct reader *reader_for_extension(struct span extension)
{
    for (const struct reader *reader = source_readers; reader->type; reader++)
        for (const char *word = reader->extensions; *word;) {
            size_t length = strcspn(word, " ");
            if (span_equal_fold(extension, (struct span){word, length})) return reader;
            word += length + (word[length] == ' ');
        }
    return NULL;
}

static const struct reader *reader_of_type(const char *type)
{
    const struct reader *reader = source_readers;
    while (reader->type && strcmp(reader->type, type) != 0) reader++;
    return reader;
}

/* A page saved without its extension. */
static bool begins_as_html(struct span head)
{
    if (span_starts(head, SPAN("\xEF\xBB\xBF"))) head = span_cut(head, 3, head.length);
    head = span_trim(head);
    return span_equal_fold(span_cut(head, 0, 14), SPAN("<!doctype html")) ||
           span_equal_fold(span_cut(head, 0, 6), SPAN("<html>")) ||
           span_equal_fold(span_cut(head, 0, 6), SPAN("<html "));
}

static const char *odd_file(mode_t mode)
{
    return S_ISDIR(mode)    ? "a folder"
           : S_ISFIFO(mode) ? "a named pipe"
           : S_ISSOCK(mode) ? "a socket"
           : S_ISLNK(mode)  ? "a link"
                            : "a device";
}

static enum status open_file(struct read_job *job)
{
    const char *path = job->file->path;
    int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (job->file->named ? 0 : O_NOFOLLOW);
    job->fd = open(path, flags); /* without blocking: it may have become a pipe since the walk */
    if (job->fd < 0 && errno == ELOOP && !job->file->named)
        return fail(job->error, UNSUPPORTED, "'%s' is a link", path);
    if (job->fd < 0) return fail(job->error, IO, "cannot open '%s': %s", path, strerror(errno));
    struct stat found;
    if (fstat(job->fd, &found)) return fail(job->error, IO, "cannot read '%s': %s", path, strerror(errno));
    if (!S_ISREG(found.st_mode))
        return fail(job->error, UNSUPPORTED, "'%s' is %s, not a file", path, odd_file(found.st_mode));
    if (found.st_size == 0) return fail(job->error, UNSUPPORTED, "'%s' is empty", path);
    return OK;
}

/* By extension where a row names it, unless the content is something else altogether. */
static enum status choose_reader(struct read_job *job)
{
    char bytes[HEAD_BYTES];
    ssize_t got = pread(job->fd, bytes, sizeof bytes, 0);
    if (got < 0) return fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(errno));
    struct span head = {bytes, (size_t)got};
    const char *what = charset_binary(head);
    if (what) return fail(job->error, UNSUPPORTED, "'%s' is %s, not text", job->file->path, what);
    job->reader = reader_for_extension(extension_of(job->file->relative));
    if (!job->reader || job->reader->read == read_text)
        job->reader = reader_of_type(begins_as_html(head) ? "html" : "text");
    return OK;
}

enum status source_read(const struct source_file *file, const struct source_sink *sink, struct error *error)
{
    struct read_job job = {.file = file, .sink = sink, .error = error, .fd = -1};
    buffer_init(&job.raw, DOCUMENT_TEXT_MAX);
    buffer_init(&job.decoded, DOCUMENT_TEXT_MAX);
    document_init(&job.document);
    enum status status = OK;
    if (strcmp(file->path, "-") == 0) {
        job.fd = STDIN_FILENO;
        job.reader = reader_of_type("jsonl");
    } else {
        status = open_file(&job);
        if (!status) status = choose_reader(&job);
    }
    if (!status) status = job.reader->read(&job);
    if (job.fd > STDIN_FILENO) close(job.fd);
    document_release(&job.document);
    buffer_release(&job.decoded);
    buffer_release(&job.raw);
    return status;
}
