/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where sentences end.
 *
 * Takes the state of an analysis at a stop or a line end; closes the sentence when it ends there; never moves a token.
 */
#ifndef ANALYSIS_SENTENCES_H
#define ANALYSIS_SENTENCES_H

#include <stddef.h>
#include <stdint.h>

enum sentence_mark_kind {
    MARK_NONE,
    MARK_DOT,   /* also in abbreviations and numbers: ends a sentence only before white space and a capital */
    MARK_FIRM,  /* ends a sentence before white space, unless a small letter follows */
    MARK_STRONG /* always ends it: scripts without spaces */
};

struct sentence_mark {
    uint16_t code;
    uint8_t kind;
};

extern const struct sentence_mark sentence_marks[];
extern const size_t sentence_mark_count;

struct analyser;

/* At the stop at byte [at]: passes it with the stops and closing quotes after it, ends the sentence if it ends there,
 * and returns the byte after them. */
size_t sentence_stop(struct analyser *analyser, size_t at);

/* At the line end at byte [at]: passes all white space, ends the sentence if the line end does, and returns the byte
 * after it. */
size_t sentence_line_end(struct analyser *analyser, size_t at);

/* Ends the current sentence before byte [at], if it holds a token. */
void sentence_end(struct analyser *analyser, size_t at);

/* The byte where the line of byte [at] begins, looking back a bounded way. */
size_t sentence_line_start(const struct analyser *analyser, size_t at);

#endif
