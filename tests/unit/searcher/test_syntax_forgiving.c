/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax.h"
#include "show_tree.h"

#include <string.h>

/* The query gives [tree] and one notice that begins at [position] and contains [notice]; strict, it gives that error.
 */
static void check(const char *query, const char *tree, size_t position, const char *notice)
{
    struct syntax *syntax;
    struct error error;
    struct buffer buffer;
    const struct syntax_options strict = {.strict = true};
    buffer_init(&buffer, 4096);
    assert_int_equal(syntax_parse(&syntax, span_of(query), NULL, &error), OK);
    if (syntax->root) show_tree(&buffer, syntax->root);
    assert_string_equal(buffer.data ? buffer.data : "", tree);
    size_t expected = *tree ? 1 : 2; /* what asks for nothing is told so as well */
    assert_int_equal(syntax->notice_count, expected);
    assert_int_equal(syntax->notices_total, expected);
    assert_int_equal(syntax->notices[0].range.start, position);
    assert_true(syntax->notices[0].range.end > position);
    assert_non_null(strstr(syntax->notices[0].text, notice));
    syntax_free(syntax);
    assert_int_equal(syntax_parse(&syntax, span_of(query), &strict, &error), INVALID);
    assert_int_equal(error.position, position);
    assert_non_null(strstr(error.message, notice));
    buffer_release(&buffer);
}

static void test_forgiving__reads_an_unclosed_quote_as_words(void **state)
{
    (void)state;
    check("\"cyber crime", "(seq cyber crime)", 0, "a quote without its partner");
    check("cyber crime\"", "(seq cyber crime)", 11, "a quote without its partner");
    check("a “b c", "(seq a b c)", 2, "a quote without its partner");
    check("(a -\") b", "(seq a b)", 4, "a quote without its partner");
    check("a» b", "(seq a b)", 1, "a quote without its partner");
}

static void test_forgiving__says_when_nothing_is_left(void **state)
{
    static const char *const queries[] = {"!!!", " \xE2\x80\x94 ", "=", "&& ..", "? !"};
    const struct syntax_options strict = {.strict = true};
    struct syntax *syntax;
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        assert_int_equal(syntax_parse(&syntax, span_of(queries[i]), NULL, &error), OK);
        assert_null(syntax->root);
        assert_int_equal(syntax->notice_count, 1);
        assert_string_equal(syntax->notices[0].text,
                            "nothing to look for is left, no word and no filter: every document is shown");
        syntax_free(syntax);
        assert_int_equal(syntax_parse(&syntax, span_of(queries[i]), &strict, &error), INVALID);
    }
    assert_int_equal(syntax_parse(&syntax, SPAN(" \t "), &strict, &error), OK);
    assert_int_equal(syntax->notice_count, 0);
    syntax_free(syntax);
}

static void test_forgiving__takes_inches_for_no_quote(void **state)
{
    (void)state;
    check("5\" x \"7 8\"", "(seq 5 x \"7 8\")", 1, "a quote without its partner");
}

static void test_forgiving__closes_parentheses_at_the_end(void **state)
{
    (void)state;
    check("a OR (b c", "(or a (seq b c))", 5, "a '(' without its ')'");
    check("a) b", "(seq a b)", 1, "a ')' without its '('");
    check("a OR b) c", "(or a (seq b c))", 6, "a ')' without its '('");
}

static void test_forgiving__leaves_out_what_is_empty(void **state)
{
    (void)state;
    check("a () b", "(seq a b)", 2, "nothing between the parentheses");
    check("\"\"", "", 0, "nothing between the quotes");
    check("a \" - \" b", "(seq a b)", 2, "nothing between the quotes");
    check("a AND () OR b", "(or a b)", 6, "nothing between the parentheses");
    check("title:! b", "b", 0, "nothing to look for in 'title:'");
    check("* b", "b", 0, "a star without letters");
    check("a^ b", "(seq a b)", 1, "no number after '^'");
}

static void test_forgiving__reads_operators_without_sides_as_words(void **state)
{
    (void)state;
    check("AND a", "(seq and a)", 0, "'AND' has nothing to join here");
    check("a AND", "(seq a and)", 2, "'AND' has nothing to join here");
    check("OR", "or", 0, "'OR' has nothing to join here");
    check("NOT", "not", 0, "'NOT' has nothing to join here");
    check("a NEAR", "(seq a near)", 2, "'NEAR' has nothing to join here");
    check("NEAR/5 a", "(seq near/5 a)", 0, "'NEAR/5' has nothing to join here");
    check("a (b OR) c", "(seq a b or c)", 5, "'OR' has nothing to join here");
    check("a OR AND b", "(and (seq a or) b)", 2, "'OR' has nothing to join here");
}

static void test_forgiving__reads_a_field_without_value_as_a_word(void **state)
{
    (void)state;
    check("Source: Reuters", "(seq Source Reuters)", 0, "nothing behind 'Source:'");
    check("title:", "title", 0, "nothing behind 'title:'");
}

static void test_forgiving__keeps_notices_in_the_order_of_the_query(void **state)
{
    (void)state;
    struct syntax *syntax;
    assert_int_equal(syntax_parse(&syntax, SPAN("(a \" OR"), NULL, NULL), OK);
    assert_int_equal(syntax->notice_count, 3);
    for (size_t i = 1; i < 3; i++) assert_true(syntax->notices[i - 1].range.start < syntax->notices[i].range.start);
    syntax_free(syntax);
}

static void test_forgiving__counts_the_notices_it_does_not_keep(void **state)
{
    (void)state;
    struct syntax *syntax;
    char query[] = ") ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) a";
    assert_int_equal(syntax_parse(&syntax, span_of(query), NULL, NULL), OK);
    assert_int_equal(syntax->notice_count, SYNTAX_NOTICES_MAX);
    assert_int_equal(syntax->notices_total, 20);
    syntax_free(syntax);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forgiving__says_when_nothing_is_left),
        cmocka_unit_test(test_forgiving__reads_an_unclosed_quote_as_words),
        cmocka_unit_test(test_forgiving__takes_inches_for_no_quote),
        cmocka_unit_test(test_forgiving__closes_parentheses_at_the_end),
        cmocka_unit_test(test_forgiving__leaves_out_what_is_empty),
        cmocka_unit_test(test_forgiving__reads_operators_without_sides_as_words),
        cmocka_unit_test(test_forgiving__reads_a_field_without_value_as_a_word),
        cmocka_unit_test(test_forgiving__keeps_notices_in_the_order_of_the_query),
        cmocka_unit_test(test_forgiving__counts_the_notices_it_does_not_keep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
