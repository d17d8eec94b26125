/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/workers.h"

#include "indexer/prepared.h"
#include "indexer/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    AHEAD_TASKS_MAX = 4,         /* files a worker may have before it: enough to never idle between two */
    AHEAD_BYTES_MAX = 32 * 1024, /* of requests to a worker: well below what a socket holds, so that sending never
                                    waits for a worker that waits for us */
    CRASHES_PER_FILE_MAX = 8,    /* a file that costs more workers than this is given up */
    REASON_MAX = 512
};

/* A submitted file whose results are still to come. */
struct pending {
    struct task *task;
    unsigned owner; /* of a file that is not spread */
    size_t bytes;   /* of its request */
    struct pending *next;
};

struct workers {
    struct workers_options options;
    struct reading reading; /* when there are no processes */
    struct worker *worker;
    unsigned count; /* of processes, 0 for none */
    unsigned turn;  /* whose the next file is */
    struct pending *first, *last;
};

enum status workers_new(struct workers **out, const struct workers_options *options, struct error *error)
{
    struct workers *workers = calloc(1, sizeof *workers);
    if (!workers) return fail(error, NO_MEMORY, "out of memory");
    workers->options = *options;
    enum status status = OK;
    if (options->jobs <= 1) {
        status = reading_init(&workers->reading, options->index, options->naming, options->source, error);
    } else {
        workers->worker = calloc(options->jobs, sizeof *workers->worker);
        if (!workers->worker) status = fail(error, NO_MEMORY, "out of memory");
        for (unsigned i = 0; !status && i < options->jobs; i++) {
            status = worker_start(&workers->worker[i], options->index, options->naming, options->source, error);
            if (!status) workers->count++;
        }
    }
    if (status)
        workers_free(workers);
    else
        *out = workers;
    return status;
}

void workers_free(struct workers *workers)
{
    if (!workers) return;
    for (unsigned i = 0; i < workers->count; i++) worker_end(&workers->worker[i], NULL, 0);
    free(workers->worker);
    while (workers->first) {
        struct pending *next = workers->first->next;
        task_free(workers->first->task);
        free(workers->first);
        workers->first = next;
    }
    if (workers->reading.preparer.analyser) reading_release(&workers->reading);
    free(workers);
}

static bool is_stopped(const struct workers *workers)
{
    return workers->options.stop && *workers->options.stop;
}

static enum status give_bad_record(struct workers *workers, struct task *task, uint64_t where, const char *reason,
                                   bool crashed)
{
    return workers->options.sink.bad_record(workers->options.sink.context, task, where, reason, crashed);
}

static enum status give_end(struct workers *workers, struct task *task, enum status status, const char *reason)
{
    return workers->options.sink.end(workers->options.sink.context, task, status, reason);
}

/* ---- in this process ---- */

/* Tells a failure of the sink from one of the reading. */
struct here {
    struct workers *workers;
    enum status status; /* of the sink */
};

static enum status document_here(void *context, struct task *task, const struct reading_result *result)
{
    struct here *here = context;
    if (is_stopped(here->workers)) return here->status = STOPPED;
    return here->status = here->workers->options.sink.document(here->workers->options.sink.context, task, result);
}

static enum status bad_record_here(void *context, struct task *task, uint64_t where, const char *reason)
{
    struct here *here = context;
    return here->status = give_bad_record(here->workers, task, where, reason, false);
}

static enum status read_here(struct workers *workers, struct task *task)
{
    struct here here = {.workers = workers};
    struct error why = {0};
    struct reading_sink sink = {.document = document_here, .bad_record = bad_record_here, .context = &here};
    double began = wall_seconds();
    enum status status = reading_run(&workers->reading, task, (struct share){0, 1, 0}, &sink, &why);
    task->seconds = wall_seconds() - began;
    if (!here.status) here.status = give_end(workers, task, status, why.message);
    task_free(task);
    return here.status;
}

/* ---- in worker processes ---- */

static bool concerns(const struct pending *pending, unsigned worker)
{
    return pending->task->spread || pending->owner == worker;
}

