/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static struct xc_document *document_new(void)
{
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    return document;
}

static const char *terms_of(const struct xc_document *document)
{
    struct xc_terms *terms = NULL;
    assert_ok(xc_document_terms(&terms, document, NULL));
    return fixture_terms(terms);
}

static uint32_t wdf_of(const struct xc_document *document, const char *term)
{
    struct xc_terms *terms = NULL;
    uint32_t wdf = 0;
    assert_ok(xc_document_terms(&terms, document, NULL));
    assert_ok(xc_terms_skip_to(terms, term, strlen(term), NULL));
    assert_memory_equal(term, xc_terms_term(terms).data, strlen(term));
    assert_ok(xc_terms_wdf(&wdf, terms, NULL));
    xc_terms_free(terms);
    return wdf;
}

static void test_new__is_empty(void **state)
{
    (void)state;
    struct xc_document *document = document_new();
    struct xc_bytes bytes;
    uint32_t count = 9;
    assert_int_equal(0, xc_document_id(document));
    assert_ok(xc_document_data(&bytes, document, NULL));
    assert_bytes("", bytes);
    assert_ok(xc_document_value(&bytes, document, 0, NULL));
    assert_bytes("", bytes);
    assert_ok(xc_document_term_count(&count, document, NULL));
    assert_int_equal(0, count);
    assert_string_equal("", terms_of(document));
    xc_document_free(document);
}

static void test_add_term__adds_up_the_wdf(void **state)
{
    (void)state;
    struct xc_document *document = document_new();
    assert_ok(xc_document_add_term(document, "red", 3, 2, NULL));
    assert_ok(xc_document_add_term(document, "red", 3, 3, NULL));
    assert_ok(xc_document_add_term(document, "Kfilter", 7, 0, NULL));
    assert_int_equal(5, wdf_of(document, "red"));
    assert_int_equal(0, wdf_of(document, "Kfilter"));
    assert_string_equal("Kfilter red", terms_of(document));
    xc_document_free(document);
}

static void test_add_postings__is_add_posting_many_times(void **state)
{
    (void)state;
    struct xc_document *one = document_new(), *many = document_new();
    static const uint32_t positions[] = {3, 9, 27, 81, 9};
    for (size_t i = 0; i < 5; i++) assert_ok(xc_document_add_posting(one, "red", 3, positions[i], 3, NULL));
    assert_ok(xc_document_add_postings(many, "red", 3, positions, 5, 3, NULL));
    assert_int_equal(15, wdf_of(one, "red"));
    assert_int_equal(15, wdf_of(many, "red"));
    struct xc_document *both[] = {one, many};
    for (size_t d = 0; d < 2; d++) {
        struct xc_terms *terms = NULL;
        struct xc_positions *list = NULL;
        uint32_t got[8];
        size_t count = 0;
        assert_ok(xc_document_terms(&terms, both[d], NULL));
        assert_ok(xc_terms_next(terms, NULL));
        assert_ok(xc_terms_positions(&list, terms, NULL));
        assert_ok(xc_positions_read(&count, list, got, 8, NULL));
        assert_int_equal(4, count);
        assert_int_equal(3, got[0]);
        assert_int_equal(9, got[1]);
        assert_int_equal(27, got[2]);
        assert_int_equal(81, got[3]);
        xc_positions_free(list);
        xc_terms_free(terms);
    }
    xc_document_free(one);
    xc_document_free(many);
}

static void test_add_postings__of_none_adds_no_term(void **state)
{
    (void)state;
    struct xc_document *document = document_new();
    assert_ok(xc_document_add_postings(document, "red", 3, NULL, 0, 1, NULL));
    assert_string_equal("", terms_of(document));
    xc_document_free(document);
}

static void test_terms__that_do_not_fit_change_nothing(void **state)
{
    struct fixture *f = *state;
    char term[300];
    memset(term, 'x', sizeof term);
    static const uint32_t positions[] = {1};
    struct xc_document *document = document_new();
    assert_status(XC_LIMIT, f->error, xc_document_add_term(document, term, 246, 1, &f->error));
    assert_string_equal("the term of 246 bytes is too long (at most 245, NULs counting twice): shorten it",
                        f->error.message);
    assert_status(XC_LIMIT, f->error, xc_document_add_posting(document, term, 300, 1, 1, &f->error));
    assert_status(XC_LIMIT, f->error, xc_document_add_postings(document, term, 300, positions, 1, 1, &f->error));
    term[0] = '\0';
    assert_status(XC_LIMIT, f->error, xc_document_add_term(document, term, 245, 1, &f->error));
    assert_status(XC_LIMIT, f->error, xc_document_add_term(document, "", 0, 1, &f->error));
    assert_string_equal("the term is empty", f->error.message);
    assert_string_equal("", terms_of(document));
    xc_document_free(document);
}

