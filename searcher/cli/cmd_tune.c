/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/request.h"
#include "searcher/cli/terminal.h"
#include "searcher/eval/run.h"
#include "searcher/eval/scorer.h"
#include "searcher/eval/tune.h"
#include "searcher/reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS_DEFAULT = 5, DEPTH_DEFAULT = 1000 /* documents a topic, as in run */ };

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"topics", 't', "FILE", "the topics, as for run"},
    {"qrels", 'q', "FILE", "their judgements, as for eval"},
    {"rank", 'r', "GRID", "scheme and values to try, as bm25:k1=0.8..1.6/0.2,b=0.3,0.5,0.75"},
    {"measure", 'm', "NAME", "what to tune for, one of eval's (default: ndcg_cut.10)"},
    {"folds", 'k', "K", "parts the topics are split into (default: 5)"},
    {"seed", 0, "N", "of the splitting and the tests (default: 1)"},
    {"state", 's', "FILE", "keep finished settings in FILE; the same command goes on from there after a stop"},
    {"parts", 0, "P+P", "of TREC topics: title, desc, narr or several (default: title)"},
    {"depth", 'n', "N", "documents a topic (default: 1000)"},
    {"match", 0, "WHICH", "any of the words, all, or auto (default: any)"},
    {"language", 'L', "L", "language of the topics (default: those of the index)"},
    {"html", 0, "FILE", "also a page with a plot"},
    {"format", 'f', "FORMAT", "text, md or json (default: text)"},
    {0},
};

/* A grid being tried. */
struct trial {
    struct searcher *searcher;
    struct search_request request;
    struct scorer *scorer;
    struct progress_bar bar;
    const volatile sig_atomic_t *stop;
    size_t done, all;  /* settings */
    size_t skipped;    /* topics */
    bool *query_fails; /* by judged topic: it cannot be searched for, and has been told */
};

static void on_bad_topic(void *context, const char *message)
{
    struct trial *trial = context;
    trial->skipped++;
    complain("%s", message);
}

static void on_progress(void *context, size_t done, size_t all)
{
    struct trial *trial = context;
    trial->done = done;
    trial->all = all;
}

static enum status parse_setting(struct ranking *out, const struct tune_grid *grid, size_t setting, struct error *error)
{
    struct writer text;
    writer_init(&text);
    tune_grid_write(&text, grid, setting);
    enum status status = text.status ? fail(error, text.status, "out of memory") : OK;
    if (!status) status = ranking_parse(out, buffer_span(&text.text), error);
    writer_release(&text);
    return status;
}

/* A topic that cannot be searched for counts as one without results, the same for every setting. */
static enum status search_topic(struct trial *trial, struct run_writer *writer, size_t index, struct error *error)
{
    const struct topic *topic = scorer_topic(trial->scorer, index);
    struct search_response response;
    trial->request.query = topic->text;
    enum status status = search_run(&response, trial->searcher, &trial->request, error);
    if (status == INVALID || status == LIMIT || status == UNSUPPORTED) {
        if (!trial->query_fails[index])
            complain("no results for topic %.*s (line %zu): %s", (int)topic->name.length, topic->name.data, topic->line,
                     error->message);
        trial->skipped += !trial->query_fails[index];
        trial->query_fails[index] = true;
        return OK;
    }
    if (status) return status;
    status = run_write_topic(writer, topic->name, error);
    for (size_t i = 0; !status && i < response.hit_count; i++)
        status = run_write(writer, response.hits[i].id, response.hits[i].score, error);
    search_response_release(&response);
    return status;
}

