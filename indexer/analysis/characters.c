/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "characters.h"

#include "sentences.h"

#include <threads.h>
#include <utf8proc.h>

uint8_t character_table[CHARACTER_TABLE_SIZE];

enum {
    LOW_END = 0x600, /* Latin, Greek, Cyrillic, Hebrew: mapped by table */
    HIGH_START = 0x1E00,
    HIGH_END = 0x2000, /* Latin and Greek with more marks */
    MAPPED = LOW_END + HIGH_END - HIGH_START,
    FOLD_PAIR = 0xFFFF /* in fold_map: becomes two characters */
};

static uint16_t simple_map[MAPPED]; /* 0: not one character */
static uint16_t fold_map[MAPPED];   /* 0: vanishes */

struct class_range {
    uint32_t first, last;
    uint8_t class;
};

/* Where the category does not say what the analyser needs. Later rows win. */
static const struct class_range ranges[] = {
    /* East Asian: letters, iteration and prolongation marks, numerals (Unicode 15, scripts.txt) */
    {0x1100, 0x115F, CLASS_CJK},
    {0x1160, 0x11FF, CLASS_MARK}, /* Hangul vowels and finals follow their initial */
    {0x2E80, 0x2FD5, CLASS_CJK},
    {0x3005, 0x3007, CLASS_CJK},
    {0x3021, 0x3029, CLASS_CJK},
    {0x3031, 0x3035, CLASS_CJK},
    {0x3038, 0x303C, CLASS_CJK},
    {0x3041, 0x3096, CLASS_CJK},
    {0x3099, 0x309A, CLASS_MARK},
    {0x309D, 0x309F, CLASS_CJK},
    {0x30A1, 0x30FA, CLASS_CJK},
    {0x30FC, 0x30FF, CLASS_CJK},
    {0x3105, 0x312F, CLASS_CJK},
    {0x3131, 0x314E, CLASS_CJK},
    {0x314F, 0x3163, CLASS_MARK},
    {0x3165, 0x3186, CLASS_CJK},
    {0x3187, 0x318E, CLASS_MARK},
    {0x31A0, 0x31BF, CLASS_CJK},
    {0x31F0, 0x31FF, CLASS_CJK},
    {0x3400, 0x4DBF, CLASS_CJK},
    {0x4E00, 0x9FFF, CLASS_CJK},
    {0xA960, 0xA97C, CLASS_CJK},
    {0xAC00, 0xD7A3, CLASS_CJK},
    {0xD7B0, 0xD7FB, CLASS_MARK},
    {0xF900, 0xFAD9, CLASS_CJK},
    {0xFF66, 0xFF9D, CLASS_CJK},
    {0xFF9E, 0xFF9F, CLASS_MARK}, /* half-width voicing marks */
    {0xFFA1, 0xFFBE, CLASS_CJK},
    {0xFFC2, 0xFFDC, CLASS_MARK},
    {0x17000, 0x18CFF, CLASS_CJK}, /* Tangut, Khitan */
    {0x1AFF0, 0x1B2FB, CLASS_CJK}, /* kana supplements, Nushu */
    /* Thai and Lao: consonants begin a unit, e, ae, o, ai come before theirs */
    {0x0E01, 0x0E2F, CLASS_SEA_BASE},
    {0x0E30, 0x0E3A, CLASS_SEA_TAIL},
    {0x0E40, 0x0E44, CLASS_SEA_LEAD},
    {0x0E45, 0x0E45, CLASS_SEA_TAIL},
    {0x0E46, 0x0E46, CLASS_SEA_BASE},
    {0x0E47, 0x0E4E, CLASS_SEA_TAIL},
    {0x0E81, 0x0EAF, CLASS_SEA_BASE},
    {0x0EB0, 0x0EBD, CLASS_SEA_TAIL},
    {0x0EC0, 0x0EC4, CLASS_SEA_LEAD},
    {0x0EC6, 0x0EC6, CLASS_SEA_BASE},
    {0x0EC8, 0x0ECE, CLASS_SEA_TAIL},
    {0x0EDC, 0x0EDF, CLASS_SEA_BASE},
    /* Khmer and Myanmar */
    {0x1780, 0x17B3, CLASS_SEA_BASE},
    {0x17B4, 0x17D1, CLASS_SEA_TAIL},
    {0x17D2, 0x17D2, CLASS_SEA_STACK},
    {0x17D3, 0x17D3, CLASS_SEA_TAIL},
    {0x17D7, 0x17D7, CLASS_SEA_BASE},
    {0x17DC, 0x17DC, CLASS_SEA_BASE},
    {0x17DD, 0x17DD, CLASS_SEA_TAIL},
    /* what is typed for an apostrophe: quotes, primes, modifier letters of Hawaiian and of transliterated Arabic */
    {0x27, 0x27, CLASS_APOSTROPHE},
    {0x60, 0x60, CLASS_APOSTROPHE},
    {0xB4, 0xB4, CLASS_APOSTROPHE},
    {0x2B9, 0x2B9, CLASS_APOSTROPHE},
    {0x2BB, 0x2BF, CLASS_APOSTROPHE},
    {0x2018, 0x2019, CLASS_APOSTROPHE},
    {0x201B, 0x201B, CLASS_APOSTROPHE},
    {0x2032, 0x2032, CLASS_APOSTROPHE},
    {0xFF07, 0xFF07, CLASS_APOSTROPHE},
    {0x2D, 0x2D, CLASS_JOINER},
    {0x5F, 0x5F, CLASS_JOINER},
    {0x2010, 0x2011, CLASS_JOINER},
    {0xFE63, 0xFE63, CLASS_JOINER},
    {0xFF0D, 0xFF0D, CLASS_JOINER},
    {0xFF3F, 0xFF3F, CLASS_JOINER},
    {0x640, 0x640, CLASS_IGNORED},   /* Arabic tatweel only stretches the line */
    {0x200B, 0x200B, CLASS_SPACE},   /* zero-width space: the word border of Thai, Khmer and the like */
    {0x20DD, 0x20E0, CLASS_IGNORED}, /* enclosing marks */
    {0x20E2, 0x20E4, CLASS_IGNORED},
    {0x2122, 0x2122, CLASS_BREAK}, /* trade mark: NFKC would glue "tm" to the name */
    {0x2120, 0x2120, CLASS_BREAK},
    {0xFFFD, 0xFFFD, CLASS_BREAK},
};

