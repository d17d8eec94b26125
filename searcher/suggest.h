/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spelling: the index's own word that somebody probably meant.
 *
 * Takes a folded word that finds nothing; gives a word the index has; never changes a query by itself.
 */
#ifndef SEARCHER_SUGGEST_H
#define SEARCHER_SUGGEST_H

#include "searcher/reader.h"

enum {
    SUGGEST_RUNES_MAX = 48,      /* characters: longer words are not corrected */
    SUGGEST_TERMS_MAX = 1000000, /* words of an index looked at for one correction: those with the same first character,
                                    some hundred milliseconds */
    SUGGEST_CONTEXT_MAX = 4      /* other words of the query that are looked at: the rarest tell most */
};

/* A word of the query that the index has. */
struct suggest_context {
    struct span stem;
    uint32_t documents;
};

/* Edits (insert, remove, change, swap neighbours) between two words, or [limit] + 1 when there are more than [limit].
 * Optimal string alignment distance: Damerau 1964, without edits inside a swap. Words longer than SUGGEST_RUNES_MAX
 * count as too far. */
unsigned edit_distance(struct span a, struct span b, unsigned limit);

/* Writes to [out] the word of the index that was most likely meant by [form]: by its edits (one for words of 3 to 7
 * characters, two for longer ones, the first character among them only once), how many documents have it, and how many
 * of these have the words of [context] too (Brill & Moore 2000's noisy channel with fixed costs of an edit). Words of
 * fewer than 3 characters and words with digits are left alone. [count] may be 0. About 1 to 5 ms for 100,000 documents.
 *
 * Returns OK, NOT_FOUND, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status suggest_word(struct buffer *out, struct reader *reader, struct span form,
                         const struct suggest_context *context, size_t count, struct error *error);

#endif
