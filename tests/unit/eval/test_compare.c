/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static const char QRELS[] = "1 0 a 1\n2 0 a 1\n3 0 a 1\n4 0 a 1\n5 0 a 1\n6 0 a 1\n";
/* the relevant document at rank 1, 2, 2, 4, and topics 5 and 6 missing */
static const char BASE[] = "1 Q0 a 1 9 base\n2 Q0 x 1 9 base\n2 Q0 a 2 8 base\n3 Q0 x 1 9 base\n3 Q0 a 2 8 base\n"
                           "4 Q0 x 1 9 base\n4 Q0 y 1 8 base\n4 Q0 z 1 7 base\n4 Q0 a 1 6 base\n";
/* at rank 1, 1, 2, 2, 1 */
static const char NEW[] = "1 Q0 a 1 9 n|w\n2 Q0 a 1 9 n|w\n3 Q0 x 1 9 n|w\n3 Q0 a 1 8 n|w\n4 Q0 x 1 9 n|w\n"
                          "4 Q0 a 1 8 n|w\n5 Q0 a 1 9 n|w\n";
static const char TOPICS[] = "2\twhat is <b>bold</b> & new?\n5\tfive\n";

struct fixture {
    char folder[40];
    char paths[6][64]; /* judgements, base, new, base again, topics, page */
};

static const char *const NAMES[6] = {"q", "base", "new", "again", "topics", "page.html"};

static int set_up(void **state)
{
    static struct fixture fixture;
    const char *const texts[] = {QRELS, BASE, NEW, BASE, TOPICS};
    strcpy(fixture.folder, "/tmp/dossier-compare-XXXXXX");
    if (!mkdtemp(fixture.folder)) return -1;
    for (int i = 0; i < 6; i++) {
        char path[sizeof *fixture.paths];
        snprintf(path, sizeof path, "%s/%s", fixture.folder, NAMES[i]);
        strcpy(fixture.paths[i], path);
        if (i == 5) continue;
        FILE *file = fopen(fixture.paths[i], "w");
        if (!file) return -1;
        fputs(texts[i], file);
        fclose(file);
    }
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 6; i++) unlink(fixture->paths[i]);
    return rmdir(fixture->folder);
}

/* Runs the command with words where q, b, n, a, t and h stand for the files. */
static char *run(struct fixture *fixture, const char *words, int expected_status)
{
    char copy[300], *argv[30] = {"compare"}, *text;
    static const char letters[] = "qbnath";
    size_t length;
    int argc = 1, exit_status;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] =
            word[1] == '\0' && strchr(letters, word[0]) ? fixture->paths[strchr(letters, word[0]) - letters] : word;
    FILE *out = open_memstream(&text, &length);
    compare_main(argc, argv, out, out, &exit_status);
    fclose(out);
    assert_int_equal(exit_status, expected_status);
    return text;
}

static void expect(struct fixture *fixture, const char *words, int status, const char *part)
{
    char *text = run(fixture, words, status);
    if (!strstr(text, part)) {
        print_error("'%s' is not in:\n%s\n", part, text);
        fail();
    }
    free(text);
}

static void test_compare__counts_a_missing_topic_as_no_result(void **state)
{
    /* reciprocal ranks 1 .5 .5 .25 0 against 1 1 .5 .5 1; topic 6 is in no run */
    expect(*state, "-m recip_rank --moved 0 q b n", 0,
           "5 topics (1 judged one is not in any of the runs); 1 missing from base and counted without results\n"
           "\nrecip_rank\n  0.4500  base  (baseline)\n  0.8000  n|w\n    difference +0.3500  [");
    expect(*state, "-m recip_rank --moved 0 q b n", 0, "  wins 3, ties 2, losses 0\n");
}

static void test_compare__common_leaves_such_topics_out(void **state)
{
    expect(*state, "-m recip_rank --common --moved 0 q b n", 0,
           "4 topics (2 judged ones are not in all of the runs)\n"
           "\nrecip_rank\n  0.5625  base  (baseline)\n  0.7500  n|w\n    difference +0.1875  [");
}

