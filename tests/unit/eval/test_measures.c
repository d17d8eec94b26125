/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each measure against its formula, worked out by hand for one small ranking:
 *
 *   judged: A 2, B 1, C 0, D 1, E -1 (pooled, not judged)
 *   ranked: A, X (never pooled), C, B, E
 *
 * so that of 3 relevant documents those at ranks 1 and 4 were found.
 */
#include "support.h"

static const char QRELS[] = "1 0 A 2\n1 0 B 1\n1 0 C 0\n1 0 D 1\n1 0 E -1\n";
static const char RUN[] = "1 Q0 A 1 5 t\n1 Q0 X 2 4 t\n1 Q0 C 3 3 t\n1 Q0 B 4 2 t\n1 Q0 E 5 1 t\n";

static const double LOG2_3 = 1.584962500721156, LOG2_5 = 2.321928094887362;

static double value(const char *measure)
{
    return measure_of(QRELS, "qrels", RUN, measure, &EVALUATE_DEFAULTS);
}

static void test_measures__average_precision(void **state)
{
    (void)state;
    assert_close(value("map"), (1.0 / 1 + 2.0 / 4) / 3, 1e-12);
    assert_close(value("map_cut.3"), 1.0 / 3, 1e-12);
    assert_close(value("gm_map"), 0.5, 1e-12);
    assert_close(value("yaap"), log((1 + 1.5) / (1 + 3 - 1.5)), 1e-12);
    assert_close(value("11pt_avg.0.0,0.5,1.0"), (1 + 0.5 + 0) / 3, 1e-12);
}

static void test_measures__precision_and_recall(void **state)
{
    (void)state;
    assert_close(value("P.5"), 0.4, 1e-12);
    assert_close(value("P.10"), 0.2, 1e-12);
    assert_close(value("recall.5"), 2.0 / 3, 1e-12);
    assert_close(value("relative_P.2"), 0.5, 1e-12);
    assert_close(value("relative_P.5"), 2.0 / 3, 1e-12);
    assert_close(value("Rprec"), 1.0 / 3, 1e-12);
    assert_close(value("Rprec_mult.2"), 2.0 / 6, 1e-12); /* after 6 documents, of which 5 are there */
    assert_close(value("recip_rank"), 1, 1e-12);
    assert_close(value("success.1"), 1, 1e-12);
    assert_close(value("iprec_at_recall.0"), 1, 1e-12);
    assert_close(value("iprec_at_recall.0.5"), 0.5, 1e-12); /* 1.5 documents, rounded to 2 */
    assert_close(value("iprec_at_recall.1"), 0, 1e-12);
}

static void test_measures__incomplete_judgements(void **state)
{
    (void)state;
    assert_close(value("bpref"), (1 + (1 - 1.0 / 1)) / 3, 1e-12);
    assert_close(value("infAP"), (1 + (1.0 / 4 + 3.0 / 4 * 2 / 3 * (1 + 1e-5) / (2 + 2e-5))) / 3, 1e-12);
    assert_close(value("unj.5"), 0.4, 1e-12);
    assert_close(value("Judged@5"), 0.8, 1e-12); /* E is in the judgements */
    assert_close(value("Judged@1"), 1, 1e-12);
    assert_close(value("num_nonrel_judged_ret"), 1, 0);
}

static void test_measures__gain(void **state)
{
    (void)state;
    double dcg = 2 + 1 / LOG2_5, ideal = 2 + 1 / LOG2_3 + 1.0 / 2;
    assert_close(value("dcg"), dcg, 1e-12);
    assert_close(value("ideal_dcg"), ideal, 1e-12);
    assert_close(value("ndcg"), dcg / ideal, 1e-12);
    assert_close(value("ndcg_cut.2"), 2 / (2 + 1 / LOG2_3), 1e-12);
    assert_close(value("ndcg_cut.10"), dcg / ideal, 1e-12);
    assert_close(value("ndcg_rel"), (1 + dcg / ideal + dcg / ideal) / 3, 1e-12);
    assert_close(value("Rndcg"), (1 + 2 / ideal + dcg / ideal) / 3, 1e-12);
    assert_close(value("ndcg.1=3,2=5"), (5 + 3 / LOG2_5) / (5 + 3 / LOG2_3 + 3.0 / 2), 1e-12);
    assert_close(value("nDCG(dcg='exp-log2')@2"), 3 / (3 + 1 / LOG2_3), 1e-12);
    assert_close(value("binG"), (1 + 1.0 / 2) / 3, 1e-12);
    assert_close(value("G"), (2 + 1.0 / 2) / 4, 1e-12);
}

static void test_measures__rank_biased(void **state)
{
    (void)state;
    assert_close(value("rbp"), 0.1 * (1 + 0.5 * 0.9 * 0.9 * 0.9), 1e-12);
    assert_close(value("rbp.p=0.5"), 0.5 * (1 + 0.5 * 0.125), 1e-12);
    assert_close(value("rbp_resid"), pow(0.9, 5) + 0.1 * (0.9 + pow(0.9, 4)), 1e-12);
    assert_close(value("RBP(rel=1,p=0.8)"), 0.2 * (1 + 0.8 * 0.8 * 0.8), 1e-12);
    assert_close(value("ERR@10"), 3.0 / 16 + 13.0 / 16 * 1.0 / 16 / 4, 1e-12);
}

