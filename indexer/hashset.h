/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set of names, kept as 128-bit hashes with a number of the caller's: which ids and files a run has met, and where.
 *
 * Takes names; gives whether they were there; never forgets one and keeps none of their bytes.
 */
#ifndef INDEXER_HASHSET_H
#define INDEXER_HASHSET_H

#include "corpus/text.h"

/* Zero-initialise. 24 bytes a slot, at most two thirds of them used: 36 to 72 bytes a name. Two names with one hash
 * would be taken for one: for a thousand million names the odds are one to 10^20. */
struct hashset {
    struct hashset_slot {
        uint64_t low, high; /* both 0: free */
        uint64_t note;
    } * slots;
    size_t slot_count, used;
};

void hashset_release(struct hashset *set);

/* True when [name] is in the set. */
bool hashset_has(const struct hashset *set, struct span name);

/* The number that [name] was added with; 0 when it is not in the set. */
uint64_t hashset_note(const struct hashset *set, struct span name);

/* Adds [name] with [note], which a name that was there does not take; *[added] (may be NULL) is false when it was
 * there. Returns OK, NO_MEMORY. */
enum status hashset_add_noted(bool *added, struct hashset *set, struct span name, uint64_t note);
enum status hashset_add(bool *added, struct hashset *set, struct span name); /* with 0 */

#endif
