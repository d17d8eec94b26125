/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measures that hold up when many documents were never judged. */
#include "searcher/eval/measures/functions.h"

#include <math.h>

/* Buckley & Voorhees 2004, "Retrieval evaluation with incomplete information", section 3. */
static double bpref(const struct ranking *ranking)
{
    size_t nonrelevant = 0;
    for (size_t grade = 0; grade < ranking->level_count && (long)grade < ranking->level; grade++)
        nonrelevant += ranking->levels[grade];
    double sum = 0, relevant = (double)ranking->relevant;
    double most = nonrelevant < ranking->relevant ? (double)nonrelevant : relevant;
    size_t above = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        if (ranking->grades[rank] < 0) continue;
        if (!ranking_relevant(ranking, rank))
            above++;
        else
            sum += above ? 1 - fmin((double)above, relevant) / most : 1;
    }
    return ranking->relevant ? sum / relevant : sum;
}

MEASURE(bpref)
{
    (void)parameters;
    values[0] = bpref(input->rankings);
    return OK;
}

MEASURE(log_bpref)
{
    (void)parameters;
    values[0] = log(fmax(bpref(input->rankings), GEOMETRIC_FLOOR));
    return OK;
}

/* Yilmaz & Aslam 2006, "Estimating average precision with incomplete and imperfect judgments": at each relevant
 * document the precision above it is estimated from the judged documents there. */
MEASURE(inferred_average_precision)
{
    (void)parameters;
    static const double smoothing = 1e-5; /* keeps 0/0 out where nothing above was judged */
    const struct ranking *ranking = input->rankings;
    double sum = 0, relevant = 0, nonrelevant = 0, pooled = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        int32_t grade = ranking->grades[rank];
        if (grade == GRADE_UNPOOLED) continue;
        if (grade == GRADE_UNJUDGED) {
            pooled++;
        } else if (!ranking_relevant(ranking, rank)) {
            nonrelevant++;
        } else {
            double above = (double)rank;
            if (rank == 0)
                sum += 1;
            else
                sum += 1 / (above + 1) + (above / (above + 1)) * ((relevant + nonrelevant + pooled) / above) *
                                             ((relevant + smoothing) / (relevant + nonrelevant + 2 * smoothing));
            relevant++;
        }
    }
    values[0] = ranking->relevant ? sum / (double)ranking->relevant : sum;
    return OK;
}
