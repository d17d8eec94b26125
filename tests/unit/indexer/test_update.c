/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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
}

static void assert_ids(const char *expected)
{
    char *ids = index_ids("x.db");
    assert_string_equal(ids, expected);
    free(ids);
    assert_sound("x.db");
}

static bool index_has(const char *piece)
{
    char *text = index_text("x.db");
    bool has = strstr(text, piece) != NULL;
    free(text);
    return has;
}

static void write_three(void)
{
    write_file("in/a.txt", "Apples grow");
    write_file("in/b.txt", "Bears sleep");
    write_file("in/sub/c.txt", "Cats hunt");
}

static void test_update__adds_files_in_order(void **state)
{
    (void)state;
    write_three();
    struct index_run run = INDEX("in");
    assert_counts(&run, 3, 0, 0, 0, 0);
    assert_int_equal(run.report.files, 3);
    assert_int_equal(run.report.documents, 3);
    assert_int_equal(run.report.undated, 3);
    assert_int_equal(run.report.text_bytes, 11 + 11 + 9);
    assert_ids("a.txt b.txt sub/c.txt");
}

static void test_update__second_run_finds_all_unchanged(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

/* Writes other content of the same length into a file, and gives it back the time it had. */
static void change_unseen(const char *path, const char *content)
{
    struct stat before;
    assert_int_equal(stat(path, &before), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    struct timespec times[2] = {before.st_mtim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_update__file_is_known_by_size_time_and_inode(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    change_unseen("in/a.txt", "Apples fall");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
    assert_true(index_has("term apples"));
    assert_false(index_has("term fall"));
}

/* Its time is no proof that a file written just now is the one that was read. */
static void test_update__file_of_this_moment_is_read_again(void **state)
{
    (void)state;
    write_three();
    /* an hour ahead, so that the moment lasts as long as the test */
    struct timespec ahead[2] = {{.tv_sec = time(NULL) + 3600}, {.tv_sec = time(NULL) + 3600}};
    assert_int_equal(utimensat(AT_FDCWD, "in/a.txt", ahead, 0), 0);
    INDEX("in");
    change_unseen("in/a.txt", "Apples fall");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 1, 0, 2, 0);
    assert_true(index_has("term fall"));
}

/* A new time alone is no change: the content decides. */
static void test_update__touched_file_is_unchanged(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    write_file("in/a.txt", "Apples grow");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

static void test_update__changed_file_keeps_its_number(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    write_file("in/b.txt", "Bees fly");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 1, 0, 2, 0);
    assert_ids("a.txt b.txt sub/c.txt");
    assert_true(index_has("2 term bees 1"));
    assert_false(index_has("term bears"));
}

static void test_update__gone_file_stays_until_pruned(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    unlink("in/b.txt");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 2, 0);
    assert_int_equal(run.report.documents, 3);
    struct index_options prune = {.prune = true};
    run = INDEX_WITH(prune, "in");
    assert_counts(&run, 0, 0, 1, 2, 0);
    assert_ids("a.txt sub/c.txt");
    assert_false(index_has("file b.txt"));
}

static void test_update__prune_stays_under_its_root(void **state)
{
    (void)state;
    write_three();
    write_file("inner/d.txt", "Dogs bark");
    INDEX("in", "inner");
    unlink("in/a.txt");
    unlink("inner/d.txt");
    struct index_options prune = {.prune = true};
    struct index_run run = INDEX_WITH(prune, "in");
    assert_int_equal(run.report.removed, 1);
    assert_ids("b.txt sub/c.txt d.txt");
}

static void test_update__prune_removes_a_root_that_is_gone(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    assert_int_equal(rename("in", "elsewhere"), 0);
    struct index_run run = INDEX("in");
    assert_int_equal(run.status, NOT_FOUND);
    assert_int_equal(run.report.documents, 3);
    struct index_options prune = {.prune = true};
    run = INDEX_WITH(prune, "in");
    assert_counts(&run, 0, 0, 3, 0, 0);
    assert_ids("");
}

static const char three_records[] = "{\"id\": \"r1\", \"title\": \"One\", \"text\": \"first text\"}\n"
                                    "{\"id\": \"r2\", \"title\": \"Two\", \"text\": \"second text\"}\n"
                                    "{\"id\": \"r3\", \"title\": \"Three\", \"text\": \"third text\"}\n";

static void test_update__record_file_is_compared_by_record(void **state)
{
    (void)state;
    write_file("in/r.jsonl", three_records);
    struct index_run run = INDEX("in");
    assert_counts(&run, 3, 0, 0, 0, 0);
    write_file("in/r.jsonl", "{\"id\": \"r0\", \"title\": \"Zero\", \"text\": \"new text\"}\n"
                             "{\"id\": \"r1\", \"title\": \"One\", \"text\": \"first text\"}\n"
                             "{\"id\": \"r3\", \"title\": \"Three\", \"text\": \"changed text\"}\n");
    run = INDEX("in");
    assert_counts(&run, 1, 1, 1, 1, 0);
    assert_ids("r1 r3 r0");
    assert_string_equal(run.notes.text, "removed in/r.jsonl:0 r2: it is no longer in the file\n");
}

static void test_update__broken_record_costs_itself_and_is_told_again(void **state)
{
    (void)state;
    write_file("in/r.jsonl",
               "{\"id\": \"r1\", \"text\": \"first\"}\n{\"id\": \"r2\", \n{\"id\": \"r3\", \"text\": \"third\"}\n");
    struct index_run run = INDEX("in");
    assert_counts(&run, 2, 0, 0, 0, 1);
    assert_non_null(strstr(run.notes.text, "skipped in/r.jsonl:2 -: "));
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 2, 1);
    assert_ids("r1 r3");
}

static void test_update__unreadable_file_keeps_its_documents(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    write_file("in/b.txt", "");
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 2, 1);
    assert_string_equal(run.notes.text, "skipped in/b.txt:0 -: is empty; what the index has of it stays\n");
    assert_ids("a.txt b.txt sub/c.txt");
}

