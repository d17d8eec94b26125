/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/topics.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOPICS_BYTES_MAX ((size_t)1 << 30) /* bytes of all topics together */

enum { PART_COUNT = 3, COMPLAINT_BYTES = 400, SHOWN_BYTES = 60 };

struct reader {
    struct topics *out;
    struct lines *lines;
    unsigned parts;
    topics_complaint complain;
    void *context;
    struct error *error;
    struct names seen;
    size_t capacity;
    struct buffer name, part[PART_COUNT]; /* of the topic at hand */
    size_t line;                          /* where it began */
};

void topics_release(struct topics *topics)
{
    arena_release(&topics->memory);
    free(topics->items);
    *topics = (struct topics){0};
}

const struct topic *topics_find(const struct topics *topics, struct span name)
{
    for (size_t i = 0; i < topics->count; i++)
        if (span_equal(topics->items[i].name, name)) return &topics->items[i];
    return NULL;
}

enum status topics_parts_parse(unsigned *parts, const char *text, struct error *error)
{
    static const char *const names[] = {"title", "desc", "narr"};
    unsigned result = 0;
    for (const char *at = text;;) {
        size_t length = strcspn(at, "+,");
        unsigned found = 0;
        for (unsigned i = 0; i < PART_COUNT; i++)
            if (length == strlen(names[i]) && strncmp(at, names[i], length) == 0) found = 1u << i;
        if (!found)
            return fail(error, INVALID, "'%s' is no part of a topic; choose title, desc or narr, or title+desc", text);
        result |= found;
        if (!at[length]) break;
        at += length + 1;
    }
    *parts = result;
    return OK;
}

