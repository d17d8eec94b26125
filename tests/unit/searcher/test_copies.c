/* SPDX-License-Identifier: GPL-2.0-or-later */
/* near:, similar: and collapsing. */
#include "index_fixture.h"
#include "searcher/similar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* a and its copies a2 and a3, b and its copy, others; all have the word "report". */
static const char *const records =
    "{\"id\": \"a\", \"text\": \"REPORT. Coast guard officers of nine states met in Manila on Monday and spoke for two "
    "days about rescue at sea, patrols and the price of fuel, which has doubled since spring.\"}\n"
    "{\"id\": \"b\", \"text\": \"A report on rice: the harvest in the delta was the best in eleven years, farmers "
    "said, "
    "and mills are short of trucks to carry the paddy away before the rains set in.\"}\n"
    "{\"id\": \"a2\", \"text\": \"report -- coast guard officers of nine states met in Manila on Monday, and spoke for "
    "two days about rescue at sea, patrols and the price of fuel which has doubled since spring. Report ends.\"}\n"
    "{\"id\": \"c\", \"text\": \"The report on schools names teachers who are missing in the hills; a new college "
    "shall "
    "open its doors in autumn and train two hundred of them each year.\"}\n"
    "{\"id\": \"a \\\"3\\\"\", \"text\": \"Report: Coast guard officers of nine states met in Manila on Monday and "
    "spoke "
    "for two days about rescue at sea, patrols and the price of fuel, which has doubled since spring. It is a report "
    "of a report.\"}\n"
    "{\"id\": \"b2\", \"text\": \"A report on rice: the harvest in the delta was the best in eleven years, farmers "
    "said, and mills are short of trucks to carry the paddy away before the rains set in. (Corrects.)\"}\n"
    "{\"id\": \"coast\", \"text\": \"Guard towers on the coast, says a report, want paint before the rescue day.\"}\n"
    "{\"id\": \"void\", \"text\": \"!!!\"}\n";

static struct searcher *searcher;

static int setup(void **state)
{
    folder_setup(state);
    make_index("copies.db", records);
    searcher = open_index("copies.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void test_near__finds_the_copies_and_not_the_document(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "near:a"), "a \"3\" a2");
    assert_string_equal(found(searcher, "near:'a \"3\"'"), "error invalid input @5: near: there is no document ''a' in this "
                                                           "index");
    assert_string_equal(found(searcher, "near:«a \"3\"»"), "a a2");
    assert_string_equal(found(searcher, "near:b2"), "b");
    assert_string_equal(found(searcher, "near:c"), "");
}

static void test_near__combines_with_the_rest_of_the_query(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "report -near:a"), "a b b2 c coast");
    assert_string_equal(found(searcher, "near:a ends"), "a2");
    assert_string_equal(found(searcher, "near:a OR near:b"), "a \"3\" a2 b2");
    assert_string_equal(found(searcher, "near:(a OR b)"), "a \"3\" a2 b2");
}

static void test_near__weighs_nothing(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    struct search_response response = search_with(searcher, &request, "near:a");
    assert_int_equal(response.hit_count, 2);
    assert_true(response.hits[0].score == 0 && response.hits[1].score == 0);
    search_response_release(&response);
}

static void test_near__of_what_has_no_copies_to_be_told_says_so(void **state)
{
    (void)state;
    assert_string_equal(found(searcher, "x near:nobody"),
                        "error invalid input @7: near: there is no document 'nobody' in this index");
    assert_string_equal(found(searcher, "near:void"),
                        "error unsupported @5: near: document 'void' has no signature: it has no words, or was indexed "
                        "before near-copies were kept (index into a new folder)");
}

static void test_similar__ranks_what_shares_telling_words(void **state)
{
    (void)state;
    struct search_request request;
    search_request_init(&request);
    const char *hits = hits_with(searcher, &request, "similar:a");
    assert_true(!strncmp(hits, "a2 a \"3\" coast", 14) || !strncmp(hits, "a \"3\" a2 coast", 14));
    assert_string_equal(found(searcher, "similar:a rice"), "b b2");
    assert_string_equal(found(searcher, "similar:a towers"), "coast");
    assert_string_equal(found(searcher, "similar:void"), "");
    assert_string_equal(found(searcher, "similar:nobody"),
                        "error invalid input @8: similar: there is no document 'nobody' in this index");
}

static void test_similar__takes_a_text_that_is_not_in_the_index(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.similar_text = SPAN("The delta's rice harvests; \"paddy\" (and mills");
    request.count = 2;
    const char *hits = hits_with(searcher, &request, "");
    assert_true(!strcmp(hits, "b b2") || !strcmp(hits, "b2 b"));
    assert_string_equal(hits_with(searcher, &request, "corrects"), "b2");
    assert_string_equal(hits_with(searcher, &request, "-corrects"), "b");
    request.similar_text = SPAN("zyzzyva");
    assert_string_equal(hits_with(searcher, &request, ""), "");
}