static void test_remove_term__takes_it_away(void **state)
{
    struct fixture *f = *state;
    struct xc_document *document = document_new();
    assert_ok(xc_document_add_posting(document, "red", 3, 1, 1, NULL));
    assert_ok(xc_document_add_posting(document, "blue", 4, 2, 1, NULL));
    assert_ok(xc_document_remove_term(document, "red", 3, NULL));
    assert_string_equal("blue", terms_of(document));
    assert_status(XC_NOT_FOUND, f->error, xc_document_remove_term(document, "red", 3, &f->error));
    xc_document_free(document);
}

static void test_values__are_listed_by_slot(void **state)
{
    struct fixture *f = *state;
    struct xc_document *document = document_new();
    assert_ok(xc_document_set_value(document, 7, "seven", 5, NULL));
    assert_ok(xc_document_set_value(document, 2, "\0two", 4, NULL));
    assert_ok(xc_document_set_value(document, 100000, "far", 3, NULL));
    assert_ok(xc_document_set_value(document, 5, "gone", 4, NULL));
    assert_ok(xc_document_set_value(document, 5, "", 0, NULL));
    struct xc_values *values = NULL;
    assert_ok(xc_document_values(&values, document, NULL));
    assert_status(XC_OK, f->error, xc_values_next(values, &f->error));
    assert_int_equal(2, xc_values_slot(values));
    assert_bytes("\0two", xc_values_value(values));
    assert_ok(xc_values_skip_to(values, 3, NULL));
    assert_int_equal(7, xc_values_slot(values));
    assert_ok(xc_values_next(values, NULL));
    assert_int_equal(100000, xc_values_slot(values));
    assert_int_equal(XC_NOT_FOUND, xc_values_next(values, NULL));
    assert_int_equal(XC_NOT_FOUND, xc_values_next(values, NULL));
    assert_bytes("", xc_values_value(values));
    xc_values_free(values);
    xc_document_free(document);
}

static void test_clear__empties_it(void **state)
{
    (void)state;
    struct xc_document *document = document_new();
    struct xc_bytes bytes;
    assert_ok(xc_document_add_posting(document, "red", 3, 1, 1, NULL));
    assert_ok(xc_document_set_value(document, 7, "seven", 5, NULL));
    assert_ok(xc_document_set_data(document, "data", 4, NULL));
    assert_ok(xc_document_clear(document, NULL));
    assert_string_equal("", terms_of(document));
    assert_ok(xc_document_data(&bytes, document, NULL));
    assert_bytes("", bytes);
    assert_ok(xc_document_value(&bytes, document, 7, NULL));
    assert_bytes("", bytes);
    xc_document_free(document);
}

static void test_data_and_value__stay_valid_side_by_side(void **state)
{
    (void)state;
    struct xc_document *document = document_new();
    struct xc_bytes data, value;
    assert_ok(xc_document_set_data(document, "data", 4, NULL));
    assert_ok(xc_document_set_value(document, 7, "seven", 5, NULL));
    assert_ok(xc_document_data(&data, document, NULL));
    assert_ok(xc_document_value(&value, document, 7, NULL));
    assert_bytes("data", data);
    assert_bytes("seven", value);
    assert_int_equal('\0', data.data[data.length]);
    xc_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new__is_empty),
        cmocka_unit_test(test_add_term__adds_up_the_wdf),
        cmocka_unit_test(test_add_postings__is_add_posting_many_times),
        cmocka_unit_test(test_add_postings__of_none_adds_no_term),
        cmocka_unit_test_setup_teardown(test_terms__that_do_not_fit_change_nothing, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_remove_term__takes_it_away, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_values__are_listed_by_slot, fixture_setup, fixture_teardown),
        cmocka_unit_test(test_clear__empties_it),
        cmocka_unit_test(test_data_and_value__stay_valid_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
