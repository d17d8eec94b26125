/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

/* The names of the values of [measures] (NULL ends them), with spaces between. */
static void expect_names(const char *const *measures, const char *expected)
{
    struct selection selection;
    struct buffer names;
    struct error error = {0};
    selection_init(&selection);
    buffer_init(&names, 10000);
    for (; *measures; measures++) assert_int_equal(selection_add(&selection, *measures, &error), OK);
    assert_int_equal(selection_finish(&selection, &error), OK);
    for (size_t i = 0; i < selection.width; i++) buffer_printf(&names, "%s%s", i ? " " : "", selection.names[i]);
    assert_string_equal(names.data, expected);
    buffer_release(&names);
    selection_release(&selection);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_selection__goes_in_the_order_of_the_table(void **state)
{
    (void)state;
    expect_names(NAMES("P.10,5", "map", "num_q"), "num_q map P_5 P_10");
}

static void test_selection__names_carry_parameters(void **state)
{
    (void)state;
    expect_names(NAMES("iprec_at_recall.0.1,.25"), "iprec_at_recall_0.10 iprec_at_recall_0.25");
    expect_names(NAMES("ndcg.1=3.5,2=9", "set_F.0.5", "11pt_avg.0.2,0.5,0.8"),
                 "11pt_avg_0.2,0.5,0.8 ndcg_1=3.5,2=9 set_F_0.5");
    expect_names(NAMES("Rprec_mult.123456"), "Rprec_mult_123456.0"); /* cut as trec_eval cuts it */
}

static void test_selection__the_first_parameters_stay(void **state)
{
    (void)state;
    expect_names(NAMES("P.5", "P.7", "P"), "P_5");
    expect_names(NAMES("P", "P.7"), "P_7");
    expect_names(NAMES("official", "P.3", "iprec_at_recall.1"),
                 "runid num_q num_ret num_rel num_rel_ret map gm_map Rprec bpref recip_rank iprec_at_recall_1.00 P_3");
}

static void test_selection__ir_names_follow_in_their_own_order(void **state)
{
    (void)state;
    expect_names(NAMES("nDCG@10", "AP( rel = 2 )", "P.5", "nDCG@10"), "P_5 nDCG@10 AP(rel=2)");
}

static void expect_message(const char *measure, enum status status, const char *message)
{
    struct selection selection;
    struct error error = {0};
    selection_init(&selection);
    assert_int_equal(selection_add(&selection, measure, &error), status);
    assert_string_equal(error.message, message);
    selection_release(&selection);
}

static void test_selection__names_what_is_wrong(void **state)
{
    (void)state;
    expect_message("mapp", INVALID, "there is no measure 'mapp' (-h lists them all)");
    expect_message("P.0", INVALID, "measure 'P': '0' is not a whole number above 0");
    expect_message("P.5,x", INVALID, "measure 'P': 'x' is not a whole number above 0");
    expect_message("P.5,5", INVALID, "measure 'P': parameter 5 is given twice");
    expect_message("P.", INVALID, "measure 'P': no parameters after the '.'");
    expect_message("map.5", INVALID, "measure 'map' takes no parameters, but '5' was given");
    expect_message("ndcg.5", INVALID, "measure 'ndcg': '5' is not of the form name=number");
    expect_message("utility.1,2", INVALID, "measure 'utility' takes 4 parameters");
    expect_message("official.5", INVALID, "'official' is a set of measures and takes no parameters");
    expect_message("AP@x", INVALID, "measure 'AP@x': needs a whole number above 0 after the '@'");
    expect_message("P(rel=2)", INVALID, "measure 'P(rel=2)': needs a cutoff, as in P@10");
    expect_message("AP(relevant=2)", INVALID, "measure 'AP(relevant=2)': takes no such parameter");
    expect_message("AP(rel=2", INVALID, "measure 'AP(rel=2': has no ')'");
    expect_message("RBP", INVALID, "measure 'RBP': needs rel, as in RBP(rel=1); trec_eval's rbp has graded gains");
    expect_message("alpha_nDCG@10", UNSUPPORTED,
                   "measure 'alpha_nDCG@10' of ir_measures is not offered (-h lists those that are)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selection__goes_in_the_order_of_the_table),
        cmocka_unit_test(test_selection__names_carry_parameters),
        cmocka_unit_test(test_selection__the_first_parameters_stay),
        cmocka_unit_test(test_selection__ir_names_follow_in_their_own_order),
        cmocka_unit_test(test_selection__names_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
