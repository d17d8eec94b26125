/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tables of characters and their reader share (characters_pack.c makes them when dossier is built). */
#ifndef ANALYSIS_CHARACTERS_FOLD_H
#define ANALYSIS_CHARACTERS_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MAP_LOW_END = 0x600, /* Latin, Greek, Cyrillic, Hebrew: mapped by table */
    MAP_HIGH_START = 0x1E00,
    MAP_HIGH_END = 0x2000, /* Latin and Greek with more marks */
    MAP_SIZE = MAP_LOW_END + MAP_HIGH_END - MAP_HIGH_START,
    FOLD_PAIR = 0xFFFF /* in character_fold_map: becomes two characters */
};

extern const uint16_t character_simple_map[MAP_SIZE]; /* 0: not one character */
extern const uint16_t character_fold_map[MAP_SIZE];   /* 0: vanishes */

/* What stands for a letter whose mark does not decompose, NULL for other letters. */
const char *character_undecomposed(uint32_t code);

/* Marks that carry no vowel of their script: the general blocks, Hebrew points, Arabic vowel signs. */
bool character_is_folded_mark(uint32_t code);

#endif
