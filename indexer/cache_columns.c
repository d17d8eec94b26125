/* SPDX-License-Identifier: GPL-2.0-or-later */
/* columns.cache, from the value slots: one pass over each. */
#include "indexer/analysis/analyse.h"
#include "indexer/caches.h"
#include "indexer/entities/names/fold.h"
#include "indexer/schema.h"
#include "indexer/sidecar/columns.h"
#include "indexer/sidecar/packed.h"
#include "indexer/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t dictionary_bytes_max = (size_t)2 << 30; /* bytes: some ten million values with their keys */

/* How a value's key is made: the key of two values is the same when they are filtered by one term. */
enum keyed { KEYED_AS_IS, KEYED_FOLDED, KEYED_NAME };

/* What is kept. A new facet is a row. */
static const struct {
    uint32_t slot;
    bool many;
    enum keyed keyed;
} kept[] = {
    {SLOT_DATE, false, KEYED_AS_IS},       {SLOT_SOURCE, false, KEYED_FOLDED}, {SLOT_LANGUAGE, false, KEYED_AS_IS},
    {SLOT_TYPE, false, KEYED_AS_IS},       {SLOT_PERSON, true, KEYED_NAME},    {SLOT_PLACE, true, KEYED_NAME},
    {SLOT_ORGANIZATION, true, KEYED_NAME},
};
enum { KEPT = sizeof kept / sizeof *kept };
_Static_assert((int)KEPT <= (int)COLUMNS_MAX, "readers take no more");

struct value {
    struct span text, key;
    uint32_t number; /* in the order in which it was met */
};

/* A column being built. */
struct column {
    struct arena arena;
    struct value *values;
    size_t count, room;
    uint32_t *slots; /* a table of numbers + 1, by the text's hash */
    size_t mask;
    uint32_t *docids, *numbers; /* a pair for each value of each document, in the order of documents */
    size_t pairs, pair_room;
    uint32_t *place_of; /* by number, once sorted */
    uint32_t *group_of; /* by place: the place of the first with its key */
};

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory for the columns of the facets");
}

static void column_release(struct column *column)
{
    arena_release(&column->arena);
    free(column->values);
    free(column->slots);
    free(column->docids);
    free(column->numbers);
    free(column->place_of);
    free(column->group_of);
}

static bool grow_table(struct column *column)
{
    size_t room = column->room ? 2 * column->room : 256;
    struct value *values = room > UINT32_MAX / 4 ? NULL : realloc(column->values, room * sizeof *values);
    if (!values) return false;
    column->values = values;
    column->room = room;
    uint32_t *slots = calloc(2 * room, sizeof *slots);
    if (!slots) return false;
    free(column->slots);
    column->slots = slots;
    column->mask = 2 * room - 1;
    for (size_t i = 0; i < column->count; i++) {
        size_t at = key_hash(values[i].text) & column->mask;
        while (slots[at]) at = (at + 1) & column->mask;
        slots[at] = (uint32_t)i + 1;
    }
    return true;
}

static bool make_key(struct value *value, struct column *column, enum keyed keyed)
{
    value->key = value->text;
    if (keyed == KEYED_AS_IS) return true;
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, 0};
    struct buffer folded;
    buffer_init(&folded, 4 * value->text.length + 64);
    if (keyed == KEYED_NAME)
        key.length = name_key(bytes, value->text);
    else if (fold(&folded, value->text) == OK)
        key = buffer_span(&folded);
    char *copy = arena_copy(&column->arena, key);
    value->key = (struct span){copy, key.length};
    buffer_release(&folded);
    return copy != NULL;
}

/* The number of a value, new or not. False when out of memory. */
static bool number_of(uint32_t *out, struct column *column, struct span text, enum keyed keyed)
{
    if (column->count == column->room && !grow_table(column)) return false;
    size_t at = key_hash(text) & column->mask;
    for (; column->slots[at]; at = (at + 1) & column->mask) {
        *out = column->slots[at] - 1;
        if (span_equal(column->values[*out].text, text)) return true;
    }
    char *copy = arena_copy(&column->arena, text);
    struct value *value = &column->values[column->count];
    *value = (struct value){.text = {copy, text.length}, .number = (uint32_t)column->count};
    if (!copy || !make_key(value, column, keyed)) return false;
    *out = (uint32_t)column->count++;
    column->slots[at] = *out + 1;
    return true;
}

