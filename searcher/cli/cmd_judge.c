/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/keys.h"
#include "searcher/cli/terminal.h"
#include "searcher/eval/judge.h"
#include "searcher/eval/qrels.h"
#include "searcher/eval/run.h"
#include "searcher/eval/topics.h"
#include "searcher/query.h"
#include "searcher/reader.h"
#include "searcher/snippet.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_DEFAULT = 1500 /* bytes of a document at once: a screen of 24 lines */ };

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"topics", 't', "FILE", "the topics, as for run"},
    {"pool", 'p', "FILE", "what to judge, as pool writes it: a qrels file with grade -1"},
    {"qrels", 'q', "FILE", "where the grades go; what it holds already is not asked again"},
    {"parts", 0, "P+P", "of TREC topics: title, desc, narr or several (default: title)"},
    {"grades", 'g', "N", "the highest grade (default: 3)"},
    {"bytes", 'n', "N", "bytes of a document's text shown at once (default: 1500)"},
    {0},
};

/* A session: what the callbacks of judge() need. */
struct desk {
    struct searcher *searcher;
    struct topics topics;
    struct qrels *pool;
    struct judge_item *items;
    size_t count;
    size_t skipped; /* topics that cannot be used */
    struct analyser *analyser;
    struct span topic; /* the one [highlighter] is for */
    struct highlighter *highlighter;
};

static void on_bad_topic(void *context, const char *message)
{
    struct desk *desk = context;
    desk->skipped++;
    complain("%s", message);
}

static enum status append_topic(void *context, struct span topic, struct buffer *text, struct error *error)
{
    struct desk *desk = context;
    const struct topic *known = topics_find(&desk->topics, topic);
    if (!known) return NOT_FOUND;
    enum status status = buffer_append_span(text, known->text);
    return status ? fail(error, status, "out of memory") : OK;
}

/* Makes the highlighter of [topic]. A topic without text, or one that is no query, marks nothing: the snippet is then
 * the beginning of the text. */
static enum status take_topic(struct desk *desk, struct span topic, struct error *error)
{
    if (desk->highlighter && span_equal(topic, desk->topic)) return OK;
    highlighter_free(desk->highlighter);
    desk->highlighter = NULL;
    desk->topic = topic;
    const struct topic *known = topics_find(&desk->topics, topic);
    struct syntax *syntax = NULL;
    struct query_plan plan = {0};
    struct vocabulary vocabulary = {
        .reader = searcher_reader(desk->searcher), .analyser = desk->analyser, .names = searcher_names(desk->searcher)};
    enum status status = known ? syntax_parse(&syntax, known->text, NULL, error) : OK;
    if (!status && syntax) status = query_plan_make(&plan, syntax, &vocabulary, MATCH_ANY, error);
    bool unusable = status == INVALID || status == LIMIT || status == UNSUPPORTED;
    const struct evidence nothing = {0};
    if ((!status || unusable) && highlighter_new(&desk->highlighter, status || !syntax ? &nothing : &plan.evidence))
        status = fail(error, NO_MEMORY, "out of memory");
    else if (unusable)
        status = OK;
    query_plan_release(&plan);
    syntax_free(syntax);
    return status;
}

static enum status append_snippet(struct buffer *out, struct desk *desk, const struct record *record)
{
    struct snippet snippet;
    struct snippet_options how = {.title = record->title_range};
    enum status status =
        snippet_best(&snippet, desk->analyser, desk->highlighter, record->text, record->field[RECORD_LANGUAGE], &how);
    if (status) return status;
    for (size_t i = 0; !status && i < snippet.count; i++) {
        const struct snippet_fragment *fragment = &snippet.fragments[i];
        if (i || fragment->more_before) status = buffer_append_string(out, "… ");
        for (size_t k = 0; !status && k < fragment->count; k++) {
            const struct snippet_piece *piece = &fragment->pieces[k];
            if (piece->mark) status = buffer_append_string(out, "**");
            if (!status) status = buffer_append_span(out, piece->text);
            if (!status && piece->mark) status = buffer_append_string(out, "**");
        }
        if (!status && (i + 1 < snippet.count || fragment->more_after))
            status = buffer_append_string(out, i + 1 < snippet.count ? " " : " …");
    }
    snippet_release(&snippet);
    return status;
}

