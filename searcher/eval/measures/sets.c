/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measures of what was retrieved as a set, whatever its order. */
#include "searcher/eval/measures/functions.h"

MEASURE(set_precision)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    if (ranking->retrieved) values[0] = (double)ranking->relevant_retrieved / (double)ranking->retrieved;
    return OK;
}

MEASURE(set_relative_precision)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    size_t most = ranking->retrieved < ranking->relevant ? ranking->retrieved : ranking->relevant;
    if (most) values[0] = (double)ranking->relevant_retrieved / (double)most;
    return OK;
}

MEASURE(set_recall)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant) values[0] = (double)ranking->relevant_retrieved / (double)ranking->relevant;
    return OK;
}

MEASURE(set_average_precision)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    double found = (double)ranking->relevant_retrieved;
    if (ranking->retrieved && ranking->relevant)
        values[0] = found * found / ((double)ranking->retrieved * (double)ranking->relevant);
    return OK;
}

/* van Rijsbergen 1979, Information Retrieval, chapter 7: the harmonic mean, recall weighed by the parameter. */
MEASURE(set_f)
{
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant_retrieved == 0) return OK;
    double precision = (double)ranking->relevant_retrieved / (double)ranking->retrieved;
    double recall = (double)ranking->relevant_retrieved / (double)ranking->relevant;
    double weight = parameters->numbers[0];
    values[0] = (weight + 1) * precision * recall / (weight * precision + recall);
    return OK;
}

MEASURE(utility)
{
    const struct ranking *ranking = input->rankings;
    double found = (double)ranking->relevant_retrieved, retrieved = (double)ranking->retrieved;
    double relevant = (double)ranking->relevant;
    const double *worth = parameters->numbers;
    values[0] = worth[0] * found + worth[1] * (retrieved - found) + worth[2] * (relevant - found) +
                worth[3] * ((double)ranking->collection + found - retrieved - relevant);
    return OK;
}
