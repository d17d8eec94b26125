/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_open__refuses_a_stub_file(void **state)
{
    struct fixture *f = *state;
    const char *stub = fixture_path(f, "stub");
    /* As libxapian reads it, this would run a program. */
    char line[400];
    int length = snprintf(line, sizeof line, "remote :/bin/touch %s\n", fixture_path(f, "ran"));
    fixture_write_file(stub, line, (size_t)length);
    struct xc_database *database = NULL;
    assert_status(XC_FOREIGN, f->error, xc_database_open(&database, stub, &f->error));
    assert_int_not_equal(0, access(fixture_path(f, "ran"), F_OK));
}

static void test_open__refuses_a_stub_folder(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(0, mkdir(f->path, 0700));
    fixture_write_file(fixture_path(f, "x.db/XAPIANDB"), "auto .\n", 7);
    struct xc_database *database = NULL;
    assert_status(XC_FOREIGN, f->error, xc_database_open(&database, f->path, &f->error));
}

static void test_open__refuses_a_folder_that_is_no_index(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = NULL;
    assert_status(XC_FOREIGN, f->error, xc_database_open(&database, f->root, &f->error));
    char expected[400];
    snprintf(expected, sizeof expected, "cannot open '%s': the folder holds no glass database", f->root);
    assert_string_equal(expected, f->error.message);
}

static void test_open__refuses_a_fifo_without_waiting(void **state)
{
    struct fixture *f = *state;
    const char *fifo = fixture_path(f, "fifo");
    assert_int_equal(0, mkfifo(fifo, 0600));
    struct xc_database *database = NULL;
    assert_status(XC_FOREIGN, f->error, xc_database_open(&database, fifo, &f->error));
}

static void test_open__refuses_an_empty_file(void **state)
{
    struct fixture *f = *state;
    fixture_write_file(f->path, "", 0);
    struct xc_database *database = NULL;
    assert_status(XC_FOREIGN, f->error, xc_database_open(&database, f->path, &f->error));
}

static void test_open__tells_a_damaged_version_file(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = NULL;
    char other_version[200] = "\x0f\x0dXapian Glass, and then junk";
    fixture_write_file(fixture_path(f, "x.db/iamglass"), other_version, sizeof other_version);
    assert_status(XC_VERSION, f->error, xc_database_open(&database, f->path, &f->error));
    fixture_write_file(fixture_path(f, "x.db/iamglass"), "\x0f\x0dXapian Glass", 14);
    assert_status(XC_DAMAGED, f->error, xc_database_open(&database, f->path, &f->error));
    fixture_write_file(fixture_path(f, "x.db/iamglass"), "", 0);
    assert_status(XC_DAMAGED, f->error, xc_database_open(&database, f->path, &f->error));
    assert_null(database);
}

static void test_open__tells_a_missing_table_as_damage(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(0, unlink(fixture_path(f, "x.db/postlist.glass")));
    struct xc_database *database = NULL;
    assert_status(XC_DAMAGED, f->error, xc_database_open(&database, f->path, &f->error));
}

static void test_statistics__are_those_of_the_sample(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_statistics s;
    assert_ok(xc_database_statistics(&s, database, NULL));
    assert_int_equal(5, s.documents);
    assert_int_equal(5, s.last_docid);
    assert_int_equal(13, s.total_length);
    assert_true(s.average_length == 2.6);
    assert_int_equal(2, s.length_low);
    assert_int_equal(3, s.length_high);
    assert_true(s.positions);
    uint32_t count = 0;
    assert_ok(xc_database_document_count(&count, database, NULL));
    assert_int_equal(5, count);
    assert_int_equal(1, xc_database_part_count(database));
    xc_database_free(database);
}

static void test_statistics__of_no_parts_are_zero(void **state)
{
    (void)state;
    struct xc_database *database = NULL;
    assert_ok(xc_database_new(&database, NULL));
    struct xc_statistics s = {.documents = 7};
    assert_ok(xc_database_statistics(&s, database, NULL));
    assert_int_equal(0, s.documents);
    assert_int_equal(0, s.total_length);
    assert_int_equal(0, xc_database_part_count(database));
    xc_database_free(database);
}

static void test_term_statistics__count_documents_and_occurrences(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_term_statistics s;
    assert_ok(xc_database_term_statistics(&s, database, "blue", 4, NULL));
    assert_int_equal(3, s.documents);
    assert_int_equal(4, s.occurrences);
    assert_true(s.wdf_high >= 2);
    assert_ok(xc_database_term_statistics(&s, database, "pink", 4, NULL));
    assert_int_equal(0, s.documents);
    assert_int_equal(0, s.occurrences);
    assert_int_equal(0, s.wdf_high);
    uint32_t documents = 9;
    assert_ok(xc_database_term_frequency(&documents, database, "red", 3, NULL));
    assert_int_equal(2, documents);
    xc_database_free(database);
}

