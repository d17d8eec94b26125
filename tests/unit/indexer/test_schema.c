/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/schema.h"

#include <string.h>

static struct record sample(void)
{
    struct record record = {
        .title_range = {0, 5}, .title_why = 1, .date_why = 2, .where = 7, .text = SPAN("Hello all")};
    record.field[RECORD_ID] = SPAN("a1");
    record.field[RECORD_DATE] = SPAN("2014-10-08");
    return record;
}

static void test_schema__record_comes_back(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    struct record record = sample(), back;
    assert_int_equal(record_encode(&bytes, &record), OK);
    assert_int_equal(record_decode(&back, buffer_span(&bytes)), OK);
    assert_true(span_equal(back.field[RECORD_ID], SPAN("a1")));
    assert_true(span_equal(back.field[RECORD_DATE], SPAN("2014-10-08")));
    assert_int_equal(back.field[RECORD_TITLE].length, 0);
    assert_true(span_equal(back.text, SPAN("Hello all")));
    assert_int_equal(back.title_range.start, 0);
    assert_int_equal(back.title_range.end, 5);
    assert_int_equal(back.where, 7);
    assert_int_equal(back.title_why, 1);
    assert_int_equal(back.date_why, 2);
    buffer_release(&bytes);
}

static void test_schema__record_has_these_bytes(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    struct record record = sample();
    assert_int_equal(record_encode(&bytes, &record), OK);
    /* version; id; date; title range; whys; line; end; text */
    static const char expected[] = "\x01"
                                   "\x01\x02"
                                   "a1"
                                   "\x03\x0a"
                                   "2014-10-08"
                                   "\x20\x02\x00\x05"
                                   "\x21\x02\x01\x02"
                                   "\x22\x01\x07"
                                   "\x00"
                                   "Hello all";
    assert_int_equal(bytes.length, sizeof expected - 1);
    assert_memory_equal(bytes.data, expected, sizeof expected - 1);
    buffer_release(&bytes);
}

static void test_schema__cut_record_is_damaged(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    struct record record = sample(), back;
    assert_int_equal(record_encode(&bytes, &record), OK);
    size_t header = bytes.length - record.text.length;
    for (size_t length = 0; length < header; length++)
        assert_int_equal(record_decode(&back, span_cut(buffer_span(&bytes), 0, length)), DAMAGED);
    buffer_release(&bytes);
}

static void hash_of(char out[HASH_BYTES], const struct record *record)
{
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    assert_int_equal(record_encode(&bytes, record), OK);
    assert_int_equal(record_hash(out, buffer_span(&bytes)), OK);
    buffer_release(&bytes);
}

static void test_schema__hash_does_not_see_the_line(void **state)
{
    (void)state;
    struct record record = sample();
    char first[HASH_BYTES], moved[HASH_BYTES];
    hash_of(first, &record);
    record.where = 70000;
    hash_of(moved, &record);
    assert_memory_equal(first, moved, HASH_BYTES);
}

static void test_schema__hash_sees_everything_else(void **state)
{
    (void)state;
    struct record record = sample();
    char first[HASH_BYTES], other[HASH_BYTES];
    hash_of(first, &record);
    record.text = SPAN("Hello alL");
    hash_of(other, &record);
    assert_memory_not_equal(first, other, HASH_BYTES);
    record = sample();
    record.field[RECORD_SOURCE] = SPAN("METI");
    hash_of(other, &record);
    assert_memory_not_equal(first, other, HASH_BYTES);
}

static void test_schema__term_is_prefix_and_value(void **state)
{
    (void)state;
    struct buffer term;
    buffer_init(&term, 1024);
    assert_int_equal(schema_term(&term, PREFIX_ID, SPAN("news/1")), OK);
    assert_true(span_equal(buffer_span(&term), SPAN("Qnews/1")));
    buffer_release(&term);
}

/* Two long values that differ at their ends stay two terms, each within the limit. */
static void test_schema__long_values_stay_distinct(void **state)
{
    (void)state;
    char long_value[400];
    memset(long_value, 'x', sizeof long_value);
    struct buffer one, two;
    buffer_init(&one, 1024);
    buffer_init(&two, 1024);
    assert_int_equal(schema_term(&one, PREFIX_ID, (struct span){long_value, sizeof long_value}), OK);
    long_value[399] = 'y';
    assert_int_equal(schema_term(&two, PREFIX_ID, (struct span){long_value, sizeof long_value}), OK);
    assert_int_equal(one.length, TERM_BYTES_MAX);
    assert_int_equal(two.length, TERM_BYTES_MAX);
    assert_false(span_equal(buffer_span(&one), buffer_span(&two)));
    buffer_release(&one);
    buffer_release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schema__record_comes_back),
        cmocka_unit_test(test_schema__record_has_these_bytes),
        cmocka_unit_test(test_schema__cut_record_is_damaged),
        cmocka_unit_test(test_schema__hash_does_not_see_the_line),
        cmocka_unit_test(test_schema__hash_sees_everything_else),
        cmocka_unit_test(test_schema__term_is_prefix_and_value),
        cmocka_unit_test(test_schema__long_values_stay_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
