/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hits that are given one by one. */
#include "index_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 300 };

static struct searcher *searcher;

/* Records 0 to [count], without those whose number [left_out] divides (0: none). */
static char *records(int count, int left_out, const char *text)
{
    char *out = malloc((size_t)count * 200 + 1), *end = out;
    assert_non_null(out);
    for (int i = 0; i < count; i++)
        if (!left_out || i % left_out)
            end += sprintf(end, "{\"id\": \"r%d\", \"text\": \"%s%s\", \"date\": \"2014-10-%02d\"}\n", i, text,
                           i % 3 ? "" : " drill drill", 1 + i % 28);
    *end = '\0';
    return out;
}

static int setup(void **state)
{
    folder_setup(state);
    char *all = records(RECORDS, 0, "police drill");
    make_index("stream.db", all);
    free(all);
    searcher = open_index("stream.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

/* What a stream is checked against, or does. */
struct check {
    const struct search_response *expected;
    size_t seen, stop_after;
    size_t change_at; /* after so many hits every third record goes; 0: never */
};

static bool on_hit(void *context, const struct hit *hit)
{
    struct check *check = context;
    if (check->expected) {
        const struct hit *expected = &check->expected->hits[check->seen];
        assert_true(check->seen < check->expected->hit_count);
        assert_int_equal(hit->rank, expected->rank);
        assert_true(hit->score == expected->score);
        assert_true(span_equal(hit->id, expected->id));
        assert_true(span_equal(hit->field[RECORD_DATE], expected->field[RECORD_DATE]));
        assert_int_equal(hit->piece_count, expected->piece_count);
        for (size_t i = 0; i < hit->piece_count; i++) {
            assert_true(span_equal(hit->pieces[i].text, expected->pieces[i].text));
            assert_int_equal(hit->pieces[i].mark, expected->pieces[i].mark);
        }
    }
    check->seen++;
    if (check->seen == check->change_at)
        for (int round = 0; round < 3; round++) { /* a reader is left behind by the second commit */
            char *less = records(RECORDS, 3, round % 2 ? "police drill changed" : "police drill");
            update_index("stream.db", less);
            free(less);
        }
    return check->seen != check->stop_after;
}

static struct search_request request_for(const char *query)
{
    struct search_request request;
    search_request_init(&request);
    request.query = span_of(query);
    request.count = RECORDS;
    return request;
}

static size_t streamed(const struct search_request *request, struct check *check)
{
    struct search_response response;
    struct error error;
    assert_int_equal(search_stream(&response, searcher, request, on_hit, check, &error), OK);
    assert_int_equal(response.hit_count, 0);
    size_t total = response.total;
    search_response_release(&response);
    return total;
}

static void test_stream__gives_the_hits_that_an_answer_has(void **state)
{
    (void)state;
    for (int sort = SORT_RELEVANCE; sort <= SORT_OLDEST; sort++)
        for (int documents = 0; documents < 2; documents++) {
            struct search_request request = request_for("drill");
            request.sort = (enum sort_order)sort;
            request.offset = 7;
            request.documents = documents;
            request.exact_total = true;
            struct search_response response = search_with(searcher, &request, "drill");
            struct check check = {.expected = &response};
            assert_int_equal(streamed(&request, &check), RECORDS);
            assert_int_equal(check.seen, RECORDS - 7);
            search_response_release(&response);
        }
}

static void test_stream__ends_when_told(void **state)
{
    struct check check = {.stop_after = 5};
    struct search_request request = request_for("drill");
    (void)state;
    streamed(&request, &check);
    assert_int_equal(check.seen, 5);
}

static void test_stream__has_no_limit_of_hits(void **state)
{
    struct check check = {0};
    struct search_request request = request_for("drill");
    struct search_response response;
    struct error error;
    (void)state;
    request.count = UINT32_MAX;
    streamed(&request, &check);
    assert_int_equal(check.seen, RECORDS);
    request.offset = UINT32_MAX;
    check.seen = 0;
    streamed(&request, &check);
    assert_int_equal(check.seen, 0);
    assert_int_equal(search_run(&response, searcher, &request, &error), LIMIT);
}

static void test_stream__tells_a_bad_query_before_any_hit(void **state)
{
    struct check check = {0};
    struct search_request request = request_for("a*b*");
    struct search_response response;
    struct error error;
    (void)state;
    request.query = SPAN("date:x");
    request.strict = true;
    assert_int_equal(search_stream(&response, searcher, &request, on_hit, &check, &error), INVALID);
    assert_int_equal(check.seen, 0);
}

static void test_stream__goes_on_over_commits_without_what_they_remove(void **state)
{
    struct check check = {.change_at = 10};
    struct search_request request = request_for("police");
    (void)state;
    request.sort = SORT_NEWEST;
    size_t total = streamed(&request, &check);
    assert_int_equal(total, RECORDS);
    /* Ten hits, then two thirds of the others, which are spread evenly over the days. */
    assert_true(check.seen >= 10 + (RECORDS - 10) * 2 / 3 - 7 && check.seen <= 10 + (RECORDS - 10) * 2 / 3 + 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stream__gives_the_hits_that_an_answer_has),
        cmocka_unit_test(test_stream__ends_when_told),
        cmocka_unit_test(test_stream__has_no_limit_of_hits),
        cmocka_unit_test(test_stream__tells_a_bad_query_before_any_hit),
        cmocka_unit_test(test_stream__goes_on_over_commits_without_what_they_remove),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
