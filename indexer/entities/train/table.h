/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A map from 64-bit hashes to numbers, for the training programs: grows without bound, remembers insertion order.
 *
 * Takes keys that are hashes already (0 is no key); gives dense numbers 0, 1, 2 … in order of first sight.
 */
#ifndef INDEXER_ENTITIES_TRAIN_TABLE_H
#define INDEXER_ENTITIES_TRAIN_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { TABLE_NONE = -1 };

struct table {
    uint64_t *keys; /* of the entries, in order */
    uint32_t *slots;
    size_t length, capacity, mask;
};

void table_init(struct table *table);
void table_release(struct table *table);
int64_t table_find(const struct table *table, uint64_t key); /* its number, or TABLE_NONE */
uint32_t table_add(struct table *table, uint64_t key);       /* its number, new or old; exits when out of memory */

void *take(size_t size);               /* zeroed memory; a training program that gets none says so and exits */
void *grow(void *memory, size_t size); /* the same for realloc, not zeroed */

/* Grows [array] of elements of [size] bytes so that it has room for [need] of them; [*capacity] in elements. */
void *grow_to(void *array, size_t *capacity, size_t need, size_t size);

#endif