static struct share share_of(const struct workers *workers, const struct pending *pending, unsigned worker,
                             uint64_t first)
{
    return pending->task->spread ? (struct share){worker, workers->count, first} : (struct share){0, 1, first};
}

/* Puts another worker in the place of a dead one and gives it what the dead one still had to do; of the file at hand
 * only the records from [first] on, or nothing when [give_up]. */
static enum status replace(struct workers *workers, unsigned index, uint64_t first, bool give_up, struct error *error)
{
    struct worker *worker = &workers->worker[index];
    enum status status = worker_start(worker, workers->options.index, workers->options.naming, workers->options.source,
                                      error);
    if (status) return status;
    for (const struct pending *pending = workers->first; pending; pending = pending->next) {
        if (!concerns(pending, index) || (pending == workers->first && give_up)) continue;
        worker_send(worker, pending->task, share_of(workers, pending, index, pending == workers->first ? first : 0));
    }
    return OK;
}

/* The merging of the results of the oldest file. */
struct merge {
    struct workers *workers;
    struct pending *pending;
    uint64_t number; /* of the next record */
    unsigned crashes;
    bool ended;   /* a worker told the end */
    bool gave_up; /* the end is not what a worker told */
    enum status end;
    char reason[ERROR_BYTES_MAX];
};

/* A worker died where record [merge->number] should have come from. */
static enum status on_death(struct merge *merge, unsigned index, struct error *error)
{
    struct workers *workers = merge->workers;
    if (is_stopped(workers)) return STOPPED;
    char how[REASON_MAX];
    uint64_t where = *workers->worker[index].at;
    worker_end(&workers->worker[index], how, sizeof how);
    bool give_up = ++merge->crashes > CRASHES_PER_FILE_MAX || !where || !merge->pending->task->spread;
    enum status status = OK;
    if (give_up) {
        merge->ended = merge->gave_up = true;
        merge->end = IO;
        snprintf(merge->reason, sizeof merge->reason, "%s%s; the rest of the file was left out", how,
                 where ? "" : " before its first record");
        if (where && !merge->pending->task->spread)
            snprintf(merge->reason, sizeof merge->reason, "%s at line %llu", how, (unsigned long long)where);
    } else {
        status = give_bad_record(workers, merge->pending->task, where, how, true);
        merge->number++;
    }
    return status ? status : replace(workers, index, merge->number, give_up, error);
}

static enum status on_document(struct merge *merge, const struct message_head *head, struct span body,
                               struct error *error)
{
    struct reading_result result = {.where = head->where,
                                    .bytes = head->flags >> WORKER_BYTES_SHIFT,
                                    .existing = head->code,
                                    .unchanged = (head->flags & WORKER_UNCHANGED) != 0,
                                    .compared = (head->flags & WORKER_COMPARED) != 0};
    if (result.unchanged) {
        result.id = body;
    } else {
        struct prepared prepared;
        if (prepared_read(&prepared, body)) return fail(error, DAMAGED, "a worker sent a damaged document");
        result.id = prepared.id;
        result.prepared = body;
    }
    struct workers *workers = merge->workers;
    return workers->options.sink.document(workers->options.sink.context, merge->pending->task, &result);
}

/* Takes one message of worker [index]. */
static enum status take(struct merge *merge, unsigned index, struct error *error)
{
    struct workers *workers = merge->workers;
    struct message_head head;
    struct span body;
    enum status status = channel_receive(&head, &body, &workers->worker[index].channel, workers->options.stop);
    if (status == NOT_FOUND) return on_death(merge, index, error);
    if (status == STOPPED) return STOPPED;
    if (status) return fail(error, status, "cannot receive from a worker: %s", status_name(status));
    if (head.kind == MESSAGE_DOCUMENT) {
        merge->number++;
        return on_document(merge, &head, body, error);
    }
    if (head.kind == MESSAGE_BAD_RECORD) {
        char reason[ERROR_BYTES_MAX];
        snprintf(reason, sizeof reason, "%.*s", (int)body.length, body.data);
        merge->number++;
        return give_bad_record(workers, merge->pending->task, head.where, reason, false);
    }
    merge->ended = true;
    merge->pending->task->seconds = (double)head.where / 1e6;
    merge->end = (enum status)head.code;
    snprintf(merge->reason, sizeof merge->reason, "%.*s", (int)body.length, body.data);
    return OK;
}

