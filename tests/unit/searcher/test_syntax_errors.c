/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax.h"
#include "show_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_span(struct span query, enum status status, size_t position, const char *message)
{
    struct syntax *syntax = NULL;
    struct error error = {0};
    assert_int_equal(syntax_parse(&syntax, query, NULL, &error), status);
    assert_null(syntax);
    assert_int_equal(error.status, status);
    assert_int_equal(error.position, position);
    if (!strstr(error.message, message)) assert_string_equal(error.message, message);
}

static void check(const char *query, enum status status, size_t position, const char *message)
{
    check_span(span_of(query), status, position, message);
}

static void test_syntax_errors__name_the_date_that_does_not_exist(void **state)
{
    (void)state;
    check("a date:2014-13", INVALID, 12, "date '2014-13': month 13 does not exist (01 to 12)");
    check("date:2014-00", INVALID, 10, "month 0 does not exist");
    check("date:2014-02-30", INVALID, 13, "date '2014-02-30': day 30 does not exist in 2014-02 (01 to 28)");
    check("date:2013..2014-06-31", INVALID, 19, "day 31 does not exist in 2014-06 (01 to 30)");
    check("date:0000", INVALID, 5, "there is no year 0");
    check("date：２０１４－１３", INVALID, 22, "month 13 does not exist");
}

