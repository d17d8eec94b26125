/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/output.h"
#include "searcher/cli/request.h"
#include "searcher/cli/terminal.h"
#include "searcher/eval/run.h"
#include "searcher/eval/topics.h"
#include "searcher/json.h"
#include "searcher/reader.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum { DEPTH_DEFAULT = 1000 /* documents a topic: trec_eval's measures go no deeper */ };

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"topics", 't', "FILE", "topics: lines of id, tab, text; TREC <top> records; or JSON Lines; - for standard input"},
    {"parts", 0, "P+P", "of TREC topics: title, desc, narr or several, as title+desc (default: title)"},
    {"depth", 'n', "N", "documents a topic (default: 1000)"},
    {"match", 'm', "WHICH", "any of the words, all, or auto (default: any)"},
    OPTIONS_RANKING,
    {"tag", 0, "NAME", "name of the run, its last column (default: dossier)"},
    {"log", 0, "FILE", "write what the run was made with to FILE, as JSON"},
    {0},
};

/* A run being made. */
struct batch {
    struct searcher *searcher;
    struct search_request request;
    struct run_writer writer;
    const char *tag, *parts;
    size_t skipped, hits;
    double seconds; /* of processor time, in searches */
    struct timespec started;
};

static void on_bad_topic(void *context, const char *message)
{
    struct batch *batch = context;
    batch->skipped++;
    complain("%s", message);
}

/* A topic whose query cannot be read costs itself alone; a broken index or a full disk ends the run. */
static enum status run_one(struct batch *batch, const struct topic *topic, struct error *error)
{
    struct search_response response;
    batch->request.query = topic->text;
    enum status status = search_run(&response, batch->searcher, &batch->request, error);
    if (status == INVALID || status == LIMIT || status == UNSUPPORTED) {
        batch->skipped++;
        complain("topic %.*s (line %zu) skipped: %s", (int)topic->name.length, topic->name.data, topic->line,
                 error->message);
        return OK;
    }
    if (status) return status;
    status = run_write_topic(&batch->writer, topic->name, error);
    for (size_t i = 0; !status && i < response.hit_count; i++)
        status = run_write(&batch->writer, response.hits[i].id, response.hits[i].score, error);
    batch->hits += response.hit_count;
    batch->seconds += response.seconds;
    search_response_release(&response);
    return status;
}

static enum status run_all(struct batch *batch, const struct topics *topics, struct error *error)
{
    struct progress_bar bar;
    const volatile sig_atomic_t *stop = catch_stop();
    enum status status = OK;
    progress_bar_start(&bar, "running");
    for (size_t i = 0; !status && i < topics->count; i++) {
        status = *stop ? fail(error, STOPPED, "stopped") : run_one(batch, &topics->items[i], error);
        progress_bar_draw(&bar, (double)(i + 1), (double)topics->count, "topics");
    }
    progress_bar_clear(&bar);
    return status;
}

