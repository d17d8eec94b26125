/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support.h"

enum { TOPICS = 10 };

static size_t runs, stop_after;

/* Topics like b = 0.5 for a = 1 and b = 0.7 for a = 2, and even topics a little less. */
static enum status run(void *context, const struct tune_grid *grid, size_t setting, double *scores, size_t count,
                       struct error *error)
{
    (void)context;
    if (setting == TUNE_DEFAULTS) {
        for (size_t i = 0; i < count; i++) scores[i] = 0.25;
        return OK;
    }
    if (runs == stop_after) return fail_at(error, STOPPED, 0, "stopped");
    runs++;
    double a = tune_grid_value(grid, setting, 0), b = tune_grid_value(grid, setting, 1);
    for (size_t i = 0; i < count; i++) scores[i] = 0.5 + a / 100 - fabs(b - 0.3 - 0.2 * a) + (double)(i % 2) / 10;
    return OK;
}

static void make_grid(struct tune_grid *grid)
{
    assert_int_equal(tune_grid_parse(grid, "s:a=1,2, b=0.3..0.9/0.2", NULL), OK);
}

static void test_grid__is_every_combination(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct writer text;
    make_grid(&grid);
    assert_int_equal(grid.settings, 8);
    writer_init(&text);
    for (size_t i = 0; i < grid.settings; i++) {
        tune_grid_write(&text, &grid, i);
        writer_string(&text, " ");
    }
    assert_string_equal(
        text.text.data,
        "s:a=1,b=0.3 s:a=1,b=0.5 s:a=1,b=0.7 s:a=1,b=0.9 s:a=2,b=0.3 s:a=2,b=0.5 s:a=2,b=0.7 s:a=2,b=0.9 ");
    buffer_clear(&text.text);
    tune_grid_write(&text, &grid, TUNE_DEFAULTS);
    assert_string_equal(text.text.data, "s");
    writer_release(&text);
    tune_grid_release(&grid);
}

static void test_grid__says_what_is_wrong(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", "'' names nothing to tune; write it as bm25:k1=0.8..1.6/0.2,b=0.3,0.5,0.75"},
        {"bm25", "'bm25' names nothing to tune; write it as bm25:k1=0.8..1.6/0.2,b=0.3,0.5,0.75"},
        {"s:k1", "'k1' is not of the form parameter=values"},
        {"s:=1", "'=1' is not of the form parameter=values"},
        {"s:k1=x", "parameter 'k1': 'x' is neither a number nor FROM..TO/STEP"},
        {"s:k1=", "parameter 'k1': '' is neither a number nor FROM..TO/STEP"},
        {"s:k1=1,k2", "parameter 'k1': 'k2' is neither a number nor FROM..TO/STEP"},
        {"s:k1=nan", "parameter 'k1': 'nan' is neither a number nor FROM..TO/STEP"},
        {"s:k1=1..2", "parameter 'k1': '1..2' is no range FROM..TO/STEP that rises"},
        {"s:k1=2..1/0.5", "parameter 'k1': '2..1/0.5' is no range FROM..TO/STEP that rises"},
        {"s:k1=1..2/0", "parameter 'k1': '1..2/0' is no range FROM..TO/STEP that rises"},
        {"s:k1=1..2/1e-9", "parameter 'k1' has more than 100000 values"},
        {"s:k1=1,k1=2", "parameter 'k1' is given twice"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tune_grid grid;
        struct error error = {0};
        assert_int_not_equal(tune_grid_parse(&grid, rows[i][0], &error), OK);
        assert_string_equal(error.message, rows[i][1]);
    }
    struct tune_grid grid;
    struct error error = {0};
    assert_int_equal(tune_grid_parse(&grid, "s:a=1..1000/1,b=1..1000/1", &error), LIMIT);
}

