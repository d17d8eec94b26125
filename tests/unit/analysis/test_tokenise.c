/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

static void test_tokenise__splits_at_blanks_and_punctuation(void **state)
{
    (void)state;
    assert_forms("Talks, held (in Tokyo); ended.", "talks held in tokyo ended");
}

static void test_tokenise__numbers_positions_from_one(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "en", "one  two\n\nthree", "one:1 two:2 three:3");
}

static void test_tokenise__of_nothing_is_nothing(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){0}, SPAN("en")), OK);
    assert_int_equal(analysis->count, 0);
    assert_int_equal(analysis->positions, 0);
    assert_int_equal(analysis->sentence_count, 0);
    assert_forms(" \n\t -- … ™ \xF0\x9F\x91\x8D", "");
}

static void test_tokenise__joins_initials(void **state)
{
    (void)state;
    assert_forms("the U.S. and US, U.N., e.g. p.m. U.S.S.R", "the us and us un eg pm ussr");
    assert_shown(SHOW_SOURCES, "en", "(U.S.).", "U.S.");
    assert_forms("Ph.D. LL.B", "phd llb");
}

static void test_tokenise__leaves_a_lone_initial(void **state)
{
    (void)state;
    assert_forms("J. Smith, J.Smith, and J.R.R. Tolkien", "j smith j smith and jrr tolkien");
}

static void test_tokenise__keeps_apostrophes_inside_words(void **state)
{
    (void)state;
    assert_forms("don't O'Brien rock'n'roll 'quoted' workers' 'tis", "don't o'brien rock'n'roll quoted workers tis");
}

static void test_tokenise__takes_every_apostrophe_for_the_same(void **state)
{
    (void)state;
    assert_forms("Japan’s Japan's Japan`s Japan´s Japan＇s Japanʼs", "japan's japan's japan's japan's japan's japan's");
}

static void test_tokenise__stems_possessives_to_the_owner(void **state)
{
    (void)state;
    assert_shown(SHOW_STEMS, "en", "Japan’s Japan the U.S.’s it's", "japan japan the us it");
    assert_shown(SHOW_STEMS, "", "Japan’s", "japan");
}

static void test_tokenise__splits_elisions_beside_their_compound(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "fr", "l’eau d'été qu'il aujourd'hui",
                 "leau:1+1 l:1 eau:2 dete:3+1 d:3 ete:4 quil:5+1 qu:5 il:6 aujourd'hui:7");
    assert_forms("D'Angelo d'souza", "dangelo d angelo d'souza");
}

static void test_tokenise__joins_hyphenated_parts_beside_them(void **state)
{
    (void)state;
    assert_shown(SHOW_POSITIONS, "en", "by Wi-Fi now", "by:1 wifi:2+1 wi:2 fi:3 now:4");
    assert_shown(SHOW_SOURCES, "en", "by Wi-Fi now", "by Wi-Fi Wi Fi now");
    assert_forms("U.S.-Japan COVID-19 Wi‑Fi", "usjapan us japan covid19 covid 19 wifi wi fi");
}

static void test_tokenise__joins_at_most_four_parts(void **state)
{
    (void)state;
    assert_forms("state-of-the-art", "stateoftheart state of the art");
    assert_forms("a-b-c-d-e ab-cd-ef", "a b c d e abcdef ab cd ef");
    assert_forms("a-b-c-d-e-f-g-h-i-j-k", "a b c d e f g h i j k");
}

static void test_tokenise__leaves_loose_hyphens(void **state)
{
    (void)state;
    assert_forms("pre- and post-war -x- 2013–2014", "pre and postwar post war x 2013 2014");
}

static void test_tokenise__joins_two_words_with_a_slash(void **state)
{
    (void)state;
    assert_forms("and/or TCP/IP", "andor and or tcpip tcp ip");
    assert_forms("/usr/local/lib a/b/c km/", "usr local lib a b c km");
}

static void test_tokenise__splits_identifiers(void **state)
{
    (void)state;
    assert_forms("snake_case __init__", "snakecase snake case init");
}

static void test_tokenise__keeps_names_with_signs(void **state)
{
    (void)state;
    assert_forms("C++, C# and .NET; g++ C++11? AT&T R&D Q&A", "c++ c# and .net g++ c 11 at&t r&d q&a");
    assert_forms("a + b # c", "a b c");
    assert_forms("Marks&Spencer a&lt;b", "marks spencer a lt b");
    assert_forms("R&Dept S&P500 a&b", "r dept s p500 a&b");
}

static void test_tokenise__takes_handles_and_tags_as_words(void **state)
{
    (void)state;
    assert_forms("@handle #tag", "handle tag");
}

static void test_tokenise__writes_grouped_numbers_plainly(void **state)
{
    (void)state;
    assert_forms("1,000.5 $1,234,567 1,00,000 3.14 1,000-strong", "1000.5 1234567 100000 3.14 1000strong 1000 strong");
}

static void test_tokenise__takes_lists_and_dates_apart(void **state)
{
    (void)state;
    assert_forms("1,2,3 1,2,345 3,5", "1 2 3 1 2 345 3 5");
    assert_forms("2014-10-08 8.10.2014 10/8/2014 10:30", "2014 10 08 8 10 2014 10 8 2014 10 30");
}

static void test_tokenise__leaves_other_numbers_as_written(void **state)
{
    (void)state;
    assert_forms("10.000,5 10.000.000 192.168.0.1 1.4.22", "10.000,5 10.000.000 192.168.0.1 1.4.22");
    assert_forms("3rd 2.4GHz 5G 1980s 1980's", "3rd 2.4ghz 5g 1980s 1980s");
}

