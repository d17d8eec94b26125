/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables behind characters.h: computed by characters_make while dossier is built, so that a program does not spend
 * its first milliseconds on them.
 *
 * Shared by characters.c, which looks things up, and characters_make.c, which computes them; nobody else includes this.
 */
#ifndef ANALYSIS_CHARACTERS_TABLES_H
#define ANALYSIS_CHARACTERS_TABLES_H

#include "characters.h"

enum {
    LOW_END = 0x600, /* Latin, Greek, Cyrillic, Hebrew: mapped by table */
    HIGH_START = 0x1E00,
    HIGH_END = 0x2000, /* Latin and Greek with more marks */
    MAPPED = LOW_END + HIGH_END - HIGH_START,
    FOLD_PAIR = 0xFFFF /* in fold_map: becomes two characters */
};

extern const uint16_t simple_map[MAPPED]; /* 0: not one character */
extern const uint16_t fold_map[MAPPED];   /* 0: vanishes */

/* What the letter [code] becomes when its mark is part of the glyph and does not decompose, and the two-letter ones;
 * NULL for others. */
const char *character_undecomposed(uint32_t code);

/* Marks that carry no vowel of their script: the general blocks, Hebrew points, Arabic vowel signs. */
bool character_is_folded_mark(uint32_t code);

#endif
