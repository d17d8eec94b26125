/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON records one a line. A broken or over-long line costs that line alone. */
#include "corpus/chunks.h"
#include "corpus/record.h"

#include <string.h>

static enum status explain(struct read_job *job, enum status status, const struct chunks *chunks)
{
    if (status == IO) return fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(chunks->error));
    return job_failed(job, status);
}

enum status read_jsonl(struct read_job *job)
{
    struct chunks chunks;
    enum status status = chunks_init(&chunks, job->fd, RECORD_BYTES_MAX);
    if (status) status = explain(job, status, &chunks);
    while (!status) {
        struct span line;
        uint64_t number;
        enum status got = chunks_line(&chunks, &line, &number);
        if (got == NOT_FOUND) break;
        if (got == LIMIT)
            status = job_bad_record(job, number, "the line is longer than %d MB", RECORD_BYTES_MAX >> 20);
        else if (got)
            status = explain(job, got, &chunks);
        else if (span_trim(line).length)
            status = record_read(job, line, number);
    }
    chunks_release(&chunks);
    return status;
}
