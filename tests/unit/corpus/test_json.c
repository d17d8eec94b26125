/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static struct caught *read_json_text(void **state, const char *text)
{
    return read_string(*state, "records.json", text);
}

static void test_json__reads_an_array_of_objects(void **state)
{
    struct caught *caught =
        read_json_text(state, "[\n {\"id\": \"a\", \"text\": \"one } ] \\\" {\"},\n {\"id\": \"b\",\n  \"text\": "
                              "\"two\", \"tags\": [[1, 2], {\"x\": []}]}\n]\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->bad, 0);
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->text[0], "one } ] \" {");
    assert_string_equal(caught->field[1][FIELD_ID], "b");
    assert_int_equal(caught->where[1], 3);
    assert_string_equal(caught->field[0][FIELD_TYPE], "json");
    caught_release(caught);
}

static void test_json__reads_one_object_or_several(void **state)
{
    struct caught *caught = read_json_text(state, "{\n\"text\": \"one\"\n}");
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_ID], "records.json#1");
    caught_release(caught);
    caught = read_json_text(state, "{\"text\": \"one\"}\n{\"text\": \"two\"}\n");
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->field[1][FIELD_ID], "records.json#2");
    caught_release(caught);
}

static void test_json__reports_broken_records_and_goes_on(void **state)
{
    struct caught *caught = read_json_text(
        state, "[{\"text\": \"one\"}, {\"text\" \"two\"}, 17, \"x\",\n{\"text\": \"three\"}, {\"text\": \"four");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 2);
    assert_int_equal(caught->bad, 3);
    assert_non_null(strstr(caught->reason[0], "broken JSON"));
    assert_non_null(strstr(caught->reason[1], "not a JSON object"));
    assert_string_equal(caught->reason[2], "the file ends within this record");
    assert_int_equal(caught->bad_where[2], 2);
    caught_release(caught);
}

static void test_json__says_when_a_file_holds_no_records(void **state)
{
    struct caught *caught = read_json_text(state, "{\"name\": \"package\", \"version\": 1}");
    assert_int_equal(caught->documents, 0);
    assert_int_equal(caught->bad, 1);
    caught_release(caught);
    caught = read_json_text(state, "not JSON at all\n");
    assert_int_equal(caught->documents, 0);
    assert_int_equal(caught->bad, 1);
    caught_release(caught);
    caught = read_json_text(state, "[]");
    assert_int_equal(caught->documents + caught->bad, 0);
    caught_release(caught);
}

static void test_json__survives_deep_nesting(void **state)
{
    size_t depth = 200000;
    char *text = malloc(depth + 32);
    memcpy(text, "{\"text\":", 8);
    memset(text + 8, '[', depth);
    struct caught *caught = read_bytes(*state, "records.json", text, depth + 8);
    assert_int_equal(caught->bad, 1);
    caught_release(caught);
    caught = read_bytes(*state, "records.jsonl", text, depth + 8);
    assert_int_equal(caught->bad, 1);
    caught_release(caught);
    free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_json__reads_an_array_of_objects),
        TEST(test_json__reads_one_object_or_several),
        TEST(test_json__reports_broken_records_and_goes_on),
        TEST(test_json__says_when_a_file_holds_no_records),
        TEST(test_json__survives_deep_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
