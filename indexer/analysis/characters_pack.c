/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the tables of characters as C, from utf8proc's. Runs while dossier is built, so that no program needs the two
 * milliseconds it takes. Usage: characters-pack FILE */
#include "characters.h"
#include "characters_fold.h"
#include "sentences.h"

#include <stdio.h>
#include <utf8proc.h>

static uint8_t class_table[CHARACTER_TABLE_SIZE];
static uint16_t simple_map[MAP_SIZE], fold_map[MAP_SIZE];

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

static uint32_t map_code(size_t index)
{
    return (uint32_t)(index < MAP_LOW_END ? index : index - MAP_LOW_END + MAP_HIGH_START);
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

static uint16_t compute_fold(uint32_t code)
{
    if (code < 0x80) return (uint16_t)code;
    if (character_is_folded_mark(code)) return 0;
    if (code == 0x451 || code == 0x450) return 0x435; /* Cyrillic yo, and ye with a grave */
    if (code == 0x45D) return 0x438;
    bool folds = code < 0x400 || (code >= MAP_HIGH_START && code < MAP_HIGH_END);
    if (!folds) return (uint16_t)code;
    utf8proc_int32_t runes[32];
    int last = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, runes, 32, UTF8PROC_DECOMPOSE, &last);
    uint32_t base = n >= 1 && n <= 32 ? (uint32_t)runes[0] : code;
    const char *to = character_undecomposed(base);
    if (!to) return (uint16_t)base;
    return to[1] ? FOLD_PAIR : (unsigned char)to[0];
}

static void build(void)
{
    for (uint32_t code = 0; code < CHARACTER_TABLE_SIZE; code++) {
        const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
        uint8_t class = class_of_myanmar(code, class_by_category(property));
        if (is_inert(property) && !(class == CLASS_DIGIT && code >= 0x80)) class |= CLASS_INERT;
        class_table[code] = class;
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (uint32_t code = ranges[i].first; code <= ranges[i].last; code++)
            class_table[code] = (uint8_t)(ranges[i].class | (class_table[code] & CLASS_INERT));
    for (size_t i = 0; i < sentence_mark_count; i++) {
        uint32_t code = sentence_marks[i].code;
        class_table[code] = (uint8_t)(CLASS_STOP | (class_table[code] & CLASS_INERT));
    }
    for (size_t i = 0; i < MAP_SIZE; i++) {
        simple_map[i] = compute_simple(map_code(i));
        fold_map[i] = compute_fold(map_code(i));
    }
}

static void write_bytes(FILE *out)
{
    fprintf(out, "const uint8_t character_table[CHARACTER_TABLE_SIZE] = {");
    for (size_t i = 0; i < CHARACTER_TABLE_SIZE; i++) fprintf(out, "%s%u,", i % 32 ? "" : "\n", class_table[i]);
    fprintf(out, "\n};\n");
}

static void write_map(FILE *out, const char *name, const uint16_t *map)
{
    fprintf(out, "const uint16_t %s[MAP_SIZE] = {", name);
    for (size_t i = 0; i < MAP_SIZE; i++) fprintf(out, "%s%u,", i % 16 ? "" : "\n", map[i]);
    fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "usage: characters-pack FILE\n");
        return 2;
    }
    build();
    fprintf(out, "/* Made by characters-pack. */\n#include \"characters.h\"\n#include \"characters_fold.h\"\n");
    write_bytes(out);
    write_map(out, "character_simple_map", simple_map);
    write_map(out, "character_fold_map", fold_map);
    if (ferror(out) | fclose(out)) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
