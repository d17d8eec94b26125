/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct page_request request;
static struct error error;

static enum status read(const char *query_string)
{
    error = (struct error){0};
    return page_request_read(&request, &arena, span_of(query_string), &error);
}

static void expect_canonical(const char *given, const char *expected)
{
    struct buffer out;
    buffer_init(&out, 1 << 20);
    assert_int_equal(read(given), OK);
    assert_int_equal(page_request_write(&out, &request), OK);
    assert_string_equal(out.data ? out.data : "", expected);
    assert_int_equal(read(expected), OK);
    buffer_clear(&out);
    assert_int_equal(page_request_write(&out, &request), OK);
    assert_string_equal(out.data ? out.data : "", expected);
    buffer_release(&out);
}

static void expect_error(const char *given, const char *words)
{
    assert_int_equal(read(given), INVALID);
    assert_non_null(strstr(error.message, words));
}

static void assert_span(struct span span, const char *expected)
{
    assert_true(span_equal(span, span_of(expected)));
}

static void test_read__decodes_all_parameters(void **state)
{
    (void)state;
    assert_int_equal(
        read("q=cyber+crime%21&org=A%26B&org=C&person=%E5%B2%B8%E7%94%B0&year=2014&since=2013-09&until=2014"
             "&match=any&sort=newest&n=25&start=50&format=json&more=place&find=tok&db=news&names=off"),
        OK);
    assert_span(request.query, "cyber crime!");
    assert_int_equal(request.filter_count, 4);
    assert_int_equal(request.filters[0].kind, FACET_ORGANIZATION);
    assert_span(request.filters[0].value, "A&B");
    assert_span(request.filters[2].value, "岸田");
    assert_span(request.since, "2013-09");
    assert_span(request.until, "2014");
    assert_int_equal(request.match, MATCH_ANY);
    assert_int_equal(request.sort, SORT_NEWEST);
    assert_int_equal(request.count, 25);
    assert_int_equal(request.start, 50);
    assert_int_equal(request.format, FORMAT_JSON);
    assert_int_equal(request.more, FACET_PLACE);
    assert_span(request.containing, "tok");
    assert_span(request.index, "news");
    assert_true(request.plain);
}

static void test_read__knows_omegas_names(void **state)
{
    (void)state;
    assert_int_equal(read("P=peace+treaty&TOPDOC=20&HITSPERPAGE=20&DB=news"), OK);
    assert_span(request.query, "peace treaty");
    assert_int_equal(request.start, 20);
    assert_int_equal(request.count, 20);
    assert_span(request.index, "news");
    expect_canonical("P=a&TOPDOC=20&HITSPERPAGE=20", "q=a&n=20&start=20");
}

static void test_read__defaults(void **state)
{
    (void)state;
    assert_int_equal(read(""), OK);
    assert_true(page_request_is_empty(&request));
    assert_int_equal(request.more, FACET_COUNT);
    assert_int_equal(request.kind, FACET_COUNT);
    assert_int_equal(read("utm_source=x&&&=&q=&org=&n=&start=&since=&sort=&%FF=1"), OK);
    assert_true(page_request_is_empty(&request));
    assert_int_equal(read("sort=newest"), OK);
    assert_false(page_request_is_empty(&request));
}

static void test_read__keeps_numbers_within_bounds(void **state)
{
    (void)state;
    assert_int_equal(read("n=1000000000000000000000&start=99999999999999999999"), OK);
    assert_int_equal(request.count, 100);
    assert_int_equal(request.start, HITS_MAX);
    assert_int_equal(read("n=1"), OK);
    assert_int_equal(request.count, 10);
}

static void test_read__refuses_what_cannot_be(void **state)
{
    (void)state;
    expect_error("q=a%00b", "q holds a NUL byte");
    expect_error("q=%C3%28", "q is not UTF-8");
    expect_error("person=%ED%A0%80", "person is not UTF-8");
    expect_error("q=a&q=b", "q is given twice");
    expect_error("q=a&P=b", "q is given twice");
    expect_error("n=ten", "n is not a number");
    expect_error("start=-1", "start is not a number");
    expect_error("sort=best", "sort is none of: relevance, newest, oldest");
    expect_error("format=xml", "format is none of: html, json, atom, csv");
    expect_error("since=2014-13", "since is not a date");
    expect_error("until=yesterday", "until is not a date");
    expect_error("more=colour", "more is none of: org, person");
    expect_error("names=perhaps", "names is none of: on, off");
}

