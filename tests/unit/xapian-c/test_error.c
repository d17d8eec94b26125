/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <math.h>
#include <stdio.h>

static void test_status_name__names_the_first_and_the_last(void **state)
{
    (void)state;
    assert_string_equal("XC_OK", xc_status_name(XC_OK));
    assert_string_equal("XC_FOREIGN", xc_status_name(XC_FOREIGN));
    assert_string_equal("XC_INTERNAL", xc_status_name(XC_INTERNAL));
    assert_string_equal("XC_?", xc_status_name((enum xc_status)99));
}

static void test_error__says_what_and_of_what_kind(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = NULL;
    assert_status(XC_MISSING, f->error, xc_database_open(&database, f->path, &f->error));
    assert_null(database);
    assert_int_equal(XC_MISSING, f->error.status);
    assert_string_equal("xapian-c", f->error.type);
    char expected[400];
    snprintf(expected, sizeof expected, "cannot open '%s': No such file or directory", f->path);
    assert_string_equal(expected, f->error.message);
}

static void test_error__cuts_a_long_message(void **state)
{
    struct fixture *f = *state;
    char path[3000];
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    struct xc_database *database = NULL;
    assert_status(XC_IO, f->error, xc_database_open(&database, path, &f->error));
    assert_int_equal(511, strlen(f->error.message));
}

static void test_null__is_invalid_everywhere(void **state)
{
    struct fixture *f = *state;
    struct xc_error *e = &f->error;
    struct xc_bytes bytes;
    struct xc_database *database = NULL;
    struct xc_query *query = NULL;
    uint32_t number;
    assert_status(XC_INVALID, f->error, xc_database_open(NULL, f->path, e));
    assert_string_equal("the result is NULL", e->message);
    assert_status(XC_INVALID, f->error, xc_database_open(&database, NULL, e));
    assert_status(XC_INVALID, f->error, xc_database_uuid(&bytes, NULL, e));
    assert_status(XC_INVALID, f->error, xc_writer_begin(NULL, e));
    assert_status(XC_INVALID, f->error, xc_writer_delete(NULL, 1, e));
    assert_status(XC_INVALID, f->error, xc_document_add_term(NULL, "a", 1, 1, e));
    assert_status(XC_INVALID, f->error, xc_query_term(&query, NULL, 3, 1, e));
    assert_status(XC_INVALID, f->error, xc_terms_next(NULL, e));
    assert_status(XC_INVALID, f->error, xc_postings_document_length(&number, NULL, e));
    assert_status(XC_INVALID, f->error, xc_mset_hit(NULL, NULL, 0, e));
    assert_status(XC_INVALID, f->error, xc_enquire_set_scheme(NULL, "bm25", NULL, NULL, 0, e));
    assert_null(database);
    assert_null(query);
}

static void test_free__takes_null(void **state)
{
    (void)state;
    xc_database_free(NULL);
    xc_writer_free(NULL);
    xc_document_free(NULL);
    xc_query_free(NULL);
    xc_enquire_free(NULL);
    xc_mset_free(NULL);
    xc_eset_free(NULL);
    xc_spy_free(NULL);
    xc_terms_free(NULL);
    xc_postings_free(NULL);
    xc_positions_free(NULL);
    xc_values_free(NULL);
    assert_int_equal(0, xc_mset_size(NULL));
    assert_int_equal(0, xc_database_part_count(NULL));
    assert_int_equal(0, xc_terms_term(NULL).length);
}

static void test_term_fits__counts_nuls_twice(void **state)
{
    (void)state;
    char term[300];
    memset(term, 'x', sizeof term);
    assert_true(xc_term_fits(term, 1));
    assert_true(xc_term_fits(term, 245));
    assert_false(xc_term_fits(term, 246));
    assert_false(xc_term_fits(term, 0));
    assert_false(xc_term_fits(NULL, 1));
    term[7] = '\0';
    assert_true(xc_term_fits(term, 244));
    assert_false(xc_term_fits(term, 245));
}

static void test_sortable__keeps_order_and_value(void **state)
{
    (void)state;
    static const double numbers[] = {-INFINITY, -1e30, -2.5, -1, 0, 1e-9, 1, 2014, 20141008, 1e30, INFINITY};
    char last[XC_SORTABLE_BYTES];
    size_t last_length = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char out[XC_SORTABLE_BYTES];
        size_t length = xc_sortable_serialise(out, numbers[i]);
        assert_true(length <= XC_SORTABLE_BYTES);
        assert_true(xc_sortable_unserialise(out, length) == numbers[i]);
        if (i > 0) {
            size_t shorter = length < last_length ? length : last_length;
            int order = memcmp(last, out, shorter);
            assert_true(order < 0 || (order == 0 && last_length < length));
        }
        memcpy(last, out, length);
        last_length = length;
    }
}

static void test_library_version__is_of_the_1_4_series(void **state)
{
    (void)state;
    assert_memory_equal("1.4.", xc_library_version(), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status_name__names_the_first_and_the_last),
        cmocka_unit_test_setup_teardown(test_error__says_what_and_of_what_kind, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_error__cuts_a_long_message, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_null__is_invalid_everywhere, fixture_setup, fixture_teardown),
        cmocka_unit_test(test_free__takes_null),
        cmocka_unit_test(test_term_fits__counts_nuls_twice),
        cmocka_unit_test(test_sortable__keeps_order_and_value),
        cmocka_unit_test(test_library_version__is_of_the_1_4_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
