/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A click yields the count shown: for random queries and filters over our samples and, when they are there, Reuters
 * articles with their names, choosing a value of any facet, in place of what is chosen there already, gives as many
 * documents as the facet said; and one code path serves whoever asks: the total, the ids and their order are the same
 * with and without facets, snippets and pages. */
#include "indexer/update.h"
#include "searcher/facets.h"
#include "searcher/search.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARTICLES = 1000, CLICKS = 4 /* values tried of each facet */ };

/* A collection and what to ask it. */
struct collection {
    const char *name;
    struct searcher *searcher;
    const char *parts[24]; /* of queries */
    struct {
        enum facet_kind kind;
        const char *value;
    } choices[12];
    const char *texts[4]; /* looked for in facets */
};

static struct collection samples = {
    .name = "samples",
    .parts = {"ransomware",
              "cyber crime",
              "asean",
              "\"joint statement\"",
              "police",
              "-ransomware",
              "date:2019..",
              "japan",
              "title:asean",
              "trai*",
              "(drill OR centre)",
              "date:none",
              "law",
              "NOT police",
              "training",
              "cyber NEAR/5 security",
              "joint ADJ/4 exercise",
              "=crimes",
              "place:japan",
              "organization:asean"},
    .choices = {{FACET_YEAR, "2019"},
                {FACET_YEAR, "2015"},
                {FACET_TYPE, "markdown"},
                {FACET_TYPE, "text"},
                {FACET_LANGUAGE, "en"},
                {FACET_SOURCE, "sample courier"},
                {FACET_SOURCE, "Sample Wire Archive"},
                {FACET_PLACE, "Japan"},
                {FACET_DATE, "2019-03"},
                {FACET_DATE, "none"}},
    .texts = {"asean", "JA", "é", "20"},
};

static struct collection reuters = {
    .name = "reuters",
    .parts = {"oil", "bank japan", "\"prime minister\"", "oil NEAR/5 prices", "wheat ADJ/3 exports", "trad*", "-oil",
              "date:1987-03..1987-04", "NOT bank", "(oil OR gas) opec", "title:oil", "place:japan", "person:reagan",
              "organization:opec", "=prices", "date:none", "date:1987-02-26", "shares"},
    .choices = {{FACET_YEAR, "1987"},
                {FACET_MONTH, "1987-03"},
                {FACET_DAY, "1987-02-26"},
                {FACET_PLACE, "Japan"},
                {FACET_PLACE, "United States"},
                {FACET_PERSON, "Ronald Reagan"},
                {FACET_ORGANIZATION, "Federal Reserve Board"},
                {FACET_DATE, "1987-02"},
                {FACET_LANGUAGE, "en"},
                {FACET_TYPE, "jsonl"}},
    .texts = {"bank", "Ja", "united", "02"},
};

static char folder[] = "/tmp/dossier-facet-click-XXXXXX";
static uint32_t seed = 20141008;

static uint32_t random_below(uint32_t bound)
{
    seed = seed * 1664525u + 1013904223u; /* Numerical Recipes' generator */
    return (seed >> 8) % bound;
}

static size_t some_of(size_t room, bool (*given)(const struct collection *, size_t), const struct collection *from)
{
    size_t count = 0;
    while (count < room && given(from, count)) count++;
    return random_below((uint32_t)count);
}

static bool has_part(const struct collection *collection, size_t i)
{
    return collection->parts[i];
}

static bool has_choice(const struct collection *collection, size_t i)
{
    return collection->choices[i].value;
}

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void index_and_open(struct collection *collection, const char *source)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s.db", folder, collection->name);
    struct index_options options = {.database = path,
                                    .paths = &source,
                                    .path_count = 1,
                                    .jobs = 1,
                                    .model = SOURCE_DIR "/indexer/entities/models/en.model"};
    struct index_report report;
    struct error error = {0};
    assert_int_equal(index_update(&report, &options, &error), OK);
    assert_true(report.added >= 60);
    assert_int_equal(searcher_open(&collection->searcher, path, &error), OK);
}

static int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    index_and_open(&samples, SOURCE_DIR "/corpus/samples");
    FILE *in = fopen(SHARED_DIR "/collections/reuters21578/corpus.jsonl", "r");
    if (!in) return 0;
    char path[128], *line = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/reuters.jsonl", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < 21578 && getline(&line, &room, in) > 0; i++)
        if (i % (21578 / ARTICLES) == 0) fputs(line, out); /* from all months */
    free(line);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    index_and_open(&reuters, path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    searcher_free(samples.searcher);
    searcher_free(reuters.searcher);
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}

static const char *random_query(char out[256], const struct collection *collection)
{
    size_t length = 0;
    out[0] = '\0';
    for (uint32_t words = random_below(4); words; words--)
        length += (size_t)snprintf(out + length, 256 - length, "%s%s", length ? " " : "",
                                   collection->parts[some_of(24, has_part, collection)]);
    return out;
}

