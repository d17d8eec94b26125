/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/date.h"
#include "fixture.h"

static void assert_parses(const char *text, const char *expected)
{
    struct date date;
    char iso[DATE_ISO_BYTES] = "";
    if (date_parse(&date, span_of(text))) date_iso(iso, date);
    if (strcmp(iso, expected) != 0) fail_msg("'%s' gave '%s', not '%s'", text, iso, expected);
}

static void test_date__reads_what_fields_hold(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"2014-10-08", "2014-10-08"},
        {" 2014-10-08 ", "2014-10-08"},
        {"2014/10/8", "2014-10-08"},
        {"2014.10.08", "2014-10-08"},
        {"20141008", "2014-10-08"},
        {"2014-10-08T10:15:00Z", "2014-10-08"},
        {"2014-10-08T10:15:00.123456+09:00", "2014-10-08"},
        {"2014-10-08T10:15:00+0900", "2014-10-08"},
        {"2014-10-08 10:15", "2014-10-08"},
        {"October 8, 2014", "2014-10-08"},
        {"October 8th, 2014", "2014-10-08"},
        {"October 8 2014", "2014-10-08"},
        {"OCTOBER 8, 2014", "2014-10-08"},
        {"Oct. 8, 2014", "2014-10-08"},
        {"Oct 8, 2014, 10:15 p.m. JST", "2014-10-08"},
        {"Wednesday, October 8, 2014", "2014-10-08"},
        {"8 October 2014", "2014-10-08"},
        {"8th October, 2014", "2014-10-08"},
        {"8th of October 2014", "2014-10-08"},
        {"Wed, 08 Oct 2014 10:15:00 +0900", "2014-10-08"},
        {"Wed Oct  8 10:15:00 2014", "2014-10-08"},
        {"Wed Oct  8 10:15:00 2014 +0900", "2014-10-08"},
        {"26-FEB-1987 15:01:01.79", "1987-02-26"},
        {"October 8, 2014 (Wednesday)", "2014-10-08"},
        {"8 Oct 2014 | 10:15", "2014-10-08"},
        {"1412733600", "2014-10-08"},
        {"1412733600000", "2014-10-08"},
        {"8.10.2014", "2014-10-08"},
        {"25/12/2015", "2015-12-25"},
        {"12/25/2015", "2015-12-25"},
        {"05/05/2015", "2015-05-05"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_parses(rows[i][0], rows[i][1]);
}

static void test_date__reads_the_languages_of_the_region(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"2014年10月8日", "2014-10-08"},
        {"2014年10月8日（水）", "2014-10-08"},
        {"２０１４年１０月８日", "2014-10-08"},
        {"2014 年 10 月 8 日", "2014-10-08"},
        {"平成26年10月8日", "2014-10-08"},
        {"令和元年5月1日", "2019-05-01"},
        {"昭和62年2月26日", "1987-02-26"},
        {"2014년 10월 8일", "2014-10-08"},
        {"8 ตุลาคม 2557", "2014-10-08"},
        {"๘ ตุลาคม ๒๕๕๗", "2014-10-08"},
        {"8 ต.ค. 2557", "2014-10-08"},
        {"8 ตุลาคม พ.ศ. 2557", "2014-10-08"},
        {"8 ตุลาคม ค.ศ. 2014", "2014-10-08"},
        {"วันพุธที่ 8 ตุลาคม 2557", "2014-10-08"},
        {"วันที่ 8/10/2557", "2014-10-08"},
        {"8 Oktober 2014", "2014-10-08"},
        {"Rabu, 8 Oktober 2014", "2014-10-08"},
        {"Jumat, 1 Agustus 2014 pukul 10.15 WIB", "2014-08-01"},
        {"17 Agt 2014", "2014-08-17"},
        {"8hb Oktober 2014", "2014-10-08"},
        {"1 Ogos 2014", "2014-08-01"},
        {"31 Disember 2014", "2014-12-31"},
        {"3 Mac 2014", "2014-03-03"},
        {"8 tháng 10 năm 2014", "2014-10-08"},
        {"Ngày 8 tháng 10 năm 2014", "2014-10-08"},
        {"ngày 8/10/2014", "2014-10-08"},
        {"Thứ Tư, ngày 8 tháng 10, 2014", "2014-10-08"},
        {"8. Oktober 2014", "2014-10-08"},
        {"Mittwoch, 8. Oktober 2014", "2014-10-08"},
        {"1er octobre 2014", "2014-10-01"},
        {"8 de octubre de 2014", "2014-10-08"},
        {"8 août 2014", "2014-08-08"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_parses(rows[i][0], rows[i][1]);
}

