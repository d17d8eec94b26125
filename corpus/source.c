/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/source.h"

#include "corpus/charset.h"
#include "corpus/date.h"
#include "corpus/filename.h"
#include "corpus/isolate/client.h"
#include "corpus/reader.h"
#include "corpus/sniff.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOAD_STEP = 16 * 1024 * 1024, /* bytes asked of the system at a time */
    REASON_MAX = 256              /* bytes of a bad record's reason */
};

/* The row for text stands last: it reads whatever is text and has no row of its own. */
const struct reader source_readers[] = {
    {"jsonl", "jsonl ndjson", "JSON records, one a line", true, read_jsonl},
    {"json", "json", "JSON records: one object, several, or an array of them", true, read_json},
    {"csv", "csv tsv tab", "tables with comma, semicolon or tab; a row a document when its columns say so", true, read_csv},
    {"sgml", "sgml sgm trec", "TREC and Reuters records", true, read_sgml},
    {"html", "html htm xhtml", "web pages", false, NULL},
    {"pdf", "pdf", "PDF, through pdftotext", false, NULL},
    {"docx", "docx docm dotx", "Word documents", false, NULL},
    {"odt", "odt ott fodt odp", "OpenDocument texts and slides", false, NULL},
    {"pptx", "pptx ppsx", "PowerPoint slides", false, NULL},
    {"xlsx", "xlsx xlsm", "Excel tables", false, NULL},
    {"ods", "ods", "OpenDocument tables", false, NULL},
    {"epub", "epub", "books", false, NULL},
    {"rtf", "rtf", "rich text", false, NULL},
    {"email", "eml", "a message, its attachments as documents of their own", false, NULL},
    {"mbox", "mbox mbx", "a mailbox, a message a document", false, NULL},
    {"warc", "warc", "web archives, also compressed", false, NULL},
    {"archive", "zip tar gz tgz bz2 tbz xz txz zst 7z", "archives, as folders", false, NULL},
    {"picture", "", "text in pictures and scanned pages, with --ocr", false, NULL},
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
    if (!status && job->parent.length) status = document_set_path(document, FIELD_PARENT, job->parent);
    if (!status) status = document_state(document, FIELD_URL, job->url, WHY_METADATA);
    return status ? job_failed(job, status) : OK;
}

/* The day in the name of a file of one document: of records it says nothing. */
static enum status date_by_name(struct read_job *job)
{
    struct date date;
    char iso[DATE_ISO_BYTES];
    bool open = !document_get(&job->document, FIELD_DATE).length || job->document.date_why == WHY_STAMP;
    if (job->reader->records || !open) return OK;
    if (!filename_date(&date, span_of(job->file->relative))) return OK;
    date_iso(iso, date);
    return document_state(&job->document, FIELD_DATE, span_of(iso), WHY_NAME);
}

enum status job_deliver(struct read_job *job, uint64_t where)
{
    enum status status = document_complete(&job->document);
    if (!status) status = date_by_name(job);
    if (status) return job_failed(job, status);
    bool empty =
        !span_trim(buffer_span(&job->document.text)).length && !document_get(&job->document, FIELD_TITLE).length;
    if (empty && !job->reader->records) return fail(job->error, UNSUPPORTED, "'%s' has no text", job->file->path);
    if (job->member) where = job->member;
    return job->sink->document ? job->sink->document(job->sink->context, &job->document, where) : OK;
}

enum status job_bad_record(struct read_job *job, uint64_t where, const char *format, ...)
{
    if (!job->sink->bad_record) return OK;
    char reason[REASON_MAX];
    if (job->member) where = job->member;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    return job->sink->bad_record(job->sink->context, where, reason);
}

const struct reader *reader_named(const char *type)
{
    const struct reader *reader = source_readers;
    while (reader->type && strcmp(reader->type, type) != 0) reader++;
    return reader->type ? reader : NULL;
}

void job_init(struct read_job *job)
{
    *job = (struct read_job){.fd = -1};
    buffer_init(&job->raw, DOCUMENT_TEXT_MAX);
    buffer_init(&job->decoded, DOCUMENT_TEXT_MAX);
    document_init(&job->document);
}

void job_release(struct read_job *job)
{
    document_release(&job->document);
    buffer_release(&job->decoded);
    buffer_release(&job->raw);
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

enum status job_read(struct read_job *job)
{
    char bytes[SNIFF_HEAD_BYTES];
    ssize_t got = pread(job->fd, bytes, sizeof bytes, 0);
    if (got < 0) return fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(errno));
    struct sniffed found = sniff((struct span){bytes, (size_t)got}, span_of(job->file->relative));
    if (found.refused && !(found.picture && job->options->ocr))
        return fail(job->error, UNSUPPORTED, "'%s' is %s, not text%s", job->file->path, found.refused,
                    found.picture ? " (--ocr reads the text in pictures)" : "");
    job->reader = found.type ? reader_named(found.type) : NULL;
    if (job->reader && job->reader->read) return job->reader->read(job);
    return job->complex(job->session, job);
}

typedef enum status complex_reading(struct source_session *session, struct read_job *job);

struct source_session {
    struct source_options options;
    struct isolate isolate;
    complex_reading *complex;
};

static enum status read_apart(struct source_session *session, struct read_job *job)
{
    return isolate_read(&session->isolate, job);
}

struct source_session *source_session_new(const struct source_options *options)
{
    struct source_session *session = calloc(1, sizeof *session);
    if (!session) return NULL;
    if (options) session->options = *options;
    session->complex = read_apart;
    isolate_init(&session->isolate);
    return session;
}

void source_session_free(struct source_session *session)
{
    if (!session) return;
    isolate_end(&session->isolate);
    free(session);
}

void source_session_read_here(struct source_session *session, complex_reading *complex)
{
    session->complex = complex;
}

enum status source_read(struct source_session *session, const struct source_file *file, const struct source_sink *sink,
                        struct error *error)
{
    struct source_session *own = session ? NULL : source_session_new(NULL);
    if (!session && !own) return fail(error, NO_MEMORY, "out of memory");
    struct tally tally = {.packed = file->size};
    struct read_job job;
    job_init(&job);
    job.session = session ? session : own;
    job.file = file;
    job.options = &job.session->options;
    job.sink = sink;
    job.error = error;
    job.complex = job.session->complex;
    job.tally = &tally;
    enum status status = OK;
    if (strcmp(file->path, "-") == 0) {
        job.fd = STDIN_FILENO;
        job.reader = reader_named("jsonl");
        status = read_jsonl(&job);
    } else {
        status = open_file(&job);
        if (!status) status = job_read(&job);
    }
    if (job.fd > STDIN_FILENO) close(job.fd);
    job_release(&job);
    source_session_free(own);
    return status;
}