static void test_update__forbidden_file_is_skipped_with_the_reason(void **state)
{
    (void)state;
    write_three();
    assert_int_equal(chmod("in/b.txt", 0), 0);
    assert_int_equal(chmod(".", 0777), 0);
    bool root = geteuid() == 0;
    if (root) assert_int_equal(seteuid(65534), 0);
    struct index_run run = INDEX("in");
    if (root) assert_int_equal(seteuid(0), 0);
    assert_counts(&run, 2, 0, 0, 0, 1);
    assert_string_equal(run.notes.text, "skipped in/b.txt:0 -: cannot open: Permission denied\n");
}

static void test_update__fifo_is_skipped_and_not_waited_for(void **state)
{
    (void)state;
    write_three();
    assert_int_equal(mkfifo("in/pipe.txt", 0666), 0);
    struct index_run run = INDEX("in");
    assert_counts(&run, 3, 0, 0, 0, 1);
}

static void test_update__binary_file_is_skipped(void **state)
{
    (void)state;
    write_three();
    FILE *file = fopen("in/b.txt", "w");
    fwrite("\x7f"
           "ELF\x00\x01\x02\x00\x00",
           1, 9, file);
    fclose(file);
    struct index_run run = INDEX("in");
    assert_counts(&run, 2, 0, 0, 0, 1);
}

static void test_update__same_file_twice_is_read_once(void **state)
{
    (void)state;
    write_three();
    struct index_run run = INDEX("in", "in/a.txt", "in/../in");
    assert_counts(&run, 3, 0, 0, 0, 0);
    assert_int_equal(run.report.files, 3);
}

