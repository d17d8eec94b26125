/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions behind the rows of the table of measures, file by file. Their contract is measure_function. */
#ifndef EVAL_MEASURE_FUNCTIONS_H
#define EVAL_MEASURE_FUNCTIONS_H

#include "searcher/eval/measures/measure.h"

#define MEASURE(name)                                                                                                  \
    enum status measure_##name(const struct measure_input *input, const struct parameters *parameters, double *values)

/* counts.c */
MEASURE(topics);
MEASURE(retrieved);
MEASURE(relevant);
MEASURE(relevant_retrieved);
MEASURE(nonrelevant_retrieved);
/* average_precision.c */
MEASURE(average_precision);
MEASURE(log_average_precision);
MEASURE(average_precision_cut);
MEASURE(yaap);
MEASURE(average_precision_judges);
/* precision.c */
MEASURE(precision);
MEASURE(relative_precision);
MEASURE(r_precision);
MEASURE(r_precision_multiples);
MEASURE(reciprocal_rank);
MEASURE(success);
MEASURE(precision_judges);
MEASURE(r_precision_multiples_judges);
/* recall.c */
MEASURE(recall);
MEASURE(interpolated_precision);
MEASURE(eleven_points);
/* bpref.c: bpref and its kin over graded judgements */
MEASURE(bpref);
MEASURE(log_bpref);
MEASURE(inferred_average_precision);
/* ndcg.c */
MEASURE(dcg);
MEASURE(ideal_dcg);
MEASURE(ndcg);
MEASURE(ndcg_cut);
MEASURE(ndcg_relevant);
MEASURE(ndcg_levels);
MEASURE(ndcg_exponential);
/* gain.c */
MEASURE(gain_binary);
MEASURE(gain_graded);
/* sets.c */
MEASURE(set_precision);
MEASURE(set_relative_precision);
MEASURE(set_recall);
MEASURE(set_average_precision);
MEASURE(set_f);
MEASURE(utility);
/* rank_biased.c */
MEASURE(rank_biased_precision);
MEASURE(rank_biased_residual);
MEASURE(rank_biased_binary);
MEASURE(expected_reciprocal_rank);
/* judged.c */
MEASURE(unjudged);
MEASURE(judged);
/* judged_pairs.c: over preferences */
MEASURE(pairs_possible);
MEASURE(pairs_kept);
MEASURE(pairs_kept_both);
MEASURE(pairs_ratio);
MEASURE(pairs_ratio_both);
MEASURE(pairs_ratio_implied);
MEASURE(pairs_average);
MEASURE(pairs_average_both);
MEASURE(pairs_average_implied);
MEASURE(pairs_judges);
MEASURE(pairs_judges_both);
MEASURE(pairs_judges_implied);
MEASURE(pairs_judges_balanced);
MEASURE(pairs_judges_balanced_both);

#endif
