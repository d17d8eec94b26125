/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether terms stand side by side, which only the index's positions tell, at about a microsecond for a term in a
 * document.
 *
 * Takes documents that have all the terms, with their scores; gives those that have them in line. Many wait together,
 * and the best are looked at first, until the hits are found: the others need no looking at. Of a batch one term is
 * looked at after the other, the rarest first: positions are stored by term and then by document, so that a batch is
 * often read from a few blocks, and most documents are out after the first two terms.
 */
#ifndef SEARCHER_MATCHER_PHRASE_H
#define SEARCHER_MATCHER_PHRASE_H

#include "searcher/matcher/node.h"
#include "searcher/matcher/top.h"

enum {
    WAITING_FIRST = 4096, /* documents that wait: the first ones set the mark for the others … */
    WAITING_MOST = 65536, /* … which may take a megabyte */
    BATCH_FIRST = 16,     /* documents looked at together, four times as many each time … */
    BATCH_MOST = 4096     /* … until the order of storing counts for more than that of scores */
};

/* Documents that wait for their phrases. */
struct batch {
    struct nodes *nodes;
    const struct phrase *phrases;
    struct top *top;
    uint64_t *total;
    struct match *waiting;
    size_t waiting_count, waiting_room;
    struct match looked[BATCH_MOST]; /* at together */
    size_t count;
};

/* Those that stand in line are counted in *[total] unless that is NULL, which leaves none out. NULL when out of memory,
 * which is the store's failure. */
struct batch *batch_new(struct top *top, uint64_t *total, struct nodes *nodes, const struct phrase *phrases);
void batch_free(struct batch *batch);

/* Lets a document wait; when they are too many they are settled. Documents come by rising number. */
void batch_add(struct batch *batch, uint32_t docid, double score);

/* Adds those that stand in line to the hits, and forgets the others. */
void batch_settle(struct batch *batch);

/* Whether the terms of [phrase] stand in line in [docid]. A failure is the store's, and false. */
bool phrase_stands(struct nodes *nodes, const struct phrase *phrase, uint32_t docid);

#endif
