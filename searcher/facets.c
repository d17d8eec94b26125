/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/facets.h"

#include "indexer/analysis/analyse.h"
#include "indexer/entities/names/fold.h"
#include "searcher/facet_names.h"

#include <stdlib.h>
#include <string.h>

static const size_t names_bytes_max = (size_t)1 << 30; /* bytes: some ten million names */

const struct facet_row facet_kinds[FACET_COUNT] = {
    [FACET_ORGANIZATION] = {"organization", "bodies named in the text", SLOT_ORGANIZATION, 0, PREFIX_ORGANIZATION,
                            FACET_NAMES},
    [FACET_PERSON] = {"person", "people named in the text", SLOT_PERSON, 0, PREFIX_PERSON, FACET_NAMES},
    [FACET_PLACE] = {"place", "places named in the text", SLOT_PLACE, 0, PREFIX_PLACE, FACET_NAMES},
    [FACET_YEAR] = {"year", "year of the document's date", SLOT_DATE, 4, PREFIX_YEAR, FACET_PLAIN},
    [FACET_SOURCE] = {"source", "newspaper, agency, body or site", SLOT_SOURCE, 0, PREFIX_SOURCE_VALUE, FACET_FOLDED},
    [FACET_LANGUAGE] = {"language", "language of the text", SLOT_LANGUAGE, 0, PREFIX_LANGUAGE, FACET_PLAIN},
    [FACET_TYPE] = {"type", "format it was read from", SLOT_TYPE, 0, PREFIX_TYPE, FACET_PLAIN},
};

enum facet_kind facet_named(struct span name)
{
    int kind = 0;
    while (kind < FACET_COUNT && !span_equal(name, span_of(facet_kinds[kind].name))) kind++;
    return (enum facet_kind)kind;
}

static enum status filter_term(struct buffer *out, const struct facet_row *row, struct span value)
{
    if (row->values == FACET_PLAIN) return schema_term(out, row->prefix, value);
    if (row->values == FACET_NAMES) {
        char key[NAME_BYTES_MAX];
        size_t length = name_key(key, value);
        return schema_term(out, row->prefix, length ? (struct span){key, length} : SPAN("?")); /* no key is a sign */
    }
    struct buffer folded;
    buffer_init(&folded, 1024 * 1024 /* bytes: far above any value a document can have */);
    enum status status = fold(&folded, value);
    if (!status) status = schema_term(out, row->prefix, buffer_span(&folded));
    buffer_release(&folded);
    return status;
}

static enum status to_status(enum xc_status status)
{
    return !status ? OK : status == XC_LIMIT ? LIMIT : NO_MEMORY;
}

enum status facet_filter(struct xc_query **out, enum facet_kind kind, const struct filter *filters, size_t count)
{
    struct xc_query *parts[FILTERS_MAX], *query = NULL;
    size_t part_count = 0;
    enum status status = OK;
    struct buffer term;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    for (size_t i = 0; !status && i < count; i++) {
        if (filters[i].kind != kind) continue;
        if (part_count == FILTERS_MAX) {
            status = LIMIT;
            break;
        }
        buffer_clear(&term);
        status = filter_term(&term, &facet_kinds[kind], filters[i].value);
        if (!status) status = to_status(xc_query_term(&parts[part_count], term.data, term.length, 1, NULL));
        if (!status) part_count++;
    }
    if (!status && part_count)
        status = to_status(xc_query_combine(&query, XC_OR, (const struct xc_query *const *)parts, part_count, 0, NULL));
    for (size_t i = 0; i < part_count; i++) xc_query_free(parts[i]);
    buffer_release(&term);
    if (!status) *out = query;
    return status;
}

enum status facet_filters(struct xc_query **out, const struct filter *filters, size_t count, enum facet_kind without)
{
    struct xc_query *parts[FACET_COUNT], *query = NULL;
    size_t part_count = 0;
    enum status status = OK;
    for (int kind = 0; !status && kind < FACET_COUNT; kind++) {
        if (kind == (int)without) continue;
        struct xc_query *part = NULL;
        status = facet_filter(&part, (enum facet_kind)kind, filters, count);
        if (!status && part) parts[part_count++] = part;
    }
    if (!status && part_count)
        status =
            to_status(xc_query_combine(&query, XC_AND, (const struct xc_query *const *)parts, part_count, 0, NULL));
    for (size_t i = 0; i < part_count; i++) xc_query_free(parts[i]);
    if (!status) *out = query;
    return status;
}

/* A value while it is counted. Variants with one key (the year of several days, a source in capitals) become one. */
struct tally {
    struct span value; /* as shown: the most frequent variant */
    struct span key;   /* as filtered */
    uint32_t count, variant;
};

struct tallies {
    struct tally *items;
    size_t count, room;
};