/* For tune(): the run of a setting as run would write it, and its scores as eval would give them. */
static enum status run_setting(void *context, const struct tune_grid *grid, size_t setting, double *scores,
                               size_t topic_count, struct error *error)
{
    struct trial *trial = context;
    struct run_writer writer;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (!file) return fail(error, NO_MEMORY, "out of memory");
    run_writer_init(&writer, file, "tune");
    enum status status = parse_setting(&trial->request.ranking, grid, setting, error);
    for (size_t i = 0; !status && i < topic_count; i++) {
        status = *trial->stop ? fail(error, STOPPED, "stopped") : search_topic(trial, &writer, i, error);
        double part = (double)(i + 1) / (double)topic_count;
        progress_bar_draw(&trial->bar, (double)trial->done + part, (double)trial->all, "settings");
    }
    if (fclose(file) != 0 && !status) status = fail(error, NO_MEMORY, "out of memory");
    if (!status) status = scorer_score(trial->scorer, (struct span){text, length}, scores, error);
    run_writer_release(&writer);
    free(text);
    return status;
}

/* What scores depend on, beside the grid: a state file of anything else is refused. */
static enum status describe(struct buffer *out, const struct trial *trial)
{
    const struct reader *reader = searcher_reader(trial->searcher);
    uint64_t revision = 0;
    xc_database_revision(&revision, reader->database, NULL);
    return buffer_printf(
        out, "%s; index %s revision %" PRIu64 "; topics and judgements %016" PRIx64 "; match %d depth %zu language %s",
        scorer_measure(trial->scorer), reader->uuid, revision, scorer_fingerprint(trial->scorer),
        (int)trial->request.match, trial->request.count, trial->request.language ? trial->request.language : "-");
}

static enum status report(const struct tuning *tuning, const struct command_line *line, size_t format,
                          const char *measure, struct error *error)
{
    static void (*const writers[])(struct writer *, const struct tuning *,
                                   const char *) = {tune_write_text, tune_write_markdown, tune_write_json};
    const char *html = option_value(line, "html");
    struct writer writer;
    writer_init(&writer);
    writers[format](&writer, tuning, measure);
    enum status status = writer_flush(&writer, stdout, error);
    if (!status && html) {
        buffer_clear(&writer.text);
        tune_write_html(&writer, tuning, measure);
        status = writer_save(&writer, html, error);
    }
    writer_release(&writer);
    return status;
}

static void tell_stop(const struct trial *trial, const char *state)
{
    if (state)
        complain("stopped; %zu of %zu settings are kept in '%s': the same command goes on from there", trial->done,
                 trial->all, state);
    else
        complain("stopped, and nothing is kept (--state FILE keeps what is done)");
}

static enum status try_grid(struct trial *trial, const struct command_line *line, const struct tune_grid *grid,
                            struct tune_options *how, size_t format, struct error *error)
{
    struct tuning tuning;
    struct buffer what;
    buffer_init(&what, ERROR_BYTES_MAX);
    enum status status = describe(&what, trial) ? fail(error, NO_MEMORY, "out of memory") : OK;
    how->what = what.data;
    how->progress = on_progress;
    how->context = trial;
    trial->stop = catch_stop();
    progress_bar_start(&trial->bar, "tuning");
    if (!status) status = tune(&tuning, grid, scorer_count(trial->scorer), run_setting, how, error);
    progress_bar_clear(&trial->bar);
    if (!status) {
        if (tuning.resumed)
            complain("%zu of %zu settings taken from '%s'", tuning.resumed, grid->settings, how->state_path);
        status = report(&tuning, line, format, scorer_measure(trial->scorer), error);
        tuning_release(&tuning);
    }
    buffer_release(&what);
    return status;
}

