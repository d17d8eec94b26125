/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

static const char QRELS[] = "1 0 a 1\n1 0 b 0\n2 0 a 1\n3 0 a 2\n3 0 b 1\n";

static void test_evaluate__leaves_missing_topics_out(void **state)
{
    (void)state;
    static const char run[] = "1 Q0 a 1 1 t\n3 Q0 b 1 1 t\n9 Q0 a 1 1 t\n";
    struct evaluate_options options = EVALUATE_DEFAULTS;
    assert_close(measure_of(QRELS, "qrels", run, "map", &options), (1 + 0.5) / 2, 1e-12);
    assert_close(measure_of(QRELS, "qrels", run, "num_q", &options), 2, 0);
    options.complete = true;
    assert_close(measure_of(QRELS, "qrels", run, "map", &options), (1 + 0.5) / 3, 1e-12);
    assert_close(measure_of(QRELS, "qrels", run, "num_q", &options), 3, 0);
    assert_close(measure_of(QRELS, "qrels", run, "num_ret", &options), 2, 0);
    assert_close(measure_of(QRELS, "qrels", run, "gm_map", &options), cbrt(1 * 0.5 * 1e-5), 1e-12);
    options.ranking.level = 2;
    assert_close(measure_of(QRELS, "qrels", run, "num_rel", &options), 4, 0); /* every positive grade, as trec_eval */
}

static void test_evaluate__mixed_lines_give_the_same(void **state)
{
    (void)state;
    static const char run[] = "1 Q0 b 1 3 t\n3 Q0 b 1 1 t\n1 Q0 a 2 2 t\n3 Q0 a 1 2 t\n";
    assert_close(measure_of(QRELS, "qrels", run, "map", &EVALUATE_DEFAULTS), (0.5 + 1) / 2, 1e-12);
    assert_close(measure_of(QRELS, "qrels", run, "num_ret", &EVALUATE_DEFAULTS), 4, 0);
}

static void test_evaluate__needs_a_topic_in_common(void **state)
{
    (void)state;
    struct error error = {0};
    struct qrels *qrels;
    struct selection selection;
    struct evaluation evaluation;
    struct evaluate_options options = EVALUATE_DEFAULTS;
    options.complete = true;
    selection_init(&selection);
    assert_int_equal(selection_add(&selection, "map", &error), OK);
    assert_int_equal(selection_finish(&selection, &error), OK);
    assert_int_equal(qrels_of(&qrels, QRELS, "qrels", &error), OK);
    assert_int_equal(evaluate_text(&evaluation, qrels, &selection, "7 Q0 a 1 1 t\n", &options, &error), INVALID);
    assert_string_equal(error.message, "'r' and the judgements have no topic in common");
    qrels_free(qrels);
    selection_release(&selection);
}

