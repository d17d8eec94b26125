/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/preferences.h"

#include "searcher/eval/names.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES_MAX ((size_t)1 << 30) /* bytes of document names of one topic */

struct maker {
    struct preferences *out;
    const struct judged_topic *topic;
    struct names documents; /* judged ones, by their first appearance */
    uint32_t *places;       /* of each */
    uint16_t *votes;
    struct error *error;
};

static enum status out_of_memory(struct maker *maker)
{
    return fail(maker->error, NO_MEMORY, "out of memory weighing preferences");
}

static int order_by_name(const void *a, const void *b)
{
    const struct run_entry *one = a, *two = b;
    if (one->score != two->score) return one->score > two->score ? -1 : 1;
    return span_compare(one->document, two->document);
}

static int order_numbers(const void *a, const void *b, void *context)
{
    const struct names *names = context;
    return span_compare(names->items[*(const uint32_t *)a], names->items[*(const uint32_t *)b]);
}

static int order_items(const void *a, const void *b)
{
    const struct preference_item *one = a, *two = b;
    if (one->subgroup != two->subgroup) return one->subgroup < two->subgroup ? -1 : 1;
    if (one->level != two->level) return one->level > two->level ? -1 : 1;
    return (one->place > two->place) - (one->place < two->place);
}

/* Numbers the judged documents: retrieved ones by rank, then the others by name. */
static enum status place_documents(struct maker *maker, struct run_entry *entries, size_t count, size_t depth)
{
    for (size_t g = 0; g < maker->topic->group_count; g++) {
        const struct judged_group *group = &maker->topic->groups[g];
        for (size_t i = 0; i < group->count; i++) {
            size_t number;
            if (names_add(&maker->documents, group->judgements[i].document, &number) != OK) return out_of_memory(maker);
        }
    }
    size_t judged = maker->documents.count;
    if (judged > PREFERENCE_DOCUMENTS_MAX)
        return fail(maker->error, LIMIT,
                    "topic '%.*s' has preferences between %zu documents; at most %d can be weighed",
                    (int)maker->topic->name.length, maker->topic->name.data, judged, (int)PREFERENCE_DOCUMENTS_MAX);
    uint32_t *rest = malloc(judged * sizeof *rest);
    maker->places = malloc(judged * sizeof *maker->places);
    if (!rest || !maker->places) {
        free(rest);
        return out_of_memory(maker);
    }
    for (size_t i = 0; i < judged; i++) maker->places[i] = UINT32_MAX;
    uint32_t place = 0;
    if (entries) qsort(entries, count, sizeof *entries, order_by_name);
    for (size_t rank = 0; entries && rank < count && rank < depth; rank++) {
        size_t number = names_find(&maker->documents, entries[rank].document);
        if (number != NAMES_NONE) maker->places[number] = place++;
    }
    maker->out->judged = judged;
    maker->out->judged_retrieved = place;
    size_t rest_count = 0;
    for (uint32_t i = 0; i < judged; i++)
        if (maker->places[i] == UINT32_MAX) rest[rest_count++] = i;
    qsort_r(rest, rest_count, sizeof *rest, order_numbers, &maker->documents);
    for (size_t i = 0; i < rest_count; i++) maker->places[rest[i]] = place++;
    free(rest);
    return OK;
}

/* Counts that the document at [better] is preferred to the one at [worse]. */
static void vote(struct maker *maker, struct preference_group *group, uint32_t better, uint32_t worse)
{
    size_t retrieved = maker->out->judged_retrieved;
    uint16_t *votes = &maker->votes[better * maker->out->judged + worse];
    if (*votes < UINT16_MAX) ++*votes;
    bool kept = better < worse;
    uint32_t first = kept ? better : worse, last = kept ? worse : better;
    if (last < retrieved) {
        group->possible_both++;
        group->kept_both += kept;
    } else if (first < retrieved) {
        group->possible_one++;
        group->kept_one += kept;
    } else {
        group->possible_none++;
    }
}

static enum status contradiction(struct maker *maker, const struct judged_group *judged, uint32_t place)
{
    struct span name = {"", 0};
    for (size_t i = 0; i < maker->documents.count; i++)
        if (maker->places[i] == place) name = maker->documents.items[i];
    return fail(maker->error, INVALID, "topic '%.*s': the preferences of judge '%.*s' contradict each other at '%.*s'",
                (int)maker->topic->name.length, maker->topic->name.data, (int)judged->name.length, judged->name.data,
                (int)name.length, name.data);
}

