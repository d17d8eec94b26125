/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The best hits so far.
 *
 * Takes documents by rising number; gives the best of them, equal ones by document; never holds more than it was made
 * for.
 */
#ifndef SEARCHER_MATCHER_TOP_H
#define SEARCHER_MATCHER_TOP_H

#include "searcher/matcher/matcher.h"

struct top {
    struct match *hits; /* the worst on top of a heap */
    size_t count, room;
};

/* [room] is at least 1. False when out of memory. */
bool top_init(struct top *out, size_t room);
void top_release(struct top *top);

/* What a document must exceed to be kept: below 0 while there is room for any. */
static inline double top_least(const struct top *top)
{
    return top->count == top->room ? top->hits[0].score : -1;
}

/* Keeps a document that exceeds top_least. */
void top_add(struct top *top, uint32_t docid, double score);

/* Puts the hits in order, the best first; nothing can be added any more. */
void top_sort(struct top *top);

#endif
