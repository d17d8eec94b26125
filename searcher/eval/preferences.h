/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Preferences between documents, as several judges gave them for one topic, against a ranking.
 *
 * Takes judgements of a preference format and ranked documents; gives counts of preferences the ranking keeps and
 * breaks; knows no measure.
 */
#ifndef EVAL_PREFERENCES_H
#define EVAL_PREFERENCES_H

#include "searcher/eval/qrels.h"
#include "searcher/eval/run.h"

enum {
    PREFERENCE_DOCUMENTS_MAX = 10000 /* judged documents of a topic: two tables of its square are kept */
};

/* A document of a judge's list. */
struct preference_item {
    uint32_t place; /* of the document among those judged for the topic: retrieved ones first, by rank */
    uint32_t subgroup;
    double level;
};

/* What one judge prefers. A preference whose two documents were retrieved is "both"; with one retrieved, "one"; with
 * none, "none": no ranking can keep it. */
struct preference_group {
    size_t kept_both, possible_both;
    size_t kept_one, possible_one;
    size_t possible_none;
    size_t relevant, relevant_retrieved; /* documents of a level above 0 */
    size_t other, other_retrieved;       /* documents of level 0 */
    const struct preference_item *items; /* by subgroup, falling level, place */
    size_t item_count;
    const uint8_t *matrix; /* NULL with a single subgroup; else [a * judged + b] is 1 when a is preferred to b */
    const double *levels;  /* with a matrix: by place, -1 for documents this judge did not see */
};

struct preferences {
    size_t judged, judged_retrieved; /* documents */
    struct preference_group *groups;
    size_t group_count;
    const uint16_t *votes; /* [a * judged + b]: judges who prefer a to b */
};

/* Weighs the judgements of [topic] against the first [depth] of [entries] (NULL for a topic without results), which it
 * sorts: by falling score, ties by name from first to last, unlike the rankings of graded judgements.
 *
 * *[out] is released with preferences_release. Returns OK, INVALID when a judge contradicts himself (named), LIMIT past
 * PREFERENCE_DOCUMENTS_MAX, or NO_MEMORY. O(n²) in the documents judged; O(n³) for a judge with several subgroups.
 */
enum status preferences_make(struct preferences *out, const struct judged_topic *topic, struct run_entry *entries,
                             size_t count, size_t depth, struct error *error);

void preferences_release(struct preferences *preferences);

#endif
