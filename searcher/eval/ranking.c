/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/ranking.h"

#include <stdlib.h>
#include <string.h>

void ranking_space_release(struct ranking_space *space)
{
    free(space->grades);
    free(space->levels);
    *space = (struct ranking_space){0};
}

static bool reserve(struct ranking_space *space, size_t grades, size_t levels)
{
    if (grades > space->grade_capacity) {
        int32_t *grown = realloc(space->grades, grades * sizeof *grown);
        if (!grown) return false;
        space->grades = grown;
        space->grade_capacity = grades;
    }
    if (levels > space->level_capacity) {
        size_t *grown = realloc(space->levels, levels * sizeof *grown);
        if (!grown) return false;
        space->levels = grown;
        space->level_capacity = levels;
    }
    return true;
}

/* Counts what [ranking] holds under its level. */
static void count(struct ranking *ranking, bool judged_only)
{
    ranking->relevant_retrieved = ranking->unpooled_retrieved = ranking->unjudged_retrieved = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        int32_t grade = ranking->grades[rank];
        if (grade == GRADE_UNPOOLED && !judged_only)
            ranking->unpooled_retrieved++;
        else if (grade == GRADE_UNJUDGED && !judged_only)
            ranking->unjudged_retrieved++;
        else if (grade >= ranking->level)
            ranking->relevant_retrieved++;
    }
    ranking->relevant = 0;
    for (size_t grade = 0; grade < ranking->level_count; grade++)
        if ((long)grade >= ranking->level) ranking->relevant += ranking->levels[grade];
}

enum status ranking_make(struct ranking *out, struct ranking_space *space, const struct judged_group *group,
                         const struct run_entry *entries, size_t entry_count, const struct ranking_options *options,
                         struct error *error)
{
    size_t depth = entries ? entry_count : 1;
    if (depth > options->depth) depth = options->depth;
    size_t level_count = group->grade_max < 0 ? 0 : (size_t)group->grade_max + 1;
    if (!reserve(space, depth + 1, level_count + 1)) return fail(error, NO_MEMORY, "out of memory ranking a topic");
    memset(space->levels, 0, (level_count + 1) * sizeof *space->levels);
    for (size_t i = 0; i < group->count; i++)
        if (group->judgements[i].grade >= 0) space->levels[group->judgements[i].grade]++;
    size_t ranked = 0;
    for (size_t rank = 0; rank < depth; rank++) {
        int32_t grade = entries ? judged_grade(group, entries[rank].document) : GRADE_UNPOOLED;
        if (grade >= 0 || !options->judged_only) space->grades[ranked++] = grade;
    }
    *out = (struct ranking){.grades = space->grades,
                            .retrieved = ranked,
                            .levels = space->levels,
                            .level_count = level_count,
                            .level = options->level,
                            .collection = options->collection};
    count(out, options->judged_only);
    return OK;
}

enum status ranking_view(struct ranking *out, struct ranking_space *space, const struct ranking *ranking, long level,
                         size_t depth, bool judged_only, struct error *error)
{
    if (!reserve(space, ranking->retrieved + 1, 1)) return fail(error, NO_MEMORY, "out of memory ranking a topic");
    size_t ranked = 0;
    for (size_t rank = 0; rank < ranking->retrieved && ranked < depth; rank++)
        if (ranking->grades[rank] >= 0 || !judged_only) space->grades[ranked++] = ranking->grades[rank];
    *out = *ranking;
    out->grades = space->grades;
    out->retrieved = ranked;
    out->level = level;
    count(out, judged_only);
    return OK;
}
