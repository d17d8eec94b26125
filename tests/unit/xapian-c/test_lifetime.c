/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Handles are freed in every order, and used after those they were made from are gone. Meant to run under the address
 * sanitizer, which sees what an assertion cannot. */
#include "fixture.h"

enum { HANDLES = 12 };

struct handles {
    struct xc_database *database;
    struct xc_query *query;
    struct xc_enquire *enquire;
    struct xc_mset *mset;
    struct xc_eset *eset;
    struct xc_spy *spy;
    struct xc_document *document;
    struct xc_terms *terms;
    struct xc_terms *counted;
    struct xc_postings *postings;
    struct xc_positions *positions;
    struct xc_values *values;
};

static void make_all(struct handles *h, const char *path)
{
    static const uint32_t relevant[] = {3};
    struct xc_match_options match = {.max = 10, .check_at_least = 10};
    struct xc_expand_options expand = {.max = 10};
    h->database = fixture_open(path);
    h->query = fixture_term("blue");
    assert_ok(xc_spy_new_value_counts(&h->spy, 0, NULL));
    assert_ok(xc_enquire_new(&h->enquire, h->database, NULL));
    assert_ok(xc_enquire_set_query(h->enquire, h->query, 0, NULL));
    assert_ok(xc_enquire_add_spy(h->enquire, h->spy, NULL));
    assert_ok(xc_enquire_search(&h->mset, h->enquire, &match, NULL));
    assert_ok(xc_enquire_expand(&h->eset, h->enquire, relevant, 1, &expand, NULL));
    assert_ok(xc_mset_document(&h->document, h->mset, 0, NULL));
    assert_ok(xc_database_terms(&h->terms, h->database, "b", 1, NULL));
    assert_ok(xc_spy_values(&h->counted, h->spy, NULL));
    assert_ok(xc_database_postings(&h->postings, h->database, "blue", 4, NULL));
    assert_ok(xc_database_positions(&h->positions, h->database, 3, "blue", 4, NULL));
    assert_ok(xc_database_values(&h->values, h->database, 1, NULL));
}

static void free_one(struct handles *h, int which)
{
    switch (which) {
    case 0:
        xc_database_free(h->database);
        break;
    case 1:
        xc_query_free(h->query);
        break;
    case 2:
        xc_enquire_free(h->enquire);
        break;
    case 3:
        xc_mset_free(h->mset);
        break;
    case 4:
        xc_eset_free(h->eset);
        break;
    case 5:
        xc_spy_free(h->spy);
        break;
    case 6:
        xc_document_free(h->document);
        break;
    case 7:
        xc_terms_free(h->terms);
        break;
    case 8:
        xc_terms_free(h->counted);
        break;
    case 9:
        xc_postings_free(h->postings);
        break;
    case 10:
        xc_positions_free(h->positions);
        break;
    case 11:
        xc_values_free(h->values);
        break;
    }
}

/* Uses what is left; [freed] has a bit for each handle that is gone. */
static void use_rest(struct handles *h, unsigned freed)
{
    struct xc_bytes bytes;
    uint32_t n;
    struct xc_hit hit;
    struct xc_document *document = NULL;
    struct xc_mset *mset = NULL;
    struct xc_match_options match = {.max = 10};
    if (!(freed & 1u << 0)) assert_ok(xc_database_term_frequency(&n, h->database, "blue", 4, NULL));
    if (!(freed & 1u << 1)) assert_ok(xc_query_description(&bytes, h->query, NULL));
    if (!(freed & 1u << 2)) {
        assert_ok(xc_enquire_search(&mset, h->enquire, &match, NULL));
        assert_int_equal(3, xc_mset_size(mset));
        xc_mset_free(mset);
    }
    if (!(freed & 1u << 3)) {
        assert_ok(xc_mset_hit(&hit, h->mset, 2, NULL));
        assert_int_equal(1, hit.docid);
        assert_ok(xc_mset_document(&document, h->mset, 2, NULL));
        assert_ok(xc_document_data(&bytes, document, NULL));
        assert_bytes("doc 1", bytes);
        xc_document_free(document);
    }
    if (!(freed & 1u << 4)) assert_ok(xc_eset_term(&bytes, NULL, h->eset, 0, NULL));
    if (!(freed & 1u << 5)) assert_true(xc_spy_total(h->spy) >= 3);
    if (!(freed & 1u << 6)) {
        assert_ok(xc_document_data(&bytes, h->document, NULL));
        assert_bytes("doc 3", bytes);
        assert_ok(xc_document_term_count(&n, h->document, NULL));
    }
    /* Iterators move on each time, and may have come to their end. */
    if (!(freed & 1u << 7)) assert_true(xc_terms_next(h->terms, NULL) <= XC_NOT_FOUND);
    if (!(freed & 1u << 8)) assert_true(xc_terms_next(h->counted, NULL) <= XC_NOT_FOUND);
    if (!(freed & 1u << 9)) {
        if (xc_postings_next(h->postings, NULL) == XC_OK) assert_ok(xc_postings_document_length(&n, h->postings, NULL));
    }
    if (!(freed & 1u << 10)) assert_true(xc_positions_next(h->positions, NULL) <= XC_NOT_FOUND);
    if (!(freed & 1u << 11)) assert_true(xc_values_next(h->values, NULL) <= XC_NOT_FOUND);
}

