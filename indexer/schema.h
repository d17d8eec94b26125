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
 *   XOname XEname XLname      an organization, a person, a place: the key of the canonical name (name_key of
 *                             entities/names), wdf 0, the positions of the first words of its mentions
 *
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
#define PREFIX_ORGANIZATION "XO"
#define PREFIX_PERSON       "XE"
#define PREFIX_PLACE        "XL"
#define TERM_UNDATED        "Dnone"

enum schema_slot {
    SLOT_DATE,         /* "20141008"; empty when undated */
    SLOT_SOURCE,       /* as shown */
    SLOT_LANGUAGE,     /* ISO 639-1 */
    SLOT_TYPE,         /* reader's type */
    SLOT_HASH,         /* 16 bytes: record_hash of the stored record; finds changes and damage */
    SLOT_ORGANIZATION, /* canonical names as shown, see value_names_next */
    SLOT_PERSON,
    SLOT_PLACE,
    SLOT_ID, /* the document's id: a batch run names thousands of documents, and their records would cost a page each */
    SLOT_SIGNATURE, /* SIGNATURE_BYTES bytes of signature.h: finds near-copies */
    SLOT_COUNT
};

enum {
    SCHEMA_TITLE_WDF = 3,   /* a title word counts as three; source: the collections' baseline P1 */
    SCHEMA_TITLE_GAP = 100, /* positions between a title that is not in the text and the text: no phrase spans them */
    TERM_BYTES_MAX = 245,   /* bytes: Xapian's limit for a term; a NUL counts two */
    HASH_BYTES = 16
};

/* Metadata keys. */
#define METADATA_SCHEMA "dossier.schema" /* SCHEMA_VERSION */
/* What undeclared documents were taken for: a language's code; after LANGUAGE_TOLD, the one for those whose text does
 * not tell it. */
#define METADATA_LANGUAGE "dossier.language"
#define LANGUAGE_TOLD     '?'
#define METADATA_MODEL    "dossier.model" /* identity of the model and lists that found its names; absent: untagged */
#define METADATA_RETAG                                                                                                 \
    "dossier.retag" /* of a retag not yet ended: the identity of the new names, a blank, the last document */
#define METADATA_NAMES "dossier.names"  /* absolute path of the folder of the user's lists, when one was named */
#define METADATA_LIST  "dossier.names:" /* + file name: content of the list, as names were last found with it */
#define METADATA_FILE  "dossier.file:"  /* + absolute path: the state of a file as indexed (indexer's own) */

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
    RECORD_TYPE,
    RECORD_PARENT /* the id of the message or document it was attached to */
};

/* The stored record: everything a document has, and its text. */
struct record {
    struct span field[16]; /* by enum record_field; empty when absent */
    struct range title_range;
    unsigned title_why, date_why; /* enum document_why */
    uint64_t where;               /* line of the record in its file when it was stored, 1 for a whole file */
    struct span text;
    struct span names; /* encoded, to be walked with record_names_next; empty when there are none */
};

enum { RECORD_FIELDS_MAX = 16 };

/* Appends the encoded record to [out]: a version byte, then U(tag) U(length) bytes for each field present, U(0), and
 * the text to the end; U is LEB128. The names are an item of their own: for each, a byte for the type, U(length) and
 * the name, U(number of mentions), and for each mention U(its start less the start of the one before) U(length in
 * bytes) and a byte for why. Returns OK, LIMIT, NO_MEMORY. */
enum status record_encode(struct buffer *out, const struct record *record);

/* Decodes [data]; *[out] borrows from it. Returns OK, or DAMAGED. */
enum status record_decode(struct record *out, struct span data);

/* Sixteen bytes of XXH3-128, big-endian, over [data]. */
void schema_hash(char out[HASH_BYTES], struct span data);

/* The hash of an encoded record: schema_hash over two such hashes, of the bytes before and those after its line and
 * names. The line is left out so that one put in at the top of a file does not change every record below it, the
 * names so that another model changes no document.
 * Returns OK, or DAMAGED when the bytes are no record. */
enum status record_hash(char out[HASH_BYTES], struct span data);

/* Types of names: those of entities/tag.h, which the indexer asserts. */
enum name_type { NAME_PERSON = 1, NAME_ORGANIZATION, NAME_PLACE, NAME_TYPES };

/* Where a type of name is kept, by enum name_type: the term prefix, the value slot, and the field in queries. */
struct name_place {
    const char *prefix, *field;
    enum schema_slot slot;
};
extern const struct name_place name_places[NAME_TYPES];

/* A name of a record, and the rest of its mentions. */
struct record_name {
    enum name_type type;
    struct span name;    /* canonical, as shown */
    uint64_t mentions;   /* how many, at least 1 */
    struct span encoded; /* private from here on: the mentions still to come */
    uint64_t left;
    size_t at, title, text;
};

/* One mention: bytes [start, end) of the record's text, or of its title when that is not part of the text. */
struct record_mention {
    size_t start, end;
    bool in_title; /* a title from elsewhere: counted from the title's start */
    unsigned why;  /* enum name_why of entities/names/names.h */
};

/* Walks the names of a record, in the order of their first mentions. Start with names_walk_start. */
struct names_walk {
    struct span rest;
    size_t title, text; /* bytes */
};

void names_walk_start(struct names_walk *walk, const struct record *record);

/* The next name; *[out] borrows from the record. Returns OK, NOT_FOUND past the last, DAMAGED. */
enum status record_names_next(struct record_name *out, struct names_walk *walk);

/* The next mention of [name], ascending, a title's before the text's; always within the title or the text. Returns OK,
 * NOT_FOUND past the last, DAMAGED. */
enum status record_mentions_next(struct record_mention *out, struct record_name *name);

/* Appends the path of the folder that may hold the user's own lists of names for the index at [index], beside it:
 * news.db.names for news.db. (Not in it: they outlive an index that is built anew.) Returns OK, LIMIT, NO_MEMORY. */
enum status schema_names_folder(struct buffer *out, struct span index);

/* The place of byte [start] in the text (or, [in_title], in a title from elsewhere of [title] bytes) as mentions are
 * encoded: a title from elsewhere stands two bytes before the text. */
size_t mention_place(size_t title, size_t start, bool in_title);

/* Takes a name off the front of a value of SLOT_ORGANIZATION, SLOT_PERSON or SLOT_PLACE: U(length) and the name for
 * each, those mentioned most first, then in byte order, each once. False at the end, and for what is damaged. */
bool value_names_next(struct span *name, struct span *rest);

/* Writes prefix + value as a term. A value that would make the term too long is cut on a character border and ends in
 * '#' and 32 hexadecimal digits of its hash, so that distinct values stay distinct. Returns OK, LIMIT, NO_MEMORY. */
enum status schema_term(struct buffer *out, const char *prefix, struct span value);

#endif
