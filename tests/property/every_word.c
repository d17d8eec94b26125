/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each word of each document, typed as it stands there, finds that document: in our samples, and when they are there in
 * the seed articles and in 2,000 Reuters articles. */
#include "indexer/analysis/analyse.h"
#include "indexer/update.h"
#include "searcher/reader.h"
#include "searcher/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A word as written, and a document that has it. */
struct sighting {
    struct span word; /* owned by the arena */
    uint32_t docid;
};

struct sightings {
    struct sighting *items;
    size_t count, room;
    struct arena arena;
};

static char folder[] = "/tmp/dossier-every-word-XXXXXX";

static int by_word(const void *a, const void *b)
{
    const struct sighting *left = a, *right = b;
    int order = span_compare(left->word, right->word);
    return order ? order : (left->docid > right->docid) - (left->docid < right->docid);
}

static void see(struct sightings *sightings, struct span word, uint32_t docid)
{
    if (sightings->count == sightings->room) {
        sightings->room = sightings->room ? 2 * sightings->room : 1024;
        sightings->items = realloc(sightings->items, sightings->room * sizeof *sightings->items);
        assert_non_null(sightings->items);
    }
    char *copy = arena_copy(&sightings->arena, word);
    assert_non_null(copy);
    sightings->items[sightings->count++] = (struct sighting){{copy, word.length}, docid};
}

static void see_text(struct sightings *sightings, struct analyser *analyser, struct span text, struct span language,
                     uint32_t docid)
{
    const struct analysis *analysis;
    assert_int_equal(analyse(&analysis, analyser, text, language), OK);
    for (size_t i = 0; i < analysis->count; i++)
        see(sightings, span_cut(text, analysis->tokens[i].start, analysis->tokens[i].end), docid);
}

static void collect(struct sightings *sightings, struct reader *reader)
{
    struct xc_statistics statistics;
    struct analyser *analyser;
    assert_int_equal(xc_database_statistics(&statistics, reader->database, NULL), XC_OK);
    assert_int_equal(analyser_new(&analyser), OK);
    for (uint32_t docid = 1; docid <= statistics.last_docid; docid++) {
        struct record record;
        struct xc_document *document;
        struct error error;
        enum status status = reader_record(&record, &document, reader, docid, &error);
        if (status == NOT_FOUND) continue;
        assert_int_equal(status, OK);
        struct span language = record.field[RECORD_LANGUAGE];
        see_text(sightings, analyser, record.text, language, docid);
        see_text(sightings, analyser, record.field[RECORD_TITLE], language, docid);
        xc_document_free(document);
    }
    analyser_free(analyser);
    qsort(sightings->items, sightings->count, sizeof *sightings->items, by_word);
}

/* Searches for the word that [first] to [last] share; returns how many of their documents are not found. */
static size_t missed(struct searcher *searcher, uint32_t documents, const struct sighting *first,
                     const struct sighting *last)
{
    struct search_request request;
    struct search_response response;
    struct error error;
    search_request_init(&request);
    request.query = first->word;
    request.count = documents;
    request.documents = false;
    request.snippet_bytes = 0;
    enum status status = search_run(&response, searcher, &request, &error);
    if (status) {
        printf("'%.*s': %s\n", (int)first->word.length, first->word.data, error.message);
        return (size_t)(last - first);
    }
    size_t misses = 0;
    for (const struct sighting *sighting = first; sighting < last; sighting++) {
        size_t i = 0;
        if (sighting > first && sighting[-1].docid == sighting->docid) continue;
        while (i < response.hit_count && response.hits[i].docid != sighting->docid) i++;
        if (i < response.hit_count) continue;
        if (!misses++)
            printf("'%.*s' does not find document %u (%zu hits, understood as: %.*s)\n", (int)first->word.length,
                   first->word.data, (unsigned)sighting->docid, response.hit_count, (int)response.understood.length,
                   response.understood.data);
    }
    search_response_release(&response);
    return misses;
}

static void each_word_finds_its_documents(const char *name, const char *path, const char *language)
{
    char database[256];
    snprintf(database, sizeof database, "%s/%s.db", folder, name);
    struct index_options options = {
        .database = database, .paths = &path, .path_count = 1, .jobs = 1, .language = language};
    struct index_report report;
    struct error error = {0};
    if (index_update(&report, &options, &error)) fail_msg("%s", error.message);
    assert_true(report.added > 0);

    struct searcher *searcher;
    struct sightings sightings = {0};
    arena_init(&sightings.arena, (size_t)1 << 30);
    assert_int_equal(searcher_open(&searcher, database, &error), OK);
    struct reader *reader = searcher_reader(searcher);
    collect(&sightings, reader);
    size_t words = 0, misses = 0;
    for (size_t from = 0, to; from < sightings.count; from = to, words++) {
        for (to = from + 1; to < sightings.count && span_equal(sightings.items[from].word, sightings.items[to].word);)
            to++;
        misses += missed(searcher, reader->documents, &sightings.items[from], &sightings.items[to]);
    }
    printf("%s: %zu different words of %u documents, %zu not found\n", name, words, (unsigned)reader->documents,
           misses);
    assert_int_equal(misses, 0);
    assert_true(words > 500);
    searcher_free(searcher);
    arena_release(&sightings.arena);
    free(sightings.items);
}

static bool exists(const char *path)
{
    struct stat state;
    return stat(path, &state) == 0;
}

static void test_every_word__of_the_samples(void **state)
{
    (void)state;
    each_word_finds_its_documents("samples", SOURCE_DIR "/corpus/samples", "en");
}

static void test_every_word__of_the_seeds(void **state)
{
    (void)state;
    if (!exists(SHARED_DIR "/seeds")) skip();
    each_word_finds_its_documents("seeds", SHARED_DIR "/seeds", "en");
}

/* The first [count] lines of [path]. */
static void copy_lines(const char *to, const char *path, size_t count)
{
    FILE *in = fopen(path, "r"), *out = fopen(to, "w");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    assert_non_null(in);
    assert_non_null(out);
    while (count-- && (length = getline(&line, &room, in)) > 0) fwrite(line, 1, (size_t)length, out);
    free(line);
    fclose(in);
    fclose(out);
}

static void test_every_word__of_2000_news_articles(void **state)
{
    static const char corpus[] = SHARED_DIR "/collections/reuters21578/corpus.jsonl";
    char sample[256];
    (void)state;
    if (!exists(corpus)) skip();
    snprintf(sample, sizeof sample, "%s/reuters.jsonl", folder);
    copy_lines(sample, corpus, 2000);
    each_word_finds_its_documents("reuters", sample, "en");
}

static void test_every_word__of_scripts_without_spaces(void **state)
{
    static const char corpus[] = SHARED_DIR "/collections/xquad-zh/corpus.jsonl";
    (void)state;
    if (!exists(corpus)) skip();
    each_word_finds_its_documents("zh", corpus, "zh");
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[300];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word__of_the_samples),
        cmocka_unit_test(test_every_word__of_the_seeds),
        cmocka_unit_test(test_every_word__of_2000_news_articles),
        cmocka_unit_test(test_every_word__of_scripts_without_spaces),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
