/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counting facets by columns: a number for each value of each match, and nothing else.
 *
 * Takes a set of documents and a column; gives what facet_collect gives from a spy, to the byte; reads no database.
 */
#ifndef SEARCHER_FACET_COLUMNS_H
#define SEARCHER_FACET_COLUMNS_H

#include "searcher/columns.h"
#include "searcher/docset.h"
#include "searcher/search.h"

/* Counters that are kept from one count to the next, all 0 in between. Zero-initialised. */
struct facet_counters {
    uint32_t *counts, *touched;
    size_t room;
};
void facet_counters_release(struct facet_counters *counters);

/* Counts the values of [column] in [documents]. Memory of [out] is [arena]'s. Returns OK, NO_MEMORY. */
enum status facet_count(struct facet *out, struct arena *arena, const struct facet_request *request,
                        const struct column *column, const struct docset *documents, struct facet_counters *counters);

#endif
