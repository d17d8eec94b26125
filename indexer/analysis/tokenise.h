/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps from text to tokens.
 *
 * tokenise walks the text, takes plain ASCII words itself and hands everything else to chunk_tokens; that hands
 * numbers, addresses and scripts without spaces to the other three. None of them fails: see analyser.status.
 */
#ifndef ANALYSIS_TOKENISE_H
#define ANALYSIS_TOKENISE_H

#include "characters.h"
#include "state.h"

/* A word inside a chunk: characters [first, end). */
struct part {
    size_t first, end;
    bool has_letter;
    bool elided; /* ends before an apostrophe that only joins: the l of l'eau */
};

/* Tokenises a->text from a->begin to a->end. [fast] false takes every word the long way, for tests. */
void tokenise(struct analyser *a, bool fast);

/* Tokenises the chunk just read; returns the source byte to go on from, [resume] unless the chunk was cut. */
size_t chunk_tokens(struct analyser *a, size_t resume);

/* The end of the run of letters, digits and marks that begins at [i]. */
size_t atom_end(const struct chunk *chunk, size_t i);

/* The end of the number that begins at [i] with its groups (1,000.5); drops grouping commas, and marks the members of a
 * list (1,2,3) as lone. */
size_t number_end(struct chunk *chunk, size_t i);

/* Takes the address that begins at [i], with its parts; returns its end, or [i] when there is none. */
size_t address_tokens(struct analyser *a, size_t i);

/* Takes the run of unspaced script that begins at [i]; returns its end. With [open] the last unit is left for the next
 * chunk, and its index returned. */
size_t gram_tokens(struct analyser *a, size_t i, bool open);

/* Adds characters [first, end) of the chunk to [key], cut at TOKEN_BYTES_MAX. */
void key_add(struct word_key *key, const struct chunk *chunk, size_t first, size_t end);

/* Adds the token of [part] at [position]. */
void part_token(struct analyser *a, const struct part *part, uint32_t position);

static inline unsigned class_at(const struct chunk *chunk, size_t i)
{
    return i < chunk->count ? chunk->runes[i].class : CLASS_SPACE;
}

static inline uint32_t code_at(const struct chunk *chunk, size_t i)
{
    return i < chunk->count ? chunk->runes[i].code : 0;
}

static inline bool word_at(const struct chunk *chunk, size_t i)
{
    return i < chunk->count && is_word_class(chunk->runes[i].class);
}

/* analyse_range without widening; [fast] as above. */
enum status analyse_with(const struct analysis **out, struct analyser *a, struct span text, struct range range,
                         struct span language, bool fast);

#endif
