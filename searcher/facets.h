/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facets: what the matches are made of, counted exactly over every match, and filters by the same values.
 *
 * Takes value slots; gives counts by value; never estimates.
 */
#ifndef SEARCHER_FACETS_H
#define SEARCHER_FACETS_H

#include "searcher/reader.h"
#include "searcher/search.h"

/* What a slot holds, and what of it the filter term does. */
enum facet_values {
    FACET_PLAIN,  /* a value, as it is */
    FACET_FOLDED, /* a value; the term holds it folded */
    FACET_NAMES,  /* any number of names; a term for each holds its key */
    FACET_DATES   /* a day, shown as ISO 8601 at the facet's grain; the term holds its digits */
};

/* A row of the table: how a facet is called, where its values are, how a value is filtered. */
struct facet_row {
    const char *name; /* "year": on the command line, in JSON and in the page's address */
    const char *help;
    uint32_t slot;
    const char *prefix; /* of the filter term; empty for FACET_DATE, whose values tell */
    enum facet_values values;
    bool usual; /* counted when nobody says what to count */
};

enum { FACET_BARS_DEFAULT = 40 /* bars of a date histogram: five weeks by day, three years by month */ };

extern const struct facet_row facet_kinds[FACET_COUNT];

/* The facet called [name], or FACET_COUNT. */
enum facet_kind facet_named(struct span name);

/* The query that keeps the documents whose [kind] is one of the values that [filters] give for it; *[out] is NULL when
 * they give none. Returns OK, LIMIT, NO_MEMORY. */
enum status facet_filter(struct xc_query **out, enum facet_kind kind, const struct filter *filters, size_t count);

/* All filters together, but those of [without] (FACET_COUNT: none left out); *[out] is NULL when there are none. */
enum status facet_filters(struct xc_query **out, const struct filter *filters, size_t count, enum facet_kind without);

/* Fills [out] from a spy that has counted the slot of [request]. Memory is [arena]'s. Returns OK, NO_MEMORY. */
enum status facet_collect(struct facet *out, struct arena *arena, const struct facet_request *request,
                          const struct xc_spy *spy, struct error *error);

#endif
