/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recall at ranks, and precision at levels of recall. */
#include "searcher/eval/measures/functions.h"

#include <math.h>
#include <stdlib.h>

MEASURE(recall)
{
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant == 0) return OK;
    size_t seen = 0, rank = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++)
            seen += ranking_relevant(ranking, rank);
        values[i] = (double)seen / (double)ranking->relevant;
    }
    return OK;
}

/* The interpolated precision at each level of recall in [points]: the best precision at or below the rank where that
 * many relevant documents were seen. A level is turned into a number of documents by rounding, as version 10 of
 * trec_eval does (versions before it added 0.9). Without any document retrieved the precision is 0/0.
 *
 * The points are taken from the last to the first, and the walk goes up the ranking; points that do not rise are met
 * out of turn and get the value at the top, as in trec_eval.
 */
static void interpolate(const struct ranking *ranking, const struct parameters *points, double *values)
{
    size_t left = points->count;
    double relevant = (double)ranking->relevant;
    while (left && lround(points->numbers[left - 1] * relevant) > (long)ranking->relevant_retrieved) left--;
    double best = ranking->retrieved ? (double)ranking->relevant_retrieved / (double)ranking->retrieved : NOT_A_NUMBER;
    size_t seen = ranking->relevant_retrieved;
    for (size_t rank = ranking->retrieved; rank > 0 && seen > 0; rank--) {
        double precision = (double)seen / (double)rank;
        if (best < precision) best = precision;
        if (!ranking_relevant(ranking, rank - 1)) continue;
        for (; left && lround(points->numbers[left - 1] * relevant) == (long)seen; left--) values[left - 1] = best;
        seen--;
    }
    for (; left; left--) values[left - 1] = best;
}

MEASURE(interpolated_precision)
{
    interpolate(input->rankings, parameters, values);
    return OK;
}

MEASURE(eleven_points)
{
    double *precisions = calloc(parameters->count, sizeof *precisions);
    if (!precisions) return NO_MEMORY;
    interpolate(input->rankings, parameters, precisions);
    double sum = 0;
    for (size_t i = parameters->count; i > 0; i--) sum += precisions[i - 1];
    values[0] = sum / (double)parameters->count;
    free(precisions);
    return OK;
}
