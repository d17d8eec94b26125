/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings and their numbers: each distinct string gets the next number, and is found by hash.
 *
 * Takes spans; gives numbers from 0; owns copies of the strings.
 */
#ifndef EVAL_NAMES_H
#define EVAL_NAMES_H

#include "corpus/text.h"

struct names {
    struct arena text;
    struct span *items;
    uint64_t *hashes;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, 0 when free; a power of two of them, at most half full */
    size_t slot_count;
};

#define NAMES_NONE SIZE_MAX

void names_init(struct names *names, size_t bytes_max);
void names_release(struct names *names);

/* A quick hash, for tables in memory only: it is not the same on every machine. */
uint64_t name_hash(struct span name);

size_t names_find(const struct names *names, struct span name); /* NAMES_NONE when absent */

/* The number of [name], new or old. Returns OK, LIMIT past 2^32 - 2 names or [bytes_max], or NO_MEMORY. */
enum status names_add(struct names *names, struct span name, size_t *number);

#endif
