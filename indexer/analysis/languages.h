/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The languages the analyser knows: codes, names, stemmers and stop words.
 *
 * Takes a code or an English name; gives a row of the table; never guesses a language from text.
 */
#ifndef ANALYSIS_LANGUAGES_H
#define ANALYSIS_LANGUAGES_H

#include "corpus/text.h"
#include "stop_words.h"

enum {
    LANGUAGE_COUNT = 31 /* rows; the first is "no language" */
};

enum language_flag {
    LANGUAGE_TURKIC = 1, /* I is the capital of dotless i */
    LANGUAGE_ORDINAL = 2 /* "8." before a word is "8th", not the end of a sentence */
};

struct language {
    const char *code; /* ISO 639-1, or 639-2 where there is none */
    const char *name; /* English, lower case, as Snowball calls its stemmer */
    bool stemmed;
    unsigned flags;
    const struct stop_words *stop_words; /* NULL: no list */
};

extern const struct language languages[LANGUAGE_COUNT];

/* The row of an ISO 639-1 code, of a tag that begins with one ("pt-BR") or of an English name, any case. The first row
 * when [name] is empty or unknown. */
const struct language *language_find(struct span name);

#endif