/* The command, on files made of strings. */
struct result {
    char *out, *err;
    int exit_status;
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct result run_eval(const char *qrels, const char *run, const char *options)
{
    char folder[] = "/tmp/dossier-eval-XXXXXX", words[500], *argv[40] = {"eval"};
    char qrels_path[64], run_path[64], means_path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(qrels_path, sizeof qrels_path, "%s/q", folder);
    snprintf(run_path, sizeof run_path, "%s/r", folder);
    snprintf(means_path, sizeof means_path, "%s/z", folder);
    write_file(qrels_path, qrels);
    write_file(run_path, run);
    write_file(means_path, "1 map 0.25 0.5\n2 map 1 0\n3 map 0.5 0\n");
    snprintf(words, sizeof words, "%s", options);
    int argc = 1;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = strcmp(word, "MEANS") == 0 ? means_path : word;
    argv[argc++] = qrels_path;
    argv[argc++] = run_path;
    argv[argc] = NULL;
    struct result result;
    size_t length;
    FILE *out = open_memstream(&result.out, &length), *err = open_memstream(&result.err, &length);
    eval_main(argc, argv, out, err, &result.exit_status);
    fclose(out);
    fclose(err);
    unlink(qrels_path);
    unlink(run_path);
    unlink(means_path);
    rmdir(folder);
    return result;
}

static void expect_output(const char *run, const char *options, const char *out, const char *err)
{
    struct result result = run_eval(QRELS, run, options);
    assert_string_equal(result.out, out);
    assert_string_equal(result.err, err);
    assert_int_equal(result.exit_status, 0);
    free(result.out);
    free(result.err);
}

static const char TWO[] = "1 Q0 a 1 1 t\n2 Q0 x 1 2 t\n2 Q0 a 2 1 t\n3 Q0 a 1 1 bm25\n";

static void test_eval__prints_trec_evals_columns(void **state)
{
    (void)state;
    expect_output(TWO, "-q -m map -m runid -m num_ret -m gm_map -m relstring",
                  "num_ret               \t1\t1\nmap                   \t1\t1.0000\nrelstring             \t1\t'1'\n"
                  "num_ret               \t2\t2\nmap                   \t2\t0.5000\nrelstring             \t2\t'-1'\n"
                  "num_ret               \t3\t1\nmap                   \t3\t0.5000\nrelstring             \t3\t'2'\n"
                  "runid                 \tall\tbm25\nnum_ret               \tall\t4\n"
                  "map                   \tall\t0.6667\ngm_map                \tall\t0.6300\n",
                  "");
}

static void test_eval__says_how_many_topics_are_missing(void **state)
{
    (void)state;
    expect_output("1 Q0 a 1 1 t\n", "-m map", "map                   \tall\t1.0000\n",
                  "dossier eval: 2 judged topics are missing from the run and left out (-c counts them as 0)\n");
    expect_output("1 Q0 a 1 1 t\n", "-c -m map", "map                   \tall\t0.3333\n", "");
}

static void test_eval__writes_json_tsv_and_markdown(void **state)
{
    (void)state;
    expect_output(TWO, "-q -m map -m P.1 --format json",
                  "{\"schema_version\": 1, \"run\": \"bm25\", \"topics\": 3, \"judged_topics_missing\": 0,\n"
                  " \"summary\": {\"map\": 0.6666666666666666, \"P_1\": 0.6666666666666666},\n"
                  " \"by_topic\": {\n  \"1\": {\"map\": 1, \"P_1\": 1},\n  \"2\": {\"map\": 0.5, \"P_1\": 0},\n"
                  "  \"3\": {\"map\": 0.5, \"P_1\": 1}}}\n",
                  "");
    expect_output(TWO, "-q -m map -m num_rel --format tsv",
                  "topic\tnum_rel\tmap\n1\t1\t1\n2\t1\t0.5\n3\t2\t0.5\nall\t4\t0.6666666666666666\n", "");
    expect_output(TWO, "-m map -m P.1 --format md",
                  "| measure | bm25 |\n|---|---:|\n| map | 0.6667 |\n| P\\_1 | 0.6667 |\n", "");
}

static void test_eval__standardises(void **state)
{
    (void)state;
    /* (1 - 0.25) / 0.5; no deviation and another value; no deviation and the mean itself */
    expect_output(TWO, "-q -m map -Z MEANS",
                  "Zmap                   \t1\t1.5000\nZmap                   \t2\t-1000000.0000\n"
                  "Zmap                   \t3\t0.0000\nZmap                   \tall\t-333332.8333\n",
                  "");
}

static void test_eval__evaluates_one_topic_alone(void **state)
{
    (void)state;
    expect_output(TWO, "-D 0.2 -m map", "map                   \tall\t0.5000\n", "");
}

static void expect_failure(const char *qrels, const char *run, const char *options, const char *message)
{
    struct result result = run_eval(qrels, run, options);
    assert_int_equal(result.exit_status, 2);
    assert_string_equal(result.out, "");
    assert_non_null(strstr(result.err, message));
    free(result.out);
    free(result.err);
}

static void test_eval__bad_input_gives_a_message_and_no_figure(void **state)
{
    (void)state;
    expect_failure(QRELS, "1 Q0 a 1 1e400 t\n", "", "line 1: score '1e400' is infinite, or too large for a double\n");
    expect_failure(QRELS, "1 Q0 a 1 1 t\n1 Q0 a 2 0 t\n", "",
                   "document 'a' of topic '1' was given in line 1 already\n");
    expect_failure("", TWO, "", "holds no judgements\n");
    expect_failure("1 0 a 1\n1 0 a 1\n", TWO, "", "document 'a' of topic '1' was judged in line 1 already\n");
    expect_failure(QRELS, "7 Q0 a 1 1 t\n", "", "have no topic in common\n");
    expect_failure(QRELS, "", "", "holds no results\n");
    expect_failure(QRELS, TWO, "-m prefs_simp",
                   "measure 'prefs_simp' cannot be computed from judgements of format qrels (see -R and -m)\n");
    expect_failure(QRELS, TWO, "-R qrels_prefs", "cannot be computed from judgements of format qrels_prefs");
    expect_failure(QRELS, TWO, "-M x", "option -M needs a whole number of at least 0, not 'x'\n");
    expect_failure(QRELS, TWO, "--nothing", "there is no option '--nothing'\n");
    expect_failure(QRELS, TWO, "-T csv", "there is no run format 'csv'; the one there is is trec_results\n");
    expect_failure(QRELS, TWO, "more", "takes two files, the judgements and the run\n");
}

static void test_eval__help_lists_every_measure(void **state)
{
    (void)state;
    struct result result = run_eval(QRELS, TWO, "-h");
    assert_int_equal(result.exit_status, 0);
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        char line[100];
        snprintf(line, sizeof line, "\n%s\n    ", MEASURES[i].name);
        assert_non_null(strstr(result.out, line));
    }
    assert_non_null(strstr(result.out, "\nJudged[@cutoff]\n"));
    free(result.out);
    free(result.err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evaluate__leaves_missing_topics_out),
        cmocka_unit_test(test_evaluate__mixed_lines_give_the_same),
        cmocka_unit_test(test_evaluate__needs_a_topic_in_common),
        cmocka_unit_test(test_eval__prints_trec_evals_columns),
        cmocka_unit_test(test_eval__says_how_many_topics_are_missing),
        cmocka_unit_test(test_eval__writes_json_tsv_and_markdown),
        cmocka_unit_test(test_eval__standardises),
        cmocka_unit_test(test_eval__evaluates_one_topic_alone),
        cmocka_unit_test(test_eval__bad_input_gives_a_message_and_no_figure),
        cmocka_unit_test(test_eval__help_lists_every_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
