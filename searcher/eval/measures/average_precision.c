/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Average precision and what is made of it: Buckley & Voorhees 2005, "Retrieval System Evaluation". */
#include "searcher/eval/measures/functions.h"

#include <math.h>

/* The precisions at the relevant documents among the first [depth], added in rank order. */
static double precision_sum(const struct ranking *ranking, size_t depth)
{
    double sum = 0;
    size_t seen = 0;
    for (size_t rank = 0; rank < ranking->retrieved && rank < depth; rank++)
        if (ranking_relevant(ranking, rank)) sum += (double)++seen / (double)(rank + 1);
    return sum;
}

/* A sum above 0 has a relevant document in it, so there is no division by 0. */
static double average(const struct ranking *ranking)
{
    double sum = precision_sum(ranking, SIZE_MAX);
    return sum > 0 ? sum / (double)ranking->relevant : 0;
}

MEASURE(average_precision)
{
    (void)parameters;
    values[0] = average(input->rankings);
    return OK;
}

MEASURE(log_average_precision)
{
    (void)parameters;
    values[0] = log(fmax(average(input->rankings), GEOMETRIC_FLOOR));
    return OK;
}

MEASURE(average_precision_cut)
{
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant == 0) return OK;
    double sum = 0;
    size_t seen = 0, rank = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++)
            if (ranking_relevant(ranking, rank)) sum += (double)++seen / (double)(rank + 1);
        values[i] = sum / (double)ranking->relevant;
    }
    return OK;
}

/* Robertson 2012, "On smoothing average precision": the log odds of the smoothed average. */
MEASURE(yaap)
{
    (void)parameters;
    double sum = precision_sum(input->rankings, SIZE_MAX);
    values[0] = log((1 + sum) / (1 + (double)input->rankings->relevant - sum));
    return OK;
}

MEASURE(average_precision_judges)
{
    (void)parameters;
    for (size_t i = 0; i < input->judge_count; i++) values[0] += average(&input->rankings[i]);
    if (input->judge_count > 1) values[0] /= (double)input->judge_count;
    return OK;
}
