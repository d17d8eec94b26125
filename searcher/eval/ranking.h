/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One topic as the measures see it: the grades of the ranked documents, and what the judgements hold in all.
 *
 * Takes a topic's judgements and its documents in rank order; gives grades and counts; knows no measure.
 */
#ifndef EVAL_RANKING_H
#define EVAL_RANKING_H

#include "searcher/eval/qrels.h"
#include "searcher/eval/run.h"

struct ranking {
    const int32_t *grades; /* by rank; GRADE_UNPOOLED and GRADE_UNJUDGED where nobody judged */
    size_t retrieved;
    size_t relevant_retrieved;
    size_t unpooled_retrieved, unjudged_retrieved; /* 0 when only judged documents are ranked, as in trec_eval */
    size_t relevant;                               /* in the judgements */
    const size_t *levels;                          /* documents judged with each grade */
    size_t level_count;                            /* the highest grade given, plus one */
    long level;                                    /* the lowest grade that is relevant */
    long collection;                               /* documents in the collection (-N), 0 when not told */
};

/* Which documents are ranked, and which are relevant. */
struct ranking_options {
    long level;       /* -l */
    size_t depth;     /* -M; SIZE_MAX for all */
    bool judged_only; /* -J */
    long collection;  /* -N */
};

/* The memory of rankings, used again for each topic. */
struct ranking_space {
    int32_t *grades;
    size_t grade_capacity;
    size_t *levels;
    size_t level_capacity;
};

void ranking_space_release(struct ranking_space *space);

/* Ranks [entries] (in rank order) by the judgements of [group]. The ranking borrows [space]. A NULL [entries] stands
 * for a topic without results: like trec_eval it then ranks a single document that nobody judged.
 *
 * Returns OK or NO_MEMORY.
 */
enum status ranking_make(struct ranking *out, struct ranking_space *space, const struct judged_group *group,
                         const struct run_entry *entries, size_t count, const struct ranking_options *options,
                         struct error *error);

/* The same documents under another relevance level, cut at another depth, or without the unjudged ones; [space] may
 * not be the one [ranking] borrows. */
enum status ranking_view(struct ranking *out, struct ranking_space *space, const struct ranking *ranking, long level,
                         size_t depth, bool judged_only, struct error *error);

static inline bool ranking_relevant(const struct ranking *ranking, size_t rank)
{
    return ranking->grades[rank] >= ranking->level;
}

#endif
