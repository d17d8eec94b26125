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

/* Decodes [text] and checks runes and the byte each begins at. */
static void expect(struct span text, const uint32_t *runes, const size_t *starts, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(at, starts[i]);
        assert_true(at < text.length);
        assert_int_equal(utf8_next(text, &at), runes[i]);
    }
    assert_int_equal(at, text.length);
}

static void test_utf8_next__decodes_every_length(void **state)
{
    (void)state;
    expect(SPAN("aé€😀"), (uint32_t[]){'a', 0xE9, 0x20AC, 0x1F600}, (size_t[]){0, 1, 3, 6}, 4);
}

static void test_utf8_next__replaces_maximal_subparts(void **state)
{
    (void)state;
    /* The Unicode Standard 15, table 3-8 */
    expect(SPAN("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
           (uint32_t[]){0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41},
           (size_t[]){0, 1, 2, 3, 4, 5, 6, 7, 8}, 9);
    /* table 3-11 */
    expect(SPAN("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), (uint32_t[]){0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41},
           (size_t[]){0, 2, 3, 6, 8}, 5);
}

static void test_utf8_next__refuses_surrogates_and_the_far_end(void **state)
{
    (void)state;
    expect(SPAN("\xED\xA0\x80"), (uint32_t[]){0xFFFD, 0xFFFD, 0xFFFD}, (size_t[]){0, 1, 2}, 3);
    expect(SPAN("\xF4\x90\x80\x80"), (uint32_t[]){0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, (size_t[]){0, 1, 2, 3}, 4);
    expect(SPAN("\xF4\x8F\xBF\xBF"), (uint32_t[]){0x10FFFF}, (size_t[]){0}, 1);
}

static void test_utf8_next__ends_with_a_cut_character(void **state)
{
    (void)state;
    expect(SPAN("a\xE2\x82"), (uint32_t[]){'a', 0xFFFD}, (size_t[]){0, 1}, 2);
}

static void test_utf8_write__round_trips(void **state)
{
    (void)state;
    static const uint32_t runes[] = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof runes / sizeof *runes; i++) {
        char bytes[4];
        size_t length = utf8_write(bytes, runes[i]), at = 0;
        assert_int_equal(utf8_next((struct span){bytes, length}, &at), runes[i]);
        assert_int_equal(at, length);
    }
}

static void test_utf8_write__replaces_what_is_no_character(void **state)
{
    (void)state;
    char bytes[4];
    assert_int_equal(utf8_write(bytes, 0xD800), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(utf8_write(bytes, 0x110000), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void test_utf8_valid__tells_a_written_replacement_from_a_fault(void **state)
{
    (void)state;
    assert_true(utf8_valid(SPAN("Perú \uFFFD 東京")));
    assert_true(utf8_valid((struct span){0}));
    assert_false(utf8_valid(SPAN("Per\xFA")));
    assert_false(utf8_valid(SPAN("\xEF\xBF")));
}

static void test_utf8_repair__replaces_each_fault_once(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 100);
    assert_int_equal(utf8_repair(&out, SPAN("a\xFF\xE2\x82z\uFFFD")), OK);
    assert_string_equal(out.data, "a\uFFFD\uFFFDz\uFFFD");
    buffer_clear(&out);
    assert_int_equal(utf8_repair(&out, SPAN("sound €")), OK);
    assert_string_equal(out.data, "sound €");
    buffer_release(&out);
}

static void test_utf8_repair__stops_at_the_limit(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 4);
    assert_int_equal(utf8_repair(&out, SPAN("\xFF\xFF")), LIMIT);
    buffer_release(&out);
}

static void test_utf8_floor__goes_back_to_the_first_byte(void **state)
{
    (void)state;
    struct span text = SPAN("a€😀b");
    static const size_t floors[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 9, 9};
    for (size_t i = 0; i < sizeof floors / sizeof *floors; i++) assert_int_equal(utf8_floor(text, i), floors[i]);
}

static void test_utf8_floor__takes_stray_bytes_for_characters(void **state)
{
    (void)state;
    struct span text = SPAN("a\x80\x80\x80\x80\xE2\x82z\xC3\xA9\xA9");
    static const size_t floors[] = {0, 1, 2, 3, 4, 5, 5, 7, 8, 8, 10, 11};
    for (size_t i = 0; i < sizeof floors / sizeof *floors; i++) assert_int_equal(utf8_floor(text, i), floors[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8_next__decodes_every_length),
        cmocka_unit_test(test_utf8_next__replaces_maximal_subparts),
        cmocka_unit_test(test_utf8_next__refuses_surrogates_and_the_far_end),
        cmocka_unit_test(test_utf8_next__ends_with_a_cut_character),
        cmocka_unit_test(test_utf8_write__round_trips),
        cmocka_unit_test(test_utf8_write__replaces_what_is_no_character),
        cmocka_unit_test(test_utf8_valid__tells_a_written_replacement_from_a_fault),
        cmocka_unit_test(test_utf8_repair__replaces_each_fault_once),
        cmocka_unit_test(test_utf8_repair__stops_at_the_limit),
        cmocka_unit_test(test_utf8_floor__goes_back_to_the_first_byte),
        cmocka_unit_test(test_utf8_floor__takes_stray_bytes_for_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
