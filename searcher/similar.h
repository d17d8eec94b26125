/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More like this: the words that tell a text from the others of the index, as a query.
 *
 * Takes a document of the index, or a text that is not in it; gives its most telling stems with their weights and the
 * query they make; runs no match.
 *
 * A page that shows a document needs none of this: `similar:ID` and `near:ID` in the query language search for what is
 * like it and for its near-copies, and similar_print writes them.
 */
#ifndef SEARCHER_SIMILAR_H
#define SEARCHER_SIMILAR_H

#include "searcher/syntax.h"
#include "searcher/words.h"

enum {
    SIMILAR_TERMS = 40,             /* stems taken: as measured, see similar.c */
    SIMILAR_LOOKUPS_MAX = 2000,     /* stems whose frequency is looked up, those most often in the text first */
    SIMILAR_TEXT_MAX = 1024 * 1024, /* bytes: of a longer text the beginning counts */
};

struct similar_term {
    struct span stem;
    double weight;      /* of the query's term */
    uint32_t documents; /* that have it */
};

struct similar_terms {
    const struct similar_term *items; /* heaviest first */
    size_t count;
};

/* The telling stems of document [docid]. All memory is [arena]'s. Returns OK (none for a text without words), CHANGED,
 * DAMAGED, IO, NO_MEMORY. */
enum status similar_of_document(struct similar_terms *out, struct arena *arena, const struct vocabulary *vocabulary,
                                uint32_t docid, struct error *error);

/* The same of a text, in the language it is written in. */
enum status similar_of_text(struct similar_terms *out, struct arena *arena, const struct vocabulary *vocabulary,
                            struct span text, struct error *error);

/* Any of the terms, each with its weight. Returns OK, NO_MEMORY, and as reader_failure. */
enum status similar_query(struct xc_query **out, const struct similar_terms *terms, struct reader *reader,
                          struct error *error);

/* Appends `similar:ID` or `near:ID` ([field] is FIELD_SIMILAR or FIELD_NEAR), quoted as it needs. Returns OK, LIMIT,
 * NO_MEMORY. */
enum status similar_print(struct buffer *out, enum syntax_field field, struct span id);

#endif
