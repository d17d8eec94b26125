/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/sidecar/sidecar.h"

/* cmocka.h wants these before it. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct sidecar_key key = {
    .uuid = "12345678-1234-1234-1234-123456789abc", .revision = 7, .documents = 3, .last_docid = 4, .total_length = 99};

static int setup(void **state)
{
    char *folder = strdup("/tmp/dossier-sidecar-XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder);
}

static int teardown(void **state)
{
    unlink("a.cache");
    unlink("a.cache.tmp");
    int failed = chdir("/") || rmdir(*state);
    free(*state);
    return failed;
}

static void write_cache(const struct sidecar_key *of, const char *first, const char *second)
{
    struct sidecar_writer *writer;
    assert_int_equal(sidecar_create(&writer, ".", "a", NULL), OK);
    assert_int_equal(sidecar_begin(writer, "first", NULL), OK);
    for (const char *at = first; *at; at++) assert_int_equal(sidecar_append(writer, at, 1, NULL), OK);
    assert_int_equal(sidecar_begin(writer, "eight888", NULL), OK);
    assert_int_equal(sidecar_append(writer, second, strlen(second), NULL), OK);
    assert_int_equal(sidecar_finish(writer, of, NULL), OK);
}

static void assert_section(const struct sidecar *sidecar, const char *name, const char *content)
{
    struct span found = sidecar_section(sidecar, name);
    assert_int_equal(found.length, strlen(content));
    assert_memory_equal(found.data, content, found.length);
    assert_int_equal((uintptr_t)found.data % SIDECAR_ALIGNMENT, 0);
}

static void test_sidecar__gives_back_what_was_written(void **state)
{
    (void)state;
    struct sidecar sidecar;
    write_cache(&key, "of some bytes", "");
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), OK);
    assert_section(&sidecar, "first", "of some bytes");
    assert_section(&sidecar, "eight888", "");
    assert_null(sidecar_section(&sidecar, "firs").data);
    assert_null(sidecar_section(&sidecar, "third").data);
    assert_true(sidecar_intact(&sidecar));
    sidecar_close(&sidecar);
    assert_null(sidecar_section(&sidecar, "first").data);
    assert_false(sidecar_intact(&sidecar));
}

static void test_sidecar__a_new_one_takes_the_place_of_the_old(void **state)
{
    (void)state;
    struct sidecar old, fresh;
    struct sidecar_key next = key;
    next.revision++;
    write_cache(&key, "old", "x");
    assert_int_equal(sidecar_open(&old, ".", "a", &key), OK);
    write_cache(&next, "new", "y");
    assert_int_equal(sidecar_open(&fresh, ".", "a", &next), OK);
    assert_section(&old, "first", "old"); /* who has it open keeps it */
    assert_section(&fresh, "first", "new");
    sidecar_close(&old);
    sidecar_close(&fresh);
    assert_int_equal(sidecar_open(&old, ".", "a", &key), NOT_FOUND);
}

static void test_sidecar__serves_its_own_state_alone(void **state)
{
    (void)state;
    struct sidecar sidecar;
    write_cache(&key, "first", "second");
    struct sidecar_key others[] = {key, key, key, key, key};
    others[0].uuid[35] = 'd';
    others[1].revision = 8;
    others[2].documents = 4;
    others[3].last_docid = 5;
    others[4].total_length = 98;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(sidecar_open(&sidecar, ".", "a", &others[i]), NOT_FOUND);
    assert_int_equal(sidecar_open(&sidecar, ".", "b", &key), NOT_FOUND);
    assert_int_equal(sidecar_open(&sidecar, "./nowhere", "a", &key), NOT_FOUND);
}

/* Reads the file, changes it, puts it back. */
static void patch(long at, char byte)
{
    FILE *file = fopen("a.cache", "r+b");
    assert_non_null(file);
    fseek(file, at, SEEK_SET);
    int old = getc(file);
    fseek(file, at, SEEK_SET);
    putc(old ^ byte, file);
    fclose(file);
}

