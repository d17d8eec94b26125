/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the steps of one analysis share: the text, where they are, and the tokens and sentences found so far.
 *
 * Takes nothing from outside; gives the steps (tokenise, join, address, grams, sentences) one state; keeps no policy.
 */
#ifndef ANALYSIS_STATE_H
#define ANALYSIS_STATE_H

#include "indexer/analysis/analyse.h"
#include "languages.h"
#include "normalise.h"
#include "stem.h"

struct detector;

struct analyser {
    struct span text;
    size_t begin, end; /* the bytes to analyse; looking around may go past them */
    const struct language *language;
    struct stemmer *stemmer;
    enum status status; /* the first failure; the steps run on and spill into [spare] */

    struct token *tokens;
    size_t count, capacity;
    uint32_t position;  /* the last one given */
    struct arena arena; /* forms that are not in the stemmer's cache */

    struct range *sentences;
    size_t sentence_count, sentence_capacity;
    size_t sentence_from;   /* byte after the last sentence */
    size_t sentence_tokens; /* tokens before the current sentence */
    size_t line_start;      /* byte where the current line begins */

    struct analysis result;
    struct token spare;
    struct chunk chunk;
    struct stemmer *stemmers[LANGUAGE_COUNT]; /* made when first needed */
    struct detector *detector;                /* likewise */
};

bool analyser_grow(struct analyser *analyser);

/* A new token, zeroed but for its sentence; never NULL: after a failure it is one that nobody sees. */
static inline struct token *add_token(struct analyser *a, enum token_kind kind, size_t start, size_t end,
                                      uint32_t position)
{
    struct token *token = &a->spare;
    if (a->count < a->capacity || analyser_grow(a)) token = &a->tokens[a->count++];
    *token = (struct token){.start = (uint32_t)start,
                            .end = (uint32_t)end,
                            .position = position,
                            .sentence = (uint32_t)a->sentence_count,
                            .width = 1,
                            .kind = (uint8_t)kind};
    return token;
}

/* Gives [token] the form and stems of the word [key]. */
void set_word(struct analyser *analyser, struct token *token, const struct word_key *key);

/* Gives [token] [form], copied, as form and stem. */
void set_plain(struct analyser *analyser, struct token *token, struct span form);

#endif
