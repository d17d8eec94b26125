/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our matcher beside libxapian's: the same documents, order and scores, over random queries of a random index that has
 * seen updates and removals. */
#include "index_fixture.h"
#include "searcher/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DOCUMENTS = 2500, WORDS = 90, TERMS_MAX = 4096, QUERIES = 1500 };

struct fixture {
    struct reader reader;
    char *term[TERMS_MAX];
    size_t term_count;
    uint64_t random;
};

static struct fixture fixture;

/* xorshift64*, Vigna 2016. */
static uint32_t roll(uint32_t sides)
{
    uint64_t *x = &fixture.random;
    *x ^= *x >> 12;
    *x ^= *x << 25;
    *x ^= *x >> 27;
    return (uint32_t)((*x * 2685821657736338717u >> 33) % sides);
}

/* A word's number: low ones are frequent, as in texts. */
static unsigned roll_word(void)
{
    unsigned span = 1 + roll(WORDS);
    return roll(1 + roll(span));
}

static void write_record(FILE *out, int id, int version)
{
    static const char *const languages[] = {"en", "en", "en", "de"};
    uint64_t before = fixture.random;
    fixture.random = 0x9e3779b97f4a7c15u + (uint64_t)(id * 2654435761u + version * 97);
    for (int i = 0; i < 8; i++) roll(2);
    int words = 1 + (int)roll(1 + roll(60));
    fprintf(out, "{\"id\": \"d%d\", \"language\": \"%s\", \"date\": \"20%02d-0%u-11\", \"text\": \"", id,
            languages[roll(4)], (int)roll(20), 1 + roll(9));
    for (int i = 0; i < words; i++) fprintf(out, "%sq%u", i ? " " : "", roll_word());
    if (roll(DOCUMENTS / 2) == 0)
        for (int i = 0; i < 400; i++) fputs(" q7", out);
    fputs("\"}\n", out);
    fixture.random = before;
}

static void write_index(const char *path)
{
    char *records = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&records, &size);
    for (int i = 0; i < DOCUMENTS; i++) write_record(out, i, 0);
    fclose(out);
    make_index(path, records);
    free(records);
    out = open_memstream(&records, &size);
    for (int i = 0; i < DOCUMENTS + 200; i++)
        if (i % 9 != 4) write_record(out, i, i % 13 == 5);
    fclose(out);
    update_index(path, records);
    free(records);
}

static int setup(void **state)
{
    struct error error;
    struct xc_terms *terms;
    fixture.random = 88172645463325252u;
    folder_setup(state);
    write_index("m.db");
    assert_int_equal(reader_open(&fixture.reader, "m.db", &error), OK);
    assert_int_equal(xc_database_terms(&terms, fixture.reader.database, "Zq", 2, NULL), XC_OK);
    while (!xc_terms_next(terms, NULL) && fixture.term_count < TERMS_MAX)
        fixture.term[fixture.term_count++] = strdup(xc_terms_term(terms).data);
    xc_terms_free(terms);
    assert_true(fixture.term_count > WORDS / 2);
    return 0;
}

static int teardown(void **state)
{
    for (size_t i = 0; i < fixture.term_count; i++) free(fixture.term[i]);
    reader_close(&fixture.reader);
    return folder_teardown(state);
}

static struct xc_query *term(const char *text, uint32_t wqf)
{
    struct xc_query *query = NULL;
    assert_int_equal(xc_query_term(&query, text, strlen(text), wqf, NULL), XC_OK);
    return query;
}

/* Combines and frees [parts]. */
static struct xc_query *combine(enum xc_operator operator_, struct xc_query **parts, size_t count)
{
    struct xc_query *query = NULL;
    assert_int_equal(xc_query_combine(&query, operator_, (const struct xc_query *const *)parts, count, 0, NULL), XC_OK);
    for (size_t i = 0; i < count; i++) xc_query_free(parts[i]);
    return query;
}

static struct xc_query *random_term(void)
{
    char text[32];
    snprintf(text, sizeof text, "Zq%u", roll_word()); /* some the index does not have */
    return term(text, roll(4) ? 1 : 1 + roll(4));
}

/* Where phrases may stand: libxapian 1.4.22 gives a phrase within an OR its weight in documents that have the words
 * elsewhere, when that OR stands within an AND or under a filter. */
enum phrases { ANYWHERE, NOT_IN_OR, NOWHERE };

