/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of measures. Names, defaults and order are trec_eval 10's, so that output can be compared line by line. */
#include "searcher/eval/measures/functions.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const double CUTS[] = {5, 10, 15, 20, 30, 100, 200, 500, 1000};
static const double CUTS_SUCCESS[] = {1, 5, 10};
static const double CUTS_UNJUDGED[] = {5, 10, 20};
static const double POINTS_OF_RECALL[] = {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
static const double MULTIPLES[] = {0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0};
static const double UTILITY[] = {1.0, -1.0, 0.0, 0.0};
static const double TEN[] = {10.0};
static const double ONE[] = {1.0};

const struct measure MEASURES[] = {
    {"runid", NULL, NEEDS_NOTHING, TAKES_NOTHING, VALUE_TEXT, SUMMARY_TAG, NULL, 0,
     "The tag in the last line of the run."},
    {"num_q", measure_topics, NEEDS_NOTHING, TAKES_NOTHING, VALUE_COUNT, SUMMARY_TOPICS, NULL, 0,
     "Topics that were averaged over: those judged and in the run, or with -c all that were judged."},
    {"num_ret", measure_retrieved, NEEDS_QRELS, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM, NULL, 0,
     "Documents retrieved, summed over the topics. -M and -J change it."},
    {"num_rel", measure_relevant, NEEDS_QRELS, TAKES_NOTHING, VALUE_COUNT, SUMMARY_RELEVANT, NULL, 0,
     "Relevant documents in the judgements, summed over the topics.\n"
     "The sum under -c counts every grade above 0, whatever -l says."},
    {"num_rel_ret", measure_relevant_retrieved, NEEDS_QRELS, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM, NULL, 0,
     "Relevant documents retrieved, summed over the topics."},
    {"map", measure_average_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Average precision: the precision at each relevant document retrieved, summed and divided by the number of\n"
     "relevant documents there are; then the mean over the topics.\n"
     "Buckley & Voorhees 2005, Retrieval system evaluation."},
    {"gm_map", measure_log_average_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_GEOMETRIC, NULL, 0,
     "The geometric mean of average precision over the topics: hard topics weigh more. A topic counts as at least\n"
     "0.00001. By topic it is not shown."},
    {"Rprec", measure_r_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Precision after R documents, R being the number of relevant documents of the topic."},
    {"bpref", measure_bpref, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "How often judged relevant documents stand above judged nonrelevant ones; unjudged documents are passed over.\n"
     "Buckley & Voorhees 2004, Retrieval evaluation with incomplete information."},
    {"recip_rank", measure_reciprocal_rank, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "One divided by the rank of the first relevant document; 0 when none was retrieved."},
    {"iprec_at_recall", measure_interpolated_precision, NEEDS_QRELS, TAKES_POINTS, VALUE_SCORE, SUMMARY_MEAN,
     POINTS_OF_RECALL, COUNT(POINTS_OF_RECALL),
     "Interpolated precision at levels of recall: the best precision at that recall or any higher one. The figures\n"
     "behind recall-precision curves. The number of documents at a level is rounded to the nearest.\n"
     "Default: -m iprec_at_recall.0,.1,.2,.3,.4,.5,.6,.7,.8,.9,1"},
    {"P", measure_precision, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "Precision after so many documents; a shorter ranking is filled up with nonrelevant ones.\n"
     "Default: -m P.5,10,15,20,30,100,200,500,1000"},
    {"relstring", NULL, NEEDS_QRELS, TAKES_NUMBERS, VALUE_TEXT, SUMMARY_NONE, TEN, COUNT(TEN),
     "The grades of the first documents (10 by default) as a string, by topic only: a digit for 0 to 9, '>' above,\n"
     "'-' for a document nobody pooled and '.' for one that was pooled but not judged."},
    {"recall", measure_recall, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "The share of the relevant documents that is found after so many documents.\n"
     "Default: -m recall.5,10,15,20,30,100,200,500,1000"},
    {"infAP", measure_inferred_average_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Average precision estimated from judgements of a random part of the pool; negative grades mark the rest of it.\n"
     "Yilmaz & Aslam 2006, Estimating average precision with incomplete and imperfect judgments."},
    {"gm_bpref", measure_log_bpref, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_GEOMETRIC, NULL, 0,
     "The geometric mean of bpref over the topics; by topic it is not shown."},
    {"Rprec_mult", measure_r_precision_multiples, NEEDS_QRELS, TAKES_POINTS, VALUE_SCORE, SUMMARY_MEAN, MULTIPLES,
     COUNT(MULTIPLES),
     "Precision after multiples of R documents: whether a method is better early or late in the ranking.\n"
     "Default: -m Rprec_mult.0.2,0.4,0.6,0.8,1.0,1.2,1.4,1.6,1.8,2.0"},
    {"utility", measure_utility, NEEDS_QRELS, TAKES_NUMBERS, VALUE_SCORE, SUMMARY_MEAN, UTILITY, COUNT(UTILITY),
     "A sum over the set retrieved: p1 for each relevant document retrieved, p2 for each nonrelevant one retrieved,\n"
     "p3 for each relevant one missed, p4 for each nonrelevant one left alone (needs -N, the size of the collection).\n"
     "Default: -m utility.1.0,-1.0,0.0,0.0"},
    {"11pt_avg", measure_eleven_points, NEEDS_QRELS, TAKES_NUMBERS, VALUE_SCORE, SUMMARY_MEAN, POINTS_OF_RECALL,
     COUNT(POINTS_OF_RECALL),
     "The mean of interpolated precision over 11 levels of recall, 0 to 1; kept for comparison with old figures.\n"
     "Other levels can be given: -m 11pt_avg.0.2,0.5,0.8"},
    {"binG", measure_gain_binary, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Experimental. Each relevant document counts 1 / log2(2 + nonrelevant documents above it); averaged over the\n"
     "relevant documents there are."},
    {"G", measure_gain_graded, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Experimental. As binG for graded judgements: a document counts its gain divided by log2 of 2 plus what the best\n"
     "ranking has gained more so far. Gains as for ndcg."},
    {"dcg", measure_dcg, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Discounted cumulated gain, not normalised: each document's gain divided by log2(rank + 1). Gains as for ndcg."},
    {"ideal_dcg", measure_ideal_dcg, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "The discounted cumulated gain of the best ranking the judgements allow: what ndcg divides by."},
    {"ndcg", measure_ndcg, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Normalised discounted cumulated gain over the whole ranking. A document's gain is its grade; other gains are\n"
     "given as grade=gain: -m ndcg.1=3.5,2=9 (gains less than 1 apart may be taken as equal when ranking ideally).\n"
     "Järvelin & Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques."},
    {"ndcg_rel", measure_ndcg_relevant, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Experimental. ndcg measured at each document with a gain, and averaged over these."},
    {"Rndcg", measure_ndcg_levels, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Experimental. ndcg measured where the best ranking goes on to the next lower grade, and averaged over these\n"
     "ranks."},
    {"ndcg_cut", measure_ndcg_cut, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "ndcg after so many documents, against the best ranking of as many. Gains are the grades.\n"
     "Default: -m ndcg_cut.5,10,15,20,30,100,200,500,1000"},
    {"map_cut", measure_average_precision_cut, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "Average precision over so many documents, divided by all relevant documents there are.\n"
     "Default: -m map_cut.5,10,15,20,30,100,200,500,1000"},
    {"relative_P", measure_relative_precision, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "Precision after so many documents, divided by the best possible there: precision before R, recall after.\n"
     "Default: -m relative_P.5,10,15,20,30,100,200,500,1000"},
    {"success", measure_success, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS_SUCCESS, COUNT(CUTS_SUCCESS),
     "1 when a relevant document is among so many, else 0.\n"
     "Default: -m success.1,5,10"},
    {"set_P", measure_set_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Precision of all that was retrieved, however many that is (P.50 fills a ranking up to 50, -M 50 -m set_P does "
     "not)."},
    {"set_relative_P", measure_set_relative_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Precision of all that was retrieved, divided by the best possible for a set of that size."},
    {"set_recall", measure_set_recall, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Recall of all that was retrieved."},
    {"set_map", measure_set_average_precision, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Precision times recall of all that was retrieved."},
    {"set_F", measure_set_f, NEEDS_QRELS, TAKES_NUMBERS, VALUE_SCORE, SUMMARY_MEAN, ONE, COUNT(ONE),
     "F of all that was retrieved: (x + 1) * P * R / (R + x * P); x, the weight of recall, is 1 by default.\n"
     "van Rijsbergen 1979, Information retrieval."},
    {"num_nonrel_judged_ret", measure_nonrelevant_retrieved, NEEDS_QRELS, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM, NULL,
     0, "Documents retrieved that were judged and are not relevant, summed over the topics."},
    {"prefs_num_prefs_poss", measure_pairs_possible, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM, NULL,
     0,
     "Preferences in the judgements, summed over the topics. This and the following need -R prefs or -R qrels_prefs."},
    {"prefs_num_prefs_ful", measure_pairs_kept, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM, NULL, 0,
     "Preferences the ranking keeps, summed over the topics. A document that was retrieved ranks above one that was\n"
     "not; between two that were not, nothing is kept."},
    {"prefs_num_prefs_ful_ret", measure_pairs_kept_both, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_COUNT, SUMMARY_SUM,
     NULL, 0, "Preferences kept between documents that were both retrieved, summed over the topics."},
    {"prefs_simp", measure_pairs_ratio, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Preferences kept, divided by all there are, over all judges.\n"
     "Carterette et al. 2008, Here or there: preference judgments for relevance."},
    {"prefs_pair", measure_pairs_average, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "The share of the judges the ranking agrees with, for each pair of documents; averaged over the pairs."},
    {"prefs_avgjg", measure_pairs_judges, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Preferences kept divided by all there are, for each judge; averaged over the judges."},
    {"prefs_avgjg_Rnonrel", measure_pairs_judges_balanced, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN,
     NULL, 0,
     "As prefs_avgjg, with as many documents of level 0 as relevant ones for each judge: missing ones are made up as\n"
     "kept preferences, excess ones are left out from the end of the ranking."},
    {"prefs_simp_ret", measure_pairs_ratio_both, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "As prefs_simp, over preferences between documents that were both retrieved."},
    {"prefs_pair_ret", measure_pairs_average_both, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "As prefs_pair, over preferences between documents that were both retrieved."},
    {"prefs_avgjg_ret", measure_pairs_judges_both, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "As prefs_avgjg, over preferences between documents that were both retrieved."},
    {"prefs_avgjg_Rnonrel_ret", measure_pairs_judges_balanced_both, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE,
     SUMMARY_MEAN, NULL, 0, "As prefs_avgjg_Rnonrel, over preferences between documents that were both retrieved."},
    {"prefs_simp_imp", measure_pairs_ratio_implied, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL,
     0, "As prefs_simp, over preferences with at least one of the two documents retrieved."},
    {"prefs_pair_imp", measure_pairs_average_implied, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL,
     0, "As prefs_pair, over preferences with at least one of the two documents retrieved."},
    {"prefs_avgjg_imp", measure_pairs_judges_implied, NEEDS_PREFERENCES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL,
     0, "As prefs_avgjg, over preferences with at least one of the two documents retrieved."},
    {"map_avgjg", measure_average_precision_judges, NEEDS_JUDGES, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Average precision by each judge's grades, averaged over the judges. This and the following need -R qrels_jg."},
    {"P_avgjg", measure_precision_judges, NEEDS_JUDGES, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS, COUNT(CUTS),
     "Precision after so many documents by each judge's grades, averaged over the judges."},
    {"Rprec_mult_avgjg", measure_r_precision_multiples_judges, NEEDS_JUDGES, TAKES_POINTS, VALUE_SCORE, SUMMARY_MEAN,
     MULTIPLES, COUNT(MULTIPLES),
     "Precision after multiples of R documents by each judge's grades, averaged over the judges."},
    {"yaap", measure_yaap, NEEDS_QRELS, TAKES_NOTHING, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "The log odds of smoothed average precision, which averages better over topics.\n"
     "Robertson 2012, On smoothing average precision."},
    {"rbp", measure_rank_biased_precision, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "Rank-biased precision: the gain of a reader who goes on to the next document with probability p (0.9; -m "
     "rbp.p=0.8).\n"
     "Grades are brought to [0, 1] by the highest judged for the topic; grade=gain gives others.\n"
     "Moffat & Zobel 2008, Rank-biased precision for measurement of retrieval effectiveness."},
    {"rbp_resid", measure_rank_biased_residual, NEEDS_QRELS, TAKES_PAIRS, VALUE_SCORE, SUMMARY_MEAN, NULL, 0,
     "What rbp could still rise by, if all that was not judged were perfect: how far the judgements leave it open."},
    {"unj", measure_unjudged, NEEDS_QRELS, TAKES_CUTS, VALUE_SCORE, SUMMARY_MEAN, CUTS_UNJUDGED, COUNT(CUTS_UNJUDGED),
     "The share of unjudged documents among so many: high figures say that the judgements do not cover the run.\n"
     "Default: -m unj.5,10,20"},
};
const size_t MEASURE_COUNT = COUNT(MEASURES);

const struct measure *measure_find(const char *name)
{
    for (size_t i = 0; i < MEASURE_COUNT; i++)
        if (strcmp(MEASURES[i].name, name) == 0) return &MEASURES[i];
    return NULL;
}

static const char *const OFFICIAL[] = {"runid",  "num_q", "num_ret", "num_rel",    "num_rel_ret",     "map",
                                       "gm_map", "Rprec", "bpref",   "recip_rank", "iprec_at_recall", "P",
                                       NULL};

static const char *const ALL_TREC[] = {"runid",
                                       "num_q",
                                       "num_ret",
                                       "num_rel",
                                       "num_rel_ret",
                                       "map",
                                       "gm_map",
                                       "Rprec",
                                       "bpref",
                                       "recip_rank",
                                       "iprec_at_recall",
                                       "P",
                                       "relstring",
                                       "recall",
                                       "unj",
                                       "rbp",
                                       "rbp_resid",
                                       "infAP",
                                       "gm_bpref",
                                       "utility",
                                       "11pt_avg",
                                       "ndcg",
                                       "relative_P",
                                       "Rprec_mult",
                                       "success",
                                       "map_cut",
                                       "ndcg_cut",
                                       "ndcg_rel",
                                       "Rndcg",
                                       "binG",
                                       "G",
                                       "set_P",
                                       "set_recall",
                                       "set_relative_P",
                                       "set_map",
                                       "set_F",
                                       "num_nonrel_judged_ret",
                                       NULL};

static const char *const SET[] = {"runid", "num_q",      "num_ret",        "num_rel", "num_rel_ret", "utility",
                                  "set_P", "set_recall", "set_relative_P", "set_map", "set_F",       NULL};

static const char *const PREFS[] = {"runid",
                                    "num_q",
                                    "prefs_num_prefs_poss",
                                    "prefs_num_prefs_ful",
                                    "prefs_num_prefs_ful_ret",
                                    "prefs_simp",
                                    "prefs_pair",
                                    "prefs_avgjg",
                                    NULL};

static const char *const ALL_PREFS[] = {"runid",
                                        "num_q",
                                        "prefs_num_prefs_poss",
                                        "prefs_num_prefs_ful",
                                        "prefs_num_prefs_ful_ret",
                                        "prefs_simp",
                                        "prefs_pair",
                                        "prefs_avgjg",
                                        "prefs_avgjg_Rnonrel",
                                        "prefs_simp_ret",
                                        "prefs_pair_ret",
                                        "prefs_avgjg_ret",
                                        "prefs_avgjg_Rnonrel_ret",
                                        "prefs_simp_imp",
                                        "prefs_pair_imp",
                                        "prefs_avgjg_imp",
                                        NULL};

static const char *const QRELS_JG[] = {"runid", "num_q", "map_avgjg", "P_avgjg", "Rprec_mult_avgjg", NULL};

const struct measure_set MEASURE_SETS[] = {
    {"official", "the figures TREC prints for a run; used when no measure is asked for", OFFICIAL},
    {"all_trec", "every measure of graded judgements in general use", ALL_TREC},
    {"set", "measures of the set retrieved, whatever its order", SET},
    {"prefs", "the main measures of preferences (-R prefs, -R qrels_prefs)", PREFS},
    {"all_prefs", "every measure of preferences", ALL_PREFS},
    {"qrels_jg", "measures over several judges (-R qrels_jg)", QRELS_JG},
};
const size_t MEASURE_SET_COUNT = COUNT(MEASURE_SETS);

const struct measure_set *measure_set_find(const char *name)
{
    for (size_t i = 0; i < MEASURE_SET_COUNT; i++)
        if (strcmp(MEASURE_SETS[i].name, name) == 0) return &MEASURE_SETS[i];
    return NULL;
}
