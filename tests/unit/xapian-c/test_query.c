/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>
#include <stdio.h>

/* The hits of a query that is freed. */
static const char *hits_of(const struct fixture *f, struct xc_query *query)
{
    struct xc_database *database = fixture_open(f->path);
    const char *hits = fixture_hits(database, query);
    xc_database_free(database);
    xc_query_free(query);
    return hits;
}

static const char *hits_joined(const struct fixture *f, enum xc_operator operator_, const char *a, const char *b,
                               uint32_t parameter)
{
    return hits_of(f, fixture_join(operator_, a, b, parameter));
}

static void test_operators__match_what_they_say(void **state)
{
    struct fixture *f = *state;
    assert_string_equal("3 1", hits_joined(f, XC_AND, "green", "blue", 0));
    assert_string_equal("2 5 1", hits_joined(f, XC_OR, "red", "yellow", 0));
    assert_string_equal("2", hits_joined(f, XC_AND_NOT, "red", "blue", 0));
    assert_string_equal("2 3 4", hits_joined(f, XC_XOR, "red", "blue", 0));
    assert_string_equal("1", hits_joined(f, XC_FILTER, "red", "blue", 0));
    assert_string_equal("2 1", hits_joined(f, XC_AND_MAYBE, "red", "yellow", 0));
    assert_string_equal("2 5 1", hits_joined(f, XC_SYNONYM, "red", "yellow", 0));
    assert_string_equal("2 5 1", hits_joined(f, XC_MAX, "red", "yellow", 0));
    assert_string_equal("4", hits_joined(f, XC_ELITE_SET, "blue", "black", 1));
}

static void test_near_and_phrase__heed_order_and_window(void **state)
{
    struct fixture *f = *state;
    assert_string_equal("3 1", hits_joined(f, XC_PHRASE, "green", "blue", 0));
    assert_string_equal("", hits_joined(f, XC_PHRASE, "blue", "green", 0));
    assert_string_equal("3 1", hits_joined(f, XC_NEAR, "blue", "green", 0));
    assert_string_equal("", hits_joined(f, XC_PHRASE, "red", "blue", 2));
    assert_string_equal("1", hits_joined(f, XC_PHRASE, "red", "blue", 3));
}

static void test_phrase__takes_ors_of_terms(void **state)
{
    struct fixture *f = *state;
    struct xc_query *parts[] = {fixture_join(XC_OR, "red", "green", 0), fixture_term("blue")}, *phrase = NULL;
    enum xc_status status =
        xc_query_combine(&phrase, XC_PHRASE, (const struct xc_query *const *)parts, 2, 0, &f->error);
    assert_string_equal("XC_OK", xc_status_name(status));
    assert_string_equal("1 3", hits_of(f, phrase));
    xc_query_free(parts[0]);
    xc_query_free(parts[1]);
}

static void test_phrase__refuses_an_and(void **state)
{
    struct fixture *f = *state;
    struct xc_query *parts[] = {fixture_join(XC_AND, "red", "green", 0), fixture_term("blue")}, *phrase = NULL;
    assert_status(XC_UNSUPPORTED, f->error,
                  xc_query_combine(&phrase, XC_PHRASE, (const struct xc_query *const *)parts, 2, 0, &f->error));
    assert_null(phrase);
    xc_query_free(parts[0]);
    xc_query_free(parts[1]);
}

static void test_all_none_and_empty_terms(void **state)
{
    struct fixture *f = *state;
    struct xc_query *query = NULL;
    assert_ok(xc_query_all(&query, NULL));
    assert_false(xc_query_is_empty(query));
    assert_string_equal("1 2 3 4 5", hits_of(f, query));
    assert_ok(xc_query_none(&query, NULL));
    assert_true(xc_query_is_empty(query));
    assert_string_equal("", hits_of(f, query));
    assert_ok(xc_query_term(&query, "", 0, 1, NULL));
    assert_string_equal("1 2 3 4 5", hits_of(f, query));
    assert_ok(xc_query_combine(&query, XC_AND, NULL, 0, 0, NULL));
    assert_string_equal("", hits_of(f, query));
}