static bool add_pair(struct column *column, uint32_t docid, struct span text, enum keyed keyed)
{
    uint32_t number;
    if (!number_of(&number, column, text, keyed)) return false;
    if (column->values[number].key.length == 0) return true; /* nothing filters by it */
    if (column->pairs == column->pair_room) {
        size_t room = column->pair_room ? 2 * column->pair_room : 1024;
        uint32_t *docids = realloc(column->docids, room * sizeof *docids);
        if (docids) column->docids = docids;
        uint32_t *numbers = docids ? realloc(column->numbers, room * sizeof *numbers) : NULL;
        if (!numbers) return false;
        column->numbers = numbers;
        column->pair_room = room;
    }
    column->docids[column->pairs] = docid;
    column->numbers[column->pairs++] = number;
    return true;
}

static enum status read_slot(struct column *column, const struct cache_source *source, size_t row, struct error *error)
{
    struct xc_values *values = NULL;
    struct xc_error cause = {0};
    bool room = true;
    enum xc_status status = xc_database_values(&values, source->database, kept[row].slot, &cause);
    while (room && !status && !(status = xc_values_next(values, &cause))) {
        struct xc_bytes bytes = xc_values_value(values);
        struct span rest = {bytes.data, bytes.length}, name;
        uint32_t docid = xc_values_docid(values);
        if (docid > source->statistics.last_docid) continue;
        if (!kept[row].many)
            room = !rest.length || add_pair(column, docid, rest, kept[row].keyed);
        else
            while (room && value_names_next(&name, &rest)) room = add_pair(column, docid, name, kept[row].keyed);
    }
    xc_values_free(values);
    if (!room) return out_of_memory(error);
    return status && status != XC_NOT_FOUND ? store_failure(error, status, &cause, source->path) : OK;
}

static int by_key(const void *a, const void *b)
{
    const struct value *left = a, *right = b;
    int order = span_compare(left->key, right->key);
    return order ? order : span_compare(left->text, right->text);
}

/* Drops values without a key and gives each its place. */
static enum status sort_values(struct column *column, struct error *error)
{
    column->place_of = malloc((column->count + 1) * sizeof *column->place_of);
    column->group_of = malloc((column->count + 1) * sizeof *column->group_of);
    if (!column->place_of || !column->group_of) return out_of_memory(error);
    size_t filled = 0;
    for (size_t i = 0; i < column->count; i++)
        if (column->values[i].key.length) column->values[filled++] = column->values[i];
    column->count = filled;
    if (filled) qsort(column->values, filled, sizeof *column->values, by_key);
    for (size_t i = 0; i < filled; i++) {
        bool same = i && span_equal(column->values[i].key, column->values[i - 1].key);
        column->place_of[column->values[i].number] = (uint32_t)i;
        column->group_of[i] = same ? column->group_of[i - 1] : (uint32_t)i;
    }
    return OK;
}

/* ---- writing ---- */

static enum status begin(struct sidecar_writer *writer, uint32_t slot, const char *name, struct error *error)
{
    char section[SIDECAR_NAME_MAX + 1];
    snprintf(section, sizeof section, "%x.%s", (unsigned)slot, name);
    return sidecar_begin(writer, section, error);
}

