/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words to forms and stems, with a cache: a text has few distinct words.
 *
 * Takes normalised words with their marks; gives folded form, stem and plain stem; never sees the text.
 */
#ifndef ANALYSIS_STEM_H
#define ANALYSIS_STEM_H

#include "corpus/text.h"
#include "indexer/analysis/analyse.h"

/* A normalised word, to be looked up. Eight zero bytes follow [length] so that hashing reads whole words. */
struct word_key {
    _Alignas(8) char bytes[TOKEN_BYTES_MAX + 16];
    size_t length; /* 1 to TOKEN_BYTES_MAX */
};

struct word {
    struct span key;
    struct span form, stem, plain_stem; /* as in struct token */
    bool marked;
};

struct stemmer;

/* A stemmer of Snowball's [algorithm] (a name of its list), or one that leaves words as they are when that is empty.
 * Returns OK, NO_MEMORY. */
enum status stemmer_new(struct stemmer **out, const char *algorithm);
void stemmer_free(struct stemmer *stemmer);

/* True when libstemmer has [algorithm]. */
bool stemmer_exists(const char *algorithm);

/* Begins an analysis: words handed out before are no longer valid. */
void stemmer_begin(struct stemmer *stemmer);

/* The word of [key], valid until stemmer_begin. A possessive 's does not count for the stem, in any language. NULL
 * when out of memory. */
const struct word *stemmer_word(struct stemmer *stemmer, struct word_key *key);

/* Lookups and misses since stemmer_new, for measuring. */
void stemmer_counts(const struct stemmer *stemmer, uint64_t *lookups, uint64_t *misses);

#endif
