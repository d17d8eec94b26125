/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORDS = 400, FILES = 60 };

/* Many small files around two record files, with duplicates, broken lines and an empty file among them. */
static void write_corpus(void)
{
    char name[64], text[512];
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "in/f%02d.txt", i);
        snprintf(text, sizeof text, "Title of %d\n\nWord%d and word%d grow with e-mail in Wi-Fi %d.\n", i, i,
                 i * 7 % 13, i);
        write_file(name, i == 30 ? "" : text);
    }
    for (int file = 0; file < 2; file++) {
        snprintf(name, sizeof name, "in/%c.jsonl", file ? 'z' : 'a');
        write_file(name, "");
        for (int i = 0; i < RECORDS; i++) {
            snprintf(text, sizeof text,
                     i % 97 == 5
                         ? "{broken %d\n"
                         : "{\"id\": \"%d-%d\", \"title\": \"Record %d\", \"text\": \"term%d and term%d\", \"date\": "
                           "\"2014-10-%02d\", \"source\": \"S%d\"}\n",
                     file, i % 150 ? i : 0, i, i, i * 31 % 17, i % 28 + 1, i % 3);
            append_file(name, text);
        }
    }
}

static void assert_same(const char *left, const char *right)
{
    char *one = index_text(left), *two = index_text(right);
    if (strcmp(one, two)) fail_msg("'%s' and '%s' differ", left, right);
    free(one);
    free(two);
}

static struct index_run run_with(const char *database, unsigned jobs)
{
    struct index_options options = {.database = database, .jobs = jobs, .batch_documents = 100};
    return INDEX_WITH(options, "in");
}

static void test_workers__any_number_makes_the_same_index(void **state)
{
    (void)state;
    write_corpus();
    struct index_run alone = run_with("one.db", 1), three = run_with("three.db", 3), eight = run_with("eight.db", 8);
    assert_int_equal(alone.status, OK);
    assert_int_equal(three.status, OK);
    assert_int_equal(eight.status, OK);
    assert_int_equal(alone.report.added, FILES - 1 + 2 * (RECORDS - 5 - 2));
    assert_int_equal(alone.report.skipped, 1 + 2 * (5 + 2));
    assert_int_equal(three.report.added, alone.report.added);
    assert_int_equal(three.report.skipped, alone.report.skipped);
    assert_string_equal(three.notes.text, alone.notes.text);
    assert_same("one.db", "three.db");
    assert_same("one.db", "eight.db");
    assert_sound("three.db");
}

static void test_workers__any_number_makes_the_same_update(void **state)
{
    (void)state;
    write_corpus();
    run_with("one.db", 1);
    run_with("three.db", 3);
    char text[256];
    write_file("in/f07.txt", "Changed altogether");
    write_file("in/new.txt", "Something new");
    write_file("in/z.jsonl", "");
    for (int i = 0; i < RECORDS; i += 2) {
        snprintf(text, sizeof text, "{\"id\": \"1-%d\", \"title\": \"Record %d\", \"text\": \"%s text\"}\n", i, i,
                 i % 3 ? "new" : "old");
        append_file("in/z.jsonl", text);
    }
    struct index_run alone = run_with("one.db", 1), three = run_with("three.db", 3);
    assert_int_equal(alone.status, OK);
    assert_int_equal(three.status, OK);
    assert_true(alone.report.updated > 0 && alone.report.removed > 0 && alone.report.unchanged > 0);
    assert_int_equal(three.report.updated, alone.report.updated);
    assert_int_equal(three.report.removed, alone.report.removed);
    assert_int_equal(three.report.unchanged, alone.report.unchanged);
    assert_string_equal(three.notes.text, alone.notes.text);
    assert_same("one.db", "three.db");
    assert_sound("three.db");
}

/* The process ids of this process's children, as the system lists them. */
static size_t children(pid_t *out, size_t room)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "r");
    size_t count = 0;
    int pid;
    while (file && count < room && fscanf(file, "%d", &pid) == 1) out[count++] = pid;
    if (file) fclose(file);
    return count;
}

struct killer {
    uint64_t at; /* documents done when a worker is killed */
    unsigned kills, wanted;
    struct notes notes;
};

static void kill_one(void *context, const struct index_progress *progress)
{
    struct killer *killer = context;
    pid_t pids[16];
    if (progress->documents < killer->at || killer->kills >= killer->wanted) return;
    size_t count = children(pids, 16);
    if (!count) return;
    kill(pids[killer->kills % count], SIGKILL);
    killer->kills++;
    killer->at += 100;
}

static void keep_note(void *context, const struct index_note *note)
{
    struct killer *killer = context;
    if (note->kind == INDEX_SKIPPED && strstr(note->reason, "was killed by signal 9")) killer->notes.count++;
}

/* A worker that dies costs at most the records or the file it was at; a second run brings them in. */
static void test_workers__dead_worker_costs_what_it_was_at(void **state)
{
    (void)state;
    pid_t none[1];
    if (access("/proc/self/task", F_OK)) skip();
    assert_int_equal(children(none, 1), 0);
    write_corpus();
    struct index_run alone = run_with("one.db", 1);
    struct killer killer = {.at = 50, .wanted = 4};
    struct index_options options = {
        .database = "x.db", .jobs = 3, .progress = kill_one, .note = keep_note, .context = &killer};
    struct index_run run = INDEX_WITH(options, "in");
    assert_int_equal(run.status, OK);
    assert_int_equal(killer.kills, 4);
    assert_true(killer.notes.count <= 4);
    assert_true(run.report.added >= alone.report.added - RECORDS);
    assert_sound("x.db");
    struct index_options again = {.jobs = 3};
    run = INDEX_WITH(again, "in");
    assert_int_equal(run.status, OK);
    assert_int_equal(run.report.documents, alone.report.documents);
    assert_int_equal(children(none, 1), 0);
}

static void stop_at_once(void *context, const struct index_progress *progress)
{
    (void)progress;
    *(volatile sig_atomic_t *)context = 1;
}

static void test_workers__stopped_run_leaves_no_process(void **state)
{
    (void)state;
    pid_t none[1];
    write_corpus();
    volatile sig_atomic_t stop = 0;
    struct index_report report;
    struct error error;
    struct index_options options = {.database = "x.db",
                                    .jobs = 3,
                                    .stop = &stop,
                                    .progress = stop_at_once,
                                    .context = (void *)(uintptr_t)&stop,
                                    .paths = (const char *const[]){"in"},
                                    .path_count = 1};
    assert_int_equal(index_update(&report, &options, &error), STOPPED);
    assert_int_equal(children(none, 1), 0);
    assert_sound("x.db");
    struct index_run run = run_with("x.db", 2), whole = run_with("one.db", 1);
    assert_int_equal(run.status, OK);
    assert_int_equal(whole.status, OK);
    assert_same("x.db", "one.db");
}

#define WORKERS_TEST(function) cmocka_unit_test_setup_teardown(function, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORKERS_TEST(test_workers__any_number_makes_the_same_index),
        WORKERS_TEST(test_workers__any_number_makes_the_same_update),
        WORKERS_TEST(test_workers__dead_worker_costs_what_it_was_at),
        WORKERS_TEST(test_workers__stopped_run_leaves_no_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