static struct xc_query *random_query(int depth, enum phrases phrases)
{
    static const enum xc_operator operators[] = {XC_OR, XC_OR, XC_OR, XC_AND, XC_AND, XC_AND_NOT, XC_FILTER, XC_PHRASE};
    struct xc_query *parts[12], *scaled;
    if (depth == 0 || roll(5) == 0) return random_term();
    enum xc_operator operator_ = operators[roll(8)];
    if (phrases == NOWHERE && operator_ == XC_PHRASE) operator_ = XC_AND;
    if (operator_ == XC_OR && phrases == NOT_IN_OR) phrases = NOWHERE;
    if (operator_ != XC_OR && phrases == ANYWHERE) phrases = NOT_IN_OR;
    size_t count = operator_ == XC_OR ? 2 + roll(roll(4) ? 4 : 10) : 2 + roll(2);
    for (size_t i = 0; i < count; i++)
        parts[i] = operator_ == XC_PHRASE ? random_term() : random_query(depth - 1, phrases);
    struct xc_query *query = combine(operator_, parts, count);
    if (roll(6)) return query;
    assert_int_equal(xc_query_scale(&scaled, query, roll(5) ? 0.5 : 0, NULL), XC_OK);
    xc_query_free(query);
    return scaled;
}

static struct xc_query *random_filter(void)
{
    static const char *const terms[] = {"Len", "Lde", "Y2003", "Y2011", "Y2017", "M200502", "Zq3", "Lxx"};
    struct xc_query *parts[4];
    if (roll(2)) return NULL;
    if (roll(5) == 0) return random_query(2, NOT_IN_OR);
    size_t count = 1 + roll(3);
    for (size_t i = 0; i < count; i++) parts[i] = term(terms[roll(8)], 1);
    return combine(XC_OR, parts, count);
}

static struct ranking random_ranking(void)
{
    static const char *const schemes[] = {
        "ineb2",    "ineb2",     "ineb2:c=3.5", "ineb2:c=0.01", "bm25", "bm25:k1=1.2,b=0.75",
        "bm25:b=0", "bm25:k2=1", "bm25:k1=0",   "pl2"};
    struct ranking ranking;
    struct error error;
    assert_int_equal(ranking_parse(&ranking, span_of(schemes[roll(10)]), &error), OK);
    return ranking;
}

static const char *print(const struct match_result *result, size_t offset, size_t count, int digits)
{
    static char text[2][262144];
    static int which;
    char *out = text[which = !which];
    size_t at = 0;
    for (size_t i = offset; i < result->count && i < offset + count && at < sizeof *text - 64; i++)
        at += (size_t)snprintf(out + at, 64, "%u %.*g\n", (unsigned)result->matches[i].docid, digits,
                               result->matches[i].score);
    out[at] = '\0';
    return out;
}

static void tell(const struct match_request *request)
{
    struct xc_bytes words;
    xc_query_description(&words, (struct xc_query *)(uintptr_t)request->query, NULL);
    print_error("%s\n", words.data);
    if (request->filter) xc_query_description(&words, (struct xc_query *)(uintptr_t)request->filter, NULL);
    if (request->filter) print_error("under %s\n", words.data);
    print_error("%s, %zu from %zu\n", request->ranking->name, request->count, request->offset);
}

/* libxapian is asked for every match: 1.4.22 gives wrong weights to phrases within ORs once it leaves documents out. */
static void compare(const struct match_request *request)
{
    struct match_result ours, theirs;
    struct error error;
    struct match_request whole = *request;
    whole.plain = true;
    whole.offset = 0;
    whole.count = fixture.reader.documents;
    assert_int_equal(match_run(&ours, &fixture.reader, request, &error), OK);
    assert_int_equal(match_run(&theirs, &fixture.reader, &whole, &error), OK);
    const char *expected = print(&theirs, request->offset, request->count, 17);
    const char *found = print(&ours, 0, ours.count, 17);
    if (strcmp(found, expected) != 0) tell(request);
    assert_string_equal(found, expected);
    if (request->exact) assert_true(ours.exact);
    if (ours.exact) assert_int_equal(ours.total, theirs.count);
    assert_true(ours.total >= ours.count);
    assert_int_equal(!ours.total, !theirs.count);
    match_result_release(&ours);
    match_result_release(&theirs);
}

