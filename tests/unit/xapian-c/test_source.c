/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>

/* Ascending ids with weights. */
struct list {
    const uint32_t *ids;
    const double *weights; /* NULL: all 0 */
    size_t count;
    enum xc_status status;
    int calls;
};

static enum xc_status seek(void *context, uint32_t *docid, double *weight, uint32_t from, double weight_min)
{
    struct list *list = context;
    list->calls++;
    if (list->status != XC_OK) return list->status;
    for (size_t i = 0; i < list->count; i++) {
        double w = list->weights ? list->weights[i] : 0;
        if (list->ids[i] < from || w < weight_min) continue;
        *docid = list->ids[i];
        *weight = w;
        break;
    }
    return XC_OK;
}

static struct xc_query *source_of(struct list *list, double weight_most)
{
    struct xc_source source = {.seek = seek,
                               .context = list,
                               .documents_guess = (uint32_t)list->count,
                               .documents_most = (uint32_t)list->count,
                               .weight_most = weight_most};
    struct xc_query *query = NULL;
    assert_ok(xc_query_source(&query, &source, NULL));
    return query;
}

static enum xc_status search_status(const struct xc_database *database, const struct xc_query *query,
                                    struct xc_error *error)
{
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10};
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    enum xc_status status = xc_enquire_search(&mset, enquire, &options, error);
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    return status;
}

static void test_source__filters_another_query(void **state)
{
    struct fixture *f = *state;
    static const uint32_t ids[] = {1, 2, 4};
    struct list list = {.ids = ids, .count = 3};
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *filter = source_of(&list, 0), *blue = fixture_term("blue"), *both = NULL;
    const struct xc_query *parts[] = {blue, filter};
    assert_ok(xc_query_combine(&both, XC_FILTER, parts, 2, 0, NULL));
    xc_query_free(filter);
    xc_query_free(blue);
    assert_string_equal("4 1", fixture_hits(database, both));
    xc_query_free(both);
    xc_database_free(database);
}

static void test_source__ranks_by_its_own_weights(void **state)
{
    struct fixture *f = *state;
    static const uint32_t ids[] = {1, 2, 3, 5};
    static const double weights[] = {1, 4, 2, 3};
    struct list list = {.ids = ids, .weights = weights, .count = 4};
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = source_of(&list, 4);
    assert_string_equal("2 5 3 1", fixture_hits(database, query));
    /* A second search starts from the beginning. */
    assert_string_equal("2 5 3 1", fixture_hits(database, query));
    xc_query_free(query);
    xc_database_free(database);
}

static void test_source__of_none_matches_nothing(void **state)
{
    struct fixture *f = *state;
    struct list list = {.count = 0};
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = source_of(&list, 0);
    assert_string_equal("", fixture_hits(database, query));
    xc_query_free(query);
    xc_database_free(database);
}

static void test_source__that_fails_ends_the_search(void **state)
{
    struct fixture *f = *state;
    static const uint32_t ids[] = {1, 2};
    struct list list = {.ids = ids, .count = 2, .status = XC_STOPPED};
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = source_of(&list, 0);
    assert_status(XC_STOPPED, f->error, search_status(database, query, &f->error));
    list.status = XC_DAMAGED;
    assert_status(XC_DAMAGED, f->error, search_status(database, query, &f->error));
    list.status = XC_OK;
    assert_string_equal("1 2", fixture_hits(database, query));
    xc_query_free(query);
    xc_database_free(database);
}

static enum xc_status seek_backwards(void *context, uint32_t *docid, double *weight, uint32_t from, double weight_min)
{
    (void)context;
    (void)weight;
    (void)weight_min;
    *docid = from > 1 ? from - 1 : 1;
    return XC_OK;
}

static void test_source__that_breaks_its_word_is_refused(void **state)
{
    struct fixture *f = *state;
    static const uint32_t ids[] = {1};
    static const double heavy[] = {5}, nan_weight[] = {NAN};
    struct xc_database *database = fixture_open(f->path);
    struct list list = {.ids = ids, .weights = heavy, .count = 1};
    struct xc_query *query = source_of(&list, 4);
    assert_status(XC_INVALID, f->error, search_status(database, query, &f->error));
    list.weights = nan_weight;
    assert_status(XC_INVALID, f->error, search_status(database, query, &f->error));
    xc_query_free(query);
    struct xc_source backwards = {.seek = seek_backwards, .documents_most = 5, .documents_guess = 5};
    assert_ok(xc_query_source(&query, &backwards, NULL));
    assert_status(XC_INVALID, f->error, search_status(database, query, &f->error));
    xc_query_free(query);
    xc_database_free(database);
}

static void test_source__is_for_one_part(void **state)
{
    struct fixture *f = *state;
    static const uint32_t ids[] = {1};
    struct list list = {.ids = ids, .count = 1};
    struct xc_database *database = fixture_open(f->path), *twice = NULL;
    assert_ok(xc_database_new(&twice, NULL));
    assert_ok(xc_database_add(twice, database, NULL));
    assert_ok(xc_database_add(twice, database, NULL));
    struct xc_query *query = source_of(&list, 0);
    assert_status(XC_INVALID, f->error, search_status(twice, query, &f->error));
    xc_query_free(query);
    xc_database_free(twice);
    xc_database_free(database);
}

static void test_query_source__checks_its_definition(void **state)
{
    struct fixture *f = *state;
    struct xc_query *query = NULL;
    struct xc_source source = {0};
    assert_status(XC_INVALID, f->error, xc_query_source(&query, &source, &f->error));
    source.seek = seek;
    source.documents_least = 2;
    assert_status(XC_INVALID, f->error, xc_query_source(&query, &source, &f->error));
    source.documents_least = 0;
    source.weight_most = -1;
    assert_status(XC_INVALID, f->error, xc_query_source(&query, &source, &f->error));
    source.weight_most = NAN;
    assert_status(XC_INVALID, f->error, xc_query_source(&query, &source, &f->error));
    assert_null(query);
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_source__filters_another_query),           ON_SAMPLE(test_source__ranks_by_its_own_weights),
        ON_SAMPLE(test_source__of_none_matches_nothing),         ON_SAMPLE(test_source__that_fails_ends_the_search),
        ON_SAMPLE(test_source__that_breaks_its_word_is_refused), ON_SAMPLE(test_source__is_for_one_part),
        ON_SAMPLE(test_query_source__checks_its_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
