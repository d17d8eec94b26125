/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rescoring: what is added to the scores of the first hits, on top of the flat sum of the words' weights.
 *
 * Takes the first hits of a match; gives the same hits with bonuses, in their new order; never adds or drops a hit.
 * Bonuses are never negative and the hits below the window keep their places, so scores still fall all the way.
 */
#ifndef SEARCHER_RESCORE_H
#define SEARCHER_RESCORE_H

#include "searcher/reader.h"

enum { RESCORE_DEPTH = 1000 /* hits looked at: a run's default depth; those below keep their order */ };

enum rescore_part {
    RESCORE_RECENCY, /* for a young document */
    RESCORE_KEPT,    /* for a hit that keeps its place when a query is expanded */
    RESCORE_PARTS
};

/* What is asked for; all zero for nothing. */
struct rescoring {
    double half_life;     /* days in which a document's bonus for being young halves; 0: age does not matter */
    const uint32_t *kept; /* documents that stay in front, in this order */
    size_t kept_count;
};

struct match;

static inline bool rescoring_asked(const struct rescoring *rescoring)
{
    return rescoring && (rescoring->half_life > 0 || rescoring->kept_count);
}

/* The bonus of [docid], whose words give it [score], for being young: RECENCY_SHARE of its score on the day of the
 * newest document of the index, half of that after [half_life] days, and so on; an undated one gets what one of that
 * age gets, so that it is neither preferred nor put last. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status rescore_recency(double *bonus, struct reader *reader, double half_life, uint32_t docid, double score,
                            struct error *error);

/* Rescores [matches], which are the first [count] hits in order, and sorts them again; equal scores by document.
 * [parts], when not NULL, gets each match's bonuses in the new order. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status rescore(struct match *matches, size_t count, double (*parts)[RESCORE_PARTS], struct reader *reader,
                    const struct rescoring *rescoring, struct error *error);

#endif
