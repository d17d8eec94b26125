/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/pool.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"
#include "searcher/eval/qrels.h"
#include "searcher/eval/run.h"

#include <stdlib.h>

#define POOL_BYTES_MAX ((size_t)8 << 30) /* bytes of names in the pool of one topic, or of topics */

struct pool {
    struct names topics;
    struct names *documents; /* by topic number */
    size_t capacity;
    struct pool_topic *sorted;
    size_t depth;
    const struct qrels *judged;
};

void pool_free(struct pool *pool)
{
    if (!pool) return;
    for (size_t i = 0; i < pool->topics.count && i < pool->capacity; i++) names_release(&pool->documents[i]);
    for (size_t i = 0; pool->sorted && i < pool->topics.count; i++) free(pool->sorted[i].documents);
    names_release(&pool->topics);
    free(pool->documents);
    free(pool->sorted);
    free(pool);
}

static bool is_judged(const struct qrels *judged, struct span topic, struct span document)
{
    size_t index = judged ? qrels_find(judged, topic) : SIZE_MAX;
    if (index == SIZE_MAX) return false;
    return judged_grade(&qrels_topic(judged, index)->groups[0], document) >= 0;
}

static enum status add_topic(void *context, struct span topic, struct run_entry *entries, size_t count,
                             struct error *error)
{
    struct pool *pool = context;
    size_t number, known = pool->topics.count;
    enum status status = names_add(&pool->topics, topic, &number);
    if (status == OK && pool->topics.count > known) {
        if (known == pool->capacity) {
            size_t capacity = known ? known * 2 : 64;
            struct names *grown = realloc(pool->documents, capacity * sizeof *grown);
            if (!grown) return fail(error, NO_MEMORY, "out of memory pooling runs");
            pool->documents = grown;
            pool->capacity = capacity;
        }
        names_init(&pool->documents[known], POOL_BYTES_MAX);
    }
    for (size_t rank = 0; rank < count && rank < pool->depth && status == OK; rank++) {
        size_t ignored;
        if (!is_judged(pool->judged, topic, entries[rank].document))
            status = names_add(&pool->documents[number], entries[rank].document, &ignored);
    }
    return status == OK ? OK : fail(error, status, "cannot pool runs: %s", status_name(status));
}

static int order_spans(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static int order_topics(const void *a, const void *b)
{
    return span_compare(((const struct pool_topic *)a)->name, ((const struct pool_topic *)b)->name);
}

static enum status sort(struct pool *pool, struct error *error)
{
    pool->sorted = calloc(pool->topics.count + 1, sizeof *pool->sorted);
    if (!pool->sorted) return fail(error, NO_MEMORY, "out of memory pooling runs");
    for (size_t i = 0; i < pool->topics.count; i++) {
        const struct names *names = &pool->documents[i];
        struct span *documents = calloc(names->count + 1, sizeof *documents);
        if (!documents) return fail(error, NO_MEMORY, "out of memory pooling runs");
        for (size_t k = 0; k < names->count; k++) documents[k] = names->items[k];
        qsort(documents, names->count, sizeof *documents, order_spans);
        pool->sorted[i] =
            (struct pool_topic){.name = pool->topics.items[i], .documents = documents, .count = names->count};
    }
    qsort(pool->sorted, pool->topics.count, sizeof *pool->sorted, order_topics);
    return OK;
}

enum status pool_make(struct pool **out, const char *const *paths, size_t count, size_t depth,
                      const struct qrels *judged, struct error *error)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) return fail(error, NO_MEMORY, "out of memory pooling runs");
    names_init(&pool->topics, POOL_BYTES_MAX);
    pool->depth = depth;
    pool->judged = judged;
    enum status status = OK;
    for (size_t i = 0; i < count && status == OK; i++) {
        struct run_reading reading = {.topic = add_topic, .context = pool};
        buffer_init(&reading.tag, LINE_BYTES_MAX);
        status = run_read(&reading, paths[i], error);
        buffer_release(&reading.tag);
    }
    if (status == OK) status = sort(pool, error);
    if (status != OK) {
        pool_free(pool);
        return status;
    }
    *out = pool;
    return OK;
}

size_t pool_count(const struct pool *pool)
{
    return pool->topics.count;
}

const struct pool_topic *pool_topic(const struct pool *pool, size_t index)
{
    return &pool->sorted[index];
}
