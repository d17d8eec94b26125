/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/termtable.h"

#include "indexer/varint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_LEAST = 1024 };

void termtable_init(struct termtable *table)
{
    *table = (struct termtable){0};
}

void termtable_release(struct termtable *table)
{
    free(table->entries);
    free(table->slots);
    free(table->bytes);
    free(table->occurrences);
    termtable_init(table);
}

void termtable_clear(struct termtable *table)
{
    for (size_t i = 0; i < table->count; i++) table->slots[table->entries[i].slot] = 0;
    table->count = table->bytes_length = table->occurrence_count = 0;
    table->length = 0;
}

/* Doubles an array until [needed] items fit. */
static enum status grow(void **array, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) return OK;
    size_t larger = *capacity ? *capacity : 256;
    while (larger < needed) larger *= 2;
    void *moved = realloc(*array, larger * size);
    if (!moved) return NO_MEMORY;
    *array = moved;
    *capacity = larger;
    return OK;
}

static enum status grow_slots(struct termtable *table)
{
    size_t count = table->slot_count ? table->slot_count * 2 : SLOTS_LEAST;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots) return NO_MEMORY;
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = table->entries[i].hash & (count - 1);
        while (slots[slot]) slot = (slot + 1) & (count - 1);
        slots[slot] = (uint32_t)i + 1;
        table->entries[i].slot = (uint32_t)slot;
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    return OK;
}

/* Eight bytes at a time, multiplied and folded; the table is small and cleared for each document, so spreading well
 * over short words is all that is asked of it. */
static uint32_t hash_bytes(const char *bytes, size_t length)
{
    const uint64_t factor = 0x9E3779B97F4A7C15u; /* 2^64 divided by the golden ratio */
    uint64_t hash = length;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 29;
    }
    uint64_t tail = 0;
    for (size_t i = 0; i < length; i++) tail = tail << 8 | (unsigned char)bytes[i];
    hash = (hash ^ tail) * factor;
    return (uint32_t)(hash ^ hash >> 32);
}

enum status termtable_term(uint32_t *index, struct termtable *table, struct span prefix, struct span value)
{
    if (table->count * 2 >= table->slot_count) {
        if (table->count >= UINT32_MAX / 4) return LIMIT;
        if (grow_slots(table)) return NO_MEMORY;
    }
    /* The term is written where it would stay, were it new. */
    size_t length = prefix.length + value.length;
    if (grow((void **)&table->bytes, &table->bytes_capacity, table->bytes_length + length, 1)) return NO_MEMORY;
    char *term = table->bytes + table->bytes_length;
    if (prefix.length) memcpy(term, prefix.data, prefix.length);
    if (value.length) memcpy(term + prefix.length, value.data, value.length);
    uint32_t hash = hash_bytes(term, length);
    size_t slot = hash & (table->slot_count - 1);
    for (; table->slots[slot]; slot = (slot + 1) & (table->slot_count - 1)) {
        const struct term_entry *entry = &table->entries[table->slots[slot] - 1];
        if (entry->hash != hash || entry->length != length || memcmp(table->bytes + entry->start, term, length))
            continue;
        *index = table->slots[slot] - 1;
        return OK;
    }
    if (grow((void **)&table->entries, &table->capacity, table->count + 1, sizeof *table->entries)) return NO_MEMORY;
    table->entries[table->count] = (struct term_entry){
        .hash = hash, .slot = (uint32_t)slot, .length = (uint32_t)length, .start = table->bytes_length};
    table->bytes_length += length;
    *index = (uint32_t)table->count++;
    table->slots[slot] = *index + 1;
    return OK;
}

void termtable_count(struct termtable *table, uint32_t index, uint32_t wdf)
{
    table->entries[index].wdf += wdf;
    table->length += wdf;
}

