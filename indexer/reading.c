/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/reading.h"

#include "indexer/prepared.h"
#include "indexer/store.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PREPARED_MAX = 4 * PREPARED_ENTRY_MAX, /* bytes: the record, the terms, and positions of 1 or 2 bytes a word */
    RETRIES_MAX = 10                       /* times the index may change while one document is looked up */
};

double wall_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct task *task_new(void)
{
    return calloc(1, sizeof(struct task));
}

void task_free(struct task *task)
{
    if (!task) return;
    if (task->free_context) task->free_context(task->context);
    free(task->path);
    free(task->relative);
    free(task->absolute);
    free(task->language);
    free(task);
}

enum status reading_init(struct reading *reading, const char *index, const struct naming *naming,
                         const struct source_options *source, struct error *error)
{
    *reading = (struct reading){0};
    buffer_init(&reading->prepared, PREPARED_MAX);
    buffer_init(&reading->term, 4 * TERM_BYTES_MAX);
    reading->source = source_session_new(source);
    if (!reading->source) return fail(error, NO_MEMORY, "out of memory");
    struct xc_error cause = {0};
    enum status status = preparer_init(&reading->preparer);
    if (!status && naming) status = preparer_use_names(&reading->preparer, naming);
    if (status) fail(error, status, "out of memory");
    if (!status && index) {
        enum xc_status opened = xc_database_open(&reading->index, index, &cause);
        if (opened) status = store_failure(error, opened, &cause, index);
    }
    if (status) reading_release(reading);
    return status;
}

void reading_release(struct reading *reading)
{
    source_session_free(reading->source);
    reading->source = NULL;
    preparer_release(&reading->preparer);
    xc_database_free(reading->index);
    reading->index = NULL;
    buffer_release(&reading->prepared);
    buffer_release(&reading->term);
}

/* One attempt: the id's document, and whether it has this content. */
static enum xc_status try_to_compare(struct reading_result *result, struct reading *reading)
{
    struct xc_postings *postings = NULL;
    struct xc_document *document = NULL;
    struct xc_bytes hash;
    enum xc_status status =
        xc_database_postings(&postings, reading->index, reading->term.data, reading->term.length, NULL);
    if (!status) status = xc_postings_next(postings, NULL);
    if (!status) {
        result->existing = xc_postings_docid(postings);
        status = xc_database_document(&document, reading->index, result->existing, NULL);
        if (!status) status = xc_document_value(&hash, document, SLOT_HASH, NULL);
        if (!status)
            result->unchanged = hash.length == HASH_BYTES && !memcmp(hash.data, reading->preparer.hash, HASH_BYTES);
        result->compared = !status;
    } else {
        result->compared = status == XC_NOT_FOUND;
    }
    xc_document_free(document);
    xc_postings_free(postings);
    return status;
}

/* Looks for the document begun in the index. */
static void compare(struct reading_result *result, struct reading *reading)
{
    result->compared = !reading->index;
    if (!reading->index) return;
    buffer_clear(&reading->term);
    if (terms_id(&reading->term, result->id)) return;
    for (int i = 0; i < RETRIES_MAX; i++) {
        if (try_to_compare(result, reading) != XC_CHANGED) return;
        if (xc_database_reopen(NULL, reading->index, NULL)) return;
    }
}

/* One reading of one file. */
struct run {
    struct reading *reading;
    struct task *task;
    struct share share;
    const struct reading_sink *sink;
    uint64_t number; /* of the next record */
};

static bool is_ours(struct run *run, uint64_t where)
{
    uint64_t number = run->number++;
    if (run->reading->at) *run->reading->at = where;
    return number >= run->share.first && number % run->share.parts == run->share.part;
}

static enum status give_bad(struct run *run, uint64_t where, const char *reason)
{
    return run->sink->bad_record ? run->sink->bad_record(run->sink->context, run->task, where, reason) : OK;
}

static enum status on_document(void *context, const struct document *document, uint64_t where)
{
    struct run *run = context;
    if (!is_ours(run, where)) return OK;
    struct reading *reading = run->reading;
    struct preparer *preparer = &reading->preparer;
    struct error why;
    struct origin origin = {span_of(run->task->absolute), span_of(run->task->language), where};
    if (preparer_begin(preparer, document, &origin, &why)) return give_bad(run, where, why.message);
    struct reading_result result = {
        .where = where, .bytes = preparer->record.length, .id = preparer->fields.field[FIELD_ID]};
    compare(&result, reading);
    if (!result.unchanged) {
        buffer_clear(&reading->prepared);
        if (preparer_finish(&reading->prepared, preparer, &why)) return give_bad(run, where, why.message);
        result.prepared = buffer_span(&reading->prepared);
    }
    return run->sink->document ? run->sink->document(run->sink->context, run->task, &result) : OK;
}

static enum status on_bad_record(void *context, uint64_t where, const char *reason)
{
    struct run *run = context;
    return is_ours(run, where) ? give_bad(run, where, reason) : OK;
}

enum status reading_run(struct reading *reading, struct task *task, struct share share, const struct reading_sink *sink,
                        struct error *error)
{
    struct run run = {.reading = reading, .task = task, .share = share, .sink = sink};
    struct source_sink source = {.document = on_document, .bad_record = on_bad_record, .context = &run};
    struct source_file file = {.path = task->path,
                               .relative = task->relative,
                               .size = task->size,
                               .modified = task->modified,
                               .named = task->named};
    if (reading->at) *reading->at = 0;
    return source_read(reading->source, &file, &source, error);
}
