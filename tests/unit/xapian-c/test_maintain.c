/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct report {
    char text[20000];
    size_t used;
    int calls;
    int stop_after;
};

static enum xc_status collect(void *context, const char *data, size_t length)
{
    struct report *r = context;
    if (r->calls++ >= r->stop_after) return XC_STOPPED;
    if (length > sizeof r->text - 1 - r->used) length = sizeof r->text - 1 - r->used;
    memcpy(r->text + r->used, data, length);
    r->used += length;
    r->text[r->used] = '\0';
    return XC_OK;
}

static void test_check__finds_a_sound_database_sound(void **state)
{
    struct fixture *f = *state;
    size_t faults = 9;
    struct report r = {.stop_after = 100000};
    assert_status(XC_OK, f->error, xc_check(&faults, f->path, collect, &r, &f->error));
    assert_int_equal(0, faults);
    assert_non_null(strstr(r.text, "postlist"));
    faults = 9;
    assert_ok(xc_check(&faults, f->path, NULL, NULL, NULL));
    assert_int_equal(0, faults);
}

static void test_check__counts_faults(void **state)
{
    struct fixture *f = *state;
    const char *table = fixture_path(f, "x.db/postlist.glass");
    struct stat entry;
    assert_int_equal(0, stat(table, &entry));
    FILE *file = fopen(table, "r+b");
    assert_non_null(file);
    for (long at = 40; at < entry.st_size; at++) {
        assert_int_equal(0, fseek(file, at, SEEK_SET));
        assert_int_equal(0x5a, fputc(0x5a, file));
    }
    assert_int_equal(0, fclose(file));
    size_t faults = 0;
    struct report r = {.stop_after = 100000};
    enum xc_status status = xc_check(&faults, f->path, collect, &r, &f->error);
    assert_true(status == XC_DAMAGED || (status == XC_OK && faults > 0));
}

static void test_check__stops_when_its_callback_does(void **state)
{
    struct fixture *f = *state;
    size_t faults = 9;
    struct report r = {.stop_after = 3};
    assert_status(XC_STOPPED, f->error, xc_check(&faults, f->path, collect, &r, &f->error));
    assert_int_equal(4, r.calls);
    assert_int_equal(9, faults);
}

static void test_check__refuses_what_is_no_index(void **state)
{
    struct fixture *f = *state;
    size_t faults = 9;
    assert_status(XC_MISSING, f->error, xc_check(&faults, fixture_path(f, "none"), NULL, NULL, &f->error));
    assert_status(XC_FOREIGN, f->error, xc_check(&faults, f->root, NULL, NULL, &f->error));
}

/* "N documents, blue in N" of a database. */
static const char *summary(const char *path)
{
    static char out[100];
    struct xc_database *database = fixture_open(path);
    uint32_t count = 0, blue = 0;
    assert_ok(xc_database_document_count(&count, database, NULL));
    assert_ok(xc_database_term_frequency(&blue, database, "blue", 4, NULL));
    xc_database_free(database);
    snprintf(out, sizeof out, "%u documents, blue in %u", count, blue);
    return out;
}

static enum xc_status count_calls(void *context, const char *table, const char *status)
{
    struct report *r = context;
    assert_true(strlen(table) > 0);
    assert_non_null(status);
    return r->calls++ >= r->stop_after ? XC_STOPPED : XC_OK;
}

static void test_compact__of_one_keeps_everything(void **state)
{
    struct fixture *f = *state;
    const char *target = fixture_path(f, "small.db");
    const char *sources[] = {f->path};
    struct report r = {.stop_after = 100000};
    struct xc_compact_options options = {.block_size = 2048, .progress = count_calls, .context = &r};
    assert_status(XC_OK, f->error, xc_compact(target, sources, 1, &options, &f->error));
    assert_string_equal("5 documents, blue in 3", summary(target));
    assert_true(r.calls > 0);
    char before[37], after[37];
    assert_ok(xc_path_uuid(before, f->path, NULL));
    assert_ok(xc_path_uuid(after, target, NULL));
    assert_string_not_equal(before, after);
    struct xc_database *database = fixture_open(target);
    struct xc_bytes name;
    assert_ok(xc_database_metadata(&name, database, "name", 4, NULL));
    assert_bytes("sample", name);
    xc_database_free(database);
    /* It can be written to. */
    struct xc_writer *writer = fixture_writer(target);
    assert_ok(xc_writer_begin(writer, NULL));
    assert_int_equal(6, fixture_add(writer, "blue", "doc 6", NULL, NULL));
    assert_ok(xc_writer_commit(writer, NULL));
    xc_writer_free(writer);
    assert_string_equal("6 documents, blue in 4", summary(target));
}

