/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void assert_refused(struct caught *caught, enum status status, const char *reason)
{
    assert_int_equal(caught->status, status);
    assert_int_equal(caught->documents, 0);
    if (!strstr(caught->error.message, reason)) fail_msg("'%s' lacks '%s'", caught->error.message, reason);
    caught_release(caught);
}

static void test_source__refuses_what_is_not_text(void **state)
{
    assert_refused(read_bytes(*state, "a.txt",
                              "\x7F"
                              "ELF\2\1\1\0\0",
                              9),
                   UNSUPPORTED, "a program, not text");
    assert_refused(read_bytes(*state, "a.html", "%PDF-1.4", 8), INVALID, "a broken PDF");
    assert_refused(read_bytes(*state, "a.jsonl", "\x1F\x8B\x08\0", 4), UNSUPPORTED, "binary data, not text");
    assert_refused(read_bytes(*state, "a.md", "text\0text", 9), UNSUPPORTED, "binary data, not text");
    assert_refused(read_bytes(*state, "a.txt", "\x89PNG\r\n\x1A\n", 8), UNSUPPORTED, "a PNG picture, not text (--ocr");
}

static void test_source__refuses_an_empty_file(void **state)
{
    assert_refused(read_bytes(*state, "a.txt", "", 0), UNSUPPORTED, "is empty");
}

static void test_source__refuses_a_file_without_text(void **state)
{
    assert_refused(read_bytes(*state, "a.txt", " \n\t\n", 4), UNSUPPORTED, "has no text");
    assert_refused(read_bytes(*state, "a.txt", "\xEF\xBB\xBF", 3), UNSUPPORTED, "has no text");
    assert_refused(read_bytes(*state, "a.html", "\xFF\xFE", 2), UNSUPPORTED, "holds no web page");
    assert_refused(read_bytes(*state, "a.html", "<p></p>", 7), UNSUPPORTED, "has no text");
}

static void test_source__refuses_a_missing_file(void **state)
{
    (void)state;
    assert_refused(read_path("/nonexistent/a.txt", "a.txt"), IO, "cannot open '/nonexistent/a.txt': No such file");
}

static void test_source__refuses_links_pipes_and_folders(void **state)
{
    char path[600];
    free(file_write(*state, "a.txt", "Text", 4));
    snprintf(path, sizeof path, "%s/link.txt", (char *)*state);
    assert_int_equal(symlink("a.txt", path), 0);
    assert_refused(read_path(path, "link.txt"), UNSUPPORTED, "is a link");
    snprintf(path, sizeof path, "%s/pipe.txt", (char *)*state);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(read_path(path, "pipe.txt"), UNSUPPORTED, "is a named pipe, not a file");
    assert_refused(read_path(*state, "folder"), UNSUPPORTED, "is a folder, not a file");
    assert_refused(read_path("/dev/zero", "zero"), UNSUPPORTED, "is a device, not a file");
}

static void test_source__follows_a_link_that_was_named(void **state)
{
    char path[600];
    free(file_write(*state, "a.txt", "Text", 4));
    snprintf(path, sizeof path, "%s/link.txt", (char *)*state);
    assert_int_equal(symlink("a.txt", path), 0);
    struct source_file file = {.path = path, .relative = path, .named = true};
    struct source_sink sink = {0};
    assert_int_equal(source_read(NULL, &file, &sink, NULL), OK);
}

/* A file of zeros that takes no room on the disk. */
static char *sparse_file(const char *folder, const char *name, const char *start, off_t size)
{
    char *path = file_write(folder, name, start, strlen(start));
    assert_int_equal(truncate(path, size), 0);
    return path;
}

static void test_source__refuses_huge_files_without_reading_them(void **state)
{
    static char text[5000];
    memset(text, 'x', sizeof text - 1); /* so that it begins as text does */
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    static const char *const names[] = {"a.txt", "a.md", "a.html"};
    for (size_t i = 0; i < 3; i++) {
        char *path = sparse_file(*state, names[i], text, (off_t)10 << 30);
        assert_refused(read_path(path, names[i]), LIMIT, "has 10240 MB, more than the 256 MB");
        free(path);
    }
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024); /* kB */
}

static void test_source__streams_past_zeros_in_records(void **state)
{
    char start[6000] = "{\"text\": \"first\"}\n{\"text\": \"";
    size_t length = strlen(start);
    memset(start + length, 'x', sizeof start - 1 - length);
    char *path = sparse_file(*state, "a.jsonl", start, (off_t)200 << 20);
    struct caught *caught = read_path(path, "a.jsonl");
    assert_int_equal(caught->status, OK);
    assert_int_equal(caught->documents, 1);
    assert_int_equal(caught->bad, 1);
    caught_release(caught);
    free(path);
}

static void test_source__writes_ids_that_stay_apart(void **state)
{
    struct caught *caught = read_bytes(*state, "new\nline \xFF.txt", "Text", 4);
    assert_int_equal(caught->status, OK);
    assert_string_equal(caught->field[0][FIELD_ID], "new%0Aline %FF.txt");
    caught_release(caught);
}

static void test_source__names_each_row_of_the_table_once(void **state)
{
    (void)state;
    for (const struct reader *a = source_readers; a->type; a++)
        for (const struct reader *b = a + 1; b->type; b++) assert_string_not_equal(a->type, b->type);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_source__refuses_what_is_not_text),
        TEST(test_source__refuses_an_empty_file),
        TEST(test_source__refuses_a_file_without_text),
        TEST(test_source__refuses_a_missing_file),
        TEST(test_source__refuses_links_pipes_and_folders),
        TEST(test_source__follows_a_link_that_was_named),
        TEST(test_source__refuses_huge_files_without_reading_them),
        TEST(test_source__streams_past_zeros_in_records),
        TEST(test_source__writes_ids_that_stay_apart),
        TEST(test_source__names_each_row_of_the_table_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
