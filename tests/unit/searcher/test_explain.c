/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "index_fixture.h"
#include "searcher/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS = 1200 };

static struct searcher *searcher;

/* Texts of words w0 to w59, the low numbers more often, some with a title. The same in every run. */
static char *make_records(void)
{
    char *text = NULL;
    size_t size;
    uint32_t seed = 7;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; i < DOCUMENTS; i++) {
        fprintf(out, "{\"id\": \"%d\", \"date\": \"20%02d-01-01\", ", i, i % 20);
        if (i % 3 == 0) fprintf(out, "\"title\": \"Title w%d\", ", i % 7);
        fputs("\"text\": \"", out);
        int words = 20 + i % 50;
        for (int k = 0; k < words; k++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned word = (seed >> 16) % 60 * ((seed >> 8) % 60) / 60;
            fprintf(out, "w%u ", word);
        }
        fputs("cyber crimes rise; trained officers met.\"}\n", out);
    }
    fputs("{\"id\": \"one\", \"text\": \"A cybercrime desk near the datacenter of Peru\"}\n", out);
    fputs("{\"id\": \"two\", \"text\": \"The data center in Lima trains officers\"}\n", out);
    fclose(out);
    return text;
}

static int setup(void **state)
{
    folder_setup(state);
    char *records = make_records();
    make_index("explain.db", records);
    free(records);
    searcher = open_index("explain.db");
    return 0;
}

static int teardown(void **state)
{
    searcher_free(searcher);
    return folder_teardown(state);
}

static void assert_sums(const struct search_response *response, const char *query, const char *scheme)
{
    for (size_t i = 0; i < response->hit_count; i++) {
        const struct hit *hit = &response->hits[i];
        const struct hit_explanation *explanation = &hit->explanation;
        double sum = 0, more = 0, less = 0;
        for (size_t k = 0; k < explanation->part_count; k++) {
            if (strcmp(explanation->parts[k].how, "bonus") == 0)
                fail_msg("%s by %s: hit %zu has %.17g left over", query, scheme, i, explanation->parts[k].weight);
            sum += explanation->parts[k].weight;
            assert_true(!k || explanation->parts[k - 1].weight >= explanation->parts[k].weight);
        }
        if (fabs(sum - hit->score) > 1e-9 * (1 + hit->score))
            fail_msg("%s by %s: parts of hit %zu sum to %.17g, not %.17g", query, scheme, i, sum, hit->score);
        for (size_t k = 0; k < explanation->above_count; k++) more += explanation->above[k].weight;
        if (!i) continue;
        less = response->hits[i - 1].score - hit->score;
        assert_true(more >= less - 1e-9);
    }
}

static void test_explain__parts_sum_to_the_score(void **state)
{
    static const char *const queries[] = {
        "w1 w2 w3",
        "w1 w1 w2 w20^3",
        "\"w1 w2\" OR w5",
        "w1 NEAR/3 w2 OR w4 ADJ/5 w9 OR w30",
        "(w1 AND w3) OR (w2 AND w7 AND w40)",
        "w1 -w3 OR (w2^0.5 w9)",
        "title:w1 OR w8 OR title:\"title w2\"",
        "w1* OR =w3 OR crimes",
        "cybercrime OR w2",
        "w1 date:2005..2011",
        "similar:3 OR w7",
        "w3 NOT (w4 w5)",
    };
    static const char *const schemes[] = {"ineb2", "bm25", "bm25:k1=0.9,b=0.4", "tfidf", "dph", "inl2", "coord"};
    size_t hits = 0;
    struct error error;
    (void)state;
    for (size_t s = 0; s < sizeof schemes / sizeof *schemes; s++)
        for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
            struct search_request request;
            search_request_init(&request);
            request.explain = true;
            request.count = 300;
            request.snippet_bytes = 0;
            request.match = q % 2 ? MATCH_ANY : MATCH_AUTO;
            request.expand = q % 4 == 1;
            assert_int_equal(ranking_parse(&request.ranking, span_of(schemes[s]), &error), OK);
            struct search_response response = search_with(searcher, &request, queries[q]);
            assert_sums(&response, queries[q], schemes[s]);
            hits += response.hit_count;
            search_response_release(&response);
        }
    assert_true(hits > 1000);
}

