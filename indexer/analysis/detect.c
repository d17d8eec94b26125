/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "detect.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Writing systems. Those from SCRIPT_ALONE on are each of one language, as far as a text can tell. */
enum script {
    SCRIPT_NONE,
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_HEBREW,
    SCRIPT_DEVANAGARI,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_ALONE,
    SCRIPT_COUNT = SCRIPT_ALONE + 20
};

/* Code points [first, last] of a script; a letter counts for [weight], as an ideograph says as much as half a word. */
static const struct block {
    uint32_t first, last;
    uint8_t script, weight;
    const char *code; /* of a script that is one language's */
} blocks[] = {
    {0x41, 0x5A, SCRIPT_LATIN, 1, NULL},          {0x61, 0x7A, SCRIPT_LATIN, 1, NULL},
    {0xC0, 0x24F, SCRIPT_LATIN, 1, NULL},         {0x370, 0x3FF, SCRIPT_ALONE, 1, "el"},
    {0x400, 0x52F, SCRIPT_CYRILLIC, 1, NULL},     {0x531, 0x58F, SCRIPT_ALONE + 1, 1, "hy"},
    {0x591, 0x5F4, SCRIPT_HEBREW, 1, NULL},       {0x600, 0x6FF, SCRIPT_ARABIC, 1, NULL},
    {0x750, 0x77F, SCRIPT_ARABIC, 1, NULL},       {0x900, 0x97F, SCRIPT_DEVANAGARI, 1, NULL},
    {0x980, 0x9FF, SCRIPT_ALONE + 2, 1, "bn"},    {0xA00, 0xA7F, SCRIPT_ALONE + 3, 1, "pa"},
    {0xA80, 0xAFF, SCRIPT_ALONE + 4, 1, "gu"},    {0xB80, 0xBFF, SCRIPT_ALONE + 5, 1, "ta"},
    {0xC00, 0xC7F, SCRIPT_ALONE + 6, 1, "te"},    {0xC80, 0xCFF, SCRIPT_ALONE + 7, 1, "kn"},
    {0xD00, 0xD7F, SCRIPT_ALONE + 8, 1, "ml"},    {0xD80, 0xDFF, SCRIPT_ALONE + 9, 1, "si"},
    {0xE00, 0xE7F, SCRIPT_ALONE + 10, 1, "th"},   {0xE80, 0xEFF, SCRIPT_ALONE + 11, 1, "lo"},
    {0xF00, 0xFFF, SCRIPT_ALONE + 12, 1, "bo"},   {0x1000, 0x109F, SCRIPT_ALONE + 13, 1, "my"},
    {0x10A0, 0x10FF, SCRIPT_ALONE + 14, 1, "ka"}, {0x1100, 0x11FF, SCRIPT_ALONE + 15, 1, "ko"},
    {0x1200, 0x139F, SCRIPT_ALONE + 16, 1, "am"}, {0x1780, 0x17FF, SCRIPT_ALONE + 17, 1, "km"},
    {0x1E00, 0x1EFF, SCRIPT_LATIN, 1, NULL},      {0x1F00, 0x1FFF, SCRIPT_ALONE, 1, "el"},
    {0x3040, 0x30FF, SCRIPT_KANA, 3, NULL},       {0x3130, 0x318F, SCRIPT_ALONE + 15, 2, "ko"},
    {0x3400, 0x4DBF, SCRIPT_HAN, 3, NULL},        {0x4E00, 0x9FFF, SCRIPT_HAN, 3, NULL},
    {0xAC00, 0xD7A3, SCRIPT_ALONE + 15, 2, "ko"}, {0xF900, 0xFAFF, SCRIPT_HAN, 3, NULL},
    {0xFB50, 0xFDFF, SCRIPT_ARABIC, 1, NULL},     {0xFE70, 0xFEFC, SCRIPT_ARABIC, 1, NULL},
};

enum {
    SLOTS = 8192, /* of the table of words; a quarter full at most */
    WORD_BYTES_MAX = 32,
    KANA_PERCENT = 5,    /* of Han and Kana: Chinese has none */
    SCRIPT_PERCENT = 60, /* of all letters: less is a mixed text */
    LEAD_PERCENT = 105   /* of the next language's score: Indonesian and Malay share most of their words */
};

struct entry {
    const char *word;
    uint8_t length, count; /* count: of the languages that have it */
    uint64_t languages;    /* a bit each */
};

struct detector {
    struct entry slots[SLOTS];
};

_Static_assert(DETECT_LANGUAGES <= 64, "a bit for each language");

static size_t slot_of(const char *word, size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u; /* FNV-1a: Fowler, Noll & Vo */
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)word[i]) * 0x100000001B3u;
    return (hash ^ hash >> 29) % SLOTS;
}

static struct entry *find(struct entry *slots, const char *word, size_t length)
{
    size_t slot = slot_of(word, length);
    while (slots[slot].word && (slots[slot].length != length || memcmp(slots[slot].word, word, length) != 0))
        slot = (slot + 1) % SLOTS;
    return &slots[slot];
}

struct detector *detector_new(void)
{
    struct detector *detector = calloc(1, sizeof *detector);
    if (!detector) return NULL;
    for (size_t i = 0; i < DETECT_LANGUAGES; i++) {
        for (const char *word = detect_languages[i].words; *word;) {
            size_t length = strcspn(word, " ");
            struct entry *entry = find(detector->slots, word, length);
            *entry = (struct entry){word, (uint8_t)length, entry->count, entry->languages};
            entry->count = (uint8_t)(entry->count + !(entry->languages >> i & 1));
            entry->languages |= (uint64_t)1 << i;
            word += length;
            while (*word == ' ') word++;
        }
    }
    return detector;
}

