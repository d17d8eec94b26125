/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns a document into what the index holds of it: the stored record, values, and terms as schema.h lays them out.
 *
 * Takes a document of a reader and where it came from; gives a prepared document (prepared.h); never opens an index.
 *
 * It goes in two steps, because the first tells whether the second is needed: preparer_begin makes the stored record
 * and its hash, preparer_finish analyses the text.
 */
#ifndef INDEXER_TERMS_H
#define INDEXER_TERMS_H

#include "corpus/document.h"
#include "indexer/analysis/analyse.h"
#include "indexer/naming.h"
#include "indexer/schema.h"
#include "indexer/signature.h"
#include "indexer/termtable.h"

/* Where a document came from. All borrowed. */
struct origin {
    struct span path;     /* absolute, of its file; empty for standard input */
    struct span language; /* taken when the document states none; after LANGUAGE_TOLD, when its text tells none either */
    uint64_t where;       /* line of the record, 1 for a whole file */
};

/* Memory, stemmers and the tagger, kept from document to document. Not shared by threads. */
struct preparer {
    struct analyser *analyser;
    struct name_finder *finder;  /* NULL: names are not looked for */
    struct naming_result naming; /* of the document at hand */
    struct termtable table;
    struct buffer record; /* of the document begun */
    struct buffer scratch, date;
    struct buffer path;    /* of the file of the last document, and how records write it */
    struct document place; /* (FIELD_PATH alone) */
    struct record fields;  /* of the document begun; borrows from the caller's document and origin */
    char hash[HASH_BYTES];
    struct signer signer; /* of the text at hand */
    char signature[SIGNATURE_BYTES];
    bool is_signed; /* it has a signature */
    bool named; /* the names of the document begun were found */
};

/* Returns OK, NO_MEMORY. */
enum status preparer_init(struct preparer *preparer);
void preparer_release(struct preparer *preparer);

/* From now on names are looked for. [naming] must outlive the preparer. Returns OK, NO_MEMORY. */
enum status preparer_use_names(struct preparer *preparer, const struct naming *naming);

/* Makes the stored record of [document] and its hash, in [preparer->record] and [preparer->hash]. [document] and
 * [origin] must stay as they are until preparer_finish.
 * Returns OK, INVALID (no id), LIMIT (over PREPARED_ENTRY_MAX), NO_MEMORY; [error] says why. */
enum status preparer_begin(struct preparer *preparer, const struct document *document, const struct origin *origin,
                           struct error *error);

/* The same for a document that an index holds, to be written anew: [record] must stay as it is until preparer_finish.
 * Its file is not known by name, so that preparer_finish makes no term of it. Returns and reports as preparer_begin. */
enum status preparer_begin_stored(struct preparer *preparer, const struct record *record, struct error *error);

/* Finds the names of the document begun, as preparer_finish does unless it was done before: [preparer->naming] has
 * them. Returns OK, NO_MEMORY, LIMIT. */
enum status preparer_find_names(struct preparer *preparer);

/* Analyses the document begun and appends it, prepared, to [out].
 * Returns OK, LIMIT (more different words than an index can list for one document), NO_MEMORY; [error] says why. */
enum status preparer_finish(struct buffer *out, struct preparer *preparer, struct error *error);

/* The unique term of a document's id, and the term all documents of a file have; appended to [out]. Both return OK,
 * LIMIT, NO_MEMORY. */
enum status terms_id(struct buffer *out, struct span id);
enum status terms_file(struct buffer *out, struct span path);

#endif
