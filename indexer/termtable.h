/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of one document while they are gathered: each with its wdf and its positions.
 *
 * Takes term occurrences in any order of terms; gives every term once, in byte order, as bytes; never knows what a
 * prefix means.
 */
#ifndef INDEXER_TERMTABLE_H
#define INDEXER_TERMTABLE_H

#include "corpus/text.h"

struct term_entry {
    uint32_t hash;
    uint32_t slot; /* where in the table's slots */
    uint32_t wdf;
    uint32_t positions; /* how many */
    uint32_t last;      /* the position added last */
    uint32_t length;    /* bytes of the term */
    size_t start;       /* of its bytes in the table's */
};

struct term_occurrence {
    uint32_t term, position;
};

/* Kept from document to document, so that its memory is used again. */
struct termtable {
    struct term_entry *entries;
    size_t count, capacity;
    uint32_t *slots; /* index of the entry + 1, 0 when free; open addressing */
    size_t slot_count;
    char *bytes;
    size_t bytes_length, bytes_capacity;
    struct term_occurrence *occurrences; /* in the order added */
    size_t occurrence_count, occurrence_capacity;
    uint64_t length; /* sum of wdf */
};

void termtable_init(struct termtable *table);
void termtable_release(struct termtable *table);
void termtable_clear(struct termtable *table); /* O(terms) */

/* Finds the term [prefix][value], adding it when it is new. *[index] names it until the next clear. Returns OK,
 * NO_MEMORY, LIMIT (over 4 billion). */
enum status termtable_term(uint32_t *index, struct termtable *table, struct span prefix, struct span value);

/* Adds to the wdf of a term. */
void termtable_count(struct termtable *table, uint32_t index, uint32_t wdf);

/* Adds a position; those of one term come in ascending order, and a repeated one is kept once. Returns OK, NO_MEMORY,
 * LIMIT. */
enum status termtable_position(struct termtable *table, uint32_t index, uint32_t position);

/* The bytes a list of these terms takes at most, without positions. */
uint64_t termtable_list_bytes(const struct termtable *table);

/* Appends U(number of terms) and for each, in byte order: U(length) term U(wdf) U(number of positions) and the gaps
 * between positions, the first counted from 0, each U. Without [positions], none is written. Returns OK, LIMIT,
 * NO_MEMORY. */
enum status termtable_write(struct buffer *out, struct termtable *table, bool positions);

#endif