/* Takes what worker [index] still sends of a file whose end another has told, up to its own end. */
static enum status take_rest(struct merge *merge, unsigned index, struct error *error)
{
    struct workers *workers = merge->workers;
    for (;;) {
        struct message_head head;
        struct span body;
        enum status status = channel_receive(&head, &body, &workers->worker[index].channel, workers->options.stop);
        if (status == NOT_FOUND) {
            worker_end(&workers->worker[index], NULL, 0);
            return replace(workers, index, 0, true, error);
        }
        if (status == STOPPED) return STOPPED;
        if (status) return fail(error, status, "cannot receive from a worker: %s", status_name(status));
        if (head.kind == MESSAGE_END) return OK;
        if (merge->gave_up) continue;
        merge->end = IO; /* the workers did not see the same file */
        snprintf(merge->reason, sizeof merge->reason, "it changed while it was read (index it again)");
    }
}

static enum status merge_results(struct merge *merge, struct error *error)
{
    struct workers *workers = merge->workers;
    bool spread = merge->pending->task->spread;
    unsigned index = merge->pending->owner;
    while (!merge->ended) {
        if (is_stopped(workers)) return STOPPED;
        if (spread) index = (unsigned)(merge->number % workers->count);
        enum status status = take(merge, index, error);
        if (status) return status;
    }
    for (unsigned i = 0; spread && i < workers->count; i++) {
        enum status status = i == index ? OK : take_rest(merge, i, error);
        if (status) return status;
    }
    return OK;
}

/* Takes all results of the oldest file. */
static enum status drain_one(struct workers *workers, struct error *error)
{
    struct pending *pending = workers->first;
    struct merge merge = {.workers = workers, .pending = pending};
    enum status status = merge_results(&merge, error);
    if (!status) status = give_end(workers, pending->task, merge.end, merge.reason);
    workers->first = pending->next;
    if (!workers->first) workers->last = NULL;
    task_free(pending->task);
    free(pending);
    return status;
}

/* Whether each worker that [task] goes to can be sent it without waiting. */
static bool has_room(const struct workers *workers, const struct pending *fresh)
{
    for (unsigned i = 0; i < workers->count; i++) {
        if (!concerns(fresh, i)) continue;
        size_t tasks = 0, bytes = fresh->bytes;
        for (const struct pending *pending = workers->first; pending; pending = pending->next) {
            if (!concerns(pending, i)) continue;
            tasks++;
            bytes += pending->bytes;
        }
        if (tasks && (tasks >= AHEAD_TASKS_MAX || bytes > AHEAD_BYTES_MAX)) return false;
    }
    return true;
}

enum status workers_submit(struct workers *workers, struct task *task, struct error *error)
{
    if (!workers->count) return read_here(workers, task);
    struct pending *pending = malloc(sizeof *pending);
    if (!pending) {
        task_free(task);
        return fail(error, NO_MEMORY, "out of memory");
    }
    *pending = (struct pending){.task = task, .owner = workers->turn, .bytes = worker_request_bytes(task)};
    if (!task->spread) workers->turn = (workers->turn + 1) % workers->count;
    enum status status = OK;
    while (!status && !has_room(workers, pending)) status = drain_one(workers, error);
    if (status) {
        task_free(task);
        free(pending);
        return status;
    }
    for (unsigned i = 0; i < workers->count; i++)
        if (concerns(pending, i)) worker_send(&workers->worker[i], task, share_of(workers, pending, i, 0));
    if (workers->last)
        workers->last->next = pending;
    else
        workers->first = pending;
    workers->last = pending;
    return OK;
}

enum status workers_finish(struct workers *workers, struct error *error)
{
    enum status status = OK;
    while (!status && workers->first) status = drain_one(workers, error);
    return status;
}
