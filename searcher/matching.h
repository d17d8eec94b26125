/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All the documents that a query matches, without scores: posting lists walked into bitmaps.
 *
 * Takes a query as libxapian gets it; gives the very documents that libxapian would find; never ranks. Words, AND, OR,
 * NOT, ranges and stars are combined here; phrases and neighbourhoods are left to libxapian, among as few documents as
 * may be.
 */
#ifndef SEARCHER_MATCHING_H
#define SEARCHER_MATCHING_H

#include "searcher/columns.h"
#include "searcher/docset.h"
#include "searcher/reader.h"

/* Finds the matches of [query] in the state that [columns] are of. [out] is released with docset_release after OK.
 * Returns OK; UNSUPPORTED, without a message, for a query with a part that only libxapian knows (a source, an elite
 * set, very deep nesting): ask its matcher; LIMIT, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status matching_set(struct docset *out, struct reader *reader, const struct columns *columns,
                         const struct xc_query *query, struct error *error);

/* A query for the documents of [set], which has to live as long, without weights; it may stand in a tree once. */
enum xc_status docset_query(struct xc_query **out, const struct docset *set, struct xc_error *cause);

#endif