static void test_read__has_limits(void **state)
{
    (void)state;
    char *long_query = calloc(1, QUERY_STRING_BYTES_MAX + 10);
    memset(long_query, 'a', QUERY_STRING_BYTES_MAX + 1);
    assert_int_equal(read(long_query), LIMIT);
    memcpy(long_query, "q=", 2);
    long_query[2 + QUERY_BYTES_MAX + 1] = '\0';
    expect_error(long_query, "q is longer than 2000 bytes");
    long_query[2 + QUERY_BYTES_MAX] = '\0';
    assert_int_equal(read(long_query), OK);
    long_query[0] = '\0';
    for (int i = 0; i <= PARAMETERS_MAX; i++) strcat(long_query, "x=1&");
    expect_error(long_query, "more than 200 parameters");
    long_query[0] = '\0';
    for (int i = 0; i <= FILTERS_MAX; i++) sprintf(long_query + strlen(long_query), "org=%d&", i);
    expect_error(long_query, "more than 64 filters");
    free(long_query);
}

static void test_write__is_canonical(void **state)
{
    (void)state;
    expect_canonical("format=html&sort=relevance&q=b%20a", "q=b+a");
    expect_canonical("start=10&place=X&org=B&org=A&q=%22a%22&org=B", "q=%22a%22&org=B&org=A&place=X&start=10");
    expect_canonical("q=100%&id=a/b.txt", "q=100%25&id=a%2Fb.txt");
    expect_canonical("name=ASEAN&kind=org", "kind=org&name=ASEAN");
    expect_canonical("q=a%2;b&match=auto", "q=a%252%3Bb");
}

/* Any bytes: what can be read can be written, and reads and writes the same from then on. */
static void test_write__round_trip_of_random_addresses(void **state)
{
    (void)state;
    static const char *const parts[] = {"q=",    "org=",        "&",         "=",      "%41", "%",      "+",
                                        "a",     "é",           "since=",    "2014",   "-01", "n=",     "33",
                                        "start", "sort=",       "newest",    "place=", "%26", "%C3%A9", "id=",
                                        "name=", "kind=person", "more=year", "\"",     "<",   "#"};
    unsigned seed = 7;
    struct buffer given, one, two;
    buffer_init(&given, 1 << 16);
    buffer_init(&one, 1 << 20);
    buffer_init(&two, 1 << 20);
    size_t read_well = 0;
    for (int round = 0; round < 20000; round++) {
        buffer_clear(&given);
        buffer_clear(&one);
        buffer_clear(&two);
        arena_reset(&arena);
        seed = seed * 1103515245u + 12345u;
        for (unsigned i = 0, n = (seed >> 16) % 14; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            buffer_append_string(&given, parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
        }
        if (page_request_read(&request, &arena, buffer_span(&given), &error)) continue;
        read_well++;
        assert_int_equal(page_request_write(&one, &request), OK);
        assert_int_equal(page_request_read(&request, &arena, buffer_span(&one), &error), OK);
        assert_int_equal(page_request_write(&two, &request), OK);
        assert_true(span_equal(buffer_span(&one), buffer_span(&two)));
    }
    assert_true(read_well > 5000);
    buffer_release(&given);
    buffer_release(&one);
    buffer_release(&two);
}

static void test_steps__go_back_to_the_first_page(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 1 << 16);
    assert_int_equal(read("q=a&org=X&start=30&n=25"), OK);
    page_request_add(&request, FACET_PLACE, SPAN("Tokyo"));
    assert_int_equal(page_request_write(&out, &request), OK);
    assert_string_equal(out.data, "q=a&org=X&place=Tokyo&n=25");
    assert_int_equal(read("q=a&org=X&org=Y&start=30"), OK);
    assert_true(page_request_has(&request, FACET_ORGANIZATION, SPAN("X")));
    page_request_remove(&request, FACET_ORGANIZATION, SPAN("X"));
    assert_false(page_request_has(&request, FACET_ORGANIZATION, SPAN("X")));
    buffer_clear(&out);
    assert_int_equal(page_request_write(&out, &request), OK);
    assert_string_equal(out.data, "q=a&org=Y");
    assert_int_equal(read("q=a&org=X&since=2014&start=30"), OK);
    page_request_clear(&request);
    buffer_clear(&out);
    assert_int_equal(page_request_write(&out, &request), OK);
    assert_string_equal(out.data, "q=a");
    buffer_release(&out);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 24);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read__decodes_all_parameters, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__knows_omegas_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__defaults, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__keeps_numbers_within_bounds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__refuses_what_cannot_be, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__has_limits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__is_canonical, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__round_trip_of_random_addresses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_steps__go_back_to_the_first_page, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