static enum status key_of(struct span *out, struct arena *arena, const struct facet_row *row, struct span value)
{
    *out = value;
    if (row->values == FACET_PLAIN) return OK;
    struct buffer folded;
    buffer_init(&folded, 1024 * 1024 /* bytes: far above any value a document can have */);
    enum status status = fold(&folded, value);
    char *copy = status ? NULL : arena_copy(arena, buffer_span(&folded));
    if (copy) *out = (struct span){copy, folded.length};
    buffer_release(&folded);
    return copy ? OK : NO_MEMORY;
}

static enum status tally_add(struct tallies *tallies, struct arena *arena, const struct facet_row *row,
                             struct span value, uint32_t frequency)
{
    if (row->cut && value.length > row->cut) value.length = row->cut;
    if (!value.length) return OK;
    if (tallies->count == tallies->room) {
        size_t room = tallies->room ? 2 * tallies->room : 64;
        struct tally *grown = realloc(tallies->items, room * sizeof *grown);
        if (!grown) return NO_MEMORY;
        tallies->items = grown;
        tallies->room = room;
    }
    char *copy = arena_copy(arena, value);
    if (!copy) return NO_MEMORY;
    struct tally *tally = &tallies->items[tallies->count];
    *tally = (struct tally){.value = {copy, value.length}, .count = frequency, .variant = frequency};
    enum status status = key_of(&tally->key, arena, row, tally->value);
    if (!status) tallies->count++;
    return status;
}

/* Of variants that are as frequent the first is shown: the one with fewer capitals. */
static int by_key(const void *a, const void *b)
{
    const struct tally *left = a, *right = b;
    int order = span_compare(left->key, right->key);
    return order ? order : span_compare(right->value, left->value);
}

static int by_count(const void *a, const void *b)
{
    const struct tally *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return span_compare(left->key, right->key);
}

static void merge_variants(struct tallies *tallies)
{
    if (!tallies->count) return;
    qsort(tallies->items, tallies->count, sizeof *tallies->items, by_key);
    size_t last = 0;
    for (size_t i = 1; i < tallies->count; i++) {
        struct tally *kept = &tallies->items[last], *next = &tallies->items[i];
        if (!span_equal(kept->key, next->key)) {
            tallies->items[++last] = *next;
            continue;
        }
        kept->count += next->count;
        if (next->variant > kept->variant) kept->value = next->value, kept->variant = next->variant;
    }
    tallies->count = last + 1;
    qsort(tallies->items, tallies->count, sizeof *tallies->items, by_count);
}

static enum status count_values(struct tallies *out, struct arena *arena, const struct facet_row *row,
                                const struct xc_spy *spy)
{
    struct xc_terms *counted = NULL;
    enum status status = to_status(xc_spy_values(&counted, spy, NULL));
    while (!status && !xc_terms_next(counted, NULL)) {
        struct xc_bytes bytes = xc_terms_term(counted);
        uint32_t frequency;
        status = to_status(xc_terms_frequency(&frequency, counted, NULL));
        if (!status) status = tally_add(out, arena, row, (struct span){bytes.data, bytes.length}, frequency);
    }
    xc_terms_free(counted);
    return status;
}

static enum status collect_names(struct facet *out, struct arena *arena, const struct facet_request *request,
                                 const struct xc_spy *spy)
{
    struct arena working; /* all the names of the matches: of a large index many more than are listed */
    struct name_count *names;
    size_t count;
    arena_init(&working, names_bytes_max);
    enum status status = facet_names_count(&names, &count, &working, spy);
    size_t kept = status ? 0 : count < request->values ? count : request->values;
    struct facet_value *values = status ? NULL : arena_take(arena, (kept + 1) * sizeof *values);
    for (size_t i = 0; values && i < kept; i++) {
        char *copy = arena_copy(arena, names[i].value);
        values[i] = (struct facet_value){{copy, names[i].value.length}, names[i].count};
        if (!copy) values = NULL;
    }
    if (values) *out = (struct facet){request->kind, count, values, kept};
    arena_release(&working);
    return values ? OK : NO_MEMORY;
}

enum status facet_collect(struct facet *out, struct arena *arena, const struct facet_request *request,
                          const struct xc_spy *spy, struct error *error)
{
    const struct facet_row *row = &facet_kinds[request->kind];
    struct tallies tallies = {0};
    if (row->values == FACET_NAMES) {
        enum status counted = collect_names(out, arena, request, spy);
        return counted ? fail(error, counted, "out of memory while counting facet '%s'", row->name) : OK;
    }
    enum status status = count_values(&tallies, arena, row, spy);
    merge_variants(&tallies);
    size_t kept = tallies.count < request->values ? tallies.count : request->values;
    struct facet_value *values = status ? NULL : arena_take(arena, (kept + 1) * sizeof *values);
    if (values) {
        for (size_t i = 0; i < kept; i++)
            values[i] = (struct facet_value){tallies.items[i].value, tallies.items[i].count};
        *out = (struct facet){request->kind, tallies.count, values, kept};
    } else {
        status = fail(error, NO_MEMORY, "out of memory while counting facet '%s'", row->name);
    }
    free(tallies.items);
    return status;
}
