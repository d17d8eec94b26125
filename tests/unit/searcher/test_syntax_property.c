/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries put together at random from pieces of syntax. The seed is fixed: every run tries the same ones. */
#include "searcher/syntax.h"
#include "show_tree.h"

enum { QUERIES = 200000, PIECES_MAX = 12 };

static uint64_t seed = 20141008;

static size_t chance(size_t sides)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17; /* Marsaglia 2003, xorshift64 */
    return seed % sides;
}

static void random_query(struct buffer *out)
{
    static const char *const pieces[] = {
        "a",         "Tokyo",   "cyber",       "crime",
        "AND",       "OR",      "NOT",         "-",
        "(",         ")",       "\"",          "“",
        "”",         "«",       "»",           "„",
        "=",         "*",       "^",           "^2",
        "^0.25",     " ",       "  ",          "NEAR",
        "NEAR/5",    "ADJ/3",   "title:",      "author:",
        "language:", "id:",     "date:",       "person:",
        "2014",      "2013-09", "..",          "none",
        "\n",        ",",       "、",          "：",
        "（",        "）",      "　",          "＂",
        "東京",      "-",       "/",           ":",
        ".",         "foo:",    "\xFF",        "date:2014-10",
        "\"x y\"",   "(a b)",   "place:x",     "=\"p q\"",
        "url:a/b?",  "lang:en", "date:..2015", "word*",
        "\x01",      "!",       "'",           "－",
        "＾",        "text:(",  "e\xCC\x81",   "NOT ",
        " AND ",     " OR ",    " NEAR ",      " ADJ/2 ",
    };
    buffer_clear(out);
    for (size_t n = 1 + chance(PIECES_MAX); n; n--) {
        buffer_append_string(out, pieces[chance(sizeof pieces / sizeof *pieces)]);
        if (chance(3) == 0) buffer_append_byte(out, ' ');
    }
}

static void check_places(const struct syntax_node *node, size_t length)
{
    assert_true(node->range.start < node->range.end && node->range.end <= length);
    assert_true(utf8_valid(node->text));
    size_t count = 0;
    for (const struct syntax_node *child = node->child; child; child = child->next, count++)
        check_places(child, length);
    assert_int_equal(count, node->count);
}

static void test_syntax__prints_what_gives_the_same_tree(void **state)
{
    (void)state;
    struct buffer query, printed, again;
    size_t understood = 0;
    buffer_init(&query, 10000);
    buffer_init(&printed, 100000);
    buffer_init(&again, 100000);
    for (size_t i = 0; i < QUERIES; i++) {
        struct syntax *first, *second;
        struct error error = {0};
        const struct syntax_options strict = {.strict = true};
        random_query(&query);
        enum status status = syntax_parse(&first, buffer_span(&query), NULL, &error);
        if (status) {
            assert_true(error.position <= query.length && error.message[0]);
            continue;
        }
        understood++;
        if (first->root) check_places(first->root, query.length);
        buffer_clear(&printed);
        assert_int_equal(syntax_print(&printed, first), OK);
        status = syntax_parse(&second, buffer_span(&printed), &strict, &error);
        if (status || !syntax_equal(first->root, second->root))
            fail_msg("<%s> was understood as <%s>, which is not the same (%s)", query.data, printed.data,
                     error.message);
        buffer_clear(&again);
        assert_int_equal(syntax_print(&again, second), OK);
        assert_true(span_equal(buffer_span(&printed), buffer_span(&again)));
        syntax_free(first);
        syntax_free(second);
    }
    assert_true(understood > QUERIES / 4);
    buffer_release(&query);
    buffer_release(&printed);
    buffer_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_syntax__prints_what_gives_the_same_tree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
