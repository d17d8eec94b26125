/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/title.h"
#include "fixture.h"

#include <stdio.h>

static void assert_title(const char *text, const char *expected)
{
    struct range range = title_find(span_of(text));
    struct span found = span_cut(span_of(text), range.start, range.end);
    if (!span_equal(found, span_of(expected)))
        fail_msg("found '%.*s', not '%s'", (int)found.length, found.data, expected);
}

#define STORY                                                                                                          \
    "Ministers of ten countries met on Thursday to speak about crime on the internet and what can be done about it.\n" \
    "They will meet again next year, the host said when the day was over.\n"

static void test_title__takes_the_line_above_the_story(void **state)
{
    (void)state;
    assert_title("Ministers speak about crime on the internet\n\n" STORY,
                 "Ministers speak about crime on the internet");
    assert_title("\n\n  Ministers speak about crime  \n" STORY, "Ministers speak about crime");
    assert_title("MINISTERS MEET: CRIME ON THE INTERNET\n" STORY, "MINISTERS MEET: CRIME ON THE INTERNET");
    assert_title("Who leads the fight against crime?\n\n" STORY, "Who leads the fight against crime?");
    assert_title("Trade with the U.S.\n\n" STORY, "Trade with the U.S.");
}

static void test_title__passes_over_what_belongs_to_the_page(void **state)
{
    (void)state;
    assert_title("News\nMinisters speak about crime\n" STORY, "Ministers speak about crime");
    assert_title("Home > News > Asia\nMinisters speak about crime\n" STORY, "Ministers speak about crime");
    assert_title("Ministry of Justice\nFont Size Change\nS\nM\nL\n\nMinisters speak about crime\n\n" STORY,
                 "Ministers speak about crime");
    assert_title("Share\nTweet\nPrint\n8 October 2014\nMinisters speak about crime\n" STORY,
                 "Ministers speak about crime");
    assert_title("FOR IMMEDIATE RELEASE\nwww.example.org\n----------\nMinisters speak about crime\n" STORY,
                 "Ministers speak about crime");
}

static void test_title__passes_over_credits(void **state)
{
    (void)state;
    assert_title("By Felix Kim\nMinisters speak about crime\n" STORY, "Ministers speak about crime");
    assert_title("Ministers speak about crime\nFelix Kim\n" STORY, "Ministers speak about crime");
    assert_title("(PNA/Kyodo)\nMinisters speak about crime\n" STORY, "Ministers speak about crime");
}

static void test_title__finds_none_above_a_text_that_begins_with_its_story(void **state)
{
    (void)state;
    assert_title("• Kyodo\n\n\n" STORY, "");
    assert_title(STORY, "");
    assert_title("TOKYO: Malaysia encourages greater collaboration to elevate the standard of security\n" STORY, "");
    assert_title("Kuala Lumpur (PNA/Kyodo) — Ministers in charge of security held talks with their colleague\n" STORY,
                 "");
    assert_title("", "");
    assert_title("\n\n", "");
}

static void test_title__is_not_all_of_a_text(void **state)
{
    (void)state;
    assert_title("compact memories have flexible capacities", "");
    assert_title("One line without an end", "");
}

static void test_title__is_no_line_of_a_paragraph_broken_at_the_margin(void **state)
{
    (void)state;
    assert_title("Ministers of ten countries met on Thursday to speak about\n"
                 "crime on the internet and what can be done about it. They\n"
                 "will meet again next year.\n",
                 "");
    assert_title("Crime on the internet\n\n"
                 "Ministers of ten countries met on Thursday to speak about\n"
                 "crime on the internet and what can be done about it. They\n"
                 "will meet again next year.\n",
                 "Crime on the internet");
}

static void test_title__is_the_line_a_label_names(void **state)
{
    (void)state;
    assert_title("From: the minister\nSubject: Crime on the internet\nTo: all offices\n\n" STORY,
                 "Crime on the internet");
}

static void test_title__is_the_line_that_is_repeated(void **state)
{
    (void)state;
    assert_title("Cyber Crime\n\nCyber Crime\n\nA longer line that also reads well\n\n" STORY, "Cyber Crime");
}

static void test_title__stops_at_the_running_text(void **state)
{
    (void)state;
    assert_title(STORY "\nA heading further down\n\n" STORY, "");
}

static void test_title__reads_scripts_without_spaces(void **state)
{
    (void)state;
    assert_title("報道発表\n日本とASEANのサイバー犯罪対策協力について\n\n2019年3月20日\n\n日本とASEANは、サイバー犯罪と"
                 "テロ対策の"
                 "分野で協力を進めています。\n",
                 "日本とASEANのサイバー犯罪対策協力について");
}

static void test_title__is_the_dated_line_when_there_is_no_other(void **state)
{
    (void)state;
    assert_title("Bali, 12 October 2002\n\n" STORY, "Bali, 12 October 2002");
}

static void test_title__of_the_seed_articles(void **state)
{
    (void)state;
    static const char *const seeds[][2] = {
        {"000_7ed0a6a444433faf.txt", "ASEAN, Japan to Boost Cybercrime, Counter-Terrorism Cooperation"},
        {"001_a1879b0fc47cd7db.txt", "Asean urged to tap Japan cybersecurity expertise"},
        {"002_3756c614566a9016.txt", ""},
        {"003_b908c73ed0850648.txt", "Japan leads regional effort to fight cyber crime"},
        {"004_5462bcd7e47b9581.txt", "Joint Press Release with the National Information Security Center and the "
                                     "Ministry of Internal Affairs and CommunicationsThe Seventh ASEAN-Japan Cyber "
                                     "Security Policy Meeting was Held"},
    };
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        char path[1024];
        snprintf(path, sizeof path, SHARED_DIR "/seeds/%s", seeds[i][0]);
        struct caught *caught = read_path(path, seeds[i][0]);
        if (caught->status == IO) {
            caught_release(caught);
            skip();
        }
        assert_int_equal(caught->documents, 1);
        assert_string_equal(caught->field[0][FIELD_TITLE], seeds[i][1]);
        assert_string_equal(caught->field[0][FIELD_DATE], i == 4 ? "2014-10-08" : "");
        caught_release(caught);
    }
}

static void test_title_locate__finds_the_line_whatever_its_spaces(void **state)
{
    (void)state;
    struct range range = title_locate(SPAN("News\n  Crime  on the internet \nText"), SPAN("Crime on the internet"));
    assert_int_equal(range.start, 7);
    assert_int_equal(range.end, 29);
    range = title_locate(SPAN("Crime on the internet is\nText"), SPAN("Crime on the internet"));
    assert_int_equal(range.end, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_title__takes_the_line_above_the_story),
        cmocka_unit_test(test_title__passes_over_what_belongs_to_the_page),
        cmocka_unit_test(test_title__passes_over_credits),
        cmocka_unit_test(test_title__finds_none_above_a_text_that_begins_with_its_story),
        cmocka_unit_test(test_title__is_not_all_of_a_text),
        cmocka_unit_test(test_title__is_no_line_of_a_paragraph_broken_at_the_margin),
        cmocka_unit_test(test_title__is_the_line_a_label_names),
        cmocka_unit_test(test_title__is_the_line_that_is_repeated),
        cmocka_unit_test(test_title__stops_at_the_running_text),
        cmocka_unit_test(test_title__reads_scripts_without_spaces),
        cmocka_unit_test(test_title__is_the_dated_line_when_there_is_no_other),
        cmocka_unit_test(test_title__of_the_seed_articles),
        cmocka_unit_test(test_title_locate__finds_the_line_whatever_its_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
