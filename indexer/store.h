/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writing side of an index: its one writer, and the transactions that make batches whole or nothing.
 *
 * Takes prepared documents and metadata; gives an index on disk; never reads a source file, and never leaves a batch
 * half written: after a failure the index is as it was when it was last committed.
 */
#ifndef INDEXER_STORE_H
#define INDEXER_STORE_H

#include "indexer/prepared.h"
#include "indexer/successor.h"
#include "xapian-c/xapian-c.h"

enum { STORE_LANGUAGE_MAX = 64 }; /* bytes of a language's code or name, with its NUL */

struct store_options {
    const char *path;
    const char *language;     /* recorded in a new index; NULL means "en" */
    const char *model;        /* identity of what finds names, recorded likewise; NULL: names are not looked for */
    bool wait;                /* for the lock */
    bool dry;                 /* nothing is written: what is put or removed is only counted, and never seen again */
    bool existing;            /* MISSING rather than a new index */
    size_t bulk_memory;       /* bytes: a new index is loaded in one go with so many; 0: never */
    uint64_t batch_bytes;     /* a batch ends when it holds so many bytes of text */
    uint32_t batch_documents; /* or so many documents */
};

struct bulk;

struct store {
    struct store_options options;
    struct xc_writer *writer; /* NULL when dry */
    struct xc_database
        *view; /* reads what the writer has, the open batch included; NULL when dry and nothing is there */
    struct xc_document *document;
    struct xc_document *found; /* the last one read, which keeps store_record's bytes alive */
    struct prepared_walk walk;
    char language[STORE_LANGUAGE_MAX]; /* of the index */
    uint32_t documents_at_open;
    uint64_t bytes;             /* in the open batch */
    uint32_t documents;         /* likewise */
    struct bulk *bulk;          /* loads a new index; NULL when writing goes by transactions */
    struct successor successor; /* where */
    int64_t balance;            /* when dry: documents put less those removed */
};

/* Opens the index for writing, making it when nothing, or an empty folder, is at its path. [options->path] must outlive
 * the store. Returns OK, MISSING, INVALID (a file, or a folder that is no index), LOCKED, DAMAGED (broken, or of
 * another schema version), IO, NO_MEMORY. */
enum status store_open(struct store *out, const struct store_options *options, struct error *error);

/* Drops what is not committed and closes. A zeroed store is fine. */
void store_close(struct store *store);

/* Writes a document: under [docid] in the place of what is there, or under the next id when that is 0. *[given] (may be
 * NULL) is the id. A full batch is committed first, so that what follows this document can share its transaction.
 * Returns OK, LIMIT (ids used up), DAMAGED, IO, NO_MEMORY; after a failure nothing more can be written. */
enum status store_put(uint32_t *given, struct store *store, uint32_t docid, const struct prepared *document,
                      struct error *error);

/* Gives document [docid] the names of [document], which was prepared from its record: the record with them, their
 * values and their terms take the place of those it has; its other terms stay. Never commits. Returns as store_put, and
 * NOT_FOUND without a message. */
enum status store_put_names(struct store *store, uint32_t docid, const struct prepared *document, struct error *error);

/* Whether the open batch is full: the next store_put would commit it first. */
bool store_batch_full(const struct store *store);

/* Removes a document; one that is not there is fine. Returns as store_put. */
enum status store_delete(struct store *store, uint32_t docid, struct error *error);

/* Makes the open batch durable; without one, does nothing. What is being loaded is completed, and nothing can be
 * written afterwards. Returns as store_put. */
enum status store_commit(struct store *store, struct error *error);

/* The document that has [term], the lowest id if several. Returns OK, NOT_FOUND (without a message), DAMAGED, IO,
 * NO_MEMORY. */
enum status store_find(uint32_t *docid, struct store *store, struct span term, struct error *error);

/* All documents that have [term], or all there are when it is empty, ascending; *[docids] is the caller's to free.
 * Returns OK, DAMAGED, IO, NO_MEMORY. */
enum status store_list(uint32_t **docids, size_t *count, struct store *store, struct span term, struct error *error);

/* The stored record of a document; *[out] lives until the next call. Returns OK, NOT_FOUND (without a message),
 * DAMAGED, IO, NO_MEMORY. */
enum status store_record(struct record *out, struct store *store, uint32_t docid, struct error *error);

/* Metadata, in the transaction of the open batch; [key] fits when schema_term made it. An empty value removes it. What
 * is read is empty when there is none, and lives until the next call. */
enum status store_set_metadata(struct store *store, struct span key, struct span value, struct error *error);
enum status store_metadata(struct span *out, struct store *store, struct span key, struct error *error);

/* How many documents the index holds, those of the open batch included. Returns OK, DAMAGED, IO. */
enum status store_count(uint64_t *out, struct store *store, struct error *error);

/* What a failure of the binding means for the index at [path]: fills [error] with the thing and the cure and returns
 * the status. */
enum status store_failure(struct error *error, enum xc_status status, const struct xc_error *cause, const char *path);

/* Whether [database] is an index of this schema. Returns OK, INVALID (not made by dossier), DAMAGED (another schema
 * version). An empty database without any metadata counts as an index that was never begun. */
enum status store_check_schema(struct xc_database *database, const char *path, struct error *error);

#endif
