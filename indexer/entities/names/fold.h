/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One form for all spellings of a name: case, marks, spacing, hyphens, quotes and full stops folded away.
 *
 * Takes bytes; gives keys and hashes that are equal for names that an editor would print as one; never fails on odd
 * input and never looks at a list.
 */
#ifndef NAMES_FOLD_H
#define NAMES_FOLD_H

#include "corpus/text.h"

#include <stdint.h>

enum {
    NAME_BYTES_MAX = 240, /* of a shown name or a key: below Xapian's limit for a term with its prefix */
    PIECE_FOLDED_MAX = 64 /* bytes of a folded word that tell it from others; longer ones are data, not names */
};

/* Writes the key of [name] to [out] (NAME_BYTES_MAX bytes, no NUL) and returns its length, 0 for a name without a
 * letter or digit. Words are separated by one space; hyphens and other signs separate words; full stops and
 * apostrophes vanish, and so do a leading "the" and an "and" between words; centre is center, and a company's last word
 * is shortened (Corporation: corp). Longer keys are cut on a character border. */
size_t name_key(char out[NAME_BYTES_MAX], struct span name);

/* The hash of one word, equal for words whose keys are equal and for British and American spellings of the words that
 * names of organizations are made of. "&" hashes as "and", other signs as themselves. */
uint64_t word_hash(struct span word);
uint64_t folded_hash(struct span key); /* the same of a word that is folded already */

/* The hash of a phrase that goes on with one more word; a phrase of one word has phrase_join(0, its hash). */
static inline uint64_t phrase_join(uint64_t phrase, uint64_t word)
{
    uint64_t h = (phrase ^ 0x2545F4914F6CDD1Du) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    h = (h + word) * 0xBF58476D1CE4E5B9u;
    return h ^ (h >> 32);
}

uint64_t key_hash(struct span key); /* of bytes as they are */

#endif
