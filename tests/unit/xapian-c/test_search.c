/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>

/* A search for [query], which is freed, over the sample. */
static struct xc_enquire *enquire_of(const struct fixture *f, struct xc_query *query)
{
    struct xc_database *database = fixture_open(f->path);
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    xc_query_free(query);
    xc_database_free(database);
    return enquire;
}

static struct xc_enquire *enquire_all(const struct fixture *f)
{
    struct xc_query *query = NULL;
    assert_ok(xc_query_all(&query, NULL));
    return enquire_of(f, query);
}

static struct xc_mset *search(const struct xc_enquire *enquire, struct xc_match_options options)
{
    struct xc_mset *mset = NULL;
    struct xc_error error;
    assert_status(XC_OK, error, xc_enquire_search(&mset, enquire, &options, &error));
    return mset;
}

static struct xc_hit hit_of(struct xc_mset *mset, size_t i)
{
    struct xc_hit hit;
    assert_ok(xc_mset_hit(&hit, mset, i, NULL));
    return hit;
}

static void test_search__needs_a_query(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    struct xc_terms *terms = NULL;
    struct xc_match_options options = {.max = 1};
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_status(XC_INVALID, f->error, xc_enquire_search(&mset, enquire, &options, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_matching_terms(&terms, enquire, 1, &f->error));
    assert_null(mset);
    xc_enquire_free(enquire);
    xc_database_free(database);
}

static void test_mset__gives_hits_and_documents(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 10});
    xc_enquire_free(enquire);
    assert_int_equal(3, xc_mset_size(mset));
    assert_int_equal(3, hit_of(mset, 0).docid);
    assert_int_equal(4, hit_of(mset, 1).docid);
    assert_int_equal(1, hit_of(mset, 2).docid);
    assert_int_equal(100, hit_of(mset, 0).percent);
    assert_true(hit_of(mset, 2).percent < 100);
    assert_true(hit_of(mset, 0).weight > hit_of(mset, 1).weight);
    assert_true(hit_of(mset, 1).weight > hit_of(mset, 2).weight);
    assert_int_equal(0, hit_of(mset, 0).collapsed);
    assert_bytes("", hit_of(mset, 0).collapse_key);
    assert_bytes("", hit_of(mset, 0).sort_key);
    struct xc_hit hit;
    struct xc_document *document = NULL;
    struct xc_bytes data;
    assert_status(XC_NOT_FOUND, f->error, xc_mset_hit(&hit, mset, 3, &f->error));
    assert_status(XC_NOT_FOUND, f->error, xc_mset_document(&document, mset, 3, &f->error));
    assert_null(document);
    assert_ok(xc_mset_fetch(mset, NULL));
    assert_ok(xc_mset_document(&document, mset, 1, NULL));
    xc_mset_free(mset);
    assert_ok(xc_document_data(&data, document, NULL));
    assert_bytes("doc 4", data);
    xc_document_free(document);
}

static void test_mset__pages_and_counts(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.first = 1, .max = 1, .check_at_least = 5});
    assert_int_equal(1, xc_mset_size(mset));
    assert_int_equal(4, hit_of(mset, 0).docid);
    struct xc_match_counts counts;
    assert_ok(xc_mset_counts(&counts, mset, NULL));
    assert_int_equal(3, counts.low);
    assert_int_equal(3, counts.estimate);
    assert_int_equal(3, counts.high);
    assert_int_equal(3, counts.uncollapsed_low);
    assert_true(counts.weight_attained > hit_of(mset, 0).weight);
    assert_true(counts.weight_possible >= counts.weight_attained);
    xc_mset_free(mset);
    mset = search(enquire, (struct xc_match_options){.first = 10, .max = 10});
    assert_int_equal(0, xc_mset_size(mset));
    assert_ok(xc_mset_fetch(mset, NULL));
    xc_mset_free(mset);
    mset = search(enquire,
                  (struct xc_match_options){.first = UINT32_MAX, .max = UINT32_MAX, .check_at_least = UINT32_MAX});
    assert_int_equal(0, xc_mset_size(mset));
    xc_mset_free(mset);
    mset = search(enquire, (struct xc_match_options){.check_at_least = 5});
    assert_int_equal(0, xc_mset_size(mset));
    assert_ok(xc_mset_counts(&counts, mset, NULL));
    assert_int_equal(3, counts.estimate);
    xc_mset_free(mset);
    xc_enquire_free(enquire);
}

static void test_mset_term__knows_the_query(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_join(XC_OR, "blue", "pink", 0));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 10});
    uint32_t frequency = 9;
    double weight = 0;
    assert_ok(xc_mset_term(&frequency, &weight, mset, "blue", 4, NULL));
    assert_int_equal(3, frequency);
    assert_true(weight > 0);
    assert_ok(xc_mset_term(&frequency, NULL, mset, "pink", 4, NULL));
    assert_int_equal(0, frequency);
    assert_status(XC_NOT_FOUND, f->error, xc_mset_term(&frequency, &weight, mset, "red", 3, &f->error));
    xc_mset_free(mset);
    xc_enquire_free(enquire);
}

