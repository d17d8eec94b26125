/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contract between writing and reading an index: term prefixes, value slots, metadata keys, the stored record.
 *
 * Takes documents and names of fields; gives bytes for Xapian and back; never opens a database.
 *
 * Terms. A folded word never begins with an ASCII capital, so prefixes made of capitals cannot clash with words.
 *
 *   word        exact form: wdf, no positions                Zword       stem: wdf and positions
 *   Sword       exact form in the title: wdf 0, no positions ZSword      stem in the title: wdf 0, positions
 *   Aword       word of the author: wdf 0, positions         XSword      word of the source: wdf 0, positions
 *   XVvalue     the whole source, folded: wdf 0              Lcode       language      Ttype  reader's type
 *   Y2014 M201410 D20141008   date: wdf 0                    Dnone       undated
 *   Qid         the document's id, unique                    XPhash      the file the document came from
 *
 * Prefixes kept for names: XO organization, XE person, XL place (values), ZO ZE ZL words of names with positions.
 * A title in the text counts SCHEMA_TITLE_WDF at its place there; a title from elsewhere has the positions before the
 * text, with SCHEMA_TITLE_GAP between.
 */
#ifndef INDEXER_SCHEMA_H
#define INDEXER_SCHEMA_H

#include "corpus/text.h"

#define SCHEMA_VERSION "1"

#define PREFIX_STEM         "Z"
#define PREFIX_TITLE        "S"
#define PREFIX_TITLE_STEM   "ZS"
#define PREFIX_AUTHOR       "A"
#define PREFIX_SOURCE       "XS"
#define PREFIX_SOURCE_VALUE "XV"
#define PREFIX_LANGUAGE     "L"
#define PREFIX_TYPE         "T"
#define PREFIX_YEAR         "Y"
#define PREFIX_MONTH        "M"
#define PREFIX_DAY          "D"
#define PREFIX_ID           "Q"
#define PREFIX_FILE         "XP"
#define TERM_UNDATED        "Dnone"

enum schema_slot {
    SLOT_DATE,     /* "20141008"; empty when undated */
    SLOT_SOURCE,   /* as shown */
    SLOT_LANGUAGE, /* ISO 639-1 */
    SLOT_TYPE,     /* reader's type */
    SLOT_HASH,     /* 16 bytes: record_hash of the stored record; finds changes and damage */
    SLOT_ORGANIZATION,
    SLOT_PERSON,
    SLOT_PLACE,
    SLOT_ID, /* the document's id: a batch run names thousands of documents, and their records would cost a page each */
    SLOT_COUNT
};

enum {
    SCHEMA_TITLE_WDF = 3,   /* a title word counts as three; source: the collections' baseline P1 */
    SCHEMA_TITLE_GAP = 100, /* positions between a title that is not in the text and the text: no phrase spans them */
    TERM_BYTES_MAX = 245,   /* bytes: Xapian's limit for a term; a NUL counts two */
    HASH_BYTES = 16
};

/* Metadata keys. */
#define METADATA_SCHEMA   "dossier.schema"   /* SCHEMA_VERSION */
#define METADATA_LANGUAGE "dossier.language" /* what undeclared documents were taken for */
#define METADATA_FILE     "dossier.file:"    /* + absolute path: the state of a file as indexed (indexer's own) */

/* The fields of a stored record: those of corpus/document.h, in that order, which the indexer asserts. */
enum record_field {
    RECORD_ID,
    RECORD_TITLE,
    RECORD_DATE, /* ISO 8601 day */
    RECORD_SOURCE,
    RECORD_AUTHOR,
    RECORD_LANGUAGE,
    RECORD_PATH, /* absolute */
    RECORD_URL,
    RECORD_TYPE
};

/* The stored record: everything a document has, and its text. */
struct record {
    struct span field[16]; /* by enum record_field; empty when absent */
    struct range title_range;
    unsigned title_why, date_why; /* enum document_why */
    uint64_t where;               /* line of the record in its file when it was stored, 1 for a whole file */
    struct span text;
};

enum { RECORD_FIELDS_MAX = 16 };

/* Appends the encoded record to [out]: a version byte, then U(tag) U(length) bytes for each field present, U(0), and
 * the text to the end; U is LEB128. Returns OK, LIMIT, NO_MEMORY. */
enum status record_encode(struct buffer *out, const struct record *record);

/* Decodes [data]; *[out] borrows from it. Returns OK, or DAMAGED. */
enum status record_decode(struct record *out, struct span data);

/* Sixteen bytes of XXH3-128, big-endian, over [data]. */
void schema_hash(char out[HASH_BYTES], struct span data);

/* The hash of an encoded record: schema_hash over two such hashes, of the bytes before and those after its line. The
 * line is left out so that one put in at the top of a file does not change every record below it.
 * Returns OK, or DAMAGED when the bytes are no record. */
enum status record_hash(char out[HASH_BYTES], struct span data);

/* Writes prefix + value as a term. A value that would make the term too long is cut on a character border and ends in
 * '#' and 32 hexadecimal digits of its hash, so that distinct values stay distinct. Returns OK, LIMIT, NO_MEMORY. */
enum status schema_term(struct buffer *out, const char *prefix, struct span value);

#endif