static double seconds_since(struct timespec start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

static bool write_log(const char *path, const struct batch *batch, const struct topics *topics, const char *topics_path)
{
    static const char *const modes[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any"};
    struct reader *reader = searcher_reader(batch->searcher);
    struct buffer scheme;
    char now[32];
    time_t seconds = time(NULL);
    struct tm parts;
    uint64_t revision = 0;
    xc_database_revision(&revision, reader->database, NULL);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    buffer_init(&scheme, ERROR_BYTES_MAX);
    ranking_print(&scheme, &batch->request.ranking);
    json_t *log = json_object();
    json_object_set_new(log, "version", json_string(DOSSIER_VERSION));
    json_object_set_new(log, "made", json_string(now));
    json_object_set_new(log, "tag", json_string(batch->tag));
    json_object_set_new(log, "index", json_of_text(span_of(reader->path)));
    json_object_set_new(log, "uuid", json_string(reader->uuid));
    json_object_set_new(log, "revision", json_integer((json_int_t)revision));
    json_object_set_new(log, "documents", json_integer(reader->documents));
    json_object_set_new(log, "topics_file", json_of_text(span_of(topics_path)));
    json_object_set_new(log, "parts", json_string(batch->parts));
    json_object_set_new(log, "topics", json_integer((json_int_t)topics->count));
    json_object_set_new(log, "skipped", json_integer((json_int_t)batch->skipped));
    json_object_set_new(log, "rank", json_of_text(buffer_span(&scheme)));
    json_object_set_new(log, "expand", json_boolean(batch->request.expand));
    json_object_set_new(log, "recent", json_integer((json_int_t)batch->request.half_life));
    json_object_set_new(log, "match", json_string(modes[batch->request.match]));
    json_object_set_new(log, "language",
                        batch->request.language ? json_of_text(span_of(batch->request.language)) : json_null());
    json_object_set_new(log, "depth", json_integer((json_int_t)batch->request.count));
    json_object_set_new(log, "hits", json_integer((json_int_t)batch->hits));
    json_object_set_new(log, "seconds", json_real(seconds_since(batch->started)));
    json_object_set_new(log, "cpu_seconds", json_real(batch->seconds));
    buffer_release(&scheme);
    FILE *file = fopen(path, "w");
    bool written = file && write_json_pretty(file, log);
    if (!file) json_decref(log);
    if (file && fclose(file) != 0) written = false;
    if (!written) complain("cannot write '%s': %s", path, strerror(errno));
    return written;
}

static int make_run(struct batch *batch, const struct command_line *line, const struct topics *topics)
{
    const char *log = option_value(line, "log");
    struct error error = {0};
    enum status status = searcher_open(&batch->searcher, option_database(line), &error);
    if (!status) status = run_all(batch, topics, &error);
    int code = status == STOPPED ? EXIT_MACHINE
               : status          ? exit_with(&error)
               : batch->skipped  ? EXIT_SKIPPED
                                 : EXIT_DONE;
    if (!status && log && !write_log(log, batch, topics, option_value(line, "topics"))) code = EXIT_MACHINE;
    searcher_free(batch->searcher);
    if (status == STOPPED) die_of_stop();
    return finish_output(code);
}

static int run(const struct command_line *line)
{
    const char *path = option_value(line, "topics"), *parts_text = option_value(line, "parts");
    struct batch batch = {.tag = option_value(line, "tag") ? option_value(line, "tag") : "dossier",
                          .parts = parts_text ? parts_text : "title"};
    struct topics topics;
    struct error error = {0};
    unsigned parts = TOPIC_TITLE;
    int status = EXIT_USAGE;
    clock_gettime(CLOCK_MONOTONIC, &batch.started);
    search_request_init(&batch.request);
    batch.request.count = DEPTH_DEFAULT;
    batch.request.suggest = false;
    batch.request.documents = false;
    batch.request.snippet_bytes = 0;
    if (!path || line->operand_count) {
        complain("run: name the topics (dossier run --topics FILE; dossier run --help)");
        return EXIT_USAGE;
    }
    if (!option_number(&batch.request.count, line, "depth", 1, HITS_MAX) ||
        !request_ranking(&batch.request, line, MATCH_ANY, &status))
        return status;
    if ((parts_text && topics_parts_parse(&parts, parts_text, &error)) || run_tag_check(batch.tag, &error) ||
        topics_read(&topics, path, parts, on_bad_topic, &batch, &error))
        return exit_with(&error);
    run_writer_init(&batch.writer, stdout, batch.tag);
    status = make_run(&batch, line, &topics);
    run_writer_release(&batch.writer);
    topics_release(&topics);
    return status;
}

const struct command command_run = {
    .name = "run",
    .operands = "--topics FILE",
    .summary = "a TREC run: the hits of many queries, for evaluation",
    .options = options,
    .notes =
        "Topics are read in the query language of search, and ranked by the same code. Scores fall strictly, so that\n"
        "every evaluator sees the order of the hits.\n\n"
        "example:\n"
        "  dossier run -d cran.db --topics queries.tsv > cran.run && dossier eval qrels.trec cran.run\n",
    .run = run,
};
