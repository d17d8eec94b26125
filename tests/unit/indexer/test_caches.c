/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sidecars that runs of the indexer leave. */
#include "fixture.h"
#include "indexer/caches.h"
#include "indexer/sidecar/ranking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens the index and its ranking cache; NOT_FOUND when there is none for the state it is in. */
static enum status open_cache(struct sidecar *out, struct xc_database **database)
{
    struct sidecar_key key;
    assert_int_equal(xc_database_open(database, "x.db", NULL), XC_OK);
    assert_int_equal(sidecar_key_read(&key, *database, NULL), XC_OK);
    return sidecar_open(out, "x.db", RANKING_CACHE, &key);
}

static void assert_lengths(void)
{
    struct xc_database *database;
    struct xc_statistics statistics;
    struct sidecar cache;
    assert_int_equal(open_cache(&cache, &database), OK);
    assert_true(sidecar_intact(&cache));
    assert_int_equal(xc_database_statistics(&statistics, database, NULL), XC_OK);
    struct span section = sidecar_section(&cache, RANKING_LENGTHS);
    const uint32_t *lengths = (const void *)section.data;
    assert_int_equal(section.length, (statistics.last_docid + 1) * sizeof *lengths);
    uint64_t total = 0;
    for (uint32_t docid = 0; docid <= statistics.last_docid; docid++) {
        uint32_t length = 0;
        if (docid) xc_database_document_length(&length, database, docid, NULL);
        assert_int_equal(lengths[docid], length);
        total += length;
    }
    assert_int_equal(total, statistics.total_length);
    assert_true(total > 0);
    sidecar_close(&cache);
    xc_database_free(database);
}

static void write_documents(int from, int to)
{
    char name[64], text[256];
    for (int i = from; i < to; i++) {
        snprintf(name, sizeof name, "in/f%02d.txt", i);
        snprintf(text, sizeof text, "Title %d\n\n%.*s\n", i, i, "a b c d e f g h i j k l m n o p q r s t u v w x y z");
        write_file(name, text);
    }
}

static void test_caches__hold_the_lengths_after_a_run(void **state)
{
    (void)state;
    write_documents(0, 30);
    assert_int_equal(INDEX("in").status, OK);
    assert_lengths();
}

static void test_caches__follow_updates_and_removals(void **state)
{
    (void)state;
    write_documents(0, 30);
    assert_int_equal(INDEX("in").status, OK);
    write_file("in/f07.txt", "Another title\n\nand other words\n");
    unlink("in/f00.txt");
    unlink("in/f20.txt");
    struct index_options prune = {.prune = true};
    assert_int_equal(INDEX_WITH(prune, "in").report.removed, 2);
    assert_lengths();
}

static void test_caches__are_made_anew_by_compaction(void **state)
{
    (void)state;
    write_documents(0, 30);
    assert_int_equal(INDEX("in").status, OK);
    struct index_sizes sizes;
    assert_int_equal(index_compact(&sizes, "x.db", NULL, NULL, NULL, NULL), OK);
    assert_lengths();
}

static void test_caches__a_missing_one_is_made_by_the_next_run(void **state)
{
    (void)state;
    write_documents(0, 3);
    assert_int_equal(INDEX("in").status, OK);
    assert_int_equal(unlink("x.db/ranking.cache"), 0);
    assert_int_equal(INDEX("in").report.unchanged, 3);
    assert_lengths();
}

static void test_caches__a_good_one_is_left_alone(void **state)
{
    (void)state;
    struct stat before, after;
    write_documents(0, 3);
    assert_int_equal(INDEX("in").status, OK);
    assert_int_equal(stat("x.db/ranking.cache", &before), 0);
    assert_int_equal(caches_build("x.db", NULL), OK);
    assert_int_equal(stat("x.db/ranking.cache", &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
}

static void test_caches__one_that_cannot_be_made_costs_nothing_else(void **state)
{
    (void)state;
    write_documents(0, 3);
    assert_int_equal(INDEX("in").status, OK);
    write_documents(3, 4);
    assert_int_equal(unlink("x.db/ranking.cache"), 0);
    assert_int_equal(mkdir("x.db/ranking.cache", 0755), 0);
    struct index_run run = INDEX("in");
    assert_int_equal(run.status, OK);
    assert_int_equal(run.report.added, 1);
    assert_non_null(strstr(run.notes.text, "searches will be slower: cannot write 'x.db/ranking.cache"));
    assert_int_not_equal(access("x.db/ranking.cache.tmp", F_OK), 0);
    rmdir("x.db/ranking.cache");
}

static void test_caches__know_their_files(void **state)
{
    (void)state;
    assert_true(caches_is_file("ranking.cache"));
    assert_true(caches_is_file("ranking.cache.tmp"));
    assert_false(caches_is_file("ranking.cache.old"));
    assert_false(caches_is_file("settings.cache"));
    assert_false(caches_is_file("ranking"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_caches__hold_the_lengths_after_a_run, folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(test_caches__follow_updates_and_removals, folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(test_caches__are_made_anew_by_compaction, folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(test_caches__a_missing_one_is_made_by_the_next_run, folder_setup,
                                        folder_teardown),
        cmocka_unit_test_setup_teardown(test_caches__a_good_one_is_left_alone, folder_setup, folder_teardown),
        cmocka_unit_test_setup_teardown(test_caches__one_that_cannot_be_made_costs_nothing_else, folder_setup,
                                        folder_teardown),
        cmocka_unit_test(test_caches__know_their_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
