/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of a document as an index holds them: the model and lists of a run, and one process's means of finding.
 *
 * Takes records; gives their names encoded, as values, and as terms with the places of their mentions; never opens an
 * index and never merges what stands in different documents, but for giving one key to all spellings of a name.
 *
 * The model finds names in English. In texts stated to be in another language only the lists do: to a model that has
 * read English alone, every noun of a German text looks like a name.
 */
#ifndef INDEXER_NAMING_H
#define INDEXER_NAMING_H

#include "indexer/schema.h"

enum {
    NAMING_NAMES_MAX = 1 << 16,    /* of one document; those mentioned least are left out: tables of data hold more */
    NAMING_ENCODED_MAX = 48 << 20, /* bytes: all names and mentions that can be, see entities/names/names.h */
    NAMING_IDENTITY = 2 * HASH_BYTES + 1 /* bytes, with the NUL */
};

/* The model and the lists, opened once and read by all processes of a run. */
struct naming;

struct naming_options {
    const char *model;                                /* path of the tagging model */
    const char *lists;                                /* folder of the user's own lists; NULL: none */
    const struct span *kept;                          /* without a folder: the contents of the lists; NULL: none */
    void (*warn)(void *context, const char *message); /* of each line left out of a list; may be NULL */
    void *context;
};

/* Returns OK; MISSING, DAMAGED, IO, LIMIT, NO_MEMORY with a message. */
enum status naming_open(struct naming **out, const struct naming_options *options, struct error *error);
void naming_free(struct naming *naming);

/* The content of the user's list [which], a place in user_list_names of entities/names/user.h; empty for none. */
struct span naming_list(const struct naming *naming, size_t which);

/* Hexadecimal digits that differ when the model, the lists that come with dossier or the user's differ. */
const char *naming_identity(const struct naming *naming);

/* A name as a term. */
struct naming_name {
    struct span term; /* prefix and key */
    uint32_t index;   /* the caller's */
};

/* Where a name is mentioned: a place as mention_place gives it. */
struct naming_mark {
    size_t at;
    uint32_t name; /* number of the name */
};

struct naming_result {
    struct span encoded;           /* what the record holds */
    struct span value[NAME_TYPES]; /* by enum name_type: of the slots */
    struct naming_name *names;
    size_t name_count;
    const struct naming_mark *marks; /* ascending */
    size_t mark_count;
};

/* One process's means, about 12 MB and what a megabyte of text takes. */
struct name_finder;

/* [naming] must outlive it. Returns OK, NO_MEMORY. */
enum status name_finder_new(struct name_finder **out, const struct naming *naming);
void name_finder_free(struct name_finder *finder);

/* Finds the names of [record], of which the id, title, language and text matter. *[out] is the finder's until its next
 * call. O(n log n) in the mentions, linear in the text. Returns OK, NO_MEMORY. */
enum status name_finder_find(struct naming_result *out, struct name_finder *finder, const struct record *record);

/* Appends to [values] those of the slots of organizations, people and places, by enum name_type, as the names of
 * [record] make them. Returns OK, DAMAGED, NO_MEMORY, LIMIT. */
enum status naming_values(struct buffer values[NAME_TYPES], const struct record *record);

#endif
