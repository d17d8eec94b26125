/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counting by value slots: what a spy has seen, value by value. */
#include "indexer/analysis/analyse.h"
#include "searcher/facet_names.h"
#include "searcher/facets.h"

#include <stdlib.h>

static const size_t counting_bytes_max = (size_t)1 << 30; /* bytes: some ten million names */

static enum status to_status(enum xc_status status)
{
    return !status ? OK : status == XC_LIMIT ? LIMIT : NO_MEMORY;
}

struct counted {
    struct value_count *items;
    size_t count, room;
};

static enum status key_of(struct span *out, struct arena *arena, const struct facet_row *row, struct span value)
{
    *out = value;
    if (row->values != FACET_FOLDED) return OK;
    struct buffer folded;
    buffer_init(&folded, 1024 * 1024 /* bytes: far above any value a document can have */);
    enum status status = fold(&folded, value);
    char *copy = status ? NULL : arena_copy(arena, buffer_span(&folded));
    if (copy) *out = (struct span){copy, folded.length};
    buffer_release(&folded);
    return copy ? OK : NO_MEMORY;
}

static enum status add(struct counted *counted, struct arena *arena, const struct facet_row *row, struct span value,
                       uint32_t frequency)
{
    if (!value.length) return OK;
    if (counted->count == counted->room) {
        size_t room = counted->room ? 2 * counted->room : 64;
        struct value_count *grown = realloc(counted->items, room * sizeof *grown);
        if (!grown) return NO_MEMORY;
        counted->items = grown;
        counted->room = room;
    }
    char *copy = arena_copy(arena, value);
    if (!copy) return NO_MEMORY;
    struct value_count *item = &counted->items[counted->count];
    *item = (struct value_count){.value = {copy, value.length}, .count = frequency};
    enum status status = key_of(&item->key, arena, row, item->value);
    if (!status) counted->count++;
    return status;
}

/* All values that [spy] has seen, in byte order. */
static enum status collect_values(struct counted *out, struct arena *arena, const struct facet_row *row,
                                  const struct xc_spy *spy)
{
    struct xc_terms *values = NULL;
    enum status status = to_status(xc_spy_values(&values, spy, NULL));
    while (!status && !xc_terms_next(values, NULL)) {
        struct xc_bytes bytes = xc_terms_term(values);
        uint32_t frequency;
        status = to_status(xc_terms_frequency(&frequency, values, NULL));
        if (!status) status = add(out, arena, row, (struct span){bytes.data, bytes.length}, frequency);
    }
    xc_terms_free(values);
    return status;
}

/* Of variants that are as frequent the first is shown: the one with fewer capitals. */
static int by_key(const void *a, const void *b)
{
    const struct value_count *left = a, *right = b;
    int order = span_compare(left->key, right->key);
    return order ? order : span_compare(right->value, left->value);
}

/* Makes one of values with one key. */
static void merge_variants(struct counted *counted)
{
    if (!counted->count) return;
    qsort(counted->items, counted->count, sizeof *counted->items, by_key);
    size_t last = 0;
    uint32_t most = counted->items[0].count; /* of a variant */
    for (size_t i = 1; i < counted->count; i++) {
        struct value_count *kept = &counted->items[last], *next = &counted->items[i];
        if (!span_equal(kept->key, next->key)) {
            counted->items[++last] = *next;
            most = next->count;
            continue;
        }
        kept->count += next->count;
        if (next->count > most) kept->value = next->value, most = next->count;
    }
    counted->count = last + 1;
}

enum status facet_collect(struct facet *out, struct arena *arena, const struct facet_request *request,
                          const struct xc_spy *spy, struct error *error)
{
    const struct facet_row *row = &facet_kinds[request->kind];
    struct arena working; /* all the values of the matches: of a large index many more than are listed */
    struct counted counted = {0};
    struct value_count *names = NULL;
    size_t name_count = 0;
    enum facet_kind grain = request->kind;
    arena_init(&working, counting_bytes_max);
    enum status status = row->values == FACET_NAMES ? facet_names_count(&names, &name_count, &working, spy)
                                                    : collect_values(&counted, &working, row, spy);
    if (!status && row->values == FACET_FOLDED) merge_variants(&counted);
    if (!status && row->values == FACET_DATES)
        status = facet_dates(&grain, counted.items, &counted.count, &working, request->kind, request->values);
    if (!status)
        status = row->values == FACET_NAMES ? facet_choose(out, arena, request, names, name_count)
                                            : facet_choose(out, arena, request, counted.items, counted.count);
    if (!status) out->grain = grain;
    arena_release(&working);
    free(counted.items);
    return status ? fail(error, NO_MEMORY, "out of memory while counting facet '%s'", row->name) : OK;
}