static void test_matching_terms__are_those_of_the_document(void **state)
{
    struct fixture *f = *state;
    struct xc_bytes words[] = {{"red", 3}, {"black", 5}, {"blue", 4}};
    struct xc_query *query = NULL;
    assert_ok(xc_query_combine_terms(&query, XC_OR, words, 3, 0, NULL));
    struct xc_enquire *enquire = enquire_of(f, query);
    struct xc_terms *terms = NULL;
    assert_ok(xc_enquire_matching_terms(&terms, enquire, 1, NULL));
    assert_string_equal("blue red", fixture_terms(terms));
    terms = NULL;
    assert_status(XC_NOT_FOUND, f->error, xc_enquire_matching_terms(&terms, enquire, 99, &f->error));
    assert_status(XC_NOT_FOUND, f->error, xc_enquire_matching_terms(&terms, enquire, 0, &f->error));
    assert_null(terms);
    xc_enquire_free(enquire);
}

static void test_sort__by_value_both_ways(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_all(f);
    assert_string_equal("1 2 3 4 5", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_VALUE, 1, true, NULL));
    assert_string_equal("4 5 2 3 1", fixture_enquire_hits(enquire));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 1});
    assert_bytes("2014", hit_of(mset, 0).sort_key);
    xc_mset_free(mset);
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_VALUE, 1, false, NULL));
    assert_string_equal("1 3 2 5 4", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_RELEVANCE, 0, false, NULL));
    assert_string_equal("1 2 3 4 5", fixture_enquire_hits(enquire));
    assert_status(XC_INVALID, f->error, xc_enquire_set_sort(enquire, (enum xc_sort)9, 0, false, &f->error));
    xc_enquire_free(enquire);
}

static void test_sort__by_value_and_relevance(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_VALUE_RELEVANCE, 0, false, NULL));
    assert_string_equal("3 1 4", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_VALUE_RELEVANCE, 0, true, NULL));
    assert_string_equal("4 3 1", fixture_enquire_hits(enquire));
    xc_enquire_free(enquire);
    enquire = enquire_all(f);
    assert_ok(xc_enquire_set_sort(enquire, XC_SORT_RELEVANCE_VALUE, 1, true, NULL));
    assert_string_equal("4 5 2 3 1", fixture_enquire_hits(enquire));
    xc_enquire_free(enquire);
}

static void test_docid_order__turns_ties(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_all(f);
    assert_ok(xc_enquire_set_docid_order(enquire, XC_DOCID_DESCENDING, NULL));
    assert_string_equal("5 4 3 2 1", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_docid_order(enquire, XC_DOCID_ASCENDING, NULL));
    assert_string_equal("1 2 3 4 5", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_docid_order(enquire, XC_DOCID_ANY, NULL));
    assert_int_equal(9, strlen(fixture_enquire_hits(enquire)));
    assert_status(XC_INVALID, f->error, xc_enquire_set_docid_order(enquire, (enum xc_docid_order)9, &f->error));
    xc_enquire_free(enquire);
}

static void test_collapse__keeps_some_of_each_value(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    assert_ok(xc_enquire_set_collapse(enquire, 0, 1, NULL));
    assert_string_equal("3 4", fixture_enquire_hits(enquire));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 10, .check_at_least = 5});
    assert_int_equal(1, hit_of(mset, 0).collapsed);
    assert_bytes("a", hit_of(mset, 0).collapse_key);
    struct xc_match_counts counts;
    assert_ok(xc_mset_counts(&counts, mset, NULL));
    assert_int_equal(2, counts.estimate);
    assert_int_equal(3, counts.uncollapsed_estimate);
    xc_mset_free(mset);
    assert_ok(xc_enquire_set_collapse(enquire, 0, 2, NULL));
    assert_string_equal("3 4 1", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_collapse(enquire, 0, 0, NULL));
    assert_string_equal("3 4 1", fixture_enquire_hits(enquire));
    xc_enquire_free(enquire);
}