static bool is_inert(const utf8proc_property_t *property)
{
    return property->decomp_seqindex == UINT16_MAX && property->casefold_seqindex == UINT16_MAX;
}

static uint8_t class_by_category(const utf8proc_property_t *property)
{
    if (property->ignorable) return CLASS_IGNORED;
    switch ((utf8proc_category_t)property->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return CLASS_LETTER;
    case UTF8PROC_CATEGORY_ND:
        return CLASS_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return CLASS_MARK;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        return CLASS_SPACE;
    case UTF8PROC_CATEGORY_NO: /* fractions, superscripts, circled numbers hold letters or digits once normalised */
    case UTF8PROC_CATEGORY_SO:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PC:
        return is_inert(property) ? CLASS_BREAK : CLASS_LETTER;
    default:
        return CLASS_BREAK;
    }
}

/* Myanmar's letters and marks are many and scattered, but its categories are right: a letter begins a unit. */
static uint8_t class_of_myanmar(uint32_t code, uint8_t class)
{
    bool myanmar =
        (code >= 0x1000 && code <= 0x109F) || (code >= 0xA9E0 && code <= 0xA9FE) || (code >= 0xAA60 && code <= 0xAA7F);
    if (!myanmar) return class;
    if (code == 0x1039) return CLASS_SEA_STACK;
    if (class == CLASS_LETTER) return CLASS_SEA_BASE;
    return class == CLASS_MARK ? CLASS_SEA_TAIL : class;
}

static size_t map_index(uint32_t code)
{
    if (code < LOW_END) return code;
    if (code >= HIGH_START && code < HIGH_END) return code - HIGH_START + LOW_END;
    return MAPPED;
}

static uint32_t map_code(size_t index)
{
    return (uint32_t)(index < LOW_END ? index : index - LOW_END + HIGH_START);
}

static uint16_t compute_simple(uint32_t code)
{
    utf8proc_int32_t runes[32];
    int last = 0;
    utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    if (code == 0x130) return 'i'; /* capital I with dot: case folding leaves the dot as a mark of its own */
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, runes, 32, options, &last);
    if (n < 1 || n > 32) return 0;
    n = utf8proc_normalize_utf32(runes, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return n == 1 && runes[0] < 0x10000 ? (uint16_t)runes[0] : 0;
}

