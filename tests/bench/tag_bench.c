/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Speed of the tagger on a JSONL corpus: `tag_bench MODEL corpus.jsonl [rounds]`.
 *
 * Prints, for each round, tokens per CPU second of tokenising alone, of the statistical tagger with tokenising in it,
 * and of all that finding canonical names takes, on one core; and once the model's size, how long it takes to load (the
 * median of LOADS), the tagger's own memory, and the peak of resident memory that loading and tagging add to the corpus
 * itself. */
#include "indexer/entities/names/names.h"
#include "indexer/entities/tag.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { DOCUMENTS_MAX = 1000000, LOADS = 21 };

static struct span documents[DOCUMENTS_MAX];
static size_t document_count, bytes;

static void die(const char *what)
{
    fprintf(stderr, "tag_bench: %s\n", what);
    exit(2);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Title and text of each record, with an empty line between them. */
static void read_corpus(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) die("cannot open the corpus");
    while (getline(&line, &room, file) > 0 && document_count < DOCUMENTS_MAX) {
        json_t *record = json_loads(line, 0, NULL);
        const char *title = json_string_value(json_object_get(record, "title"));
        const char *text = json_string_value(json_object_get(record, "text"));
        size_t length = (title ? strlen(title) : 0) + (text ? strlen(text) : 0) + 2;
        char *copy = malloc(length + 1);
        if (!copy) die("no memory");
        snprintf(copy, length + 1, "%s\n\n%s", title ? title : "", text ? text : "");
        documents[document_count++] = (struct span){copy, strlen(copy)};
        bytes += strlen(copy);
        json_decref(record);
    }
    free(line);
    fclose(file);
}

static enum status count_spans(void *user, const struct tag_span *spans, size_t count)
{
    (void)spans;
    *(size_t *)user += count;
    return OK;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void load(struct model *model, const char *path)
{
    double times[LOADS];
    struct error error;
    for (int i = 0; i < LOADS; i++) {
        double start = seconds();
        if (model_open(model, path, &error) != OK) die(error.message);
        times[i] = seconds() - start;
        if (i + 1 < LOADS) model_close(model);
    }
    qsort(times, LOADS, sizeof *times, ascending);
    printf("model: %zu bytes, loaded in %.2f ms\n", model->bytes, times[LOADS / 2] * 1e3);
}

int main(int count, char **arguments)
{
    struct model model;
    struct tagger *tagger;
    struct namer *namer;
    if (count < 3) die("usage: tag_bench MODEL corpus.jsonl [rounds]");
    int rounds = count > 3 ? atoi(arguments[3]) : 3;
    read_corpus(arguments[2]);
    long before = peak_kilobytes();
    load(&model, arguments[1]);
    if (tagger_new(&tagger, &model) != OK || namer_new(&namer, NULL) != OK) die("no memory");
    for (int round = 0; round < rounds; round++) {
        size_t tokens = 0, spans = 0;
        double start = seconds(), middle;
        for (size_t i = 0; i < document_count; i++) {
            struct tokeniser tokeniser;
            struct tag_token token;
            tokeniser_init(&tokeniser, documents[i]);
            while (tokeniser_next(&tokeniser, &token)) tokens++;
        }
        middle = seconds();
        double tokenising = middle - start;
        for (size_t i = 0; i < document_count; i++) tagger_tag_text(tagger, documents[i], NULL, count_spans, &spans);
        double tagging = seconds() - middle;
        size_t entities = 0;
        double third = seconds();
        for (size_t i = 0; i < document_count; i++) {
            struct names names;
            if (namer_text(namer, &names, tagger, documents[i]) != OK) die("no memory");
            entities += names.count;
        }
        double naming = seconds() - third;
        printf("%zu documents, %.1f MB, %zu tokens: tokenising %.2f, tagging with it %.2f (%zu spans), canonical names "
               "with both %.2f (%zu names) million tokens a second\n",
               document_count, (double)bytes / 1e6, tokens, (double)tokens / tokenising / 1e6,
               (double)tokens / tagging / 1e6, spans, (double)tokens / naming / 1e6, entities);
    }
    printf("tagger: %.1f MB; model and tagger resident: %.1f MB\n", (double)tagger_bytes(tagger) / 1e6,
           (double)(peak_kilobytes() - before) / 1e3);
    namer_free(namer);
    tagger_free(tagger);
    model_close(&model);
    return 0;
}
