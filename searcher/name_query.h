/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names in queries: what a reader types after person:, place: or organization:, as names that the index has.
 *
 * Takes a text and the list of an index's names; gives the names it can stand for; builds no Xapian query.
 */
#ifndef SEARCHER_NAME_QUERY_H
#define SEARCHER_NAME_QUERY_H

#include "searcher/syntax.h"
#include "searcher/words.h"

enum {
    NAME_MATCHES_MAX = 200 /* names a text stands for, those in most documents: an OR of more is slow, and what has so
                              many meanings is no name */
};

/* A name of the index. */
struct index_name {
    enum name_type type;
    struct span key; /* as name_key makes it; the filter term without its prefix */
    uint32_t documents;
};

struct name_matches {
    const struct index_name *items; /* by falling documents, then in byte order */
    size_t count;
    size_t total; /* with those past NAME_MATCHES_MAX */
};

enum name_match {
    NAME_HAS_WORDS, /* all the words typed are words of the name, in any order */
    NAME_IS,        /* nothing but the words typed, in their order */
    NAME_BEGINS     /* as NAME_HAS_WORDS, the last word typed being the beginning of one */
};

/* Finds the names of [type] that [text] stands for. An alias counts as the name it is an alias of (ASEAN), unless no
 * document has that name. Compares keys, so that case, marks and full stops do not matter. Memory is [arena]'s. Walks
 * all names of the type: about a second for some millions.
 *
 * Returns OK, also when there is none; CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status names_resolve(struct name_matches *out, struct arena *arena, const struct vocabulary *vocabulary,
                          enum name_type type, struct span text, enum name_match match, struct error *error);

/* The type of name that [field] asks for; 0 when it is no field of names. */
enum name_type name_type_of_field(enum syntax_field field);

#endif
