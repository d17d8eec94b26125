/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values while a database is loaded: they come document by document, and leave slot by slot.
 *
 * Takes (slot, document, value) in ascending order of documents; gives the entries of the postlist table in key order;
 * keeps the values in a file for each slot, in a folder of the caller's.
 */
#ifndef INDEXER_BULK_SLOTS_H
#define INDEXER_BULK_SLOTS_H

#include "indexer/bulk/btree.h"

enum { SLOTS_MAX = 64 /* slots, numbered from 0 */ };

struct slots;

/* [folder] outlives it. Returns OK, NO_MEMORY. */
enum status slots_new(struct slots **out, const char *folder, struct error *error);
void slots_free(struct slots *slots); /* removes its files */

/* Adds a value, which is not empty. Returns OK, LIMIT (a slot past the last), IO with a message, NO_MEMORY. */
enum status slots_add(struct slots *slots, unsigned slot, uint32_t docid, struct span value, struct error *error);

/* Appends the statistics of all slots, then the values. Returns OK, IO with a message, NO_MEMORY, LIMIT. */
enum status slots_write(struct slots *slots, struct btree *postlist, struct error *error);

#endif
