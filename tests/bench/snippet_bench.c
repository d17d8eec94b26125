/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Speed of marks and snippets on a JSONL corpus: `snippet_bench corpus.jsonl [language] [documents]`.
 *
 * Asks each document for three of its own words and for a phrase of two neighbours, as a query would find them. Prints
 * microseconds a snippet (median, p95, p99, most) with analysis in it, as a hit costs them, and megabytes a second of
 * analysing and of finding hits, apart. */
#include "searcher/snippet.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS = 3, WORD_BYTES_MAX = TOKEN_BYTES_MAX * (WORDS + 2), DOCUMENTS_MAX = 1000000 };

struct query {
    struct evidence_term terms[WORDS + 2];
    struct evidence_place places[WORDS + 2];
    struct evidence_group groups[WORDS + 1];
    struct evidence evidence;
    char bytes[WORD_BYTES_MAX];
};

static void die(const char *what)
{
    fprintf(stderr, "snippet_bench: %s\n", what);
    exit(2);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The stem of a longer word at or after the share [part] of the text; false without one. */
static bool take_word(struct query *query, size_t *used, size_t number, const struct analysis *analysis, size_t from)
{
    for (size_t i = from; i < analysis->count; i++) {
        struct span stem = analysis->tokens[i].stem;
        if (analysis->tokens[i].kind != TOKEN_WORD || (stem.length < 5 && number < WORDS)) continue;
        memcpy(query->bytes + *used, stem.data, stem.length);
        query->terms[number] = (struct evidence_term){EVIDENCE_STEM, {query->bytes + *used, stem.length}};
        query->places[number] = (struct evidence_place){&query->terms[number], 1};
        *used += stem.length;
        return true;
    }
    return false;
}

static bool make_query(struct query *query, const struct analysis *analysis)
{
    size_t used = 0, quarter = analysis->count / 4;
    for (size_t i = 0; i < WORDS; i++) {
        if (!take_word(query, &used, i, analysis, quarter * (i + 1))) return false;
        query->groups[i] = (struct evidence_group){&query->places[i], 1, true, 1, false, (uint32_t)i, 1 + (double)i};
    }
    if (!take_word(query, &used, WORDS, analysis, quarter) ||
        !take_word(query, &used, WORDS + 1, analysis, quarter + 1))
        return false;
    query->groups[WORDS] = (struct evidence_group){&query->places[WORDS], 2, true, 2, false, WORDS, 5};
    query->evidence = (struct evidence){.groups = query->groups, .count = WORDS + 1};
    return true;
}

struct measured {
    double *snippet;
    size_t count, fragments;
    double analysing, finding, bytes;
};

static void measure(struct measured *measured, struct analyser *analyser, struct span text, struct span language)
{
    struct query query;
    struct highlighter *highlighter;
    const struct analysis *analysis;
    const struct highlight_hit *hits;
    struct snippet snippet;
    size_t hit_count;
    double start = seconds();
    if (analyse(&analysis, analyser, text, language)) die("cannot analyse a text");
    measured->analysing += seconds() - start;
    if (!make_query(&query, analysis)) return;
    if (highlighter_new(&highlighter, &query.evidence)) die("out of memory");
    start = seconds();
    if (highlight_hits(&hits, &hit_count, highlighter, analysis, (struct range){0, 0})) die("out of memory");
    measured->finding += seconds() - start;
    measured->bytes += (double)text.length;
    start = seconds();
    if (snippet_best(&snippet, analyser, highlighter, text, language, NULL)) die("no snippet");
    measured->snippet[measured->count++] = seconds() - start;
    measured->fragments += snippet.count;
    if (!hit_count || !snippet.count) die("a document without its own words");
    snippet_release(&snippet);
    highlighter_free(highlighter);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
    if (argc < 2) die("usage: snippet_bench corpus.jsonl [language] [documents]");
    struct span language = span_of(argc > 2 ? argv[2] : "en");
    size_t wanted = argc > 3 ? strtoul(argv[3], NULL, 10) : 10000, room = 0;
    struct measured measured = {.snippet = calloc(DOCUMENTS_MAX, sizeof(double))};
    struct analyser *analyser;
    FILE *file = fopen(argv[1], "r");
    char *line = NULL;
    ssize_t length;
    if (!file) die("cannot open the corpus");
    if (!measured.snippet || analyser_new(&analyser)) die("out of memory");
    while (measured.count < wanted && measured.count < DOCUMENTS_MAX && (length = getline(&line, &room, file)) > 0) {
        json_t *record = json_loadb(line, (size_t)length, JSON_ALLOW_NUL, NULL);
        const json_t *text = json_object_get(record, "text");
        if (json_is_string(text)) {
            struct span span = {json_string_value(text), json_string_length(text)};
            measure(&measured, analyser, span, language);
        }
        json_decref(record);
    }
    if (!measured.count) die("no record with a text");
    double *times = measured.snippet, megabytes = measured.bytes / 1e6;
    qsort(times, measured.count, sizeof *times, compare);
    printf("documents %zu, %.1f MB, %.2f fragments each\n", measured.count, megabytes,
           (double)measured.fragments / (double)measured.count);
    printf("snippet  median %.1f us, p95 %.1f us, p99 %.1f us, most %.1f us\n", 1e6 * times[measured.count / 2],
           1e6 * times[measured.count * 95 / 100], 1e6 * times[measured.count * 99 / 100],
           1e6 * times[measured.count - 1]);
    printf("analysing %.1f MB/s, finding hits %.1f MB/s (CPU)\n", megabytes / measured.analysing,
           megabytes / measured.finding);
    free(line);
    free(measured.snippet);
    fclose(file);
    analyser_free(analyser);
    return 0;
}
