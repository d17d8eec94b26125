/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/frequencies.h"

#include <stdlib.h>
#include <string.h>

struct slot {
    uint32_t documents;
    uint8_t length; /* 0: free */
    char term[FREQUENCIES_BYTES];
};

struct frequencies {
    struct slot slots[FREQUENCIES_ROOM];
};

struct frequencies *frequencies_new(void)
{
    return calloc(1, sizeof(struct frequencies));
}

void frequencies_free(struct frequencies *frequencies)
{
    free(frequencies);
}

void frequencies_clear(struct frequencies *frequencies)
{
    if (frequencies) memset(frequencies, 0, sizeof *frequencies);
}

/* One place for each term: a newcomer takes it from whoever is there. FNV-1a, Fowler, Noll and Vo. */
static size_t place_of(struct span term)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < term.length; i++) hash = (hash ^ (unsigned char)term.data[i]) * 16777619u;
    return (hash ^ hash >> 15) % FREQUENCIES_ROOM;
}

bool frequencies_find(uint32_t *out, const struct frequencies *frequencies, struct span term)
{
    if (!frequencies || !term.length || term.length > FREQUENCIES_BYTES) return false;
    const struct slot *slot = &frequencies->slots[place_of(term)];
    if (slot->length != term.length || memcmp(slot->term, term.data, term.length) != 0) return false;
    *out = slot->documents;
    return true;
}

void frequencies_keep(struct frequencies *frequencies, struct span term, uint32_t documents)
{
    if (!frequencies || !term.length || term.length > FREQUENCIES_BYTES) return;
    struct slot *slot = &frequencies->slots[place_of(term)];
    memcpy(slot->term, term.data, term.length);
    slot->length = (uint8_t)term.length;
    slot->documents = documents;
}