__attribute__((format(printf, 2, 3))) static void skip(struct reader *reader, const char *format, ...)
{
    reader->out->skipped++;
    if (!reader->complain) return;
    char what[COMPLAINT_BYTES], message[COMPLAINT_BYTES * 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    snprintf(message, sizeof message, "%.300s, line %zu: %s; skipped", lines_path(reader->lines), reader->line, what);
    reader->complain(reader->context, message);
}

static enum status no_memory(struct reader *reader)
{
    return fail(reader->error, NO_MEMORY, "out of memory reading '%s'", lines_path(reader->lines));
}

/* Appends [text] with runs of white space as one space. */
static enum status append_words(struct buffer *out, struct span text)
{
    struct span word;
    enum status status = OK;
    while (status == OK && fields_split(text, &word, 1, NULL)) {
        if (out->length) status = buffer_append_byte(out, ' ');
        if (status == OK) status = buffer_append_span(out, word);
        text = span_cut(text, (size_t)(word.data + word.length - text.data), text.length);
    }
    return status;
}

static void start_topic(struct reader *reader)
{
    buffer_clear(&reader->name);
    for (int i = 0; i < PART_COUNT; i++) buffer_clear(&reader->part[i]);
    reader->line = lines_number(reader->lines);
}

/* Keeps the topic at hand, or tells why not. */
static enum status end_topic(struct reader *reader)
{
    struct span name = buffer_span(&reader->name), fields[2];
    if (fields_split(name, fields, 2, NULL) != 1) {
        if (name.length)
            skip(reader, "the topic's name '%.*s' is not one word",
                 (int)(name.length < SHOWN_BYTES ? name.length : SHOWN_BYTES), name.data);
        else
            skip(reader, "a topic without a name");
        return OK;
    }
    struct buffer text;
    buffer_init(&text, TOPICS_BYTES_MAX);
    enum status status = OK;
    for (int i = 0; i < PART_COUNT && status == OK; i++)
        if (reader->parts & 1u << i) status = append_words(&text, buffer_span(&reader->part[i]));
    size_t number, known = reader->seen.count;
    if (status != OK) {
        status = no_memory(reader);
    } else if (text.length == 0) {
        skip(reader, "topic '%.*s' has no text", (int)fields[0].length, fields[0].data);
    } else if (names_add(&reader->seen, fields[0], &number) != OK) {
        status = no_memory(reader);
    } else if (reader->seen.count == known) {
        skip(reader, "topic '%.*s' was there already", (int)fields[0].length, fields[0].data);
    } else {
        struct topics *out = reader->out;
        if (out->count == reader->capacity) {
            size_t capacity = reader->capacity ? reader->capacity * 2 : 64;
            struct topic *grown = realloc(out->items, capacity * sizeof *grown);
            if (!grown) status = no_memory(reader);
            if (grown) {
                out->items = grown;
                reader->capacity = capacity;
            }
        }
        if (status == OK) {
            struct topic topic = {.name = {arena_copy(&out->memory, fields[0]), fields[0].length},
                                  .text = {arena_copy(&out->memory, buffer_span(&text)), text.length},
                                  .line = reader->line};
            if (topic.name.data && topic.text.data)
                out->items[out->count++] = topic;
            else
                status = no_memory(reader);
        }
    }
    buffer_release(&text);
    return status;
}

/* `name, tab, text`; without a tab the first word is the name. */
static enum status read_plain(struct reader *reader, struct span line)
{
    start_topic(reader);
    const char *tab = memchr(line.data, '\t', line.length);
    struct span name = line, text = {0};
    if (tab) {
        name = span_cut(line, 0, (size_t)(tab - line.data));
        text = span_cut(line, name.length + 1, line.length);
    } else if (fields_split(line, &name, 1, &text) == 0) {
        return OK;
    }
    if (buffer_append_span(&reader->name, span_trim(name)) != OK ||
        buffer_append_span(&reader->part[0], span_trim(text)) != OK ||
        buffer_append_span(&reader->part[1], span_trim(text)) != OK ||
        buffer_append_span(&reader->part[2], span_trim(text)) != OK)
        return no_memory(reader);
    unsigned parts = reader->parts;
    reader->parts = TOPIC_TITLE; /* there is but one text */
    enum status status = end_topic(reader);
    reader->parts = parts;
    return status;
}

/* The first of [keys] (which ends with NULL) that holds a string or a whole number. */
static enum status json_part(struct reader *reader, struct buffer *out, json_t *object, const char *const *keys)
{
    for (; *keys; keys++) {
        json_t *value = json_object_get(object, *keys);
        enum status status = NOT_FOUND;
        if (json_is_string(value))
            status = buffer_append(out, json_string_value(value), json_string_length(value));
        else if (json_is_integer(value))
            status = buffer_printf(out, "%lld", (long long)json_integer_value(value));
        if (status == OK) return OK;
        if (status != NOT_FOUND) return no_memory(reader);
    }
    return OK;
}

static enum status read_json(struct reader *reader, struct span line)
{
    static const char *const names[] = {"id", "_id", "qid", "query_id", "topic_id", "num", "number", NULL};
    static const char *const keys[PART_COUNT][5] = {
        {"title", "query", "text", NULL}, {"desc", "description", NULL}, {"narr", "narrative", NULL}};
    start_topic(reader);
    json_error_t fault;
    json_t *object = json_loadb(line.data, line.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &fault);
    if (!json_is_object(object)) {
        skip(reader, "not a JSON object (%s)", object ? "but another value" : fault.text);
        json_decref(object);
        return OK;
    }
    enum status status = json_part(reader, &reader->name, object, names);
    for (int i = 0; i < PART_COUNT && status == OK; i++) status = json_part(reader, &reader->part[i], object, keys[i]);
    json_decref(object);
    return status == OK ? end_topic(reader) : status;
}

static bool take_prefix(struct span *text, struct span prefix)
{
    if (text->length < prefix.length || !span_equal_fold(span_cut(*text, 0, prefix.length), prefix)) return false;
    *text = span_cut(*text, prefix.length, text->length);
    return true;
}

/* Appends text between tags, with the five entities of XML decoded. */
static enum status append_text(struct reader *reader, struct buffer *out, struct span text)
{
    static const struct {
        struct span name;
        char byte;
    } entities[] = {
        {{"&amp;", 5}, '&'}, {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&quot;", 6}, '"'}, {{"&apos;", 6}, '\''}};
    enum status status = OK;
    while (text.length && status == OK) {
        size_t i = 0, count = sizeof entities / sizeof *entities;
        if (text.data[0] == '&')
            while (i < count && !take_prefix(&text, entities[i].name)) i++;
        else
            i = count;
        if (i < count) {
            status = buffer_append_byte(out, entities[i].byte);
        } else {
            status = buffer_append_byte(out, text.data[0]);
            text = span_cut(text, 1, text.length);
        }
    }
    if (status == OK) status = buffer_append_byte(out, ' '); /* for the line's end */
    return status == OK ? OK : no_memory(reader);
}

/* A topic of TREC: <top>, then parts that begin with a tag and may end with one, and a label nobody reads. */
struct trec_state {
    struct buffer *into; /* where text goes, NULL for nowhere */
    const struct trec_tag *tag;
    bool inside, fresh; /* fresh: the label may still come */
};

static const struct trec_tag {
    struct span name, label;
    int part; /* -1 the name, -2 nothing */
} TREC_TAGS[] = {
    {{"<num>", 5}, {"Number:", 7}, -1},         {{"<title>", 7}, {"Topic:", 6}, 0},
    {{"<desc>", 6}, {"Description:", 12}, 1},   {{"<narr>", 6}, {"Narrative:", 10}, 2},
    {{"<dom>", 5}, {"Domain:", 7}, -2},         {{"<con>", 5}, {"Concept(s):", 11}, -2},
    {{"<smry>", 6}, {"Summary:", 8}, -2},       {{"<fac>", 5}, {"Factor(s):", 10}, -2},
    {{"<def>", 5}, {"Definition(s):", 14}, -2},
};

static enum status read_trec(struct reader *reader, struct trec_state *state, struct span line)
{
    enum status status = OK;
    while (line.length && status == OK) {
        if (line.data[0] == '<') {
            if (take_prefix(&line, SPAN("<top>"))) {
                if (state->inside) status = end_topic(reader);
                start_topic(reader);
                *state = (struct trec_state){.inside = true};
                continue;
            }
            if (take_prefix(&line, SPAN("</top>"))) {
                if (state->inside) status = end_topic(reader);
                *state = (struct trec_state){0};
                continue;
            }
            const struct trec_tag *tag = NULL;
            for (size_t i = 0; i < sizeof TREC_TAGS / sizeof *TREC_TAGS && !tag; i++)
                if (take_prefix(&line, TREC_TAGS[i].name)) tag = &TREC_TAGS[i];
            if (tag) {
                state->tag = tag;
                state->into = tag->part == -1 ? &reader->name : tag->part >= 0 ? &reader->part[tag->part] : NULL;
                state->fresh = true;
                continue;
            }
            if (line.length > 1 && line.data[1] == '/') { /* the end of a part */
                const char *end = memchr(line.data, '>', line.length);
                line = span_cut(line, end ? (size_t)(end - line.data) + 1 : line.length, line.length);
                state->into = NULL;
                continue;
            }
        }
        if (state->fresh) {
            struct span rest = span_trim(line);
            if (rest.length) {
                state->fresh = false;
                if (take_prefix(&rest, state->tag->label)) line = rest;
            }
        }
        const char *next = line.length > 1 ? memchr(line.data + 1, '<', line.length - 1) : NULL;
        size_t length = next ? (size_t)(next - line.data) : line.length;
        if (state->inside && state->into) status = append_text(reader, state->into, span_cut(line, 0, length));
        line = span_cut(line, length, line.length);
    }
    return status;
}

static enum status read_all(struct reader *reader)
{
    enum { UNKNOWN, PLAIN, JSON, TREC } format = UNKNOWN;
    struct trec_state state = {0};
    struct span line;
    enum status status;
    while ((status = lines_next(reader->lines, &line, reader->error)) == OK) {
        if (format == UNKNOWN && take_prefix(&line, SPAN("\xef\xbb\xbf"))) {
        } /* a byte order mark */
        if (line.length && line.data[line.length - 1] == '\r') line.length--;
        struct span trimmed = span_trim(line);
        if (trimmed.length == 0) continue;
        if (format == UNKNOWN) format = trimmed.data[0] == '<' ? TREC : trimmed.data[0] == '{' ? JSON : PLAIN;
        if (format == TREC)
            status = read_trec(reader, &state, line);
        else if (format == JSON)
            status = read_json(reader, trimmed);
        else if (trimmed.data[0] != '#')
            status = read_plain(reader, line);
        if (status != OK) return status;
    }
    if (status == NOT_FOUND && state.inside) return end_topic(reader);
    return status == NOT_FOUND ? OK : status;
}

enum status topics_read_lines(struct topics *out, struct lines *lines, unsigned parts, topics_complaint complain,
                              void *context, struct error *error)
{
    *out = (struct topics){0};
    arena_init(&out->memory, TOPICS_BYTES_MAX);
    struct reader reader = {
        .out = out, .lines = lines, .parts = parts, .complain = complain, .context = context, .error = error};
    names_init(&reader.seen, TOPICS_BYTES_MAX);
    buffer_init(&reader.name, LINE_BYTES_MAX);
    for (int i = 0; i < PART_COUNT; i++) buffer_init(&reader.part[i], TOPICS_BYTES_MAX);
    enum status status = read_all(&reader);
    if (status == OK && out->count == 0)
        status = fail(error, INVALID, "'%s' holds no topic that can be used", lines_path(lines));
    names_release(&reader.seen);
    buffer_release(&reader.name);
    for (int i = 0; i < PART_COUNT; i++) buffer_release(&reader.part[i]);
    if (status != OK) topics_release(out);
    return status;
}

enum status topics_read(struct topics *out, const char *path, unsigned parts, topics_complaint complain, void *context,
                        struct error *error)
{
    struct lines *lines;
    enum status status = lines_open(&lines, path, error);
    if (status != OK) return status;
    status = topics_read_lines(out, lines, parts, complain, context, error);
    lines_close(lines);
    return status;
}