/* One subgroup: every document is preferred to all of lower levels. */
static enum status weigh_list(struct maker *maker, struct preference_group *group, const struct judged_group *judged)
{
    for (size_t i = 0; i < group->item_count; i++) {
        const struct preference_item *item = &group->items[i];
        bool retrieved = item->place < maker->out->judged_retrieved;
        *(item->level > 0 ? &group->relevant : &group->other) += 1;
        *(item->level > 0 ? &group->relevant_retrieved : &group->other_retrieved) += retrieved;
        for (size_t k = i + 1; k < group->item_count; k++) {
            if (group->items[k].level == item->level) continue;
            if (group->items[k].place == item->place) return contradiction(maker, judged, item->place);
            vote(maker, group, item->place, group->items[k].place);
        }
    }
    return OK;
}

/* Adds what follows from the preferences in [matrix]: a over b and b over c gives a over c (Warshall 1962). */
static void close_matrix(uint8_t *matrix, size_t side)
{
    for (size_t middle = 0; middle < side; middle++)
        for (size_t row = 0; row < side; row++)
            if (matrix[row * side + middle])
                for (size_t column = 0; column < side; column++)
                    matrix[row * side + column] |= matrix[middle * side + column];
}

static enum status weigh_subgroups(struct maker *maker, struct preference_group *group,
                                   const struct judged_group *judged)
{
    size_t side = maker->out->judged;
    uint8_t *matrix = calloc(side, side);
    double *levels = malloc(side * sizeof *levels);
    group->matrix = matrix;
    group->levels = levels;
    if (!matrix || !levels) return out_of_memory(maker);
    for (size_t i = 0; i < side; i++) levels[i] = -1;
    for (size_t i = 0; i < group->item_count; i++) {
        const struct preference_item *item = &group->items[i];
        if ((levels[item->place] > 0 && item->level == 0) || (levels[item->place] == 0 && item->level > 0))
            return contradiction(maker, judged, item->place);
        levels[item->place] = item->level;
        for (size_t k = i + 1; k < group->item_count && group->items[k].subgroup == item->subgroup; k++)
            if (group->items[k].level != item->level) matrix[item->place * side + group->items[k].place] = 1;
    }
    close_matrix(matrix, side);
    for (uint32_t better = 0; better < side; better++) {
        if (matrix[better * side + better]) return contradiction(maker, judged, better);
        bool retrieved = better < maker->out->judged_retrieved;
        if (levels[better] > 0) {
            group->relevant++;
            group->relevant_retrieved += retrieved;
        } else if (levels[better] == 0) {
            group->other++;
            group->other_retrieved += retrieved;
        }
        for (uint32_t worse = 0; worse < side; worse++)
            if (matrix[better * side + worse]) vote(maker, group, better, worse);
    }
    return OK;
}

static enum status weigh(struct maker *maker, struct preference_group *group, const struct judged_group *judged)
{
    struct preference_item *items = malloc(judged->count * sizeof *items);
    if (!items) return out_of_memory(maker);
    group->items = items;
    group->item_count = judged->count;
    bool single = true;
    for (size_t i = 0; i < judged->count; i++) {
        const struct judgement *judgement = &judged->judgements[i];
        items[i] = (struct preference_item){
            .place = maker->places[names_find(&maker->documents, judgement->document)],
            .subgroup = judgement->subgroup,
            .level = judgement->level,
        };
        if (judgement->subgroup != judged->judgements[0].subgroup) single = false;
    }
    qsort(items, judged->count, sizeof *items, order_items);
    return single ? weigh_list(maker, group, judged) : weigh_subgroups(maker, group, judged);
}

enum status preferences_make(struct preferences *out, const struct judged_topic *topic, struct run_entry *entries,
                             size_t count, size_t depth, struct error *error)
{
    *out = (struct preferences){0};
    struct maker maker = {.out = out, .topic = topic, .error = error};
    names_init(&maker.documents, NAME_BYTES_MAX);
    enum status status = place_documents(&maker, entries, count, depth);
    if (status == OK) {
        maker.votes = calloc(out->judged * out->judged, sizeof *maker.votes);
        out->votes = maker.votes;
        out->groups = calloc(topic->group_count, sizeof *out->groups);
        if (!maker.votes || !out->groups) status = out_of_memory(&maker);
    }
    for (size_t i = 0; i < topic->group_count && status == OK; i++) {
        out->group_count = i + 1;
        status = weigh(&maker, &out->groups[i], &topic->groups[i]);
    }
    free(maker.places);
    names_release(&maker.documents);
    if (status != OK) preferences_release(out);
    return status;
}

void preferences_release(struct preferences *preferences)
{
    for (size_t i = 0; i < preferences->group_count; i++) {
        free((void *)preferences->groups[i].items);
        free((void *)preferences->groups[i].matrix);
        free((void *)preferences->groups[i].levels);
    }
    free(preferences->groups);
    free((void *)preferences->votes);
    *preferences = (struct preferences){0};
}
