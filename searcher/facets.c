/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/facets.h"

#include "indexer/analysis/analyse.h"
#include "indexer/entities/names/fold.h"

#include <string.h>

const struct facet_row facet_kinds[FACET_COUNT] = {
    [FACET_ORGANIZATION] = {"organization", "bodies named in the text", SLOT_ORGANIZATION, PREFIX_ORGANIZATION,
                            FACET_NAMES, true},
    [FACET_PERSON] = {"person", "people named in the text", SLOT_PERSON, PREFIX_PERSON, FACET_NAMES, true},
    [FACET_PLACE] = {"place", "places named in the text", SLOT_PLACE, PREFIX_PLACE, FACET_NAMES, true},
    [FACET_YEAR] = {"year", "year of the document's date", SLOT_DATE, PREFIX_YEAR, FACET_DATES, true},
    [FACET_SOURCE] = {"source", "newspaper, agency, body or site", SLOT_SOURCE, PREFIX_SOURCE_VALUE, FACET_FOLDED,
                      true},
    [FACET_LANGUAGE] = {"language", "language of the text", SLOT_LANGUAGE, PREFIX_LANGUAGE, FACET_PLAIN, true},
    [FACET_TYPE] = {"type", "format it was read from", SLOT_TYPE, PREFIX_TYPE, FACET_PLAIN, true},
    [FACET_MONTH] = {"month", "year and month of the date", SLOT_DATE, PREFIX_MONTH, FACET_DATES, false},
    [FACET_DAY] = {"day", "the date", SLOT_DATE, PREFIX_DAY, FACET_DATES, false},
    [FACET_DATE] = {"date", "histogram of the dates by day, month or year, whichever fits their span", SLOT_DATE, "",
                    FACET_DATES, false},
};

enum facet_kind facet_named(struct span name)
{
    int kind = 0;
    while (kind < FACET_COUNT && !span_equal(name, span_of(facet_kinds[kind].name))) kind++;
    return (enum facet_kind)kind;
}

/* The term of "2014", "2014-10" or "2014-10-08". What is none of these, or of another grain than the facet's, has a
 * term that no document has. */
static enum status date_term(struct buffer *out, const struct facet_row *row, struct span value)
{
    static const struct {
        size_t length;
        const char *prefix;
    } grains[] = {{4, PREFIX_YEAR}, {7, PREFIX_MONTH}, {10, PREFIX_DAY}};
    char digits[8];
    size_t count = 0;
    bool any = !*row->prefix, valid = true;
    if (any && span_equal(value, SPAN("none"))) return buffer_append_string(out, TERM_UNDATED);
    for (size_t i = 0; valid && i < value.length && i < 10; i++) {
        char byte = value.data[i];
        if (i == 4 || i == 7)
            valid = byte == '-';
        else if ((valid = byte >= '0' && byte <= '9'))
            digits[count++] = byte;
    }
    for (size_t i = 0; valid && i < sizeof grains / sizeof *grains; i++)
        if (grains[i].length == value.length && (any || strcmp(row->prefix, grains[i].prefix) == 0))
            return schema_term(out, grains[i].prefix, (struct span){digits, count});
    return schema_term(out, PREFIX_DAY, SPAN("?"));
}

static enum status filter_term(struct buffer *out, const struct facet_row *row, struct span value)
{
    if (row->values == FACET_DATES) return date_term(out, row, value);
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
