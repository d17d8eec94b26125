/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static const char text[] = "Ministers met in Tokyo. They spoke of the U.S. State Department’s report.\n\nThe end came.";

static const struct analysis *range_of(size_t start, size_t end)
{
    const struct analysis *analysis;
    assert_int_equal(analyse_range(&analysis, shared_analyser, SPAN(text), (struct range){start, end}, SPAN("en")), OK);
    return analysis;
}

static void test_analyse_range__widens_to_blanks(void **state)
{
    (void)state;
    const struct analysis *analysis = range_of(15, 19); /* "n To" */
    assert_int_equal(analysis->count, 2);
    assert_int_equal(analysis->tokens[0].start, 14);
    assert_int_equal(analysis->tokens[1].start, 17);
    assert_int_equal(analysis->tokens[1].position, 2);
    assert_int_equal(analysis->sentence_count, 1);
}

static void test_analyse_range__finds_the_sentences_of_the_whole(void **state)
{
    (void)state;
    const struct analysis *analysis = range_of(14, sizeof text - 1);
    assert_int_equal(analysis->sentence_count, 3);
    assert_int_equal(analysis->sentences[0].start, 14);
    assert_int_equal(analysis->sentences[1].start, 24);
    assert_int_equal(analysis->tokens[0].sentence, 0);
}

static void test_analyse_range__of_nothing_is_the_word_it_touches(void **state)
{
    (void)state;
    assert_int_equal(range_of(18, 18)->count, 1);
    assert_int_equal(range_of(1000, 2000)->count, 1);
}

static void test_analyse_range__is_bounded_in_text_without_blanks(void **state)
{
    (void)state;
    static char run[60000];
    const struct analysis *analysis;
    for (size_t i = 0; i < sizeof run; i += 3) memcpy(run + i, "東", 3);
    struct range range = {30000, 30010};
    assert_int_equal(analyse_range(&analysis, shared_analyser, (struct span){run, sizeof run}, range, SPAN("ja")), OK);
    assert_true(analysis->count < 6000);
    assert_int_equal(analysis->tokens[0].start % 3, 0);
}

static void test_analyse__repeats_itself(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN(text), SPAN("en")), OK);
    size_t count = analysis->count;
    uint32_t positions = analysis->positions;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("other"), SPAN("de")), OK);
    assert_int_equal(analysis->count, 1);
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN(text), SPAN("en")), OK);
    assert_int_equal(analysis->count, count);
    assert_int_equal(analysis->positions, positions);
}

static void test_analyse__refuses_four_gigabytes(void **state)
{
    (void)state;
    const struct analysis *analysis = NULL;
    struct span huge = {text, UINT32_MAX};
    assert_int_equal(analyse(&analysis, shared_analyser, huge, SPAN("en")), LIMIT);
    assert_int_equal(analyse_range(&analysis, shared_analyser, huge, (struct range){0, 1}, SPAN("en")), LIMIT);
    assert_null(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyse_range__widens_to_blanks),
        cmocka_unit_test(test_analyse_range__finds_the_sentences_of_the_whole),
        cmocka_unit_test(test_analyse_range__of_nothing_is_the_word_it_touches),
        cmocka_unit_test(test_analyse_range__is_bounded_in_text_without_blanks),
        cmocka_unit_test(test_analyse__repeats_itself),
        cmocka_unit_test(test_analyse__refuses_four_gigabytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
