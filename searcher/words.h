/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of a query as the index knows them: analysed like documents, in each language of the index.
 *
 * Takes a piece of query text; gives its words with all the stems that will do and how frequent they are; builds no
 * Xapian query.
 */
#ifndef SEARCHER_WORDS_H
#define SEARCHER_WORDS_H

#include "indexer/analysis/analyse.h"
#include "searcher/reader.h"

enum { WORD_STEMS_MAX = 2 * READER_LANGUAGES_MAX };

struct word {
    struct span form;                 /* folded */
    struct span stem[WORD_STEMS_MAX]; /* the main language's first; only stems the index has, or that one alone */
    size_t stem_count;
    struct range source;  /* bytes of the text it came from */
    enum token_kind kind; /* of scripts without spaces: TOKEN_BIGRAM, or TOKEN_UNIGRAM for a character on its own */
    uint32_t position;
    uint32_t documents; /* that have the most frequent of the stems; 0: the index does not know the word */
    bool stop;          /* a stop word of the main language */
    bool marked;        /* typed with marks */
    bool open;          /* [form] is only the beginning of a word */
    size_t parts;       /* of a compound or address: so many of the words that follow are its parts */
};

struct words {
    struct word *items;
    size_t count;
};

struct user_names;

/* Where words come from. */
struct vocabulary {
    struct reader *reader;
    struct analyser *analyser;
    const char *language;           /* of the query, NULL for the languages of the index */
    const struct user_names *names; /* the user's lists of names, NULL for none */
    bool correct;                   /* the word most likely meant stands in for one that the index does not have */
};

/* ISO 639-1 code of language [i] of the query, or an empty span past the last. */
struct span vocabulary_language(const struct vocabulary *vocabulary, size_t i);

/* True for what a query's language can be: the English name or code of one that has a stemmer, or what looks like the
 * code of another (ja, th, zh-TW). */
bool vocabulary_is_language(struct span text);

/* Analyses [text]. All memory is [arena]'s. Returns OK, LIMIT, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status words_analyse(struct words *out, struct arena *arena, const struct vocabulary *vocabulary, struct span text,
                          struct error *error);

/* The one word that [left] and [right] make when written together, if the index has it: cyber + crime = cybercrime.
 * *[out] has no stems when it does not. */
enum status words_join(struct word *out, struct arena *arena, const struct vocabulary *vocabulary,
                       const struct word *left, const struct word *right, struct error *error);

/* The two words of the index that [word] is made of, if there are such: cybercrime = cyber + crime. Stop words and
 * parts of fewer than WORD_PART_MIN characters do not count. *[found] tells. */
enum status words_split(bool *found, struct word out[2], struct arena *arena, const struct vocabulary *vocabulary,
                        const struct word *word, struct error *error);

enum {
    WORD_FREQUENT = 100,         /* documents: a word in more than these … */
    WORD_FREQUENT_SHARE = 1000,  /* … and in more than one in so many finds enough as it is written */
    WORD_PART_MIN = 3,           /* characters: shorter parts make a word of anything */
    WORD_SPLIT_DOCUMENTS = 10000 /* of the rarer part: beyond, looking for the pair side by side costs milliseconds */
};

/* How many documents have the term prefix + text; 0 when it cannot be a term. */
enum status vocabulary_frequency(uint32_t *out, const struct vocabulary *vocabulary, const char *prefix,
                                 struct span text, struct error *error);

#endif
