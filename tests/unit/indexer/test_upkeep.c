/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compacting and checking. */
#include "fixture.h"
#include "indexer/schema.h"
#include "indexer/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void make_index(void)
{
    char name[64], text[128];
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "in/f%02d.txt", i);
        snprintf(text, sizeof text, "Title %d\n\nWords of number %d, 3 May 2014\n", i, i);
        write_file(name, text);
    }
    struct index_options options = {.no_bulk = true}; /* a loaded index is compact already */
    struct index_run run = INDEX_WITH(options, "in");
    assert_int_equal(run.status, OK);
}

static void test_upkeep__compact_keeps_everything(void **state)
{
    (void)state;
    make_index();
    char *before = index_text("x.db");
    struct index_sizes sizes;
    struct error error;
    assert_int_equal(index_compact(&sizes, "x.db", NULL, NULL, NULL, &error), OK);
    char *after = index_text("x.db");
    assert_string_equal(before, after);
    assert_true(sizes.after <= sizes.before);
    assert_sound("x.db");
    assert_int_equal(access(".x.db.new", F_OK), -1);
    free(before);
    free(after);
    struct index_run run = INDEX("in");
    assert_int_equal(run.report.unchanged, 40);
}

static void test_upkeep__compact_keeps_what_lies_beside_the_tables(void **state)
{
    (void)state;
    make_index();
    write_file("x.db/settings", "mine");
    assert_int_equal(chmod("x.db", 0750), 0);
    struct index_sizes sizes;
    struct error error;
    assert_int_equal(index_compact(&sizes, "x.db", NULL, NULL, NULL, &error), OK);
    assert_int_equal(access("x.db/settings", F_OK), 0);
    struct stat found;
    assert_int_equal(stat("x.db", &found), 0);
    assert_int_equal(found.st_mode & 07777, 0750);
}

static void test_upkeep__compact_waits_for_nobody(void **state)
{
    (void)state;
    make_index();
    struct store store;
    struct store_options options = {.path = "x.db", .existing = true};
    struct index_sizes sizes;
    struct error error;
    assert_int_equal(store_open(&store, &options, &error), OK);
    assert_int_equal(index_compact(&sizes, "x.db", NULL, NULL, NULL, &error), LOCKED);
    store_close(&store);
    assert_int_equal(index_compact(&sizes, "y.db", NULL, NULL, NULL, &error), MISSING);
}

static void test_upkeep__stopped_compaction_leaves_the_index(void **state)
{
    (void)state;
    make_index();
    volatile sig_atomic_t stop = 1;
    struct index_sizes sizes;
    struct error error;
    char *before = index_text("x.db");
    assert_int_equal(index_compact(&sizes, "x.db", NULL, NULL, &stop, &error), STOPPED);
    char *after = index_text("x.db");
    assert_string_equal(before, after);
    assert_int_equal(access(".x.db.new", F_OK), -1);
    free(before);
    free(after);
}

struct findings {
    char text[8192];
};

static void keep_finding(void *context, const char *message)
{
    struct findings *findings = context;
    size_t length = strlen(findings->text);
    snprintf(findings->text + length, sizeof findings->text - length, "%s\n", message);
}

static uint64_t check(struct findings *findings)
{
    struct index_check_result result = {0};
    struct error error = {0};
    *findings = (struct findings){0};
    enum status status = index_check(&result, "x.db", keep_finding, NULL, findings, NULL, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, OK);
    return result.findings;
}

static void test_upkeep__check_counts_documents(void **state)
{
    (void)state;
    make_index();
    struct index_check_result result = {0};
    struct error error;
    assert_int_equal(index_check(&result, "x.db", NULL, NULL, NULL, NULL, &error), OK);
    assert_int_equal(result.documents, 40);
    assert_int_equal(result.findings, 0);
}

