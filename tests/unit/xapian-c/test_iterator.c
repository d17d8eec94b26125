/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>

static void test_terms__walk_by_prefix_with_frequencies(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *terms = NULL;
    assert_ok(xc_database_terms(&terms, database, "bl", 2, NULL));
    assert_bytes("", xc_terms_term(terms));
    uint32_t n = 0;
    assert_status(XC_INVALID, f->error, xc_terms_frequency(&n, terms, &f->error));
    assert_ok(xc_terms_next(terms, NULL));
    assert_bytes("black", xc_terms_term(terms));
    assert_ok(xc_terms_frequency(&n, terms, NULL));
    assert_int_equal(1, n);
    assert_status(XC_UNSUPPORTED, f->error, xc_terms_wdf(&n, terms, &f->error));
    assert_ok(xc_terms_next(terms, NULL));
    assert_bytes("blue", xc_terms_term(terms));
    assert_ok(xc_terms_frequency(&n, terms, NULL));
    assert_int_equal(3, n);
    assert_int_equal(XC_NOT_FOUND, xc_terms_next(terms, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_terms_next(terms, NULL));
    assert_bytes("", xc_terms_term(terms));
    xc_terms_free(terms);
    assert_ok(xc_database_terms(&terms, database, "", 0, NULL));
    assert_string_equal("Q1 Q2 Q3 Q4 Q5 black blue green red white yellow", fixture_terms(terms));
    assert_ok(xc_database_terms(&terms, database, "zz", 2, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_terms_next(terms, NULL));
    xc_terms_free(terms);
    xc_database_free(database);
}

static void test_terms_skip_to__goes_forward_only(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *terms = NULL;
    assert_ok(xc_database_terms(&terms, database, "b", 1, NULL));
    /* Before the first term of the prefix: to the first. */
    assert_ok(xc_terms_skip_to(terms, "Q", 1, NULL));
    assert_bytes("black", xc_terms_term(terms));
    assert_ok(xc_terms_skip_to(terms, "blb", 3, NULL));
    assert_bytes("blue", xc_terms_term(terms));
    assert_ok(xc_terms_skip_to(terms, "black", 5, NULL));
    assert_bytes("blue", xc_terms_term(terms));
    assert_int_equal(XC_NOT_FOUND, xc_terms_skip_to(terms, "red", 3, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_terms_skip_to(terms, "black", 5, NULL));
    xc_terms_free(terms);
    xc_database_free(database);
}

static void test_document_terms__have_wdf_frequency_and_positions(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *terms = NULL;
    struct xc_positions *positions = NULL;
    uint32_t n = 0;
    assert_ok(xc_database_document_terms(&terms, database, 3, NULL));
    assert_ok(xc_terms_skip_to(terms, "blue", 4, NULL));
    assert_ok(xc_terms_wdf(&n, terms, NULL));
    assert_int_equal(2, n);
    assert_ok(xc_terms_frequency(&n, terms, NULL));
    assert_int_equal(3, n);
    assert_ok(xc_terms_positions(&positions, terms, NULL));
    xc_terms_free(terms);
    xc_database_free(database);
    assert_ok(xc_positions_next(positions, NULL));
    assert_int_equal(2, xc_positions_position(positions));
    assert_ok(xc_positions_next(positions, NULL));
    assert_int_equal(3, xc_positions_position(positions));
    assert_int_equal(XC_NOT_FOUND, xc_positions_next(positions, NULL));
    assert_int_equal(0, xc_positions_position(positions));
    xc_positions_free(positions);
}

static void test_document_terms__of_no_document_are_not_found(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *terms = NULL;
    assert_status(XC_NOT_FOUND, f->error, xc_database_document_terms(&terms, database, 99, &f->error));
    assert_null(terms);
    xc_database_free(database);
}

static void test_postings__give_id_wdf_length_and_positions(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_postings *postings = NULL;
    uint32_t n = 0;
    assert_ok(xc_database_postings(&postings, database, "blue", 4, NULL));
    assert_int_equal(0, xc_postings_docid(postings));
    assert_int_equal(0, xc_postings_wdf(postings));
    assert_ok(xc_postings_next(postings, NULL));
    assert_int_equal(1, xc_postings_docid(postings));
    assert_int_equal(1, xc_postings_wdf(postings));
    assert_ok(xc_postings_skip_to(postings, 2, NULL));
    assert_int_equal(3, xc_postings_docid(postings));
    assert_int_equal(2, xc_postings_wdf(postings));
    assert_ok(xc_postings_document_length(&n, postings, NULL));
    assert_int_equal(3, n);
    struct xc_positions *positions = NULL;
    assert_ok(xc_postings_positions(&positions, postings, NULL));
    assert_ok(xc_positions_skip_to(positions, 3, NULL));
    assert_int_equal(3, xc_positions_position(positions));
    xc_positions_free(positions);
    assert_ok(xc_postings_skip_to(postings, 1, NULL));
    assert_int_equal(3, xc_postings_docid(postings));
    assert_int_equal(XC_NOT_FOUND, xc_postings_skip_to(postings, 5, NULL));
    assert_status(XC_INVALID, f->error, xc_postings_document_length(&n, postings, &f->error));
    assert_int_equal(0, xc_postings_docid(postings));
    xc_postings_free(postings);
    xc_database_free(database);
}

static void test_postings__of_no_term_are_none_of_the_empty_term_all(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_postings *postings = NULL;
    char term[300];
    memset(term, 'x', sizeof term);
    assert_ok(xc_database_postings(&postings, database, "pink", 4, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_postings_next(postings, NULL));
    xc_postings_free(postings);
    assert_ok(xc_database_postings(&postings, database, term, sizeof term, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_postings_next(postings, NULL));
    xc_postings_free(postings);
    assert_ok(xc_database_postings(&postings, database, NULL, 0, NULL));
    uint32_t ids[8];
    size_t count = 0;
    assert_ok(xc_postings_read(&count, postings, ids, NULL, 8, NULL));
    assert_int_equal(5, count);
    xc_postings_free(postings);
    xc_database_free(database);
}

static void test_postings_read__goes_on_where_it_stopped(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    for (uint32_t i = 1; i <= 5000; i++) {
        assert_ok(xc_document_clear(document, NULL));
        assert_ok(xc_document_add_term(document, "all", 3, i % 7 + 1, NULL));
        assert_ok(xc_writer_replace(writer, i * 3, document, NULL));
    }
    assert_ok(xc_writer_commit(writer, NULL));
    xc_document_free(document);
    xc_writer_free(writer);
    struct xc_database *database = fixture_open(f->path);
    struct xc_postings *postings = NULL;
    assert_ok(xc_database_postings(&postings, database, "all", 3, NULL));
    uint32_t ids[999], wdfs[999], seen = 0;
    size_t count = 0;
    do {
        assert_ok(xc_postings_read(&count, postings, ids, wdfs, 999, NULL));
        for (size_t i = 0; i < count; i++) {
            seen++;
            assert_int_equal(seen * 3, ids[i]);
            assert_int_equal(seen % 7 + 1, wdfs[i]);
        }
        if (count == 999) assert_int_equal(ids[998], xc_postings_docid(postings));
    } while (count == 999);
    assert_int_equal(5000, seen);
    assert_ok(xc_postings_read(&count, postings, ids, wdfs, 999, NULL));
    assert_int_equal(0, count);
    xc_postings_free(postings);
    /* After a skip, reading starts behind the item stood on. */
    assert_ok(xc_database_postings(&postings, database, "all", 3, NULL));
    assert_ok(xc_postings_skip_to(postings, 14998, NULL));
    assert_int_equal(15000, xc_postings_docid(postings));
    assert_ok(xc_postings_read(&count, postings, ids, NULL, 10, NULL));
    assert_int_equal(0, count);
    xc_postings_free(postings);
    xc_database_free(database);
}

static void test_read_positions__gives_all_at_once(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    uint32_t found[2] = {0, 99};
    size_t count = 7;
    assert_ok(xc_database_read_positions(&count, database, 3, "green", 5, found, 2, NULL));
    struct xc_positions *positions = NULL;
    assert_ok(xc_database_positions(&positions, database, 3, "green", 5, NULL));
    assert_ok(xc_positions_next(positions, NULL));
    assert_int_equal(xc_positions_position(positions), found[0]);
    xc_positions_free(positions);
    size_t again = 0;
    assert_ok(xc_database_read_positions(&again, database, 3, "green", 5, NULL, 0, NULL)); /* counting needs no room */
    assert_int_equal(again, count);
    assert_true(count > 0);
    assert_ok(xc_database_read_positions(&count, database, 3, "nothing", 7, found, 2, NULL));
    assert_int_equal(count, 0);
    xc_database_free(database);
}

static void test_positions__of_what_is_not_there_are_none(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_positions *positions = NULL;
    assert_ok(xc_database_positions(&positions, database, 1, "Q1", 2, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_positions_next(positions, NULL));
    xc_positions_free(positions);
    assert_ok(xc_database_positions(&positions, database, 99, "red", 3, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_positions_next(positions, NULL));
    xc_positions_free(positions);
    assert_ok(xc_database_positions(&positions, database, 1, "", 0, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_positions_next(positions, NULL));
    xc_positions_free(positions);
    xc_database_free(database);
}

static void test_values__stream_a_slot_by_document(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_values *values = NULL;
    assert_ok(xc_database_values(&values, database, 0, NULL));
    xc_database_free(database);
    char all[100] = "";
    size_t used = 0;
    while (xc_values_next(values, NULL) == XC_OK) {
        assert_int_equal(0, xc_values_slot(values));
        used += (size_t)snprintf(all + used, sizeof all - used, "%u%s ", xc_values_docid(values),
                                 xc_values_value(values).data);
    }
    assert_string_equal("1a 2b 3a 4c ", all);
    xc_values_free(values);
    database = fixture_open(f->path);
    assert_ok(xc_database_values(&values, database, 1, NULL));
    assert_ok(xc_values_skip_to(values, 4, NULL));
    assert_int_equal(4, xc_values_docid(values));
    assert_bytes("2014", xc_values_value(values));
    assert_int_equal(XC_NOT_FOUND, xc_values_skip_to(values, 6, NULL));
    xc_values_free(values);
    assert_ok(xc_database_values(&values, database, 8, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_values_next(values, NULL));
    xc_values_free(values);
    xc_database_free(database);
}

#define ON_NOTHING(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define ON_SAMPLE(test)  cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_terms__walk_by_prefix_with_frequencies),
        ON_SAMPLE(test_terms_skip_to__goes_forward_only),
        ON_SAMPLE(test_document_terms__have_wdf_frequency_and_positions),
        ON_SAMPLE(test_document_terms__of_no_document_are_not_found),
        ON_SAMPLE(test_postings__give_id_wdf_length_and_positions),
        ON_SAMPLE(test_postings__of_no_term_are_none_of_the_empty_term_all),
        ON_NOTHING(test_postings_read__goes_on_where_it_stopped),
        ON_SAMPLE(test_read_positions__gives_all_at_once),
        ON_SAMPLE(test_positions__of_what_is_not_there_are_none),
        ON_SAMPLE(test_values__stream_a_slot_by_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
