/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/scorer.h"
#include "support.h"

static char path[40];

static void write_qrels(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(path, "/tmp/dossier-scorer-XXXXXX");
    int descriptor = mkstemp(path);
    return descriptor < 0 || close(descriptor) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static void read_topics(struct topics *topics, const char *text)
{
    struct lines *lines;
    assert_int_equal(lines_open_memory(&lines, "topics", span_of(text), NULL), OK);
    assert_int_equal(topics_read_lines(topics, lines, TOPIC_TITLE, NULL, NULL, NULL), OK);
    lines_close(lines);
}

static const char QRELS[] = "1 0 a 1\n2 0 a 1\n10 0 a 1\n";
static const char TOPICS[] = "10\tten\n7\tunjudged\n1\tone\n2\ttwo\n";

static void test_scorer__gives_judged_topics_in_the_order_of_their_file(void **state)
{
    (void)state;
    struct topics topics;
    struct scorer *scorer;
    double scores[3];
    write_qrels(QRELS);
    read_topics(&topics, TOPICS);
    assert_int_equal(scorer_new(&scorer, path, &topics, "recip_rank", NULL), OK);
    assert_int_equal(scorer_count(scorer), 3);
    assert_true(span_equal(scorer_topic(scorer, 0)->name, SPAN("10")));
    assert_string_equal(scorer_measure(scorer), "recip_rank");
    struct span run = SPAN("1 Q0 a 1 9 x\n10 Q0 b 1 9 x\n10 Q0 a 2 8 x\n7 Q0 a 1 9 x\n");
    assert_int_equal(scorer_score(scorer, run, scores, NULL), OK);
    assert_close(scores[0], 0.5, 0);
    assert_close(scores[1], 1, 0);
    assert_close(scores[2], 0, 0); /* not in the run */
    assert_int_equal(scorer_score(scorer, SPAN(""), scores, NULL), OK);
    assert_close(scores[1], 0, 0);
    scorer_free(scorer);
    topics_release(&topics);
}

static void test_scorer__takes_one_mean_only(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"P", "'P' stands for 9 values; name one, such as ndcg_cut.10"},
        {"num_rel", "'num_rel' is no mean over topics; name one that is, such as ndcg_cut.10"},
        {"runid", "'runid' is no mean over topics; name one that is, such as ndcg_cut.10"},
        {"prefs_simp", "'prefs_simp' is no mean over topics; name one that is, such as ndcg_cut.10"},
    };
    struct topics topics;
    struct scorer *scorer;
    write_qrels(QRELS);
    read_topics(&topics, TOPICS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        assert_int_equal(scorer_new(&scorer, path, &topics, rows[i][0], &error), INVALID);
        assert_string_equal(error.message, rows[i][1]);
    }
    topics_release(&topics);
}

static void test_scorer__refuses_topics_that_nobody_judged(void **state)
{
    (void)state;
    struct topics topics;
    struct scorer *scorer;
    struct error error = {0};
    write_qrels("9 0 a 1\n");
    read_topics(&topics, TOPICS);
    assert_int_equal(scorer_new(&scorer, path, &topics, "map", &error), INVALID);
    assert_non_null(strstr(error.message, "have no topic in common"));
    topics_release(&topics);
}

static uint64_t fingerprint(const char *qrels, const char *topic_lines)
{
    struct topics topics;
    struct scorer *scorer;
    write_qrels(qrels);
    read_topics(&topics, topic_lines);
    assert_int_equal(scorer_new(&scorer, path, &topics, "map", NULL), OK);
    uint64_t fingerprint = scorer_fingerprint(scorer);
    scorer_free(scorer);
    topics_release(&topics);
    return fingerprint;
}

static void test_scorer__fingerprint_tells_topics_and_judgements(void **state)
{
    (void)state;
    uint64_t usual = fingerprint(QRELS, TOPICS);
    assert_true(usual == fingerprint("10 0 a 1\n2 0 a 1\n1 0 a 1\n", TOPICS));
    assert_true(usual != fingerprint("1 0 a 2\n2 0 a 1\n10 0 a 1\n", TOPICS));
    assert_true(usual != fingerprint("1 0 b 1\n2 0 a 1\n10 0 a 1\n", TOPICS));
    assert_true(usual != fingerprint(QRELS, "10\tten!\n1\tone\n2\ttwo\n"));
    assert_true(usual == fingerprint(QRELS, "10\tten\n1\tone\n2\ttwo\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_scorer__gives_judged_topics_in_the_order_of_their_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scorer__takes_one_mean_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scorer__refuses_topics_that_nobody_judged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scorer__fingerprint_tells_topics_and_judgements, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
