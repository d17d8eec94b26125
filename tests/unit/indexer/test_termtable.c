/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/termtable.h"

#include <stdio.h>

static uint32_t term(struct termtable *table, const char *prefix, const char *value)
{
    uint32_t index = UINT32_MAX;
    assert_int_equal(termtable_term(&index, table, span_of(prefix), span_of(value)), OK);
    return index;
}

static void test_termtable__same_term_has_one_entry(void **state)
{
    (void)state;
    struct termtable table;
    termtable_init(&table);
    uint32_t cat = term(&table, "Z", "cat");
    assert_int_not_equal(cat, term(&table, "", "cat"));
    assert_int_equal(cat, term(&table, "Z", "cat"));
    assert_int_equal(cat, term(&table, "Zc", "at"));
    termtable_release(&table);
}

static void test_termtable__writes_terms_in_byte_order(void **state)
{
    (void)state;
    struct termtable table;
    struct buffer out;
    termtable_init(&table);
    buffer_init(&out, 1024);
    uint32_t long_one = term(&table, "", "abcdefghij"), shorter = term(&table, "", "abcdefgh");
    termtable_count(&table, long_one, 1);
    termtable_count(&table, shorter, 2);
    uint32_t stem = term(&table, "Z", "b");
    termtable_count(&table, stem, 130);
    assert_int_equal(termtable_position(&table, stem, 3), OK);
    assert_int_equal(termtable_position(&table, stem, 3), OK);
    assert_int_equal(termtable_position(&table, stem, 300), OK);
    assert_int_equal(termtable_write(&out, &table, true), OK);
    static const char expected[] = "\x03"
                                   "\x02Zb\x82\x01\x02\x03\xa9\x02"
                                   "\x08"
                                   "abcdefgh\x02\x00"
                                   "\x0a"
                                   "abcdefghij\x01\x00";
    assert_int_equal(out.length, sizeof expected - 1);
    assert_memory_equal(out.data, expected, out.length);
    assert_int_equal(table.length, 133);
    buffer_release(&out);
    termtable_release(&table);
}

static void test_termtable__clear_forgets_all_of_many(void **state)
{
    (void)state;
    struct termtable table;
    termtable_init(&table);
    char word[16];
    for (int i = 0; i < 5000; i++) {
        snprintf(word, sizeof word, "%d", i);
        assert_int_equal(term(&table, "Z", word), (uint32_t)i);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(word, sizeof word, "%d", i);
        assert_int_equal(term(&table, "Z", word), (uint32_t)i);
    }
    termtable_clear(&table);
    assert_int_equal(table.count, 0);
    assert_int_equal(term(&table, "Z", "4999"), 0);
    assert_int_equal(table.entries[0].wdf, 0);
    termtable_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_termtable__same_term_has_one_entry),
        cmocka_unit_test(test_termtable__writes_terms_in_byte_order),
        cmocka_unit_test(test_termtable__clear_forgets_all_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
