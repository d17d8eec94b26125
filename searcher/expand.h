/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expansion: words that the best hits share are added to the query with a small weight.
 *
 * Takes a query and its first hits; gives a larger query; never changes which words are marked.
 */
#ifndef SEARCHER_EXPAND_H
#define SEARCHER_EXPAND_H

#include "searcher/match.h"

enum {
    EXPAND_HITS = 10,       /* first hits taken for relevant */
    EXPAND_TERMS = 20,      /* stems added */
    EXPAND_PERCENT_MAX = 10 /* of the documents: a stem in more of them tells nothing */
};

/* Interpolates [query] with the relevance model of [matches] (RM3: Abdul-Jaleel et al., UMass at TREC 2004, after
 * Lavrenko & Croft 2001): a stem's weight is its share of each hit's text, averaged by the hits' scores. [length] is
 * how many words the query has: they share the rest of the weight. [adds] tells whether a document with added stems
 * alone may match too. *[out] is the caller's; without matches, or stems to add, it is NULL. Returns OK, CHANGED,
 * DAMAGED, IO, NO_MEMORY. */
enum status expand_query(struct xc_query **out, struct reader *reader, const struct xc_query *query, uint32_t length,
                         const struct match *matches, size_t count, bool adds, struct error *error);

#endif
