/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Orders, pages and totals. */
#include "index_fixture.h"
#include "searcher/match.h"

#include <string.h>

static const char *const records = "{\"id\": \"u1\", \"text\": \"whale\"}\n"
                                   "{\"id\": \"y2015\", \"text\": \"whale whale\", \"date\": \"2015-05-05\"}\n"
                                   "{\"id\": \"y2013\", \"text\": \"whale\", \"date\": \"2013-01-31\"}\n"
                                   "{\"id\": \"u2\", \"text\": \"whale whale whale\"}\n"
                                   "{\"id\": \"y2014b\", \"text\": \"whale and much else of no use\", \"date\": "
                                   "\"2014-07-01\"}\n"
                                   "{\"id\": \"y2014a\", \"text\": \"whale whale whale\", \"date\": \"2014-07-01\"}\n"
                                   "{\"id\": \"no\", \"text\": \"herring\", \"date\": \"2010-01-01\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("match.db", records);
    searcher = open_index("match.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static const char *page(enum sort_order sort, size_t offset, size_t count)
{
    struct search_request request;
    search_request_init(&request);
    request.sort = sort;
    request.offset = offset;
    request.count = count;
    return hits_with(searcher, &request, "whale");
}

static void test_sort__newest_and_oldest_have_the_undated_last(void **state)
{
    (void)state;
    assert_string_equal(page(SORT_NEWEST, 0, 10), "y2015 y2014a y2014b y2013 u2 u1");
    assert_string_equal(page(SORT_OLDEST, 0, 10), "y2013 y2014a y2014b y2015 u2 u1");
}

static void test_sort__pages_fit_together_also_over_the_border_of_the_undated(void **state)
{
    static const char *const ids[2][6] = {{"y2015", "y2014a", "y2014b", "y2013", "u2", "u1"},
                                          {"y2013", "y2014a", "y2014b", "y2015", "u2", "u1"}};
    (void)state;
    for (int i = 0; i < 2; i++)
        for (size_t offset = 0; offset <= 7; offset++)
            for (size_t count = 0; count <= 7; count++) {
                char expected[64] = "";
                for (size_t k = offset; k < offset + count && k < 6; k++) {
                    if (k > offset) strcat(expected, " ");
                    strcat(expected, ids[i][k]);
                }
                assert_string_equal(page(i ? SORT_OLDEST : SORT_NEWEST, offset, count), expected);
            }
}

static void test_sort__by_relevance_pages_fit_together(void **state)
{
    char whole[256], pages[256] = "";
    (void)state;
    strcpy(whole, page(SORT_RELEVANCE, 0, 10));
    for (size_t offset = 0; offset < 6; offset += 2) {
        if (offset) strcat(pages, " ");
        strcat(pages, page(SORT_RELEVANCE, offset, 2));
    }
    assert_string_equal(pages, whole);
    assert_string_equal(page(SORT_RELEVANCE, 6, 2), "");
}

static void test_total__is_the_same_on_every_page_and_in_every_order(void **state)
{
    struct search_request request;
    (void)state;
    for (int sort = SORT_RELEVANCE; sort <= SORT_OLDEST; sort++)
        for (size_t offset = 0; offset <= 8; offset += 4) {
            search_request_init(&request);
            request.sort = (enum sort_order)sort;
            request.offset = offset;
            request.count = 1;
            request.exact_total = true;
            struct search_response response = search_with(searcher, &request, "whale");
            assert_int_equal(response.total, 6);
            assert_true(response.exact);
            search_response_release(&response);
        }
}

static void test_rank__counts_over_all_pages(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.offset = 3;
    request.count = 2;
    struct search_response response = search_with(searcher, &request, "whale");
    assert_int_equal(response.hit_count, 2);
    assert_int_equal(response.hits[0].rank, 4);
    assert_int_equal(response.hits[1].rank, 5);
    search_response_release(&response);
}

static void test_pages__beyond_any_document_are_empty_and_beyond_the_limit_an_error(void **state)
{
    (void)state;
    assert_string_equal(page(SORT_RELEVANCE, HITS_MAX, HITS_MAX), "");
    assert_string_equal(page(SORT_OLDEST, HITS_MAX, HITS_MAX), "");
    assert_string_equal(page(SORT_RELEVANCE, (size_t)HITS_MAX + 1, 1),
                        "error limit exceeded @-1: at most 1000000 hits can be paged through");
    assert_string_equal(page(SORT_RELEVANCE, 0, (size_t)HITS_MAX + 1),
                        "error limit exceeded @-1: at most 1000000 hits can be paged through");
}

static void test_match__equal_scores_come_in_document_order(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    assert_string_equal(hits_with(searcher, &request, ""), "u1 y2015 y2013 u2 y2014b y2014a no");
}

static void test_match__runs_a_query_without_text(void **state)
{
    struct xc_query *query = NULL;
    struct match_result result = {0};
    struct ranking ranking;
    struct error error = {0};
    (void)state;
    ranking_default(&ranking);
    assert_int_equal(xc_query_none(&query, NULL), XC_OK);
    struct match_request request = {.query = query, .ranking = &ranking, .count = 5, .exact = true};
    assert_int_equal(match_run(&result, searcher_reader(searcher), &request, &error), OK);
    assert_int_equal(result.total, 0);
    assert_int_equal(result.count, 0);
    assert_true(result.exact);
    match_result_release(&result);
    match_result_release(&result);
    xc_query_free(query);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort__newest_and_oldest_have_the_undated_last),
        cmocka_unit_test(test_sort__pages_fit_together_also_over_the_border_of_the_undated),
        cmocka_unit_test(test_sort__by_relevance_pages_fit_together),
        cmocka_unit_test(test_total__is_the_same_on_every_page_and_in_every_order),
        cmocka_unit_test(test_rank__counts_over_all_pages),
        cmocka_unit_test(test_pages__beyond_any_document_are_empty_and_beyond_the_limit_an_error),
        cmocka_unit_test(test_match__equal_scores_come_in_document_order),
        cmocka_unit_test(test_match__runs_a_query_without_text),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
