/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/run.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"

#include <stdlib.h>
#include <string.h>

#define RUN_BYTES_MAX ((size_t)64 << 30) /* bytes of document names, when a whole run has to be kept */

struct entry_list {
    struct run_entry *items;
    size_t count, capacity;
};

struct topic_state {
    bool wanted, given;
    struct entry_list kept; /* when gathering */
};

struct reader {
    struct run_reading *reading;
    struct lines *lines;
    struct error *error;
    struct names topics;
    struct topic_state *states;
    size_t state_capacity;
    struct arena documents;
    struct entry_list current; /* when streaming */
    size_t topic;              /* of the line before, NAMES_NONE at first */
    bool gathering;            /* every wanted topic is kept to the end, since topics are mixed */
    uint64_t *slots;           /* of the search for duplicates: hash above, index + 1 below */
    size_t slot_count;
};

static enum status out_of_memory(struct reader *reader)
{
    return fail(reader->error, NO_MEMORY, "out of memory reading '%s'", lines_path(reader->lines));
}

/* The order of a ranking: scores from high to low, then names from last to first. */
static int order_entries(const void *a, const void *b)
{
    const struct run_entry *one = a, *two = b;
    if (one->score != two->score) return one->score > two->score ? -1 : 1;
    return span_compare(two->document, one->document);
}

void run_sort(struct run_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (order_entries(&entries[i - 1], &entries[i]) > 0) {
            qsort(entries, count, sizeof *entries, order_entries);
            return;
        }
}

static enum status check_duplicates(struct reader *reader, struct span topic, const struct entry_list *list)
{
    size_t slot_count = 16;
    while (slot_count < list->count * 2) slot_count *= 2;
    if (slot_count > reader->slot_count) {
        uint64_t *slots = realloc(reader->slots, slot_count * sizeof *slots);
        if (!slots) return out_of_memory(reader);
        reader->slots = slots;
        reader->slot_count = slot_count;
    }
    uint64_t *slots = reader->slots;
    memset(slots, 0, slot_count * sizeof *slots);
    for (size_t i = 0; i < list->count; i++) {
        const struct run_entry *entry = &list->items[i];
        uint64_t hash = name_hash(entry->document), high = hash & ~(uint64_t)UINT32_MAX;
        size_t slot = hash & (slot_count - 1);
        for (; slots[slot]; slot = (slot + 1) & (slot_count - 1)) {
            if ((slots[slot] & ~(uint64_t)UINT32_MAX) != high) continue;
            const struct run_entry *other = &list->items[(slots[slot] & UINT32_MAX) - 1];
            if (!span_equal(other->document, entry->document)) continue;
            return fail_at(reader->error, INVALID, entry->line,
                           "%s, line %zu: document '%.*s' of topic '%.*s' was given in line %zu already",
                           lines_path(reader->lines), entry->line, (int)entry->document.length, entry->document.data,
                           (int)topic.length, topic.data, other->line);
        }
        slots[slot] = high | (i + 1);
    }
    return OK;
}

static enum status give(struct reader *reader, size_t number, struct entry_list *list)
{
    struct span topic = reader->topics.items[number];
    enum status status = check_duplicates(reader, topic, list);
    if (status != OK) return status;
    run_sort(list->items, list->count);
    reader->states[number].given = true;
    return reader->reading->topic(reader->reading->context, topic, list->items, list->count, reader->error);
}

static enum status topic_number(struct reader *reader, struct span name, size_t *number)
{
    size_t known = reader->topics.count;
    enum status status = names_add(&reader->topics, name, number);
    if (status != OK) return out_of_memory(reader);
    if (reader->topics.count == known) return OK;
    if (known == reader->state_capacity) {
        size_t capacity = known ? known * 2 : 64;
        struct topic_state *grown = realloc(reader->states, capacity * sizeof *grown);
        if (!grown) return out_of_memory(reader);
        reader->states = grown;
        reader->state_capacity = capacity;
    }
    const struct run_reading *reading = reader->reading;
    reader->states[known] = (struct topic_state){.wanted = !reading->wanted || reading->wanted(reading->context, name)};
    return OK;
}

/* Ends the topic before and begins [number]. CHANGED asks for a new start: the topic has been given already. */
static enum status turn_to(struct reader *reader, size_t number)
{
    if (!reader->gathering) {
        if (reader->topic != NAMES_NONE && reader->states[reader->topic].wanted) {
            enum status status = give(reader, reader->topic, &reader->current);
            if (status != OK) return status;
        }
        if (number != NAMES_NONE && reader->states[number].given) return CHANGED;
        arena_reset(&reader->documents);
        reader->current.count = 0;
    }
    reader->topic = number;
    return OK;
}

