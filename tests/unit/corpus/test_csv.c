/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static void test_csv__makes_a_document_of_each_row(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "id,title,text,date\r\n"
                                                         "1,\"Tides, high\",\"He said \"\"now\"\"\nand left\",2014-10-08\r\n"
                                                         "\r\n2,Low,Text two,\r\n");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 2);
    assert_string_equal(caught->field[0][FIELD_ID], "1");
    assert_string_equal(caught->field[0][FIELD_TITLE], "Tides, high");
    assert_string_equal(caught->text[0], "He said \"now\"\nand left");
    assert_string_equal(caught->field[0][FIELD_DATE], "2014-10-08");
    assert_string_equal(caught->field[0][FIELD_TYPE], "csv");
    assert_int_equal(caught->where[0], 2);
    assert_string_equal(caught->text[1], "Text two");
    assert_int_equal(caught->where[1], 5);
    caught_release(caught);
}

static void test_csv__finds_the_separator(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "title;text\nA;B, C\n");
    assert_string_equal(caught->text[0], "B, C");
    assert_string_equal(caught->field[0][FIELD_ID], "a.csv#2");
    caught_release(caught);
    caught = read_string(*state, "a.tsv", "title\ttext\nA\tB, C\n");
    assert_string_equal(caught->text[0], "B, C");
    caught_release(caught);
}

static void test_csv__is_one_document_without_columns_of_one(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "port,tons\nKobe,12\nOsaka,7\n");
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->field[0][FIELD_ID], "a.csv");
    assert_string_equal(caught->text[0], "port\ttons\nKobe\t12\nOsaka\t7\n");
    caught_release(caught);
}

static void test_csv__keeps_other_columns_where_none_is_the_text(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "title,port,tons\nA,Kobe,12\n");
    assert_string_equal(caught->text[0], "port: Kobe\ntons: 12\n");
    caught_release(caught);
}

static void test_csv__reads_other_charsets(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "title;text\nA;Le b\xE2teau est arriv\xE9 \xE0 No\xEBl\n");
    assert_string_equal(caught->text[0], "Le bâteau est arrivé à Noël");
    caught_release(caught);
}

static void test_csv__survives_a_quote_that_never_ends(void **state)
{
    struct caught *caught = read_string(*state, "a.csv", "title,text\nA,\"B\nC,D\n");
    assert_int_equal(caught->documents, 1);
    assert_string_equal(caught->text[0], "B\nC,D\n");
    caught_release(caught);
    caught = read_string(*state, "a.csv", "title\n");
    assert_int_equal(caught->documents, 0);
    caught_release(caught);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_csv__makes_a_document_of_each_row),
        TEST(test_csv__finds_the_separator),
        TEST(test_csv__is_one_document_without_columns_of_one),
        TEST(test_csv__keeps_other_columns_where_none_is_the_text),
        TEST(test_csv__reads_other_charsets),
        TEST(test_csv__survives_a_quote_that_never_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
