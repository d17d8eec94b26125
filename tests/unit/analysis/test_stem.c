/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static void test_stem__follows_the_language(void **state)
{
    (void)state;
    assert_shown(SHOW_STEMS, "en", "Cooperation cooperating", "cooper cooper");
    assert_shown(SHOW_STEMS, "German", "Häuser", "haus");
    assert_shown(SHOW_STEMS, "", "Cooperation", "cooperation");
    assert_shown(SHOW_STEMS, "xx", "Cooperation", "cooperation");
}

static void test_stem__is_that_of_the_marked_word_folded(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("cooperação"), SPAN("pt")), OK);
    assert_true(span_equal(analysis->tokens[0].form, SPAN("cooperacao")));
    assert_true(span_equal(analysis->tokens[0].stem, SPAN("cooper")));
    assert_true(span_equal(analysis->tokens[0].plain_stem, SPAN("cooperaca")));
}

static void test_stem__leaves_numbers_and_addresses(void **state)
{
    (void)state;
    assert_shown(SHOW_STEMS, "en", "1980s 1,000", "1980s 1000");
}

static void test_stem__reads_romanian_with_commas_below(void **state)
{
    (void)state;
    assert_string_equal(shown(span_of("educație"), "ro", SHOW_STEMS), "educ/educat");
    assert_string_equal(shown(span_of("educaţie"), "ro", SHOW_STEMS), "educ/educat");
}

static void test_stem__of_turkish_tells_the_two_i(void **state)
{
    (void)state;
    assert_shown(SHOW_FORMS, "tr", "IRAK ırak İran", "irak irak iran");
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("ISI isi"), SPAN("tr")), OK);
    assert_true(analysis->tokens[0].marked);
    assert_false(analysis->tokens[1].marked);
}

static void test_stem__outlasts_a_full_cache(void **state)
{
    (void)state;
    enum { WORDS = 100000 };
    static char text[WORDS * 8];
    size_t length = 0;
    const struct analysis *analysis;
    for (int i = 0; i < WORDS; i++) length += (size_t)snprintf(text + length, sizeof text - length, "w%06d ", i);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, length}, SPAN("en")), OK);
        assert_int_equal(analysis->count, WORDS);
        for (size_t i = 0; i < WORDS; i++) {
            const struct token *token = &analysis->tokens[i];
            assert_int_equal(token->stem.length, 7);
            assert_memory_equal(token->stem.data, text + token->start, 7);
        }
    }
}

static void test_language__is_known_by_code_tag_and_name(void **state)
{
    (void)state;
    assert_true(analysis_has_stemmer(SPAN("en")));
    assert_true(analysis_has_stemmer(SPAN("EN-gb")));
    assert_true(analysis_has_stemmer(SPAN("Portuguese")));
    assert_true(analysis_has_stemmer(SPAN("nb")));
    assert_false(analysis_has_stemmer(SPAN("ja")));
    assert_false(analysis_has_stemmer(SPAN("")));
    assert_false(analysis_has_stemmer(SPAN("eng")));
}

static void test_stop_words__are_those_of_the_language(void **state)
{
    (void)state;
    assert_true(analysis_is_stop_word(SPAN("the"), SPAN("en")));
    assert_true(analysis_is_stop_word(SPAN("don't"), SPAN("english")));
    assert_false(analysis_is_stop_word(SPAN("japan"), SPAN("en")));
    assert_false(analysis_is_stop_word(SPAN(""), SPAN("en")));
    assert_true(analysis_is_stop_word(SPAN("fur"), SPAN("de"))); /* für */
    assert_false(analysis_is_stop_word(SPAN("the"), SPAN("de")));
    assert_true(analysis_is_stop_word(SPAN("yang"), SPAN("id")));
    assert_true(analysis_is_stop_word(SPAN("не"), SPAN("ru")));
    assert_false(analysis_is_stop_word(SPAN("the"), SPAN("ja")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stem__follows_the_language),
        cmocka_unit_test(test_stem__is_that_of_the_marked_word_folded),
        cmocka_unit_test(test_stem__leaves_numbers_and_addresses),
        cmocka_unit_test(test_stem__reads_romanian_with_commas_below),
        cmocka_unit_test(test_stem__of_turkish_tells_the_two_i),
        cmocka_unit_test(test_stem__outlasts_a_full_cache),
        cmocka_unit_test(test_language__is_known_by_code_tag_and_name),
        cmocka_unit_test(test_stop_words__are_those_of_the_language),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