static void test_term_exists__knows_no_empty_nor_over_long_term(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    char term[1000];
    memset(term, 'x', sizeof term);
    bool exists = false;
    assert_ok(xc_database_term_exists(&exists, database, "blue", 4, NULL));
    assert_true(exists);
    assert_ok(xc_database_term_exists(&exists, database, "", 0, NULL));
    assert_false(exists);
    exists = true;
    assert_ok(xc_database_term_exists(&exists, database, term, sizeof term, NULL));
    assert_false(exists);
    memset(term, 0, 200);
    exists = true;
    assert_ok(xc_database_term_exists(&exists, database, term, 200, NULL));
    assert_false(exists);
    xc_database_free(database);
}

static void test_document_length__is_the_sum_of_wdf(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    uint32_t n = 0;
    assert_ok(xc_database_document_length(&n, database, 2, NULL));
    assert_int_equal(3, n);
    assert_ok(xc_database_document_unique_terms(&n, database, 2, NULL));
    assert_int_equal(3, n); /* red, yellow and Q2 */
    assert_status(XC_NOT_FOUND, f->error, xc_database_document_length(&n, database, 6, &f->error));
    assert_status(XC_NOT_FOUND, f->error, xc_database_document_length(&n, database, 0, &f->error));
    xc_database_free(database);
}

static void test_document__gives_data_and_values(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_document *document = NULL;
    assert_ok(xc_database_document(&document, database, 4, NULL));
    assert_int_equal(4, xc_document_id(document));
    struct xc_bytes data, value;
    assert_ok(xc_document_data(&data, document, NULL));
    assert_ok(xc_document_value(&value, document, 1, NULL));
    assert_bytes("doc 4", data);
    assert_bytes("2014", value);
    assert_ok(xc_document_value(&value, document, 77, NULL));
    assert_bytes("", value);
    xc_document_free(document);
    document = NULL;
    assert_status(XC_NOT_FOUND, f->error, xc_database_document(&document, database, 6, &f->error));
    assert_status(XC_NOT_FOUND, f->error, xc_database_document(&document, database, 0, &f->error));
    assert_null(document);
    xc_database_free(database);
}

static void test_values__frequency_and_bounds(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    uint32_t n = 0;
    assert_ok(xc_database_value_frequency(&n, database, 0, NULL));
    assert_int_equal(4, n);
    struct xc_bytes low, high;
    assert_ok(xc_database_value_bounds(&low, &high, database, 1, NULL));
    assert_bytes("2010", low);
    assert_bytes("2014", high);
    assert_ok(xc_database_value_bounds(&low, &high, database, 9, NULL));
    assert_bytes("", low);
    assert_bytes("", high);
    xc_database_free(database);
}

static void test_metadata__is_read_by_key_and_listed(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_bytes value;
    assert_ok(xc_database_metadata(&value, database, "name", 4, NULL));
    assert_bytes("sample", value);
    assert_ok(xc_database_metadata(&value, database, "nothing", 7, NULL));
    assert_bytes("", value);
    assert_status(XC_INVALID, f->error, xc_database_metadata(&value, database, "", 0, &f->error));
    struct xc_terms *keys = NULL;
    assert_ok(xc_database_metadata_keys(&keys, database, "na", 2, NULL));
    assert_ok(xc_terms_next(keys, NULL));
    assert_bytes("name", xc_terms_term(keys));
    uint32_t n;
    assert_status(XC_UNSUPPORTED, f->error, xc_terms_frequency(&n, keys, &f->error));
    assert_int_equal(XC_NOT_FOUND, xc_terms_next(keys, NULL));
    xc_terms_free(keys);
    xc_database_free(database);
}

static void test_spelling__words_frequencies_and_suggestion(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_terms *words = NULL;
    assert_ok(xc_database_spellings(&words, database, NULL));
    assert_string_equal("black blue", fixture_terms(words));
    uint32_t n = 9;
    assert_ok(xc_database_spelling_frequency(&n, database, "blue", 4, NULL));
    assert_int_equal(4, n);
    assert_ok(xc_database_spelling_frequency(&n, database, "black", 5, NULL));
    assert_int_equal(1, n);
    assert_ok(xc_database_spelling_frequency(&n, database, "blub", 4, NULL));
    assert_int_equal(0, n);
    assert_ok(xc_database_spelling_frequency(&n, database, "zzz", 3, NULL));
    assert_int_equal(0, n);
    struct xc_bytes best;
    assert_ok(xc_database_spelling_suggestion(&best, database, "bleu", 4, 2, NULL));
    assert_bytes("blue", best);
    assert_ok(xc_database_spelling_suggestion(&best, database, "elephant", 8, 2, NULL));
    assert_bytes("", best);
    xc_database_free(database);
}

