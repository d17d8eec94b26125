/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each character is to the analyser, from tables that characters_pack.c makes of utf8proc's.
 *
 * Takes code points; gives their class, their normal form when that is one character, and what folding marks makes of
 * them; never looks at neighbours.
 */
#ifndef ANALYSIS_CHARACTERS_H
#define ANALYSIS_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum character_class {
    CLASS_BREAK,      /* between words: punctuation, symbols, unassigned */
    CLASS_SPACE,      /* white space and controls; a chunk ends here */
    CLASS_STOP,       /* may end a sentence */
    CLASS_APOSTROPHE, /* ' and what is typed for it */
    CLASS_JOINER,     /* hyphens and the underscore */
    CLASS_IGNORED,    /* as if it were not there: soft hyphen, zero-width joiners, variation selectors */
    CLASS_MARK,       /* belongs to the character before it */
    CLASS_LETTER,
    CLASS_DIGIT,
    CLASS_CJK,       /* Han, kana, Hangul, bopomofo: one character is one unit */
    CLASS_SEA_BASE,  /* Thai, Lao, Khmer, Myanmar: begins a unit */
    CLASS_SEA_LEAD,  /* a vowel written before its consonant: begins a unit and takes the next base into it */
    CLASS_SEA_TAIL,  /* vowel or tone: belongs to the unit before it */
    CLASS_SEA_STACK, /* coeng or virama: takes the next base into the unit */
    CLASS_MASK = 0x0F,
    CLASS_INERT = 0x80 /* flag: the normal form is the character itself */
};

enum {
    CHARACTER_TABLE_SIZE = 0x20000 /* code points: the two planes that hold nearly all scripts; the rest by rule */
};

extern const uint8_t character_table[CHARACTER_TABLE_SIZE];

/* Class with CLASS_INERT. Precondition: code is at most U+10FFFF. */
static inline unsigned character_traits(uint32_t code)
{
    if (code < CHARACTER_TABLE_SIZE) return character_table[code];
    if (code < 0x2F800) return CLASS_CJK | CLASS_INERT; /* plane 2: ideographs */
    if (code < 0x2FA20) return CLASS_CJK;               /* compatibility ideographs */
    if (code < 0x40000) return CLASS_CJK | CLASS_INERT; /* plane 3 */
    if (code >= 0xE0000 && code < 0xE1000) return CLASS_IGNORED;
    return CLASS_BREAK | CLASS_INERT;
}

static inline enum character_class character_class(uint32_t code)
{
    return (enum character_class)(character_traits(code) & CLASS_MASK);
}

static inline bool is_word_class(unsigned class)
{
    return class == CLASS_LETTER || class == CLASS_DIGIT;
}

static inline bool is_run_class(unsigned class)
{
    return class >= CLASS_CJK && class <= CLASS_SEA_STACK;
}

/* The NFKC case-folded form of [code] when it is known to be one character, else 0. */
uint32_t character_simple(uint32_t code);

/* Writes what folding makes of a normalised [code] to [out] and returns how many characters (0 to 2). Marks vanish from
 * Latin, Greek, Hebrew and Arabic, and Cyrillic yo becomes ye; other scripts carry vowels in their marks and keep them.
 */
size_t character_fold(uint32_t code, uint32_t out[2]);

/* The value of a decimal digit of any script. Precondition: its class is CLASS_DIGIT. */
unsigned character_digit(uint32_t code);

/* True for superscripts, fractions, circled numbers and squared words, which begin a word of their own. */
bool character_stands_apart(uint32_t code, bool *is_superscript);

#endif
