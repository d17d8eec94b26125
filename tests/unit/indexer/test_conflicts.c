/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents with one id: twice in a run, in two files, moved from file to file. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORD(id, text) "{\"id\": \"" id "\", \"title\": \"T\", \"text\": \"" text "\"}\n"

static void assert_counts(const struct index_run *run, uint64_t added, uint64_t updated, uint64_t removed,
                          uint64_t unchanged, uint64_t skipped)
{
    if (run->status) print_error("%s\n", run->error.message);
    assert_int_equal(run->status, OK);
    if (run->report.skipped != skipped) print_error("%s", run->notes.text);
    assert_int_equal(run->report.added, added);
    assert_int_equal(run->report.updated, updated);
    assert_int_equal(run->report.removed, removed);
    assert_int_equal(run->report.unchanged, unchanged);
    assert_int_equal(run->report.skipped, skipped);
    assert_sound("x.db");
}

static void assert_ids(const char *expected)
{
    char *ids = index_ids("x.db");
    assert_string_equal(ids, expected);
    free(ids);
}

static bool index_has(const char *piece)
{
    char *text = index_text("x.db");
    bool has = strstr(text, piece) != NULL;
    free(text);
    return has;
}

static void test_conflicts__first_of_two_in_a_file_stays(void **state)
{
    (void)state;
    write_file("in/r.jsonl", RECORD("r1", "first") RECORD("r2", "other") RECORD("r1", "second"));
    struct index_run run = INDEX("in");
    assert_counts(&run, 2, 0, 0, 0, 1);
    assert_true(index_has("term first"));
    assert_non_null(strstr(run.notes.text, "skipped in/r.jsonl:3 r1: its id 'r1' is that of "));
    assert_non_null(strstr(run.notes.text, "/in/r.jsonl, which stays (give each document an id of its own)"));
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 2, 1);
}

static void test_conflicts__first_of_two_files_stays_and_is_named(void **state)
{
    (void)state;
    write_file("in/a.jsonl", RECORD("x", "other") RECORD("r1", "first"));
    write_file("in/b.jsonl", RECORD("r1", "second"));
    struct index_run run = INDEX("in");
    assert_counts(&run, 2, 0, 0, 0, 1);
    assert_non_null(strstr(run.notes.text, "/in/a.jsonl line 2, which stays"));
    /* told each time, until it is put right */
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 2, 1);
    assert_non_null(strstr(run.notes.text, "skipped in/b.jsonl:1 r1: its id 'r1' belongs to "));
    write_file("in/b.jsonl", RECORD("r9", "second"));
    run = INDEX("in");
    assert_counts(&run, 1, 0, 0, 2, 0);
}

static void test_conflicts__two_roots_with_one_relative_path(void **state)
{
    (void)state;
    write_file("one/readme.txt", "from one");
    write_file("two/readme.txt", "from two");
    INDEX("one");
    struct index_run run = INDEX("two");
    assert_counts(&run, 0, 0, 0, 0, 1);
    assert_non_null(strstr(run.notes.text, "skipped two/readme.txt:1 readme.txt: its id 'readme.txt' belongs to "));
    assert_non_null(strstr(run.notes.text,
                           "/one/readme.txt (index the folder that holds both, or give each document an "
                           "id of its own)"));
    assert_true(index_has("term one"));
}

static void test_conflicts__folder_that_moved_keeps_its_documents(void **state)
{
    (void)state;
    write_file("one/readme.txt", "words");
    INDEX("one");
    assert_int_equal(rename("one", "two"), 0);
    struct index_run run = INDEX("two");
    assert_counts(&run, 0, 1, 0, 0, 0);
    assert_ids("readme.txt");
    assert_true(index_has("/two/readme.txt"));
    /* and back again, with the time and inode it had */
    assert_int_equal(rename("two", "one"), 0);
    run = INDEX("one");
    assert_counts(&run, 0, 1, 0, 0, 0);
    assert_true(index_has("/one/readme.txt"));
}

/* A record goes from a later file to an earlier one: the later file gives it up only after the earlier was read. */
static void test_conflicts__record_moves_to_an_earlier_file_in_one_run(void **state)
{
    (void)state;
    write_file("in/a.jsonl", RECORD("r1", "one"));
    write_file("in/b.jsonl", RECORD("r2", "two") RECORD("r3", "three"));
    INDEX("in");
    write_file("in/a.jsonl", RECORD("r1", "one") RECORD("r2", "two"));
    write_file("in/b.jsonl", RECORD("r3", "three"));
    struct index_run run = INDEX("in");
    assert_counts(&run, 1, 0, 1, 2, 0);
    assert_ids("r1 r3 r2");
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

static void test_conflicts__record_moves_to_a_later_file_in_one_run(void **state)
{
    (void)state;
    write_file("in/a.jsonl", RECORD("r1", "one") RECORD("r2", "two"));
    write_file("in/b.jsonl", RECORD("r3", "three"));
    INDEX("in");
    write_file("in/a.jsonl", RECORD("r1", "one"));
    write_file("in/b.jsonl", RECORD("r2", "two") RECORD("r3", "three"));
    struct index_run run = INDEX("in");
    assert_counts(&run, 1, 0, 1, 2, 0);
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

/* The other file keeps its record after all. */
static void test_conflicts__waiting_in_vain_is_skipped_once(void **state)
{
    (void)state;
    write_file("in/a.jsonl", RECORD("r1", "one"));
    write_file("in/b.jsonl", RECORD("r2", "two"));
    INDEX("in");
    write_file("in/a.jsonl", RECORD("r1", "one") RECORD("r2", "mine"));
    write_file("in/b.jsonl", RECORD("r2", "two, changed"));
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 1, 0, 1, 1);
    assert_true(index_has("term changed"));
    assert_false(index_has("term mine"));
}

static void test_conflicts__standard_input_does_not_take_a_files_document(void **state)
{
    (void)state;
    write_file("in/a.jsonl", RECORD("r1", "one"));
    write_file("more.jsonl", RECORD("r1", "taken") RECORD("r2", "two"));
    INDEX("in");
    assert_non_null(freopen("more.jsonl", "r", stdin));
    struct index_run run = INDEX("-");
    assert_counts(&run, 1, 0, 0, 0, 1);
    assert_true(index_has("term one"));
    /* what came from standard input is compared and updated */
    write_file("more.jsonl", RECORD("r2", "two") RECORD("r3", "three"));
    assert_non_null(freopen("more.jsonl", "r", stdin));
    run = INDEX("-");
    assert_counts(&run, 1, 0, 0, 1, 0);
}

#define CONFLICT_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFLICT_TEST(test_conflicts__first_of_two_in_a_file_stays),
        CONFLICT_TEST(test_conflicts__first_of_two_files_stays_and_is_named),
        CONFLICT_TEST(test_conflicts__two_roots_with_one_relative_path),
        CONFLICT_TEST(test_conflicts__folder_that_moved_keeps_its_documents),
        CONFLICT_TEST(test_conflicts__record_moves_to_an_earlier_file_in_one_run),
        CONFLICT_TEST(test_conflicts__record_moves_to_a_later_file_in_one_run),
        CONFLICT_TEST(test_conflicts__waiting_in_vain_is_skipped_once),
        CONFLICT_TEST(test_conflicts__standard_input_does_not_take_a_files_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
