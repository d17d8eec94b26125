/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/table.h"

#include "indexer/entities/names/pieces.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    uint64_t hash; /* 0 for an empty place */
    uint32_t record;
    bool prefix;
};

struct table {
    struct entry *entries;
    size_t capacity, count;
    struct list_record *records; /* [0] stands for none */
    size_t record_count, record_capacity;
    struct buffer strings;
};

enum status table_new(struct table **out)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table) return NO_MEMORY;
    table->capacity = 1024;
    table->record_capacity = 256;
    table->entries = calloc(table->capacity, sizeof *table->entries);
    table->records = calloc(table->record_capacity, sizeof *table->records);
    table->record_count = 1;
    buffer_init(&table->strings, (size_t)64 << 20);
    if (!table->entries || !table->records || buffer_append(&table->strings, "\0", 2) != OK) {
        table_free(table);
        return NO_MEMORY;
    }
    *out = table;
    return OK;
}

void table_free(struct table *table)
{
    if (!table) return;
    free(table->entries);
    free(table->records);
    buffer_release(&table->strings);
    free(table);
}

static struct entry *seek(struct entry *entries, size_t capacity, uint64_t hash)
{
    size_t at = hash & (capacity - 1);
    while (entries[at].hash && entries[at].hash != hash) at = (at + 1) & (capacity - 1);
    return &entries[at];
}

static enum status find_or_add(struct entry **out, struct table *table, uint64_t hash)
{
    if (table->count * 2 >= table->capacity) {
        struct entry *grown = calloc(table->capacity * 2, sizeof *grown);
        if (!grown) return NO_MEMORY;
        for (size_t i = 0; i < table->capacity; i++)
            if (table->entries[i].hash) *seek(grown, table->capacity * 2, table->entries[i].hash) = table->entries[i];
        free(table->entries);
        table->entries = grown;
        table->capacity *= 2;
    }
    struct entry *entry = seek(table->entries, table->capacity, hash);
    if (!entry->hash) {
        if (table->count >= TABLE_PHRASES_MAX) return LIMIT;
        entry->hash = hash;
        table->count++;
    }
    *out = entry;
    return OK;
}

static struct span string_at(const struct table *table, uint32_t offset)
{
    const unsigned char *at = (const unsigned char *)table->strings.data + offset;
    return offset ? (struct span){(const char *)at + 2, (size_t)(at[0] | at[1] << 8)} : (struct span){NULL, 0};
}

static enum status add_string(uint32_t *out, struct table *table, struct span name)
{
    *out = 0;
    if (!name.length) return OK;
    char head[2] = {(char)(name.length & 0xFF), (char)(name.length >> 8)};
    uint32_t offset = (uint32_t)table->strings.length;
    enum status status = buffer_append(&table->strings, head, 2);
    if (status == OK) status = buffer_append_span(&table->strings, name);
    *out = offset;
    return status;
}

/* Capitals alone, as acronyms are; "U.S." is one too. */
static bool is_shouted(const struct piece *pieces, size_t count)
{
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(pieces[i].flags & PIECE_WORD)) continue;
        if (!(pieces[i].flags & PIECE_UPPER)) return false;
        letters += pieces[i].length;
    }
    return letters >= 2;
}

