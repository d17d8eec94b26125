/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/store.h"
#include "indexer/terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct store_options plain = {.path = "x.db", .batch_bytes = 1 << 20, .batch_documents = 3};

/* A prepared document, the caller's to release. */
static struct buffer prepare(const char *id, const char *text)
{
    struct preparer preparer;
    struct document document;
    struct error error;
    struct buffer bytes;
    struct origin origin = {SPAN("/data/x.txt"), SPAN("en"), 1};
    buffer_init(&bytes, 1 << 20);
    document_init(&document);
    assert_int_equal(preparer_init(&preparer), OK);
    assert_int_equal(document_set(&document, FIELD_ID, span_of(id)), OK);
    assert_int_equal(document_set_text(&document, span_of(text)), OK);
    assert_int_equal(preparer_begin(&preparer, &document, &origin, &error), OK);
    assert_int_equal(preparer_finish(&bytes, &preparer, &error), OK);
    preparer_release(&preparer);
    document_release(&document);
    return bytes;
}

static uint32_t put(struct store *store, uint32_t docid, const char *id, const char *text)
{
    struct buffer bytes = prepare(id, text);
    struct prepared prepared;
    struct error error;
    uint32_t given = 0;
    assert_int_equal(prepared_read(&prepared, buffer_span(&bytes)), OK);
    assert_int_equal(store_put(&given, store, docid, &prepared, &error), OK);
    buffer_release(&bytes);
    return given;
}

static void assert_ids(const char *expected)
{
    char *ids = index_ids("x.db");
    assert_string_equal(ids, expected);
    free(ids);
}

static void test_store__makes_an_index_and_finds_it_again(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    struct store_options options = plain;
    options.language = "fr";
    assert_int_equal(store_open(&store, &options, &error), OK);
    assert_int_equal(store.documents_at_open, 0);
    assert_int_equal(put(&store, 0, "a", "un chat"), 1);
    assert_int_equal(store_commit(&store, &error), OK);
    store_close(&store);
    assert_int_equal(store_open(&store, &plain, &error), OK);
    assert_int_equal(store.documents_at_open, 1);
    assert_string_equal(store.language, "fr");
    store_close(&store);
    assert_sound("x.db");
}

static void test_store__uncommitted_batch_is_dropped(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    assert_int_equal(store_open(&store, &plain, &error), OK);
    put(&store, 0, "a", "one");
    put(&store, 0, "b", "two");
    store_close(&store);
    assert_ids("");
}

/* The batch ends before the document that would be its fourth, so that a file's state can follow its last one. */
static void test_store__full_batch_is_committed_before_the_next_document(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    assert_int_equal(store_open(&store, &plain, &error), OK);
    put(&store, 0, "a", "one");
    put(&store, 0, "b", "two");
    put(&store, 0, "c", "three");
    assert_ids("");
    put(&store, 0, "d", "four");
    assert_ids("a b c");
    store_close(&store);
    assert_ids("a b c");
}

static void test_store__replaces_and_deletes(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    struct record record;
    assert_int_equal(store_open(&store, &plain, &error), OK);
    uint32_t a = put(&store, 0, "a", "one");
    uint32_t b = put(&store, 0, "b", "two");
    assert_int_equal(put(&store, a, "a", "three"), a);
    assert_int_equal(store_record(&record, &store, a, &error), OK);
    assert_true(span_equal(record.text, SPAN("three")));
    assert_int_equal(store_delete(&store, b, &error), OK);
    assert_int_equal(store_delete(&store, 99, &error), OK);
    assert_int_equal(store_record(&record, &store, b, &error), NOT_FOUND);
    uint32_t found = 0;
    assert_int_equal(store_find(&found, &store, SPAN("Qa"), &error), OK);
    assert_int_equal(found, a);
    assert_int_equal(store_find(&found, &store, SPAN("Qb"), &error), NOT_FOUND);
    assert_int_equal(store_commit(&store, &error), OK);
    store_close(&store);
    assert_ids("a");
    assert_sound("x.db");
}

static void test_store__second_writer_is_told_who_is_in_the_way(void **state)
{
    (void)state;
    struct store first, second;
    struct error error;
    assert_int_equal(store_open(&first, &plain, &error), OK);
    assert_int_equal(store_open(&second, &plain, &error), LOCKED);
    assert_string_equal(error.message,
                        "cannot open index 'x.db': locked by another indexer (retry later, or stop the other one)");
    store_close(&first);
    assert_int_equal(store_open(&second, &plain, &error), OK);
    store_close(&second);
}

