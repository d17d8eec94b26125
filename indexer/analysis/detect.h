/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The language of a text, by its script and the little words in it.
 *
 * Takes the text of a document; gives the code of its language, or none when that is not clear; never looks at a word
 * that is not one of the lists of detect_words.c.
 *
 * A script that one language is written in decides alone; Han with Kana is Japanese, Han alone Chinese. For the others
 * the words of a sample are looked up in the lists, in all of a script's languages at once: a word counts 4 for the one
 * language that has it, 2 for each of two, 1 for each of more. The best language is told when enough of the words are
 * its own and it is ahead of the next; a short, mixed, or tabular text is left without.
 */
#ifndef ANALYSIS_DETECT_H
#define ANALYSIS_DETECT_H

#include "corpus/text.h"

enum {
    DETECT_LANGUAGES = 37,
    DETECT_SAMPLE = 4096,    /* bytes looked at: half from the beginning, half from the middle of a longer text */
    DETECT_LETTERS_MIN = 20, /* letters of the script, an ideograph for three: fewer tell nothing */
    DETECT_WORDS_MIN = 4,    /* different words of the language's list */
    DETECT_SHARE_MIN = 8     /* percent of all words that are of the language's list */
};

/* A language with its little words, blanks between. */
struct detect_language {
    const char *code, *words;
};

extern const struct detect_language detect_languages[DETECT_LANGUAGES];

/* The lists made ready for looking up. Not changed after it is made. */
struct detector;

struct detector *detector_new(void); /* NULL when out of memory */
void detector_free(struct detector *detector);

/* The ISO 639-1 code of the language of [text], static; NULL when it is not clear. O(DETECT_SAMPLE). */
const char *detect(const struct detector *detector, struct span text);

#endif
