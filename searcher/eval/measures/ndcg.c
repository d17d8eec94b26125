/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Discounted cumulated gain: Järvelin & Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques". The
 * discount of rank r is log2(r + 1), as in trec_eval, where the paper divides by log2(r) from rank 2 on. */
#include "searcher/eval/measures/functions.h"
#include "searcher/eval/measures/gains.h"

#include <math.h>

static double discount(size_t rank) /* from 0 */
{
    return log2((double)(rank + 2));
}

static double ranking_dcg(const struct ranking *ranking, const struct gains *gains)
{
    double dcg = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        double worth = gains_of(gains, ranking->grades[rank]);
        if (worth != 0) dcg += worth / discount(rank);
    }
    return dcg;
}

static double best_dcg(const struct gains *gains)
{
    double dcg = 0;
    struct ideal ideal;
    for (ideal_start(&ideal, gains); ideal_going(&ideal);) {
        double worth = ideal_step(&ideal);
        if (worth > 0) dcg += worth / discount(ideal.rank - 1);
    }
    return dcg;
}

static enum status both(const struct measure_input *input, const struct parameters *parameters, double *dcg,
                        double *ideal)
{
    struct gains gains;
    enum status status = gains_make(&gains, input->rankings, parameters);
    if (status != OK) return status;
    *dcg = ranking_dcg(input->rankings, &gains);
    *ideal = best_dcg(&gains);
    gains_release(&gains);
    return OK;
}

MEASURE(dcg)
{
    double ideal;
    return both(input, parameters, values, &ideal);
}

MEASURE(ideal_dcg)
{
    double dcg;
    return both(input, parameters, &dcg, values);
}

MEASURE(ndcg)
{
    double dcg, ideal;
    enum status status = both(input, parameters, &dcg, &ideal);
    if (status == OK && ideal > 0) values[0] = dcg / ideal;
    return status;
}

static double worth_linear(long grade)
{
    return (double)grade;
}

static double worth_exponential(long grade) /* Burges et al. 2005, "Learning to rank using gradient descent" */
{
    return exp2((double)grade) - 1;
}

static void cuts(const struct ranking *ranking, const struct parameters *parameters, double *values,
                 double (*worth)(long grade))
{
    double dcg = 0, ideal = 0;
    size_t rank = 0, best = 0, left = 0, level = ranking->level_count;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++)
            if (ranking->grades[rank] > 0) dcg += worth(ranking->grades[rank]) / discount(rank);
        for (; (double)best < parameters->numbers[i]; best++) {
            while (left == 0 && level > 1) left = ranking->levels[--level];
            if (left == 0) break;
            left--;
            ideal += worth((long)level) / discount(best);
        }
        values[i] = ideal > 0 ? dcg / ideal : dcg;
    }
}

MEASURE(ndcg_cut)
{
    cuts(input->rankings, parameters, values, worth_linear);
    return OK;
}

MEASURE(ndcg_exponential)
{
    cuts(input->rankings, parameters, values, worth_exponential);
    return OK;
}

/* nDCG at each document worth something: at its rank when it was retrieved, at the end of the ranking when not. */
MEASURE(ndcg_relevant)
{
    const struct ranking *ranking = input->rankings;
    struct gains gains;
    enum status status = gains_make(&gains, ranking, parameters);
    if (status != OK) return status;
    struct ideal ideal;
    ideal_start(&ideal, &gains);
    double dcg = 0, best = 0, sum = 0;
    size_t retrieved = 0, relevant = 0;
    for (size_t rank = 0; rank < ranking->retrieved; rank++) {
        double worth = gains_of(&gains, ranking->grades[rank]);
        if (worth != 0) dcg += worth / discount(rank);
        if (ideal_going(&ideal) && ideal_step(&ideal) > 0) {
            relevant++;
            best += ideal.worth / discount(rank);
        }
        if (worth > 0) {
            sum += dcg / best;
            retrieved++;
        }
    }
    while (ideal_going(&ideal))
        if (ideal_step(&ideal) > 0) {
            relevant++;
            best += ideal.worth / discount(ideal.rank - 1);
        }
    sum += ((double)relevant - (double)retrieved) * dcg / best;
    if (sum > 0) values[0] = sum / (double)relevant;
    gains_release(&gains);
    return OK;
}

/* nDCG at each rank where the best ranking goes on to documents of a lower worth, and at the end of the ranking when
 * that is longer than the best one. */
MEASURE(ndcg_levels)
{
    const struct ranking *ranking = input->rankings;
    if (ranking->relevant == 0) return OK;
    struct gains gains;
    enum status status = gains_make(&gains, ranking, parameters);
    if (status != OK) return status;
    struct ideal ideal;
    ideal_start(&ideal, &gains);
    double dcg = 0, best = 0, sum = 0, worth_before = ideal.worth;
    size_t points = 0, rank = 0;
    while (ideal_going(&ideal) || rank < ranking->retrieved) {
        bool going = ideal_going(&ideal);
        double worth = going ? ideal_step(&ideal) : 0;
        if (going && worth != worth_before) {
            if (best > 0) {
                sum += dcg / best;
                points++;
            }
            worth_before = worth;
        }
        if (rank < ranking->retrieved) {
            double gained = gains_of(&gains, ranking->grades[rank]);
            if (gained != 0) dcg += gained / discount(rank);
        }
        if (going && worth > 0) best += worth / discount(rank);
        rank++;
        if (!going && rank == ranking->retrieved && best > 0) {
            sum += dcg / best;
            points++;
        }
    }
    values[0] = points ? sum / (double)points : NOT_A_NUMBER;
    gains_release(&gains);
    return OK;
}
