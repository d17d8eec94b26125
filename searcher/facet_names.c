/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/facet_names.h"

#include "indexer/entities/names/fold.h"
#include "indexer/schema.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t NONE = UINT32_MAX; /* no place */
enum { SLOTS_FIRST = 256 };

/* A spelling, or a key. A table of them is looked up by its bytes. */
struct entry {
    struct span text;
    uint32_t count;
    uint32_t key;  /* of a spelling: its key's place, NONE when it has none */
    uint64_t seen; /* of a key: the value it was counted in last */
    uint32_t best; /* of a key: the spelling to show */
};

struct entries {
    struct entry *items;
    size_t count, room;
    uint32_t *slots; /* places in items, NONE when free */
    size_t mask;
    struct arena *arena;
};

static bool grow(struct entries *entries)
{
    size_t room = entries->room ? 2 * entries->room : SLOTS_FIRST / 2;
    struct entry *items = room > UINT32_MAX / 4 ? NULL : realloc(entries->items, room * sizeof *items);
    if (!items) return false;
    entries->items = items;
    entries->room = room;
    uint32_t *slots = malloc(2 * room * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0xFF, 2 * room * sizeof *slots);
    free(entries->slots);
    entries->slots = slots;
    entries->mask = 2 * room - 1;
    for (size_t i = 0; i < entries->count; i++) {
        size_t at = key_hash(items[i].text) & entries->mask;
        while (slots[at] != NONE) at = (at + 1) & entries->mask;
        slots[at] = (uint32_t)i;
    }
    return true;
}

/* The place of [text], new or not; NONE when out of memory. */
static uint32_t place_of(bool *fresh, struct entries *entries, struct span text)
{
    if (entries->count == entries->room && !grow(entries)) return NONE;
    size_t at = key_hash(text) & entries->mask;
    *fresh = false;
    for (; entries->slots[at] != NONE; at = (at + 1) & entries->mask)
        if (span_equal(entries->items[entries->slots[at]].text, text)) return entries->slots[at];
    char *copy = arena_copy(entries->arena, text);
    if (!copy) return NONE;
    *fresh = true;
    entries->items[entries->count] = (struct entry){.text = {copy, text.length}, .key = NONE, .best = NONE};
    entries->slots[at] = (uint32_t)entries->count;
    return (uint32_t)entries->count++;
}

/* Counts one name of a value that [documents] have; [value] tells values apart. */
static bool count_name(struct entries *spellings, struct entries *keys, struct span name, uint64_t value,
                       uint32_t documents)
{
    bool fresh;
    uint32_t place = place_of(&fresh, spellings, name);
    if (place == NONE) return false;
    struct entry *spelling = &spellings->items[place];
    if (fresh) {
        char bytes[NAME_BYTES_MAX];
        struct span key = {bytes, name_key(bytes, name)};
        if (key.length && (spelling->key = place_of(&fresh, keys, key)) == NONE) return false;
    }
    if (spelling->key == NONE) return true;
    struct entry *key = &keys->items[spelling->key];
    spelling->count += documents;
    if (key->seen == value) return true;
    key->seen = value;
    key->count += documents;
    return true;
}

static int by_count(const void *a, const void *b)
{
    const struct value_count *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return span_compare(left->key, right->key);
}

static bool shown_rather(const struct entry *spelling, const struct entry *than)
{
    if (spelling->count != than->count) return spelling->count > than->count;
    return span_compare(spelling->text, than->text) > 0;
}

static enum status collect(struct value_count **out, struct arena *arena, const struct entries *spellings,
                           struct entries *keys)
{
    for (size_t i = 0; i < spellings->count; i++) {
        const struct entry *spelling = &spellings->items[i];
        if (spelling->key == NONE) continue;
        struct entry *key = &keys->items[spelling->key];
        if (key->best == NONE || shown_rather(spelling, &spellings->items[key->best])) key->best = (uint32_t)i;
    }
    struct value_count *names = arena_take(arena, (keys->count + 1) * sizeof *names);
    if (!names) return NO_MEMORY;
    for (size_t i = 0; i < keys->count; i++)
        names[i] =
            (struct value_count){spellings->items[keys->items[i].best].text, keys->items[i].text, keys->items[i].count};
    qsort(names, keys->count, sizeof *names, by_count);
    *out = names;
    return OK;
}

enum status facet_names_count(struct value_count **out, size_t *count, struct arena *arena, const struct xc_spy *spy)
{
    struct entries spellings = {.arena = arena}, keys = {.arena = arena};
    struct xc_terms *values = NULL;
    bool full = xc_spy_values(&values, spy, NULL) != XC_OK;
    for (uint64_t value = 1; !full && !xc_terms_next(values, NULL); value++) {
        struct xc_bytes bytes = xc_terms_term(values);
        struct span rest = {bytes.data, bytes.length}, name;
        uint32_t documents;
        full = xc_terms_frequency(&documents, values, NULL) != XC_OK;
        while (!full && value_names_next(&name, &rest)) full = !count_name(&spellings, &keys, name, value, documents);
    }
    xc_terms_free(values);
    enum status status = full ? NO_MEMORY : collect(out, arena, &spellings, &keys);
    if (!status) *count = keys.count;
    free(spellings.items);
    free(spellings.slots);
    free(keys.items);
    free(keys.slots);
    return status;
}
