/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/markdown.h"
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

static void assert_reads(const char *source, const char *text)
{
    document_clear(&document);
    assert_int_equal(markdown_read(&document, span_of(source)), OK);
    assert_string_equal(document.text.data ? document.text.data : "", text);
}

static void assert_title(const char *source, const char *title)
{
    document_clear(&document);
    assert_int_equal(markdown_read(&document, span_of(source)), OK);
    struct span found = document_get(&document, FIELD_TITLE);
    assert_string_equal(found.length ? found.data : "", title);
    assert_int_equal(document.title_why, found.length ? WHY_HEADING : WHY_NONE);
    struct range range = document.title_range;
    assert_true(span_equal(span_cut(buffer_span(&document.text), range.start, range.end), found));
}

static void test_markdown__drops_the_marks_of_blocks(void **state)
{
    (void)state;
    assert_reads("# One #\n\n## Two\n\nThree\n=====\n\nFour\n----\n", "One\n\nTwo\n\nThree\n\nFour\n");
    assert_reads("> quoted\n> > twice\n", "quoted\ntwice\n");
    assert_reads("* a\n+ b\n- [x] c\n1. d\n", "- a\n- b\n- c\n1. d\n");
    assert_reads("- [x]日 a\n", "- [x]日 a\n");
    assert_reads("a\n\n* * *\n\nb\n\n---\n\nc", "a\n\n\n\nb\n\n\n\nc\n");
    assert_reads("| A | B |\n|---|:-:|\n| 1 | *2* |\n", "A | B\n1 | 2\n");
    assert_reads("#hashtag\n####### seven\n", "#hashtag\n####### seven\n");
}

static void test_markdown__keeps_code_as_it_is(void **state)
{
    (void)state;
    assert_reads("```c\n# not *a* heading\n```\nafter\n", "# not *a* heading\nafter\n");
    assert_reads("~~~\n```\n~~~\n", "```\n");
    assert_reads("run `a * b * c` and ``x ` y``\n", "run a * b * c and x ` y\n");
}

static void test_markdown__drops_the_marks_of_words(void **state)
{
    (void)state;
    assert_reads("*a* **b** ***c*** _d_ __e__ ~~f~~\n", "a b c d e f\n");
    assert_reads("**a *b* c**\n", "a b c\n");
    assert_reads("snake_case_name and 2 * 3 * 4 and a*\n", "snake_case_name and 2 * 3 * 4 and a*\n");
    assert_reads("\\*not\\* \\# AT&amp;T &#8217; &#x41; &unknown;\n", "*not* # AT&T ’ A &unknown;\n");
    assert_reads("line one  \nline two\\\nline three\n", "line one\nline two\nline three\n");
}

static void test_markdown__keeps_the_text_of_links(void **state)
{
    (void)state;
    assert_reads("[text](https://example.org \"T\") [text][ref] [just this] [a (b)](c(d))\n",
                 "text text [just this] a (b)\n");
    assert_reads("![A map](map.png) [![logo](l.png)](https://e.org)\n", "A map logo\n");
    assert_reads("<https://example.org/a> <b>bold</b><br/> 1 < 2 <!-- hidden --> end\n",
                 "https://example.org/a bold 1 < 2  end\n");
    assert_reads("[ref]: https://example.org\ntext[^1]\n\n[^1]: The note.\n", "text\n\n The note.\n");
    assert_reads("a\n<!-- one\ntwo -->\nb\n", "a\nb\n");
}

static void test_markdown__takes_the_first_heading_as_title(void **state)
{
    (void)state;
    assert_title("# The *title*\n\nText.\n\n# Another\n", "The title");
    assert_title("## Contents\n\n# The title\n", "The title");
    assert_title("The title\n=========\n\nText.\n", "The title");
    assert_title("## The title\n\nText.\n", "The title");
    assert_title("This text has a paragraph before any heading.\n\n## A part\n\nMore.\n", "");
    assert_title("No heading\n", "");
}

static void test_markdown__survives_marks_without_end(void **state)
{
    (void)state;
    size_t length = 1 << 20;
    char *text = malloc(length + 1);
    text[length] = '\0';
    static const char marks[] = "[*`_<!&\\~>|#";
    for (const char *mark = marks; *mark; mark++) {
        memset(text, *mark, length);
        document_clear(&document);
        assert_int_equal(markdown_read(&document, (struct span){text, length}), OK);
    }
    for (size_t i = 0; i < length; i++) text[i] = "*a "[i % 3];
    assert_int_equal(markdown_read(&document, (struct span){text, length}), OK);
    for (size_t i = 0; i < length; i++) text[i] = "[a]("[i % 4];
    assert_int_equal(markdown_read(&document, (struct span){text, length}), OK);
    free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_markdown__drops_the_marks_of_blocks),        TEST(test_markdown__keeps_code_as_it_is),
        TEST(test_markdown__drops_the_marks_of_words),         TEST(test_markdown__keeps_the_text_of_links),
        TEST(test_markdown__takes_the_first_heading_as_title), TEST(test_markdown__survives_marks_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
