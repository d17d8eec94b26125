/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times queries through dossier's whole engine beside plain libxapian BM25 over the same terms, in one run, query by
 * query, in CPU time; both name the first ten hits by the documents' ids. Usage: query_bench INDEX QUERIES [ROUNDS];
 * QUERIES has lines of kind, tab, query, where a kind that begins with "and" wants all words, "phrase" the phrase, any
 * other any word. Prints median, 95th and 99th percentile in milliseconds; of each query the fastest of its rounds
 * counts (default: 5). */
#include "searcher/search.h"
#include "searcher/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUERIES_MAX = 10000, WORDS_MAX = 64 };

struct query {
    char kind[16];
    char *text;
    double ours, fields, answer,
        plain; /* ms: ten ids; ten documents' fields; with snippets; libxapian alone, ten ids */
};

struct bench {
    struct searcher *searcher;
    struct analyser *analyser;
    struct query queries[QUERIES_MAX];
    size_t count;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void die(const char *what)
{
    fprintf(stderr, "query_bench: %s\n", what);
    exit(1);
}

static void read_queries(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) die("cannot open the queries");
    while (bench->count < QUERIES_MAX && getline(&line, &room, file) > 0) {
        char *tab = strchr(line, '\t');
        struct query *query = &bench->queries[bench->count];
        if (!tab) continue;
        tab[strcspn(tab, "\n")] = '\0';
        snprintf(query->kind, sizeof query->kind, "%.*s", (int)(tab - line), line);
        bool phrase = strncmp(query->kind, "phrase", 6) == 0;
        if (asprintf(&query->text, phrase ? "\"%s\"" : "%s", tab + 1) < 0) die("out of memory");
        query->ours = query->fields = query->answer = query->plain = 1e9;
        bench->count++;
    }
    free(line);
    fclose(file);
}

enum depth { IDS, FIELDS, SNIPPETS };

static double run_ours(struct bench *bench, const struct query *query, enum depth depth)
{
    struct search_request request;
    struct search_response response;
    struct error error;
    search_request_init(&request);
    request.query = span_of(query->text);
    request.match = strncmp(query->kind, "and", 3) == 0 ? MATCH_ALL : MATCH_ANY;
    request.documents = depth != IDS;
    request.suggest = depth == SNIPPETS;
    if (depth != SNIPPETS) request.snippet_bytes = 0;
    double started = now();
    if (search_run(&response, bench->searcher, &request, &error)) die(error.message);
    search_response_release(&response);
    return now() - started;
}

/* What a program written straight on libxapian does: analyse, combine, rank by BM25, name the first ten. */
static double run_plain(struct bench *bench, const struct query *query)
{
    struct reader *reader = searcher_reader(bench->searcher);
    const struct analysis *analysis;
    struct xc_query *terms[WORDS_MAX], *whole = NULL;
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    size_t count = 0;
    bool all = strncmp(query->kind, "and", 3) == 0, phrase = strncmp(query->kind, "phrase", 6) == 0;
    double started = now();
    if (analyse(&analysis, bench->analyser, span_of(query->text), SPAN("en"))) die("cannot analyse");
    for (size_t i = 0; i < analysis->count && count < WORDS_MAX; i++) {
        char term[TERM_BYTES_MAX];
        const struct token *token = &analysis->tokens[i];
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER) continue;
        if (!phrase && analysis_is_stop_word(token->form, SPAN("en"))) continue;
        int length = snprintf(term, sizeof term, "Z%.*s", (int)token->stem.length, token->stem.data);
        if (xc_query_term(&terms[count++], term, (size_t)length, 1, NULL)) die("no term");
    }
    enum xc_operator operator_ = phrase ? XC_PHRASE : all ? XC_AND : XC_OR;
    if (xc_query_combine(&whole, operator_, (const struct xc_query *const *)terms, count, 0, NULL) ||
        xc_enquire_new(&enquire, reader->database, NULL) || xc_enquire_set_query(enquire, whole, 0, NULL) ||
        xc_enquire_set_scheme(enquire, "bm25", NULL, NULL, 0, NULL) ||
        xc_enquire_search(&mset, enquire, &(struct xc_match_options){.max = 10}, NULL))
        die("libxapian failed");
    for (size_t i = 0; i < xc_mset_size(mset); i++) {
        struct xc_hit hit;
        struct xc_document *document = NULL;
        struct xc_bytes id;
        if (xc_mset_hit(&hit, mset, i, NULL) || xc_mset_document(&document, mset, i, NULL) ||
            xc_document_value(&id, document, SLOT_ID, NULL))
            die("libxapian failed");
        xc_document_free(document);
    }
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    xc_query_free(whole);
    for (size_t i = 0; i < count; i++) xc_query_free(terms[i]);
    return now() - started;
}

static void keep_least(double *least, double time)
{
    if (time < *least) *least = time;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const struct bench *bench, const char *kind, const char *label, size_t offset)
{
    double times[QUERIES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < bench->count; i++)
        if (!*kind || strcmp(kind, bench->queries[i].kind) == 0)
            times[count++] = *(const double *)((const char *)&bench->queries[i] + offset);
    if (!count) return;
    qsort(times, count, sizeof *times, by_time);
    printf("%-12s %-26s %5zu %9.3f %9.3f %9.3f\n", *kind ? kind : "all", label, count, times[count / 2],
           times[count * 95 / 100], times[count * 99 / 100]);
}

static void report_kind(const struct bench *bench, const char *kind)
{
    report(bench, kind, "dossier, ids", offsetof(struct query, ours));
    report(bench, kind, "dossier, with fields", offsetof(struct query, fields));
    report(bench, kind, "dossier, with snippets", offsetof(struct query, answer));
    report(bench, kind, "libxapian BM25, ids", offsetof(struct query, plain));
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct error error;
    if (argc < 3) die("usage: query_bench INDEX QUERIES [ROUNDS]");
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    if (searcher_open(&bench.searcher, argv[1], &error)) die(error.message);
    if (analyser_new(&bench.analyser)) die("out of memory");
    read_queries(&bench, argv[2]);
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < bench.count; i++) {
            struct query *query = &bench.queries[i];
            /* Whoever comes second finds the blocks warm: the order changes with the round. */
            if (round % 2) keep_least(&query->plain, run_plain(&bench, query));
            keep_least(&query->ours, run_ours(&bench, query, IDS));
            if (round % 2 == 0) keep_least(&query->plain, run_plain(&bench, query));
            keep_least(&query->fields, run_ours(&bench, query, FIELDS));
            keep_least(&query->answer, run_ours(&bench, query, SNIPPETS));
        }
    printf("%-12s %-26s %5s %9s %9s %9s  CPU ms, top 10, best of %d, %u documents\n", "kind", "engine", "n", "median",
           "p95", "p99", rounds, (unsigned)searcher_reader(bench.searcher)->documents);
    report_kind(&bench, "");
    for (size_t i = 0; i < bench.count; i++) {
        size_t k = 0;
        while (k < i && strcmp(bench.queries[k].kind, bench.queries[i].kind) != 0) k++;
        if (k == i) report_kind(&bench, bench.queries[i].kind);
    }
    for (size_t i = 0; i < bench.count; i++) free(bench.queries[i].text);
    analyser_free(bench.analyser);
    searcher_free(bench.searcher);
    return 0;
}