/* Changes document 2 behind the indexer's back. */
static void tamper(const char *data, uint32_t slot, const char *value)
{
    struct xc_writer *writer;
    struct xc_database *database;
    struct xc_document *document;
    assert_int_equal(xc_writer_open(&writer, "x.db", NULL, NULL), XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    assert_int_equal(xc_writer_database(&database, writer, NULL), XC_OK);
    assert_int_equal(xc_database_document(&document, database, 2, NULL), XC_OK);
    if (data) assert_int_equal(xc_document_set_data(document, data, strlen(data), NULL), XC_OK);
    if (value) assert_int_equal(xc_document_set_value(document, slot, value, strlen(value), NULL), XC_OK);
    assert_int_equal(xc_writer_replace(writer, 2, document, NULL), XC_OK);
    assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
    xc_document_free(document);
    xc_database_free(database);
    xc_writer_free(writer);
}

static void test_upkeep__check_finds_a_changed_record(void **state)
{
    (void)state;
    make_index();
    tamper("no record", 0, NULL);
    struct findings findings;
    assert_int_equal(check(&findings), 1);
    assert_string_equal(findings.text, "document 2: its record cannot be decoded\n");
}

static void test_upkeep__check_finds_a_changed_value(void **state)
{
    (void)state;
    make_index();
    tamper(NULL, SLOT_DATE, "20150101");
    struct findings findings;
    assert_int_equal(check(&findings), 1);
    assert_string_equal(findings.text, "document 2: its date is not that of its record\n");
}

static void test_upkeep__check_finds_two_with_one_id(void **state)
{
    (void)state;
    make_index();
    struct xc_writer *writer;
    struct xc_document *document;
    assert_int_equal(xc_writer_open(&writer, "x.db", NULL, NULL), XC_OK);
    assert_int_equal(xc_writer_begin(writer, NULL), XC_OK);
    assert_int_equal(xc_document_new(&document, NULL), XC_OK);
    assert_int_equal(xc_document_add_term(document, "Qf05.txt", 8, 0, NULL), XC_OK);
    assert_int_equal(xc_writer_add(NULL, writer, document, NULL), XC_OK);
    assert_int_equal(xc_writer_commit(writer, NULL), XC_OK);
    xc_document_free(document);
    xc_writer_free(writer);
    struct findings findings;
    assert_int_equal(check(&findings), 2);
    assert_non_null(strstr(findings.text, "document 6: its id 'f05.txt' leads to another one too\n"));
    assert_non_null(strstr(findings.text, "document 41: its record cannot be decoded\n"));
}

/* A crash of libxapian on broken tables is a finding, not the end of the caller. */
static void test_upkeep__check_survives_overwritten_tables(void **state)
{
    (void)state;
    make_index();
    for (int step = 0; step < 8; step++) {
        int file = open("x.db/postlist.glass", O_WRONLY);
        assert_true(file >= 0);
        char junk[700];
        memset(junk, 0x55 + step * 16, sizeof junk);
        assert_int_equal(pwrite(file, junk, sizeof junk, 8192 + step * 1000), sizeof junk);
        close(file);
        struct index_check_result result = {0};
        struct error error;
        enum status status = index_check(&result, "x.db", NULL, NULL, NULL, NULL, &error);
        assert_true(status == DAMAGED || (status == OK && result.findings > 0));
    }
}

static void test_upkeep__check_of_nothing_says_so(void **state)
{
    (void)state;
    struct index_check_result result;
    struct error error;
    assert_int_equal(index_check(&result, "x.db", NULL, NULL, NULL, NULL, &error), MISSING);
    write_file("other/a.txt", "text");
    assert_int_equal(index_check(&result, "other", NULL, NULL, NULL, NULL, &error), INVALID);
}

#define UPKEEP_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UPKEEP_TEST(test_upkeep__compact_keeps_everything),
        UPKEEP_TEST(test_upkeep__compact_keeps_what_lies_beside_the_tables),
        UPKEEP_TEST(test_upkeep__compact_waits_for_nobody),
        UPKEEP_TEST(test_upkeep__stopped_compaction_leaves_the_index),
        UPKEEP_TEST(test_upkeep__check_counts_documents),
        UPKEEP_TEST(test_upkeep__check_finds_a_changed_record),
        UPKEEP_TEST(test_upkeep__check_finds_a_changed_value),
        UPKEEP_TEST(test_upkeep__check_finds_two_with_one_id),
        UPKEEP_TEST(test_upkeep__check_survives_overwritten_tables),
        UPKEEP_TEST(test_upkeep__check_of_nothing_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
