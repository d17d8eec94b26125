/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <unistd.h>

static struct caught *read_lines(void **state, const char *text)
{
    return read_string(*state, "records.jsonl", text);
}

static void test_jsonl__reads_every_field(void **state)
{
    struct caught *caught = read_lines(
        state, "{\"id\": \"a-1\", \"title\": \"Title\", \"text\": \"One.\\n\\nTwo.\", \"date\": \"8 October 2014\", "
               "\"source\": \"Paper\", \"author\": [\"Kim\", \"Sato\"], \"language\": \"EN\", \"url\": "
               "\"https://example.org/a\", \"other\": {\"text\": \"no\"}}\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    static const char *const expected[FIELD_COUNT] = {[FIELD_ID] = "a-1",
                                                      [FIELD_TITLE] = "Title",
                                                      [FIELD_DATE] = "2014-10-08",
                                                      [FIELD_SOURCE] = "Paper",
                                                      [FIELD_AUTHOR] = "Kim; Sato",
                                                      [FIELD_LANGUAGE] = "en",
                                                      [FIELD_URL] = "https://example.org/a",
                                                      [FIELD_TYPE] = "jsonl"};
    for (int field = 0; field < FIELD_COUNT; field++)
        if (expected[field]) assert_string_equal(caught->field[0][field], expected[field]);
    assert_string_equal(caught->text[0], "One.\n\nTwo.");
    caught_release(caught);
}

static void test_jsonl__takes_other_names_after_its_own(void **state)
{
    struct caught *caught = read_lines(state, "{\"docno\": 7, \"headline\": \"H\", \"Body\": \"B\"}\n"
                                              "{\"body\": \"B\", \"text\": \"T\", \"content\": \"C\"}\n");
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->field[0][FIELD_ID], "7");
    assert_string_equal(caught->field[0][FIELD_TITLE], "H");
    assert_string_equal(caught->text[0], "B");
    assert_string_equal(caught->text[1], "T");
    caught_release(caught);
}

static void test_jsonl__names_records_without_an_id(void **state)
{
    struct caught *caught =
        read_lines(state, "\n{\"text\": \"a\"}\n  \n{\"text\": \"b\", \"id\": \"\"}\n{\"text\": \"c\", \"id\": 12.5}");
    assert_int_equal(caught->documents, 3);
    assert_string_equal(caught->field[0][FIELD_ID], "records.jsonl#2");
    assert_string_equal(caught->field[1][FIELD_ID], "records.jsonl#4");
    assert_string_equal(caught->field[2][FIELD_ID], "12.5");
    assert_int_equal(caught->where[0], 2);
    assert_int_equal(caught->where[2], 5);
    caught_release(caught);
}

static void test_jsonl__reports_broken_lines_and_goes_on(void **state)
{
    struct caught *caught = read_lines(state, "{\"text\": \"a\"}\n{\"text\": \"b\"\n[1]\n{\"colour\": \"red\"}\nnull\n"
                                              "{\"text\": \"c\"}\r\n{\"text\": \"d\"} x\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 2);
    assert_int_equal(caught->bad, 5);
    static const uint64_t lines[] = {2, 3, 4, 5, 7};
    for (size_t i = 0; i < 5; i++) assert_int_equal(caught->bad_where[i], lines[i]);
    assert_non_null(strstr(caught->reason[0], "broken JSON at byte 12"));
    assert_non_null(strstr(caught->reason[1], "not a JSON object"));
    assert_non_null(strstr(caught->reason[2], "neither \"text\" nor \"title\""));
    caught_release(caught);
}

static void test_jsonl__keeps_a_record_with_an_impossible_date(void **state)
{
    struct caught *caught =
        read_lines(state, "{\"text\": \"a\", \"date\": \"2014-02-30\"}\n{\"text\": \"b\", \"date\": 20141008}\n"
                          "{\"text\": \"c\", \"date\": null}\n{\"text\": \"d\", \"date\": {\"day\": 1}}\n");
    assert_int_equal(caught->documents, 4);
    assert_int_equal(caught->bad, 0);
    assert_string_equal(caught->field[0][FIELD_DATE], "");
    assert_string_equal(caught->field[1][FIELD_DATE], "2014-10-08");
    assert_string_equal(caught->field[2][FIELD_DATE], "");
    assert_string_equal(caught->field[3][FIELD_DATE], "");
    caught_release(caught);
}

static void test_jsonl__keeps_empty_documents(void **state)
{
    struct caught *caught = read_lines(
        state, "{\"id\": \"1\", \"title\": \"Only a title\", \"text\": \"\"}\n{\"id\": \"2\", \"text\": \"\"}\n");
    assert_int_equal(caught->documents, 2);
    assert_int_equal(caught->bad, 0);
    assert_string_equal(caught->text[0], "");
    caught_release(caught);
}

static void test_jsonl__reads_lists_as_paragraphs(void **state)
{
    struct caught *caught =
        read_lines(state, "{\"text\": [\"a\", 1, \"b\"]}\n{\"text\": []}\n{\"text\": 7}\n{\"text\": {}}\n");
    assert_int_equal(caught->documents, 4);
    assert_string_equal(caught->text[0], "a\n\nb");
    assert_string_equal(caught->text[1], "");
    assert_string_equal(caught->text[2], "7");
    assert_string_equal(caught->text[3], "");
    caught_release(caught);
}

static void test_jsonl__mends_what_other_programs_write(void **state)
{
    struct caught *caught = read_lines(state, "\xEF\xBB\xBF{\"text\": \"lone \\ud83d half\"}\n"
                                              "{\"text\": \"pair \\ud83d\\ude00\"}\n"
                                              "{\"text\": \"byte \xFF here\"}\n"
                                              "{\"text\": \"nul \\u0000 here\"}\n"
                                              "{\"id\": 123456789012345678901234567890, \"text\": \"big\"}\n"
                                              "{\"text\": \"back\\\\ud800 slash\"}\n");
    assert_int_equal(caught->bad, 0);
    assert_int_equal(caught->documents, 6);
    assert_string_equal(caught->text[0], "lone \xEF\xBF\xBD half");
    assert_string_equal(caught->text[1], "pair 😀");
    assert_string_equal(caught->text[2], "byte \xEF\xBF\xBD here");
    assert_string_equal(caught->text[3], "nul   here");
    assert_string_equal(caught->text[4], "big");
    assert_string_equal(caught->text[5], "back\\ud800 slash");
    caught_release(caught);
}

static void test_jsonl__reads_utf16_files(void **state)
{
    static const char ascii[] = "{\"text\": \"a\"}\n{\"text\": \"b\"}\n";
    char wide[sizeof ascii * 2] = "\xFF\xFE";
    for (size_t i = 0; i + 1 < sizeof ascii; i++) {
        wide[2 + i * 2] = ascii[i];
        wide[3 + i * 2] = '\0';
    }
    struct caught *caught = read_bytes(*state, "records.jsonl", wide, sizeof ascii * 2);
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->text[1], "b");
    caught_release(caught);
}

