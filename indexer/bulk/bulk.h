/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads a whole database at once: inverts by sorting and writes the tables of Xapian's glass format from first to last.
 *
 * Takes documents with their terms, values and data; gives a folder that libxapian opens like any other, equal, posting
 * by posting, to one that its own writer made; never changes a database that is there.
 */
#ifndef INDEXER_BULK_BULK_H
#define INDEXER_BULK_BULK_H

#include "corpus/text.h"

#include <stdint.h>

struct bulk;

/* Begins a database in [folder], which must exist and be empty; while loading, it holds files of the loader's own as
 * well. About [memory] bytes are taken, and 4 bytes for each document.
 *
 * Returns OK, IO with a message, NO_MEMORY. */
enum status bulk_new(struct bulk **out, const char *folder, size_t memory, struct error *error);
void bulk_free(struct bulk *bulk); /* the folder stays, without the loader's own files */

/* One document, from begin to end, in which [value]s come in ascending order of their slots and [posting]s of their
 * terms (in byte order, each once, at most 245 bytes, a NUL counting two). Its number, from 1, is in *[docid].
 * [positions] ascend. All return OK, LIMIT, IO with a message, NO_MEMORY; after a failure the load is lost. */
enum status bulk_begin(struct bulk *bulk, uint32_t *docid, struct span data, struct error *error);
enum status bulk_value(struct bulk *bulk, unsigned slot, struct span value, struct error *error);
enum status bulk_posting(struct bulk *bulk, struct span term, uint32_t wdf, const uint32_t *positions,
                         size_t position_count, struct error *error);
enum status bulk_end(struct bulk *bulk, struct error *error);

/* Sets a metadata entry at any time; an empty value removes it. They are kept in memory until the end. Returns OK,
 * NO_MEMORY. */
enum status bulk_set_metadata(struct bulk *bulk, struct span key, struct span value, struct error *error);

/* What was set; empty when nothing was. Borrowed until it is set again. */
struct span bulk_metadata(const struct bulk *bulk, struct span key);

uint32_t bulk_documents(const struct bulk *bulk);

/* Writes the tables, durable, and the file that makes them a database last. Returns OK, LIMIT, IO with a message,
 * NO_MEMORY. */
enum status bulk_finish(struct bulk *bulk, struct error *error);

#endif