static void test_syntax_errors__say_how_dates_are_written(void **state)
{
    (void)state;
    static const char *const queries[] = {"date:yesterday",   "date:14",
                                          "date:2014/10",     "date:2014-1",
                                          "date:8.10.2014",   "date:2014..2015..2016",
                                          "date:(2014 OR x)", "date:2014-10-08T10:00:00Z-and-much-more-than-a-date"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        check(queries[i], INVALID, i == 6 ? 14 : 5,
              "is not understood: write 2014, 2014-10, 2014-10-08, 2013-09..2014-10, ..2015, 2015.. or none");
}

static void test_syntax_errors__refuse_ranges_without_sense(void **state)
{
    (void)state;
    check("date:2015..2014", INVALID, 5, "date range '2015..2014' ends before it begins");
    check("date:..", INVALID, 5, "date '..' has no end");
}

static void test_syntax_errors__refuse_stars_that_cannot_be_followed(void **state)
{
    (void)state;
    check("a*", INVALID, 0, "'a*': a star needs at least 2 letters before it");
    check("(é*)", INVALID, 1, "'é*': a star needs at least 2 letters before it");
    check("id:a*", INVALID, 3, "'a*': a star needs at least 2 letters before it");
    check("x cy*er", INVALID, 4, "'cy*er': a star can only end a word");
    check("*ism", INVALID, 0, "'*ism': a star can only end a word");
    check("=cy*er", INVALID, 3, "'cy*er': a star can only end a word");
}

static void test_syntax_errors__refuse_boosts_that_are_no_numbers(void **state)
{
    (void)state;
    check("a^b", INVALID, 2, "boost 'b' is not a number: write word^2 or word^0.5");
    check("(a b)^2x", INVALID, 6, "boost '2x' is not a number");
    check("\"a\"^-1", INVALID, 4, "boost '-1' is not a number");
    check("a^2^3", INVALID, 2, "boost '2^3' is not a number");
    check("a^1..5", INVALID, 2, "boost '1..5' is not a number");
    check("a^1001", LIMIT, 2, "boost '1001' is too large: the most is 1000");
    check("a^99999999999999999999999999", LIMIT, 2, "is too large");
}

static void test_syntax_errors__refuse_near_between_other_things_than_words(void **state)
{
    (void)state;
    check("a NEAR (b AND c)", INVALID, 7, "NEAR joins words, phrases and (a OR b), not '(b AND c)'");
    check("(a b) ADJ c", INVALID, 0, "ADJ joins words, phrases and (a OR b), not '(a b)'");
    check("a NEAR -b", INVALID, 7, "not '-'");
    check("a NEAR NOT b", INVALID, 7, "not 'NOT'");
    check("a NEAR date:2014", INVALID, 7, "not 'date:2014'");
    check("a NEAR language:en", INVALID, 7, "not 'language:en'");
    check("a^2 NEAR b", INVALID, 0, "not 'a^2'");
    check("language:(en NEAR de)", INVALID, 10, "not 'en'");
}

static void test_syntax_errors__refuse_distances_that_are_none(void **state)
{
    (void)state;
    check("a NEAR/0 b", INVALID, 2, "'NEAR/0': the distance goes from 1 to 1000 words");
    check("a ADJ/1001 b", LIMIT, 2, "'ADJ/1001': the distance goes from 1 to 1000 words");
    check("a NEAR/99999999999999999999 b", LIMIT, 2, "the distance goes from 1 to 1000 words");
    check("a NEAR/5 b NEAR/3 c", INVALID, 11, "'NEAR/3' after 'NEAR/5' is not clear");
    check("a NEAR/5 b ADJ/5 c", INVALID, 11, "'ADJ/5' after 'NEAR/5' is not clear");
}

static void test_syntax_errors__refuse_a_field_in_a_field(void **state)
{
    (void)state;
    check("title:(a author:b)", INVALID, 9, "'author:' stands within 'title:'");
    check("title:author:b", INVALID, 6, "'author:' stands within 'title:'");
}

/* [count] times [text], with [end] behind. */
static struct span repeated(const char *text, size_t count, const char *end)
{
    size_t length = strlen(text);
    char *made = malloc(length * count + strlen(end) + 1);
    assert_non_null(made);
    for (size_t i = 0; i < count; i++) memcpy(made + i * length, text, length);
    memcpy(made + length * count, end, strlen(end) + 1);
    return span_of(made);
}

static void check_repeated(const char *text, size_t count, const char *end, enum status status, size_t position,
                           const char *message)
{
    struct span query = repeated(text, count, end);
    if (status) {
        check_span(query, status, position, message);
    } else {
        struct syntax *syntax;
        assert_int_equal(syntax_parse(&syntax, query, NULL, NULL), OK);
        syntax_free(syntax);
    }
    free((char *)query.data);
}

static void test_syntax_errors__limit_nesting(void **state)
{
    (void)state;
    check_repeated("(", 1000, "a", LIMIT, 100, "more than 100 parentheses and NOTs within each other");
    check_repeated("(", 200000, "a", LIMIT, 100, "more than 100 parentheses");
    check_repeated("NOT ", 1000, "a", LIMIT, 400, "more than 100 parentheses and NOTs");
    check_repeated("-(", 1000, "a", LIMIT, 100, "more than 100 parentheses and NOTs");
    check_repeated("(", 100, "a", OK, 0, "");
    check_repeated("(a) ", 4096, "", OK, 0, "");
}

static void test_syntax_errors__never_come_from_printing(void **state)
{
    (void)state;
    const struct syntax_options strict = {.strict = true};
    struct span open = repeated("(-x a AND b OR ", 100, "z"), close = repeated(")", 100, "");
    struct buffer query, printed;
    struct syntax *syntax, *again;
    buffer_init(&query, 10000);
    buffer_init(&printed, 10000);
    assert_int_equal(buffer_append_span(&query, open), OK);
    assert_int_equal(buffer_append_span(&query, close), OK);
    assert_int_equal(syntax_parse(&syntax, buffer_span(&query), &strict, NULL),
                     LIMIT); /* the last -x is one too many */
    query.data[99 * 15 + 1] = ' ';
    assert_int_equal(syntax_parse(&syntax, buffer_span(&query), &strict, NULL), OK);
    assert_int_equal(syntax_print(&printed, syntax), OK);
    assert_int_equal(syntax_parse(&again, buffer_span(&printed), &strict, NULL), OK);
    assert_true(syntax_equal(syntax->root, again->root));
    syntax_free(syntax);
    syntax_free(again);
    buffer_release(&query);
    buffer_release(&printed);
    free((char *)open.data);
    free((char *)close.data);
}

static void test_syntax_errors__limit_words(void **state)
{
    (void)state;
    check_repeated("=word ", 4096, "", OK, 0, "");
    check_repeated("word^2 AND ", 4097, "x", LIMIT, 11 * 4096, "the query has more than 4096 words");
    check_repeated("a OR ", 4097, "b", LIMIT, 5 * 4096, "the query has more than 4096 words");
}

static void test_syntax_errors__limit_bytes(void **state)
{
    (void)state;
    check_repeated("-", SYNTAX_BYTES_MAX, "", OK, 0, "");
    check_repeated("x", SYNTAX_BYTES_MAX, "", OK, 0, "");
    check_repeated("-", SYNTAX_BYTES_MAX + 1, "", LIMIT, SYNTAX_BYTES_MAX,
                   "the query has 1048577 bytes, and at most 1048576 are read");
}

static void test_syntax_errors__limit_wildcards(void **state)
{
    (void)state;
    check_repeated("cyb* ", 8, "", OK, 0, "");
    check_repeated("cyb* ", 9, "", LIMIT, 40, "'cyb*': at most 8 words of a query may end in a star");
}

static void test_syntax_errors__come_as_fast_for_hostile_queries(void **state)
{
    (void)state;
    static const char *const texts[] = {"\"",    "“",    "« ",     "title:", "a NEAR ",  "AND ", "OR NOT ", ") ",
                                        "\" \"", "a\" ", "date: ", "*",      "^",        "a^",   "=\"",     "-",
                                        "(",     "()",   "\xFF",   "“”",     "title:\"", "»",    "\"“«",    "NOT "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct span query = repeated(texts[i], 256 * 1024 / strlen(texts[i]), "");
        struct syntax *syntax = NULL;
        struct error error;
        if (!syntax_parse(&syntax, query, NULL, &error)) syntax_free(syntax); /* quadratic, each would take minutes */
        free((char *)query.data);
    }
}

static void test_syntax_errors__show_no_bytes_that_are_not_text(void **state)
{
    (void)state;
    struct syntax *syntax;
    struct error error;
    assert_int_equal(syntax_parse(&syntax, SPAN("date:\xFF\xFE"), NULL, &error), INVALID);
    assert_true(utf8_valid(span_of(error.message)));
    assert_non_null(strstr(error.message, "date '\xEF\xBF\xBD\xEF\xBF\xBD' is not understood"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_syntax_errors__name_the_date_that_does_not_exist),
        cmocka_unit_test(test_syntax_errors__say_how_dates_are_written),
        cmocka_unit_test(test_syntax_errors__refuse_ranges_without_sense),
        cmocka_unit_test(test_syntax_errors__refuse_stars_that_cannot_be_followed),
        cmocka_unit_test(test_syntax_errors__refuse_boosts_that_are_no_numbers),
        cmocka_unit_test(test_syntax_errors__refuse_near_between_other_things_than_words),
        cmocka_unit_test(test_syntax_errors__refuse_distances_that_are_none),
        cmocka_unit_test(test_syntax_errors__refuse_a_field_in_a_field),
        cmocka_unit_test(test_syntax_errors__limit_nesting),
        cmocka_unit_test(test_syntax_errors__never_come_from_printing),
        cmocka_unit_test(test_syntax_errors__limit_words),
        cmocka_unit_test(test_syntax_errors__limit_bytes),
        cmocka_unit_test(test_syntax_errors__limit_wildcards),
        cmocka_unit_test(test_syntax_errors__come_as_fast_for_hostile_queries),
        cmocka_unit_test(test_syntax_errors__show_no_bytes_that_are_not_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
