/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/hashset.h"

#include "indexer/schema.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_LEAST = 1024 };

void hashset_release(struct hashset *set)
{
    free(set->slots);
    *set = (struct hashset){0};
}

static struct hashset_slot slot_of(struct span name)
{
    char hash[HASH_BYTES];
    struct hashset_slot slot = {0};
    schema_hash(hash, name);
    memcpy(&slot.low, hash, sizeof slot.low);
    memcpy(&slot.high, hash + sizeof slot.low, sizeof slot.high);
    if (!slot.low && !slot.high) slot.low = 1;
    return slot;
}

/* Where [wanted] is, or the free slot where it belongs. */
static struct hashset_slot *find(struct hashset_slot *slots, size_t count, struct hashset_slot wanted)
{
    for (size_t i = wanted.low & (count - 1);; i = (i + 1) & (count - 1)) {
        struct hashset_slot *slot = &slots[i];
        if ((!slot->low && !slot->high) || (slot->low == wanted.low && slot->high == wanted.high)) return slot;
    }
}

bool hashset_has(const struct hashset *set, struct span name)
{
    if (!set->used) return false;
    const struct hashset_slot *slot = find(set->slots, set->slot_count, slot_of(name));
    return slot->low || slot->high;
}

static enum status grow(struct hashset *set)
{
    size_t count = set->slot_count ? set->slot_count * 2 : SLOTS_LEAST;
    struct hashset_slot *slots = calloc(count, sizeof *slots);
    if (!slots) return NO_MEMORY;
    for (size_t i = 0; i < set->slot_count; i++)
        if (set->slots[i].low || set->slots[i].high) *find(slots, count, set->slots[i]) = set->slots[i];
    free(set->slots);
    set->slots = slots;
    set->slot_count = count;
    return OK;
}

uint64_t hashset_note(const struct hashset *set, struct span name)
{
    return set->used ? find(set->slots, set->slot_count, slot_of(name))->note : 0;
}

enum status hashset_add(bool *added, struct hashset *set, struct span name)
{
    return hashset_add_noted(added, set, name, 0);
}

enum status hashset_add_noted(bool *added, struct hashset *set, struct span name, uint64_t note)
{
    if (set->used * 3 >= set->slot_count * 2 && grow(set)) return NO_MEMORY;
    struct hashset_slot wanted = slot_of(name), *slot = find(set->slots, set->slot_count, wanted);
    bool fresh = !slot->low && !slot->high;
    if (added) *added = fresh;
    if (fresh) {
        *slot = wanted;
        slot->note = note;
        set->used++;
    }
    return OK;
}
