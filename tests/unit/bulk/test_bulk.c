/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/bulk.h"
#include "indexer/bulk/version.h"
#include "twins.h"
#include "xapian-c/xapian-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
// clang-format on

static int setup(void **state)
{
    char *folder = strdup("/tmp/dossier-bulk-XXXXXX");
    *state = folder;
    return folder && mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    int failed = chdir("/") || system(command);
    free(*state);
    return failed;
}

/* Makes, compares, updates, compares, compacts, compares. */
static void assert_equal_all_the_way(const struct twins_plan *plan, uint64_t seed)
{
    const char *const made[2] = {"by.writer", "by.loader"};
    twins_make(plan, seed);
    twins_compare(made[0], made[1]);
    twins_update(plan, seed + 1);
    twins_compare(made[0], made[1]);
    for (int k = 0; k < 2; k++)
        assert_int_equal(xc_compact(k ? "loader.small" : "writer.small", &made[k], 1,
                                    &(struct xc_compact_options){.keep_docids = true}, NULL),
                         XC_OK);
    twins_compare("writer.small", "loader.small");
}

static void test_bulk__small_documents(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 400,
                              .terms = 40,
                              .positions = 5,
                              .position_most = 500,
                              .data_most = 300,
                              .value_most = 30,
                              .memory = 8 << 20,
                              .metadata = 20};
    assert_equal_all_the_way(&plan, 1);
}

static void test_bulk__long_terms_and_nuls(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 200,
                              .terms = 60,
                              .positions = 3,
                              .position_most = UINT32_MAX - 2,
                              .data_most = 10,
                              .value_most = 3000,
                              .memory = 8 << 20,
                              .metadata = 3,
                              .long_terms = true};
    assert_equal_all_the_way(&plan, 2);
}

static void test_bulk__big_data_and_long_lists(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 30,
                              .terms = 20,
                              .positions = 20000,
                              .position_most = 60000,
                              .data_most = 300000,
                              .value_most = 10,
                              .memory = 8 << 20};
    assert_equal_all_the_way(&plan, 3);
}

/* Little memory makes many runs, and many documents chunks and levels. */
static void test_bulk__many_runs(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 6000,
                              .terms = 60,
                              .positions = 2,
                              .position_most = 100,
                              .data_most = 20,
                              .value_most = 8,
                              .memory = 256 << 10,
                              .metadata = 5};
    assert_equal_all_the_way(&plan, 4);
}

static void test_bulk__documents_with_nothing(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 50, .memory = 8 << 20, .metadata = 2};
    twins_make(&plan, 5);
    twins_compare("by.writer", "by.loader");
}

static void test_bulk__no_documents(void **state)
{
    (void)state;
    struct twins_plan plan = {.memory = 8 << 20, .metadata = 2};
    twins_make(&plan, 6);
    twins_compare("by.writer", "by.loader");
    plan = (struct twins_plan){.documents = 20, .terms = 20, .positions = 3, .position_most = 50, .data_most = 40};
    twins_update(&plan, 7);
    twins_compare("by.writer", "by.loader");
}

static void test_bulk__leaves_nothing_of_its_own(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 50, .terms = 10, .data_most = 10, .value_most = 5, .memory = 8 << 20};
    twins_make(&plan, 7);
    assert_int_equal(access("by.loader/run.0", F_OK), -1);
    assert_int_equal(access("by.loader/slot.0", F_OK), -1);
    assert_int_equal(access("by.loader/position.glass", F_OK), -1); /* there are none */
    assert_int_equal(access("by.loader/postlist.glass", F_OK), 0);
}

static void test_version__installed_library_writes_this_format(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 2, .terms = 5, .memory = 8 << 20};
    twins_make(&plan, 8);
    assert_true(version_matches("by.writer"));
    assert_true(version_matches("by.loader"));
}

static void test_version__other_formats_are_told(void **state)
{
    (void)state;
    struct twins_plan plan = {.documents = 2, .terms = 5, .memory = 8 << 20};
    twins_make(&plan, 9);
    static const struct {
        long at;
        int byte;
    } changes[] = {{14, 5}, {0, 0}, {36, 8}, {37, 1}}; /* version, magic, block size, deflating */
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        FILE *file = fopen("by.loader/iamglass", "r+b");
        assert_non_null(file);
        fseek(file, changes[i].at, SEEK_SET);
        int before = fgetc(file);
        fseek(file, changes[i].at, SEEK_SET);
        fputc(changes[i].byte, file);
        fclose(file);
        assert_int_not_equal(before, changes[i].byte);
        assert_false(version_matches("by.loader"));
        file = fopen("by.loader/iamglass", "r+b");
        fseek(file, changes[i].at, SEEK_SET);
        fputc(before, file);
        fclose(file);
        assert_true(version_matches("by.loader"));
    }
    assert_false(version_matches("nowhere"));
}

static void test_bulk__a_full_disk_is_told(void **state)
{
    (void)state;
    struct bulk *bulk;
    struct error error = {0};
    assert_int_equal(mkdir("here", 0777), 0);
    assert_int_equal(mkdir("here/run.0", 0777), 0); /* a file that cannot be made */
    assert_int_equal(bulk_new(&bulk, "here", 8 << 20, &error), OK);
    uint32_t docid;
    assert_int_equal(bulk_begin(bulk, &docid, SPAN("data"), &error), OK);
    assert_int_equal(bulk_posting(bulk, SPAN("term"), 1, NULL, 0, &error), OK);
    assert_int_equal(bulk_end(bulk, &error), OK);
    assert_int_equal(bulk_finish(bulk, &error), IO);
    assert_non_null(strstr(error.message, "cannot write 'here/run.0'"));
    assert_int_equal(access("here/iamglass", F_OK), -1);
    bulk_free(bulk);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_bulk__small_documents),           IN_FOLDER(test_bulk__long_terms_and_nuls),
        IN_FOLDER(test_bulk__big_data_and_long_lists),   IN_FOLDER(test_bulk__many_runs),
        IN_FOLDER(test_bulk__documents_with_nothing),    IN_FOLDER(test_bulk__no_documents),
        IN_FOLDER(test_bulk__leaves_nothing_of_its_own), IN_FOLDER(test_version__installed_library_writes_this_format),
        IN_FOLDER(test_version__other_formats_are_told), IN_FOLDER(test_bulk__a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
