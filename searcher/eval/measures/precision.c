/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Precision at fixed ranks, at ranks that depend on the topic, and at the first relevant document. */
#include "searcher/eval/measures/functions.h"

/* The relevant documents above each cut, told to [write]: one walk down the ranking for all cuts. */
static void walk_cuts(const struct ranking *ranking, const struct parameters *cuts, double *values,
                      double (*value)(const struct ranking *ranking, size_t seen, double cut))
{
    size_t seen = 0, rank = 0;
    for (size_t i = 0; i < cuts->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < cuts->numbers[i]; rank++)
            seen += ranking_relevant(ranking, rank);
        values[i] += value(ranking, seen, cuts->numbers[i]);
    }
}

static double value_precision(const struct ranking *ranking, size_t seen, double cut)
{
    (void)ranking;
    return (double)seen / cut;
}

static double value_relative(const struct ranking *ranking, size_t seen, double cut)
{
    double relevant = (double)ranking->relevant;
    return (double)seen / (cut > relevant ? relevant : cut);
}

static double value_success(const struct ranking *ranking, size_t seen, double cut)
{
    (void)ranking;
    (void)cut;
    return seen ? 1 : 0;
}

MEASURE(precision)
{
    walk_cuts(input->rankings, parameters, values, value_precision);
    return OK;
}

MEASURE(relative_precision)
{
    if (input->rankings->relevant) walk_cuts(input->rankings, parameters, values, value_relative);
    return OK;
}

MEASURE(success)
{
    walk_cuts(input->rankings, parameters, values, value_success);
    return OK;
}

static void divide(double *values, size_t count, size_t by)
{
    if (by > 1)
        for (size_t i = 0; i < count; i++) values[i] /= (double)by;
}

MEASURE(precision_judges)
{
    for (size_t i = 0; i < input->judge_count; i++) walk_cuts(&input->rankings[i], parameters, values, value_precision);
    divide(values, parameters->count, input->judge_count);
    return OK;
}

MEASURE(r_precision)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant == 0) return OK;
    size_t seen = 0;
    for (size_t rank = 0; rank < ranking->retrieved && rank < ranking->relevant; rank++)
        seen += ranking_relevant(ranking, rank);
    values[0] = (double)seen / (double)ranking->relevant;
    return OK;
}

/* Precision after part * R documents, rounded up from a tenth on: the +0.9 is trec_eval's. What stands above a rank is
 * counted from the end, as there: with a level below 0 the sum of relevant documents leaves out those not judged. */
static void multiples(const struct ranking *ranking, const struct parameters *points, double *values)
{
    size_t rank = ranking->retrieved;
    long above = (long)ranking->relevant_retrieved;
    for (size_t i = points->count; i > 0; i--) {
        long cut = (long)(points->numbers[i - 1] * (double)ranking->relevant + 0.9);
        if (cut <= 0) break;
        for (; rank > (size_t)cut; rank--) above -= ranking_relevant(ranking, rank - 1);
        if (above > 0) values[i - 1] += (double)above / (double)cut;
    }
}

MEASURE(r_precision_multiples)
{
    multiples(input->rankings, parameters, values);
    return OK;
}

MEASURE(r_precision_multiples_judges)
{
    for (size_t i = 0; i < input->judge_count; i++) multiples(&input->rankings[i], parameters, values);
    divide(values, parameters->count, input->judge_count);
    return OK;
}

MEASURE(reciprocal_rank)
{
    (void)parameters;
    for (size_t rank = 0; rank < input->rankings->retrieved; rank++) {
        if (!ranking_relevant(input->rankings, rank)) continue;
        values[0] = 1.0 / (double)(rank + 1);
        break;
    }
    return OK;
}
