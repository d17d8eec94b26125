/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "helper.h"

#define assert_sentences(text, expected) assert_shown(SHOW_SENTENCES, "en", text, expected)

static void test_sentences__end_at_stops_before_a_capital(void **state)
{
    (void)state;
    assert_sentences("It rained. We left! Why? 5 stayed.", "It rained.|We left!|Why?|5 stayed.");
}

static void test_sentences__go_on_before_a_small_letter(void **state)
{
    (void)state;
    assert_sentences("Rand Corp. told us. “Why?” he asked. Yahoo! said no.",
                     "Rand Corp. told us.|“Why?” he asked.|Yahoo! said no.");
}

static void test_sentences__take_closing_quotes_with_them(void **state)
{
    (void)state;
    assert_sentences("“It is vital.” She left. (It was late.) So be it.",
                     "“It is vital.”|She left.|(It was late.)|So be it.");
}

static void test_sentences__go_on_after_titles(void **state)
{
    (void)state;
    assert_sentences("Mr. Smith met Dr. Jones vs. Gen. Lee.", "Mr. Smith met Dr. Jones vs. Gen. Lee.");
}

static void test_sentences__go_on_between_number_abbreviations_and_numbers(void **state)
{
    (void)state;
    assert_sentences("See No. 5 of Oct. 7. The answer is no. He left.",
                     "See No. 5 of Oct. 7.|The answer is no.|He left.");
}

static void test_sentences__go_on_after_initials_unless_a_function_word_follows(void **state)
{
    (void)state;
    assert_sentences("J. R. Jones of the U.S. State Department left the U.S. The end.",
                     "J. R. Jones of the U.S. State Department left the U.S.|The end.");
    assert_sentences("J. A. Smith and S. I. Hayakawa.", "J. A. Smith and S. I. Hayakawa.");
    assert_sentences("Mazda Motor Corp. Chairman Yamasaki. He sold it to NEC Corp. It said so.",
                     "Mazda Motor Corp. Chairman Yamasaki.|He sold it to NEC Corp.|It said so.");
}

static void test_sentences__go_on_inside_numbers_and_addresses(void **state)
{
    (void)state;
    assert_sentences("Off to the Zoo Corp. Zoo keepers went.", "Off to the Zoo Corp. Zoo keepers went.");
    assert_sentences("It cost 3.14 at x.org. Cheap...", "It cost 3.14 at x.org.|Cheap...");
}

static void test_sentences__end_at_blank_lines(void **state)
{
    (void)state;
    assert_sentences("A heading\n\nsome text\r\n \r\nmore", "A heading|some text|more");
}

static void test_sentences__go_on_over_lines_broken_by_width(void **state)
{
    (void)state;
    assert_sentences("The ministers in charge of security held talks with their\n"
                     "Japanese counterpart on Thursday in a bid to enhance\n"
                     "cooperation.",
                     "The ministers in charge of security held talks with their\n"
                     "Japanese counterpart on Thursday in a bid to enhance\n"
                     "cooperation.");
}

static void test_sentences__end_after_headings_and_items(void **state)
{
    (void)state;
    assert_sentences(
        "Japan leads regional effort to fight cyber crime\n"
        "Japan continues to play a leading role in regional cyber security initiatives with its plans.",
        "Japan leads regional effort to fight cyber crime|Japan continues to play a leading role in regional "
        "cyber security initiatives with its plans.");
    assert_sentences("Members\n• Japan\n• Laos\n1. first item\n2. second item",
                     "Members|• Japan|• Laos|1. first item|2. second item");
    assert_sentences("they agreed\n(a) that\n1) small steps\n 22. help",
                     "they agreed|(a) that|1) small steps|22. help");
}

static void test_sentences__end_before_an_indented_line(void **state)
{
    (void)state;
    assert_sentences("The ministers in charge of security held talks with\n"
                     "   Japanese counterparts and their staff on Thursday",
                     "The ministers in charge of security held talks with|"
                     "Japanese counterparts and their staff on Thursday");
}

static void test_sentences__go_on_over_lines_of_ideographs_broken_by_width(void **state)
{
    (void)state;
    assert_shown(SHOW_SENTENCES, "ja", "東南アジア諸国連合と日本は東京で会議を開き協力を強\n化することで合意した",
                 "東南アジア諸国連合と日本は東京で会議を開き協力を強\n化することで合意した");
    assert_shown(SHOW_SENTENCES, "ja", "共同声明\n日本", "共同声明|日本");
}

