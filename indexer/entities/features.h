/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tagger looks at: the features of a token, as hashes, the same in training and in tagging.
 *
 * Takes the tokens of one window of a document; gives islands of tokens that may hold names, and for each of their
 * tokens a list of feature hashes; never looks at weights.
 *
 * Features that depend on one word alone are listed by features_of_type, for each offset at which that word may stand
 * from the token; a caller sums their weights once for each word. Those that depend on several tokens or on the
 * document are listed by features_at.
 */
#ifndef INDEXER_ENTITIES_FEATURES_H
#define INDEXER_ENTITIES_FEATURES_H

#include "indexer/entities/model.h"
#include "indexer/entities/shape.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    WINDOW_TOKENS = 1536,     /* a window ends at the first sentence that begins after so many tokens … */
    WINDOW_TOKENS_MAX = 2048, /* … or here, in the middle of a sentence that does not end */
    REACH = 2,                /* offsets at which a word's own features count: -2 … 2 */
    OFFSETS = 2 * REACH + 1,
    TYPE_FEATURES_MAX = 64, /* of one word at one offset */
    FEATURES_MAX = 160,     /* of one token, without its words' own */
    PHRASE_TOKENS_MAX = 10, /* longest phrase of the lists that is looked for */
    CONNECTORS_MAX = 3,     /* tokens between two capitalised ones that still join them */
    MENTIONS_MAX = 4        /* other mentions of a word whose surroundings are looked at */
};

/* A word, known once for all its occurrences. What is asked of every token comes first, in one cache line. */
struct word_type {
    uint64_t key;            /* of its bytes; 0 for an empty place */
    struct model_word word;  /* of the exact form, else of the one with a capital, else of the lower-case one */
    struct model_word small; /* of the lower-case form */
    uint32_t lists;          /* it is on as a phrase of one word, and PHRASE_PREFIX's bit */
    struct look look;
};

/* What the letters of a sentence say of its capitals. */
enum sentence_mode { MODE_PLAIN, MODE_TITLE, MODE_UPPER, MODE_LOWER, MODE_COUNT };

/* One token in a window. */
struct place {
    uint32_t type;                 /* index into the window's types */
    uint32_t sentence;             /* first token of its sentence */
    uint32_t run_start, run_end;   /* the capitalised tokens around it, connectors included: [start, end) */
    uint32_t begins, inside, ends; /* lists whose phrases of several words begin at, go through, end at it */
    uint32_t previous_mention;     /* one more than the token of the mention before, 0 for none */
    uint8_t mode;                  /* enum sentence_mode of its sentence */
    bool candidate;                /* may be part of a name */
    bool first;                    /* of its sentence, quotes and brackets not counted */
};

/* A window of a document. Its caller fills [places][…].type and .sentence and [length], then calls window_prepare. */
struct window {
    const struct model *model;
    const struct word_type *types; /* [0] stands outside every sentence */
    size_t type_stride;            /* bytes from one type to the next: callers append their own data */
    size_t length;
    struct place places[WINDOW_TOKENS_MAX];
    uint32_t heads[WINDOW_TOKENS_MAX * 2];       /* the last mention of a word, by a hash of its lower-case form */
    uint32_t smalls[WINDOW_TOKENS_MAX * 2 / 32]; /* words seen without a capital, a bit by hash */
};

/* Describes [word] for [type], with what [model] knows of it. */
void type_describe(struct word_type *type, struct span word, uint64_t key, const struct model *model);

/* The type outside every sentence. */
void type_describe_border(struct word_type *type);

/* Finds candidates, runs, phrases and mentions. O(length). */
void window_prepare(struct window *window);

/* Lists the features of [type] for a token from which it stands at [offset]; returns how many,
 * at most TYPE_FEATURES_MAX. */
size_t features_of_type(uint64_t *out, const struct word_type *type, int offset);

/* Lists the features of token [at] that are no word's own; returns how many, at most FEATURES_MAX. */
size_t features_at(uint64_t *out, const struct window *window, size_t at);

/* The type of the token [offset] tokens from [at], the border's when that is in another sentence. */
const struct word_type *window_type(const struct window *window, size_t at, int offset);

/* Which transition table leads to token [at]. */
unsigned window_move(const struct window *window, size_t at);

/* Which transition table leads out of an island that ends before token [end]. */
unsigned island_leave(const struct window *window, size_t end);

#endif
