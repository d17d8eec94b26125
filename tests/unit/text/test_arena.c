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

static void test_arena__gives_aligned_memory_that_stays(void **state)
{
    (void)state;
    struct arena arena;
    unsigned char *taken[500];
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 500; i++) {
        taken[i] = arena_take(&arena, 1 + i);
        assert_non_null(taken[i]);
        assert_int_equal((uintptr_t)taken[i] % _Alignof(max_align_t), 0);
        memset(taken[i], (int)i, 1 + i);
        assert_non_null(arena_bytes(&arena, 1));
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t b = 0; b <= i; b++) assert_int_equal(taken[i][b], (unsigned char)i);
    arena_release(&arena);
    arena_release(&arena);
}

static void test_arena__copies_with_a_nul(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 10000);
    assert_string_equal(arena_copy(&arena, SPAN("dossier")), "dossier");
    assert_string_equal(arena_copy(&arena, (struct span){0}), "");
    arena_release(&arena);
}

static void test_arena__stops_at_its_maximum(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 100);
    assert_non_null(arena_take(&arena, 60));
    assert_null(arena_take(&arena, 60));
    assert_non_null(arena_take(&arena, 40));
    assert_null(arena_take(&arena, 1));
    assert_null(arena_take(&arena, SIZE_MAX));
    assert_true(arena.total <= 100);
    arena_release(&arena);
}

static void test_arena__takes_blocks_larger_than_usual(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, (size_t)1 << 26);
    char *large = arena_bytes(&arena, 9u << 20);
    assert_non_null(large);
    large[0] = large[(9u << 20) - 1] = 'x';
    assert_non_null(arena_bytes(&arena, 10));
    arena_release(&arena);
}

static void test_arena_reset__keeps_the_largest_block(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, (size_t)1 << 24);
    for (int i = 0; i < 100; i++) assert_non_null(arena_take(&arena, 1000));
    arena_reset(&arena);
    size_t kept = arena.total;
    assert_true(kept >= 32768);
    for (int i = 0; i < 30; i++) assert_non_null(arena_take(&arena, 1000));
    assert_int_equal(arena.total, kept);
    arena_reset(&arena);
    arena_release(&arena);
    arena_reset(&arena);
    assert_int_equal(arena.total, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__gives_aligned_memory_that_stays),
        cmocka_unit_test(test_arena__copies_with_a_nul),
        cmocka_unit_test(test_arena__stops_at_its_maximum),
        cmocka_unit_test(test_arena__takes_blocks_larger_than_usual),
        cmocka_unit_test(test_arena_reset__keeps_the_largest_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