static struct search_response run(const struct collection *collection, struct search_request *request)
{
    struct search_response response;
    struct error error = {0};
    enum status status = search_run(&response, collection->searcher, request, &error);
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

/* Chooses some values of each facet. Returns how many. */
static size_t check_clicks(const struct collection *collection, const struct search_request *request,
                           const struct search_response *response)
{
    struct filter filters[FILTERS_MAX];
    size_t clicks = 0;
    for (size_t i = 0; i < response->facet_count; i++) {
        const struct facet *facet = &response->facets[i];
        size_t tried = facet->value_count < CLICKS ? facet->value_count : CLICKS;
        assert_true(facet->value_count == facet->distinct || facet->value_count == request->facets[i].values);
        for (size_t k = 0; k < tried; k++, clicks++) {
            const struct facet_value *value = &facet->values[random_below((uint32_t)facet->value_count)];
            struct search_request clicked = *request;
            clicked.filters = filters;
            clicked.filter_count = click(filters, request->filters, request->filter_count, facet->kind, value->value);
            clicked.facet_count = 0;
            clicked.exact_total = true;
            clicked.count = 0;
            struct search_response after = run(collection, &clicked);
            if (after.total != value->count)
                fail_msg("'%.*s': %s %.*s was said to give %u, and gives %u", (int)request->query.length,
                         request->query.data, facet_kinds[facet->kind].name, (int)value->value.length,
                         value->value.data, (unsigned)value->count, (unsigned)after.total);
            search_response_release(&after);
        }
    }
    return clicks;
}

static void click_through(const struct collection *collection, int rounds)
{
    char query[256];
    size_t clicks = 0;
    for (int round = 0; round < rounds; round++) {
        struct filter filters[3];
        struct facet_request facets[FACETS_MAX];
        struct search_request request;
        search_request_init(&request);
        request.query = span_of(random_query(query, collection));
        request.match = (enum match_mode)random_below(3);
        request.expand = random_below(4) == 0;
        request.facets = facets;
        for (int kind = 0; kind < FACET_COUNT; kind++)
            facets[request.facet_count++] =
                (struct facet_request){.kind = (enum facet_kind)kind,
                                       .values = 1 + random_below(FACET_VALUES_MAX),
                                       .containing = span_of(random_below(4) ? "" : collection->texts[round % 4])};
        request.filters = filters;
        request.filter_count = random_below(4);
        for (size_t i = 0; i < request.filter_count; i++) {
            size_t choice = some_of(12, has_choice, collection);
            filters[i] = (struct filter){collection->choices[choice].kind, span_of(collection->choices[choice].value)};
        }
        request.snippet_bytes = 0;
        struct search_response response = run(collection, &request);
        clicks += check_clicks(collection, &request, &response);
        search_response_release(&response);
    }
    print_message("%s: %zu clicks\n", collection->name, clicks);
    assert_true(clicks > 5 * (size_t)rounds);
}

static void test_facets__a_click_yields_the_count_shown(void **state)
{
    (void)state;
    click_through(&samples, 40);
}

static void test_facets__a_click_yields_the_count_shown_on_news(void **state)
{
    (void)state;
    if (!reuters.searcher) skip();
    click_through(&reuters, 60);
}

static void same_however_asked(const struct collection *collection)
{
    static const struct facet_request facets[] = {{.kind = FACET_YEAR, .values = 3}};
    char query[256];
    for (int round = 0; round < 60; round++) {
        struct search_request whole, page;
        search_request_init(&whole);
        whole.query = span_of(random_query(query, collection));
        whole.sort = (enum sort_order)random_below(3);
        whole.count = 100;
        whole.documents = false;
        whole.snippet_bytes = 0;
        struct search_response all = run(collection, &whole);
        page = whole;
        page.documents = true;
        page.snippet_bytes = SNIPPET_BYTES_DEFAULT;
        page.facets = facets;
        page.facet_count = 1;
        page.count = 5 + random_below(17);
        for (page.offset = 0; page.offset < all.hit_count; page.offset += page.count) {
            struct search_response part = run(collection, &page);
            assert_true(part.total == all.hit_count || all.hit_count == whole.count);
            for (size_t i = 0; i < part.hit_count && page.offset + i < all.hit_count; i++) {
                assert_true(span_equal(part.hits[i].id, all.hits[page.offset + i].id));
                assert_true(part.hits[i].score == all.hits[page.offset + i].score);
            }
            search_response_release(&part);
        }
        search_response_release(&all);
    }
}

static void test_answers__are_the_same_however_they_are_asked_for(void **state)
{
    (void)state;
    same_however_asked(&samples);
    if (reuters.searcher) same_however_asked(&reuters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facets__a_click_yields_the_count_shown),
        cmocka_unit_test(test_facets__a_click_yields_the_count_shown_on_news),
        cmocka_unit_test(test_answers__are_the_same_however_they_are_asked_for),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
