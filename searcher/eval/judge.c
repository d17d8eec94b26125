/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/judge.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"
#include "searcher/eval/run.h"
#include "searcher/eval/writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOWN_BYTES_MAX ((size_t)64 << 20) /* bytes of a document's text */
#define NAMES_BYTES_MAX ((size_t)4 << 30)  /* bytes of all names in the qrels file */

enum { UNGRADED = -1 };

struct session {
    const struct judge_callbacks *callbacks;
    const struct judge_options *options;
    FILE *screen, *log;
    struct error *error;
    struct names pairs; /* "topic document" as written in the file */
    long *grades;       /* by number in pairs */
    size_t capacity;
    struct buffer key, title, snippet, text, query;
    size_t *history; /* numbers of pairs graded in this session, and the items they belong to */
    size_t *history_item;
    size_t history_count;
};

static enum status no_memory(struct session *session)
{
    return fail(session->error, NO_MEMORY, "out of memory judging");
}

/* The number of a pair, new ones without a grade. */
static enum status pair_number(struct session *session, struct span topic, struct span document, size_t *number)
{
    buffer_clear(&session->key);
    enum status status = run_name_append(&session->key, topic);
    if (status == OK) status = buffer_append_byte(&session->key, ' ');
    if (status == OK) status = run_name_append(&session->key, document);
    size_t known = session->pairs.count;
    if (status == OK) status = names_add(&session->pairs, buffer_span(&session->key), number);
    if (status != OK) return no_memory(session);
    if (session->pairs.count > session->capacity) {
        size_t capacity = session->capacity ? session->capacity * 2 : 256;
        long *grown = realloc(session->grades, capacity * sizeof *grown);
        if (!grown) return no_memory(session);
        session->grades = grown;
        session->capacity = capacity;
    }
    if (session->pairs.count > known) session->grades[known] = UNGRADED;
    return OK;
}

static enum status read_file(struct session *session)
{
    struct lines *lines;
    if (access(session->options->qrels_path, F_OK) != 0 && errno == ENOENT) return OK;
    enum status status = lines_open(&lines, session->options->qrels_path, session->error);
    if (status != OK) return status;
    struct span line, fields[4], rest;
    while ((status = lines_next(lines, &line, session->error)) == OK) {
        if (span_trim(line).length == 0 || line.data[0] == '#') continue;
        long grade;
        size_t number;
        if (fields_split(line, fields, 4, &rest) < 4 || rest.length ||
            !integer_parse(fields[3], -32767, 32767, &grade)) {
            status = lines_fail(lines, session->error, "is no line of a qrels file: 'topic 0 document grade'");
            break;
        }
        if ((status = pair_number(session, fields[0], fields[2], &number)) != OK) break;
        session->grades[number] = grade < 0 ? UNGRADED : grade; /* the last line counts */
    }
    lines_close(lines);
    return status == NOT_FOUND ? OK : status;
}

static enum status log_grade(struct session *session, size_t number, long grade)
{
    struct span pair = session->pairs.items[number];
    size_t topic = (size_t)((const char *)memchr(pair.data, ' ', pair.length) - pair.data);
    session->grades[number] = grade;
    fprintf(session->log, "%.*s 0 %s %ld\n", (int)topic, pair.data, pair.data + topic + 1, grade);
    if (fflush(session->log) != 0)
        return fail(session->error, IO, "cannot write '%s': %s", session->options->qrels_path, strerror(errno));
    return OK;
}

static int order_pairs(const void *a, const void *b, void *context)
{
    const struct session *session = context;
    return span_compare(session->pairs.items[*(const size_t *)a], session->pairs.items[*(const size_t *)b]);
}

/* Writes the file anew: every pair once, sorted. */
static enum status rewrite(struct session *session)
{
    size_t *order = malloc((session->pairs.count + 1) * sizeof *order);
    if (!order) return no_memory(session);
    for (size_t i = 0; i < session->pairs.count; i++) order[i] = i;
    qsort_r(order, session->pairs.count, sizeof *order, order_pairs, session);
    struct writer writer;
    writer_init(&writer);
    for (size_t i = 0; i < session->pairs.count; i++) {
        struct span pair = session->pairs.items[order[i]];
        size_t topic = (size_t)((const char *)memchr(pair.data, ' ', pair.length) - pair.data);
        writer_printf(&writer, "%.*s 0 %s %ld\n", (int)topic, pair.data, pair.data + topic + 1,
                      session->grades[order[i]]);
    }
    enum status status = writer_save(&writer, session->options->qrels_path, session->error);
    writer_release(&writer);
    free(order);
    return status;
}

/* Prints text that came from a document: as UTF-8, without what a terminal would obey. */
static void print_safely(FILE *out, struct span text)
{
    char bytes[4];
    for (size_t at = 0; at < text.length;) {
        uint32_t rune = utf8_next(text, &at);
        bool control = (rune < ' ' && rune != '\n' && rune != '\t') || (rune >= 0x7f && rune < 0xa0) ||
                       (rune >= 0x202a && rune <= 0x202e) || (rune >= 0x2066 && rune <= 0x2069);
        fwrite(bytes, 1, utf8_write(bytes, control ? '?' : rune), out);
    }
}

static void print_help(const struct session *session)
{
    fprintf(session->screen, "0 to %d: the grade   u: undo   s: skip   m: more text   q: quit\n",
            session->options->grade_max);
}

