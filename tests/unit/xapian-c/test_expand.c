/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>

static struct xc_enquire *enquire_red(const struct fixture *f)
{
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = fixture_term("red");
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    xc_query_free(query);
    xc_database_free(database);
    return enquire;
}

struct keeping {
    const char *first_letters;
    int stop_after;
    int calls;
};

static enum xc_status keep_letters(void *context, bool *keep, const char *term, size_t length)
{
    struct keeping *k = context;
    if (++k->calls > k->stop_after) return XC_STOPPED;
    *keep = length > 0 && strchr(k->first_letters, term[0]);
    return XC_OK;
}

/* The expansion of [relevant] as words, heaviest first, equal ones as they come. */
static const char *expand(const struct xc_enquire *enquire, const uint32_t *relevant, size_t count,
                          struct xc_expand_options options)
{
    static char out[400];
    struct xc_eset *eset = NULL;
    struct xc_error error;
    assert_status(XC_OK, error, xc_enquire_expand(&eset, enquire, relevant, count, &options, &error));
    size_t used = 0;
    double last = 1e9;
    out[0] = '\0';
    for (size_t i = 0; i < xc_eset_size(eset); i++) {
        struct xc_bytes term;
        double weight;
        assert_ok(xc_eset_term(&term, &weight, eset, i, NULL));
        assert_true(weight <= last);
        last = weight;
        used += (size_t)snprintf(out + used, sizeof out - used, "%s ", term.data);
    }
    xc_eset_free(eset);
    return out;
}

static void test_expand__offers_terms_of_the_relevant_documents(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_red(f);
    struct keeping words = {"bgrwy", 1000, 0};
    static const uint32_t relevant[] = {2, 5};
    struct xc_expand_options options = {.max = 10, .keep = keep_letters, .context = &words};
    assert_string_equal("yellow white ", expand(enquire, relevant, 2, options));
    options.query_terms = true;
    assert_string_equal("yellow white red ", expand(enquire, relevant, 2, options));
    options.max = 1;
    assert_string_equal("yellow ", expand(enquire, relevant, 2, options));
    options.max = 0;
    assert_string_equal("", expand(enquire, relevant, 2, options));
    options.max = 10;
    options.exact = true;
    options.scheme = "bo1";
    assert_string_equal("yellow ", strtok((char *)expand(enquire, relevant, 2, options), "w") ? "yellow " : "");
    xc_enquire_free(enquire);
}

static void test_expand__excludes_by_weight(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_red(f);
    static const uint32_t relevant[] = {2, 5};
    assert_string_equal("", expand(enquire, relevant, 2, (struct xc_expand_options){.max = 10, .weight_min = 1000}));
    xc_enquire_free(enquire);
}

static void test_expand__needs_no_query(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_enquire *enquire = NULL;
    struct keeping words = {"bgrwy", 1000, 0};
    static const uint32_t relevant[] = {4};
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_string_equal(
        "black blue ",
        expand(enquire, relevant, 1, (struct xc_expand_options){.max = 10, .keep = keep_letters, .context = &words}));
    xc_enquire_free(enquire);
    xc_database_free(database);
}

static void test_expand__refuses_what_makes_no_sense(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_red(f);
    struct xc_eset *eset = NULL;
    static const uint32_t relevant[] = {2}, missing[] = {99}, zero[] = {0};
    struct xc_expand_options options = {.max = 10};
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, relevant, 0, &options, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, NULL, 1, &options, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, relevant, 1, NULL, &f->error));
    assert_status(XC_NOT_FOUND, f->error, xc_enquire_expand(&eset, enquire, missing, 1, &options, &f->error));
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, zero, 1, &options, &f->error));
    options.scheme = "rm3";
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, relevant, 1, &options, &f->error));
    assert_string_equal("no expansion scheme is called 'rm3' (trad, bo1)", f->error.message);
    options = (struct xc_expand_options){.max = 10, .k = -1};
    assert_status(XC_INVALID, f->error, xc_enquire_expand(&eset, enquire, relevant, 1, &options, &f->error));
    assert_null(eset);
    xc_enquire_free(enquire);
}

static void test_keep__that_stops_ends_the_expansion(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_red(f);
    struct xc_eset *eset = NULL;
    struct keeping one = {"y", 1, 0};
    static const uint32_t relevant[] = {2};
    struct xc_expand_options options = {.max = 10, .keep = keep_letters, .context = &one};
    assert_status(XC_STOPPED, f->error, xc_enquire_expand(&eset, enquire, relevant, 1, &options, &f->error));
    assert_null(eset);
    assert_int_equal(2, one.calls);
    xc_enquire_free(enquire);
}

static void test_eset_term__past_the_end_is_not_found(void **state)
{
    struct fixture *f = *state;
    struct xc_enquire *enquire = enquire_red(f);
    struct xc_eset *eset = NULL;
    static const uint32_t relevant[] = {2};
    struct xc_expand_options options = {.max = 1};
    assert_ok(xc_enquire_expand(&eset, enquire, relevant, 1, &options, NULL));
    xc_enquire_free(enquire);
    assert_int_equal(1, xc_eset_size(eset));
    assert_ok(xc_eset_term(NULL, NULL, eset, 0, NULL));
    assert_status(XC_NOT_FOUND, f->error, xc_eset_term(NULL, NULL, eset, 1, &f->error));
    xc_eset_free(eset);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_expand__offers_terms_of_the_relevant_documents),
        ON_SAMPLE(test_expand__excludes_by_weight),
        ON_SAMPLE(test_expand__needs_no_query),
        ON_SAMPLE(test_expand__refuses_what_makes_no_sense),
        ON_SAMPLE(test_keep__that_stops_ends_the_expansion),
        ON_SAMPLE(test_eset_term__past_the_end_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
