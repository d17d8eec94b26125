/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Models of a reader who goes down the ranking and stops somewhere. */
#include "searcher/eval/measures/functions.h"
#include "searcher/eval/measures/gains.h"

#include <math.h>
#include <string.h>

static double persistence(const struct parameters *parameters, double otherwise)
{
    for (size_t i = 0; i < parameters->pair_count; i++)
        if (strcmp(parameters->pairs[i].name, "p") == 0) otherwise = parameters->pairs[i].value;
    return otherwise;
}

/* Moffat & Zobel 2008, "Rank-biased precision for measurement of retrieval effectiveness", eq. 5, with graded gains
 * brought to [0, 1]. */
MEASURE(rank_biased_precision)
{
    const struct ranking *ranking = input->rankings;
    struct gains gains;
    enum status status = gains_make(&gains, ranking, parameters);
    if (status != OK) return status;
    double low = 0, high = 0;
    for (size_t i = 0; i < gains.count; i++) {
        low = fmin(low, gains.items[i].worth);
        high = fmax(high, gains.items[i].worth);
    }
    if (low < 0 || high > 1)
        for (size_t i = 0; i < gains.count; i++) gains.items[i].worth = (gains.items[i].worth - low) / (high - low);
    double p = persistence(parameters, 0.9), weight = 1, sum = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        double worth = gains_of(&gains, ranking->grades[rank]);
        if (worth != 0) sum += worth * weight;
        weight *= p;
    }
    values[0] = (1 - p) * sum;
    gains_release(&gains);
    return OK;
}

/* What the measure could still gain if every unjudged document, and all beyond the ranking, were perfect. */
MEASURE(rank_biased_residual)
{
    const struct ranking *ranking = input->rankings;
    double p = persistence(parameters, 0.9), weight = 1, sum = 0;
    bool any = false;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        if (ranking->grades[rank] < 0) {
            any = true;
            sum += weight;
        }
        weight *= p;
    }
    if (any) values[0] = weight + (1 - p) * sum;
    return OK;
}

MEASURE(rank_biased_binary)
{
    const struct ranking *ranking = input->rankings;
    double p = persistence(parameters, 0.8), weight = 1, sum = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++, weight *= p)
        if (ranking_relevant(ranking, rank)) sum += weight;
    values[0] = (1 - p) * sum;
    return OK;
}

/* Chapelle et al. 2009, "Expected reciprocal rank for graded relevance", eq. 4 and 5; the highest grade is 4, as the
 * TREC Web track's gdeval has it. */
MEASURE(expected_reciprocal_rank)
{
    static const double grade_max = 4;
    const struct ranking *ranking = input->rankings;
    double going = 1, sum = 0;
    size_t rank = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++) {
            double grade = ranking->grades[rank] > 0 ? fmin(ranking->grades[rank], grade_max) : 0;
            double satisfied = (exp2(grade) - 1) / exp2(grade_max);
            sum += going * satisfied / (double)(rank + 1);
            going *= 1 - satisfied;
        }
        values[i] = sum;
    }
    return OK;
}
