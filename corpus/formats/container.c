/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/container.h"

#include "corpus/isolate/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum status container_begin(struct read_job *job, const char *name, bool *wanted)
{
    struct tally *tally = job->tally;
    *wanted = true;
    if (++tally->members > CONTAINER_MEMBERS_MAX)
        return fail(job->error, LIMIT, "'%s' holds more than %d files; the rest was left out", job->file->path,
                    CONTAINER_MEMBERS_MAX);
    if (job->depth) return OK; /* numbered by the outermost */
    job->member = ++tally->number;
    *wanted = job->member > tally->pass_over;
    if (*wanted && tally->begun) tally->begun(tally->context, job->member, name);
    return OK;
}

bool container_name(struct buffer *out, struct span name)
{
    buffer_clear(out);
    for (size_t i = 0; i < name.length;) {
        size_t start = i;
        while (i < name.length && name.data[i] != '/' && name.data[i] != '\\') i++;
        struct span part = span_cut(name, start, i++);
        if (!part.length || span_equal(part, SPAN("."))) continue;
        if (span_equal(part, SPAN("..")) || memchr(part.data, '\0', part.length)) return false;
        if (out->length + part.length + 1 > CONTAINER_NAME_MAX) return false;
        if (out->length && buffer_append_byte(out, '/')) return false;
        if (buffer_append_span(out, part)) return false;
    }
    return out->length > 0;
}

int container_file(void)
{
    return memfd_create("member", MFD_CLOEXEC);
}

enum status container_write(struct read_job *job, int file, const void *data, size_t length, uint64_t *written)
{
    struct tally *tally = job->tally;
    *written += length;
    tally->unpacked += length;
    if (*written > LIMIT_WRITTEN) return fail(job->error, LIMIT, "it has more than %d MB", (int)(LIMIT_WRITTEN >> 20));
    if (tally->unpacked > CONTAINER_FREE_MAX && tally->unpacked / CONTAINER_RATIO_MAX > tally->packed)
        return fail(job->error, LIMIT, "more than %d times the bytes of the file come out of it: an archive bomb",
                    CONTAINER_RATIO_MAX);
    for (const char *at = data; length;) {
        ssize_t done = write(file, at, length);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return fail(job->error, IO, "it could not be unpacked: %s", strerror(errno));
        at += done;
        length -= (size_t)done;
    }
    return OK;
}

enum status container_skip(struct read_job *job, const char *name, const char *reason)
{
    return job_bad_record(job, job->member ? job->member : 1, "%s: %s", name, reason);
}

static bool ends_all(enum status status)
{
    return status && status != UNSUPPORTED && status != INVALID && status != LIMIT && status != IO;
}

/* The callbacks of the sink may end everything; what a member's reader finds wrong with the member may not. */
struct watch {
    const struct source_sink *sink;
    enum status status; /* of the sink */
};

static enum status watch_document(void *context, const struct document *document, uint64_t where)
{
    struct watch *watch = context;
    if (!watch->sink->document) return OK;
    return watch->status = watch->sink->document(watch->sink->context, document, where);
}

static enum status watch_bad_record(void *context, uint64_t where, const char *reason)
{
    struct watch *watch = context;
    if (!watch->sink->bad_record) return OK;
    return watch->status = watch->sink->bad_record(watch->sink->context, where, reason);
}

enum status container_read(struct read_job *job, const struct member *member)
{
    if (job->depth + 1 > CONTAINER_DEPTH_MAX)
        return container_skip(job, member->name, "it is nested deeper than is followed");
    char *relative = NULL;
    if (asprintf(&relative, "%s/%s", job->file->relative, member->name) < 0) return job_failed(job, NO_MEMORY);
    off_t size = lseek(member->file, 0, SEEK_END);
    lseek(member->file, 0, SEEK_SET);
    struct source_file file = {.path = member->name, .relative = relative, .size = size > 0 ? (uint64_t)size : 0};
    struct watch watch = {.sink = job->sink};
    struct source_sink sink = {watch_document, watch_bad_record, &watch};
    struct error why = {0};
    struct read_job inner;
    job_init(&inner);
    inner.file = &file;
    inner.options = job->options;
    inner.sink = &sink;
    inner.error = &why;
    inner.fd = member->file;
    inner.complex = job->complex;
    inner.tally = job->tally;
    inner.depth = job->depth + 1;
    inner.member = job->member;
    inner.url = member->url;
    inner.parent = member->parent;
    enum status status = size > 0 ? job_read(&inner) : fail(&why, UNSUPPORTED, "'%s' is empty", member->name);
    job_release(&inner);
    free(relative);
    if (watch.status) return fail(job->error, watch.status, "%s", why.message);
    if (ends_all(status)) return fail(job->error, status, "%s", why.message);
    return status ? job_bad_record(job, job->member ? job->member : 1, "%s", why.message) : OK;
}
