/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/measures/gains.h"

#include "searcher/eval/lines.h"

#include <limits.h>
#include <stdlib.h>

/* Worths less than 1 apart count as equal and keep their order: trec_eval compares them as whole numbers, and figures
 * computed with fractional worths are only comparable with its own if this does the same. The order then depends on
 * the sorting too; qsort of the C library is what it uses. */
static int order_worth(const void *a, const void *b)
{
    double apart = ((const struct gain *)a)->worth - ((const struct gain *)b)->worth;
    return apart > INT_MAX ? INT_MAX : apart < -INT_MAX ? -INT_MAX : (int)apart;
}

enum status gains_make(struct gains *gains, const struct ranking *ranking, const struct parameters *parameters)
{
    *gains =
        (struct gains){.items = malloc((ranking->level_count + parameters->pair_count + 1) * sizeof *gains->items)};
    if (!gains->items) return NO_MEMORY;
    for (size_t i = 0; i < parameters->pair_count; i++) {
        long grade;
        if (integer_parse(span_of(parameters->pairs[i].name), -GRADE_MAX, GRADE_MAX, &grade))
            gains->items[gains->count++] = (struct gain){.grade = grade, .worth = parameters->pairs[i].value};
    }
    size_t given = gains->count;
    for (size_t grade = 0; grade < ranking->level_count; grade++) {
        size_t i = 0;
        while (i < given && gains->items[i].grade != (long)grade) i++;
        if (i < given)
            gains->items[i].count = ranking->levels[grade];
        else
            gains->items[gains->count++] =
                (struct gain){.grade = (long)grade, .worth = (double)grade, .count = ranking->levels[grade]};
    }
    if (given) qsort(gains->items, gains->count, sizeof *gains->items, order_worth);
    return OK;
}

void gains_release(struct gains *gains)
{
    free(gains->items);
    *gains = (struct gains){0};
}

double gains_of(const struct gains *gains, long grade)
{
    for (size_t i = 0; i < gains->count; i++)
        if (gains->items[i].grade == grade) return gains->items[i].worth;
    return 0;
}

void ideal_start(struct ideal *ideal, const struct gains *gains)
{
    *ideal = (struct ideal){
        .gains = gains, .next = gains->count, .worth = gains->count ? gains->items[gains->count - 1].worth : 0};
}

bool ideal_going(const struct ideal *ideal)
{
    return ideal->worth > 0;
}

double ideal_step(struct ideal *ideal)
{
    ideal->rank++;
    ideal->used++;
    while (ideal->next && ideal->used > ideal->gains->items[ideal->next - 1].count) {
        ideal->used = 1;
        ideal->next--;
        ideal->worth = ideal->next ? ideal->gains->items[ideal->next - 1].worth : 0;
    }
    return ideal->worth;
}
