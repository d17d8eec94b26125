/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/viterbi.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

enum { LONG = 100000 };

static int16_t tables[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
static const struct model model = {.moves = &tables[0][0][0]};

static int set_up(void **state)
{
    (void)state;
    memset(tables, 0, sizeof tables);
    return 0;
}

static void test_viterbi__prefers_the_highest_valid_labels(void **state)
{
    int16_t scores[3][MODEL_LANES] = {{0}};
    uint8_t labels[3], moves[4] = {0}, back[3][MODEL_LABELS];
    (void)state;
    scores[0][0] = 10; /* B of type 1 */
    scores[1][1] = 10; /* I of type 1 */
    scores[2][2] = 10; /* L of type 1 */
    viterbi(labels, scores, moves, 3, &model, back);
    assert_int_equal(labels[0], 1);
    assert_int_equal(labels[1], 2);
    assert_int_equal(labels[2], 3);
}

static void test_viterbi__never_leaves_a_name_open(void **state)
{
    int16_t scores[2][MODEL_LANES] = {{0}};
    uint8_t labels[2], moves[3] = {0}, back[2][MODEL_LABELS];
    (void)state;
    scores[1][0] = 30; /* B of type 1 at the end: nothing may follow */
    viterbi(labels, scores, moves, 2, &model, back);
    assert_int_equal(labels[0], 0);
    assert_int_equal(labels[1], 0);
}

static void test_viterbi__never_changes_type_inside_a_name(void **state)
{
    int16_t scores[2][MODEL_LANES] = {{0}};
    uint8_t labels[2], moves[3] = {0}, back[2][MODEL_LABELS];
    (void)state;
    scores[0][0] = 30;     /* B of type 1 */
    scores[1][4 + 2] = 20; /* L of type 2 */
    scores[1][2] = 1;      /* L of type 1 */
    viterbi(labels, scores, moves, 2, &model, back);
    assert_int_equal(labels[0], 1);
    assert_int_equal(labels[1], 3);
}

static void test_viterbi__uses_the_table_of_each_token(void **state)
{
    int16_t scores[2][MODEL_LANES] = {{0}};
    uint8_t labels[2], moves[3] = {0, 1, 0}, back[2][MODEL_LABELS];
    (void)state;
    tables[1][0][4] = 5; /* O then U of type 1, in table 1 alone */
    viterbi(labels, scores, moves, 2, &model, back);
    assert_int_equal(labels[0], 0);
    assert_int_equal(labels[1], 4);
}

static void test_viterbi__does_not_overflow_on_long_islands(void **state)
{
    (void)state;
    int16_t(*scores)[MODEL_LANES] = calloc(LONG, sizeof *scores);
    uint8_t *labels = calloc(LONG, 1), *moves = calloc(LONG + 1, 1);
    uint8_t(*back)[MODEL_LABELS] = calloc(LONG, sizeof *back);
    assert_true(scores && labels && moves && back);
    for (size_t i = 0; i < LONG; i++)
        for (int lane = 0; lane < MODEL_LANES; lane++) scores[i][lane] = lane == 7 ? 32767 : -32768;
    viterbi(labels, scores, moves, LONG, &model, back);
    for (size_t i = 0; i < LONG; i++) assert_int_equal(labels[i], 8); /* U of type 2 */
    free(scores);
    free(labels);
    free(moves);
    free(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_viterbi__prefers_the_highest_valid_labels, set_up),
        cmocka_unit_test_setup(test_viterbi__never_leaves_a_name_open, set_up),
        cmocka_unit_test_setup(test_viterbi__never_changes_type_inside_a_name, set_up),
        cmocka_unit_test_setup(test_viterbi__uses_the_table_of_each_token, set_up),
        cmocka_unit_test_setup(test_viterbi__does_not_overflow_on_long_islands, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
