/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store's other way of writing: a new index, loaded in one go beside its place and put there at the end.
 *
 * Takes what the store is given; gives an index equal to what transactions would have made; only store.c calls it.
 */
#ifndef INDEXER_STORE_BULK_H
#define INDEXER_STORE_BULK_H

#include "indexer/store.h"

/* Begins to load when the index at [store->options.path], open and empty, is of the format that the loader writes, and
 * its file system lets a successor take its place; else does nothing. Returns OK, IO, NO_MEMORY. */
enum status store_bulk_begin(struct store *store, struct error *error);

enum status store_bulk_put(uint32_t *given, struct store *store, const struct prepared *document, struct error *error);

/* Completes the index and puts it in its place; from then on the store only reads. Returns OK, IO, LIMIT, NO_MEMORY;
 * the index stays empty then. */
enum status store_bulk_commit(struct store *store, struct error *error);

/* Drops what was loaded, if it was not committed. */
void store_bulk_drop(struct store *store);

#endif
