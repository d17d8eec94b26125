/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct chart_bar bars[CHART_BARS_MAX];

static void assert_bar(size_t at, const char *since, const char *until, uint64_t count)
{
    assert_string_equal(bars[at].since, since);
    assert_string_equal(bars[at].until, until);
    assert_int_equal(bars[at].count, count);
}

static void test_bars__of_years_with_gaps(void **state)
{
    (void)state;
    const struct chart_count counts[] = {{"2012", 3}, {"2013", 1}, {"2016", 2}};
    assert_int_equal(chart_bars(bars, counts, 3), 5);
    assert_bar(0, "2012", "2012", 3);
    assert_bar(2, "2014", "2014", 0);
    assert_bar(4, "2016", "2016", 2);
}

static void test_bars__join_years_when_there_are_many(void **state)
{
    (void)state;
    const struct chart_count counts[] = {{"2001", 3}, {"2002", 1}, {"2011", 2}, {"2025", 4}};
    assert_int_equal(chart_bars(bars, counts, 4), 6);
    assert_bar(0, "2000", "2004", 4);
    assert_bar(2, "2010", "2014", 2);
    assert_bar(5, "2025", "2029", 4);
    const struct chart_count ages[] = {{"0001", 1}, {"2025", 4}};
    assert_int_equal(chart_bars(bars, ages, 2), 5);
    assert_bar(0, "0000", "0499", 1);
    assert_bar(4, "2000", "2499", 4);
}

static void test_bars__of_months(void **state)
{
    (void)state;
    const struct chart_count counts[] = {{"2013-11", 3}, {"2014-02", 1}};
    assert_int_equal(chart_bars(bars, counts, 2), 4);
    assert_bar(0, "2013-11", "2013-11", 3);
    assert_bar(1, "2013-12", "2013-12", 0);
    assert_bar(3, "2014-02", "2014-02", 1);
    const struct chart_count longer[] = {{"2013-02", 3}, {"2014-02", 1}};
    assert_int_equal(chart_bars(bars, longer, 2), 7);
    assert_bar(0, "2013-01", "2013-02", 3);
    assert_bar(6, "2014-01", "2014-02", 1);
}

static void test_bars__of_months_over_many_years_are_of_years(void **state)
{
    (void)state;
    const struct chart_count counts[] = {{"2001-05", 3}, {"2001-07", 1}, {"2019-01", 2}};
    assert_int_equal(chart_bars(bars, counts, 3), 10);
    assert_bar(0, "2000", "2001", 4);
    assert_bar(9, "2018", "2019", 2);
}

static void test_bars__none(void **state)
{
    (void)state;
    assert_int_equal(chart_bars(bars, NULL, 0), 0);
}

/* Whatever the dates, no count is lost. */
static void test_bars__leave_no_count_out(void **state)
{
    (void)state;
    for (unsigned first = 0; first < 2000; first += 37)
        for (unsigned span = 0; first + span < 9999; span += span / 3 + 1) {
            struct chart_count counts[2] = {{.count = 5}, {.count = 7}};
            uint64_t sum = 0;
            snprintf(counts[0].date, sizeof counts[0].date, "%04u", first % 10000u);
            snprintf(counts[1].date, sizeof counts[1].date, "%04u", (first + span) % 10000u);
            size_t count = chart_bars(bars, counts, 2);
            assert_true(count >= 1 && count <= CHART_BARS_MAX);
            for (size_t i = 0; i < count; i++) sum += bars[i].count;
            assert_int_equal(sum, 12);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars__of_years_with_gaps),
        cmocka_unit_test(test_bars__join_years_when_there_are_many),
        cmocka_unit_test(test_bars__of_months),
        cmocka_unit_test(test_bars__of_months_over_many_years_are_of_years),
        cmocka_unit_test(test_bars__none),
        cmocka_unit_test(test_bars__leave_no_count_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
