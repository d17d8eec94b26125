/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/tag_source.h"

#include "corpus/source.h"
#include "searcher/cli/command.h"
#include "searcher/cli/terminal.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum {
    HEAD_BYTES = 4096,  /* looked at to tell text from other bytes */
    READ_STEP = 1 << 16 /* bytes asked of the system at a time, at first */
};

struct reading {
    tag_use *use;
    void *context;
    struct source_session *session;
    const char *path; /* of the file that is being read */
    bool skipped;
    struct error error; /* of what ended the reading */
};

void tag_source_skip(const char *path, const char *reason)
{
    fflush(stdout);
    fputs("dossier: skipped ", stderr);
    print_safely(stderr, span_of(path));
    fputs(": ", stderr);
    print_safely(stderr, span_of(reason));
    putc('\n', stderr);
}

static enum status on_skipped(void *context, const char *path, const char *reason)
{
    struct reading *reading = context;
    reading->skipped = true;
    tag_source_skip(path, reason);
    return OK;
}

static enum status on_document(void *context, const struct document *document, uint64_t where)
{
    struct reading *reading = context;
    struct tag_input input = {
        .id = document_get(document, FIELD_ID),
        .text = buffer_span(&document->text),
    };
    (void)where;
    if (document->title_range.start == document->title_range.end) input.title = document_get(document, FIELD_TITLE);
    return reading->use(reading->context, &input);
}

static enum status on_bad_record(void *context, uint64_t where, const char *reason)
{
    struct reading *reading = context;
    char text[ERROR_BYTES_MAX];
    snprintf(text, sizeof text, "line %" PRIu64 ": %s", where, reason);
    return on_skipped(reading, reading->path, text);
}

static enum status on_file(void *context, const struct source_file *file)
{
    struct reading *reading = context;
    const struct source_sink sink = {on_document, on_bad_record, reading};
    struct error error = {0};
    reading->path = file->path;
    enum status status = source_read(reading->session, file, &sink, &error);
    switch (status) {
    case UNSUPPORTED:
    case LIMIT:
    case INVALID:
    case IO:
        return on_skipped(reading, file->path, error.message);
    default:
        if (status) reading->error = error;
        return status;
    }
}

/* Reads all of standard input. Returns OK, LIMIT, IO, NO_MEMORY. */
static enum status read_input(struct buffer *bytes, struct error *error)
{
    for (size_t step = READ_STEP;; step = bytes->length > READ_STEP ? bytes->length : READ_STEP) {
        size_t room = bytes->maximum - bytes->length;
        if (!room)
            return fail(error, LIMIT, "more than the %zu MB that one document may have (split it)",
                        bytes->maximum >> 20);
        if (step > room) step = room;
        if (buffer_reserve(bytes, step)) return fail(error, NO_MEMORY, "out of memory");
        ssize_t got = read(STDIN_FILENO, bytes->data + bytes->length, step);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(error, IO, "cannot read it: %s", strerror(errno));
        if (got == 0) return OK;
        bytes->length += (size_t)got;
    }
}

static enum status read_standard_input(struct reading *reading)
{
    struct buffer bytes;
    buffer_init(&bytes, DOCUMENT_TEXT_MAX);
    enum status status = read_input(&bytes, &reading->error);
    if (status == LIMIT || status == IO) {
        status = on_skipped(reading, "standard input", reading->error.message);
    } else if (!status && bytes.length &&
               memchr(bytes.data, '\0', bytes.length < HEAD_BYTES ? bytes.length : HEAD_BYTES)) {
        status = on_skipped(reading, "standard input", "binary data, not text");
    } else if (!status) {
        struct tag_input input = {.id = SPAN("-"), .text = buffer_span(&bytes)};
        status = reading->use(reading->context, &input);
    }
    buffer_release(&bytes);
    return status;
}

enum status tag_source_read(const char *path, tag_use *use, void *context, bool *skipped, struct error *error)
{
    struct reading reading = {.use = use, .context = context, .session = source_session_new(NULL)};
    if (!reading.session) return fail(error, NO_MEMORY, "out of memory");
    const struct source_visitor visitor = {.file = on_file, .skipped = on_skipped, .context = &reading};
    enum status status =
        strcmp(path, "-") == 0 ? read_standard_input(&reading) : source_walk(path, &visitor, &reading.error);
    source_session_free(reading.session);
    if (status == NOT_FOUND) {
        complain("%s", reading.error.message);
        reading.skipped = true;
        status = OK;
    }
    if (status && reading.error.status == status) *error = reading.error;
    *skipped |= reading.skipped;
    return status;
}
