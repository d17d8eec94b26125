/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/score.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Anwar Ibrahim (person) met ASEAN (organization) in Tokyo (place) at Obon (other). */
static struct annotated_token tokens[] = {
    {.text = {"Anwar", 5}, .type = 1, .begins = true, .sentence = true, .document = true},
    {.text = {"Ibrahim", 7}, .type = 1},
    {.text = {"met", 3}},
    {.text = {"ASEAN", 5}, .type = 2, .begins = true},
    {.text = {"in", 2}},
    {.text = {"Tokyo", 5}, .type = 3, .begins = true},
    {.text = {"at", 2}},
    {.text = {"Obon", 4}, .type = 4, .begins = true},
};
static const struct annotated text = {.tokens = tokens, .length = 8};

static void test_score__counts_exact_names_only(void **state)
{
    struct score score;
    uint8_t labels[8] = {0};
    (void)state;
    labels_put(labels, 1, 1);     /* Anwar alone: wrong span */
    labels_put(labels + 3, 2, 1); /* right */
    labels_put(labels + 5, 2, 1); /* wrong type */
    score_labels(&score, &text, labels);
    assert_int_equal(score.right[0], 1);
    assert_int_equal(score.found[0], 3);
    assert_int_equal(score.gold[0], 3);
    assert_int_equal(score.found[2], 2);
    assert_float_equal(score_f1(&score, 2), 200.0 / 3, 1e-9);
    assert_float_equal(score_f1(&score, 1), 0, 1e-9);
}

static void test_score__leaves_other_names_out(void **state)
{
    struct score score;
    uint8_t labels[8] = {0};
    (void)state;
    labels_put(labels, 1, 2);
    labels_put(labels + 3, 2, 1);
    labels_put(labels + 5, 3, 1);
    labels_put(labels + 6, 4, 2);
    score_labels(&score, &text, labels);
    assert_float_equal(score_f1(&score, 0), 100, 1e-9);
}

static void test_score__of_nothing_is_zero(void **state)
{
    struct score score;
    uint8_t labels[8] = {0};
    struct annotated empty = {0};
    (void)state;
    score_labels(&score, &empty, labels);
    assert_float_equal(score_f1(&score, 0), 0, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score__counts_exact_names_only),
        cmocka_unit_test(test_score__leaves_other_names_out),
        cmocka_unit_test(test_score__of_nothing_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