static void test_uuid__agrees_with_the_one_on_disk(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_bytes uuid;
    char on_disk[37];
    assert_ok(xc_database_uuid(&uuid, database, NULL));
    assert_ok(xc_path_uuid(on_disk, f->path, NULL));
    assert_int_equal(36, uuid.length);
    assert_string_equal(uuid.data, on_disk);
    xc_database_free(database);
    assert_status(XC_MISSING, f->error, xc_path_uuid(on_disk, fixture_path(f, "none"), &f->error));
    assert_status(XC_FOREIGN, f->error, xc_path_uuid(on_disk, f->root, &f->error));
    fixture_write_file(fixture_path(f, "x.db/iamglass"), "cut", 3);
    assert_status(XC_DAMAGED, f->error, xc_path_uuid(on_disk, f->path, &f->error));
}

static void test_revision__rises_with_a_commit(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    uint64_t before = 0, after = 0;
    bool changed = true;
    assert_ok(xc_database_revision(&before, database, NULL));
    assert_ok(xc_database_reopen(&changed, database, NULL));
    assert_false(changed);
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "red", "doc 6", NULL, NULL);
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    uint32_t count = 0;
    assert_ok(xc_database_document_count(&count, database, NULL));
    assert_int_equal(5, count);
    assert_ok(xc_database_reopen(&changed, database, NULL));
    assert_true(changed);
    assert_ok(xc_database_document_count(&count, database, NULL));
    assert_int_equal(6, count);
    assert_ok(xc_database_revision(&after, database, NULL));
    assert_true(after == before + 1);
    xc_database_free(database);
}

static void test_several__are_read_as_one(void **state)
{
    struct fixture *f = *state;
    const char *second = fixture_path(f, "second.db");
    struct xc_writer *writer = fixture_writer(second);
    assert_ok(xc_writer_begin(writer, NULL));
    fixture_add(writer, "blue sky", "doc 1", "z", NULL);
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);

    struct xc_database *a = fixture_open(f->path), *b = fixture_open(second), *both = NULL;
    assert_ok(xc_database_new(&both, NULL));
    assert_ok(xc_database_add(both, a, NULL));
    assert_ok(xc_database_add(both, b, NULL));
    assert_status(XC_INVALID, f->error, xc_database_add(both, both, &f->error));
    xc_database_free(a);
    xc_database_free(b);
    assert_int_equal(2, xc_database_part_count(both));
    uint32_t n = 0;
    assert_ok(xc_database_document_count(&n, both, NULL));
    assert_int_equal(6, n);
    /* Document d of part p of 2 is (d - 1) * 2 + p + 1. */
    struct xc_postings *postings = NULL;
    assert_ok(xc_database_postings(&postings, both, "blue", 4, NULL));
    uint32_t ids[10];
    size_t count = 0;
    assert_ok(xc_postings_read(&count, postings, ids, NULL, 10, NULL));
    assert_int_equal(4, count);
    assert_int_equal(1, ids[0]);
    assert_int_equal(2, ids[1]);
    assert_int_equal(5, ids[2]);
    assert_int_equal(7, ids[3]);
    xc_postings_free(postings);
    struct xc_query *query = fixture_term("sky");
    assert_string_equal("2", fixture_hits(both, query));
    xc_query_free(query);
    struct xc_bytes uuid;
    assert_ok(xc_database_uuid(&uuid, both, NULL));
    assert_int_equal(73, uuid.length);
    uint64_t revision;
    assert_status(XC_INVALID, f->error, xc_database_revision(&revision, both, &f->error));
    xc_database_free(both);
}

static void test_close__makes_later_calls_say_gone(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    struct xc_query *query = fixture_term("blue");
    struct xc_enquire *enquire = NULL;
    assert_ok(xc_enquire_new(&enquire, database, NULL));
    assert_ok(xc_enquire_set_query(enquire, query, 0, NULL));
    assert_ok(xc_database_close(database, NULL));
    assert_ok(xc_database_close(database, NULL));
    bool changed;
    assert_status(XC_GONE, f->error, xc_database_reopen(&changed, database, &f->error));
    uint32_t n;
    assert_status(XC_GONE, f->error, xc_database_term_frequency(&n, database, "blue", 4, &f->error));
    struct xc_mset *mset = NULL;
    struct xc_match_options options = {.max = 10};
    assert_status(XC_GONE, f->error, xc_enquire_search(&mset, enquire, &options, &f->error));
    assert_null(mset);
    xc_query_free(query);
    xc_enquire_free(enquire);
    xc_database_free(database);
}

