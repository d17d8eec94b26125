/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Speed of text analysis on a JSONL corpus: `analysis_bench corpus.jsonl [language] [rounds]`.
 *
 * Analyses title and text of every record, [rounds] times, the first with a cold stem cache; prints megabytes and
 * tokens per CPU second (median and best of the rounds), the first round apart, and the share of words the cache knew.
 */
#include "indexer/analysis/analyse.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ROUNDS_MAX = 1000 };

struct corpus {
    struct buffer text; /* all documents, one after the other */
    size_t *ends;
    size_t count, capacity;
};

static void die(const char *what)
{
    fprintf(stderr, "analysis_bench: %s\n", what);
    exit(2);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void add_field(struct corpus *corpus, const json_t *record, const char *name)
{
    const json_t *value = json_object_get(record, name);
    if (!json_is_string(value)) return;
    if (buffer_append(&corpus->text, json_string_value(value), json_string_length(value))) die("out of memory");
    if (buffer_append_string(&corpus->text, "\n\n")) die("out of memory");
}

static void load(struct corpus *corpus, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    if (!file) die("cannot open the corpus");
    while ((length = getline(&line, &room, file)) > 0) {
        json_t *record = json_loadb(line, (size_t)length, JSON_ALLOW_NUL, NULL);
        if (!record) die("a line is not JSON");
        add_field(corpus, record, "title");
        add_field(corpus, record, "text");
        json_decref(record);
        if (corpus->count == corpus->capacity) {
            corpus->capacity = corpus->capacity ? corpus->capacity * 2 : 1024;
            corpus->ends = realloc(corpus->ends, corpus->capacity * sizeof *corpus->ends);
            if (!corpus->ends) die("out of memory");
        }
        corpus->ends[corpus->count++] = corpus->text.length;
    }
    free(line);
    fclose(file);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct corpus corpus = {0};
    struct analyser *analyser;
    const struct analysis *analysis;
    static double seconds[ROUNDS_MAX];
    if (argc < 2) die("usage: analysis_bench corpus.jsonl [language] [rounds]");
    struct span language = span_of(argc > 2 ? argv[2] : "en");
    long rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 9;
    if (rounds < 2 || rounds > ROUNDS_MAX) die("rounds: 2 to 1000");
    buffer_init(&corpus.text, (size_t)1 << 32);
    load(&corpus, argv[1]);
    if (analyser_new(&analyser)) die("out of memory");
    uint64_t tokens = 0, sentences = 0;
    double first = 0;
    for (long round = 0; round < rounds; round++) {
        double before = cpu_seconds();
        tokens = sentences = 0;
        for (size_t d = 0; d < corpus.count; d++) {
            size_t start = d ? corpus.ends[d - 1] : 0;
            struct span text = span_cut(buffer_span(&corpus.text), start, corpus.ends[d]);
            if (analyse(&analysis, analyser, text, language)) die("analysis failed");
            tokens += analysis->count;
            sentences += analysis->sentence_count;
        }
        seconds[round] = cpu_seconds() - before;
        if (round == 0) first = seconds[0];
    }
    uint64_t lookups, misses;
    analyser_cache_counts(analyser, &lookups, &misses);
    qsort(seconds, (size_t)rounds, sizeof *seconds, compare);
    double megabytes = (double)corpus.text.length / 1e6, median = seconds[rounds / 2];
    printf("%zu documents, %.2f MB, %llu tokens, %llu sentences, %ld rounds\n", corpus.count, megabytes,
           (unsigned long long)tokens, (unsigned long long)sentences, rounds);
    printf("MB per CPU second: %.1f median, %.1f best, %.1f first (cold cache)\n", megabytes / median,
           megabytes / seconds[0], megabytes / first);
    printf("tokens per CPU second: %.1f million median\n", (double)tokens / median / 1e6);
    printf("stem cache: %.3f%% of %llu lookups known\n",
           lookups ? 100.0 * (double)(lookups - misses) / (double)lookups : 0.0, (unsigned long long)lookups);
    analyser_free(analyser);
    buffer_release(&corpus.text);
    free(corpus.ends);
    return 0;
}
