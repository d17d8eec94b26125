/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens to pieces: what lists and rules compare. A token with hyphens is several pieces, so that Timor-Leste is
 * Timor Leste and ASEAN-Japan is two names.
 *
 * Takes a text and its tagging tokens; gives pieces; never looks at a list.
 */
#ifndef NAMES_PIECES_H
#define NAMES_PIECES_H

#include "indexer/entities/names/fold.h"
#include "indexer/entities/tokens.h"

enum piece_flag {
    PIECE_CAPITAL = 1 << 0,    /* begins with a capital */
    PIECE_UPPER = 1 << 1,      /* has letters, all capitals */
    PIECE_WORD = 1 << 2,       /* has a letter */
    PIECE_DIGIT = 1 << 3,      /* has a digit */
    PIECE_SIGN = 1 << 4,       /* neither */
    PIECE_SENTENCE = 1 << 5,   /* the first of a sentence */
    PIECE_LINE = 1 << 6,       /* the first of a line */
    PIECE_HYPHEN = 1 << 7,     /* joined to the one before by a hyphen */
    PIECE_DOTTED = 1 << 8,     /* has a full stop */
    PIECE_POSSESSIVE = 1 << 9, /* 's or a lone apostrophe */
    PIECE_SHUT = 1 << 10,      /* in page furniture: makes no name */
    PIECE_SHOUT = 1 << 11,     /* in a line of capitals */
    PIECE_GLUED = 1 << 12,     /* no white space before it */
    PIECE_HEADLINE = 1 << 13,  /* in a line that capitalises most words */
    PIECE_TICKER = 1 << 14     /* a company's code at an exchange */
};

struct piece {
    uint64_t hash;
    uint32_t start;
    uint16_t length;
    uint16_t flags;
};

/* Appends the pieces of the token at [start] to [out], which has room for [room]; returns how many. [text] is shorter
 * than 4 GB. Flags about lines and sentences are the caller's. */
size_t pieces_of_token(struct piece *out, size_t room, struct span text, size_t start, size_t length);

/* Fills [out] with the pieces of [phrase], tokenised as texts are; returns how many, at most [room]. */
size_t pieces_of_phrase(struct piece *out, size_t room, struct span phrase);

#endif