static enum status keep(struct reader *reader, struct span document, double score)
{
    struct entry_list *list = reader->gathering ? &reader->states[reader->topic].kept : &reader->current;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct run_entry *grown = realloc(list->items, capacity * sizeof *grown);
        if (!grown || list->count >= UINT32_MAX / 4) {
            if (grown) list->items = grown;
            return out_of_memory(reader);
        }
        list->items = grown;
        list->capacity = capacity;
    }
    char *copy = arena_bytes(&reader->documents, document.length);
    if (!copy) return out_of_memory(reader);
    memcpy(copy, document.data, document.length);
    list->items[list->count++] =
        (struct run_entry){.score = score, .document = {copy, document.length}, .line = lines_number(reader->lines)};
    return OK;
}

static enum status read_line(struct reader *reader, struct span line)
{
    static const char *const fault[] = {[NUMBER_NOT] = "is not a number",
                                        [NUMBER_NAN] = "is not a number that can be ranked",
                                        [NUMBER_INFINITE] = "is infinite, or too large for a double"};
    struct span fields[6];
    if (fields_split(line, fields, 6, NULL) < 6)
        return lines_fail(reader->lines, reader->error,
                          "too few fields; a run has 'topic Q0 document rank score tag' on a line");
    double score;
    enum number_fault found = number_parse(fields[4], &score);
    if (found != NUMBER_GOOD)
        return lines_fail(reader->lines, reader->error, "score '%.*s' %s", (int)fields[4].length, fields[4].data,
                          fault[found]);
    enum status status = OK;
    if (reader->topic == NAMES_NONE || !span_equal(fields[0], reader->topics.items[reader->topic])) {
        size_t number;
        if ((status = topic_number(reader, fields[0], &number)) != OK) return status;
        if ((status = turn_to(reader, number)) != OK) return status;
    }
    struct buffer *tag = &reader->reading->tag;
    if (!span_equal(buffer_span(tag), fields[5])) {
        buffer_clear(tag);
        if (buffer_append_span(tag, fields[5]) != OK) return out_of_memory(reader);
    }
    reader->reading->lines++;
    return reader->states[reader->topic].wanted ? keep(reader, fields[2], score) : OK;
}

static enum status read_all(struct reader *reader)
{
    struct span line;
    enum status status;
    reader->reading->lines = 0;
    reader->topic = NAMES_NONE;
    while ((status = lines_next(reader->lines, &line, reader->error)) == OK) {
        const char *at = line.data, *end = line.data + line.length;
        while (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r'))) at++;
        if (at == end || *at == '#') continue;
        if ((status = read_line(reader, line)) != OK) return status;
    }
    if (status != NOT_FOUND) return status;
    if (reader->reading->lines == 0)
        return fail(reader->error, INVALID, "'%s' holds no results", lines_path(reader->lines));
    if (!reader->gathering) return turn_to(reader, NAMES_NONE);
    for (size_t i = 0; i < reader->topics.count; i++) {
        if (!reader->states[i].wanted) continue;
        if ((status = give(reader, i, &reader->states[i].kept)) != OK) return status;
        free(reader->states[i].kept.items);
        reader->states[i].kept = (struct entry_list){0};
    }
    return OK;
}

enum status run_read_lines(struct run_reading *reading, struct lines *lines, struct error *error)
{
    struct reader reader = {.reading = reading, .lines = lines, .error = error, .topic = NAMES_NONE};
    names_init(&reader.topics, RUN_BYTES_MAX);
    arena_init(&reader.documents, RUN_BYTES_MAX);
    reader.gathering = !lines_can_rewind(lines);
    enum status status = read_all(&reader);
    if (status == CHANGED && !reader.gathering) {
        arena_reset(&reader.documents);
        reader.gathering = true;
        status = lines_rewind(lines) ? read_all(&reader)
                                     : fail(error, IO, "cannot read '%s' a second time", lines_path(lines));
    }
    for (size_t i = 0; i < reader.topics.count && i < reader.state_capacity; i++) free(reader.states[i].kept.items);
    free(reader.states);
    free(reader.current.items);
    free(reader.slots);
    names_release(&reader.topics);
    arena_release(&reader.documents);
    return status;
}

enum status run_read(struct run_reading *reading, const char *path, struct error *error)
{
    struct lines *lines;
    enum status status = lines_open(&lines, path, error);
    if (status != OK) return status;
    status = run_read_lines(reading, lines, error);
    lines_close(lines);
    return status;
}