static void test_term__too_long_matches_nothing(void **state)
{
    struct fixture *f = *state;
    char term[3000];
    memset(term, 'x', sizeof term);
    struct xc_query *query = NULL;
    assert_ok(xc_query_term(&query, term, sizeof term, 1, NULL));
    assert_string_equal("", hits_of(f, query));
    struct xc_bytes terms[] = {{"blue", 4}, {term, sizeof term}};
    assert_ok(xc_query_combine_terms(&query, XC_AND, terms, 2, 0, NULL));
    assert_string_equal("", hits_of(f, query));
    assert_ok(xc_query_combine_terms(&query, XC_PHRASE, terms, 2, 0, NULL));
    assert_string_equal("", hits_of(f, query));
    assert_ok(xc_query_combine_terms(&query, XC_OR, terms, 2, 0, NULL));
    assert_string_equal("3 4 1", hits_of(f, query));
}

static void test_combine__of_one_is_that_one(void **state)
{
    struct fixture *f = *state;
    static const enum xc_operator all[] = {XC_AND, XC_OR,      XC_AND_NOT, XC_XOR,       XC_FILTER, XC_AND_MAYBE,
                                           XC_MAX, XC_SYNONYM, XC_NEAR,    XC_ELITE_SET, XC_PHRASE};
    struct xc_query *blue = fixture_term("blue");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct xc_query *query = NULL;
        const struct xc_query *parts[] = {blue};
        assert_ok(xc_query_combine(&query, all[i], parts, 1, 0, NULL));
        assert_int_equal(1, xc_query_depth(query));
        assert_string_equal("3 4 1", hits_of(f, query));
    }
    xc_query_free(blue);
}

static void test_combine__refuses_a_missing_part(void **state)
{
    struct fixture *f = *state;
    struct xc_query *blue = fixture_term("blue"), *query = NULL;
    const struct xc_query *parts[] = {blue, NULL};
    assert_status(XC_INVALID, f->error, xc_query_combine(&query, XC_OR, parts, 2, 0, &f->error));
    assert_status(XC_INVALID, f->error, xc_query_combine(&query, (enum xc_operator)77, parts, 1, 0, &f->error));
    assert_null(query);
    xc_query_free(blue);
}

static void test_depth__is_limited(void **state)
{
    struct fixture *f = *state;
    struct xc_query *query = fixture_term("blue"), *red = fixture_term("red");
    enum xc_status status = XC_OK;
    unsigned steps = 0;
    while (steps < 10000) {
        const struct xc_query *parts[] = {query, red};
        struct xc_query *deeper = NULL;
        status = xc_query_combine(&deeper, steps % 2 ? XC_AND_NOT : XC_OR, parts, 2, 0, &f->error);
        if (status != XC_OK) break;
        xc_query_free(query);
        query = deeper;
        steps++;
    }
    assert_string_equal("XC_LIMIT", xc_status_name(status));
    assert_int_equal(3999, steps);
    assert_int_equal(4000, xc_query_depth(query));
    /* The deepest allowed is searched without harm. */
    xc_query_free(red);
    assert_string_equal("2 1 3 4", hits_of(f, query));
}

static void test_scale__multiplies_weights(void **state)
{
    struct fixture *f = *state;
    struct xc_query *blue = fixture_term("blue"), *query = NULL;
    struct xc_database *database = fixture_open(f->path);
    double weights[3];
    static const double factors[] = {1, 2.5, 0};
    for (size_t i = 0; i < 3; i++) {
        struct xc_enquire *enquire = NULL;
        struct xc_mset *mset = NULL;
        struct xc_hit hit;
        struct xc_match_options options = {.max = 1};
        assert_ok(xc_query_scale(&query, blue, factors[i], NULL));
        assert_ok(xc_enquire_new(&enquire, database, NULL));
        assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
        assert_ok(xc_enquire_search(&mset, enquire, &options, NULL));
        assert_ok(xc_mset_hit(&hit, mset, 0, NULL));
        weights[i] = hit.weight;
        xc_query_free(query);
        xc_mset_free(mset);
        xc_enquire_free(enquire);
    }
    assert_true(weights[0] > 0);
    assert_true(fabs(weights[1] - 2.5 * weights[0]) < 1e-12);
    assert_true(weights[2] == 0);
    query = NULL;
    assert_status(XC_INVALID, f->error, xc_query_scale(&query, blue, -1, &f->error));
    assert_status(XC_INVALID, f->error, xc_query_scale(&query, blue, NAN, &f->error));
    assert_status(XC_INVALID, f->error, xc_query_scale(&query, blue, INFINITY, &f->error));
    assert_null(query);
    xc_query_free(blue);
    xc_database_free(database);
}

