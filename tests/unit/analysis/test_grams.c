/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static void test_grams__give_bigrams_and_unigrams_of_han(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "zh", "东京都", "东京:1 东:1 京都:2 京:2 都:3");
    assert_shown(SHOW_SOURCES, "zh", "x 东京", "x 东京 东 京");
}

static void test_grams__of_one_character_are_a_unigram(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("東。"), SPAN("ja")), OK);
    assert_int_equal(analysis->count, 1);
    assert_int_equal(analysis->tokens[0].kind, TOKEN_UNIGRAM);
}

static void test_grams__keep_latin_and_digits_as_words(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "ja", "5G通信のNEC社", "5g:1 通信:2 通:2 信の:3 信:3 の:4 nec:5 社:6");
}

static void test_grams__run_through_kana_and_repetition_marks(void **state)
{
    (void)state;
    assert_forms("タワー", "タワ タ ワー ワ ー");
    assert_forms("人々の", "人々 人 々の 々 の");
    assert_forms("ア・イ", "ア イ");
}

static void test_grams__widen_half_width_kana(void **state)
{
    (void)state;
    assert_forms("ｶﾞｽ", "ガス ガ ス");
    assert_shown(SHOW_SOURCES, "ja", "ｶﾞｽ", "ｶﾞｽ ｶﾞ ｽ");
}

static void test_grams__of_hangul_stay_inside_a_word(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "ko", "한국 서울", "한국:1 한:1 국:2 서울:3 서:3 울:4");
}

static void test_grams__compose_hangul_letters(void **state)
{
    (void)state;
    assert_forms("\u1112\u1161\u11AB", "한");
}

static void test_grams__of_thai_keep_vowels_with_their_consonant(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "th", "ภาษาไทย", "ภาษา:1 ภา:1 ษาไท:2 ษา:2 ไทย:3 ไท:3 ย:4");
}

static void test_grams__of_lao_keep_vowels_with_their_consonant(void **state)
{
    (void)state;
    assert_forms("ລາວ", "ລາວ ລາ ວ");
}

static void test_grams__of_khmer_keep_stacked_consonants(void **state)
{
    (void)state;
    assert_forms("ខ្មែរ", "ខ្មែរ ខ្មែ រ");
}

static void test_grams__of_myanmar_keep_final_consonants(void **state)
{
    (void)state;
    assert_forms("မြန်မာ", "မြန်မာ မြန် မာ");
}

static void test_grams__end_at_a_sentence(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "ja", "行く。来る", "行く:1 行:1 く:2 来る:3 来:3 る:4");
}

static void test_grams__go_on_through_runs_longer_than_a_chunk(void **state)
{
    (void)state;
    enum { CHARACTERS = 5000 };
    static char text[CHARACTERS * 3];
    const struct analysis *analysis;
    for (size_t i = 0; i < CHARACTERS; i++) memcpy(text + 3 * i, i % 2 ? "京" : "東", 3);
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, sizeof text}, SPAN("ja")), OK);
    assert_int_equal(analysis->count, 2 * CHARACTERS - 1);
    assert_int_equal(analysis->positions, CHARACTERS);
    for (uint32_t i = 0; i < CHARACTERS - 1; i++) {
        const struct token *bigram = &analysis->tokens[2 * i];
        assert_int_equal(bigram->kind, TOKEN_BIGRAM);
        assert_int_equal(bigram->position, i + 1);
        assert_int_equal(bigram->start, 3 * i);
        assert_int_equal(bigram->form.length, 6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grams__give_bigrams_and_unigrams_of_han),
        cmocka_unit_test(test_grams__of_one_character_are_a_unigram),
        cmocka_unit_test(test_grams__keep_latin_and_digits_as_words),
        cmocka_unit_test(test_grams__run_through_kana_and_repetition_marks),
        cmocka_unit_test(test_grams__widen_half_width_kana),
        cmocka_unit_test(test_grams__of_hangul_stay_inside_a_word),
        cmocka_unit_test(test_grams__compose_hangul_letters),
        cmocka_unit_test(test_grams__of_thai_keep_vowels_with_their_consonant),
        cmocka_unit_test(test_grams__of_lao_keep_vowels_with_their_consonant),
        cmocka_unit_test(test_grams__of_khmer_keep_stacked_consonants),
        cmocka_unit_test(test_grams__of_myanmar_keep_final_consonants),
        cmocka_unit_test(test_grams__end_at_a_sentence),
        cmocka_unit_test(test_grams__go_on_through_runs_longer_than_a_chunk),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
