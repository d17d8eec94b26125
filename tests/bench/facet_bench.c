/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facets of three fields over all matches, in CPU time, each query in one run by columns, by dossier's spies (the index
 * without its caches) and by libxapian's ValueCountMatchSpy alone. Usage: facet_bench INDEX QUERIES [ROUNDS [FIELD…]];
 * QUERIES has lines of kind, tab, query, as query_bench takes them; three fields, by default organization, source and
 * year. Prints mean, median and 95th percentile in milliseconds; of each query the fastest of its rounds counts
 * (default: 5). Columns and spies have to give the same counts. */
#include "searcher/facets.h"
#include "searcher/search.h"
#include "searcher/words.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { QUERIES_MAX = 10000, WORDS_MAX = 64, FIELDS = 3, VALUES = 10 };

enum way { COLUMNS, SPIES, PLAIN, WITH_HITS, HITS_ALONE, WAYS };
static const char *const way_names[WAYS] = {"columns, no hits", "dossier's spies, no hits", "ValueCountMatchSpy alone",
                                            "columns and ten ids", "ten ids alone, no facets"};

struct query {
    char kind[16];
    char *text;
    double best[WAYS]; /* ms */
    uint64_t total;
};

static struct query queries[QUERIES_MAX];
static size_t query_count;
static struct facet_request facets[FIELDS] = {{.kind = FACET_ORGANIZATION, .values = VALUES},
                                              {.kind = FACET_SOURCE, .values = VALUES},
                                              {.kind = FACET_YEAR, .values = VALUES}};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void die(const char *what)
{
    fprintf(stderr, "facet_bench: %s\n", what);
    exit(1);
}

static void read_queries(const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!file) die("cannot open the queries");
    while (query_count < QUERIES_MAX && getline(&line, &room, file) > 0) {
        char *tab = strchr(line, '\t');
        struct query *query = &queries[query_count];
        if (!tab) continue;
        tab[strcspn(tab, "\n")] = '\0';
        snprintf(query->kind, sizeof query->kind, "%.*s", (int)(tab - line), line);
        bool phrase = strncmp(query->kind, "phrase", 6) == 0;
        if (asprintf(&query->text, phrase ? "\"%s\"" : "%s", tab + 1) < 0) die("out of memory");
        for (int way = 0; way < WAYS; way++) query->best[way] = 1e9;
        query_count++;
    }
    free(line);
    fclose(file);
}

/* The index under another path without its caches. */
static void link_plain(char *to, const char *from)
{
    char *whole = realpath(from, NULL), old[4096], new[4096];
    DIR *folder = whole ? opendir(whole) : NULL;
    if (!folder || !mkdtemp(to)) die("cannot link the index");
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || strstr(entry->d_name, ".cache")) continue;
        snprintf(old, sizeof old, "%s/%s", whole, entry->d_name);
        snprintf(new, sizeof new, "%s/%s", to, entry->d_name);
        if (symlink(old, new)) die("cannot link the index");
    }
    closedir(folder);
    free(whole);
}

static void remove_plain(const char *path)
{
    DIR *folder = opendir(path);
    char name[4096];
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') unlink(name);
    }
    if (folder) closedir(folder);
    rmdir(path);
}

static double run_ours(struct search_response *out, struct searcher *searcher, const struct query *query, bool counted,
                       size_t hits)
{
    struct search_request request;
    struct error error;
    search_request_init(&request);
    request.query = span_of(query->text);
    request.match = strncmp(query->kind, "and", 3) == 0 ? MATCH_ALL : MATCH_ANY;
    request.documents = false;
    request.snippet_bytes = 0;
    request.suggest = false;
    request.count = hits;
    if (counted) request.facets = facets, request.facet_count = FIELDS;
    double started = now();
    if (search_run(out, searcher, &request, &error)) die(error.message);
    return now() - started;
}

