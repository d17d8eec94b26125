/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/document.h"
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

static void test_document_set__makes_one_clean_line(void **state)
{
    (void)state;
    assert_int_equal(
        document_set(&document, FIELD_TITLE, SPAN(" \t A\0title \r\n in\xC2\xA0two\xE3\x80\x80 lines \xFF! ")), OK);
    assert_string_equal(get(FIELD_TITLE), "A title in two lines \xEF\xBF\xBD!");
}

static void test_document_set__cuts_on_a_character(void **state)
{
    (void)state;
    char *long_value = malloc(6000);
    for (size_t i = 0; i < 6000; i += 3) memcpy(long_value + i, "日", 3);
    assert_int_equal(document_set(&document, FIELD_TITLE, (struct span){long_value, 6000}), OK);
    assert_int_equal(document.field[FIELD_TITLE].length, 4095);
    free(long_value);
}

static void test_document_set_path__keeps_names_apart(void **state)
{
    (void)state;
    assert_int_equal(document_set_path(&document, FIELD_ID, SPAN("a  b/日本 .txt")), OK);
    assert_string_equal(get(FIELD_ID), "a  b/日本 .txt");
    assert_int_equal(document_set_path(&document, FIELD_ID, SPAN("a\nb\xFF\xFE.txt")), OK);
    assert_string_equal(get(FIELD_ID), "a%0Ab%FF%FE.txt");
}

static void test_document_set_text__normalises_lines_and_controls(void **state)
{
    (void)state;
    assert_int_equal(document_set_text(&document, SPAN("\xEF\xBB\xBF"
                                                       "a\r\nb\rc\fd\0e\x1B[0m\tf\x7F\xC2\x85g\n")),
                     OK);
    assert_int_equal(document.text.length, 19);
    assert_memory_equal(document.text.data, "a\nb\nc\nd e [0m\tf  g\n", 19);
}

static void test_document_set_text__repairs_utf8(void **state)
{
    (void)state;
    assert_int_equal(document_set_text(&document, SPAN("\xE6\x97 a \xC0\xAF \xED\xA0\x80 \xEF\xBF\xBD z\xE6\x97")), OK);
    assert_string_equal(document.text.data,
                        "\xEF\xBF\xBD a \xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD "
                        "\xEF\xBF\xBD z\xEF\xBF\xBD");
}

static void test_document_state__brings_values_to_their_form(void **state)
{
    (void)state;
    document_state(&document, FIELD_DATE, SPAN("October 8, 2014"), WHY_METADATA);
    document_state(&document, FIELD_LANGUAGE, SPAN("en-GB"), WHY_METADATA);
    document_state(&document, FIELD_URL, SPAN("ftp://example.org"), WHY_METADATA);
    assert_string_equal(get(FIELD_DATE), "2014-10-08");
    assert_int_equal(document.date_why, WHY_METADATA);
    assert_string_equal(get(FIELD_LANGUAGE), "en");
    assert_string_equal(get(FIELD_URL), "");
}

static void test_document_complete__finds_title_date_and_source(void **state)
{
    (void)state;
    document_state(&document, FIELD_URL, SPAN("https://user@www.example.org:8080/a?b"), WHY_STATED);
    document_set_text(&document,
                      SPAN("Crime on the internet\n8 October 2014\n\nMinisters of ten countries met to speak about "
                           "crime on the internet and what can be done.\n"));
    assert_int_equal(document_complete(&document), OK);
    assert_string_equal(get(FIELD_TITLE), "Crime on the internet");
    assert_int_equal(document.title_why, WHY_LINE);
    assert_int_equal(document.title_range.start, 0);
    assert_int_equal(document.title_range.end, 21);
    assert_string_equal(get(FIELD_DATE), "2014-10-08");
    assert_int_equal(document.date_why, WHY_DATELINE);
    assert_string_equal(get(FIELD_SOURCE), "example.org");
}

static void test_document_complete__leaves_alone_what_is_stated(void **state)
{
    (void)state;
    document_state(&document, FIELD_TITLE, SPAN("Stated"), WHY_STATED);
    document_state(&document, FIELD_DATE, SPAN("2013-01-02"), WHY_STATED);
    document_state(&document, FIELD_SOURCE, SPAN("The Paper"), WHY_STATED);
    document_state(&document, FIELD_URL, SPAN("https://example.org/"), WHY_STATED);
    document_set_text(&document, SPAN("Another title\n8 October 2014\n\nStated\n\nMore text.\n"));
    assert_int_equal(document_complete(&document), OK);
    assert_string_equal(get(FIELD_TITLE), "Stated");
    assert_string_equal(get(FIELD_DATE), "2013-01-02");
    assert_string_equal(get(FIELD_SOURCE), "The Paper");
    assert_int_equal(document.title_range.start, 30); /* the title stands in the text as well */
    assert_int_equal(document.title_range.end, 36);
}

static void test_document_clear__forgets_everything(void **state)
{
    (void)state;
    document_state(&document, FIELD_TITLE, SPAN("Stated"), WHY_STATED);
    document_set_text(&document, SPAN("Text"));
    document_clear(&document);
    assert_string_equal(get(FIELD_TITLE), "");
    assert_int_equal(document.text.length, 0);
    assert_int_equal(document.title_why, WHY_NONE);
}

static void assert_label(const char *expected)
{
    struct buffer label;
    buffer_init(&label, DOCUMENT_FIELD_MAX);
    assert_int_equal(document_label(&label, &document), OK);
    assert_string_equal(label.data ? label.data : "", expected);
    buffer_release(&label);
}

static void test_document_label__shows_title_opening_words_or_id(void **state)
{
    (void)state;
    document_set(&document, FIELD_ID, SPAN("a.txt"));
    assert_label("a.txt");
    document_set_text(&document,
                      SPAN("• Kyodo\n\nJapan and the United States plan to boost the technical abilities of the "
                           "10 members of ASEAN to investigate cybercrimes, according to government sources.\n"));
    assert_label("Japan and the United States plan to boost the technical abilities of the 10 members of ASEAN to "
                 "investigate…");
    document_set(&document, FIELD_TITLE, SPAN("A title"));
    assert_label("A title");
}

static void test_document_field_named__knows_every_name(void **state)
{
    (void)state;
    for (int field = 0; field < FIELD_COUNT; field++)
        assert_int_equal(document_field_named(span_of(document_field_name(field))), field);
    assert_int_equal(document_field_named(SPAN("colour")), FIELD_COUNT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_document_set__makes_one_clean_line),
        TEST(test_document_set__cuts_on_a_character),
        TEST(test_document_set_path__keeps_names_apart),
        TEST(test_document_set_text__normalises_lines_and_controls),
        TEST(test_document_set_text__repairs_utf8),
        TEST(test_document_state__brings_values_to_their_form),
        TEST(test_document_complete__finds_title_date_and_source),
        TEST(test_document_complete__leaves_alone_what_is_stated),
        TEST(test_document_clear__forgets_everything),
        TEST(test_document_label__shows_title_opening_words_or_id),
        TEST(test_document_field_named__knows_every_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