static void test_similar__is_printed_so_that_it_finds_the_document(void **state)
{
    struct buffer text;
    (void)state;
    buffer_init(&text, 1000);
    assert_int_equal(similar_print(&text, FIELD_NEAR, SPAN("a \"3\"")), OK);
    assert_int_equal(buffer_append_byte(&text, '\0'), OK);
    assert_string_equal(found(searcher, text.data), "a a2");
    buffer_release(&text);
}

/* "id" or "id+2(id id)" for each hit. */
static const char *collapsed(const char *query, size_t offset, size_t count, enum sort_order sort)
{
    static char text[1000];
    size_t length = 0;
    struct search_request request;
    search_request_init(&request);
    request.collapse = true;
    request.offset = offset;
    request.count = count;
    request.sort = sort;
    struct search_response response = search_with(searcher, &request, query);
    text[0] = '\0';
    for (size_t i = 0; i < response.hit_count; i++) {
        const struct hit *hit = &response.hits[i];
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%.*s", i ? " " : "", (int)hit->id.length,
                                   hit->id.data);
        if (!hit->others.count) continue;
        length += (size_t)snprintf(text + length, sizeof text - length, "+%d(", (int)hit->others.count);
        for (size_t k = 0; k < hit->others.id_count; k++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%.*s", k ? " " : "",
                                       (int)hit->others.ids[k].length, hit->others.ids[k].data);
        length += (size_t)snprintf(text + length, sizeof text - length, ")");
    }
    search_response_release(&response);
    return text;
}

static void test_collapse__shows_the_best_of_each_group(void **state)
{
    (void)state;
    assert_string_equal(collapsed("report", 0, 10, SORT_RELEVANCE), "a \"3\"+2(a2 a) coast c b+1(b2)");
    assert_string_equal(collapsed("rice", 0, 10, SORT_RELEVANCE), "b+1(b2)");
    assert_string_equal(collapsed("report -ends", 0, 10, SORT_RELEVANCE), "a \"3\"+1(a) coast c b+1(b2)");
    assert_string_equal(collapsed("ends", 0, 10, SORT_RELEVANCE), "a2");
}

static void test_collapse__pages_fit_together(void **state)
{
    (void)state;
    assert_string_equal(collapsed("report", 0, 2, SORT_RELEVANCE), "a \"3\"+2(a2 a) coast");
    assert_string_equal(collapsed("report", 2, 2, SORT_RELEVANCE), "c b+1(b2)");
    assert_string_equal(collapsed("report", 4, 2, SORT_RELEVANCE), "");
}

static void test_collapse__leaves_totals_and_facets_alone(void **state)
{
    static const struct facet_request facet = {.kind = FACET_LANGUAGE, .values = 5};
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.collapse = true;
    request.facets = &facet;
    request.facet_count = 1;
    struct search_response response = search_with(searcher, &request, "report");
    assert_int_equal(response.hit_count, 4);
    assert_int_equal(response.total, 7);
    assert_true(response.exact);
    assert_int_equal(response.facets[0].values[0].count, 7);
    search_response_release(&response);
}

/* The count shown is what the query given with it finds. */
static void test_collapse__a_click_yields_its_count(void **state)
{
    struct search_request request, click;
    (void)state;
    search_request_init(&request);
    request.collapse = true;
    search_request_init(&click);
    static const char *const queries[] = {"report", "report -ends", "rice OR coast", "", "\"nine states\" report"};
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        struct search_response response = search_with(searcher, &request, queries[q]);
        for (size_t i = 0; i < response.hit_count; i++) {
            const struct hit_others *others = &response.hits[i].others;
            if (!others->count) continue;
            char *query = strndup(others->query.data, others->query.length);
            struct search_response clicked = search_with(searcher, &click, query);
            assert_int_equal(clicked.total, others->count);
            search_response_release(&clicked);
            free(query);
        }
        search_response_release(&response);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near__finds_the_copies_and_not_the_document),
        cmocka_unit_test(test_near__combines_with_the_rest_of_the_query),
        cmocka_unit_test(test_near__weighs_nothing),
        cmocka_unit_test(test_near__of_what_has_no_copies_to_be_told_says_so),
        cmocka_unit_test(test_similar__ranks_what_shares_telling_words),
        cmocka_unit_test(test_similar__takes_a_text_that_is_not_in_the_index),
        cmocka_unit_test(test_similar__is_printed_so_that_it_finds_the_document),
        cmocka_unit_test(test_collapse__shows_the_best_of_each_group),
        cmocka_unit_test(test_collapse__pages_fit_together),
        cmocka_unit_test(test_collapse__leaves_totals_and_facets_alone),
        cmocka_unit_test(test_collapse__a_click_yields_its_count),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