void detector_free(struct detector *detector)
{
    free(detector);
}

static const struct block *block_of(uint32_t rune)
{
    size_t low = 0, high = sizeof blocks / sizeof *blocks;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > blocks[middle].last)
            low = middle + 1;
        else if (rune < blocks[middle].first)
            high = middle;
        else
            return &blocks[middle];
    }
    return NULL;
}

/* What was counted in a sample. */
struct tally {
    const struct detector *detector;
    uint32_t letters[SCRIPT_COUNT], all_letters;
    const char *alone[SCRIPT_COUNT];
    uint32_t words, score[DETECT_LANGUAGES], own[DETECT_LANGUAGES];
    uint32_t different[DETECT_LANGUAGES]; /* words of its list */
    uint8_t seen[SLOTS / 8];
    char word[WORD_BYTES_MAX];
    size_t length; /* of the word under way; more than WORD_BYTES_MAX when it is too long for the lists */
};

static void end_word(struct tally *tally)
{
    static const uint8_t worth[] = {0, 4, 2};
    if (!tally->length) return;
    tally->words++;
    if (tally->length <= WORD_BYTES_MAX) {
        const struct entry *entry = find((struct entry *)tally->detector->slots, tally->word, tally->length);
        size_t slot = (size_t)(entry - tally->detector->slots);
        bool first = !(tally->seen[slot / 8] >> slot % 8 & 1);
        tally->seen[slot / 8] = (uint8_t)(tally->seen[slot / 8] | 1u << slot % 8);
        for (uint64_t left = entry->languages; left; left &= left - 1) {
            int language = __builtin_ctzll(left);
            tally->score[language] += entry->count < sizeof worth ? worth[entry->count] : 1;
            tally->own[language]++;
            tally->different[language] += first;
        }
    }
    tally->length = 0;
}

static bool is_mark(uint32_t rune)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)rune);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

static void add_rune(struct tally *tally, uint32_t rune)
{
    const struct block *block = block_of(rune);
    bool mark = rune >= 0x300 && is_mark(rune);
    bool letter = block && (mark || rune < 0x80 || utf8proc_category((utf8proc_int32_t)rune) <= UTF8PROC_CATEGORY_LO);
    bool digit = rune >= '0' && rune <= '9'; /* "sun6i" is one word, and on no list */
    if (!letter && !digit && !(mark && tally->length)) {
        end_word(tally);
        return;
    }
    if (letter && !mark) {
        tally->letters[block->script] += block->weight;
        tally->all_letters += block->weight;
        tally->alone[block->script] = block->code;
    }
    unsigned char bytes[4];
    utf8proc_int32_t lower = rune < 0x80 ? (utf8proc_int32_t)(rune | 0x20) : utf8proc_tolower((utf8proc_int32_t)rune);
    size_t length = (size_t)utf8proc_encode_char(lower, bytes);
    if (tally->length + length <= sizeof tally->word) memcpy(tally->word + tally->length, bytes, length);
    tally->length += length;
}

static void add_text(struct tally *tally, struct span text)
{
    for (size_t i = 0; i < text.length;) add_rune(tally, utf8_next(text, &i));
    end_word(tally);
}

/* The best of the languages by their words; NULL when that is not clear. */
static const char *by_words(const struct tally *tally)
{
    size_t best = 0, next = DETECT_LANGUAGES;
    for (size_t i = 1; i < DETECT_LANGUAGES; i++) {
        if (tally->score[i] > tally->score[best]) {
            next = best;
            best = i;
        } else if (next == DETECT_LANGUAGES || tally->score[i] > tally->score[next]) {
            next = i;
        }
    }
    if (tally->different[best] < DETECT_WORDS_MIN || tally->own[best] * 100 < tally->words * DETECT_SHARE_MIN)
        return NULL;
    if (tally->score[best] * 100 <= tally->score[next] * LEAD_PERCENT) return NULL;
    return detect_languages[best].code;
}

const char *detect(const struct detector *detector, struct span text)
{
    struct tally tally = {.detector = detector};
    if (text.length <= DETECT_SAMPLE) {
        add_text(&tally, text);
    } else {
        size_t middle = utf8_floor(text, text.length / 2);
        add_text(&tally, span_cut(text, 0, utf8_floor(text, DETECT_SAMPLE / 2)));
        add_text(&tally, span_cut(text, middle,
                                  utf8_floor(text, middle + DETECT_SAMPLE / 2 < text.length ? middle + DETECT_SAMPLE / 2
                                                                                            : text.length)));
    }
    uint32_t *letters = tally.letters, east = letters[SCRIPT_HAN] + letters[SCRIPT_KANA];
    if (tally.all_letters < DETECT_LETTERS_MIN) return NULL;
    if (east * 100 >= tally.all_letters * SCRIPT_PERCENT)
        return letters[SCRIPT_KANA] * 100 >= east * KANA_PERCENT ? "ja" : "zh";
    for (size_t script = SCRIPT_LATIN; script < SCRIPT_COUNT; script++) {
        if (letters[script] * 100 < tally.all_letters * SCRIPT_PERCENT) continue;
        return script < SCRIPT_ALONE ? by_words(&tally) : tally.alone[script];
    }
    return NULL;
}