static void test_tokenise__tells_numbers_from_words(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("covid19 19 3rd"), SPAN("en")), OK);
    assert_int_equal(analysis->tokens[0].kind, TOKEN_WORD);
    assert_int_equal(analysis->tokens[1].kind, TOKEN_NUMBER);
    assert_int_equal(analysis->tokens[2].kind, TOKEN_NUMBER);
}

static void test_tokenise__ignores_what_cannot_be_seen(void **state)
{
    (void)state;
    assert_forms("co\u00ADoperation zero\u200Cwidth join\u200Ded \uFEFFbom", "cooperation zerowidth joined bom");
    assert_shown(SHOW_SOURCES, "en", "co\u00ADop\u00AD.", "co\u00ADop");
}

static void test_tokenise__parts_words_at_a_zero_width_space(void **state)
{
    (void)state;
    assert_forms("one\u200Btwo\u00A0three", "one two three");
}

static void test_tokenise__parts_a_trade_mark_from_its_name(void **state)
{
    (void)state;
    assert_forms("Windows™ Coke®", "windows coke");
}

static void test_tokenise__keeps_offsets_through_broken_bytes(void **state)
{
    (void)state;
    static const char text[] = "caf\xE9 \xFF\xC0 tea \xE2\x80";
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, sizeof text - 1}, SPAN("en")), OK);
    assert_int_equal(analysis->count, 2);
    assert_int_equal(analysis->tokens[0].start, 0);
    assert_int_equal(analysis->tokens[0].end, 3);
    assert_int_equal(analysis->tokens[1].start, 8);
    assert_int_equal(analysis->tokens[1].end, 11);
}

static void test_tokenise__takes_a_nul_for_a_blank(void **state)
{
    (void)state;
    assert_string_equal(shown((struct span){"one\0two", 7}, "en", SHOW_FORMS), "one two");
}

static void test_tokenise__cuts_long_words_on_a_character(void **state)
{
    (void)state;
    char text[4001];
    const struct analysis *analysis;
    memset(text, 'a', sizeof text);
    for (size_t length = TOKEN_BYTES_MAX; length <= 4000; length += 970) {
        assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, length}, SPAN("")), OK);
        assert_int_equal(analysis->count, 1);
        assert_int_equal(analysis->tokens[0].end, length);
        assert_int_equal(analysis->tokens[0].form.length, TOKEN_BYTES_MAX);
    }
    for (size_t i = 0; i + 1 < sizeof text; i += 2) memcpy(text + i, "я", 2);
    text[0] = 'a';
    text[1] = 'b';
    text[2] = 'c';
    memmove(text + 3, text + 4, sizeof text - 4);
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, 3001}, SPAN("")), OK);
    assert_int_equal(analysis->count, 1);
    assert_int_equal(analysis->tokens[0].form.length, TOKEN_BYTES_MAX - 1);
    assert_true(utf8_valid(analysis->tokens[0].form));
}

static void test_tokenise__goes_on_after_a_chunk_without_blanks(void **state)
{
    (void)state;
    char text[6000];
    size_t length = 0;
    const struct analysis *analysis;
    for (int i = 0; i < 800; i++) length += (size_t)snprintf(text + length, sizeof text - length, "w%d,", 100 + i);
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, length}, SPAN("en")), OK);
    assert_int_equal(analysis->count, 800);
    assert_int_equal(analysis->positions, 800);
    for (size_t i = 0; i < 800; i++) assert_int_equal(analysis->tokens[i].form.length, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokenise__splits_at_blanks_and_punctuation),
        cmocka_unit_test(test_tokenise__numbers_positions_from_one),
        cmocka_unit_test(test_tokenise__of_nothing_is_nothing),
        cmocka_unit_test(test_tokenise__joins_initials),
        cmocka_unit_test(test_tokenise__leaves_a_lone_initial),
        cmocka_unit_test(test_tokenise__keeps_apostrophes_inside_words),
        cmocka_unit_test(test_tokenise__takes_every_apostrophe_for_the_same),
        cmocka_unit_test(test_tokenise__stems_possessives_to_the_owner),
        cmocka_unit_test(test_tokenise__splits_elisions_beside_their_compound),
        cmocka_unit_test(test_tokenise__joins_hyphenated_parts_beside_them),
        cmocka_unit_test(test_tokenise__joins_at_most_four_parts),
        cmocka_unit_test(test_tokenise__leaves_loose_hyphens),
        cmocka_unit_test(test_tokenise__joins_two_words_with_a_slash),
        cmocka_unit_test(test_tokenise__splits_identifiers),
        cmocka_unit_test(test_tokenise__keeps_names_with_signs),
        cmocka_unit_test(test_tokenise__takes_handles_and_tags_as_words),
        cmocka_unit_test(test_tokenise__writes_grouped_numbers_plainly),
        cmocka_unit_test(test_tokenise__takes_lists_and_dates_apart),
        cmocka_unit_test(test_tokenise__leaves_other_numbers_as_written),
        cmocka_unit_test(test_tokenise__tells_numbers_from_words),
        cmocka_unit_test(test_tokenise__ignores_what_cannot_be_seen),
        cmocka_unit_test(test_tokenise__parts_words_at_a_zero_width_space),
        cmocka_unit_test(test_tokenise__parts_a_trade_mark_from_its_name),
        cmocka_unit_test(test_tokenise__keeps_offsets_through_broken_bytes),
        cmocka_unit_test(test_tokenise__takes_a_nul_for_a_blank),
        cmocka_unit_test(test_tokenise__cuts_long_words_on_a_character),
        cmocka_unit_test(test_tokenise__goes_on_after_a_chunk_without_blanks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