static void test_date__takes_the_last_day_of_a_span(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"October 7 and 8, 2014", "2014-10-08"},
        {"October 7-8, 2014", "2014-10-08"},
        {"October 7 – 8, 2014", "2014-10-08"},
        {"October 7 (Tue.) and 8 (Wed.), 2014", "2014-10-08"},
        {"October 6, 7 and 8, 2014", "2014-10-08"},
        {"October 6, 7, and 8, 2014", "2014-10-08"},
        {"7-8 October 2014", "2014-10-08"},
        {"7 to 8 October 2014", "2014-10-08"},
        {"7 dan 8 Oktober 2014", "2014-10-08"},
        {"September 30 – October 1, 2014", "2014-10-01"},
        {"30 September – 1 October 2014", "2014-10-01"},
        {"30 December 2014 – 2 January 2015", "2015-01-02"},
        {"7-8 ตุลาคม 2557", "2014-10-08"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_parses(rows[i][0], rows[i][1]);
}

static void test_date__refuses_what_may_mean_two_days(void **state)
{
    (void)state;
    assert_parses("03/04/2015", "");
    assert_parses("03-04-2015", "");
    assert_parses("3/4/15", "");
    assert_parses("26-FEB-87", "");
}

static void test_date__refuses_days_that_do_not_exist(void **state)
{
    (void)state;
    assert_parses("2014-02-29", "");
    assert_parses("2016-02-29", "2016-02-29");
    assert_parses("1900-02-29", "");
    assert_parses("2000-02-29", "2000-02-29");
    assert_parses("2014-13-01", "");
    assert_parses("2014-00-10", "");
    assert_parses("2014-10-00", "");
    assert_parses("2014-04-31", "");
    assert_parses("0999-01-01", "");
    assert_parses("2557-10-08", "");
    assert_parses("September 31, 2014", "");
    assert_parses("平成50年10月8日", "");
    assert_parses("99999999", "");
}

static void test_date__refuses_what_is_no_day(void **state)
{
    (void)state;
    static const char *const rows[] = {"",
                                       "2014",
                                       "October 2014",
                                       "yesterday",
                                       "2014-10",
                                       "8 October",
                                       "October 8",
                                       "May 2014",
                                       "2014-10-081",
                                       "2014-10-08-1",
                                       "12014-10-08",
                                       "October 8, 20145",
                                       "October 8, 2014 was a fine day",
                                       "Maryland 8, 2014",
                                       "10:15",
                                       "1.2.3.4",
                                       "192.168.10.2014"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_parses(rows[i], "");
}

static void test_date__scans_within_text_and_moves_past_the_date(void **state)
{
    (void)state;
    struct span text = SPAN("Tokyo, 8 October 2014 (Kyodo)");
    struct date date;
    size_t offset = 7;
    assert_true(date_scan(&date, text, &offset));
    assert_int_equal(offset, 21);
    assert_int_equal(date.day, 8);
    offset = 8; /* behind the day */
    assert_false(date_scan(&date, text, &offset));
    assert_int_equal(offset, 8);
}

static void test_date__starts_at_no_part_of_a_longer_number(void **state)
{
    (void)state;
    struct span text = SPAN("118 October 2014");
    struct date date;
    size_t offset = 1;
    assert_false(date_scan(&date, text, &offset));
    offset = 2;
    assert_false(date_scan(&date, text, &offset));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_date__reads_what_fields_hold),
        cmocka_unit_test(test_date__reads_the_languages_of_the_region),
        cmocka_unit_test(test_date__takes_the_last_day_of_a_span),
        cmocka_unit_test(test_date__refuses_what_may_mean_two_days),
        cmocka_unit_test(test_date__refuses_days_that_do_not_exist),
        cmocka_unit_test(test_date__refuses_what_is_no_day),
        cmocka_unit_test(test_date__scans_within_text_and_moves_past_the_date),
        cmocka_unit_test(test_date__starts_at_no_part_of_a_longer_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
