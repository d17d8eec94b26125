/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>

static struct xc_enquire *enquire_of(const struct fixture *f, const char *term)
{
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = fixture_term(term);
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    xc_query_free(query);
    xc_database_free(database);
    return enquire;
}

static enum xc_status run(const struct xc_enquire *enquire, struct xc_error *error)
{
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 1, .check_at_least = 1000};
    enum xc_status status = xc_enquire_search(&mset, enquire, &options, error);
    xc_mset_free(mset);
    return status;
}

/* Counted values as "a 2, c 1, ", freeing the iterator. */
static const char *counts(struct xc_terms *terms)
{
    static char out[400];
    size_t used = 0;
    out[0] = '\0';
    while (xc_terms_next(terms, NULL) == XC_OK) {
        uint32_t n = 0;
        assert_ok(xc_terms_frequency(&n, terms, NULL));
        used += (size_t)snprintf(out + used, sizeof out - used, "%s %u, ", xc_terms_term(terms).data, n);
    }
    xc_terms_free(terms);
    return out;
}

static void test_value_counts__are_over_every_match(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, "");
    struct xc_spy *spy = NULL;
    struct xc_terms *terms = NULL;
    assert_ok(xc_spy_new_value_counts(&spy, 0, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    assert_status(XC_OK, f->error, run(enquire, &f->error));
    assert_int_equal(5, xc_spy_total(spy));
    assert_ok(xc_spy_values(&terms, spy, NULL));
    assert_string_equal("a 2, b 1, c 1, ", counts(terms));
    assert_ok(xc_spy_top_values(&terms, spy, 2, NULL));
    assert_string_equal("a 2, b 1, ", counts(terms));
    assert_ok(xc_spy_top_values(&terms, spy, 0, NULL));
    assert_string_equal("", counts(terms));
    /* They add up over searches, until the search forgets the spy. */
    assert_ok(run(enquire, NULL));
    assert_int_equal(10, xc_spy_total(spy));
    assert_ok(xc_enquire_clear_spies(enquire, NULL));
    assert_ok(run(enquire, NULL));
    assert_int_equal(10, xc_spy_total(spy));
    xc_enquire_free(enquire);
    assert_ok(xc_spy_values(&terms, spy, NULL));
    xc_spy_free(spy);
    assert_string_equal("a 4, b 2, c 2, ", counts(terms));
}

static void test_spy__may_be_freed_before_the_search(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, "blue");
    struct xc_spy *spy = NULL;
    assert_ok(xc_spy_new_value_counts(&spy, 0, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    xc_spy_free(spy);
    assert_status(XC_OK, f->error, run(enquire, &f->error));
    xc_enquire_free(enquire);
}

struct visits {
    int calls;
    int stop_after;
    enum xc_status status;
    uint32_t ids; /* bit d for document d */
    double weight;
    char years[40];
};

static enum xc_status visit(void *context, uint32_t docid, double weight, struct xc_document *document)
{
    struct visits *v = context;
    if (++v->calls > v->stop_after) return v->status;
    v->ids |= 1u << docid;
    v->weight += weight;
    struct xc_bytes year;
    enum xc_status status = xc_document_value(&year, document, 1, NULL);
    if (status != XC_OK) return status;
    strncat(v->years, year.data, year.length);
    strcat(v->years, " ");
    return docid == xc_document_id(document) ? XC_OK : XC_INTERNAL;
}

static void test_visit__sees_every_match(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, "blue");
    struct xc_spy *spy = NULL;
    struct visits v = {.stop_after = 1000};
    assert_ok(xc_spy_new_visit(&spy, visit, &v, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    assert_status(XC_OK, f->error, run(enquire, &f->error));
    assert_int_equal(3, v.calls);
    assert_int_equal(1u << 1 | 1u << 3 | 1u << 4, v.ids);
    assert_true(v.weight > 0);
    assert_string_equal("2010 2011 2014 ", v.years);
    assert_int_equal(0, xc_spy_total(spy));
    struct xc_terms *terms = NULL;
    assert_status(XC_INVALID, f->error, xc_spy_values(&terms, spy, &f->error));
    assert_status(XC_INVALID, f->error, xc_spy_top_values(&terms, spy, 3, &f->error));
    assert_null(terms);
    xc_spy_free(spy);
    xc_enquire_free(enquire);
}

static void test_visit__that_stops_ends_the_search_with_its_status(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_of(f, "blue");
    struct xc_spy *spy = NULL;
    struct visits v = {.stop_after = 1, .status = XC_STOPPED};
    assert_ok(xc_spy_new_visit(&spy, visit, &v, NULL));
    assert_ok(xc_enquire_add_spy(enquire, spy, NULL));
    assert_status(XC_STOPPED, f->error, run(enquire, &f->error));
    assert_int_equal(2, v.calls);
    v = (struct visits){.stop_after = 1, .status = XC_NO_MEMORY};
    assert_status(XC_NO_MEMORY, f->error, run(enquire, &f->error));
    v = (struct visits){.stop_after = 1000};
    assert_status(XC_OK, f->error, run(enquire, &f->error));
    assert_int_equal(3, v.calls);
    xc_spy_free(spy);
    xc_enquire_free(enquire);
}

static void test_visit__needs_a_function(void **state)
{
    struct fixture *f = *state;
    struct xc_spy *spy = NULL;
    assert_status(XC_INVALID, f->error, xc_spy_new_visit(&spy, NULL, NULL, &f->error));
    assert_null(spy);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_value_counts__are_over_every_match),
        ON_SAMPLE(test_spy__may_be_freed_before_the_search),
        ON_SAMPLE(test_visit__sees_every_match),
        ON_SAMPLE(test_visit__that_stops_ends_the_search_with_its_status),
        ON_SAMPLE(test_visit__needs_a_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