static enum status append_title(struct buffer *out, const struct record *record)
{
    static const enum record_field about[] = {RECORD_DATE, RECORD_SOURCE, RECORD_LANGUAGE};
    struct span title = record->field[RECORD_TITLE];
    enum status status = title.length ? snippet_clean(out, title) : buffer_append_string(out, "(no title)");
    bool any = false;
    for (size_t i = 0; !status && i < sizeof about / sizeof *about; i++) {
        struct span value = record->field[about[i]];
        if (!value.length) continue;
        status = buffer_append_string(out, any ? " · " : "\n");
        if (!status) status = snippet_clean(out, value);
        any = true;
    }
    return status;
}

/* Runs hold ids with white space as %XX: tries the id as it stands, then with that undone. */
static enum status find(uint32_t *docid, struct desk *desk, struct span document, struct error *error)
{
    struct reader *reader = searcher_reader(desk->searcher);
    enum status status = reader_find(docid, reader, document, error);
    if (status != NOT_FOUND) return status;
    struct buffer restored;
    buffer_init(&restored, document.length + 1);
    status = run_name_restore(&restored, document) ? fail(error, NO_MEMORY, "out of memory")
                                                   : reader_find(docid, reader, buffer_span(&restored), error);
    buffer_release(&restored);
    return status;
}

static enum status show(void *context, struct span topic, struct span document, struct buffer *title,
                        struct buffer *snippet, struct buffer *text, struct error *error)
{
    struct desk *desk = context;
    struct reader *reader = searcher_reader(desk->searcher);
    struct xc_document *stored = NULL;
    struct record record;
    uint32_t docid;
    enum status status = reader_refresh(reader, error);
    if (!status) status = take_topic(desk, topic, error);
    if (!status) status = find(&docid, desk, document, error);
    if (!status) status = reader_record(&record, &stored, reader, docid, error);
    if (!status) {
        size_t body = record.title_range.start == 0 ? record.title_range.end : 0; /* the title is shown already */
        struct span rest = span_trim(span_cut(record.text, body, record.text.length));
        status = append_title(title, &record);
        if (!status) status = append_snippet(snippet, desk, &record);
        if (!status) status = buffer_append_span(text, rest);
        if (status) fail(error, status, "'%.*s' is too large to show", (int)document.length, document.data);
    }
    xc_document_free(stored);
    return status;
}

static int next_key(void *context)
{
    (void)context;
    fflush(stdout);
    return keys_next();
}

static void add_topic(struct desk *desk, const struct judged_topic *topic)
{
    const struct judged_group *group = &topic->groups[0];
    for (size_t i = 0; i < group->count; i++)
        if (group->judgements[i].grade < 0)
            desk->items[desk->count++] = (struct judge_item){topic->name, group->judgements[i].document};
}

/* What the pool has no grade for: topics in the order of their file, then those it does not have. */
static enum status collect(struct desk *desk, struct error *error)
{
    size_t room = 0;
    for (size_t i = 0; i < qrels_count(desk->pool); i++) room += qrels_topic(desk->pool, i)->groups[0].count;
    desk->items = calloc(room + 1, sizeof *desk->items);
    if (!desk->items) return fail(error, NO_MEMORY, "out of memory");
    for (size_t i = 0; i < desk->topics.count; i++) {
        size_t place = qrels_find(desk->pool, desk->topics.items[i].name);
        if (place != SIZE_MAX) add_topic(desk, qrels_topic(desk->pool, place));
    }
    for (size_t i = 0; i < qrels_count(desk->pool); i++) {
        const struct judged_topic *topic = qrels_topic(desk->pool, i);
        if (topics_find(&desk->topics, topic->name)) continue;
        complain("topic %.*s of the pool is not among the topics: its documents are shown without a query",
                 (int)topic->name.length, topic->name.data);
        add_topic(desk, topic);
    }
    return OK;
}

