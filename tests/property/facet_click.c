/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A click yields the count shown: for random queries and filters over our samples, choosing any value of any facet, in
 * place of what is chosen there already, gives as many documents as the facet said; and one code path serves whoever
 * asks: the total, the ids and their order are the same with and without facets, snippets and pages. */
#include "indexer/update.h"
#include "searcher/search.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/dossier-facet-click-XXXXXX";
static struct searcher *searcher;
static uint32_t seed = 20141008;

static uint32_t random_below(uint32_t bound)
{
    seed = seed * 1664525u + 1013904223u; /* Numerical Recipes' generator */
    return (seed >> 8) % bound;
}

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int setup(void **state)
{
    static char path[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/x.db", folder);
    struct index_options options = {
        .database = path, .paths = (const char *const[]){SOURCE_DIR "/corpus/samples"}, .path_count = 1, .jobs = 1};
    struct index_report report;
    struct error error = {0};
    assert_int_equal(index_update(&report, &options, &error), OK);
    assert_true(report.added >= 60);
    assert_int_equal(searcher_open(&searcher, path, &error), OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    searcher_free(searcher);
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}

static const char *random_query(char out[256])
{
    static const char *const parts[] = {"ransomware",        "cyber crime", "asean", "\"joint statement\"", "police",
                                        "-ransomware",       "date:2019..", "japan", "title:asean",         "trai*",
                                        "(drill OR centre)", "date:none",   "law",   "NOT police",          "training"};
    size_t length = 0;
    out[0] = '\0';
    for (uint32_t words = random_below(4); words; words--)
        length += (size_t)snprintf(out + length, 256 - length, "%s%s", length ? " " : "",
                                   parts[random_below(sizeof parts / sizeof *parts)]);
    return out;
}

static struct search_response run(struct search_request *request)
{
    struct search_response response;
    struct error error = {0};
    enum status status = search_run(&response, searcher, request, &error);
    if (status) print_error("%.*s: %s\n", (int)request->query.length, request->query.data, error.message);
    assert_int_equal(status, OK);
    return response;
}

/* The filters without those of [kind], and [value] chosen there. */
static size_t click(struct filter *out, const struct filter *filters, size_t count, enum facet_kind kind,
                    struct span value)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (filters[i].kind != kind) out[kept++] = filters[i];
    out[kept++] = (struct filter){kind, value};
    return kept;
}

static void check_clicks(const struct search_request *request, const struct search_response *response)
{
    struct filter filters[FILTERS_MAX];
    for (size_t i = 0; i < response->facet_count; i++) {
        const struct facet *facet = &response->facets[i];
        assert_int_equal(facet->value_count, facet->distinct);
        for (size_t k = 0; k < facet->value_count; k++) {
            struct search_request clicked = *request;
            /* What was relaxed stays so for the page that offers the click. */
            if (response->relaxed) clicked.match = MATCH_ANY;
            clicked.filters = filters;
            clicked.filter_count =
                click(filters, request->filters, request->filter_count, facet->kind, facet->values[k].value);
            clicked.facet_count = 0;
            clicked.exact_total = true;
            clicked.count = 0;
            struct search_response after = run(&clicked);
            if (after.total != facet->values[k].count)
                fail_msg("'%.*s': %.*s was said to give %u, and gives %u", (int)request->query.length,
                         request->query.data, (int)facet->values[k].value.length, facet->values[k].value.data,
                         (unsigned)facet->values[k].count, (unsigned)after.total);
            search_response_release(&after);
        }
    }
}

static void test_facets__a_click_yields_the_count_shown(void **state)
{
    static const struct facet_request facets[] = {
        {FACET_YEAR, 100}, {FACET_SOURCE, 100}, {FACET_LANGUAGE, 100}, {FACET_TYPE, 100}};
    static const struct filter choices[] = {{FACET_YEAR, {"2019", 4}},
                                            {FACET_YEAR, {"2015", 4}},
                                            {FACET_TYPE, {"markdown", 8}},
                                            {FACET_TYPE, {"text", 4}},
                                            {FACET_LANGUAGE, {"en", 2}},
                                            {FACET_SOURCE, {"sample courier", 14}},
                                            {FACET_SOURCE, {"Sample Wire Archive", 19}}};
    char query[256];
    (void)state;
    for (int round = 0; round < 60; round++) {
        struct filter filters[3];
        struct search_request request;
        search_request_init(&request);
        request.query = span_of(random_query(query));
        request.match = (enum match_mode)random_below(3);
        request.facets = facets;
        request.facet_count = 4;
        request.filters = filters;
        request.filter_count = random_below(4);
        for (size_t i = 0; i < request.filter_count; i++)
            filters[i] = choices[random_below(sizeof choices / sizeof *choices)];
        request.snippet_bytes = 0;
        struct search_response response = run(&request);
        check_clicks(&request, &response);
        search_response_release(&response);
    }
}

static void test_answers__are_the_same_however_they_are_asked_for(void **state)
{
    static const struct facet_request facets[] = {{FACET_YEAR, 3}};
    char query[256];
    (void)state;
    for (int round = 0; round < 60; round++) {
        struct search_request whole, page;
        search_request_init(&whole);
        whole.query = span_of(random_query(query));
        whole.sort = (enum sort_order)random_below(3);
        whole.count = 100;
        whole.documents = false;
        whole.snippet_bytes = 0;
        struct search_response all = run(&whole);
        page = whole;
        page.documents = true;
        page.snippet_bytes = SNIPPET_BYTES_DEFAULT;
        page.facets = facets;
        page.facet_count = 1;
        page.count = 1 + random_below(7);
        for (page.offset = 0; page.offset < all.hit_count; page.offset += page.count) {
            struct search_response part = run(&page);
            assert_int_equal(part.total, all.hit_count);
            for (size_t i = 0; i < part.hit_count; i++) {
                assert_true(span_equal(part.hits[i].id, all.hits[page.offset + i].id));
                assert_true(part.hits[i].score == all.hits[page.offset + i].score);
            }
            search_response_release(&part);
        }
        search_response_release(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facets__a_click_yields_the_count_shown),
        cmocka_unit_test(test_answers__are_the_same_however_they_are_asked_for),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