/* Reads what the task is, from the cheapest to the dearest, so that mistakes are told at once. */
static enum status prepare(struct trial *trial, const struct command_line *line, struct tune_grid *grid,
                           struct topics *topics, struct error *error)
{
    const char *parts_text = option_value(line, "parts"), *measure = option_value(line, "measure");
    unsigned parts = TOPIC_TITLE;
    struct ranking ranking;
    enum status status = tune_grid_parse(grid, option_value(line, "rank"), error);
    for (size_t i = 0; !status && i < grid->settings; i++) status = parse_setting(&ranking, grid, i, error);
    if (!status && parts_text) status = topics_parts_parse(&parts, parts_text, error);
    if (!status) status = topics_read(topics, option_value(line, "topics"), parts, on_bad_topic, trial, error);
    if (!status)
        status =
            scorer_new(&trial->scorer, option_value(line, "qrels"), topics, measure ? measure : "ndcg_cut.10", error);
    if (!status && !(trial->query_fails = calloc(scorer_count(trial->scorer), sizeof *trial->query_fails)))
        status = fail(error, NO_MEMORY, "out of memory");
    if (!status) status = searcher_open(&trial->searcher, option_database(line), error);
    return status;
}

static bool read_options(struct trial *trial, struct tune_options *how, size_t *format, const struct command_line *line)
{
    static const char *const formats[] = {"text", "md", "json", NULL};
    static const char *const modes[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any", NULL};
    size_t seed = 1, mode = MATCH_ANY;
    if (!option_value(line, "topics") || !option_value(line, "qrels") || !option_value(line, "rank") ||
        line->operand_count) {
        complain("tune: name the topics, their judgements and what to try (dossier tune --topics FILE --qrels FILE "
                 "--rank GRID; dossier tune --help)");
        return false;
    }
    *how = (struct tune_options){.folds = FOLDS_DEFAULT, .state_path = option_value(line, "state")};
    search_request_init(&trial->request);
    trial->request.count = DEPTH_DEFAULT;
    trial->request.suggest = false;
    trial->request.documents = false;
    trial->request.snippet_bytes = 0;
    trial->request.language = option_value(line, "language");
    if (!option_number(&how->folds, line, "folds", 2, TUNE_FOLDS_MAX) ||
        !option_number(&seed, line, "seed", 0, INT32_MAX) ||
        !option_number(&trial->request.count, line, "depth", 1, HITS_MAX) ||
        !option_choice(&mode, line, "match", modes) || !option_choice(format, line, "format", formats))
        return false;
    how->seed = seed;
    trial->request.match = (enum match_mode)mode;
    return true;
}

static int run(const struct command_line *line)
{
    struct trial trial = {0};
    struct tune_options how;
    struct tune_grid grid = {0};
    struct topics topics = {0};
    struct error error = {0};
    size_t format = 0;
    if (!read_options(&trial, &how, &format, line)) return EXIT_USAGE;
    enum status status = prepare(&trial, line, &grid, &topics, &error);
    if (!status) status = try_grid(&trial, line, &grid, &how, format, &error);
    int code = trial.skipped ? EXIT_SKIPPED : EXIT_DONE;
    if (status == STOPPED)
        tell_stop(&trial, how.state_path);
    else if (status)
        code = exit_with(&error);
    searcher_free(trial.searcher);
    scorer_free(trial.scorer);
    free(trial.query_fails);
    topics_release(&topics);
    tune_grid_release(&grid);
    if (status == STOPPED) {
        die_of_stop();
        return EXIT_MACHINE;
    }
    return finish_output(code);
}

const struct command command_tune = {
    .name = "tune",
    .operands = "--topics FILE --qrels FILE --rank GRID",
    .summary = "find a ranking scheme's parameters on judged topics, cross-validated",
    .options = options,
    .notes =
        "Every combination of the values is run on every judged topic. The topics are split at random into K folds;\n"
        "each is scored by the setting that did best on the others, so that no score comes from topics it was\n"
        "tuned on. The mean of these held-out scores is what tuning is worth; the setting to use is chosen on all\n"
        "topics. FROM..TO/STEP stands for a range of values.\n\n"
        "example:\n"
        "  dossier tune -d cran.db --topics queries.tsv --qrels qrels.trec --state tune.state \\\n"
        "      --rank 'bm25:k1=0.8..1.6/0.2,b=0.3..0.9/0.1' --html tune.html\n",
    .run = run,
};
