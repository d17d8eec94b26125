/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is marked is exactly what has matched: over our samples and, when they are there, Reuters articles, a document
 * with the marked text taken out of it no longer matches, and one of nothing but the marked text does. */
#include "indexer/update.h"
#include "searcher/view.h"

#include <ftw.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { DOCUMENTS = 8 /* tried for each query */, ARTICLES = 700 };

/* Takes the place of what is taken out, so that what stood apart stays apart: in no query. */
#define FILLER "xqzx"

/* Without words that may be written in parts: whether the parts are looked for hangs on how frequent all are. */
static const char *const sample_queries[] = {
    "ransomware",
    "cyber crime",
    "\"joint statement\"",
    "police",
    "trai*",
    "(drill OR centre)",
    "=training",
    "cyber NEAR/5 security",
    "joint ADJ/4 exercise",
    "title:asean",
    "treaty",
    "dialogue",
    "U.S.",
    "\"cyber security\" police",
    "(law OR crime) NEAR/6 (police OR court)",
    "asean minist*",
    "training -herring",
    "email",
    "\xE8\xAD\xA6\xE5\xAF\x9F",
    "national* ADJ/3 agenc*",
};

static const char *const news_queries[] = {
    "oil",
    "bank japan",
    "\"prime minister\"",
    "oil NEAR/5 prices",
    "wheat ADJ/3 exports",
    "trad*",
    "(oil OR gas) opec",
    "title:oil",
    "=prices",
    "\"crude oil\" shares",
    "takeover",
    "take over",
    "U.S.",
    "1.5 pct",
    "mln dlrs",
    "interest NEAR/3 rate*",
    "\"said it\"",
    "on-line",
    "dollar ADJ/2 yen",
    "(rate* OR price*) NEAR/4 (rose OR fell)",
};

static char folder[] = "/tmp/dossier-marks-XXXXXX";

static int remove_entry(const char *path, const struct stat *entry, int kind, struct FTW *walk)
{
    (void)entry;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}

static struct searcher *indexed(const char *name, const char *const *sources, size_t count)
{
    char path[256];
    struct searcher *searcher;
    struct index_report report;
    struct error error = {0};
    snprintf(path, sizeof path, "%s/%s.db", folder, name);
    struct index_options options = {.database = path, .paths = sources, .path_count = count, .jobs = 1};
    if (index_update(&report, &options, &error)) fail_msg("%s", error.message);
    assert_true(report.added > 0);
    assert_int_equal(searcher_open(&searcher, path, &error), OK);
    return searcher;
}

/* The pieces with the marked ones taken out, or only those. */
static void put(struct buffer *out, const struct view_piece *pieces, size_t count, bool marked)
{
    for (size_t i = 0; i < count; i++) {
        bool is_marked = pieces[i].match > 0;
        const char *filler = marked ? " " : " " FILLER " ";
        if (is_marked == marked)
            assert_int_equal(buffer_append_span(out, pieces[i].text), OK);
        else if (pieces[i].match_starts || marked)
            assert_int_equal(buffer_append_string(out, filler), OK);
    }
}

static void write_record(FILE *out, const struct view *view, size_t query, size_t document, bool marked)
{
    struct buffer text, title;
    char id[64];
    buffer_init(&text, 1 << 24);
    buffer_init(&title, 1 << 24);
    put(&text, view->pieces, view->piece_count, marked);
    put(&title, view->title, view->title_count, marked);
    snprintf(id, sizeof id, "again-%zu-%zu-%d", query, document, marked);
    struct span language = view->record.field[RECORD_LANGUAGE];
    json_t *record = json_object();
    json_object_set_new(record, "id", json_string(id));
    json_object_set_new(record, "title", json_stringn(title.length ? title.data : "", title.length));
    json_object_set_new(record, "text", json_stringn(text.length ? text.data : "", text.length));
    if (language.length) json_object_set_new(record, "language", json_stringn(language.data, language.length));
    assert_int_equal(json_dumpf(record, out, JSON_COMPACT), 0);
    fputc('\n', out);
    json_decref(record);
    buffer_release(&text);
    buffer_release(&title);
}

