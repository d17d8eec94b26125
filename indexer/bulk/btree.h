/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One table of a glass database, written from first to last: a B-tree whose leaves are filled in key order.
 *
 * Takes keys in ascending order with their tags; gives a file that libxapian reads and updates; never reads one.
 */
#ifndef INDEXER_BULK_BTREE_H
#define INDEXER_BULK_BTREE_H

#include "corpus/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { TABLE_BLOCK = 8192 /* bytes: libxapian's default */ };

struct btree;

/* Where the tree begins, for the database's version file. */
struct btree_root {
    uint32_t root, blocks;
    unsigned level;
    uint64_t items;
    bool empty; /* nothing was added, and there is no file */
};

/* Begins the file at [path]. Tags over [compress_min] bytes are deflated where that makes them smaller; 0: none are.
 * Returns OK, IO with a message, NO_MEMORY. */
enum status btree_new(struct btree **out, const char *path, size_t compress_min, struct error *error);

/* Appends. [key] has 1 to PACK_KEY_MAX bytes and comes after the last one in byte order, which is asserted. Returns OK,
 * LIMIT (more than 65,535 pieces of about 2,000 bytes), IO with a message, NO_MEMORY. */
enum status btree_add(struct btree *table, struct span key, struct span tag, struct error *error);

/* Completes the file and makes it durable. Returns OK, IO with a message. */
enum status btree_finish(struct btree_root *out, struct btree *table, struct error *error);

void btree_free(struct btree *table);

#endif