static enum status open_desk(struct desk *desk, const struct command_line *line, struct error *error)
{
    const char *parts_text = option_value(line, "parts");
    unsigned parts = TOPIC_TITLE;
    enum status status = parts_text ? topics_parts_parse(&parts, parts_text, error) : OK;
    if (!status) status = topics_read(&desk->topics, option_value(line, "topics"), parts, on_bad_topic, desk, error);
    if (!status) status = qrels_read(&desk->pool, option_value(line, "pool"), &QRELS_FORMATS[0], error);
    if (!status) status = collect(desk, error);
    if (!status) status = searcher_open(&desk->searcher, option_database(line), error);
    if (!status && analyser_new(&desk->analyser)) status = fail(error, NO_MEMORY, "out of memory");
    return status;
}

static void close_desk(struct desk *desk)
{
    highlighter_free(desk->highlighter);
    analyser_free(desk->analyser);
    searcher_free(desk->searcher);
    qrels_free(desk->pool);
    topics_release(&desk->topics);
    free(desk->items);
}

static int run(const struct command_line *line)
{
    struct desk desk = {0};
    struct judge_options how = {.qrels_path = option_value(line, "qrels")};
    struct judge_outcome outcome;
    struct error error = {0};
    size_t grades = 3, bytes = TEXT_BYTES_DEFAULT;
    if (!option_value(line, "topics") || !option_value(line, "pool") || !how.qrels_path || line->operand_count) {
        complain("judge: name the topics, the pool and where the grades go (dossier judge --topics FILE --pool FILE "
                 "--qrels FILE; dossier judge --help)");
        return EXIT_USAGE;
    }
    if (strcmp(option_value(line, "topics"), "-") == 0 || strcmp(option_value(line, "pool"), "-") == 0) {
        complain("judge: standard input is for the keys; name files");
        return EXIT_USAGE;
    }
    if (!option_number(&grades, line, "grades", 1, 9) || !option_number(&bytes, line, "bytes", 1, (size_t)1 << 30))
        return EXIT_USAGE;
    how.grade_max = (int)grades;
    how.text_bytes = bytes;
    enum status status = open_desk(&desk, line, &error);
    if (!status) {
        const struct judge_callbacks callbacks = {
            .show = show, .topic = append_topic, .key = next_key, .context = &desk};
        keys_begin();
        status = judge(&outcome, desk.items, desk.count, &callbacks, &how, stdout, &error);
        keys_end();
    }
    int code = desk.skipped ? EXIT_SKIPPED : EXIT_DONE;
    if (status)
        code = exit_with(&error);
    else
        printf("\n%zu judged, %zu skipped, %zu left; grades are in '%s'%s\n", outcome.judged, outcome.skipped,
               outcome.left, how.qrels_path, outcome.left ? ": the same command goes on from here" : "");
    close_desk(&desk);
    keys_die_of_signal();
    return finish_output(code);
}

const struct command command_judge = {
    .name = "judge",
    .operands = "--topics FILE --pool FILE --qrels FILE",
    .summary = "grade pooled documents at the terminal",
    .options = options,
    .notes =
        "Each document is shown with its title, what the topic's words find in it, and its text. Keys: 0 to 3 the\n"
        "grade, u undo, s skip, m more text, q quit. Each grade is written at once; the same command goes on where\n"
        "it was left. Keys may be piped in.\n\n"
        "example:\n"
        "  dossier pool --depth 20 a.run b.run > pool\n"
        "  dossier judge -d news.db --topics topics.tsv --pool pool --qrels qrels.trec\n",
    .run = run,
};