static struct search_response ask(struct searcher *searcher, const char *query, size_t count)
{
    struct search_request request;
    struct search_response response;
    struct error error;
    search_request_init(&request);
    request.query = span_of(query);
    request.match = MATCH_ANY;
    request.count = count;
    request.documents = false;
    request.snippet_bytes = 0;
    request.suggest = false;
    if (search_run(&response, searcher, &request, &error)) fail_msg("%s: %s", query, error.message);
    return response;
}

static void check(const char *name, const char *source, const char *const *queries, size_t query_count)
{
    struct searcher *searcher = indexed(name, &source, 1);
    char path[256], again[64];
    size_t written = 0, kept[64] = {0};
    snprintf(path, sizeof path, "%s/%s.again.jsonl", folder, name);
    snprintf(again, sizeof again, "%s.again", name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (size_t q = 0; q < query_count; q++) {
        struct search_response response = ask(searcher, queries[q], DOCUMENTS);
        for (size_t i = 0; i < response.hit_count; i++) {
            struct view_request request = {.docid = response.hits[i].docid, .query = span_of(queries[q])};
            struct view view;
            struct error error;
            if (view_open(&view, searcher, &request, &error)) fail_msg("%s", error.message);
            /* What another language's stems are looked for hangs on how many of its documents there are. */
            if (!span_equal(view.record.field[RECORD_LANGUAGE], SPAN("en"))) {
                view_release(&view);
                continue;
            }
            if (!view.match_count)
                fail_msg("'%s' marks nothing in %.*s, which it finds", queries[q], (int)response.hits[i].id.length,
                         response.hits[i].id.data);
            write_record(out, &view, q, i, false);
            write_record(out, &view, q, i, true);
            view_release(&view);
            kept[q]++;
            written++;
        }
        search_response_release(&response);
    }
    assert_int_equal(fclose(out), 0);
    searcher_free(searcher);
    print_message("%s: %zu documents with their marks\n", name, written);
    assert_true(written > 3 * query_count);

    /* With the documents they come from: how a word may be spelt hangs on how frequent it is. */
    searcher = indexed(again, (const char *const[]){source, path}, 2);
    for (size_t q = 0; q < query_count; q++) {
        struct search_response response = ask(searcher, queries[q], HITS_MAX);
        size_t found = 0;
        for (size_t i = 0; i < response.hit_count; i++) {
            unsigned query, document, marked;
            if (sscanf(response.hits[i].id.data, "again-%u-%u-%u", &query, &document, &marked) != 3) continue;
            if (query != q) continue;
            if (!marked) fail_msg("'%s' still finds its hit %u without what is marked", queries[q], document);
            found++;
        }
        if (found != kept[q])
            fail_msg("'%s' is found by its marks alone in %zu documents of %zu", queries[q], found, kept[q]);
        search_response_release(&response);
    }
    searcher_free(searcher);
}

static void test_marks__are_what_matched_in_the_samples(void **state)
{
    (void)state;
    check("samples", SOURCE_DIR "/corpus/samples", sample_queries, sizeof sample_queries / sizeof *sample_queries);
}

static void test_marks__are_what_matched_in_news(void **state)
{
    FILE *in = fopen(SHARED_DIR "/collections/reuters21578/corpus.jsonl", "r");
    char path[256], *line = NULL;
    size_t room = 0;
    (void)state;
    if (!in) skip();
    snprintf(path, sizeof path, "%s/reuters.jsonl", folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (int i = 0; i < ARTICLES && getline(&line, &room, in) > 0; i++) fputs(line, out);
    free(line);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    check("reuters", path, news_queries, sizeof news_queries / sizeof *news_queries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks__are_what_matched_in_the_samples),
        cmocka_unit_test(test_marks__are_what_matched_in_news),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