enum status termtable_position(struct termtable *table, uint32_t index, uint32_t position)
{
    struct term_entry *entry = &table->entries[index];
    if (entry->positions && entry->last == position) return OK;
    assert(!entry->positions || entry->last < position);
    if (table->occurrence_count >= UINT32_MAX) return LIMIT;
    if (grow((void **)&table->occurrences, &table->occurrence_capacity, table->occurrence_count + 1,
             sizeof *table->occurrences))
        return NO_MEMORY;
    table->occurrences[table->occurrence_count++] = (struct term_occurrence){index, position};
    entry->positions++;
    entry->last = position;
    return OK;
}

uint64_t termtable_list_bytes(const struct termtable *table)
{
    return table->bytes_length + table->count * (uint64_t)4; /* at worst a length, a suffix length, a wdf of 2 bytes */
}

/* The first eight bytes of a term as a number, so that most comparisons touch no text. */
struct sort_key {
    uint64_t head;
    const char *term;
    uint32_t length;
    uint32_t index;
};

static int compare_keys(const void *a, const void *b)
{
    const struct sort_key *left = a, *right = b;
    if (left->head != right->head) return left->head < right->head ? -1 : 1;
    return span_compare((struct span){left->term, left->length}, (struct span){right->term, right->length});
}

static struct sort_key *sorted_terms(const struct termtable *table)
{
    struct sort_key *keys = malloc((table->count ? table->count : 1) * sizeof *keys);
    if (!keys) return NULL;
    for (size_t i = 0; i < table->count; i++) {
        const struct term_entry *entry = &table->entries[i];
        const char *term = table->bytes + entry->start;
        unsigned char head[8] = {0};
        uint32_t taken = entry->length < 8 ? entry->length : 8;
        memcpy(head, term, taken);
        uint64_t number = 0;
        for (int byte = 0; byte < 8; byte++) number = number << 8 | head[byte];
        keys[i] = (struct sort_key){number, term, entry->length, (uint32_t)i};
    }
    qsort(keys, table->count, sizeof *keys, compare_keys);
    return keys;
}

/* The positions of all terms, those of one term together; starts[i] is where those of entry i begin. */
static enum status group_positions(uint32_t **positions, uint32_t **starts, const struct termtable *table)
{
    uint32_t *grouped = malloc((table->occurrence_count ? table->occurrence_count : 1) * sizeof *grouped);
    uint32_t *next = malloc((table->count ? table->count : 1) * sizeof *next);
    if (!grouped || !next) {
        free(grouped);
        free(next);
        return NO_MEMORY;
    }
    uint32_t sum = 0;
    for (size_t i = 0; i < table->count; i++) {
        next[i] = sum;
        sum += table->entries[i].positions;
    }
    for (size_t i = 0; i < table->occurrence_count; i++)
        grouped[next[table->occurrences[i].term]++] = table->occurrences[i].position;
    for (size_t i = 0; i < table->count; i++) next[i] -= table->entries[i].positions;
    *positions = grouped;
    *starts = next;
    return OK;
}

enum status termtable_write(struct buffer *out, struct termtable *table, bool with_positions)
{
    uint32_t *positions = NULL, *starts = NULL;
    struct sort_key *keys = sorted_terms(table);
    enum status status = keys ? group_positions(&positions, &starts, table) : NO_MEMORY;
    if (!status) status = varint_append(out, table->count);
    for (size_t i = 0; !status && i < table->count; i++) {
        const struct term_entry *entry = &table->entries[keys[i].index];
        uint32_t count = with_positions ? entry->positions : 0;
        status = buffer_reserve(out, 3 * VARINT_BYTES_MAX + entry->length + 5 * (size_t)count);
        if (status) break;
        char *end = out->data + out->length;
        end += varint_write(end, entry->length);
        memcpy(end, table->bytes + entry->start, entry->length);
        end += entry->length;
        end += varint_write(end, entry->wdf);
        end += varint_write(end, count);
        uint32_t previous = 0;
        for (uint32_t k = 0; k < count; k++) {
            uint32_t position = positions[starts[keys[i].index] + k];
            end += varint_write(end, position - previous);
            previous = position;
        }
        out->length = (size_t)(end - out->data);
        *end = '\0';
    }
    free(keys);
    free(positions);
    free(starts);
    return status;
}
