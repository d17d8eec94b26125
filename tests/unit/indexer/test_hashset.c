/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/hashset.h"

#include <stdio.h>

static void test_hashset__knows_what_was_added(void **state)
{
    (void)state;
    struct hashset set = {0};
    char name[16];
    bool added;
    assert_false(hashset_has(&set, SPAN("")));
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "id %d", i);
        assert_false(hashset_has(&set, span_of(name)));
        assert_int_equal(hashset_add(&added, &set, span_of(name)), OK);
        assert_true(added);
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "id %d", i);
        assert_true(hashset_has(&set, span_of(name)));
        assert_int_equal(hashset_add(&added, &set, span_of(name)), OK);
        assert_false(added);
    }
    assert_int_equal(set.used, 3000);
    hashset_release(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hashset__knows_what_was_added)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