static void test_jsonl__passes_over_a_line_past_the_limit(void **state)
{
    char path[600];
    snprintf(path, sizeof path, "%s/long.jsonl", (char *)*state);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    fputs("{\"text\": \"", file);
    for (int i = 0; i < 65; i++) fwrite(block, 1, sizeof block, file);
    fputs("\"}\n{\"text\": \"after\"}\n", file);
    fclose(file);
    struct caught *caught = read_path(path, "long.jsonl");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->bad, 1);
    assert_int_equal(caught->bad_where[0], 1);
    assert_string_equal(caught->reason[0], "the line is longer than 64 MB");
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->text[0], "after");
    caught_release(caught);
}

static void test_jsonl__reads_lines_that_span_pieces(void **state)
{
    size_t length = 0, each = 700000; /* more than two of the pieces that are read at a time */
    char *text = malloc(3 * (each + 64));
    for (int i = 0; i < 3; i++) {
        length += (size_t)sprintf(text + length, "{\"id\": %d, \"text\": \"", i);
        memset(text + length, 'a' + i, each);
        length += each;
        length += (size_t)sprintf(text + length, "\"}\n");
    }
    struct caught *caught = read_bytes(*state, "records.jsonl", text, length);
    assert_int_equal(caught->documents, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(caught->text_length[i], each);
        assert_int_equal(caught->text[i][each - 1], 'a' + i);
    }
    caught_release(caught);
    free(text);
}

static enum status stop(void *context, const struct document *document, uint64_t where)
{
    (void)document, (void)where;
    ++*(int *)context;
    return STOPPED;
}

static void test_jsonl__stops_when_the_sink_says_so(void **state)
{
    char *path = file_write(*state, "records.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", 26);
    int calls = 0;
    struct source_file file = {.path = path, .relative = "records.jsonl"};
    struct source_sink sink = {.document = stop, .context = &calls};
    assert_int_equal(source_read(NULL, &file, &sink, NULL), STOPPED);
    assert_int_equal(calls, 1);
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_jsonl__reads_every_field),
        TEST(test_jsonl__takes_other_names_after_its_own),
        TEST(test_jsonl__names_records_without_an_id),
        TEST(test_jsonl__reports_broken_lines_and_goes_on),
        TEST(test_jsonl__keeps_a_record_with_an_impossible_date),
        TEST(test_jsonl__keeps_empty_documents),
        TEST(test_jsonl__reads_lists_as_paragraphs),
        TEST(test_jsonl__mends_what_other_programs_write),
        TEST(test_jsonl__reads_utf16_files),
        TEST(test_jsonl__passes_over_a_line_past_the_limit),
        TEST(test_jsonl__reads_lines_that_span_pieces),
        TEST(test_jsonl__stops_when_the_sink_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
