/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "indexer/filestate.h"

static void test_filestate__comes_back(void **state)
{
    (void)state;
    const struct filestate sample = {.modified = FILESTATE_UNSETTLED,
                                     .size = 1u << 31,
                                     .inode = 77,
                                     .documents = 3,
                                     .skipped = 1,
                                     .language = SPAN("en"),
                                     .relative = SPAN("a/b.txt"),
                                     .path = SPAN("/data/a/b.txt")};
    struct buffer bytes;
    struct filestate back;
    buffer_init(&bytes, 1024);
    assert_int_equal(filestate_encode(&bytes, &sample), OK);
    assert_int_equal(filestate_decode(&back, buffer_span(&bytes)), OK);
    assert_int_equal(back.modified, -1);
    assert_int_equal(back.size, 1u << 31);
    assert_int_equal(back.inode, 77);
    assert_int_equal(back.documents, 3);
    assert_int_equal(back.skipped, 1);
    assert_true(span_equal(back.language, SPAN("en")));
    assert_true(span_equal(back.relative, SPAN("a/b.txt")));
    assert_true(span_equal(back.path, SPAN("/data/a/b.txt")));
    for (size_t length = 0; length < bytes.length; length++)
        assert_int_equal(filestate_decode(&back, span_cut(buffer_span(&bytes), 0, length)), DAMAGED);
    buffer_release(&bytes);
}

static void test_filestate__matches_by_size_time_and_inode(void **state)
{
    (void)state;
    struct stat file = {.st_size = 10, .st_ino = 5, .st_mtim = {.tv_sec = 2, .tv_nsec = 1}};
    struct filestate known = {.modified = 2000000001, .size = 10, .inode = 5};
    assert_true(filestate_matches(&known, &file));
    file.st_size = 11;
    assert_false(filestate_matches(&known, &file));
    file.st_size = 10;
    file.st_ino = 6;
    assert_false(filestate_matches(&known, &file));
    file.st_ino = 5;
    file.st_mtim.tv_nsec = 2;
    assert_false(filestate_matches(&known, &file));
}

static void test_filestate__under_is_by_whole_names(void **state)
{
    (void)state;
    assert_true(path_is_under(SPAN("/a/b"), SPAN("/a")));
    assert_true(path_is_under(SPAN("/a"), SPAN("/a")));
    assert_true(path_is_under(SPAN("/a"), SPAN("/")));
    assert_false(path_is_under(SPAN("/ab"), SPAN("/a")));
    assert_false(path_is_under(SPAN("/"), SPAN("/a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filestate__comes_back),
        cmocka_unit_test(test_filestate__matches_by_size_time_and_inode),
        cmocka_unit_test(test_filestate__under_is_by_whole_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