/* The same terms, every match, three spies. */
static double run_plain(struct searcher *searcher, struct analyser *analyser, const struct query *query)
{
    const struct analysis *analysis;
    struct xc_query *terms[WORDS_MAX], *whole = NULL;
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    struct xc_spy *spies[FIELDS];
    struct reader *reader = searcher_reader(searcher);
    size_t count = 0;
    bool all = strncmp(query->kind, "and", 3) == 0, phrase = strncmp(query->kind, "phrase", 6) == 0;
    double started = now();
    if (analyse(&analysis, analyser, span_of(query->text), SPAN("en"))) die("cannot analyse");
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
        xc_enquire_set_scheme(enquire, "boolean", NULL, NULL, 0, NULL))
        die("libxapian failed");
    for (int i = 0; i < FIELDS; i++)
        if (xc_spy_new_value_counts(&spies[i], facet_kinds[facets[i].kind].slot, NULL) ||
            xc_enquire_add_spy(enquire, spies[i], NULL))
            die("libxapian failed");
    if (xc_enquire_search(&mset, enquire, &(struct xc_match_options){.check_at_least = reader->documents}, NULL))
        die("libxapian failed");
    for (int i = 0; i < FIELDS; i++) {
        struct xc_terms *values;
        if (xc_spy_top_values(&values, spies[i], VALUES, NULL)) die("libxapian failed");
        while (!xc_terms_next(values, NULL)) {
        }
        xc_terms_free(values);
        xc_spy_free(spies[i]);
    }
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    xc_query_free(whole);
    for (size_t i = 0; i < count; i++) xc_query_free(terms[i]);
    return now() - started;
}

static void check_same(const struct query *query, const struct search_response *a, const struct search_response *b)
{
    bool same = a->total == b->total;
    for (size_t i = 0; same && i < FIELDS; i++) {
        const struct facet *x = &a->facets[i], *y = &b->facets[i];
        same = x->distinct == y->distinct && x->value_count == y->value_count;
        for (size_t k = 0; same && k < x->value_count; k++)
            same = x->values[k].count == y->values[k].count && span_equal(x->values[k].value, y->values[k].value);
    }
    if (!same) {
        fprintf(stderr, "facet_bench: '%s' is counted differently\n", query->text);
        exit(1);
    }
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const char *kind)
{
    static double times[QUERIES_MAX];
    for (int way = 0; way < WAYS; way++) {
        size_t count = 0;
        double sum = 0;
        for (size_t i = 0; i < query_count; i++)
            if (!*kind || strcmp(kind, queries[i].kind) == 0) sum += times[count++] = queries[i].best[way];
        qsort(times, count, sizeof *times, compare);
        printf("%-12s %-26s %5zu %9.3f %9.3f %9.3f\n", *kind ? kind : "all", way_names[way], count, sum / (double)count,
               times[count / 2], times[count * 95 / 100]);
    }
}

int main(int argc, char **argv)
{
    char plain[] = "/tmp/facet-bench-XXXXXX";
    struct searcher *columns, *spies;
    struct analyser *analyser;
    struct error error;
    uint64_t matches = 0;
    if (argc < 3) die("usage: facet_bench INDEX QUERIES [ROUNDS [FIELD FIELD FIELD]]");
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    for (int i = 0; i < FIELDS && argc > 4 + i; i++)
        if ((facets[i].kind = facet_named(span_of(argv[4 + i]))) == FACET_COUNT) die("no such facet");
    read_queries(argv[2]);
    link_plain(plain, argv[1]);
    if (searcher_open(&columns, argv[1], &error) || searcher_open(&spies, plain, &error)) die(error.message);
    if (analyser_new(&analyser)) die("out of memory");
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < query_count; i++) {
            struct query *query = &queries[i];
            struct search_response a, b, c, d;
            double times[WAYS] = {
                [COLUMNS] = run_ours(&a, columns, query, true, 0),
                [SPIES] = run_ours(&b, spies, query, true, 0),
                [PLAIN] = run_plain(spies, analyser, query),
                [WITH_HITS] = run_ours(&c, columns, query, true, 10),
                [HITS_ALONE] = run_ours(&d, columns, query, false, 10),
            };
            check_same(query, &a, &b);
            check_same(query, &a, &c);
            if (!round) matches += a.total;
            search_response_release(&a);
            search_response_release(&b);
            search_response_release(&c);
            search_response_release(&d);
            for (int way = 0; way < WAYS; way++)
                if (times[way] < query->best[way]) query->best[way] = times[way];
        }
    printf("%-12s %-26s %5s %9s %9s %9s  (CPU ms, best of %d; %u documents, %.0f matches a query)\n", "queries", "by",
           "", "mean", "median", "p95", rounds, (unsigned)searcher_reader(columns)->documents,
           query_count ? (double)matches / (double)query_count : 0);
    report("");
    for (size_t i = 0; i < query_count; i++) {
        size_t k = 0;
        while (k < i && strcmp(queries[k].kind, queries[i].kind) != 0) k++;
        if (k == i) report(queries[i].kind);
    }
    for (size_t i = 0; i < query_count; i++) free(queries[i].text);
    analyser_free(analyser);
    searcher_free(columns);
    searcher_free(spies);
    remove_plain(plain);
    return 0;
}