enum status table_add(struct table *table, struct span phrase, struct span name, uint32_t classes, unsigned kind)
{
    struct piece pieces[LIST_PHRASE_MAX + 1];
    size_t count = pieces_of_phrase(pieces, LIST_PHRASE_MAX + 1, phrase);
    if (count == 0 || count > LIST_PHRASE_MAX || name.length > NAME_BYTES_MAX) return INVALID;
    uint64_t hash = 0;
    struct entry *entry = NULL;
    for (size_t i = 0; i < count; i++) {
        hash = phrase_join(hash, pieces[i].hash);
        if (hash == 0) hash = 1;
        enum status status = find_or_add(&entry, table, hash);
        if (status != OK) return status;
        if (i + 1 < count) entry->prefix = true;
    }
    bool shouted = (classes & (IS_KNOWN | IS_ADDED)) && is_shouted(pieces, count), small = classes & IS_ADDED;
    for (size_t i = 0; i < count; i++) small = small && !(pieces[i].flags & PIECE_CAPITAL);
    uint8_t writing = small ? WRITTEN_ANY : shouted ? WRITTEN_UPPER : WRITTEN_CAPITAL;
    uint32_t known = IS_KNOWN | IS_ADDED | IS_ABBREVIATION;
    for (uint32_t at = entry->record; at; at = table->records[at].next) {
        struct list_record *record = &table->records[at];
        bool joins = !(classes & known) || !(record->classes & known);
        bool same = span_equal(string_at(table, record->name), name) && record->kind == kind;
        if (!joins && !same) continue;
        if (writing != WRITTEN_UPPER && (classes & known)) record->capitals = writing;
        if (joins && (classes & known)) {
            enum status status = add_string(&record->name, table, name);
            if (status != OK) return status;
            record->kind = (uint8_t)kind;
            record->capitals = writing;
        }
        record->classes |= classes;
        return OK;
    }
    if (table->record_count == table->record_capacity) {
        size_t capacity = table->record_capacity * 2;
        struct list_record *grown = realloc(table->records, capacity * sizeof *grown);
        if (!grown) return NO_MEMORY;
        table->records = grown;
        table->record_capacity = capacity;
    }
    struct list_record record = {.classes = classes,
                                 .kind = (uint8_t)kind,
                                 .capitals = writing,
                                 .words = (uint16_t)count,
                                 .next = entry->record};
    enum status status = add_string(&record.name, table, name);
    if (status != OK) return status;
    table->records[table->record_count] = record;
    entry->record = (uint32_t)table->record_count++;
    return OK;
}

/* Records that say the same become one: tens of thousands of family names need no record each. */
static uint32_t *share_records(struct table *table, size_t *kept)
{
    uint32_t *number = calloc(table->record_count, sizeof *number);
    struct {
        uint64_t key;
        uint32_t record;
    } seen[64];
    size_t seen_count = 0;
    if (!number) return NULL;
    *kept = 1;
    for (size_t i = 1; i < table->record_count; i++) {
        const struct list_record *record = &table->records[i];
        bool plain = record->name == 0 && record->next == 0 && record->kind == 0;
        uint64_t key = (uint64_t)record->classes << 32 | (uint64_t)record->words << 8 | record->capitals;
        if (plain) {
            size_t s = 0;
            while (s < seen_count && seen[s].key != key) s++;
            if (s < seen_count) {
                number[i] = seen[s].record;
                continue;
            }
            if (seen_count < sizeof seen / sizeof *seen) {
                seen[seen_count].key = key;
                seen[seen_count++].record = (uint32_t)*kept;
            }
        }
        number[i] = (uint32_t)(*kept)++;
    }
    return number;
}

enum status table_write(struct table *table, struct buffer *out)
{
    size_t kept, slots;
    uint32_t *number = share_records(table, &kept);
    if (!number) return NO_MEMORY;
    slots = table->count + table->count / 3 + 16;
    size_t bytes = sizeof(struct lists_header) + slots * 8 + kept * sizeof(struct list_record) + table->strings.length;
    enum status status = kept > LIST_RECORD ? LIMIT : buffer_reserve(out, bytes);
    if (status == OK) {
        memset(out->data, 0, bytes);
        struct lists_header *header = (struct lists_header *)(void *)out->data;
        uint64_t *slot = (uint64_t *)(header + 1);
        struct list_record *records = (struct list_record *)(slot + slots);
        for (size_t i = 0; i < table->capacity; i++) {
            const struct entry *entry = &table->entries[i];
            if (!entry->hash) continue;
            size_t at = lists_slot(entry->hash, slots);
            while (slot[at]) at = at + 1 == slots ? 0 : at + 1;
            slot[at] = (entry->hash & ~(uint64_t)0xFFFFFF) | number[entry->record] | (entry->prefix ? LIST_PREFIX : 0);
        }
        for (size_t i = 1; i < table->record_count; i++) {
            records[number[i]] = table->records[i];
            records[number[i]].next = number[table->records[i].next];
        }
        memcpy(records + kept, table->strings.data, table->strings.length);
        memcpy(header->magic, "dossnam", 8);
        header->version = LISTS_VERSION;
        header->slots = (uint32_t)slots;
        header->records = (uint32_t)kept;
        header->string_bytes = (uint32_t)table->strings.length;
        header->bytes = bytes;
        header->checksum = key_hash((struct span){(const char *)(header + 1), bytes - sizeof *header});
        out->length = bytes;
    }
    free(number);
    return status;
}
