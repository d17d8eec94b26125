/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/text.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

static void test_span__of_null_is_empty(void **state)
{
    (void)state;
    assert_int_equal(span_of(NULL).length, 0);
    assert_true(span_equal(span_of(NULL), SPAN("")));
    assert_true(span_starts(SPAN("a"), span_of(NULL)));
}

static void test_span__compares_bytes_then_length(void **state)
{
    (void)state;
    assert_int_equal(span_compare(SPAN("abc"), SPAN("abc")), 0);
    assert_true(span_compare(SPAN("ab"), SPAN("abc")) < 0);
    assert_true(span_compare(SPAN("b"), SPAN("abc")) > 0);
    assert_true(span_compare(SPAN("\xFF"), SPAN("a")) > 0);
    assert_true(span_compare(SPAN("a\0b"), SPAN("a\0c")) < 0);
    assert_true(span_compare(span_of(NULL), SPAN("a")) < 0);
}

static void test_span__folds_only_ascii_letters(void **state)
{
    (void)state;
    assert_true(span_equal_fold(SPAN("Content-TYPE"), SPAN("content-type")));
    assert_false(span_equal_fold(SPAN("[a"), SPAN("{a")));
    assert_false(span_equal_fold(SPAN("É"), SPAN("é")));
    assert_false(span_equal_fold(SPAN("a"), SPAN("ab")));
}

static void test_span__starts_with_a_prefix(void **state)
{
    (void)state;
    assert_true(span_starts(SPAN("dossier"), SPAN("dos")));
    assert_false(span_starts(SPAN("do"), SPAN("dos")));
    assert_true(span_starts(SPAN("x"), SPAN("")));
}

static void test_span_cut__is_clamped(void **state)
{
    (void)state;
    assert_true(span_equal(span_cut(SPAN("dossier"), 1, 3), SPAN("os")));
    assert_true(span_equal(span_cut(SPAN("dossier"), 4, 99), SPAN("ier")));
    assert_int_equal(span_cut(SPAN("dossier"), 9, 12).length, 0);
    assert_int_equal(span_cut(SPAN("dossier"), 5, 2).length, 0);
    assert_null(span_cut((struct span){0}, 0, 5).data);
}

static void test_span_trim__takes_ascii_blanks_from_both_ends(void **state)
{
    (void)state;
    assert_true(span_equal(span_trim(SPAN(" \t\r\n\v\fa b\n")), SPAN("a b")));
    assert_int_equal(span_trim(SPAN(" \n ")).length, 0);
    assert_int_equal(span_trim((struct span){0}).length, 0);
}

static void test_span_next_line__splits_at_both_line_ends(void **state)
{
    (void)state;
    struct span rest = SPAN("one\r\n\ntwo\rx\nlast"), line;
    assert_true(span_next_line(&rest, &line));
    assert_true(span_equal(line, SPAN("one")));
    assert_true(span_next_line(&rest, &line));
    assert_int_equal(line.length, 0);
    assert_true(span_next_line(&rest, &line));
    assert_true(span_equal(line, SPAN("two\rx")));
    assert_true(span_next_line(&rest, &line));
    assert_true(span_equal(line, SPAN("last")));
    assert_false(span_next_line(&rest, &line));
}

static void test_span_next_line__ends_at_a_final_line_end(void **state)
{
    (void)state;
    struct span rest = SPAN("one\n"), line;
    assert_true(span_next_line(&rest, &line));
    assert_false(span_next_line(&rest, &line));
    assert_false(span_next_line(&(struct span){0}, &line));
}

static void test_buffer__appends_and_keeps_a_nul_behind(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 100);
    assert_null(buffer.data);
    assert_int_equal(buffer_append_string(&buffer, "ab"), OK);
    assert_int_equal(buffer_append_byte(&buffer, 'c'), OK);
    assert_int_equal(buffer_append(&buffer, "\0d", 2), OK);
    assert_int_equal(buffer_append_rune(&buffer, 0x20AC), OK);
    assert_int_equal(buffer_append_span(&buffer, (struct span){0}), OK);
    assert_int_equal(buffer.length, 8);
    assert_memory_equal(buffer.data, "abc\0d€", 9);
    assert_true(span_equal(buffer_span(&buffer), SPAN("abc\0d€")));
    buffer_clear(&buffer);
    assert_int_equal(buffer.length, 0);
    assert_string_equal(buffer.data, "");
    buffer_release(&buffer);
    buffer_release(&buffer);
}

static void test_buffer__stays_as_it_was_at_its_maximum(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 5);
    assert_int_equal(buffer_append_string(&buffer, "12345"), OK);
    assert_int_equal(buffer_append_byte(&buffer, '6'), LIMIT);
    assert_int_equal(buffer_printf(&buffer, "%d", 7), LIMIT);
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX), LIMIT);
    assert_string_equal(buffer.data, "12345");
    buffer_release(&buffer);
}

static void test_buffer__may_have_no_maximum(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, SIZE_MAX);
    assert_int_equal(buffer_append_string(&buffer, "unbounded"), OK);
    assert_string_equal(buffer.data, "unbounded");
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX - buffer.length), NO_MEMORY);
    assert_string_equal(buffer.data, "unbounded");
    buffer_release(&buffer);
}

static void test_buffer__grows_to_exactly_its_maximum(void **state)
{
    (void)state;
    struct buffer buffer;
    char byte = 'x';
    buffer_init(&buffer, 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(buffer_append_byte(&buffer, byte), OK);
    assert_int_equal(buffer_append_byte(&buffer, byte), LIMIT);
    assert_int_equal(buffer.length, 1000);
    assert_int_equal(buffer.data[1000], '\0');
    buffer_release(&buffer);
}

static void test_buffer_printf__formats(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    assert_int_equal(buffer_printf(&buffer, "%s=%d", "n", 42), OK);
    assert_int_equal(buffer_printf(&buffer, ";%200d", 7), OK);
    assert_int_equal(buffer.length, 205);
    assert_memory_equal(buffer.data, "n=42; ", 6);
    buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span__of_null_is_empty),
        cmocka_unit_test(test_span__compares_bytes_then_length),
        cmocka_unit_test(test_span__folds_only_ascii_letters),
        cmocka_unit_test(test_span__starts_with_a_prefix),
        cmocka_unit_test(test_span_cut__is_clamped),
        cmocka_unit_test(test_span_trim__takes_ascii_blanks_from_both_ends),
        cmocka_unit_test(test_span_next_line__splits_at_both_line_ends),
        cmocka_unit_test(test_span_next_line__ends_at_a_final_line_end),
        cmocka_unit_test(test_buffer__appends_and_keeps_a_nul_behind),
        cmocka_unit_test(test_buffer__stays_as_it_was_at_its_maximum),
        cmocka_unit_test(test_buffer__may_have_no_maximum),
        cmocka_unit_test(test_buffer__grows_to_exactly_its_maximum),
        cmocka_unit_test(test_buffer_printf__formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
