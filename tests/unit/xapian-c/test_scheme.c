/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>

static struct xc_enquire *enquire_blue(const struct fixture *f)
{
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = fixture_join(XC_OR, "blue", "red", 0);
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    xc_query_free(query);
    xc_database_free(database);
    return enquire;
}

/* The weight of document [docid] in the search as set. */
static double weight_of(const struct xc_enquire *enquire, uint32_t docid)
{
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10};
    double weight = NAN;
    assert_ok(xc_enquire_search(&mset, enquire, &options, NULL));
    for (size_t i = 0; i < xc_mset_size(mset); i++) {
        struct xc_hit hit;
        assert_ok(xc_mset_hit(&hit, mset, i, NULL));
        if (hit.docid == docid) weight = hit.weight;
    }
    xc_mset_free(mset);
    return weight;
}

static void test_schemes__are_all_usable(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    size_t count = 0;
    const struct xc_scheme *schemes = xc_schemes(&count);
    assert_int_equal(13, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(schemes[i].help) > 0);
        assert_ptr_equal(&schemes[i], xc_scheme_find(schemes[i].name));
        assert_status(XC_OK, f->error, xc_enquire_set_scheme(enquire, schemes[i].name, NULL, NULL, 0, &f->error));
        double weight = weight_of(enquire, 3);
        assert_false(isnan(weight));
        if (strcmp(schemes[i].name, "boolean") == 0)
            assert_true(weight == 0);
        else
            assert_true(weight > 0);
    }
    xc_enquire_free(enquire);
}

static void test_schemes__state_their_defaults(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    size_t count = 0;
    const struct xc_scheme *schemes = xc_schemes(&count);
    for (size_t i = 0; i < count; i++) {
        double given[8];
        assert_true(schemes[i].parameter_count <= 8);
        for (size_t p = 0; p < schemes[i].parameter_count; p++) given[p] = schemes[i].parameters[p].normal;
        assert_ok(xc_enquire_set_scheme(enquire, schemes[i].name, NULL, NULL, 0, NULL));
        double by_default = weight_of(enquire, 3);
        assert_ok(xc_enquire_set_scheme(enquire, schemes[i].name, schemes[i].variant, given, schemes[i].parameter_count,
                                        NULL));
        assert_true(by_default == weight_of(enquire, 3));
    }
    xc_enquire_free(enquire);
}

/* BM25 without k2, of one term: w = idf * wdf * (k1 + 1) / (k1 * ((1 - b) + b * L) + wdf), L the relative length of at
 * least min_normlen, idf as libxapian smooths it; Robertson & Zaragoza 2009, section 3.4. */
static void test_bm25__takes_its_parameters_in_order(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    static const double parameters[] = {1.2, 0, 1, 0.75, 0.1};
    assert_ok(xc_enquire_set_scheme(enquire, "bm25", NULL, parameters, 5, NULL));
    /* "blue" is in 3 of 5 documents, twice in document 3, whose 3 words compare with 2.6 on average. */
    double idf = (5 - 3 + 0.5) / (3 + 0.5);
    idf = log(idf < 2 ? idf * 0.5 + 1 : idf);
    double length = 3 / 2.6;
    double expected = idf * 2 * 2.2 / (1.2 * (0.25 + 0.75 * length) + 2);
    assert_true(fabs(weight_of(enquire, 3) - expected) < 1e-9);
    xc_enquire_free(enquire);
}

static void test_coord__counts_matching_terms(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    assert_ok(xc_enquire_set_scheme(enquire, "coord", NULL, NULL, 0, NULL));
    assert_true(weight_of(enquire, 1) == 2);
    assert_true(weight_of(enquire, 3) == 1);
    xc_enquire_free(enquire);
}

static void test_tfidf__takes_a_variant(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    assert_ok(xc_enquire_set_scheme(enquire, "tfidf", "nnn", NULL, 0, NULL));
    assert_true(weight_of(enquire, 3) == 2);
    assert_ok(xc_enquire_set_scheme(enquire, "tfidf", "bnn", NULL, 0, NULL));
    assert_true(weight_of(enquire, 3) == 1);
    assert_ok(xc_enquire_set_scheme(enquire, "tfidf", NULL, NULL, 0, NULL));
    assert_true(fabs(weight_of(enquire, 3) - 2 * log(5.0 / 3)) < 1e-9);
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "tfidf", "zzz", NULL, 0, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "tfidf", "n", NULL, 0, &f->error));
    xc_enquire_free(enquire);
}

static void test_set_scheme__refuses_what_makes_no_sense(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_blue(f);
    static const double zero[] = {0}, nan[] = {NAN}, b[] = {1, 0, 1, 1.5}, many[] = {1, 0, 1, .5, .5, 1, 1};
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "lm", NULL, NULL, 0, &f->error));
    assert_string_equal("no ranking scheme is called 'lm'", f->error.message);
    assert_null(xc_scheme_find("lm"));
    assert_null(xc_scheme_find(NULL));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, NULL, NULL, NULL, 0, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "ineb2", NULL, zero, 1, &f->error));
    assert_string_equal("the parameter 'c' of the ranking scheme 'ineb2' is out of bounds", f->error.message);
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "ineb2", NULL, nan, 1, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "bm25", NULL, b, 4, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "bm25", NULL, many, 7, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(enquire, "bm25", "ntn", NULL, 0, &f->error));
    xc_enquire_free(enquire);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_schemes__are_all_usable),
        ON_SAMPLE(test_schemes__state_their_defaults),
        ON_SAMPLE(test_bm25__takes_its_parameters_in_order),
        ON_SAMPLE(test_coord__counts_matching_terms),
        ON_SAMPLE(test_tfidf__takes_a_variant),
        ON_SAMPLE(test_set_scheme__refuses_what_makes_no_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
