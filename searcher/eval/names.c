/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/names.h"

#include <stdlib.h>
#include <string.h>

void names_init(struct names *names, size_t bytes_max)
{
    *names = (struct names){0};
    arena_init(&names->text, bytes_max);
}

void names_release(struct names *names)
{
    arena_release(&names->text);
    free(names->items);
    free(names->hashes);
    free(names->slots);
    *names = (struct names){0};
}

uint64_t name_hash(struct span name)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ name.length;
    const char *at = name.data;
    size_t left = name.length;
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    if (left) memcpy(&word, at, left);
    hash = (hash ^ word) * 0xc4ceb9fe1a85ec53u;
    hash ^= hash >> 29;
    hash *= 0xff51afd7ed558ccdu;
    return hash ^ (hash >> 32);
}

static size_t slot_of(const struct names *names, struct span name, uint64_t hash)
{
    size_t mask = names->slot_count - 1, slot = hash & mask;
    while (names->slots[slot]) {
        size_t number = names->slots[slot] - 1;
        if (names->hashes[number] == hash && span_equal(names->items[number], name)) break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

size_t names_find(const struct names *names, struct span name)
{
    if (names->count == 0) return NAMES_NONE;
    uint32_t found = names->slots[slot_of(names, name, name_hash(name))];
    return found ? found - 1 : NAMES_NONE;
}

static bool grow(struct names *names)
{
    size_t capacity = names->capacity ? names->capacity * 2 : 16;
    struct span *items = realloc(names->items, capacity * sizeof *items);
    if (!items) return false;
    names->items = items;
    uint64_t *hashes = realloc(names->hashes, capacity * sizeof *hashes);
    if (!hashes) return false;
    names->hashes = hashes;
    uint32_t *slots = calloc(capacity * 2, sizeof *slots);
    if (!slots) return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = capacity * 2;
    names->capacity = capacity;
    for (size_t number = 0; number < names->count; number++) {
        size_t slot = names->hashes[number] & (names->slot_count - 1);
        while (slots[slot]) slot = (slot + 1) & (names->slot_count - 1);
        slots[slot] = (uint32_t)number + 1;
    }
    return true;
}

enum status names_add(struct names *names, struct span name, size_t *number)
{
    if (names->count == names->capacity) {
        if (names->count >= UINT32_MAX / 4) return LIMIT;
        if (!grow(names)) return NO_MEMORY;
    }
    uint64_t hash = name_hash(name);
    size_t slot = slot_of(names, name, hash);
    if (!names->slots[slot]) {
        char *copy = arena_bytes(&names->text, name.length + 1);
        if (!copy) return NO_MEMORY;
        if (name.length) memcpy(copy, name.data, name.length);
        copy[name.length] = '\0';
        names->items[names->count] = (struct span){copy, name.length};
        names->hashes[names->count] = hash;
        names->slots[slot] = (uint32_t)++names->count;
    }
    *number = names->slots[slot] - 1;
    return OK;
}