static void test_store__refuses_a_folder_of_other_files(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    write_file("x.db/letter.txt", "Dear all");
    assert_int_equal(store_open(&store, &plain, &error), INVALID);
    assert_string_equal(error.message, "'x.db' is not an index: the folder holds other files (name a new folder)");
    assert_int_equal(access("x.db/iamglass", F_OK), -1);
}

static void test_store__refuses_a_file(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    write_file("x.db", "remote :/bin/false\n");
    assert_int_equal(store_open(&store, &plain, &error), INVALID);
    assert_string_equal(error.message, "'x.db' is a file, not an index (name a folder)");
}

static void test_store__takes_an_empty_folder(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    assert_int_equal(mkdir("x.db", 0777), 0);
    assert_int_equal(store_open(&store, &plain, &error), OK);
    store_close(&store);
}

static void test_store__missing_index_is_not_made_when_it_must_exist(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    struct store_options options = plain;
    options.existing = true;
    assert_int_equal(store_open(&store, &options, &error), MISSING);
    assert_int_equal(access("x.db", F_OK), -1);
}

static void test_store__missing_parent_is_said(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    struct store_options options = plain;
    options.path = "nowhere/x.db";
    assert_int_not_equal(store_open(&store, &options, &error), OK);
    assert_non_null(strstr(error.message, "nowhere/x.db"));
}

/* Makes a database of others, with one document and the metadata given. */
static void make_database(const char *schema)
{
    struct xc_writer *writer;
    struct xc_document *document;
    assert_int_equal(xc_writer_open(&writer, "x.db", NULL, NULL), XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    assert_int_equal(xc_document_new(&document, NULL), XC_OK);
    assert_int_equal(xc_writer_add(NULL, writer, document, NULL), XC_OK);
    if (schema)
        assert_int_equal(
            xc_writer_set_metadata(writer, METADATA_SCHEMA, strlen(METADATA_SCHEMA), schema, strlen(schema), NULL),
            XC_OK);
    assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
    xc_document_free(document);
    xc_writer_free(writer);
}

static void test_store__refuses_another_schema_version(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    make_database("0");
    assert_int_equal(store_open(&store, &plain, &error), DAMAGED);
    assert_string_equal(error.message, "index 'x.db' has the schema version 0, and this program writes 1 (rebuild it: "
                                       "index into a new folder)");
}

static void test_store__refuses_a_database_of_others(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    make_database(NULL);
    assert_int_equal(store_open(&store, &plain, &error), INVALID);
    assert_string_equal(error.message, "'x.db' is a Xapian database that dossier did not make (name another folder)");
}

static void test_store__damaged_tables_are_said(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    assert_int_equal(store_open(&store, &plain, &error), OK);
    store_close(&store);
    write_file("x.db/iamglass", "nonsense");
    assert_int_equal(store_open(&store, &plain, &error), DAMAGED);
    assert_non_null(strstr(error.message, "rebuild it"));
}

static void test_store__metadata_shares_the_batch(void **state)
{
    (void)state;
    struct store store;
    struct error error;
    struct span value;
    assert_int_equal(store_open(&store, &plain, &error), OK);
    assert_int_equal(store_set_metadata(&store, SPAN("key"), SPAN("value"), &error), OK);
    assert_int_equal(store_metadata(&value, &store, SPAN("key"), &error), OK);
    assert_true(span_equal(value, SPAN("value")));
    store_close(&store);
    assert_int_equal(store_open(&store, &plain, &error), OK);
    assert_int_equal(store_metadata(&value, &store, SPAN("key"), &error), OK);
    assert_int_equal(value.length, 0);
    store_close(&store);
}

#define STORE_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(test_store__makes_an_index_and_finds_it_again),
        STORE_TEST(test_store__uncommitted_batch_is_dropped),
        STORE_TEST(test_store__full_batch_is_committed_before_the_next_document),
        STORE_TEST(test_store__replaces_and_deletes),
        STORE_TEST(test_store__second_writer_is_told_who_is_in_the_way),
        STORE_TEST(test_store__refuses_a_folder_of_other_files),
        STORE_TEST(test_store__refuses_a_file),
        STORE_TEST(test_store__takes_an_empty_folder),
        STORE_TEST(test_store__missing_index_is_not_made_when_it_must_exist),
        STORE_TEST(test_store__missing_parent_is_said),
        STORE_TEST(test_store__refuses_another_schema_version),
        STORE_TEST(test_store__refuses_a_database_of_others),
        STORE_TEST(test_store__damaged_tables_are_said),
        STORE_TEST(test_store__metadata_shares_the_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
