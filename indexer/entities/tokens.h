/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text to tagging tokens: words and signs as annotated newswire has them, with sentence starts.
 *
 * Takes any bytes; gives byte ranges in them, one at a time; never normalises, never allocates, linear in the bytes.
 *
 * These are not the tokens of search (indexer/analysis): hyphenated words stay whole, a possessive 's and n't stand
 * alone, abbreviations keep their full stop.
 */
#ifndef INDEXER_ENTITIES_TOKENS_H
#define INDEXER_ENTITIES_TOKENS_H

#include "corpus/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { TOKEN_BYTES_MAX = 1024 /* longer runs without white space are cut: they are data, not words */ };

struct tag_token {
    size_t start; /* byte in the text */
    uint32_t length;
    bool sentence; /* the first of a sentence */
};

enum { TOKENISER_AHEAD = 32 /* tokens that one run without white space can hold back */ };

/* A place in a text. Set up with tokeniser_init; the fields are private. */
struct tokeniser {
    struct span text;
    size_t at, line_start;
    bool sentence;  /* the next token begins one */
    bool shortened; /* the last token was an abbreviation with its full stop, which may have ended one */
    bool ended;     /* the last token may have ended a sentence: the next one decides */
    struct tag_token ahead[TOKENISER_AHEAD];
    unsigned ahead_first, ahead_count;
};

void tokeniser_init(struct tokeniser *tokeniser, struct span text);

/* Gives the next token. False when the text is at its end. */
bool tokeniser_next(struct tokeniser *tokeniser, struct tag_token *token);

#endif