static void test_compare__tests_are_those_of_the_differences(void **state)
{
    /* differences 0 .5 0 .25 1: t = 1.870829 with 4 degrees of freedom (R: p = 0.1347019); of 32 assignments of signs
     * 8 are as extreme; V = 6 (R: p = 0.1814) */
    expect(*state, "-m recip_rank q b n", 0, "    p  t-test 0.1347, Wilcoxon 0.1814, randomisation 0.2500\n");
    expect(*state, "-m recip_rank --format json q b n", 0, "\"randomisation\": {\"exact\": true, \"p\": 0.25, ");
}

static void test_compare__shows_the_topics_that_moved_most(void **state)
{
    expect(*state, "-m recip_rank --topics t --moved 2 q b n", 0,
           "    +1.0000  5  five\n    +0.5000  2  what is <b>bold</b> & new?\n");
    expect(*state, "-m recip_rank --topics t --moved 2 --format md q b n", 0,
           "| +0.5000 | 2 | what is \\<b>bold\\</b> & new? |\n");
}

static void test_compare__corrects_over_the_runs(void **state)
{
    expect(*state, "-m recip_rank q b n a", 0, "t-test 0.1347 (0.2694), ");
    expect(*state, "-m recip_rank q b n a", 0, "t-test 1.0000 (1.0000), ");
    /* two runs with one tag are told apart by their files */
    expect(*state, "-m recip_rank q b n a", 0, "  0.4500  base (again)\n");
}

static void test_compare__the_same_seed_gives_the_same_page(void **state)
{
    struct fixture *fixture = *state;
    char *first = run(fixture, "-m map --format json --seed 3 q b n", 0);
    char *second = run(fixture, "-m map --format json --seed 3 q b n", 0);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void test_compare__page_is_escaped_and_whole(void **state)
{
    struct fixture *fixture = *state;
    free(run(fixture, "-m map -m P.1 --topics t --html h q b n", 0));
    FILE *file = fopen(fixture->paths[5], "r");
    assert_non_null(file);
    char *page = NULL;
    size_t room = 0;
    assert_true(getdelim(&page, &room, EOF, file) > 0);
    fclose(file);
    assert_null(strstr(page, "<b>bold"));
    assert_non_null(strstr(page, "what is &lt;b&gt;bold&lt;/b&gt; &amp; new?"));
    assert_null(strstr(page, "http")); /* nothing from outside */
    assert_null(strstr(page, "<script"));
    assert_non_null(strstr(page, "prefers-color-scheme:dark"));
    size_t plots = 0, ends = 0;
    for (const char *at = page; (at = strstr(at, "<svg viewBox")); at++) plots++;
    for (const char *at = page; (at = strstr(at, "</svg>")); at++) ends++;
    assert_int_equal(plots, 5); /* two measures with differences and a distribution each, and the curves */
    assert_int_equal(ends, 5);
    assert_non_null(strstr(page, "</html>\n"));
    free(page);
}

static void test_compare__json_can_be_read(void **state)
{
    expect(*state, "-m map --format json q b n", 0,
           "\"by_topic\": {\"1\": 1, \"2\": 0.5, \"3\": 0.5, \"4\": 0.25, \"5\": 0}");
}

static void test_compare__says_what_is_wrong(void **state)
{
    expect(*state, "q b", 2, "dossier compare: needs judgements and from 2 to 50 runs\nusage: dossier compare");
    expect(*state, "-m num_rel q b n", 2, "none of the measures is a mean over topics that runs can be compared by\n");
    expect(*state, "-m nothing q b n", 2, "there is no measure 'nothing'");
    expect(*state, "--format pdf q b n", 2, "there is no format 'pdf'; choose text, md or json\n");
    expect(*state, "--samples 1 q b n", 2, "option --samples needs a whole number from 100 to 100000000, not '1'\n");
    expect(*state, "q b no-such-run", 4, "cannot open 'no-such-run': No such file or directory\n");
    expect(*state, "q - -", 2, "standard input can be read only once\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare__counts_a_missing_topic_as_no_result),
        cmocka_unit_test(test_compare__common_leaves_such_topics_out),
        cmocka_unit_test(test_compare__tests_are_those_of_the_differences),
        cmocka_unit_test(test_compare__shows_the_topics_that_moved_most),
        cmocka_unit_test(test_compare__corrects_over_the_runs),
        cmocka_unit_test(test_compare__the_same_seed_gives_the_same_page),
        cmocka_unit_test(test_compare__page_is_escaped_and_whole),
        cmocka_unit_test(test_compare__json_can_be_read),
        cmocka_unit_test(test_compare__says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
