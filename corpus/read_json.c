/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON records in a file that is one array of objects, one object, or several one after another. The file is cut into
 * its objects by counting brackets, so that no more than one record is held; a broken object costs that one, and what
 * its missing brackets make unreadable. */
#include "corpus/chunks.h"
#include "corpus/record.h"

#include <string.h>

struct cutter {
    struct chunks chunks;
    struct buffer record;
    uint64_t start; /* line of the record's first byte */
    size_t depth;   /* of brackets open in the record */
    bool in_string, escaped, too_long, stray;
};

/* What stands between records: white space, commas, and the brackets of the array around them. */
static bool is_between(char c)
{
    return strchr(" \t\r\n,[]", c) && c;
}

/* Takes one byte of a record. True when it ends there. */
static bool record_byte(struct cutter *cutter, char c)
{
    if (cutter->in_string) {
        if (cutter->escaped)
            cutter->escaped = false;
        else if (c == '\\')
            cutter->escaped = true;
        else if (c == '"')
            cutter->in_string = false;
        return false;
    }
    if (c == '"') cutter->in_string = true;
    if (c == '{' || c == '[') cutter->depth++;
    if (c == '}' || c == ']') cutter->depth--;
    return cutter->depth == 0;
}

static enum status finish(struct read_job *job, struct cutter *cutter)
{
    enum status status;
    if (cutter->too_long)
        status = job_bad_record(job, cutter->start, "the record is longer than %d MB", RECORD_BYTES_MAX >> 20);
    else
        status = record_read(job, buffer_span(&cutter->record), cutter->start);
    buffer_clear(&cutter->record);
    cutter->too_long = cutter->in_string = cutter->escaped = false;
    cutter->depth = 0;
    return status;
}

/* Copies what the piece holds of the record that is open, up to its end. */
static enum status take_record(struct read_job *job, struct cutter *cutter)
{
    struct chunks *chunks = &cutter->chunks;
    size_t from = chunks->at;
    bool ended = false;
    while (chunks->at < chunks->end && !ended) {
        char c = chunks->data[chunks->at++];
        chunks->line += c == '\n';
        ended = record_byte(cutter, c);
    }
    if (!cutter->too_long) {
        enum status status = buffer_append(&cutter->record, chunks->data + from, chunks->at - from);
        if (status == NO_MEMORY) return job_failed(job, status);
        cutter->too_long = status == LIMIT;
    }
    return ended ? finish(job, cutter) : OK;
}

/* Passes over what stands before the next record. Anything but white space, commas and the array's brackets is
 * reported once, until the next record begins. */
static enum status pass_over(struct read_job *job, struct cutter *cutter)
{
    struct chunks *chunks = &cutter->chunks;
    while (chunks->at < chunks->end) {
        char c = chunks->data[chunks->at];
        if (c == '{') {
            cutter->start = chunks->line;
            cutter->stray = false;
            chunks->at++;
            cutter->depth = 1;
            return buffer_append_byte(&cutter->record, c) ? job_failed(job, NO_MEMORY) : OK;
        }
        if (!is_between(c) && !cutter->stray) {
            cutter->stray = true;
            enum status status = job_bad_record(job, chunks->line, "not a JSON object: records are written as {…}");
            if (status) return status;
        }
        chunks->at++;
        chunks->line += c == '\n';
    }
    return OK;
}

enum status read_json(struct read_job *job)
{
    struct cutter cutter = {.start = 1};
    buffer_init(&cutter.record, RECORD_BYTES_MAX);
    enum status status = chunks_init(&cutter.chunks, job->fd, RECORD_BYTES_MAX), got = status;
    while (!status && !got) {
        got = chunks_fill(&cutter.chunks);
        if (got) break;
        status = cutter.depth ? take_record(job, &cutter) : pass_over(job, &cutter);
    }
    if (got == IO)
        status = fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(cutter.chunks.error));
    else if (got == NO_MEMORY)
        status = job_failed(job, NO_MEMORY);
    else if (!status && cutter.depth)
        status = job_bad_record(job, cutter.start, "the file ends within this record");
    chunks_release(&cutter.chunks);
    buffer_release(&cutter.record);
    return status;
}
