/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a single token looks like: its case, its shape, its affixes, and the hashes that name it.
 *
 * Takes the bytes of one token; gives hashes and flags; never looks at the tokens around it and never allocates.
 */
#ifndef INDEXER_ENTITIES_SHAPE_H
#define INDEXER_ENTITIES_SHAPE_H

#include "corpus/text.h"

#include <stdint.h>

enum {
    SHAPE_BYTES_MAX = 64 /* bytes of a token that are looked at: longer ones are URLs and debris, not names */
};

enum look_flag {
    LOOK_CAPITAL = 1 << 0,   /* begins with an upper-case letter */
    LOOK_UPPER = 1 << 1,     /* two letters or more, all upper-case */
    LOOK_LOWER = 1 << 2,     /* letters, none upper-case */
    LOOK_DIGIT = 1 << 3,     /* has a digit */
    LOOK_NUMBER = 1 << 4,    /* digits, no letter */
    LOOK_PUNCT = 1 << 5,     /* neither letter nor digit */
    LOOK_INNER = 1 << 6,     /* an upper-case letter somewhere after the first character: iPhone, al-Sabah */
    LOOK_HYPHEN = 1 << 7,    /* a hyphen between other characters */
    LOOK_CONNECTOR = 1 << 8, /* may stand inside a name: of, the, de, &, - … */
    LOOK_INITIAL = 1 << 9,   /* one upper-case letter, with a full stop or without */
    LOOK_END = 1 << 10,      /* ends a sentence: . ! ? */
    LOOK_SIGN = 1 << 11,     /* begins with @ or # or is a URL */
    LOOK_DOT = 1 << 12       /* has a full stop and a letter */
};

/* Everything the features need to know of one token. Hashes are 64 bits; 0 stands for "none".
 *
 * [exact] keeps case and folds what typesetting varies: digits to 0, curly quotes and long dashes to ASCII ones.
 * [lower] is the same without case; [title] with a capital first and the rest lower.
 * [prefix] are the first 2, 3, 4 letters and [suffix] the last 1, 2, 3, 4, lower-case, 0 where the token is shorter.
 * [head] and [tail] are the parts before the first and after the last inner hyphen, lower-case.
 */
struct look {
    uint32_t flags, letters;
    uint64_t exact, lower, title, shape, pattern;
    uint64_t prefix[3], suffix[4], head, tail;
};

/* Describes [word]. Never fails; ill-formed UTF-8 counts as letters without case. O(bytes). */
void look_at(struct look *out, struct span word);

/* The hash that [look_at] gives as [lower], alone. */
uint64_t lower_hash(struct span word);

/* The bytes of [word] hashed as they are: the key of a cache of types. */
uint64_t bytes_hash(struct span word);

uint32_t rune_lower(uint32_t rune); /* simple case folding of Latin, Greek and Cyrillic; others unchanged */
bool rune_is_upper(uint32_t rune);
bool rune_is_letter(uint32_t rune); /* ASCII letters and everything from U+00AA on that is no punctuation */

/* Mixes [a] and [b] into one hash. Not symmetric, so order matters. */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    h = (h + b) * 0xA0761D6478BD642Fu;
    return h ^ (h >> 29);
}

#endif
