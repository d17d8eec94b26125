/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spelling: the index's own word that somebody probably meant.
 *
 * Takes a folded word that finds nothing; gives a word the index has; never changes a query by itself.
 */
#ifndef SEARCHER_SUGGEST_H
#define SEARCHER_SUGGEST_H

#include "searcher/reader.h"

enum {
    SUGGEST_RUNES_MAX = 48,     /* characters: longer words are not corrected */
    SUGGEST_TERMS_MAX = 4000000 /* words of an index looked at for one correction: about a second */
};

/* Edits (insert, remove, change, swap neighbours) between two words, or [limit] + 1 when there are more than [limit].
 * Optimal string alignment distance: Damerau 1964, without edits inside a swap. Words longer than SUGGEST_RUNES_MAX
 * count as too far. */
unsigned edit_distance(struct span a, struct span b, unsigned limit);

/* Writes to [out] the word of the index nearest to [form]: fewest edits first (one for words of 3 to 5 characters, two
 * for longer ones), then same first letter, then most documents. Words of fewer than 3 characters and words with digits
 * are left alone. Returns OK, NOT_FOUND, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status suggest_word(struct buffer *out, struct reader *reader, struct span form, struct error *error);

#endif