static void test_tune__chooses_without_the_fold_it_is_scored_on(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct tuning tuning;
    make_grid(&grid);
    runs = 0;
    stop_after = SIZE_MAX;
    assert_int_equal(tune(&tuning, &grid, TOPICS, run, &(struct tune_options){.folds = 5, .seed = 1}, NULL), OK);
    assert_int_equal(runs, 8);
    assert_int_equal(tuning.best, 6); /* a=2, b=0.7 */
    size_t topics = 0;
    for (size_t f = 0; f < 5; f++) {
        assert_int_equal(tuning.folds[f].chosen, 6);
        assert_int_equal(tuning.folds[f].topics, 2);
        topics += tuning.folds[f].topics;
    }
    assert_int_equal(topics, TOPICS);
    assert_close(tuning.mean, 0.52 + 0.05, 1e-12);
    assert_close(tuning.usual_mean, 0.25, 1e-12);
    assert_close(tuning.gain.mean, 0.32, 1e-12);
    assert_int_equal(tuning.gain.wins, 10);
    tuning_release(&tuning);
    tune_grid_release(&grid);
}

/* One topic likes the second setting so much that it wins overall: where that topic is held out the first is chosen. */
static enum status run_outlier(void *context, const struct tune_grid *grid, size_t setting, double *scores,
                               size_t count, struct error *error)
{
    (void)context, (void)grid, (void)error;
    if (setting == TUNE_DEFAULTS) setting = 0;
    for (size_t i = 0; i < count; i++) scores[i] = setting == 0 ? 0.5 : i == 3 ? 10 : 0.4;
    return OK;
}

static void test_tune__a_topic_does_not_choose_for_itself(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct tuning tuning;
    assert_int_equal(tune_grid_parse(&grid, "s:a=1,2", NULL), OK);
    assert_int_equal(tune(&tuning, &grid, 6, run_outlier, &(struct tune_options){.folds = 6, .seed = 1}, NULL), OK);
    assert_int_equal(tuning.best, 1);
    assert_close(tuning.held_out[3], 0.5, 0);
    assert_close(tuning.held_out[0], 0.4, 0);
    assert_close(tuning.mean, (5 * 0.4 + 0.5) / 6, 1e-12); /* and not (5 * 0.4 + 10) / 6 */
    tuning_release(&tuning);
    tune_grid_release(&grid);
}

static void test_tune__goes_on_after_a_stop(void **state)
{
    (void)state;
    struct tune_grid grid, other;
    struct tuning tuning;
    struct error error = {0};
    char path[] = "/tmp/dossier-tune-XXXXXX";
    assert_int_equal(close(mkstemp(path)), 0);
    unlink(path);
    struct tune_options options = {.folds = 2, .seed = 1, .state_path = path, .what = "map bm25"};
    make_grid(&grid);
    runs = 0;
    stop_after = 3;
    assert_int_equal(tune(&tuning, &grid, TOPICS, run, &options, &error), STOPPED);
    FILE *file = fopen(path, "a"); /* as if the next line had been cut short */
    assert_non_null(file);
    fputs("3 s:a=1,b=0.9 0.5 0.", file);
    fclose(file);
    stop_after = SIZE_MAX;
    assert_int_equal(tune(&tuning, &grid, TOPICS, run, &options, &error), OK);
    assert_int_equal(runs, 8);
    assert_int_equal(tuning.resumed, 3);
    assert_int_equal(tuning.best, 6);
    double mean = tuning.mean;
    tuning_release(&tuning);
    assert_int_equal(tune(&tuning, &grid, TOPICS, run, &options, &error), OK);
    assert_int_equal(runs, 8);
    assert_int_equal(tuning.resumed, 8);
    assert_true(tuning.mean == mean);
    tuning_release(&tuning);
    assert_int_equal(tune_grid_parse(&other, "s:a=1,2,b=0.3", NULL), OK);
    assert_int_equal(tune(&tuning, &other, TOPICS, run, &options, &error), INVALID);
    assert_non_null(strstr(error.message, "holds the state of another task; delete it, or name another file"));
    tune_grid_release(&grid);
    tune_grid_release(&other);
    unlink(path);
}

