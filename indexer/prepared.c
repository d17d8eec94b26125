/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/prepared.h"

#include "indexer/varint.h"

#include <stdlib.h>

enum status prepared_read(struct prepared *out, struct span bytes)
{
    struct prepared document = {0};
    if (bytes.length < HASH_BYTES) return DAMAGED;
    document.hash = bytes.data;
    struct span rest = {bytes.data + HASH_BYTES, bytes.length - HASH_BYTES};
    uint64_t values;
    if (!varint_read(&rest, &document.flags) || !varint_read(&rest, &document.text_bytes) ||
        !varint_read_span(&rest, &document.id) || !varint_read_span(&rest, &document.record) ||
        !varint_read(&rest, &values))
        return DAMAGED;
    for (; values; values--) {
        uint64_t slot;
        if (!varint_read(&rest, &slot) || slot >= SLOT_COUNT || !varint_read_span(&rest, &document.value[slot]))
            return DAMAGED;
    }
    if (!varint_read(&rest, &document.term_count)) return DAMAGED;
    document.terms = rest;
    *out = document;
    return OK;
}

void prepared_walk_start(struct prepared_walk *walk, const struct prepared *document)
{
    walk->rest = document->terms;
    walk->left = document->term_count;
}

void prepared_walk_release(struct prepared_walk *walk)
{
    free(walk->positions);
    *walk = (struct prepared_walk){0};
}

enum status prepared_next_term(struct prepared_term *out, struct prepared_walk *walk)
{
    if (!walk->left) return walk->rest.length ? DAMAGED : NOT_FOUND;
    struct prepared_term term;
    uint64_t wdf, count, gap, position = 0;
    if (!varint_read_span(&walk->rest, &term.term) || !varint_read(&walk->rest, &wdf) ||
        !varint_read(&walk->rest, &count) || count > walk->rest.length)
        return DAMAGED;
    if (count > walk->capacity) {
        uint32_t *larger = realloc(walk->positions, (size_t)count * 2 * sizeof *larger);
        if (!larger) return NO_MEMORY;
        walk->positions = larger;
        walk->capacity = (size_t)count * 2;
    }
    for (size_t i = 0; i < count; i++) {
        if (!varint_read(&walk->rest, &gap)) return DAMAGED;
        position += gap;
        walk->positions[i] = (uint32_t)position;
    }
    term.wdf = (uint32_t)wdf;
    term.positions = walk->positions;
    term.position_count = (size_t)count;
    walk->left--;
    *out = term;
    return OK;
}
