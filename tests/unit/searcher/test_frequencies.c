/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/frequencies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_frequencies__remembers_until_cleared(void **state)
{
    (void)state;
    struct frequencies *frequencies = frequencies_new();
    uint32_t documents = 7;
    assert_false(frequencies_find(&documents, frequencies, SPAN("Zcrime")));
    frequencies_keep(frequencies, SPAN("Zcrime"), 12);
    frequencies_keep(frequencies, SPAN("crime"), 0);
    assert_true(frequencies_find(&documents, frequencies, SPAN("Zcrime")));
    assert_int_equal(documents, 12);
    assert_true(frequencies_find(&documents, frequencies, SPAN("crime")));
    assert_int_equal(documents, 0);
    frequencies_clear(frequencies);
    assert_false(frequencies_find(&documents, frequencies, SPAN("Zcrime")));
    frequencies_free(frequencies);
}

static void test_frequencies__never_confuses_two_terms(void **state)
{
    (void)state;
    struct frequencies *frequencies = frequencies_new();
    size_t kept = 0;
    for (uint32_t i = 0; i < 3 * FREQUENCIES_ROOM; i++) {
        char term[16];
        int length = snprintf(term, sizeof term, "w%u", (unsigned)i);
        frequencies_keep(frequencies, (struct span){term, (size_t)length}, i);
    }
    for (uint32_t i = 0; i < 3 * FREQUENCIES_ROOM; i++) {
        char term[16];
        uint32_t documents;
        int length = snprintf(term, sizeof term, "w%u", (unsigned)i);
        if (!frequencies_find(&documents, frequencies, (struct span){term, (size_t)length})) continue;
        assert_int_equal(documents, i);
        kept++;
    }
    assert_true(kept > FREQUENCIES_ROOM / 2);
    assert_true(kept <= FREQUENCIES_ROOM);
    frequencies_free(frequencies);
}

static void test_frequencies__goes_without_memory_and_long_terms(void **state)
{
    (void)state;
    char term[FREQUENCIES_BYTES + 1];
    uint32_t documents;
    memset(term, 'a', sizeof term);
    frequencies_keep(NULL, SPAN("a"), 1);
    assert_false(frequencies_find(&documents, NULL, SPAN("a")));
    struct frequencies *frequencies = frequencies_new();
    frequencies_keep(frequencies, (struct span){term, sizeof term}, 3);
    assert_false(frequencies_find(&documents, frequencies, (struct span){term, sizeof term}));
    frequencies_keep(frequencies, (struct span){term, sizeof term - 1}, 3);
    assert_true(frequencies_find(&documents, frequencies, (struct span){term, sizeof term - 1}));
    frequencies_free(frequencies);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frequencies__remembers_until_cleared),
        cmocka_unit_test(test_frequencies__never_confuses_two_terms),
        cmocka_unit_test(test_frequencies__goes_without_memory_and_long_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
