/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/dateline.h"
#include "fixture.h"

static void assert_date(const char *text, const char *expected)
{
    struct date date;
    char iso[DATE_ISO_BYTES] = "";
    if (dateline_find(&date, span_of(text))) date_iso(iso, date);
    if (strcmp(iso, expected) != 0) fail_msg("'%s', not '%s', in:\n%s", iso, expected, text);
}

#define STORY                                                                                                          \
    "Ministers of ten countries met in March 2013 to speak about crime on the internet and what can be done.\n"        \
    "They will meet again on May 5, 2016, the host said when the day was over.\n"

static void test_dateline__reads_release_lines(void **state)
{
    (void)state;
    assert_date("Crime on the internet\n\n" STORY "\nRelease Date\n\nOctober 8, 2014\n\nDivision in Charge\n",
                "2014-10-08");
    assert_date("Crime on the internet\n\n" STORY "\nReleased: 8 March 2017\nContact: press desk\n", "2017-03-08");
    assert_date("Crime on the internet\nPublished: 8 Oct 2014 10:15\n\n" STORY, "2014-10-08");
    assert_date("Crime on the internet\nPosted on October 8, 2014 | By Felix Kim\n\n" STORY, "2014-10-08");
    assert_date("件名\n発表日：2014年10月8日\n\n" STORY, "2014-10-08");
    assert_date("Kejahatan siber\nDiterbitkan: 8 Oktober 2014\n\n" STORY, "2014-10-08");
    assert_date("Tội phạm mạng\nNgày đăng: 8/10/2014\n\n" STORY, "");
    assert_date("Tội phạm mạng\nNgày đăng: ngày 8/10/2014\n\n" STORY, "2014-10-08");
}

static void test_dateline__reads_lines_that_are_dates(void **state)
{
    (void)state;
    assert_date("Crime on the internet\nOctober 8, 2014\n\n" STORY, "2014-10-08");
    assert_date("October 7 and 8, 2014\n\n" STORY, "2014-10-08");
    assert_date("2014-10-08\n" STORY, "2014-10-08");
    assert_date("Crime on the internet\nTokyo, 8 October 2014\n\n" STORY, "2014-10-08");
    assert_date("Crime on the internet\n18-19 November 2015, Kuala Lumpur, Malaysia\n\n" STORY, "2015-11-19");
    assert_date("Crime on the internet\n8 October 2014 | Press release\n\n" STORY, "2014-10-08");
    assert_date("Crime on the internet\n(Wednesday, 8 October 2014, 10:15 p.m. JST)\n\n" STORY, "2014-10-08");
    assert_date("Crime on the internet\nBy Felix Kim - October 8, 2014\n\n" STORY, "2014-10-08");
    assert_date("ข่าว\n8 ตุลาคม 2557\n\n" STORY, "2014-10-08");
    assert_date("Minutes of the working group\nDate: 8 October 2014\n\n" STORY, "2014-10-08");
    assert_date(
        "Minutes of the working group\nDate and venue: October 7 (Tue.) and 8 (Wed.), 2014, at Keio Plaza\n\n" STORY,
        "2014-10-08");
}

static void test_dateline__reads_the_opening_of_the_story(void **state)
{
    (void)state;
    assert_date("Crime on the internet\nTOKYO, Oct. 8, 2014 (Kyodo) -- " STORY, "2014-10-08");
    assert_date("Crime on the internet\nTOKYO, Dec 17, 2023: " STORY, "2023-12-17");
    assert_date("Crime on the internet\nJakarta, 12 Maret 2019 - " STORY, "2019-03-12");
    assert_date("Crime on the internet\n(KUALA LUMPUR, 8 October 2014) – " STORY, "2014-10-08");
    assert_date("TOKYO, Oct. 8 (Kyodo) -- " STORY, "");
}

static void test_dateline__reads_a_date_at_the_end(void **state)
{
    (void)state;
    assert_date("Crime on the internet\n\n" STORY "\n8 October 2014\n", "2014-10-08");
}

static void test_dateline__takes_no_date_from_running_text(void **state)
{
    (void)state;
    assert_date("Crime on the internet\n\n" STORY, "");
    assert_date("On October 7 and 8, 2014, the Ministry held the seventh meeting on crime on the internet.\n" STORY,
                "");
    assert_date("Published 8 October 2014 in the gazette, the law has since been changed by several others.\n" STORY,
                "");
    assert_date("Crime on the internet\n\n" STORY "\nDate and venue: October 7, 2014, at Keio Plaza Hotel\n\n" STORY
                "\nNotes\nFirst\nSecond\nThird\nFourth\nFifth\n",
                "");
}

static void test_dateline__takes_no_event_for_the_day_of_the_document(void **state)
{
    (void)state;
    assert_date("Bali, 12 October 2002\n\n" STORY, "");
    assert_date("Attack of 11 September 2001\n\n" STORY, "");
    assert_date("What we know of the attack of 11 September 2001 today\n\n" STORY, "");
    assert_date("Crime on the internet\n03/04/2015\n\n" STORY, "");
}

static void test_dateline__finds_none_where_the_end_disagrees(void **state)
{
    (void)state;
    assert_date(STORY "\nPublished: 8 October 2014\nPublished: 9 October 2014\n", "");
}

static void test_dateline__prefers_release_to_meeting(void **state)
{
    (void)state;
    assert_date("Seventh meeting\nDate: 7 October 2014\n\n" STORY "\nReleased on 9 October 2014\n", "2014-10-09");
}

static void test_dateline__survives_empty_and_odd_texts(void **state)
{
    (void)state;
    assert_date("", "");
    assert_date("\n \n\t\n", "");
    assert_date("Date:", "");
    assert_date("Release Date", "");
    assert_date("Release Date\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dateline__reads_release_lines),
        cmocka_unit_test(test_dateline__reads_lines_that_are_dates),
        cmocka_unit_test(test_dateline__reads_the_opening_of_the_story),
        cmocka_unit_test(test_dateline__reads_a_date_at_the_end),
        cmocka_unit_test(test_dateline__takes_no_date_from_running_text),
        cmocka_unit_test(test_dateline__takes_no_event_for_the_day_of_the_document),
        cmocka_unit_test(test_dateline__finds_none_where_the_end_disagrees),
        cmocka_unit_test(test_dateline__prefers_release_to_meeting),
        cmocka_unit_test(test_dateline__survives_empty_and_odd_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