static void test_value_ranges__include_both_ends(void **state)
{
    struct fixture *f = *state;
    struct xc_query *query = NULL;
    assert_ok(xc_query_value_range(&query, 1, "2011", 4, "2013", 4, NULL));
    assert_string_equal("2 3 5", hits_of(f, query));
    assert_ok(xc_query_value_at_least(&query, 1, "2013", 4, NULL));
    assert_string_equal("4 5", hits_of(f, query));
    assert_ok(xc_query_value_at_most(&query, 1, "2011", 4, NULL));
    assert_string_equal("1 3", hits_of(f, query));
    assert_ok(xc_query_value_range(&query, 1, "2013", 4, "2011", 4, NULL));
    assert_string_equal("", hits_of(f, query));
    /* Document 5 has no value in slot 0. */
    assert_ok(xc_query_value_at_most(&query, 0, "b", 1, NULL));
    assert_string_equal("1 2 3", hits_of(f, query));
    assert_ok(xc_query_value_at_most(&query, 0, "z", 1, NULL));
    assert_string_equal("1 2 3 4", hits_of(f, query));
    assert_ok(xc_query_value_at_least(&query, 0, "", 0, NULL));
    assert_string_equal("1 2 3 4 5", hits_of(f, query));
    assert_ok(xc_query_value_range(&query, 0, "", 0, "z", 1, NULL));
    assert_string_equal("1 2 3 4", hits_of(f, query));
}

static enum xc_status search_status(const struct fixture *f, struct xc_query *query)
{
    struct xc_database *database = fixture_open(f->path);
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10};
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    enum xc_status status = xc_enquire_search(&mset, enquire, &options, NULL);
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    xc_database_free(database);
    xc_query_free(query);
    return status;
}

static void test_wildcard__expands_within_its_limit(void **state)
{
    struct fixture *f = *state;
    struct xc_query *query = NULL;
    assert_ok(xc_query_wildcard(&query, "bl", 2, 2, XC_WILDCARD_ERROR, XC_SYNONYM, NULL));
    assert_string_equal("4 3 1", hits_of(f, query));
    assert_ok(xc_query_wildcard(&query, "bl", 2, 1, XC_WILDCARD_ERROR, XC_SYNONYM, NULL));
    assert_string_equal("XC_LIMIT", xc_status_name(search_status(f, query)));
    assert_ok(xc_query_wildcard(&query, "bl", 2, 1, XC_WILDCARD_FIRST, XC_OR, NULL));
    assert_string_equal("4", hits_of(f, query));
    assert_ok(xc_query_wildcard(&query, "bl", 2, 1, XC_WILDCARD_MOST_FREQUENT, XC_MAX, NULL));
    assert_string_equal("3 4 1", hits_of(f, query));
    assert_ok(xc_query_wildcard(&query, "zz", 2, 0, XC_WILDCARD_ERROR, XC_OR, NULL));
    assert_string_equal("", hits_of(f, query));
    query = NULL;
    assert_status(XC_INVALID, f->error, xc_query_wildcard(&query, "bl", 2, 1, XC_WILDCARD_FIRST, XC_AND, &f->error));
    assert_status(XC_INVALID, f->error,
                  xc_query_wildcard(&query, "bl", 2, 1, (enum xc_wildcard_limit)9, XC_OR, &f->error));
    assert_null(query);
}

