/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source bytes to normalised characters (NFKC, case-folded), each with the source bytes it came from.
 *
 * Takes a stretch of text without white space; gives its characters; never cuts inside a base and its marks.
 */
#ifndef ANALYSIS_NORMALISE_H
#define ANALYSIS_NORMALISE_H

#include "corpus/text.h"

enum {
    CHUNK_RUNES = 1024, /* characters of one chunk: longer than any word or address worth keeping */
    RUNE_SLACK = 512    /* room for what the last source character decomposes to */
};

enum rune_flag {
    RUNE_APART = 1,   /* a word begins here even after a letter or digit */
    RUNE_UPPER = 2,   /* the source was an ASCII capital */
    RUNE_DROPPED = 4, /* belongs to the token, not to its form: the dots of U.S. */
    RUNE_LONE = 8     /* a number begins and ends here: one of a list like 1,2,3 */
};

struct rune {
    uint32_t code;
    uint32_t start, end; /* source bytes */
    uint8_t class;       /* enum character_class */
    uint8_t flags;       /* enum rune_flag */
};

struct chunk {
    size_t count;
    bool cut;         /* ended by CHUNK_RUNES, not by white space or the text's end */
    bool has_at;      /* holds '@' */
    bool has_address; /* holds '@', "://", or a dot between letters or digits */
    struct rune runes[CHUNK_RUNES + RUNE_SLACK];
};

/* Reads characters of [text] from [start] up to white space, to [end] or to the chunk's limit; returns where it
 * stopped. [turkic] keeps the two i's of Turkish apart. Precondition: text.length <
 * UINT32_MAX. */
size_t chunk_read(struct chunk *chunk, struct span text, size_t start, size_t end, bool turkic);

/* Writes the mark-folded form of normalised [text] to [out], at most [room] bytes, cut on a character border; returns
 * the bytes written. */
size_t fold_marks(char *out, size_t room, struct span text);

#endif
