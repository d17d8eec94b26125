/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
/* clang-format on */

/* [count] words, and in their middle [between]. */
static char *text_of(size_t count, const char *between)
{
    char *text = malloc(strlen(between) + 7 * count + 2), *end = text;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++) {
        end = stpcpy(end, i % 3 ? "trade " : "police ");
        if (i == count / 2) end = stpcpy(stpcpy(end, between), " ");
    }
    return text;
}

static struct syntax *parse(const char *text, bool strict)
{
    const struct syntax_options options = {.strict = strict};
    struct syntax *syntax = NULL;
    struct error error;
    return syntax_parse(&syntax, span_of(text), &options, &error) ? NULL : syntax;
}

/* Parses 250 words around [between]; returns whether it was taken for a pasted text, its words in *[words]. */
static bool is_pasted(const char *between, bool strict, size_t *words)
{
    char *text = text_of(250, between);
    struct syntax *syntax = parse(text, strict);
    assert_non_null(syntax);
    bool pasted = syntax->pasted;
    *words = syntax->terms;
    syntax_free(syntax);
    free(text);
    return pasted;
}

static void test_syntax_pasted__reads_signs_in_a_long_text_as_text(void **state)
{
    (void)state;
    char *text = text_of(250, "said (\"no comment\") -- Jones, -again OR 5*x");
    struct syntax *syntax = parse(text, false);
    assert_non_null(syntax);
    assert_true(syntax->pasted);
    assert_int_equal(syntax->terms, 250 + 8);
    assert_int_equal(syntax->root->kind, SYNTAX_SEQUENCE);
    size_t count = 0;
    for (const struct syntax_node *child = syntax->root->child; child; child = child->next, count++) {
        assert_int_equal(child->kind, SYNTAX_WORD);
        if (count == 127) assert_int_equal(span_compare(child->text, SPAN("no")), 0);
    }
    assert_int_equal(count, syntax->root->count);
    assert_int_equal(syntax->notice_count, 1);
    assert_string_equal(syntax->notices[0].text,
                        "a long text: quotes, parentheses and operators in it are taken as text");
    syntax_free(syntax);
    free(text);
}

static void test_syntax_pasted__keeps_to_syntax_when_it_is_meant(void **state)
{
    (void)state;
    size_t words;
    assert_true(is_pasted("plain", false, &words));
    assert_true(is_pasted("plain", true, &words));
    assert_true(is_pasted("a \"quoted phrase\"", false, &words));
    assert_false(is_pasted("a \"quoted phrase\"", true, &words)); /* a script means what it writes */
    assert_false(is_pasted("date:2014", false, &words));
    assert_true(is_pasted("Title: of a thing", false, &words)); /* no value at the colon */
    assert_false(is_pasted("a OR b OR c OR d OR e OR f OR g OR h OR i OR j OR k OR l OR m OR n OR o", false, &words));
}

static void test_syntax_pasted__leaves_shorter_queries_alone(void **state)
{
    (void)state;
    char *text = text_of(199, "");
    struct syntax *syntax = parse(text, false);
    assert_false(syntax->pasted);
    assert_int_equal(syntax->terms, 199);
    syntax_free(syntax);
    free(text);
    text = text_of(200, "");
    syntax = parse(text, false);
    assert_true(syntax->pasted);
    assert_int_equal(syntax->terms, 200);
    syntax_free(syntax);
    free(text);
}

static void test_syntax_pasted__takes_as_many_words_as_bytes_allow(void **state)
{
    (void)state;
    char *text = text_of(100000, "");
    struct syntax *syntax = parse(text, true);
    assert_non_null(syntax);
    assert_int_equal(syntax->terms, 100000);
    syntax_free(syntax);
    free(text);
}

static void test_syntax_pasted__prints_what_reads_the_same(void **state)
{
    (void)state;
    char *text = text_of(220, "«Zitat» U.S. 10:30 C++ =x^2 AND don\xFFt");
    struct syntax *syntax = parse(text, false), *again;
    struct buffer printed;
    buffer_init(&printed, SYNTAX_BYTES_MAX);
    assert_true(syntax->pasted);
    assert_int_equal(syntax_print(&printed, syntax), OK);
    assert_int_equal(buffer_append_byte(&printed, '\0'), OK);
    again = parse(printed.data, true);
    assert_true(again->pasted);
    assert_true(syntax_equal(syntax->root, again->root));
    buffer_release(&printed);
    syntax_free(again);
    syntax_free(syntax);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_syntax_pasted__reads_signs_in_a_long_text_as_text),
        cmocka_unit_test(test_syntax_pasted__keeps_to_syntax_when_it_is_meant),
        cmocka_unit_test(test_syntax_pasted__leaves_shorter_queries_alone),
        cmocka_unit_test(test_syntax_pasted__takes_as_many_words_as_bytes_allow),
        cmocka_unit_test(test_syntax_pasted__prints_what_reads_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
