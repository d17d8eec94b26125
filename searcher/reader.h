/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index opened for reading: its database, what languages it holds, its documents as records.
 *
 * Takes the path of an index; gives its latest committed state; never writes and never locks.
 */
#ifndef SEARCHER_READER_H
#define SEARCHER_READER_H

#include "corpus/text.h"
#include "indexer/schema.h"
#include "searcher/frequencies.h"
#include "xapian-c/xapian-c.h"

enum {
    READER_LANGUAGES_MAX = 4, /* languages a query is stemmed in: those of most documents; each costs a term a word */
    READER_LANGUAGE_PERCENT = 1, /* of the documents: a language of fewer is no language of the index */
    LANGUAGE_BYTES_MAX = 16
};

struct matcher;

struct reader {
    struct xc_database *database;
    char *path;
    char uuid[40];
    uint32_t documents;
    bool names; /* its documents were tagged: there are organizations, persons and places */
    char language[READER_LANGUAGES_MAX][LANGUAGE_BYTES_MAX]; /* ISO 639-1, most frequent first */
    size_t language_count;
    struct frequencies *frequencies; /* of this state of the index; may be NULL */
    struct matcher *matcher;         /* likewise; NULL where there is no ranking cache for it */
};

/* Opens the index at [path]. Returns OK, MISSING, DAMAGED (not an index of dossier's, or another version), CHANGED, IO,
 * NO_MEMORY; the message names the path and the cure. */
enum status reader_open(struct reader *out, const char *path, struct error *error);
void reader_close(struct reader *reader);

/* Reads the latest state from now on. A folder swapped for another index is noticed by its UUID and opened afresh.
 * Returns as reader_open. */
enum status reader_refresh(struct reader *reader, struct error *error);

/* A stored document. [out] borrows from [*document], which the caller frees with xc_document_free. Returns OK,
 * NOT_FOUND, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status reader_record(struct record *out, struct xc_document **document, struct reader *reader, uint32_t docid,
                          struct error *error);

/* The number of the document called [id]. Returns OK, NOT_FOUND, and as reader_record. */
enum status reader_find(uint32_t *out, struct reader *reader, struct span id, struct error *error);

/* Turns a failure of the wrapper into dossier's, naming [path] and the cure. */
enum status reader_failure(struct error *error, enum xc_status status, const struct xc_error *cause, const char *path);

#endif