static enum status write_values(struct sidecar_writer *writer, const struct column *column, uint32_t slot,
                                struct error *error)
{
    uint32_t end = 0;
    enum status status = begin(writer, slot, "value", error);
    for (size_t i = 0; !status && i < column->count; i++)
        status = sidecar_append(writer, column->values[i].text.data, column->values[i].text.length, error);
    if (!status) status = begin(writer, slot, "end", error);
    for (size_t i = 0; !status && i < column->count; i++) {
        if (column->values[i].text.length > UINT32_MAX - end)
            return fail(error, LIMIT, "the values of a facet take more than 4 GB");
        end += (uint32_t)column->values[i].text.length;
        status = sidecar_append(writer, &end, sizeof end, error);
    }
    size_t bytes = packed_bytes(column->count, 1);
    char *first = status ? NULL : calloc(1, bytes);
    if (!status && !first) status = out_of_memory(error);
    for (size_t i = 0; !status && i < column->count; i++) packed_put(first, 1, i, column->group_of[i] == i);
    if (!status) status = begin(writer, slot, "first", error);
    if (!status) status = sidecar_append(writer, first, bytes, error);
    free(first);
    return status;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Turns the numbers of each document into places, ascending, and marks variants of what stands there already. */
static void place(struct column *column)
{
    for (size_t i = 0; i < column->pairs; i++) column->numbers[i] = column->place_of[column->numbers[i]];
    for (size_t from = 0, to; from < column->pairs; from = to) {
        for (to = from + 1; to < column->pairs && column->docids[to] == column->docids[from];) to++;
        qsort(column->numbers + from, to - from, sizeof *column->numbers, by_number);
        for (size_t i = to; i-- > from + 1;)
            if (column->group_of[column->numbers[i]] == column->group_of[column->numbers[i - 1]])
                column->numbers[i] += (uint32_t)column->count;
    }
}

static enum status write_documents(struct sidecar_writer *writer, struct column_head *head, struct column *column,
                                   uint32_t last, struct error *error)
{
    head->values = (uint32_t)column->count;
    for (size_t i = 0; i < column->count; i++) head->variants += column->group_of[i] != i;
    head->places = head->many ? column->pairs : 0;
    head->places_width = packed_width(2 * (uint32_t)column->count);
    head->width = packed_width(head->many ? (uint32_t)column->pairs : (uint32_t)column->count);
    if (column->pairs > UINT32_MAX) return fail(error, LIMIT, "a facet has more than %u values", UINT32_MAX);
    size_t of_bytes = packed_bytes((uint64_t)last + 2, head->width);
    size_t places_bytes = packed_bytes(head->places, head->places_width);
    char *of = calloc(1, of_bytes), *places = calloc(1, places_bytes);
    enum status status = of && places ? OK : out_of_memory(error);
    if (!status && head->many) {
        size_t next = 0;
        for (uint64_t docid = 0; docid <= (uint64_t)last + 1; docid++) {
            packed_put(of, head->width, docid, (uint32_t)next);
            while (next < column->pairs && column->docids[next] == docid) next++;
        }
        for (size_t i = 0; i < column->pairs; i++) packed_put(places, head->places_width, i, column->numbers[i]);
    } else if (!status) {
        for (size_t i = 0; i < column->pairs; i++)
            packed_put(of, head->width, column->docids[i], column->numbers[i] + 1);
    }
    if (!status) status = begin(writer, head->slot, "of", error);
    if (!status) status = sidecar_append(writer, of, of_bytes, error);
    if (!status && head->many) status = begin(writer, head->slot, "list", error);
    if (!status && head->many) status = sidecar_append(writer, places, places_bytes, error);
    free(of);
    free(places);
    return status;
}

static enum status build_column(struct column_head *head, struct sidecar_writer *writer,
                                const struct cache_source *source, size_t row, struct error *error)
{
    struct column column = {0};
    arena_init(&column.arena, dictionary_bytes_max);
    *head = (struct column_head){.slot = kept[row].slot, .many = kept[row].many};
    enum status status = read_slot(&column, source, row, error);
    if (!status) status = sort_values(&column, error);
    if (!status) place(&column);
    if (!status) status = write_values(writer, &column, head->slot, error);
    if (!status) status = write_documents(writer, head, &column, source->statistics.last_docid, error);
    column_release(&column);
    return status;
}

static enum status write_live(struct sidecar_writer *writer, const struct cache_source *source, struct error *error)
{
    struct xc_postings *documents = NULL;
    struct xc_error cause = {0};
    uint32_t last = source->statistics.last_docid;
    if (source->statistics.documents == last) return OK;
    size_t bytes = packed_bytes((uint64_t)last + 1, 1);
    char *live = calloc(1, bytes);
    if (!live) return out_of_memory(error);
    enum xc_status read = xc_database_postings(&documents, source->database, "", 0, &cause);
    while (!read && !(read = xc_postings_next(documents, &cause)))
        if (xc_postings_docid(documents) <= last) packed_put(live, 1, xc_postings_docid(documents), 1);
    xc_postings_free(documents);
    enum status status = read == XC_NOT_FOUND ? OK : store_failure(error, read, &cause, source->path);
    if (!status) status = sidecar_begin(writer, COLUMNS_LIVE, error);
    if (!status) status = sidecar_append(writer, live, bytes, error);
    free(live);
    return status;
}

enum status cache_columns_build(struct sidecar_writer *writer, const struct cache_source *source, struct error *error)
{
    const struct xc_statistics *statistics = &source->statistics;
    struct columns_head head = {COLUMNS_VERSION, KEPT, statistics->last_docid, statistics->documents};
    struct column_head columns[KEPT];
    if (statistics->last_docid / COLUMNS_SPARSE_MAX > statistics->documents) return OK;
    enum status status = write_live(writer, source, error);
    for (size_t row = 0; !status && row < KEPT; row++) status = build_column(&columns[row], writer, source, row, error);
    if (!status) status = sidecar_begin(writer, COLUMNS_HEAD, error);
    if (!status) status = sidecar_append(writer, &head, sizeof head, error);
    if (!status) status = sidecar_append(writer, columns, sizeof columns, error);
    return status;
}
