/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expansion: words that the best hits share are added to the query with a small weight.
 *
 * Takes a query and its first hits; gives a larger query; never changes which words are marked.
 */
#ifndef SEARCHER_EXPAND_H
#define SEARCHER_EXPAND_H

#include "searcher/match.h"

enum {
    EXPAND_HITS = 5,         /* first hits taken for relevant */
    EXPAND_KEPT = 2,         /* first hits that keep their places: what is added may change the rest alone */
    EXPAND_TERMS = 50,       /* stems added */
    EXPAND_PERCENT_MAX = 20, /* of the documents: a stem in more of them tells nothing */
    EXPAND_LOOKED_AT = 2000  /* stems of the hits whose frequencies are looked up, those with the greatest shares */
};

/* Interpolates [query] with what stands in [matches]: after RM3 (Abdul-Jaleel et al., UMass at TREC 2004), with a
 * stem's weight in a hit by IneB2 (Amati & van Rijsbergen 2002) in place of its share of the text, averaged by the
 * hits' scores; figures in searcher/README.md. [length] is
 * how many words the query has: they share the rest of the weight. [adds] tells whether a document with added stems
 * alone may match too. *[out] is the caller's; without matches, or stems to add, it is NULL. Returns OK, CHANGED,
 * DAMAGED, IO, NO_MEMORY. */
enum status expand_query(struct xc_query **out, struct reader *reader, const struct xc_query *query, uint32_t length,
                         const struct match *matches, size_t count, bool adds, struct error *error);

#endif
