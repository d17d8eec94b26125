/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/fold.h"

#include <string.h>
#include <utf8proc.h>

enum { SPACE = ' ', VANISH = 0 };

/* Letters that no decomposition takes apart and that readers type without their stroke. */
static uint32_t plain(uint32_t code)
{
    switch (code) {
    case 0x0111:
        return 'd';
    case 0x00F8:
        return 'o';
    case 0x0142:
        return 'l';
    case 0x0131:
        return 'i';
    case 0x0127:
        return 'h';
    default:
        return code;
    }
}

/* Marks that a reader leaves out. Those of Thai, Khmer or Devanagari are vowels and stay. */
static bool is_dropped_mark(uint32_t code)
{
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x0591 && code <= 0x05C7) ||
           (code >= 0x0610 && code <= 0x061A) || (code >= 0x064B && code <= 0x065F);
}

/* What one character becomes: SPACE, VANISH or a character. */
static uint32_t fold_code(uint32_t code)
{
    if (code < 0x80) {
        if (code >= 'A' && code <= 'Z') return code + ('a' - 'A');
        if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) return code;
        return code == '.' || code == '\'' || code == '`' ? VANISH : SPACE;
    }
    if (code == 0x2019 || code == 0x2018 || code == 0x02BC || code == 0xAD || is_dropped_mark(code)) return VANISH;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return plain(code);
    case UTF8PROC_CATEGORY_CF:
        return VANISH;
    default:
        return SPACE;
    }
}

/* Folds [text] into [out]; words are separated by one space. Returns the bytes written, at most [room]. */
static size_t fold(char *out, size_t room, struct span text)
{
    size_t length = 0;
    bool space = false;
    for (size_t at = 0; at < text.length;) {
        utf8proc_int32_t codes[24];
        utf8proc_ssize_t count = 1;
        codes[0] = (unsigned char)text.data[at];
        if (codes[0] < 0x80) {
            at++;
        } else {
            uint32_t code = utf8_next(text, &at);
            int last_boundclass = 0;
            count = utf8proc_decompose_char((utf8proc_int32_t)code, codes, sizeof codes / sizeof *codes,
                                            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &last_boundclass);
            if (count < 0 || count > (utf8proc_ssize_t)(sizeof codes / sizeof *codes)) continue;
        }
        for (utf8proc_ssize_t i = 0; i < count; i++) {
            uint32_t code = fold_code((uint32_t)codes[i]);
            if (code == VANISH) continue;
            if (code == SPACE) {
                space = true;
                continue;
            }
            char bytes[4];
            size_t size = utf8_write(bytes, code), gap = space && length;
            if (length + gap + size > room) return length;
            if (gap) out[length++] = ' ';
            space = false;
            memcpy(out + length, bytes, size);
            length += size;
        }
    }
    return length;
}

struct spelling {
    const char *from;
    size_t length; /* of [from] */
    const char *to;
};

#define SPELLING(from, to)                                                                                             \
    {                                                                                                                  \
        from, sizeof from - 1, to                                                                                      \
    }

/* British to American, as far as names of bodies need it. */
static const struct spelling spellings[] = {
    SPELLING("centre", "center"),
    SPELLING("centres", "centers"),
    SPELLING("organisation", "organization"),
    SPELLING("organisations", "organizations"),
    SPELLING("defence", "defense"),
    SPELLING("programme", "program"),
    SPELLING("harbour", "harbor"),
    SPELLING("theatre", "theater"),
    SPELLING("fibre", "fiber"),
    SPELLING("honour", "honor"),
};

/* Legal forms at a name's end: Allied Corporation is Allied Corp. */
static const struct spelling forms[] = {
    SPELLING("corporation", "corp"),
    SPELLING("incorporated", "inc"),
    SPELLING("company", "co"),
    SPELLING("limited", "ltd"),
};

/* The shorter or equally long spelling of [word], or [word]. */
static struct span respell(struct span word, const struct spelling *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word.length == table[i].length && memcmp(word.data, table[i].from, word.length) == 0)
            return span_of(table[i].to);
    return word;
}

#define RESPELL(word, table) respell(word, table, sizeof(table) / sizeof *(table))

size_t name_key(char out[NAME_BYTES_MAX], struct span name)
{
    size_t length = fold(out, NAME_BYTES_MAX, name), written = 0, first = 0;
    if (length > 4 && memcmp(out, "the ", 4) == 0) first = 4;
    for (size_t at = first, end; at < length; at = end + 1) {
        const char *space = memchr(out + at, ' ', length - at);
        end = space ? (size_t)(space - out) : length;
        struct span word = {out + at, end - at};
        if (written && end < length && span_equal(word, SPAN("and"))) continue; /* Johnson & Johnson */
        if (word.length >= 5) word = RESPELL(word, spellings);
        if (written && end == length && word.length >= 7) word = RESPELL(word, forms);
        if (written) out[written++] = ' ';
        memmove(out + written, word.data, word.length);
        written += word.length;
    }
    return written;
}

uint64_t key_hash(struct span key)
{
    uint64_t h = 0xCBF29CE484222325u ^ key.length;
    for (size_t i = 0; i < key.length; i++) h = (h ^ (unsigned char)key.data[i]) * 0x100000001B3u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return h ^ (h >> 32);
}

uint64_t folded_hash(struct span key)
{
    if (key.length > 4) key = RESPELL(key, spellings);
    if (key.length == 6 && memcmp(key.data, "labour", 6) == 0)
        key = SPAN("labor"); /* the Labour and Labor parties keep keys of their own */
    return key_hash(key);
}

uint64_t word_hash(struct span word)
{
    char folded[PIECE_FOLDED_MAX];
    size_t length = fold(folded, sizeof folded, word);
    if (length == 0 && span_equal(word, SPAN("&"))) return folded_hash(SPAN("and"));
    return length ? folded_hash((struct span){folded, length}) : key_hash(word);
}
