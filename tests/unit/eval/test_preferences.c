/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static double value(const char *prefs, const char *run, const char *measure)
{
    return measure_of(prefs, "prefs", run, measure, &EVALUATE_DEFAULTS);
}

static const char BA[] = "1 Q0 b 1 2 t\n1 Q0 a 2 1 t\n"; /* ranks b above a */

static void test_preferences__counts_kept_and_possible(void **state)
{
    (void)state;
    /* a over b is broken; a over c and b over c are kept, since c was not retrieved */
    static const char prefs[] = "1 u s a 3\n1 u s b 2\n1 u s c 0\n";
    assert_close(value(prefs, BA, "prefs_num_prefs_poss"), 3, 0);
    assert_close(value(prefs, BA, "prefs_num_prefs_ful"), 2, 0);
    assert_close(value(prefs, BA, "prefs_num_prefs_ful_ret"), 0, 0);
    assert_close(value(prefs, BA, "prefs_simp"), 2.0 / 3, 1e-12);
    assert_close(value(prefs, BA, "prefs_simp_ret"), 0, 1e-12);
    assert_close(value(prefs, BA, "prefs_simp_imp"), 2.0 / 3, 1e-12);
}

static void test_preferences__carry_over_between_subgroups(void **state)
{
    (void)state;
    /* 1>2, 1>3, 2>3 in one, 2>4 in the other: 1>4 follows, nothing about 3 and 4 */
    static const char prefs[] = "1 u s d1 3\n1 u s d2 2\n1 u s d3 1\n1 u t d2 5\n1 u t d4 4\n";
    assert_close(value(prefs, "1 Q0 d1 1 2 t\n", "prefs_num_prefs_poss"), 5, 0);
    assert_close(value(prefs, "1 Q0 d1 1 2 t\n", "prefs_num_prefs_ful"), 3, 0);
}

static void test_preferences__judges_may_disagree(void **state)
{
    (void)state;
    static const char prefs[] = "1 u s a 2\n1 u s b 1\n1 v s b 2\n1 v s a 1\n1 w s b 2\n1 w s a 1\n";
    assert_close(value(prefs, BA, "prefs_pair"), 2.0 / 3, 1e-12); /* two of three judges agree with b over a */
    assert_close(value(prefs, BA, "prefs_avgjg"), 2.0 / 3, 1e-12);
}

static void test_preferences__of_equal_scores_the_first_name_wins(void **state)
{
    (void)state;
    static const char prefs[] = "1 u s a 2\n1 u s b 1\n";
    assert_close(value(prefs, "1 Q0 b 1 1 t\n1 Q0 a 2 1 t\n", "prefs_simp"), 1, 1e-12);
}

static void test_preferences__balance_documents_of_level_0(void **state)
{
    (void)state;
    /* one relevant document, three of level 0: only the first of these in the ranking counts, and it is above */
    static const char prefs[] = "1 u s r 1\n1 u s x 0\n1 u s y 0\n1 u s z 0\n";
    static const char run[] = "1 Q0 x 1 3 t\n1 Q0 r 2 2 t\n1 Q0 y 3 1 t\n";
    assert_close(value(prefs, run, "prefs_avgjg"), 2.0 / 3, 1e-12);
    /* r over x is broken; x, y and z against the quota {x}: broken; as trec_eval counts */
    assert_close(value(prefs, run, "prefs_avgjg_Rnonrel"), 0, 1e-12);
}

static void test_preferences__a_judge_may_not_contradict_himself(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "1 u s a 2\n1 u s b 1\n1 u t b 2\n1 u t a 1\n", /* a over b over a */
        "1 u s a 1\n1 u s b 2\n1 u t a 0\n1 u t c 1\n", /* level 0 and above */
    };
    for (size_t i = 0; i < 2; i++) {
        struct error error = {0};
        struct qrels *qrels;
        struct selection selection;
        struct evaluation evaluation;
        selection_init(&selection);
        assert_int_equal(selection_add(&selection, "prefs_simp", &error), OK);
        assert_int_equal(selection_finish(&selection, &error), OK);
        assert_int_equal(qrels_of(&qrels, bad[i], "prefs", &error), OK);
        struct evaluate_options options = EVALUATE_DEFAULTS;
        assert_int_equal(evaluate_text(&evaluation, qrels, &selection, BA, &options, &error), INVALID);
        assert_non_null(strstr(error.message, "topic '1': the preferences of judge 'u' contradict each other at '"));
        qrels_free(qrels);
        selection_release(&selection);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preferences__counts_kept_and_possible),
        cmocka_unit_test(test_preferences__carry_over_between_subgroups),
        cmocka_unit_test(test_preferences__judges_may_disagree),
        cmocka_unit_test(test_preferences__of_equal_scores_the_first_name_wins),
        cmocka_unit_test(test_preferences__balance_documents_of_level_0),
        cmocka_unit_test(test_preferences__a_judge_may_not_contradict_himself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
