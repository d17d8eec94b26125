/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/globs.h"

#include "fixture.h"

#define PATTERNS(...) ((const char *const[]){__VA_ARGS__}), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)

static bool include(const char *pattern, const char *path)
{
    struct globs globs = {.include = &pattern, .include_count = 1};
    return globs_want(&globs, path);
}

static void test_globs__want_everything_without_patterns(void **state)
{
    (void)state;
    assert_true(globs_want(&(struct globs){0}, "any/thing.pdf"));
    assert_false(globs_leave_out(&(struct globs){0}, "any"));
}

static void test_globs__name_pattern_holds_at_any_depth(void **state)
{
    (void)state;
    assert_true(include("*.pdf", "a.pdf"));
    assert_true(include("*.pdf", "x/y/a.PDF"));
    assert_false(include("*.pdf", "x/y/a.pdf.txt"));
    assert_true(include("drafts", "x/drafts/a.txt"));
    assert_false(include("drafts", "x/drafts2/a.txt"));
    assert_false(include("a*", "x/ba.txt"));
}

static void test_globs__path_pattern_holds_from_the_root(void **state)
{
    (void)state;
    assert_true(include("2014/press", "2014/press/a.txt"));
    assert_false(include("2014/press", "old/2014/press/a.txt"));
    assert_true(include("2014/*.md", "2014/x/y.md"));
    assert_true(include("/2014/", "2014/a.txt"));
    assert_false(include("2014/", "x/2014/a.txt"));
}

static void test_globs__exclude_wins(void **state)
{
    (void)state;
    struct globs globs = {PATTERNS("*.txt"), PATTERNS("drafts", "secret*")};
    assert_true(globs_want(&globs, "a.txt"));
    assert_false(globs_want(&globs, "a.md"));
    assert_false(globs_want(&globs, "drafts/a.txt"));
    assert_false(globs_want(&globs, "x/Secret plan.txt"));
    assert_true(globs_leave_out(&globs, "x/drafts"));
    assert_false(globs_leave_out(&globs, "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_globs__want_everything_without_patterns),
        cmocka_unit_test(test_globs__name_pattern_holds_at_any_depth),
        cmocka_unit_test(test_globs__path_pattern_holds_from_the_root),
        cmocka_unit_test(test_globs__exclude_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