/* Whatever root leads to a file, it keeps the id it was first given. */
static void test_update__file_keeps_its_id_under_another_root(void **state)
{
    (void)state;
    write_three();
    INDEX("in");
    write_file("in/sub/c.txt", "Cats play");
    struct index_run run = INDEX("in/sub");
    assert_counts(&run, 0, 1, 0, 0, 0);
    assert_ids("a.txt b.txt sub/c.txt");
}

static void test_update__empty_folder_gives_an_empty_index(void **state)
{
    (void)state;
    mkdir("in", 0777);
    struct index_run run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 0, 0);
    assert_int_equal(run.report.files, 0);
    assert_ids("");
}

static void test_update__missing_path_does_not_stop_the_others(void **state)
{
    (void)state;
    write_three();
    struct index_run run = INDEX("nowhere", "in");
    assert_int_equal(run.status, NOT_FOUND);
    assert_non_null(strstr(run.error.message, "'nowhere'"));
    assert_int_equal(run.report.added, 3);
}

static void test_update__index_in_the_folder_is_left_out(void **state)
{
    (void)state;
    write_three();
    struct index_options inside = {.database = "in/x.db"};
    struct index_run run = INDEX_WITH(inside, "in");
    assert_counts(&run, 3, 0, 0, 0, 0);
    run = INDEX_WITH(inside, "in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

static void test_update__language_asked_for_changes_the_stems(void **state)
{
    (void)state;
    write_file("in/a.txt", "Katzen");
    INDEX("in");
    assert_true(index_has("Len 0"));
    struct index_options german = {.language = "German"};
    struct index_run run = INDEX_WITH(german, "in");
    assert_counts(&run, 0, 1, 0, 0, 0);
    assert_true(index_has("term Lde 0"));
    assert_true(index_has("term Zkatz 1 @1"));
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 1, 0);
    write_file("in/a.txt", "Hunden");
    run = INDEX("in");
    assert_counts(&run, 0, 1, 0, 0, 0);
    assert_true(index_has("term Lde 0"));
}

static void test_update__language_is_told_from_the_text(void **state)
{
    (void)state;
    write_file("in/a.txt", "Die Katzen waren nicht mehr da, und auch der Hund war auf und davon.");
    write_file("in/b.txt", "Tabelle 17");
    write_file("in/c.jsonl",
               "{\"id\": \"c\", \"language\": \"nl\", \"text\": \"Die Katzen waren nicht mehr da, und auch "
               "der Hund war auf und davon.\"}\n");
    INDEX("in");
    assert_true(index_has("term Lde 0"));
    assert_true(index_has("term Zkatz 1 @2"));
    assert_true(index_has("term Len 0"));
    assert_true(index_has("term Lnl 0"));
    struct index_options french = {.language = "fr"};
    struct index_run run = INDEX_WITH(french, "in");
    assert_counts(&run, 0, 2, 0, 1, 0);
    assert_false(index_has("term Lde 0"));
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
}

static void test_update__unknown_language_is_refused(void **state)
{
    (void)state;
    write_three();
    struct index_options options = {.language = "klingonese"};
    struct index_run run = INDEX_WITH(options, "in");
    assert_int_equal(run.status, INVALID);
    assert_int_equal(access("x.db", F_OK), -1);
}

static void set_stop(void *context, const struct index_progress *progress)
{
    volatile sig_atomic_t *stop = context;
    if (progress->documents == 2) *stop = 1;
}

static void test_update__stopped_run_keeps_what_it_did(void **state)
{
    (void)state;
    write_file("in/r.jsonl", three_records);
    volatile sig_atomic_t stop = 0;
    struct index_options options = {.stop = &stop, .progress = set_stop, .context = (void *)(uintptr_t)&stop};
    options.note = NULL;
    struct index_report report;
    struct error error;
    options.database = "x.db";
    options.jobs = 1;
    options.paths = (const char *const[]){"in"};
    options.path_count = 1;
    assert_int_equal(index_update(&report, &options, &error), STOPPED);
    assert_int_equal(report.added, 2);
    assert_ids("r1 r2");
    struct index_run run = INDEX("in");
    assert_counts(&run, 1, 0, 0, 2, 0);
    assert_ids("r1 r2 r3");
}

struct seen_progress {
    struct index_progress last;
    bool backwards;
};

static void keep_progress(void *context, const struct index_progress *progress)
{
    struct seen_progress *seen = context;
    seen->backwards |= progress->bytes_done < seen->last.bytes_done;
    seen->last = *progress;
}

static void test_update__progress_ends_at_its_total(void **state)
{
    (void)state;
    write_three();
    write_file("in/r.jsonl", three_records);
    struct seen_progress seen = {0};
    struct index_options options = {.progress = keep_progress, .context = &seen, .database = "x.db", .jobs = 1};
    options.paths = (const char *const[]){"in"};
    options.path_count = 1;
    struct index_report report;
    assert_int_equal(index_update(&report, &options, NULL), OK);
    assert_int_equal(seen.last.bytes_total, 31 + sizeof three_records - 1);
    assert_int_equal(seen.last.bytes_done, seen.last.bytes_total);
    assert_int_equal(seen.last.documents, 6);
    assert_false(seen.backwards);
}

static void test_update__odd_file_names_are_kept_apart(void **state)
{
    (void)state;
    write_file("in/a\nb.txt", "one");
    write_file("in/a\xff.txt", "two");
    write_file("in/a b.txt", "three");
    struct index_run run = INDEX("in");
    assert_counts(&run, 3, 0, 0, 0, 0);
    run = INDEX("in");
    assert_counts(&run, 0, 0, 0, 3, 0);
    unlink("in/a\xff.txt");
    struct index_options prune = {.prune = true};
    run = INDEX_WITH(prune, "in");
    assert_counts(&run, 0, 0, 1, 2, 0);
}

#define UPDATE_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UPDATE_TEST(test_update__adds_files_in_order),
        UPDATE_TEST(test_update__second_run_finds_all_unchanged),
        UPDATE_TEST(test_update__file_is_known_by_size_time_and_inode),
        UPDATE_TEST(test_update__file_of_this_moment_is_read_again),
        UPDATE_TEST(test_update__touched_file_is_unchanged),
        UPDATE_TEST(test_update__changed_file_keeps_its_number),
        UPDATE_TEST(test_update__gone_file_stays_until_pruned),
        UPDATE_TEST(test_update__prune_stays_under_its_root),
        UPDATE_TEST(test_update__prune_removes_a_root_that_is_gone),
        UPDATE_TEST(test_update__record_file_is_compared_by_record),
        UPDATE_TEST(test_update__broken_record_costs_itself_and_is_told_again),
        UPDATE_TEST(test_update__unreadable_file_keeps_its_documents),
        UPDATE_TEST(test_update__forbidden_file_is_skipped_with_the_reason),
        UPDATE_TEST(test_update__fifo_is_skipped_and_not_waited_for),
        UPDATE_TEST(test_update__binary_file_is_skipped),
        UPDATE_TEST(test_update__same_file_twice_is_read_once),
        UPDATE_TEST(test_update__file_keeps_its_id_under_another_root),
        UPDATE_TEST(test_update__empty_folder_gives_an_empty_index),
        UPDATE_TEST(test_update__missing_path_does_not_stop_the_others),
        UPDATE_TEST(test_update__index_in_the_folder_is_left_out),
        UPDATE_TEST(test_update__language_asked_for_changes_the_stems),
        UPDATE_TEST(test_update__language_is_told_from_the_text),
        UPDATE_TEST(test_update__unknown_language_is_refused),
        UPDATE_TEST(test_update__stopped_run_keeps_what_it_did),
        UPDATE_TEST(test_update__progress_ends_at_its_total),
        UPDATE_TEST(test_update__odd_file_names_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