/* "how typed>text" for the parts of hit [i]. */
static const char *parts_of(const char *query, size_t i, bool expand)
{
    static char text[2000];
    struct search_request request;
    search_request_init(&request);
    request.explain = true;
    request.expand = expand;
    struct search_response response = search_with(searcher, &request, query);
    size_t length = 0;
    text[0] = '\0';
    assert_true(i < response.hit_count);
    const struct hit_explanation *explanation = &response.hits[i].explanation;
    for (size_t k = 0; k < explanation->part_count && length < 1500; k++) {
        const struct explained_part *part = &explanation->parts[k];
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s %.*s>%.*s", k ? " | " : "", part->how,
                                   (int)part->typed.length, part->typed.data ? part->typed.data : "",
                                   (int)part->text.length, part->text.data);
    }
    search_response_release(&response);
    return text;
}

static void test_explain__tells_why_a_word_counts(void **state)
{
    (void)state;
    assert_string_equal(parts_of("Lima", 0, false), "word Lima>lima");
    assert_string_equal(parts_of("centers Lima", 0, false), "stem centers>center | word Lima>lima");
    assert_string_equal(parts_of("=lima", 0, false), "form lima>lima");
    assert_string_equal(parts_of("lim*", 0, false), "prefix lim*>lim*");
    assert_string_equal(parts_of("\"data center\"", 0, false), "phrase >data center");
    assert_string_equal(parts_of("center ADJ/3 lima", 0, false), "phrase >center lima");
    assert_string_equal(parts_of("center NEAR/3 lima", 0, false), "near >center lima");
    assert_string_equal(parts_of("cyber crime peru", 0, false), "compound cyber crime>cybercrim | word peru>peru");
    assert_string_equal(parts_of("datacenter lima", 0, false), "parts datacenter>data center | word lima>lima");
    assert_non_null(strstr(parts_of("similar:two", 0, false), "similar >"));
    assert_non_null(strstr(parts_of("w1 w2 w3", 0, true), "expansion >"));
}

static const char *in_words(const char *query, enum match_mode match)
{
    static char text[1000];
    struct search_request request;
    search_request_init(&request);
    request.explain = true;
    request.match = match;
    request.count = 1;
    struct search_response response = search_with(searcher, &request, query);
    snprintf(text, sizeof text, "%.*s", (int)response.in_words.length, response.in_words.data);
    search_response_release(&response);
    char *end = strstr(text, "; words in any of their forms unless told otherwise.");
    if (end) *end = '\0';
    return text;
}

static void test_explain__says_the_query_in_words(void **state)
{
    (void)state;
    assert_string_equal(in_words("", MATCH_AUTO), "Every document.");
    assert_string_equal(in_words("w1 w2", MATCH_ALL), "Documents with “w1” and “w2”");
    assert_string_equal(in_words("w1 w2 w3", MATCH_ANY), "Documents with “w1”, “w2” or “w3”");
    assert_string_equal(in_words("w1 -w2", MATCH_ALL), "Documents with “w1”, but without “w2”");
    assert_string_equal(in_words("-w2", MATCH_ALL), "Documents with anything without “w2”");
    assert_string_equal(in_words("(w1 OR \"w2 w3\") =w4", MATCH_ALL),
                        "Documents with (“w1” or the phrase “w2 w3”) and “w4” exactly so");
    assert_string_equal(in_words("w1 NEAR/3 w2", MATCH_ALL), "Documents with “w1” within 3 words of “w2”");
    assert_string_equal(in_words("w1 ADJ/3 w2", MATCH_ALL), "Documents with “w1” and at most 3 words later “w2”");
    assert_string_equal(in_words("w1^2 title:w3 w4*", MATCH_ALL),
                        "Documents with “w1” (counting 2 times), “w3” in the title and a word that begins with “w4”");
    assert_string_equal(in_words("date:2014 language:en", MATCH_ALL),
                        "Documents with a date from 2014-01-01 to 2014-12-31 and the language “en”");
    assert_string_equal(in_words("date:..2014 OR date:none", MATCH_ALL),
                        "Documents with a date up to 2014-12-31 or no date");
    assert_string_equal(in_words("near:one", MATCH_ALL), "Documents with nearly the text of document “one”");
}

static void test_explain__of_too_many_hits_is_refused(void **state)
{
    struct search_request request;
    (void)state;
    search_request_init(&request);
    request.explain = true;
    request.count = 1001;
    assert_string_equal(hits_with(searcher, &request, "crimes"),
                        "error limit exceeded @-1: at most 1000 hits are explained at once");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_explain__parts_sum_to_the_score),
        cmocka_unit_test(test_explain__tells_why_a_word_counts),
        cmocka_unit_test(test_explain__says_the_query_in_words),
        cmocka_unit_test(test_explain__of_too_many_hits_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
