/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* What the walk reported, a line each: "file RELATIVE" or "skip RELATIVE: REASON". */
struct report {
    const char *folder;
    struct buffer lines;
    size_t files;
    bool stop;
};

static enum status on_file(void *context, const struct source_file *file)
{
    struct report *report = context;
    report->files++;
    if (report->stop) return STOPPED;
    assert_int_equal(access(file->path, F_OK), 0);
    return buffer_printf(&report->lines, "file %s\n", file->relative);
}

static enum status on_skipped(void *context, const char *path, const char *reason)
{
    struct report *report = context;
    size_t prefix = strlen(report->folder);
    if (strncmp(path, report->folder, prefix) == 0) path += prefix;
    return buffer_printf(&report->lines, "skip %s: %s\n", path, reason);
}

static void assert_walks(const char *path, const char *folder, const char *expected)
{
    struct report report = {.folder = folder};
    buffer_init(&report.lines, 1 << 20);
    struct source_visitor visitor = {.file = on_file, .skipped = on_skipped, .context = &report};
    struct error error = {0};
    if (source_walk(path, &visitor, &error) != OK) fail_msg("%s", error.message);
    assert_string_equal(report.lines.data ? report.lines.data : "", expected);
    buffer_release(&report.lines);
}

static char *join(const char *folder, const char *name)
{
    static char path[4][700];
    static int next;
    char *out = path[next++ % 4];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static void add(const char *folder, const char *name)
{
    free(file_write(folder, name, "Text", 4));
}

static void add_folder(const char *folder, const char *name)
{
    assert_int_equal(mkdir(join(folder, name), 0700), 0);
}

static void test_walk__visits_files_in_byte_order_of_their_paths(void **state)
{
    const char *folder = *state;
    add_folder(folder, "a");
    static const char *const names[] = {"b.txt", "a/z", "a.txt", "a-b", "a0", "B", "é"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) add(folder, names[i]);
    assert_walks(folder, folder, "file B\nfile a-b\nfile a.txt\nfile a/z\nfile a0\nfile b.txt\nfile é\n");
}

static void test_walk__leaves_out_hidden_files_and_indexes(void **state)
{
    const char *folder = *state;
    add(folder, ".hidden");
    add_folder(folder, ".git");
    add(folder, ".git/config");
    add_folder(folder, "x.db");
    add(folder, "x.db/iamglass");
    add(folder, "x.db/postlist.glass");
    add(folder, "seen");
    assert_walks(folder, folder, "file seen\n");
    assert_walks(join(folder, ".git"), folder, "file config\n");
    assert_walks(join(folder, "x.db"), folder, "skip /x.db: an index, not a folder of documents\n");
}

static void test_walk__reports_what_it_does_not_open(void **state)
{
    const char *folder = *state;
    assert_int_equal(mkfifo(join(folder, "pipe"), 0600), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%.90s/socket", folder);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    assert_walks(folder, folder, "skip /pipe: a named pipe, not a file\nskip /socket: a socket, not a file\n");
    assert_walks("/dev/null", "", "skip /dev/null: a device, not a file\n");
}

static void test_walk__follows_no_link_but_the_root(void **state)
{
    const char *folder = *state;
    add_folder(folder, "tree");
    add(folder, "tree/a");
    assert_int_equal(symlink("a", join(folder, "tree/file")), 0);
    assert_int_equal(symlink("..", join(folder, "tree/loop")), 0);
    assert_int_equal(symlink("/etc/passwd", join(folder, "tree/out")), 0);
    assert_int_equal(symlink("nowhere", join(folder, "tree/broken")), 0);
    assert_int_equal(symlink("tree", join(folder, "root")), 0);
    const char *expected = "file a\n"
                           "skip /root/broken: a link: links are not followed (name its target instead)\n"
                           "skip /root/file: a link: links are not followed (name its target instead)\n"
                           "skip /root/loop: a link: links are not followed (name its target instead)\n"
                           "skip /root/out: a link: links are not followed (name its target instead)\n";
    assert_walks(join(folder, "root"), folder, expected);
}

static void test_walk__takes_roots_as_they_are_written(void **state)
{
    const char *folder = *state;
    add(folder, "a.txt");
    char slashed[700];
    snprintf(slashed, sizeof slashed, "%s/", folder);
    assert_walks(slashed, folder, "file a.txt\n");
    char expected[800];
    snprintf(expected, sizeof expected, "file %s/a.txt\n", folder);
    assert_walks(join(folder, "a.txt"), folder, expected);
}

static void test_walk__finds_nothing_in_an_empty_folder(void **state)
{
    assert_walks(*state, *state, "");
}

static void test_walk__says_when_nothing_is_there(void **state)
{
    struct source_visitor visitor = {0};
    struct error error;
    assert_int_equal(source_walk(join(*state, "none"), &visitor, &error), NOT_FOUND);
    assert_non_null(strstr(error.message, "none': No such file or directory"));
    assert_int_equal(source_walk("", &visitor, &error), NOT_FOUND);
}

static void test_walk__reports_folders_it_may_not_open(void **state)
{
    if (geteuid() == 0) skip(); /* root may open everything */
    add_folder(*state, "closed");
    assert_int_equal(chmod(join(*state, "closed"), 0), 0);
    assert_walks(*state, *state, "skip /closed: cannot open the folder: Permission denied\n");
}

static void test_walk__keeps_the_bytes_of_odd_names(void **state)
{
    add(*state, "new\nline");
    add(*state, "\xFF\xFE");
    add(*state, "-");
    add(*state, "a  b ");
    assert_walks(*state, *state, "file -\nfile a  b \nfile new\nline\nfile \xFF\xFE\n");
}

static void test_walk__stops_at_its_depth(void **state)
{
    char path[700];
    size_t length = (size_t)snprintf(path, sizeof path, "%s", (char *)*state);
    for (int i = 0; i < SOURCE_DEPTH_MAX + 1; i++) {
        length += (size_t)snprintf(path + length, sizeof path - length, "/d");
        assert_int_equal(mkdir(path, 0700), 0);
    }
    struct report report = {.folder = *state};
    buffer_init(&report.lines, 1 << 20);
    struct source_visitor visitor = {.file = on_file, .skipped = on_skipped, .context = &report};
    assert_int_equal(source_walk(*state, &visitor, NULL), OK);
    assert_non_null(strstr(report.lines.data, "more folders inside folders than are followed"));
    buffer_release(&report.lines);
}

static void test_walk__takes_a_dash_for_standard_input(void **state)
{
    (void)state;
    assert_int_equal(chdir("/"), 0);
    struct report report = {.folder = "", .stop = true};
    struct source_visitor visitor = {.file = on_file, .context = &report};
    assert_int_equal(source_walk("-", &visitor, NULL), STOPPED);
    assert_int_equal(report.files, 1);
}

static void test_walk__ends_when_the_visitor_says_so(void **state)
{
    add(*state, "a");
    add(*state, "b");
    struct report report = {.folder = *state, .stop = true};
    struct source_visitor visitor = {.file = on_file, .context = &report};
    assert_int_equal(source_walk(*state, &visitor, NULL), STOPPED);
    assert_int_equal(report.files, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_walk__visits_files_in_byte_order_of_their_paths),
        TEST(test_walk__leaves_out_hidden_files_and_indexes),
        TEST(test_walk__reports_what_it_does_not_open),
        TEST(test_walk__follows_no_link_but_the_root),
        TEST(test_walk__takes_roots_as_they_are_written),
        TEST(test_walk__finds_nothing_in_an_empty_folder),
        TEST(test_walk__says_when_nothing_is_there),
        TEST(test_walk__reports_folders_it_may_not_open),
        TEST(test_walk__keeps_the_bytes_of_odd_names),
        TEST(test_walk__stops_at_its_depth),
        TEST(test_walk__takes_a_dash_for_standard_input),
        TEST(test_walk__ends_when_the_visitor_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