static void test_matcher__gives_what_libxapian_gives(void **state)
{
    static const size_t counts[] = {1, 3, 10, 10, 10, 100, 5000};
    (void)state;
    for (int i = 0; i < QUERIES; i++) {
        struct xc_query *filter = random_filter();
        struct xc_query *query = random_query((int)roll(4), filter ? NOT_IN_OR : ANYWHERE);
        struct ranking ranking = random_ranking();
        struct match_request request = {.query = query,
                                        .filter = filter,
                                        .ranking = &ranking,
                                        .offset = roll(4) ? 0 : roll(30),
                                        .count = counts[roll(7)],
                                        .exact = roll(8) == 0};
        compare(&request);
        xc_query_free(query);
        xc_query_free(filter);
    }
}

static int by_docid(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What a filter leaves of a list of matches is what a filtered search finds. */
static void test_matcher__filters_as_if_afterwards(void **state)
{
    (void)state;
    for (int i = 0; i < QUERIES / 3; i++) {
        struct xc_query *query = random_query(1 + (int)roll(3), ANYWHERE), *filter = random_filter();
        struct match_result whole, allowed, filtered;
        struct ranking ranking, boolean;
        struct error error;
        ranking_default(&ranking);
        assert_int_equal(ranking_parse(&boolean, SPAN("boolean"), &error), OK);
        if (!filter) filter = term("Len", 1);
        struct match_request request = {.query = query, .ranking = &ranking, .count = DOCUMENTS + 200};
        struct match_request only = {.query = filter, .ranking = &boolean, .count = DOCUMENTS + 200};
        assert_int_equal(match_run(&whole, &fixture.reader, &request, &error), OK);
        assert_int_equal(match_run(&allowed, &fixture.reader, &only, &error), OK);
        request.filter = filter;
        request.count = 1 + roll(20);
        assert_int_equal(match_run(&filtered, &fixture.reader, &request, &error), OK);
        uint32_t *ids = calloc(allowed.count + 1, sizeof *ids);
        for (size_t k = 0; k < allowed.count; k++) ids[k] = allowed.matches[k].docid;
        qsort(ids, allowed.count, sizeof *ids, by_docid);
        size_t kept = 0;
        for (size_t k = 0; k < whole.count; k++)
            if (bsearch(&whole.matches[k].docid, ids, allowed.count, sizeof *ids, by_docid))
                whole.matches[kept++] = whole.matches[k];
        whole.count = kept;
        /* The filter takes part in the order of sums: the last digits may differ. */
        assert_string_equal(print(&filtered, 0, request.count, 12), print(&whole, 0, request.count, 12));
        free(ids);
        match_result_release(&whole);
        match_result_release(&allowed);
        match_result_release(&filtered);
        xc_query_free(query);
        xc_query_free(filter);
    }
}

/* Whether ours takes the query itself, without libxapian. */
static enum xc_status run_alone(const struct xc_query *query, struct matcher *matcher, size_t *count)
{
    struct match hits[10];
    struct matcher_result result = {0};
    double c = 1;
    struct matcher_request request = {.query = query, .scheme = "ineb2", .parameters = &c, .parameter_count = 1};
    request.count = 10;
    enum xc_status status = matcher_run(&result, hits, matcher, fixture.reader.database, &request, NULL);
    *count = result.count;
    return status;
}

static void test_matcher__does_the_common_queries_itself(void **state)
{
    (void)state;
    struct xc_query *queries[] = {
        term("Zq1", 1),
        combine(XC_OR, (struct xc_query *[]){term("Zq1", 1), term("Zq2", 2), term("Zq40", 1)}, 3),
        combine(XC_AND, (struct xc_query *[]){term("Zq1", 1), term("Zq2", 1)}, 2),
        combine(XC_PHRASE, (struct xc_query *[]){term("Zq0", 1), term("Zq1", 1)}, 2),
        combine(XC_FILTER, (struct xc_query *[]){term("Zq1", 1), term("Len", 1)}, 2),
        combine(XC_AND_NOT, (struct xc_query *[]){term("Zq1", 1), term("Lde", 1)}, 2),
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        size_t count;
        assert_int_equal(run_alone(queries[i], fixture.reader.matcher, &count), XC_OK);
        assert_true(count > 0);
        assert_int_equal(run_alone(queries[i], NULL, &count), XC_UNSUPPORTED);
        xc_query_free(queries[i]);
    }
}

/* The set of matches is what libxapian lists. */
static void test_matcher__sets_the_bits_of_all_matches(void **state)
{
    (void)state;
    struct matcher *matcher = fixture.reader.matcher;
    size_t words = matcher_words(matcher), taken = 0;
    uint64_t *bits = calloc(words, sizeof *bits), *expected = calloc(words, sizeof *expected);
    struct ranking boolean;
    struct error error;
    assert_int_equal(ranking_parse(&boolean, SPAN("boolean"), &error), OK);
    for (int i = 0; i < QUERIES / 3; i++) {
        struct xc_query *filter = random_filter(), *query = random_query(1 + (int)roll(3), NOT_IN_OR);
        struct match_result all;
        struct match_request request = {.query = query, .filter = filter, .ranking = &boolean, .plain = true};
        request.count = DOCUMENTS + 200;
        memset(bits, 0, words * sizeof *bits);
        memset(expected, 0, words * sizeof *expected);
        assert_int_equal(match_run(&all, &fixture.reader, &request, &error), OK);
        for (size_t k = 0; k < all.count; k++)
            expected[all.matches[k].docid / 64] |= (uint64_t)1 << all.matches[k].docid % 64;
        enum xc_status status = matcher_matches(bits, matcher, fixture.reader.database, query, filter, NULL);
        if (!status) assert_memory_equal(bits, expected, words * sizeof *bits);
        taken += !status;
        match_result_release(&all);
        xc_query_free(query);
        xc_query_free(filter);
    }
    assert_int_equal(taken, QUERIES / 3);
    free(bits);
    free(expected);
}

static void test_matcher__is_not_there_for_a_stale_cache(void **state)
{
    (void)state;
    struct reader reader;
    struct error error;
    make_index("s.db", "{\"id\": \"a\", \"text\": \"whale\"}\n");
    assert_int_equal(reader_open(&reader, "s.db", &error), OK);
    assert_non_null(reader.matcher);
    assert_int_equal(rename("s.db/ranking.cache", "old.cache"), 0);
    update_index("s.db", "{\"id\": \"a\", \"text\": \"herring\"}\n");
    assert_int_equal(rename("old.cache", "s.db/ranking.cache"), 0);
    assert_int_equal(reader_refresh(&reader, &error), OK);
    assert_null(reader.matcher);
    struct ranking ranking;
    ranking_default(&ranking);
    struct xc_query *query = term("Zherring", 1);
    struct match_result result;
    struct match_request request = {.query = query, .ranking = &ranking, .count = 10};
    assert_int_equal(match_run(&result, &reader, &request, &error), OK);
    assert_int_equal(result.count, 1);
    match_result_release(&result);
    xc_query_free(query);
    reader_close(&reader);
}

/* Whatever is in the cache, a search ends and reads nothing outside of it; a contradiction sends it to libxapian. */
static void test_matcher__survives_a_damaged_cache(void **state)
{
    (void)state;
    FILE *file = fopen("m.db/ranking.cache", "r+b");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long size = ftell(file), start = 128 + 64 * 32;
    struct ranking ranking;
    ranking_default(&ranking);
    for (int i = 0; i < 400; i++) {
        long at = start + (long)roll((uint32_t)(size - start));
        if (roll(2)) at = size - 1 - (long)roll(6000); /* the tables of blocks and terms */
        fseek(file, at, SEEK_SET);
        int old = getc(file);
        fseek(file, at, SEEK_SET);
        putc((int)roll(256), file);
        fflush(file);
        struct xc_query *query = random_query(2, ANYWHERE);
        struct match_result result;
        struct error error;
        struct match_request request = {.query = query, .ranking = &ranking, .count = 10};
        assert_int_equal(match_run(&result, &fixture.reader, &request, &error), OK);
        match_result_release(&result);
        xc_query_free(query);
        fseek(file, at, SEEK_SET);
        putc(old, file);
        fflush(file);
    }
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matcher__gives_what_libxapian_gives),
        cmocka_unit_test(test_matcher__filters_as_if_afterwards),
        cmocka_unit_test(test_matcher__does_the_common_queries_itself),
        cmocka_unit_test(test_matcher__sets_the_bits_of_all_matches),
        cmocka_unit_test(test_matcher__is_not_there_for_a_stale_cache),
        cmocka_unit_test(test_matcher__survives_a_damaged_cache),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
