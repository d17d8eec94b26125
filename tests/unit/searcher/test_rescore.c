/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/match.h"

#include <string.h>

/* The same words at three ages and without one; e is older and says more. */
static const char RECORDS[] =
    "{\"id\":\"a\",\"date\":\"2010-06-30\",\"text\":\"harbour drill today\"}\n"
    "{\"id\":\"b\",\"date\":\"2014-06-30\",\"text\":\"harbour drill today\"}\n"
    "{\"id\":\"c\",\"text\":\"harbour drill today\"}\n"
    "{\"id\":\"d\",\"date\":\"2014-06-20\",\"text\":\"harbour drill today\"}\n"
    "{\"id\":\"e\",\"date\":\"2009-01-01\",\"text\":\"harbour harbour harbour drill drill drill\"}\n"
    "{\"id\":\"f\",\"text\":\"rice\"}\n{\"id\":\"g\",\"text\":\"rice prices\"}\n{\"id\":\"h\",\"text\":\"music\"}\n"
    "{\"id\":\"i\",\"text\":\"film week\"}\n{\"id\":\"j\",\"text\":\"bridge\"}\n{\"id\":\"k\",\"text\":\"tram\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("rescore.db", RECORDS);
    searcher = open_index("rescore.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static const char *young_first(double half_life, size_t offset, size_t count)
{
    struct search_request request;
    search_request_init(&request);
    request.half_life = half_life;
    request.offset = offset;
    request.count = count;
    return hits_with(searcher, &request, "harbour drill");
}

static void test_rescore__prefers_young_documents_and_is_neutral_to_undated(void **state)
{
    (void)state;
    assert_string_equal(young_first(0, 0, 10), "e a b c d");
    assert_string_equal(young_first(30, 0, 10), "b e d c a"); /* c as if it were 30 days old */
    assert_string_equal(young_first(5, 0, 10), "b e c d a");
    assert_string_equal(young_first(1e6, 0, 10), "e b d a c"); /* all are young */
}

static void test_rescore__fits_pages_together(void **state)
{
    (void)state;
    assert_string_equal(young_first(30, 0, 2), "b e");
    assert_string_equal(young_first(30, 2, 2), "d c");
    assert_string_equal(young_first(30, 4, 2), "a");
    assert_string_equal(young_first(30, 6, 2), "");
}

static void test_rescore__parts_sum_to_what_is_added(void **state)
{
    (void)state;
    enum { COUNT = 4 };
    struct match matches[COUNT] = {{5, 4}, {1, 2}, {2, 2}, {3, 1}};
    const uint32_t kept[] = {2, 3};
    const struct rescoring rescoring = {.half_life = 10, .kept = kept, .kept_count = 2};
    double before[COUNT + 2] = {[5] = 4, [1] = 2, [2] = 2, [3] = 1}, parts[COUNT][RESCORE_PARTS], bonus;
    struct error error;
    assert_int_equal(rescore(matches, COUNT, parts, searcher_reader(searcher), &rescoring, &error), OK);
    assert_int_equal(matches[0].docid, 2);
    assert_int_equal(matches[1].docid, 3);
    assert_int_equal(matches[2].docid, 5);
    assert_int_equal(matches[3].docid, 1);
    for (int i = 0; i < COUNT; i++) {
        double sum = before[matches[i].docid] + parts[i][RESCORE_RECENCY] + parts[i][RESCORE_KEPT];
        assert_true(sum > matches[i].score - 1e-9 && sum < matches[i].score + 1e-9);
        assert_true(!i || matches[i].score <= matches[i - 1].score);
    }
    assert_int_equal(rescore_recency(&bonus, searcher_reader(searcher), 10, 2, 2, &error), OK);
    assert_true(bonus > 0.6 - 1e-9 && bonus < 0.6 + 1e-9); /* 30% on the newest day */
    assert_int_equal(rescore_recency(&bonus, searcher_reader(searcher), 10, 4, 2, &error), OK);
    assert_true(bonus > 0.3 - 1e-9 && bonus < 0.3 + 1e-9); /* half of it ten days before */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rescore__prefers_young_documents_and_is_neutral_to_undated),
        cmocka_unit_test(test_rescore__fits_pages_together),
        cmocka_unit_test(test_rescore__parts_sum_to_what_is_added),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
