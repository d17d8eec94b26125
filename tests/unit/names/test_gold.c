/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/gold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char seen[1024];

static void note(void *context, struct span document, enum tag_type found, struct span wrong, enum tag_type type,
                 struct span right)
{
    (void)context;
    (void)document;
    snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%d %.*s / %d %.*s\n", (int)found, (int)wrong.length,
             wrong.data, (int)type, (int)right.length, right.data);
}

static void test_gold__counts_right_surplus_and_missed(void **state)
{
    (void)state;
    static const struct name_entity entities[] = {
        {TAG_PLACE, {"JAPAN", 5}, 0, 1}, {TAG_PERSON, {"Toyota", 6}, 0, 1}, {TAG_PERSON, {"Nobody", 6}, 0, 1}};
    struct names names = {entities, 3, NULL, 0};
    struct gold_score scores[TAG_TYPES] = {{0}};
    struct gold *gold;
    assert_int_equal(
        gold_read(&gold, SPAN("b\tplace\tOslo\tOslo\na\tplace\tJapan\tJapan\na\torganization\tToyota\tToyota\n"), NULL),
        OK);
    assert_true(gold_has(gold, SPAN("a")));
    assert_false(gold_has(gold, SPAN("c")));
    seen[0] = '\0';
    assert_int_equal(gold_compare(gold, scores, SPAN("a"), &names, note, NULL), OK);
    assert_int_equal(scores[TAG_PLACE].right, 1);
    assert_int_equal(scores[TAG_PLACE].missed, 0);
    assert_int_equal(scores[TAG_PERSON].surplus, 2);
    assert_int_equal(scores[TAG_ORGANIZATION].missed, 1);
    assert_string_equal(seen, "1 Toyota / 2 Toyota\n1 Nobody / 0 \n0  / 2 Toyota\n");
    gold_free(gold);
}

static void test_gold__measures(void **state)
{
    (void)state;
    struct gold_score score = {.right = 3, .surplus = 1, .missed = 3};
    assert_float_equal(gold_precision(&score), 0.75, 1e-9);
    assert_float_equal(gold_recall(&score), 0.5, 1e-9);
    assert_float_equal(gold_f1(&score), 0.6, 1e-9);
}

static void test_gold__bad_line_is_named(void **state)
{
    (void)state;
    struct gold *gold;
    struct error error;
    assert_int_equal(gold_read(&gold, SPAN("a\tplace\tOslo\tOslo\na\tship\tTitanic\n"), &error), INVALID);
    assert_int_equal(error.position, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gold__counts_right_surplus_and_missed),
        cmocka_unit_test(test_gold__measures),
        cmocka_unit_test(test_gold__bad_line_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