static void test_measures__sets(void **state)
{
    (void)state;
    assert_close(value("set_P"), 0.4, 1e-12);
    assert_close(value("set_recall"), 2.0 / 3, 1e-12);
    assert_close(value("set_relative_P"), 2.0 / 3, 1e-12);
    assert_close(value("set_map"), 4.0 / 15, 1e-12);
    assert_close(value("set_F"), 0.5, 1e-12);
    assert_close(value("set_F.2"), 3 * 0.4 * (2.0 / 3) / (2 * 0.4 + 2.0 / 3), 1e-12);
    assert_close(value("utility"), 2 - 3, 1e-12);
    struct evaluate_options options = EVALUATE_DEFAULTS;
    options.ranking.collection = 100;
    assert_close(measure_of(QRELS, "qrels", RUN, "utility.1,-1,-2,0.5", &options), 2 - 3 - 2 + 0.5 * 94, 1e-12);
}

static void test_measures__counts(void **state)
{
    (void)state;
    assert_close(value("num_ret"), 5, 0);
    assert_close(value("num_rel"), 3, 0);
    assert_close(value("num_rel_ret"), 2, 0);
    assert_close(value("num_q"), 1, 0);
}

static void test_measures__options_change_the_ranking(void **state)
{
    (void)state;
    struct evaluate_options options = EVALUATE_DEFAULTS;
    options.ranking.judged_only = true; /* A C B remain */
    assert_close(measure_of(QRELS, "qrels", RUN, "map", &options), (1 + 2.0 / 3) / 3, 1e-12);
    options = EVALUATE_DEFAULTS;
    options.ranking.level = 2;
    assert_close(measure_of(QRELS, "qrels", RUN, "map", &options), 1, 1e-12);
    options = EVALUATE_DEFAULTS;
    options.ranking.depth = 3;
    assert_close(measure_of(QRELS, "qrels", RUN, "num_ret", &options), 3, 0);
    assert_close(measure_of(QRELS, "qrels", RUN, "map", &options), 1.0 / 3, 1e-12);
}

static void test_measures__ir_names_have_options_of_their_own(void **state)
{
    (void)state;
    assert_close(value("AP(rel=2)"), 1, 1e-12);
    assert_close(value("P(rel=2)@5"), 0.2, 1e-12);
    assert_close(value("R@5"), 2.0 / 3, 1e-12);
    assert_close(value("RR(rel=2)@3"), 1, 1e-12);
    assert_close(value("AP(judged_only=True)"), (1 + 2.0 / 3) / 3, 1e-12);
    assert_close(value("IPrec@0.5"), 0.5, 1e-12);
    assert_close(value("SetF(beta=2)"), 3 * 0.4 * (2.0 / 3) / (2 * 0.4 + 2.0 / 3), 1e-12);
    assert_close(value("NumRet(rel=2)"), 1, 0);
}

static void test_measures__judges_are_averaged(void **state)
{
    (void)state;
    static const char judges[] = "1 u A 1\n1 v A 0\n1 v B 1\n";
    assert_close(measure_of(judges, "qrels_jg", RUN, "map_avgjg", &EVALUATE_DEFAULTS), (1 + 1.0 / 4) / 2, 1e-12);
    assert_close(measure_of(judges, "qrels_jg", RUN, "P_avgjg.5", &EVALUATE_DEFAULTS), 0.2, 1e-12);
    assert_close(measure_of(judges, "qrels_jg", RUN, "Rprec_mult_avgjg.1", &EVALUATE_DEFAULTS), 0.5, 1e-12);
}

static void test_measures__table_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        assert_ptr_equal(measure_find(MEASURES[i].name), &MEASURES[i]);
        assert_true(strlen(MEASURES[i].explanation) > 20);
        bool list =
            MEASURES[i].takes == TAKES_CUTS || MEASURES[i].takes == TAKES_POINTS || MEASURES[i].takes == TAKES_NUMBERS;
        assert_true(list == (MEASURES[i].default_count > 0));
    }
    for (size_t i = 0; i < MEASURE_SET_COUNT; i++)
        for (const char *const *name = MEASURE_SETS[i].measures; *name; name++) assert_non_null(measure_find(*name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures__average_precision),
        cmocka_unit_test(test_measures__precision_and_recall),
        cmocka_unit_test(test_measures__incomplete_judgements),
        cmocka_unit_test(test_measures__gain),
        cmocka_unit_test(test_measures__rank_biased),
        cmocka_unit_test(test_measures__sets),
        cmocka_unit_test(test_measures__counts),
        cmocka_unit_test(test_measures__options_change_the_ranking),
        cmocka_unit_test(test_measures__ir_names_have_options_of_their_own),
        cmocka_unit_test(test_measures__judges_are_averaged),
        cmocka_unit_test(test_measures__table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
