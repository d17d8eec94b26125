/* SPDX-License-Identifier: GPL-2.0-or-later */
/* G: gain discounted not by the rank but by what the ranking has missed so far (C. Buckley, experimental, 2008). */
#include "searcher/eval/measures/functions.h"
#include "searcher/eval/measures/gains.h"

#include <math.h>

MEASURE(gain_binary)
{
    (void)parameters;
    const struct ranking *ranking = input->rankings;
    double sum = 0;
    size_t seen = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        if (!ranking_relevant(ranking, rank)) continue;
        seen++;
        sum += 1 / log2((double)(3 + rank - seen));
    }
    if (seen) values[0] = sum / (double)ranking->relevant;
    return OK;
}

MEASURE(gain_graded)
{
    const struct ranking *ranking = input->rankings;
    struct gains gains;
    enum status status = gains_make(&gains, ranking, parameters);
    if (status != OK) return status;
    struct ideal ideal;
    ideal_start(&ideal, &gains);
    double sum = 0, gained = 0, offered = 0, best = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        double worth = gains_of(&gains, ranking->grades[rank]);
        gained += worth;
        double offer = ideal_going(&ideal) ? ideal_step(&ideal) : 0;
        if (offer > 0) best += offer;
        offered += offer >= 1 ? offer : 1; /* a place in the ranking costs at least 1 */
        if (worth != 0) sum += worth / log2(2 + offered - gained);
    }
    while (ideal_going(&ideal))
        if (ideal_step(&ideal) > 0) best += ideal.worth;
    if (best > 0) values[0] = sum / best;
    gains_release(&gains);
    return OK;
}
