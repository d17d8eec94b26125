/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each encoding by vectors worked out by hand; test_bulk.c holds the whole to what libxapian reads and writes. */
#include "indexer/bulk/pack.h"

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
// clang-format on

static void assert_packed(struct buffer *buffer, const char *bytes, size_t length)
{
    assert_int_equal(buffer->length, length);
    assert_memory_equal(buffer->data, bytes, length);
    buffer_release(buffer);
    buffer_init(buffer, 1000);
}

#define PACKED(buffer, bytes) assert_packed(&(buffer), (bytes), sizeof(bytes) - 1)

static void test_pack__numbers(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    pack_number(&buffer, 0);
    PACKED(buffer, "\0");
    pack_number(&buffer, 127);
    PACKED(buffer, "\x7f");
    pack_number(&buffer, 300);
    PACKED(buffer, "\xac\x02");
    pack_number(&buffer, UINT64_MAX);
    const unsigned char *at = (const unsigned char *)buffer.data;
    assert_true(unpack_number(&at) == UINT64_MAX);
    PACKED(buffer, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    pack_string(&buffer, SPAN("abc"));
    PACKED(buffer, "\3abc");
    buffer_release(&buffer);
}

static void test_pack__document_numbers_sort(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    pack_docid(&buffer, 1);
    PACKED(buffer, "\x00\x01");
    pack_docid(&buffer, 0x7fff);
    PACKED(buffer, "\x7f\xff");
    pack_docid(&buffer, 0x8000);
    PACKED(buffer, "\x80\x80\x00");
    pack_docid(&buffer, 0x3fffff);
    PACKED(buffer, "\xbf\xff\xff");
    pack_docid(&buffer, 0x400000);
    PACKED(buffer, "\xc0\x40\x00\x00");
    pack_docid(&buffer, 0x20000000);
    PACKED(buffer, "\xe0\x20\x00\x00\x00");
    pack_docid(&buffer, UINT32_MAX);
    PACKED(buffer, "\xe0\xff\xff\xff\xff");
    buffer_release(&buffer);
}

static void test_pack__nul_in_a_term(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    pack_term(&buffer, (struct span){"a\0b\0", 4});
    PACKED(buffer, "a\0\xff"
                   "b\0\xff");
    buffer_release(&buffer);
}

static void test_pack__positions(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    pack_positions(&buffer, (const uint32_t[]){300}, 1);
    PACKED(buffer, "\xac\x02");
    /* U(3); 2 of 3 values: width 2, one spare, middle at 1: the highest is 0 with a bit set, "10" first bit last: 2;
       then 0 of 1: nothing. */
    pack_positions(&buffer, (const uint32_t[]){2, 3}, 2);
    PACKED(buffer, "\x03\x02");
    /* U(8); 1 of 8 in 3 bits: 001; 1 of 7 in 2 or 3 bits: width 3, one spare, middle at 3: 001; then the middle one: 4
       of [2, 7], 2 of 6: width 3, two spare, middle at 2: short, 2 bits, 10. */
    pack_positions(&buffer, (const uint32_t[]){1, 4, 8}, 3);
    PACKED(buffer, "\x08\x89");
    buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pack__numbers),
        cmocka_unit_test(test_pack__document_numbers_sort),
        cmocka_unit_test(test_pack__nul_in_a_term),
        cmocka_unit_test(test_pack__positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
