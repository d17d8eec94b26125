/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set of names, kept as 128-bit hashes: which ids and files a run has met.
 *
 * Takes names; gives whether they were there; never forgets one and keeps none of their bytes.
 */
#ifndef INDEXER_HASHSET_H
#define INDEXER_HASHSET_H

#include "corpus/text.h"

/* Zero-initialise. 16 bytes a slot, at most two thirds of them used: 24 to 48 bytes a name. Two names with one hash
 * would be taken for one: for a thousand million names the odds are one to 10^20. */
struct hashset {
    struct hashset_slot {
        uint64_t low, high; /* both 0: free */
    } * slots;
    size_t slot_count, used;
};

void hashset_release(struct hashset *set);

/* True when [name] is in the set. */
bool hashset_has(const struct hashset *set, struct span name);

/* Adds [name]; *[added] (may be NULL) is false when it was there. Returns OK, NO_MEMORY. */
enum status hashset_add(bool *added, struct hashset *set, struct span name);

#endif
