/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax.h"
#include "show_tree.h"

#include <string.h>

static void check(const char *query, const char *tree, size_t notices)
{
    struct syntax *syntax;
    struct buffer buffer;
    buffer_init(&buffer, 4096);
    assert_int_equal(syntax_parse(&syntax, span_of(query), NULL, NULL), OK);
    show_tree(&buffer, syntax->root);
    assert_string_equal(buffer.data, tree);
    assert_int_equal(syntax->notice_count, notices);
    syntax_free(syntax);
    buffer_release(&buffer);
}

static void test_shout__reads_a_headline_in_capitals_as_words(void **state)
{
    (void)state;
    check("ASEAN MINISTERS AND JAPAN DISCUSS CYBER CRIME", "(seq ASEAN MINISTERS and JAPAN DISCUSS CYBER CRIME)", 1);
}

static void test_shout__leaves_combined_acronyms_alone(void **state)
{
    (void)state;
    check("NATO AND EU", "(and NATO EU)", 0);
    check("NATO OR EU OR UN OR WHO OR WTO", "(or NATO EU UN WHO WTO)", 0);
}

static void test_shout__leaves_mixed_case_alone(void **state)
{
    (void)state;
    check("ASEAN MINISTERS AND JAPAN DISCUSS CYBER crime",
          "(and (seq ASEAN MINISTERS) (seq JAPAN DISCUSS CYBER crime))", 0);
}

static void test_shout__is_no_guess_for_scripts(void **state)
{
    (void)state;
    const struct syntax_options strict = {.strict = true};
    struct syntax *syntax;
    assert_int_equal(syntax_parse(&syntax, SPAN("ASEAN MINISTERS AND JAPAN DISCUSS CYBER CRIME"), &strict, NULL), OK);
    assert_int_equal(syntax->root->kind, SYNTAX_AND);
    syntax_free(syntax);
}

static void test_shout__prints_operators_that_are_read_again(void **state)
{
    (void)state;
    struct syntax *syntax, *again;
    struct buffer buffer;
    buffer_init(&buffer, 4096);
    assert_int_equal(syntax_parse(&syntax, SPAN("(KOREA JAPAN CHINA) AND USA"), NULL, NULL), OK);
    assert_int_equal(syntax_print(&buffer, syntax), OK);
    assert_string_equal(buffer.data, "(KOREA JAPAN CHINA) AND USA");
    assert_int_equal(syntax_parse(&again, buffer_span(&buffer), NULL, NULL), OK);
    assert_true(syntax_equal(syntax->root, again->root));
    syntax_free(syntax);
    syntax_free(again);
    buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shout__reads_a_headline_in_capitals_as_words),
        cmocka_unit_test(test_shout__leaves_combined_acronyms_alone),
        cmocka_unit_test(test_shout__leaves_mixed_case_alone),
        cmocka_unit_test(test_shout__is_no_guess_for_scripts),
        cmocka_unit_test(test_shout__prints_operators_that_are_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
