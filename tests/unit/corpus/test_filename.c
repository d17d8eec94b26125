/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "corpus/filename.h"

static const char *day(const char *path)
{
    static char iso[DATE_ISO_BYTES];
    struct date date;
    if (!filename_date(&date, span_of(path))) return "";
    date_iso(iso, date);
    return iso;
}

static void test_filename__reads_year_month_day(void **state)
{
    (void)state;
    assert_string_equal(day("a/2014-10-08-talks.txt"), "2014-10-08");
    assert_string_equal(day("minutes_20141008.pdf"), "2014-10-08");
    assert_string_equal(day("2014_10_08.html"), "2014-10-08");
    assert_string_equal(day("report 2014.10.08 final.docx"), "2014-10-08");
    assert_string_equal(day("talks-8-october-2014.txt"), "2014-10-08");
    assert_string_equal(day("20141008T101500.eml"), "2014-10-08");
}

static void test_filename__claims_nothing_it_cannot_know(void **state)
{
    (void)state;
    assert_string_equal(day("2014-10.txt"), "");
    assert_string_equal(day("08-10-2014.txt"), "");
    assert_string_equal(day("2014-13-08.txt"), "");
    assert_string_equal(day("2014-02-30.txt"), "");
    assert_string_equal(day("120141008.txt"), "");
    assert_string_equal(day("201410081.txt"), "");
    assert_string_equal(day("10201408.txt"), "");
    assert_string_equal(day("2014-10-08/notes.txt"), "");
    assert_string_equal(day("2014-10-08-to-2014-10-09.txt"), "");
    assert_string_equal(day("2014-1008.txt"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filename__reads_year_month_day),
        cmocka_unit_test(test_filename__claims_nothing_it_cannot_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