static void test_sidecar__a_damaged_head_is_not_there(void **state)
{
    (void)state;
    struct sidecar sidecar;
    for (long at = 0; at < 128 + 2 * 32; at++) {
        write_cache(&key, "first", "second");
        patch(at, 0x10);
        assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), NOT_FOUND);
        assert_null(sidecar.bytes);
    }
}

static void test_sidecar__damaged_content_shows_when_asked(void **state)
{
    (void)state;
    struct sidecar sidecar;
    write_cache(&key, "first", "second");
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), OK);
    long at = sidecar_section(&sidecar, "eight888").data - sidecar.bytes;
    assert_true(sidecar_intact(&sidecar));
    sidecar_close(&sidecar);
    patch(at + 5, 1);
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), OK);
    assert_false(sidecar_intact(&sidecar));
    sidecar_close(&sidecar);
}

static void test_sidecar__a_cut_file_is_not_there(void **state)
{
    (void)state;
    struct sidecar sidecar;
    struct stat found;
    write_cache(&key, "first", "second");
    assert_int_equal(stat("a.cache", &found), 0);
    for (off_t size = found.st_size - 1; size >= 0; size -= 37) {
        assert_int_equal(truncate("a.cache", size), 0);
        assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), NOT_FOUND);
    }
}

static void test_sidecar__other_things_in_its_place_are_not_it(void **state)
{
    (void)state;
    struct sidecar sidecar;
    unlink("a.cache");
    assert_int_equal(mkfifo("a.cache", 0600), 0);
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), NOT_FOUND);
    unlink("a.cache");
    assert_int_equal(mkdir("a.cache", 0700), 0);
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), NOT_FOUND);
    rmdir("a.cache");
}

static void test_sidecar__a_discarded_one_leaves_nothing(void **state)
{
    (void)state;
    struct sidecar_writer *writer;
    unlink("a.cache");
    assert_int_equal(sidecar_create(&writer, ".", "a", NULL), OK);
    assert_int_equal(sidecar_begin(writer, "first", NULL), OK);
    assert_int_equal(sidecar_append(writer, "x", 1, NULL), OK);
    sidecar_discard(writer);
    sidecar_discard(NULL);
    assert_int_not_equal(access("a.cache", F_OK), 0);
    assert_int_not_equal(access("a.cache.tmp", F_OK), 0);
}

static void test_sidecar__outlives_one_that_was_killed(void **state)
{
    (void)state;
    struct sidecar sidecar;
    fclose(fopen("a.cache.tmp", "w"));
    write_cache(&key, "first", "second");
    assert_int_equal(sidecar_open(&sidecar, ".", "a", &key), OK);
    sidecar_close(&sidecar);
    assert_int_not_equal(access("a.cache.tmp", F_OK), 0);
}

static void test_sidecar__says_where_it_cannot_write(void **state)
{
    (void)state;
    struct sidecar_writer *writer;
    struct error error = {0};
    assert_int_equal(sidecar_create(&writer, "./nowhere", "a", &error), IO);
    assert_non_null(strstr(error.message, "cannot write './nowhere/a.cache.tmp': No such file or directory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sidecar__gives_back_what_was_written),
        cmocka_unit_test(test_sidecar__a_new_one_takes_the_place_of_the_old),
        cmocka_unit_test(test_sidecar__serves_its_own_state_alone),
        cmocka_unit_test(test_sidecar__a_damaged_head_is_not_there),
        cmocka_unit_test(test_sidecar__damaged_content_shows_when_asked),
        cmocka_unit_test(test_sidecar__a_cut_file_is_not_there),
        cmocka_unit_test(test_sidecar__other_things_in_its_place_are_not_it),
        cmocka_unit_test(test_sidecar__a_discarded_one_leaves_nothing),
        cmocka_unit_test(test_sidecar__outlives_one_that_was_killed),
        cmocka_unit_test(test_sidecar__says_where_it_cannot_write),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
