/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lists of names in the form that is searched: a hash table of phrases, mapped or linked in, never parsed.
 *
 * Takes a table made by table.h; gives, for phrases word by word, what the lists know of them; never allocates.
 * The built-in table is made from data/ when dossier is built and is part of the program, so that loading costs
 * nothing and processes share it.
 */
#ifndef NAMES_LISTS_H
#define NAMES_LISTS_H

#include "corpus/status.h"
#include "corpus/text.h"

#include <stdint.h>

/* What a phrase is known as: bits. */
enum list_class {
    IS_COUNTRY = 1 << 0,
    IS_REGION = 1 << 1,
    IS_CITY = 1 << 2,       /* well-known or large: found by the list alone */
    IS_CITY_SMALL = 1 << 3, /* supports other evidence */
    IS_DEMONYM = 1 << 4,
    IS_GIVEN = 1 << 5,
    IS_FAMILY = 1 << 6,
    IS_ORGANIZATION = 1 << 7,
    IS_TITLE = 1 << 8,     /* before a person's name, dropped */
    IS_TITLE_TWO = 1 << 9, /* the same, before two words or more */
    IS_ROLE = 1 << 10,     /* the same, an office */
    IS_HEAD = 1 << 11,     /* noun of an organization's name */
    IS_SUFFIX = 1 << 12,   /* legal form of a company */
    IS_PLACE_HEAD = 1 << 13,
    IS_GENERIC = 1 << 14,
    IS_EVENT = 1 << 15,
    IS_PAPER = 1 << 16,
    IS_FURNITURE = 1 << 17,
    IS_CONTACT = 1 << 18,
    IS_COMMON = 1 << 19,
    IS_PREFIX = 1 << 20,
    IS_NEVER = 1 << 21,
    IS_ADDED = 1 << 22,        /* by the user */
    IS_MARKER = 1 << 23,       /* what stands behind is a storm, a ship, an operation */
    IS_ABBREVIATION = 1 << 24, /* of a state or province: found behind a comma alone */
    IS_PLACE = IS_COUNTRY | IS_REGION | IS_CITY,
    IS_KNOWN = IS_PLACE | IS_ORGANIZATION
};

enum organization_kind { KIND_NONE, KIND_BODY, KIND_GOVERNMENT, KIND_MEDIA, KIND_PARTY, KIND_ARMED };

/* How a text must write a phrase for it to be found. */
enum list_writing {
    WRITTEN_CAPITAL, /* with a capital */
    WRITTEN_UPPER,   /* in capitals only: acronyms */
    WRITTEN_ANY      /* a user's phrase without a capital */
};

struct list_record {
    uint32_t classes;
    uint32_t name;    /* canonical name: offset in the strings; 0: the phrase itself */
    uint32_t next;    /* another meaning of the same phrase: its record, 0 for none */
    uint8_t kind;     /* enum organization_kind; with IS_ADDED, enum tag_type */
    uint8_t capitals; /* enum list_writing */
    uint16_t words;
};

enum {
    LISTS_VERSION = 1,
    LIST_PHRASE_MAX = 16,  /* pieces of the longest phrase */
    LIST_PREFIX = 1 << 23, /* of a slot's value: a longer phrase begins like this */
    LIST_RECORD = (1 << 23) - 1
};

struct lists_header {
    char magic[8];
    uint32_t version, slots, records, string_bytes;
    uint64_t bytes, checksum;
};

struct lists {
    const struct lists_header *header;
    const uint64_t *slots; /* 40 bits of the hash, LIST_PREFIX, record; 0 for empty */
    const struct list_record *records;
    const char *strings; /* each: length in two bytes, bytes */
};

/* The table built in. It cannot fail: a build that links a broken one fails its tests. */
const struct lists *lists_builtin(void);

/* Uses [bytes] at [data], 8-byte aligned, which stay the caller's. Returns OK, or DAMAGED. */
enum status lists_open(struct lists *lists, const void *data, size_t bytes, struct error *error);

/* What is known of the phrase [hash]: 0, or a record's number with LIST_PREFIX. One probe as a rule. */
uint32_t lists_find(const struct lists *lists, uint64_t hash);

/* Where [hash] is looked for first, of [slots]. */
static inline size_t lists_slot(uint64_t hash, uint64_t slots)
{
    return (size_t)((hash & 0xFFFFFFFFu) * slots >> 32);
}

static inline const struct list_record *lists_record(const struct lists *lists, uint32_t value)
{
    uint32_t record = value & LIST_RECORD;
    return record && record < lists->header->records ? &lists->records[record] : NULL;
}

struct span lists_name(const struct lists *lists, const struct list_record *record); /* empty: the phrase itself */

#endif