/* Each rotation of the order, forwards and backwards: each handle is the first to go, and the last. */
static void test_handles__are_freed_in_any_order(void **state)
{
    struct fixture *f = *state;
    for (int first = 0; first < HANDLES; first++) {
        for (int backwards = 0; backwards < 2; backwards++) {
            struct handles h = {0};
            unsigned freed = 0;
            make_all(&h, f->path);
            for (int i = 0; i < HANDLES; i++) {
                int which = (first + (backwards ? HANDLES - i : i)) % HANDLES;
                free_one(&h, which);
                freed |= 1u << which;
                use_rest(&h, freed);
            }
        }
    }
}

static void test_positions__outlive_their_postings(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_postings *postings = NULL;
    struct xc_positions *positions = NULL;
    assert_ok(xc_database_postings(&postings, database, "blue", 4, NULL));
    assert_ok(xc_postings_skip_to(postings, 3, NULL));
    assert_ok(xc_postings_positions(&positions, postings, NULL));
    assert_ok(xc_postings_next(postings, NULL));
    xc_postings_free(postings);
    xc_database_free(database);
    assert_ok(xc_positions_next(positions, NULL));
    assert_int_equal(2, xc_positions_position(positions));
    xc_positions_free(positions);
}

static void test_parts_of_a_query__are_freed_before_it(void **state)
{
    struct fixture *f = *state;
    struct xc_query *a = fixture_term("blue"), *b = fixture_term("green"), *both = NULL, *scaled = NULL;
    const struct xc_query *parts[] = {a, b};
    assert_ok(xc_query_combine(&both, XC_AND, parts, 2, 0, NULL));
    xc_query_free(a);
    xc_query_free(b);
    assert_ok(xc_query_scale(&scaled, both, 2, NULL));
    xc_query_free(both);
    struct xc_database *database = fixture_open(f->path);
    assert_string_equal("3 1", fixture_hits(database, scaled));
    xc_query_free(scaled);
    xc_database_free(database);
}

static void test_document_values__outlive_the_document(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_document *document = NULL;
    struct xc_values *values = NULL;
    struct xc_terms *terms = NULL;
    assert_ok(xc_database_document(&document, database, 1, NULL));
    xc_database_free(database);
    assert_ok(xc_document_values(&values, document, NULL));
    assert_ok(xc_document_terms(&terms, document, NULL));
    xc_document_free(document);
    assert_ok(xc_values_next(values, NULL));
    assert_int_equal(1, xc_values_docid(values));
    assert_bytes("a", xc_values_value(values));
    xc_values_free(values);
    assert_string_equal("Q1 blue green red", fixture_terms(terms));
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_handles__are_freed_in_any_order),
        ON_SAMPLE(test_positions__outlive_their_postings),
        ON_SAMPLE(test_parts_of_a_query__are_freed_before_it),
        ON_SAMPLE(test_document_values__outlive_the_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
