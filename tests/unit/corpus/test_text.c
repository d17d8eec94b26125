/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static void test_text__reads_a_file_as_one_document(void **state)
{
    struct caught *caught =
        read_string(*state, "a.txt", "Crime on the internet\r\n\r\nMinisters met to speak about it.\r\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_ID], "a.txt");
    assert_string_equal(caught->field[0][FIELD_TYPE], "text");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Crime on the internet");
    assert_string_equal(caught->text[0], "Crime on the internet\n\nMinisters met to speak about it.\n");
    assert_int_equal(caught->where[0], 1);
    caught_release(caught);
}

static void test_text__reads_front_matter(void **state)
{
    struct caught *caught = read_string(*state, "a.txt", "---\ntitle: Stated\ndate: 2014-10-08\n---\n\nText.\n");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Stated");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_string_equal(caught->text[0], "Text.\n");
    caught_release(caught);
}

static void test_text__reads_any_name_and_charset(void **state)
{
    struct caught *caught = read_bytes(*state, "README", "\xFF\xFEH\0i\0", 6);
    assert_int_equal(caught->status, OK);
    assert_string_equal(caught->text[0], "Hi");
    caught_release(caught);
    caught = read_string(*state, "a.txt", "{\"text\": \"stays as it is\"}");
    assert_string_equal(caught->text[0], "{\"text\": \"stays as it is\"}");
    assert_string_equal(caught->field[0][FIELD_TYPE], "text");
    caught_release(caught);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_text__reads_a_file_as_one_document),
        TEST(test_text__reads_front_matter),
        TEST(test_text__reads_any_name_and_charset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