/* Letters whose mark is part of the glyph and does not decompose, and the two-letter ones. */
static const struct {
    uint16_t code;
    char to[3];
} undecomposed[] = {
    {0xDF, "ss"}, {0xE6, "ae"}, {0xF0, "d"},   {0xF8, "o"},  {0xFE, "th"}, {0x111, "d"}, {0x127, "h"},
    {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"}, {0x180, "b"}, {0x19A, "l"}, {0x1B6, "z"},
    {0x1E5, "g"}, {0x237, "j"}, {0x249, "j"},  {0x24D, "r"}, {0x24F, "y"},
};

static const char *find_undecomposed(uint32_t code)
{
    for (size_t i = 0; i < sizeof undecomposed / sizeof *undecomposed; i++)
        if (undecomposed[i].code == code) return undecomposed[i].to;
    return NULL;
}

/* Marks that carry no vowel of their script: the general blocks, Hebrew points, Arabic vowel signs. */
static bool is_folded_mark(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x1AB0 && code <= 0x1AFF) ||
           (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20F0) ||
           (code >= 0xFE20 && code <= 0xFE2F) || (code >= 0x591 && code <= 0x5BD) || code == 0x5BF || code == 0x5C1 ||
           code == 0x5C2 || code == 0x5C4 || code == 0x5C5 || code == 0x5C7 || (code >= 0x610 && code <= 0x61A) ||
           (code >= 0x64B && code <= 0x65F) || code == 0x670 || (code >= 0x6D6 && code <= 0x6DC) ||
           (code >= 0x6DF && code <= 0x6E4) || code == 0x6E7 || code == 0x6E8 || (code >= 0x6EA && code <= 0x6ED) ||
           (code >= 0x8D3 && code <= 0x8FF);
}

static uint16_t compute_fold(uint32_t code)
{
    if (code < 0x80) return (uint16_t)code;
    if (is_folded_mark(code)) return 0;
    if (code == 0x451 || code == 0x450) return 0x435; /* Cyrillic yo, and ye with a grave */
    if (code == 0x45D) return 0x438;
    bool folds = code < 0x400 || (code >= HIGH_START && code < HIGH_END);
    if (!folds) return (uint16_t)code;
    utf8proc_int32_t runes[32];
    int last = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, runes, 32, UTF8PROC_DECOMPOSE, &last);
    uint32_t base = n >= 1 && n <= 32 ? (uint32_t)runes[0] : code;
    const char *to = find_undecomposed(base);
    if (!to) return (uint16_t)base;
    return to[1] ? FOLD_PAIR : (unsigned char)to[0];
}

static void build(void)
{
    for (uint32_t code = 0; code < CHARACTER_TABLE_SIZE; code++) {
        const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
        uint8_t class = class_of_myanmar(code, class_by_category(property));
        if (is_inert(property) && !(class == CLASS_DIGIT && code >= 0x80)) class |= CLASS_INERT;
        character_table[code] = class;
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (uint32_t code = ranges[i].first; code <= ranges[i].last; code++)
            character_table[code] = (uint8_t)(ranges[i].class | (character_table[code] & CLASS_INERT));
    for (size_t i = 0; i < sentence_mark_count; i++) {
        uint32_t code = sentence_marks[i].code;
        character_table[code] = (uint8_t)(CLASS_STOP | (character_table[code] & CLASS_INERT));
    }
    for (size_t i = 0; i < MAPPED; i++) {
        simple_map[i] = compute_simple(map_code(i));
        fold_map[i] = compute_fold(map_code(i));
    }
}

void characters_prepare(void)
{
    static once_flag once = ONCE_FLAG_INIT;
    call_once(&once, build);
}

uint32_t character_simple(uint32_t code)
{
    size_t index = map_index(code);
    return index < MAPPED ? simple_map[index] : 0;
}

size_t character_fold(uint32_t code, uint32_t out[2])
{
    size_t index = map_index(code);
    if (index == MAPPED) {
        if (is_folded_mark(code)) return 0;
        out[0] = code >= 0x622 && code <= 0x671 && (code <= 0x623 || code == 0x625 || code == 0x671)
                     ? 0x627 /* alef with madda, hamza or wasla */
                     : code;
        return 1;
    }
    if (fold_map[index] == FOLD_PAIR) {
        utf8proc_int32_t runes[32];
        int last = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, runes, 32, UTF8PROC_DECOMPOSE, &last);
        const char *to = find_undecomposed(n >= 1 && n <= 32 ? (uint32_t)runes[0] : code);
        out[0] = (unsigned char)to[0];
        out[1] = (unsigned char)to[1];
        return 2;
    }
    out[0] = fold_map[index];
    return out[0] != 0;
}

unsigned character_digit(uint32_t code)
{
    if (code < 0x80) return code - '0';
    unsigned value = 0; /* decimal digits stand in whole sets of ten (Unicode 15, section 4.6) */
    while (character_class(code - value - 1) == CLASS_DIGIT) value++;
    return value % 10;
}

bool character_stands_apart(uint32_t code, bool *is_superscript)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
    *is_superscript = property->decomp_type == UTF8PROC_DECOMP_TYPE_SUPER;
    return (property->category == UTF8PROC_CATEGORY_NO || property->category == UTF8PROC_CATEGORY_SO) &&
           property->decomp_type != UTF8PROC_DECOMP_TYPE_SUB;
}
