/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/front_matter.h"
#include "fixture.h"

static struct document document;

static int setup(void **state)
{
    (void)state;
    document_init(&document);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    document_release(&document);
    return 0;
}

static const char *get(enum document_field field)
{
    return document.field[field].length ? document.field[field].data : "";
}

static void assert_rest(const char *text, const char *rest)
{
    struct span span = span_of(text);
    assert_int_equal(front_matter_take(&document, &span), OK);
    if (!span_equal(span, span_of(rest))) fail_msg("'%.*s' is left, not '%s'", (int)span.length, span.data, rest);
}

static void test_front_matter__sets_fields_and_leaves_the_text(void **state)
{
    (void)state;
    assert_rest("---\ntitle: A title: with a colon\ndate: 8 October 2014\nsource: The Paper\nauthor: A. Writer\n"
                "language: English\nurl: https://example.org/a\nkeywords: x\n---\n\nText\n",
                "Text\n");
    assert_string_equal(get(FIELD_TITLE), "A title: with a colon");
    assert_string_equal(get(FIELD_DATE), "2014-10-08");
    assert_string_equal(get(FIELD_SOURCE), "The Paper");
    assert_string_equal(get(FIELD_AUTHOR), "A. Writer");
    assert_string_equal(get(FIELD_LANGUAGE), "en");
    assert_string_equal(get(FIELD_URL), "https://example.org/a");
    assert_int_equal(document.title_why, WHY_STATED);
    assert_int_equal(document.date_why, WHY_STATED);
}

static void test_front_matter__takes_quotes_off(void **state)
{
    (void)state;
    assert_rest("---\ntitle: \"He said \\\"no\\\"\"\nsource: 'Asia''s paper'\n---\nText", "Text");
    assert_string_equal(get(FIELD_TITLE), "He said \"no\"");
    assert_string_equal(get(FIELD_SOURCE), "Asia's paper");
}

static void test_front_matter__joins_lists(void **state)
{
    (void)state;
    assert_rest("---\nauthor: [Kim, \"Sato, A.\", 'Lim']\n---\nText", "Text");
    assert_string_equal(get(FIELD_AUTHOR), "Kim; Sato, A.; Lim");
    assert_rest("---\nauthors:\n  - Kim\n  - \"Sato, A.\"\n---\nText", "Text");
    assert_string_equal(get(FIELD_AUTHOR), "Kim; Sato, A.");
}

static void test_front_matter__passes_over_comments_maps_and_blocks(void **state)
{
    (void)state;
    assert_rest(
        "---\n# a comment\ntitle: Title # not this\nmeta:\n  title: Other\nsummary: |\n  title: Third\n---\nText",
        "Text");
    assert_string_equal(get(FIELD_TITLE), "Title");
}

static void test_front_matter__reads_windows_lines_and_a_byte_order_mark(void **state)
{
    (void)state;
    assert_rest("\xEF\xBB\xBF---\r\ntitle: Title\r\n---\r\nText\r\n", "Text\r\n");
    assert_string_equal(get(FIELD_TITLE), "Title");
}

static void test_front_matter__leaves_broken_blocks_as_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "---\ntitle: Title\nText without an end\n",
        "---\ntitle: Title\n",
        "---\nA line drawn above a text, and no key\n---\nText",
        "----\ntitle: Title\n---\nText",
        "Text\n---\ntitle: Title\n---\n",
        "---",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_rest(texts[i], texts[i]);
        assert_string_equal(get(FIELD_TITLE), "");
    }
}

static void test_front_matter__drops_values_that_are_not_what_they_say(void **state)
{
    (void)state;
    assert_rest("---\ndate: 2014-02-30\nurl: javascript:alert(1)\nlanguage: klingon\n---\nText", "Text");
    assert_string_equal(get(FIELD_DATE), "");
    assert_string_equal(get(FIELD_URL), "");
    assert_string_equal(get(FIELD_LANGUAGE), "");
    assert_int_equal(document.date_why, WHY_NONE);
}

static void test_front_matter__never_sets_the_id(void **state)
{
    (void)state;
    assert_rest("---\nid: 7\npath: /etc/passwd\n---\nText", "Text");
    assert_string_equal(get(FIELD_ID), "");
    assert_string_equal(get(FIELD_PATH), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_front_matter__sets_fields_and_leaves_the_text),
        TEST(test_front_matter__takes_quotes_off),
        TEST(test_front_matter__joins_lists),
        TEST(test_front_matter__passes_over_comments_maps_and_blocks),
        TEST(test_front_matter__reads_windows_lines_and_a_byte_order_mark),
        TEST(test_front_matter__leaves_broken_blocks_as_text),
        TEST(test_front_matter__drops_values_that_are_not_what_they_say),
        TEST(test_front_matter__never_sets_the_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
