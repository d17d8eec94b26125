/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "dump.h"
#include "indexer/schema.h"
#include "xapian-c/xapian-c.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static time_t next_time = 1400000000; /* of the next file written: in 2014 */

int folder_setup(void **state)
{
    char path[] = "/tmp/dossier-indexer-XXXXXX";
    assert_non_null(mkdtemp(path));
    assert_int_equal(chdir(path), 0);
    *state = strdup(path);
    return 0;
}

static int remove_entry(const char *path, const struct stat *found, int kind, struct FTW *walk)
{
    (void)found;
    (void)kind;
    (void)walk;
    return remove(path);
}

int folder_teardown(void **state)
{
    assert_int_equal(chdir("/"), 0);
    nftw(*state, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return 0;
}

static void put(const char *path, const char *content, const char *mode)
{
    char folder[4096];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        mkdir(folder, 0777);
    }
    FILE *file = fopen(path, mode);
    assert_non_null(file);
    fputs(content, file);
    assert_int_equal(fclose(file), 0);
    struct timespec times[2] = {{.tv_sec = next_time}, {.tv_sec = next_time}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    next_time++;
}

void write_file(const char *path, const char *content)
{
    put(path, content, "w");
}

void append_file(const char *path, const char *content)
{
    put(path, content, "a");
}

static void keep_note(void *context, const struct index_note *note)
{
    static const char *const kinds[] = {"skipped", "undated", "removed", "warning"};
    struct notes *notes = context;
    notes->slow += note->kind == INDEX_SLOW;
    notes->renamed += note->kind == INDEX_RENAMED;
    /* The fixtures' documents rarely have a date; what is added and updated is asserted by its number. */
    if (note->kind == INDEX_UNDATED || note->kind > INDEX_WARNING) return;
    size_t length = strlen(notes->text);
    snprintf(notes->text + length, sizeof notes->text - length, "%s %s:%llu %s: %s\n", kinds[note->kind], note->path,
             (unsigned long long)note->where, note->id ? note->id : "-", note->reason);
    notes->count++;
}

struct index_run index_paths(const struct index_options *options, const char *const *paths)
{
    struct index_run run = {0};
    struct index_options all = options ? *options : (struct index_options){0};
    if (!all.database) all.database = "x.db";
    if (!all.jobs) all.jobs = 1;
    all.paths = paths;
    while (paths[all.path_count]) all.path_count++;
    if (!all.note) {
        all.note = keep_note;
        all.context = &run.notes;
    }
    run.status = index_update(&run.report, &all, &run.error);
    return run;
}

char *index_text(const char *path)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(dump_index(out, path), 0);
    fclose(out);
    return text;
}

char *index_ids(const char *path)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(dump_ids(out, path), 0);
    fclose(out);
    return text;
}

static void print_finding(void *context, const char *message)
{
    (void)context;
    print_error("finding: %s\n", message);
}

void assert_sound(const char *path)
{
    struct index_check_result result;
    struct error error = {0};
    enum status status = index_check(&result, path, print_finding, NULL, NULL, NULL, &error);
    if (status) print_error("%s\n", error.message);
    assert_int_equal(status, OK);
    assert_int_equal(result.findings, 0);
}