static void test_compact__merges_several(void **state)
{
    struct fixture *f = *state;
    const char *second = fixture_path(f, "second.db"), *target = fixture_path(f, "both.db");
    fixture_build_sample(second);
    assert_int_equal(0, mkdir(target, 0700)); /* an empty folder is fine */
    const char *sources[] = {f->path, second};
    assert_status(XC_OK, f->error, xc_compact(target, sources, 2, NULL, &f->error));
    assert_string_equal("10 documents, blue in 6", summary(target));
    const char *third = fixture_path(f, "third.db");
    struct xc_compact_options keep = {.keep_docids = true};
    assert_status(XC_INVALID, f->error, xc_compact(third, sources, 2, &keep, &f->error));
}

static void test_compact__into_one_file_that_opens(void **state)
{
    struct fixture *f = *state;
    const char *target = fixture_path(f, "one.file");
    const char *sources[] = {f->path};
    struct xc_compact_options options = {.single_file = true};
    assert_status(XC_OK, f->error, xc_compact(target, sources, 1, &options, &f->error));
    struct stat entry;
    assert_int_equal(0, stat(target, &entry));
    assert_true(S_ISREG(entry.st_mode));
    assert_string_equal("5 documents, blue in 3", summary(target));
    struct xc_database *database = fixture_open(target);
    struct xc_bytes uuid;
    char on_disk[37];
    assert_ok(xc_database_uuid(&uuid, database, NULL));
    assert_ok(xc_path_uuid(on_disk, target, NULL));
    assert_string_equal(uuid.data, on_disk);
    xc_database_free(database);
    size_t faults = 9;
    assert_status(XC_OK, f->error, xc_check(&faults, target, NULL, NULL, &f->error));
    assert_int_equal(0, faults);
    struct xc_writer *writer = NULL;
    struct xc_writer_options existing = {.create = XC_OPEN_EXISTING};
    assert_status(XC_UNSUPPORTED, f->error, xc_writer_open(&writer, target, &existing, &f->error));
}

static void test_compact__overwrites_nothing(void **state)
{
    struct fixture *f = *state;
    const char *second = fixture_path(f, "second.db"), *file = fixture_path(f, "file");
    const char *sources[] = {f->path};
    fixture_build_sample(second);
    fixture_write_file(file, "precious", 8);
    assert_status(XC_INVALID, f->error, xc_compact(second, sources, 1, NULL, &f->error));
    assert_status(XC_INVALID, f->error, xc_compact(f->path, sources, 1, NULL, &f->error));
    assert_status(XC_INVALID, f->error, xc_compact(file, sources, 1, NULL, &f->error));
    struct xc_compact_options single = {.single_file = true};
    assert_status(XC_INVALID, f->error, xc_compact(file, sources, 1, &single, &f->error));
    assert_string_equal("5 documents, blue in 3", summary(f->path));
    assert_string_equal("5 documents, blue in 3", summary(second));
}

static void test_compact__refuses_bad_sources(void **state)
{
    struct fixture *f = *state;
    const char *target = fixture_path(f, "t.db");
    const char *missing[] = {f->path, fixture_path(f, "none")}, *foreign[] = {f->root};
    assert_status(XC_INVALID, f->error, xc_compact(target, missing, 0, NULL, &f->error));
    assert_status(XC_MISSING, f->error, xc_compact(target, missing, 2, NULL, &f->error));
    assert_status(XC_FOREIGN, f->error, xc_compact(target, foreign, 1, NULL, &f->error));
    assert_int_not_equal(0, access(target, F_OK));
}

/* In a child, because libxapian leaks a table when it is interrupted. */
static void test_compact__stops_when_its_callback_does(void **state)
{
    struct fixture *f = *state;
    const char *target = fixture_path(f, "t.db");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const char *sources[] = {f->path};
        struct report r = {.stop_after = 1};
        struct xc_compact_options options = {.progress = count_calls, .context = &r};
        _exit(xc_compact(target, sources, 1, &options, NULL) == XC_STOPPED ? 0 : 1);
    }
    int how = 0;
    assert_int_equal(child, waitpid(child, &how, 0));
    assert_true(WIFEXITED(how));
    assert_int_equal(0, WEXITSTATUS(how));
    struct xc_database *database = NULL;
    enum xc_status status = xc_database_open(&database, target, NULL);
    assert_true(status == XC_FOREIGN || status == XC_MISSING);
    assert_string_equal("5 documents, blue in 3", summary(f->path));
}

#define ON_SAMPLE(test) cmocka_unit_test_setup_teardown(test, fixture_setup_sample, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SAMPLE(test_check__finds_a_sound_database_sound), ON_SAMPLE(test_check__counts_faults),
        ON_SAMPLE(test_check__stops_when_its_callback_does), ON_SAMPLE(test_check__refuses_what_is_no_index),
        ON_SAMPLE(test_compact__of_one_keeps_everything),    ON_SAMPLE(test_compact__merges_several),
        ON_SAMPLE(test_compact__into_one_file_that_opens),   ON_SAMPLE(test_compact__overwrites_nothing),
        ON_SAMPLE(test_compact__refuses_bad_sources),        ON_SAMPLE(test_compact__stops_when_its_callback_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