static void test_cutoff__drops_the_weak(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 10});
    double second = hit_of(mset, 1).weight;
    xc_mset_free(mset);
    assert_ok(xc_enquire_set_cutoff(enquire, 0, second, NULL));
    assert_string_equal("3 4", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_cutoff(enquire, 99, 0, NULL));
    assert_string_equal("3", fixture_enquire_hits(enquire));
    assert_ok(xc_enquire_set_cutoff(enquire, 0, 0, NULL));
    assert_string_equal("3 4 1", fixture_enquire_hits(enquire));
    assert_status(XC_INVALID, f->error, xc_enquire_set_cutoff(enquire, 101, 0, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_cutoff(enquire, 0, -1, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_cutoff(enquire, 0, NAN, &f->error));
    xc_enquire_free(enquire);
}

static void test_time_limit__that_is_ample_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_term("blue"));
    assert_ok(xc_enquire_set_time_limit(enquire, 60, NULL));
    assert_string_equal("3 4 1", fixture_enquire_hits(enquire));
    assert_status(XC_INVALID, f->error, xc_enquire_set_time_limit(enquire, -1, &f->error));
    xc_enquire_free(enquire);
}

static void test_relevant_documents__change_the_weights(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, fixture_join(XC_OR, "red", "blue", 0));
    struct xc_mset *plain = search(enquire, (struct xc_match_options){.max = 10});
    static const uint32_t relevant[] = {4, 3};
    struct xc_mset *fed =
        search(enquire, (struct xc_match_options){.max = 10, .relevant = relevant, .relevant_count = 2});
    /* Both of those have "blue", and no "red". */
    double plain_blue, fed_blue, plain_red, fed_red;
    assert_ok(xc_mset_term(NULL, &plain_blue, plain, "blue", 4, NULL));
    assert_ok(xc_mset_term(NULL, &plain_red, plain, "red", 3, NULL));
    assert_ok(xc_mset_term(NULL, &fed_blue, fed, "blue", 4, NULL));
    assert_ok(xc_mset_term(NULL, &fed_red, fed, "red", 3, NULL));
    assert_true(fed_blue > plain_blue);
    assert_true(fed_red < plain_red);
    xc_mset_free(plain);
    xc_mset_free(fed);
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10, .relevant_count = 2};
    assert_status(XC_INVALID, f->error, xc_enquire_search(&mset, enquire, &options, &f->error));
    xc_enquire_free(enquire);
}

/* ---- Deciders ---- */

struct decision {
    char letter;
    int stop_after;
    enum xc_status status;
    int calls;
};

static enum xc_status decide(void *context, bool *accept, struct xc_document *document)
{
    struct decision *d = context;
    if (++d->calls > d->stop_after) return d->status;
    struct xc_bytes value;
    enum xc_status status = xc_document_value(&value, document, 0, NULL);
    *accept = value.length == 1 && value.data[0] == d->letter;
    return status;
}

static void test_decider__chooses_hits(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_all(f);
    struct decision d = {'a', 1000, XC_OK, 0};
    struct xc_mset *mset = search(enquire, (struct xc_match_options){.max = 10, .decide = decide, .context = &d});
    assert_int_equal(2, xc_mset_size(mset));
    assert_int_equal(1, hit_of(mset, 0).docid);
    assert_int_equal(3, hit_of(mset, 1).docid);
    assert_int_equal(5, d.calls);
    xc_mset_free(mset);
    xc_enquire_free(enquire);
}

static void test_decider__that_stops_ends_the_search_with_its_status(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_all(f);
    struct xc_mset *mset = NULL;
    struct decision d = {'a', 2, XC_STOPPED, 0};
    struct xc_match_options options = {.max = 10, .decide = decide, .context = &d};
    assert_status(XC_STOPPED, f->error, xc_enquire_search(&mset, enquire, &options, &f->error));
    assert_string_equal("stopped by a callback", f->error.message);
    assert_int_equal(3, d.calls);
    d = (struct decision){'a', 0, XC_IO, 0};
    assert_status(XC_IO, f->error, xc_enquire_search(&mset, enquire, &options, &f->error));
    assert_null(mset);
    /* The search is fit for use afterwards. */
    assert_string_equal("1 2 3 4 5", fixture_enquire_hits(enquire));
    xc_enquire_free(enquire);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_search__needs_a_query),
        ON_SAMPLE(test_mset__gives_hits_and_documents),
        ON_SAMPLE(test_mset__pages_and_counts),
        ON_SAMPLE(test_mset_term__knows_the_query),
        ON_SAMPLE(test_matching_terms__are_those_of_the_document),
        ON_SAMPLE(test_sort__by_value_both_ways),
        ON_SAMPLE(test_sort__by_value_and_relevance),
        ON_SAMPLE(test_docid_order__turns_ties),
        ON_SAMPLE(test_collapse__keeps_some_of_each_value),
        ON_SAMPLE(test_cutoff__drops_the_weak),
        ON_SAMPLE(test_time_limit__that_is_ample_changes_nothing),
        ON_SAMPLE(test_relevant_documents__change_the_weights),
        ON_SAMPLE(test_decider__chooses_hits),
        ON_SAMPLE(test_decider__that_stops_ends_the_search_with_its_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