static void test_description_terms_and_length(void **state)
{
    (void)state;
    struct xc_bytes terms[] = {{"red", 3}, {"blue", 4}, {"red", 3}}, text;
    struct xc_query *query = NULL;
    struct xc_terms *list = NULL;
    assert_ok(xc_query_combine_terms(&query, XC_OR, terms, 3, 0, NULL));
    assert_int_equal(3, xc_query_length(query));
    assert_int_equal(2, xc_query_depth(query));
    assert_ok(xc_query_description(&text, query, NULL));
    assert_bytes("Query((red OR blue OR red))", text);
    assert_ok(xc_query_terms(&list, query, true, NULL));
    assert_string_equal("blue red", fixture_terms(list));
    assert_ok(xc_query_terms(&list, query, true, NULL));
    assert_int_equal(XC_INVALID, xc_terms_skip_to(list, "a", 1, NULL));
    xc_terms_free(list);
    xc_query_free(query);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

static void test_look__tells_the_tree(void **state)
{
    (void)state;
    struct xc_query *term = NULL, *pair = fixture_join(XC_PHRASE, "red", "green", 3), *scaled = NULL, *whole = NULL;
    assert_ok(xc_query_term(&term, "blue", 4, 7, NULL));
    assert_ok(xc_query_scale(&scaled, pair, 0.25, NULL));
    assert_ok(xc_query_combine(&whole, XC_FILTER, (const struct xc_query *[]){term, scaled}, 2, 0, NULL));
    xc_query_free(term);
    xc_query_free(pair);
    xc_query_free(scaled);
    const struct xc_query_node *root = xc_query_root(whole);
    struct xc_query_view view = xc_query_look(root);
    assert_int_equal(view.kind, XC_QUERY_COMBINED);
    assert_int_equal(view.operator_, XC_FILTER);
    assert_int_equal(view.part_count, 2);
    view = xc_query_look(xc_query_part(root, 0));
    assert_int_equal(view.kind, XC_QUERY_TERM);
    assert_int_equal(view.wqf, 7);
    assert_int_equal(view.term.length, 4);
    assert_memory_equal(view.term.data, "blue", 4);
    view = xc_query_look(xc_query_part(root, 1));
    assert_int_equal(view.kind, XC_QUERY_SCALED);
    assert_true(view.factor == 0.25);
    const struct xc_query_node *phrase = xc_query_part(xc_query_part(root, 1), 0);
    view = xc_query_look(phrase);
    assert_int_equal(view.operator_, XC_PHRASE);
    assert_int_equal(view.parameter, 3);
    assert_memory_equal(xc_query_look(xc_query_part(phrase, 1)).term.data, "green", 5);
    assert_null(xc_query_part(phrase, 2));
    xc_query_free(whole);
}

static void test_look__tells_leaves_apart(void **state)
{
    (void)state;
    struct xc_query *query = NULL;
    char long_term[300] = {'x'};
    assert_ok(xc_query_all(&query, NULL));
    assert_int_equal(xc_query_look(xc_query_root(query)).kind, XC_QUERY_ALL);
    xc_query_free(query);
    assert_ok(xc_query_term(&query, "", 0, 1, NULL));
    assert_int_equal(xc_query_look(xc_query_root(query)).kind, XC_QUERY_ALL);
    xc_query_free(query);
    assert_ok(xc_query_term(&query, long_term, sizeof long_term, 1, NULL));
    assert_int_equal(xc_query_look(xc_query_root(query)).kind, XC_QUERY_NONE);
    xc_query_free(query);
    assert_ok(xc_query_combine(&query, XC_OR, NULL, 0, 0, NULL));
    assert_int_equal(xc_query_look(xc_query_root(query)).kind, XC_QUERY_NONE);
    xc_query_free(query);
    assert_ok(xc_query_wildcard(&query, "re", 2, 0, XC_WILDCARD_FIRST, XC_OR, NULL));
    assert_int_equal(xc_query_look(xc_query_root(query)).kind, XC_QUERY_OTHER);
    xc_query_free(query);
    assert_int_equal(xc_query_look(xc_query_root(NULL)).kind, XC_QUERY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_operators__match_what_they_say),
        ON_SAMPLE(test_near_and_phrase__heed_order_and_window),
        ON_SAMPLE(test_phrase__takes_ors_of_terms),
        ON_SAMPLE(test_phrase__refuses_an_and),
        ON_SAMPLE(test_all_none_and_empty_terms),
        ON_SAMPLE(test_term__too_long_matches_nothing),
        ON_SAMPLE(test_combine__of_one_is_that_one),
        ON_SAMPLE(test_combine__refuses_a_missing_part),
        ON_SAMPLE(test_depth__is_limited),
        ON_SAMPLE(test_scale__multiplies_weights),
        ON_SAMPLE(test_value_ranges__include_both_ends),
        ON_SAMPLE(test_wildcard__expands_within_its_limit),
        cmocka_unit_test(test_description_terms_and_length),
        cmocka_unit_test(test_look__tells_the_tree),
        cmocka_unit_test(test_look__tells_leaves_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