/* Puts 100 documents of 2,000 bytes that do not compress: more blocks than a reader holds in memory. */
static void replace_all(struct xc_writer *writer, uint32_t seed)
{
    struct xc_document *document = NULL;
    assert_ok(xc_document_new(&document, NULL));
    assert_ok(xc_writer_begin(writer, NULL));
    for (uint32_t docid = 1; docid <= 100; docid++) {
        char data[2000];
        for (size_t i = 0; i < sizeof data; i++) {
            seed = seed * 1664525 + 1013904223; /* Knuth's and Lewis's linear congruence */
            data[i] = (char)(seed >> 24);
        }
        assert_ok(xc_document_set_data(document, data, sizeof data, NULL));
        assert_ok(xc_writer_replace(writer, docid, document, NULL));
    }
    assert_ok(xc_writer_commit(writer, NULL));
    xc_document_free(document);
}

static enum xc_status read_all(struct xc_database *database, struct xc_error *error)
{
    enum xc_status status = XC_OK;
    for (uint32_t docid = 1; docid <= 100 && status == XC_OK; docid++) {
        struct xc_document *document = NULL;
        struct xc_bytes data;
        status = xc_database_document(&document, database, docid, error);
        if (status == XC_OK) status = xc_document_data(&data, document, error);
        xc_document_free(document);
    }
    return status;
}

static void test_changed_under_a_reader__says_so_and_reopens(void **state)
{
    struct fixture *f = *state;
    struct xc_writer *writer = fixture_writer(f->path);
    replace_all(writer, 1);
    struct xc_database *database = fixture_open(f->path);
    assert_status(XC_OK, f->error, read_all(database, &f->error));
    /* One commit leaves the blocks of the revision before; the second may overwrite them. */
    replace_all(writer, 2);
    assert_status(XC_OK, f->error, read_all(database, &f->error));
    replace_all(writer, 3);
    assert_status(XC_CHANGED, f->error, read_all(database, &f->error));
    assert_string_equal("DatabaseModifiedError", f->error.type);
    bool changed = false;
    assert_ok(xc_database_reopen(&changed, database, NULL));
    assert_true(changed);
    assert_status(XC_OK, f->error, read_all(database, &f->error));
    xc_writer_free(writer);
    xc_database_free(database);
}

static void test_removed_under_a_reader__says_gone(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    assert_int_equal(0, rename(f->path, fixture_path(f, "elsewhere.db")));
    bool changed;
    assert_status(XC_GONE, f->error, xc_database_reopen(&changed, database, &f->error));
    xc_database_free(database);
}

static void test_locked__tells_of_a_writer(void **state)
{
    struct fixture *f = *state;
    struct xc_database *database = fixture_open(f->path);
    bool locked = true;
    assert_ok(xc_database_locked(&locked, database, NULL));
    assert_false(locked);
    struct xc_writer *writer = fixture_writer(f->path);
    assert_ok(xc_database_locked(&locked, database, NULL));
    assert_true(locked);
    xc_writer_free(writer);
    assert_ok(xc_database_locked(&locked, database, NULL));
    assert_false(locked);
    xc_database_free(database);
}

#define ON_NOTHING(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
#define ON_SAMPLE(test)  cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_NOTHING(test_open__refuses_a_stub_file),
        ON_NOTHING(test_open__refuses_a_stub_folder),
        ON_NOTHING(test_open__refuses_a_folder_that_is_no_index),
        ON_NOTHING(test_open__refuses_a_fifo_without_waiting),
        ON_NOTHING(test_open__refuses_an_empty_file),
        ON_SAMPLE(test_open__tells_a_damaged_version_file),
        ON_SAMPLE(test_open__tells_a_missing_table_as_damage),
        ON_SAMPLE(test_statistics__are_those_of_the_sample),
        ON_NOTHING(test_statistics__of_no_parts_are_zero),
        ON_SAMPLE(test_term_statistics__count_documents_and_occurrences),
        ON_SAMPLE(test_term_exists__knows_no_empty_nor_over_long_term),
        ON_SAMPLE(test_document_length__is_the_sum_of_wdf),
        ON_SAMPLE(test_document__gives_data_and_values),
        ON_SAMPLE(test_values__frequency_and_bounds),
        ON_SAMPLE(test_metadata__is_read_by_key_and_listed),
        ON_SAMPLE(test_spelling__words_frequencies_and_suggestion),
        ON_SAMPLE(test_uuid__agrees_with_the_one_on_disk),
        ON_SAMPLE(test_revision__rises_with_a_commit),
        ON_SAMPLE(test_several__are_read_as_one),
        ON_SAMPLE(test_close__makes_later_calls_say_gone),
        ON_NOTHING(test_changed_under_a_reader__says_so_and_reopens),
        ON_SAMPLE(test_removed_under_a_reader__says_gone),
        ON_SAMPLE(test_locked__tells_of_a_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
