/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words to forms and stems, with a cache: a text has few distinct words.
 *
 * Takes normalised words with their marks; gives folded form, stem and plain stem; never sees the text.
 */
#ifndef ANALYSIS_STEM_H
#define ANALYSIS_STEM_H

#include "corpus/text.h"
#include "indexer/analysis/analyse.h"

#include <string.h>

/* A normalised word, to be looked up. Zero bytes follow it up to a multiple of eight at least, because hashing and
 * comparing take eight bytes at a time. */
struct word_key {
    _Alignas(8) char bytes[TOKEN_BYTES_MAX + 8];
    size_t length; /* 1 to TOKEN_BYTES_MAX */
};

/* The first [count] bytes of [eight], 0 to 8, and zeros. Either byte order. */
static inline uint64_t first_bytes(uint64_t eight, size_t count)
{
    static const unsigned char bytes[16] = {255, 255, 255, 255, 255, 255, 255, 255};
    uint64_t mask;
    memcpy(&mask, bytes + 8 - count, 8);
    return eight & mask;
}

/* What a word becomes: as in struct token. The strings are the stemmer's. */
struct word {
    struct span form, stem, plain_stem;
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

/* Looks up [key]; *[out] is valid until stemmer_begin. A possessive 's does not count for the stem, in any language.
 * Returns OK, NO_MEMORY. */
enum status stemmer_word(struct word *out, struct stemmer *stemmer, const struct word_key *key);

/* Lookups and misses since stemmer_new, for measuring. */
void stemmer_counts(const struct stemmer *stemmer, uint64_t *lookups, uint64_t *misses);

#endif
