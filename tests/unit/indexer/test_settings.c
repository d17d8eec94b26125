/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/settings.h"

#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void assert_refused(const char *content, const char *message)
{
    struct settings settings;
    struct error error = {0};
    bool found;
    write_file("x.db.conf", content);
    assert_int_equal(settings_read(&settings, &found, "x.db", &error), INVALID);
    assert_string_equal(error.message, message);
    settings_release(&settings);
}

static void test_settings__none_is_fine(void **state)
{
    (void)state;
    struct settings settings;
    struct error error = {0};
    bool found = true;
    assert_int_equal(settings_read(&settings, &found, "none.db", &error), OK);
    assert_false(found);
    assert_int_equal(settings.paths.count, 0);
    settings_release(&settings);
}

static void test_settings__read_every_key(void **state)
{
    (void)state;
    struct settings settings;
    struct error error = {0};
    bool found;
    setenv("HOME", "/home/reader", 1);
    write_file("sub/x.db.conf", "# a comment\n\n path =  in one \npath=/abs\npath = ~/texts\ninclude = *.pdf\n"
                                "exclude = drafts\nexclude = tmp/*\nlanguage = de\nnames = lists\ntag = no\njobs = 3\n"
                                "prune = YES\r\n");
    assert_int_equal(settings_read(&settings, &found, "sub/x.db/", &error), OK);
    assert_true(found);
    assert_int_equal(settings.paths.count, 3);
    assert_string_equal(settings.paths.items[0], "sub/in one");
    assert_string_equal(settings.paths.items[1], "/abs");
    assert_string_equal(settings.paths.items[2], "/home/reader/texts");
    assert_int_equal(settings.include.count, 1);
    assert_string_equal(settings.include.items[0], "*.pdf");
    assert_int_equal(settings.exclude.count, 2);
    assert_string_equal(settings.exclude.items[1], "tmp/*");
    assert_string_equal(settings.language, "de");
    assert_string_equal(settings.names, "sub/lists");
    assert_int_equal(settings.jobs, 3);
    assert_true(settings.no_tag);
    assert_true(settings.prune);
    settings_release(&settings);
}

static void test_settings__errors_name_line_and_cure(void **state)
{
    (void)state;
    assert_refused("path = a\npath\n", "x.db.conf:2: 'key = value' is expected, not 'path'");
    assert_refused("colour = red\n", "x.db.conf:1: unknown key 'colour' (there are path, include, exclude, language, "
                                     "names, tag, jobs, prune)");
    assert_refused("jobs = 65\n", "x.db.conf:1: a number from 1 to 64 is expected, not '65'");
    assert_refused("jobs = 99999999999999999999\n",
                   "x.db.conf:1: a number from 1 to 64 is expected, not '99999999999999999999'");
    assert_refused("prune = maybe\n", "x.db.conf:1: yes or no is expected, not 'maybe'");
    assert_refused("path =\n", "x.db.conf:1: no value for 'path'");
}

static void test_settings__written_ones_read_the_same(void **state)
{
    (void)state;
    struct settings read;
    struct error error = {0};
    bool found;
    const char *paths[] = {"in"}, *exclude[] = {"*.tmp", "drafts"};
    write_file("in/a.txt", "a");
    struct settings settings = {.paths = {paths, 1}, .exclude = {exclude, 2}, .language = "fr", .prune = true};
    assert_int_equal(settings_write(&settings, "x.db", &error), OK);
    assert_int_equal(settings_read(&read, &found, "x.db", &error), OK);
    char *whole = realpath("in", NULL);
    assert_int_equal(read.paths.count, 1);
    assert_string_equal(read.paths.items[0], whole);
    assert_int_equal(read.exclude.count, 2);
    assert_string_equal(read.exclude.items[0], "*.tmp");
    assert_int_equal(read.include.count, 0);
    assert_string_equal(read.language, "fr");
    assert_null(read.names);
    assert_true(read.prune);
    assert_false(read.no_tag);
    free(whole);
    settings_release(&read);
}

static void test_settings__a_failed_write_keeps_the_old_ones(void **state)
{
    (void)state;
    struct error error = {0};
    const char *paths[] = {"nowhere"};
    struct settings settings = {.paths = {paths, 1}};
    write_file("x.db.conf", "path = old\n");
    assert_int_equal(settings_write(&settings, "x.db", &error), IO);
    struct settings read;
    bool found;
    assert_int_equal(settings_read(&read, &found, "x.db", &error), OK);
    assert_string_equal(read.paths.items[0], "old");
    settings_release(&read);
    assert_int_not_equal(access("x.db.conf.new", F_OK), 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_settings__none_is_fine),
        IN_FOLDER(test_settings__read_every_key),
        IN_FOLDER(test_settings__errors_name_line_and_cure),
        IN_FOLDER(test_settings__written_ones_read_the_same),
        IN_FOLDER(test_settings__a_failed_write_keeps_the_old_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
