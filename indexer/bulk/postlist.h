/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of a term's documents, cut into chunks as the postlist table holds it; and that of all documents' lengths.
 *
 * Takes (document, wdf) in ascending order; gives entries to the table.
 */
#ifndef INDEXER_BULK_POSTLIST_H
#define INDEXER_BULK_POSTLIST_H

#include "indexer/bulk/btree.h"

struct postlist {
    struct btree *table;
    struct buffer key, first_key, body, tag;
    uint32_t first, last; /* documents of the chunk at hand */
    bool any;             /* a chunk was written: the next has a key of its own */
    uint64_t documents, occurrences;
    uint32_t first_of_all;
};

/* Zero-initialise first. [table] outlives it. Returns OK. */
enum status postlist_init(struct postlist *postlist, struct btree *table);
void postlist_release(struct postlist *postlist);

/* Begins the list of [term], whose figures are known. Lists come in byte order of their terms. Returns OK, NO_MEMORY.
 */
enum status postlist_begin(struct postlist *postlist, struct span term, uint32_t documents, uint64_t occurrences,
                           uint32_t first);

/* Begins the list of lengths, which comes before those of all terms. Returns OK, NO_MEMORY. */
enum status postlist_begin_lengths(struct postlist *postlist, uint32_t first);

/* Return OK, LIMIT, IO with a message, NO_MEMORY. */
enum status postlist_add(struct postlist *postlist, uint32_t docid, uint32_t wdf, struct error *error);
enum status postlist_end(struct postlist *postlist, struct error *error);

#endif
