/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/features.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

enum { TOKENS_MAX = 32 };

/* A model without words and phrases. */
static const uint64_t nothing[1];
static const struct model_header header = {.buckets = 1, .word_slots = 1, .phrase_slots = 1};
static const struct model model = {.header = &header, .words = nothing, .phrases = nothing};

static struct window window;
static struct word_type types[TOKENS_MAX + 1];

/* Fills the window with [words], separated by spaces; | begins a sentence. */
static void fill(const char *words)
{
    size_t sentence = 0, at = 0;
    memset(&window, 0, sizeof window);
    type_describe_border(&types[0]);
    window.model = &model;
    window.types = types;
    window.type_stride = sizeof *types;
    for (const char *end; *words; words = *end ? end + 1 : end) {
        if (*words == '|') {
            sentence = at;
            words++;
        }
        end = strchrnul(words, ' ');
        /* Equal words are one type. */
        struct span word = {words, (size_t)(end - words)};
        size_t type = 1;
        while (types[type].key && type <= at && types[type].key != bytes_hash(word)) type++;
        memset(&types[type], 0, sizeof types[type]);
        type_describe(&types[type], word, bytes_hash(word), &model);
        window.places[at] = (struct place){.type = (uint32_t)type, .sentence = (uint32_t)sentence};
        at++;
    }
    window.length = at;
    window_prepare(&window);
}

/* A letter for each token: x for one that may be part of a name. */
static const char *candidates(const char *words)
{
    static char out[TOKENS_MAX + 1];
    fill(words);
    for (size_t at = 0; at < window.length; at++) out[at] = window.places[at].candidate ? 'x' : '-';
    out[window.length] = 0;
    return out;
}

static void test_window__takes_capitals_and_what_joins_them(void **state)
{
    (void)state;
    assert_string_equal(candidates("|he saw Bank of Japan today"), "--xxx-");
    assert_string_equal(candidates("|the Bank of the East and Japan"), "-xxxxxx");
    assert_string_equal(candidates("|Japan of old and of the East"), "x-----x");
    assert_string_equal(candidates("|Japan of and for the East"), "x----x"); /* four tokens join nothing */
}

static void test_window__takes_digits_only_beside_a_capital(void **state)
{
    (void)state;
    assert_string_equal(candidates("|a Boeing 747 in 1970 flew"), "-xx---");
    assert_string_equal(candidates("|the 2020 Olympics"), "-xx");
}

static void test_window__joins_nothing_across_sentences(void **state)
{
    (void)state;
    assert_string_equal(candidates("|in Japan |of |Tokyo"), "-x-x");
}

static void test_window__leaves_addresses_and_handles_alone(void **state)
{
    (void)state;
    assert_string_equal(candidates("|@BarackObama saw http://A.example"), "---");
}

static void test_window__knows_how_a_sentence_is_set(void **state)
{
    (void)state;
    fill("|JAPAN AND ASEAN MEET IN TOKYO |Japan Will Host Ministers in Tokyo |Japan will host them in Tokyo |we went "
         "to see it all");
    assert_int_equal(window.places[0].mode, MODE_UPPER);
    assert_int_equal(window.places[6].mode, MODE_TITLE);
    assert_int_equal(window.places[12].mode, MODE_PLAIN);
    assert_int_equal(window.places[18].mode, MODE_LOWER);
}

static void test_window__first_word_is_the_one_behind_quotes(void **state)
{
    (void)state;
    fill("|\" Japan will");
    assert_true(window.places[0].first);
    assert_true(window.places[1].first);
    assert_false(window.places[2].first);
}

static void test_window__links_mentions_of_one_word(void **state)
{
    (void)state;
    fill("|Anwar met Kishida |later Anwar left |ANWAR");
    assert_int_equal(window.places[0].previous_mention, 0);
    assert_int_equal(window.places[4].previous_mention, 1);
    assert_int_equal(window.places[6].previous_mention, 5);
}

static void test_features__are_bounded_and_depend_on_place(void **state)
{
    uint64_t first[FEATURES_MAX], second[FEATURES_MAX];
    (void)state;
    fill("|Anwar met Anwar , Anwar , Anwar , Anwar , Anwar and Anwar");
    size_t n = features_at(first, &window, 0), m = features_at(second, &window, 2);
    assert_true(n > 20 && n < FEATURES_MAX);
    assert_true(m > 20 && m < FEATURES_MAX);
    assert_memory_not_equal(first, second, 8 * sizeof *first);
    assert_int_equal(features_at(second, &window, 0), n);
    assert_memory_equal(first, second, n * sizeof *first);
}

static void test_features__of_a_type_differ_by_offset(void **state)
{
    uint64_t here[TYPE_FEATURES_MAX], before[TYPE_FEATURES_MAX];
    (void)state;
    fill("|Anwar");
    size_t n = features_of_type(here, &types[1], 0), m = features_of_type(before, &types[1], -1);
    assert_true(n > m);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) assert_true(here[i] != before[j]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_window__takes_capitals_and_what_joins_them),
        cmocka_unit_test(test_window__takes_digits_only_beside_a_capital),
        cmocka_unit_test(test_window__joins_nothing_across_sentences),
        cmocka_unit_test(test_window__leaves_addresses_and_handles_alone),
        cmocka_unit_test(test_window__knows_how_a_sentence_is_set),
        cmocka_unit_test(test_window__first_word_is_the_one_behind_quotes),
        cmocka_unit_test(test_window__links_mentions_of_one_word),
        cmocka_unit_test(test_features__are_bounded_and_depend_on_place),
        cmocka_unit_test(test_features__of_a_type_differ_by_offset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
