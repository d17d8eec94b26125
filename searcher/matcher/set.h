/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All matches of a query, as bits by docid.
 *
 * Takes nodes that have not been walked yet; gives every document they match, without scores; a few postings to the
 * nanosecond and no bounds to ask.
 */
#ifndef SEARCHER_MATCHER_SET_H
#define SEARCHER_MATCHER_SET_H

#include "searcher/matcher/node.h"

/* Words of a set over docids up to [last]. */
static inline size_t set_words(uint32_t last)
{
    return (size_t)last / 64 + 1;
}

/* Adds the matches of [node] to [bits]. The lists' status tells of failures. False when out of memory. */
bool set_add(uint64_t *bits, struct nodes *nodes, struct node *node);

uint64_t set_count(const uint64_t *bits, size_t words);

#endif
