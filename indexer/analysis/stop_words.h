/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stop words by language.
 *
 * Takes folded forms; tells whether they are on the language's list; never drops a word itself.
 */
#ifndef ANALYSIS_STOP_WORDS_H
#define ANALYSIS_STOP_WORDS_H

#include "corpus/text.h"

/* Folded words in ascending byte order. */
struct stop_words {
    const char *const *words;
    size_t count;
};

extern const struct stop_words stop_words_danish, stop_words_dutch, stop_words_english, stop_words_finnish,
    stop_words_french, stop_words_german, stop_words_hungarian, stop_words_indonesian, stop_words_irish,
    stop_words_italian, stop_words_norwegian, stop_words_portuguese, stop_words_russian, stop_words_spanish,
    stop_words_swedish;

/* False when [list] is NULL. O(log n). */
bool stop_words_hold(const struct stop_words *list, struct span form);

#endif