static void test_tune__needs_a_topic_a_fold(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct tuning tuning;
    struct error error = {0};
    make_grid(&grid);
    assert_int_equal(tune(&tuning, &grid, 3, run, &(struct tune_options){.folds = 4}, &error), INVALID);
    assert_string_equal(error.message, "3 topics cannot be split into 4 folds (from 2 to 100, and one topic in each)");
    assert_int_equal(tune(&tuning, &grid, 3, run, &(struct tune_options){.folds = 1}, &error), INVALID);
    tune_grid_release(&grid);
}

static void test_tune__reports_show_folds_and_settings(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct tuning tuning;
    struct writer text;
    make_grid(&grid);
    runs = 0;
    stop_after = SIZE_MAX;
    assert_int_equal(tune(&tuning, &grid, TOPICS, run, &(struct tune_options){.folds = 5, .seed = 1}, NULL), OK);
    writer_init(&text);
    tune_write_text(&text, &tuning, "map");
    assert_non_null(strstr(text.text.data, "map, 10 topics, 8 settings, 5 folds\n"));
    assert_non_null(strstr(text.text.data,
                           "\nheld-out mean 0.5700: what tuning gives on topics it has not seen\n"
                           "defaults of s on the same topics 0.2500: tuning is worth +0.3200 (t-test p "));
    assert_non_null(strstr(text.text.data, ")\nto use: --rank s:a=2,b=0.7 (chosen on all topics)\n"));
    buffer_clear(&text.text);
    tune_write_markdown(&text, &tuning, "map");
    assert_non_null(strstr(text.text.data, " |\n\nheld-out mean 0.5700"));
    assert_non_null(strstr(text.text.data, "to use: `--rank s:a=2,b=0.7` (chosen on all topics)\n"));
    buffer_clear(&text.text);
    tune_write_json(&text, &tuning, "map");
    assert_non_null(strstr(text.text.data, "{\"rank\": \"s:a=2,b=0.7\", \"mean_of_all_topics\": 0.5"));
    buffer_clear(&text.text);
    tune_write_html(&text, &tuning, "ma<p>");
    assert_non_null(strstr(text.text.data, "Tuning for ma&lt;p&gt;"));
    assert_non_null(strstr(text.text.data, "</svg>"));
    assert_non_null(strstr(text.text.data, "<th scope=\"row\">s:a=2,b=0.7</th><td class=\"n\">0.5700</td>"));
    writer_release(&text);
    tuning_release(&tuning);
    tune_grid_release(&grid);
}

/* One topic alone decides, and what it gives the setting it chooses must not be shown as a result. */
static void test_tune__no_report_of_text_shows_a_score_on_topics_tuned_on(void **state)
{
    (void)state;
    struct tune_grid grid;
    struct tuning tuning;
    struct writer text;
    assert_int_equal(tune_grid_parse(&grid, "s:a=1,2", NULL), OK);
    assert_int_equal(tune(&tuning, &grid, 6, run_outlier, &(struct tune_options){.folds = 6, .seed = 1}, NULL), OK);
    writer_init(&text);
    tune_write_text(&text, &tuning, "map");
    tune_write_markdown(&text, &tuning, "map");
    assert_null(strstr(text.text.data, "2.0000")); /* (5 * 0.4 + 10) / 6, over all */
    assert_null(strstr(text.text.data, "2.3200")); /* (4 * 0.4 + 10) / 5, over the others of a fold */
    assert_non_null(strstr(text.text.data, "held-out mean 0.4167"));
    writer_release(&text);
    tuning_release(&tuning);
    tune_grid_release(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid__is_every_combination),
        cmocka_unit_test(test_grid__says_what_is_wrong),
        cmocka_unit_test(test_tune__chooses_without_the_fold_it_is_scored_on),
        cmocka_unit_test(test_tune__a_topic_does_not_choose_for_itself),
        cmocka_unit_test(test_tune__no_report_of_text_shows_a_score_on_topics_tuned_on),
        cmocka_unit_test(test_tune__goes_on_after_a_stop),
        cmocka_unit_test(test_tune__needs_a_topic_a_fold),
        cmocka_unit_test(test_tune__reports_show_folds_and_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
