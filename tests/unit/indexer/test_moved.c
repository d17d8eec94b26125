/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that were touched, renamed, left out or only looked at (indexer/visit.c, moved.c, filehash.c). */
#include "indexer/moved.h"

#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void assert_run(const struct index_run *run, uint64_t added, uint64_t updated, uint64_t removed,
                       uint64_t unchanged, uint64_t renamed)
{
    if (run->status) print_error("%s\n", run->error.message);
    assert_int_equal(run->status, OK);
    assert_int_equal(run->report.added, added);
    assert_int_equal(run->report.updated, updated);
    assert_int_equal(run->report.removed, removed);
    assert_int_equal(run->report.unchanged, unchanged);
    assert_int_equal(run->report.renamed, renamed);
    assert_int_equal(run->notes.renamed, renamed);
    assert_int_equal(run->report.skipped, 0);
}

static void assert_ids(const char *expected)
{
    char *ids = index_ids("x.db");
    assert_string_equal(ids, expected);
    free(ids);
    assert_sound("x.db");
}

static void touch(const char *path)
{
    struct timespec times[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* A reader that would fail on what the file now holds shows that it is not read. */
static void test_visit__touched_file_is_known_by_its_content(void **state)
{
    (void)state;
    write_file("in/a.jsonl", "{\"id\": \"one\", \"text\": \"first\"}\n");
    INDEX("in");
    touch("in/a.jsonl");
    struct index_run run = INDEX("in");
    assert_run(&run, 0, 0, 0, 1, 0);
    assert_int_equal(run.notes.slow, 0); /* nothing was read */
    run = INDEX("in");
    assert_run(&run, 0, 0, 0, 1, 0);
    assert_ids("one");
}

static void test_visit__renamed_file_keeps_its_id(void **state)
{
    (void)state;
    write_file("in/a.txt", "Apples grow");
    write_file("in/sub/b.txt", "Bears sleep");
    INDEX("in");
    assert_int_equal(rename("in/sub", "in/new"), 0);
    struct index_run run = INDEX("in");
    assert_run(&run, 0, 1, 0, 1, 1);
    assert_ids("a.txt sub/b.txt");
    run = INDEX("in");
    assert_run(&run, 0, 0, 0, 2, 0);
    struct index_options prune = {.prune = true};
    run = INDEX_WITH(prune, "in");
    assert_run(&run, 0, 0, 0, 2, 0);
    assert_ids("a.txt sub/b.txt");
}

static void test_visit__renamed_and_touched_file_keeps_its_id(void **state)
{
    (void)state;
    write_file("in/a.txt", "Apples grow");
    INDEX("in");
    write_file("in/z.txt", "Apples grow");
    unlink("in/a.txt");
    struct index_run run = INDEX("in");
    assert_run(&run, 0, 1, 0, 0, 1);
    assert_ids("a.txt");
}

static void test_visit__copy_is_a_new_document(void **state)
{
    (void)state;
    write_file("in/a.txt", "Apples grow");
    INDEX("in");
    write_file("in/b.txt", "Apples grow");
    struct index_run run = INDEX("in");
    assert_run(&run, 1, 0, 0, 1, 0);
    assert_ids("a.txt b.txt");
}

static void test_visit__two_equal_files_renamed_keep_both_ids(void **state)
{
    (void)state;
    write_file("in/a.txt", "Apples grow");
    write_file("in/b.txt", "Apples grow");
    INDEX("in");
    assert_int_equal(rename("in/a.txt", "in/y.txt"), 0);
    assert_int_equal(rename("in/b.txt", "in/z.txt"), 0);
    struct index_run run = INDEX("in");
    assert_run(&run, 0, 2, 0, 0, 2);
    assert_ids("a.txt b.txt");
}

static void test_visit__new_file_at_the_old_place_takes_the_id(void **state)
{
    (void)state;
    write_file("in/a.txt", "Apples grow");
    INDEX("in");
    assert_int_equal(rename("in/a.txt", "in/b.txt"), 0);
    INDEX("in");
    assert_ids("a.txt");
    write_file("in/a.txt", "Another text");
    struct index_run run = INDEX("in");
    assert_run(&run, 2, 0, 1, 0, 0);
    assert_ids("b.txt a.txt");
    run = INDEX("in");
    assert_run(&run, 0, 0, 0, 2, 0);
}

static void test_visit__rotated_files_each_have_their_own_id(void **state)
{
    (void)state;
    write_file("in/log.txt", "First day");
    INDEX("in");
    assert_int_equal(rename("in/log.txt", "in/log.1.txt"), 0);
    write_file("in/log.txt", "Second day");
    struct index_run run = INDEX("in");
    assert_run(&run, 1, 1, 0, 0, 0);
    char *ids = index_ids("x.db");
    assert_true(!strcmp(ids, "log.txt log.1.txt") || !strcmp(ids, "log.1.txt log.txt"));
    free(ids);
    run = INDEX("in");
    assert_run(&run, 0, 0, 0, 2, 0);
}

static void test_visit__renamed_record_file_keeps_its_records(void **state)
{
    (void)state;
    write_file("in/a.jsonl", "{\"id\": \"one\", \"text\": \"first\"}\n{\"id\": \"two\", \"text\": \"second\"}\n");
    INDEX("in");
    assert_int_equal(rename("in/a.jsonl", "in/b.jsonl"), 0);
    struct index_run run = INDEX("in");
    assert_run(&run, 0, 2, 0, 0, 1);
    assert_ids("one two");
}

static void test_visit__patterns_leave_files_out(void **state)
{
    (void)state;
    const char *exclude[] = {"drafts"}, *include[] = {"*.txt"};
    write_file("in/a.txt", "Apples grow");
    write_file("in/b.md", "Bears sleep");
    write_file("in/drafts/c.txt", "Cats hunt");
    INDEX("in");
    assert_ids("a.txt b.md drafts/c.txt");
    struct index_options options = {.globs = {include, 1, exclude, 1}};
    struct index_run run = INDEX_WITH(options, "in");
    assert_run(&run, 0, 0, 0, 1, 0);
    assert_int_equal(run.report.files, 1);
    assert_ids("a.txt b.md drafts/c.txt");
    options.prune = true;
    run = INDEX_WITH(options, "in");
    assert_run(&run, 0, 0, 2, 1, 0);
    assert_ids("a.txt");
}

static void test_visit__a_file_that_is_named_needs_no_pattern(void **state)
{
    (void)state;
    const char *include[] = {"*.txt"};
    write_file("b.md", "Bears sleep");
    struct index_options options = {.globs = {.include = include, .include_count = 1}, .prune = true};
    struct index_run run = INDEX_WITH(options, "b.md");
    assert_run(&run, 1, 0, 0, 0, 0);
    run = INDEX_WITH(options, "b.md");
    assert_run(&run, 0, 0, 0, 1, 0);
}

static void test_update__dry_run_writes_nothing(void **state)
{
    (void)state;
    struct index_options dry = {.dry_run = true};
    write_file("in/a.txt", "Apples grow");
    struct index_run run = INDEX_WITH(dry, "in");
    assert_run(&run, 1, 0, 0, 0, 0);
    assert_int_equal(run.report.documents, 1);
    assert_int_not_equal(access("x.db", F_OK), 0);

    write_file("in/b.txt", "Bears sleep");
    write_file("in/c.jsonl", "{\"id\": \"one\", \"text\": \"first\"}\n{\"id\": \"two\", \"text\": \"second\"}\n");
    INDEX("in");
    char *before = index_text("x.db");
    write_file("in/a.txt", "Apples fall");
    unlink("in/b.txt");
    write_file("in/c.jsonl", "{\"id\": \"one\", \"text\": \"first\"}\n");
    write_file("in/d.txt", "Dogs bark");
    dry.prune = true;
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        dry.jobs = jobs;
        run = INDEX_WITH(dry, "in");
        assert_run(&run, 1, 1, 2, 1, 0);
        assert_int_equal(run.report.documents, 3);
    }
    char *after = index_text("x.db");
    assert_string_equal(before, after);
    free(before);
    free(after);
    dry.dry_run = false;
    run = INDEX_WITH(dry, "in");
    assert_run(&run, 1, 1, 2, 1, 0);
    assert_ids("a.txt one d.txt");
}

static void test_update__notes_name_the_slowest_files(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * INDEX_SLOWEST_MAX; i++) {
        char path[32];
        snprintf(path, sizeof path, "in/%02d.txt", i);
        write_file(path, "text");
    }
    struct index_run run = INDEX("in");
    assert_int_equal(run.notes.slow, INDEX_SLOWEST_MAX);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_visit__touched_file_is_known_by_its_content),
        IN_FOLDER(test_visit__renamed_file_keeps_its_id),
        IN_FOLDER(test_visit__renamed_and_touched_file_keeps_its_id),
        IN_FOLDER(test_visit__copy_is_a_new_document),
        IN_FOLDER(test_visit__two_equal_files_renamed_keep_both_ids),
        IN_FOLDER(test_visit__new_file_at_the_old_place_takes_the_id),
        IN_FOLDER(test_visit__rotated_files_each_have_their_own_id),
        IN_FOLDER(test_visit__renamed_record_file_keeps_its_records),
        IN_FOLDER(test_visit__patterns_leave_files_out),
        IN_FOLDER(test_visit__a_file_that_is_named_needs_no_pattern),
        IN_FOLDER(test_update__dry_run_writes_nothing),
        IN_FOLDER(test_update__notes_name_the_slowest_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