static enum status fetch(struct session *session, const struct judge_item *item)
{
    buffer_clear(&session->title);
    buffer_clear(&session->snippet);
    buffer_clear(&session->text);
    buffer_clear(&session->query);
    const struct judge_callbacks *callbacks = session->callbacks;
    enum status status = callbacks->topic(callbacks->context, item->topic, &session->query, session->error);
    if (status != OK && status != NOT_FOUND) return status;
    return callbacks->show(callbacks->context, item->topic, item->document, &session->title, &session->snippet,
                           &session->text, session->error);
}

static size_t print_text(struct session *session, size_t from)
{
    struct span text = buffer_span(&session->text);
    size_t to = from + session->options->text_bytes;
    to = to < text.length ? utf8_floor(text, to) : text.length;
    print_safely(session->screen, span_cut(text, from, to));
    fprintf(session->screen, "\n%s", to < text.length ? "… (m for more)\n" : "");
    return to;
}

static void print_item(struct session *session, const struct judge_item *item, size_t place, size_t count)
{
    FILE *screen = session->screen;
    fprintf(screen, "\n%zu of %zu   topic ", place + 1, count);
    print_safely(screen, item->topic);
    fputs(session->query.length ? ": " : "", screen);
    print_safely(screen, buffer_span(&session->query));
    fputs("\ndocument ", screen);
    print_safely(screen, item->document);
    fputs("\n\n", screen);
    print_safely(screen, buffer_span(&session->title));
    fputs("\n", screen);
    if (session->snippet.length) {
        fputs("  ", screen);
        print_safely(screen, buffer_span(&session->snippet));
        fputs("\n\n", screen);
    }
}

enum answer { GRADED, SKIPPED, UNDONE, QUIT };

static enum status ask(struct session *session, size_t number, size_t item, size_t shown, enum answer *answer)
{
    for (;;) {
        fputs("grade? ", session->screen);
        fflush(session->screen);
        int key;
        do key = session->callbacks->key(session->callbacks->context);
        while (key == '\n' || key == '\r' || key == ' ');
        if (key != EOF) fprintf(session->screen, "%c\n", key > ' ' && key < 0x7f ? key : '?');
        if (key >= '0' && key <= '0' + session->options->grade_max) {
            session->history[session->history_count] = number;
            session->history_item[session->history_count++] = item;
            *answer = GRADED;
            return log_grade(session, number, key - '0');
        }
        if (key == EOF || key == 'q') {
            *answer = QUIT;
            return OK;
        }
        if (key == 's') {
            *answer = SKIPPED;
            return OK;
        }
        if (key == 'u' && session->history_count) {
            *answer = UNDONE;
            return log_grade(session, session->history[--session->history_count], UNGRADED);
        }
        if (key == 'u')
            fputs("nothing to undo\n", session->screen);
        else if (key == 'm')
            shown = print_text(session, shown);
        else
            print_help(session);
    }
}

static enum status go_through(struct session *session, struct judge_outcome *out, const struct judge_item *items,
                              size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t number;
        enum status status = pair_number(session, items[i].topic, items[i].document, &number);
        if (status != OK) return status;
        if (session->grades[number] != UNGRADED) {
            i++;
            continue;
        }
        status = fetch(session, &items[i]);
        if (status == NOT_FOUND) {
            fputs("\ndocument ", session->screen);
            print_safely(session->screen, items[i].document);
            fputs(" is no longer in the index; skipped\n", session->screen);
            out->skipped++;
            i++;
            continue;
        }
        if (status != OK) return status;
        print_item(session, &items[i], i, count);
        size_t shown = print_text(session, 0);
        enum answer answer;
        if ((status = ask(session, number, i, shown, &answer)) != OK) return status;
        if (answer == QUIT) {
            out->quit = true;
            break;
        }
        if (answer == UNDONE) {
            i = session->history_item[session->history_count];
            continue;
        }
        out->skipped += answer == SKIPPED;
        i++;
    }
    return OK;
}

enum status judge(struct judge_outcome *out, const struct judge_item *items, size_t count,
                  const struct judge_callbacks *callbacks, const struct judge_options *options, FILE *screen,
                  struct error *error)
{
    *out = (struct judge_outcome){0};
    struct session session = {.callbacks = callbacks, .options = options, .screen = screen, .error = error};
    struct buffer *const buffers[] = {&session.key, &session.title, &session.snippet, &session.text, &session.query};
    names_init(&session.pairs, NAMES_BYTES_MAX);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_init(buffers[i], SHOWN_BYTES_MAX);
    session.history = malloc((count + 1) * sizeof *session.history);
    session.history_item = malloc((count + 1) * sizeof *session.history_item);
    enum status status = session.history && session.history_item ? read_file(&session) : no_memory(&session);
    if (status == OK) {
        session.log = fopen(options->qrels_path, "ae");
        if (!session.log) status = fail(error, IO, "cannot write '%s': %s", options->qrels_path, strerror(errno));
    }
    if (status == OK) {
        print_help(&session);
        status = go_through(&session, out, items, count);
    }
    if (session.log && fclose(session.log) != 0 && status == OK)
        status = fail(error, IO, "cannot write '%s': %s", options->qrels_path, strerror(errno));
    if (status == OK) status = rewrite(&session);
    out->judged = session.history_count;
    for (size_t i = 0; i < count && status == OK; i++) {
        size_t number;
        status = pair_number(&session, items[i].topic, items[i].document, &number);
        if (status == OK) out->left += session.grades[number] == UNGRADED;
    }
    names_release(&session.pairs);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_release(buffers[i]);
    free(session.grades);
    free(session.history);
    free(session.history_item);
    return status;
}
