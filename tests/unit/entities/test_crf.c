/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/crf.h"
#include "indexer/entities/train/pack.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

enum { FEATURES = 4 };

/* Four islands of one or two tokens. Feature 0 goes with persons, 1 with the first and 2 with the last token of a
 * place, 3 with everything. */
static struct island islands[] = {
    {.first = 0, .length = 1, .leave = 1, .weight = 1},
    {.first = 1, .length = 2, .leave = 1, .weight = 1},
    {.first = 3, .length = 1, .leave = 1, .weight = 1},
};
static size_t starts[] = {0, 2, 4, 6, 7};
static uint32_t features[] = {0, 3, 1, 3, 2, 3, 3};
static uint32_t allowed[] = {1u << 4, 1u << 9, 1u << 11, 1u << 0}; /* U person; B, L place; O */
static uint8_t moves[] = {0, 0, 0, 0};
static struct samples samples = {.islands = islands,
                                 .island_count = 3,
                                 .starts = starts,
                                 .allowed = allowed,
                                 .moves = moves,
                                 .token_count = 4,
                                 .features = features,
                                 .feature_count = 7};

static struct inventory inventory;

static int set_up(void **state)
{
    (void)state;
    memset(&inventory, 0, sizeof inventory);
    inventory.counts = calloc(FEATURES, sizeof *inventory.counts);
    if (!inventory.counts) return -1;
    for (uint64_t i = 0; i < FEATURES; i++) {
        table_add(&inventory.index, 1000 + i);
        inventory.counts[i] = 1;
    }
    inventory.counts[3] = 4;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    inventory_release(&inventory);
    return 0;
}

static struct crf *learnt(void)
{
    struct crf_options options = {.passes = 30, .average = 3, .rate = 0.5f, .decay = 0.01f, .start = 1};
    struct crf *crf = crf_new(FEATURES);
    crf_learn(crf, &inventory, &samples, &options);
    return crf;
}

static void test_crf__learns_what_it_is_shown(void **state)
{
    uint8_t labels[2];
    float sure[2];
    (void)state;
    struct crf *crf = learnt();
    crf_label(labels, sure, crf, &samples, &islands[0]);
    assert_int_equal(labels[0], 4);
    assert_true(sure[0] > 0.5f && sure[0] <= 1.001f);
    crf_label(labels, sure, crf, &samples, &islands[1]);
    assert_int_equal(labels[0], 9);
    assert_int_equal(labels[1], 11);
    crf_label(labels, NULL, crf, &samples, &islands[2]);
    assert_int_equal(labels[0], 0);
    crf_free(crf);
}

static void test_crf__gives_the_same_again(void **state)
{
    (void)state;
    struct crf *first = learnt(), *second = learnt();
    assert_memory_equal(first->rows, second->rows, FEATURES * sizeof *first->rows);
    assert_memory_equal(first->moves, second->moves, sizeof first->moves);
    crf_free(first);
    crf_free(second);
}

static void test_crf__splits_belief_between_allowed_labels(void **state)
{
    uint8_t labels[2];
    float sure[2];
    (void)state;
    allowed[3] = 1u << 0 | 1u << 16; /* O or U of the other names */
    struct crf *crf = learnt();
    crf_label(labels, sure, crf, &samples, &islands[2]);
    assert_true(labels[0] == 0 || labels[0] == 16);
    assert_true(sure[0] < 0.9f);
    allowed[3] = 1u << 0;
    crf_free(crf);
}

static void test_crf__narrows_to_the_features_that_matter(void **state)
{
    (void)state;
    struct crf *crf = learnt();
    uint32_t *order = features_by_importance(crf, &inventory);
    const int64_t numbers[FEATURES] = {-1, 0, 1, -1};
    struct crf *narrow = crf_narrow(crf, numbers, 2);
    assert_memory_equal(narrow->rows[0].weights, crf->rows[1].weights, sizeof crf->rows[1].weights);
    assert_memory_equal(narrow->rows[1].weights, crf->rows[2].weights, sizeof crf->rows[2].weights);
    inventory_keep(&inventory, order, 2);
    assert_int_equal(inventory.index.length, 2);
    assert_int_equal(inventory.index.keys[0], 1000 + order[0]);
    free(order);
    crf_free(crf);
    crf_free(narrow);
}

static void test_moves__are_those_of_names_from_first_to_last(void **state)
{
    (void)state;
    assert_true(move_allowed(0, 1));  /* O, B */
    assert_false(move_allowed(0, 2)); /* O, I */
    assert_true(move_allowed(1, 3));  /* B, L of one type */
    assert_false(move_allowed(1, 7)); /* B, L of two types */
    assert_false(move_allowed(2, 0)); /* I, O */
    assert_true(move_allowed(4, 5));  /* U, B of another */
    assert_false(move_allowed(4, 3)); /* U, L */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_crf__learns_what_it_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_crf__gives_the_same_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_crf__splits_belief_between_allowed_labels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_crf__narrows_to_the_features_that_matter, set_up, tear_down),
        cmocka_unit_test(test_moves__are_those_of_names_from_first_to_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
