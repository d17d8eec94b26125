/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that somebody may be about to type.
 *
 * Takes the beginning of a name; gives names of the index as they are shown; never changes a query.
 */
#ifndef SEARCHER_NAME_SUGGEST_H
#define SEARCHER_NAME_SUGGEST_H

#include "searcher/search.h"

struct suggested_name {
    enum name_type type;
    struct span value; /* as a document shows it */
    uint32_t documents;
};

/* Finds the names of which all words typed are words, the last one the beginning of one; those in most documents first,
 * [room] at most. Memory is [arena]'s. Walks all names of the index, as names_resolve does.
 *
 * Returns OK, also when there is none; CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status names_suggest(struct suggested_name *out, size_t *count, size_t room, struct arena *arena,
                          struct searcher *searcher, struct span typed, struct error *error);

#endif