static void test_sentences__end_after_a_line_that_is_a_paragraph(void **state)
{
    (void)state;
    char text[200];
    memset(text, 'x', sizeof text);
    for (size_t i = 9; i < sizeof text; i += 10) text[i] = ' ';
    memcpy(text + 149, "\nNext line", 10);
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, (struct span){text, 159}, SPAN("en")), OK);
    assert_int_equal(analysis->sentence_count, 2);
    assert_int_equal(analysis->sentences[0].end, 149);
    assert_int_equal(analysis->sentences[1].start, 150);
}

static void test_sentences__end_at_full_width_stops_without_blanks(void **state)
{
    (void)state;
    assert_shown(SHOW_SENTENCES, "ja", "行く。「来る！」そう？はい", "行く。|「来る！」|そう？|はい");
}

static void test_sentences__end_at_stops_of_other_scripts(void **state)
{
    (void)state;
    assert_shown(SHOW_SENTENCES, "hi", "यह है। वह है।", "यह है।|वह है।");
    assert_shown(SHOW_SENTENCES, "my", "မြန်မာ။နိုင်ငံ။", "မြန်မာ။|နိုင်ငံ။");
}

static void test_sentences__of_thai_go_on_over_blanks(void **state)
{
    (void)state;
    assert_shown(SHOW_SENTENCES, "th", "ภาษาไทย เป็นภาษา\nบรรทัดใหม่", "ภาษาไทย เป็นภาษา|บรรทัดใหม่");
}

static void test_sentences__take_german_ordinals_for_part_of_a_date(void **state)
{
    (void)state;
    assert_shown(SHOW_SENTENCES, "de", "Am 8. Oktober kam er. Die Stadt schlief.",
                 "Am 8. Oktober kam er.|Die Stadt schlief.");
    assert_shown(SHOW_SENTENCES, "de", "Am 18. Oktober. Um 188. Oktober.", "Am 18. Oktober.|Um 188.|Oktober.");
    assert_shown(SHOW_SENTENCES, "en", "He was 8. October came.", "He was 8.|October came.");
}

static void test_sentences__hold_every_token(void **state)
{
    (void)state;
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, shared_analyser, SPAN("One. Two three. -- Four"), SPAN("en")), OK);
    assert_int_equal(analysis->sentence_count, 3);
    assert_int_equal(analysis->tokens[0].sentence, 0);
    assert_int_equal(analysis->tokens[1].sentence, 1);
    assert_int_equal(analysis->tokens[2].sentence, 1);
    assert_int_equal(analysis->tokens[3].sentence, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences__end_at_stops_before_a_capital),
        cmocka_unit_test(test_sentences__go_on_before_a_small_letter),
        cmocka_unit_test(test_sentences__take_closing_quotes_with_them),
        cmocka_unit_test(test_sentences__go_on_after_titles),
        cmocka_unit_test(test_sentences__go_on_between_number_abbreviations_and_numbers),
        cmocka_unit_test(test_sentences__go_on_after_initials_unless_a_function_word_follows),
        cmocka_unit_test(test_sentences__go_on_inside_numbers_and_addresses),
        cmocka_unit_test(test_sentences__end_at_blank_lines),
        cmocka_unit_test(test_sentences__go_on_over_lines_broken_by_width),
        cmocka_unit_test(test_sentences__end_after_headings_and_items),
        cmocka_unit_test(test_sentences__end_before_an_indented_line),
        cmocka_unit_test(test_sentences__go_on_over_lines_of_ideographs_broken_by_width),
        cmocka_unit_test(test_sentences__end_after_a_line_that_is_a_paragraph),
        cmocka_unit_test(test_sentences__end_at_full_width_stops_without_blanks),
        cmocka_unit_test(test_sentences__end_at_stops_of_other_scripts),
        cmocka_unit_test(test_sentences__of_thai_go_on_over_blanks),
        cmocka_unit_test(test_sentences__take_german_ordinals_for_part_of_a_date),
        cmocka_unit_test(test_sentences__hold_every_token),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
