/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/pieces.h"

#include <string.h>
#include <utf8proc.h>

/* The hyphen that [text] has at [at], or 0: its length in bytes. */
static size_t hyphen_at(struct span text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];
    if (byte == '-') return 1;
    if (byte == 0xE2 && at + 2 < text.length && (unsigned char)text.data[at + 1] == 0x80 &&
        ((unsigned char)text.data[at + 2] == 0x90 || (unsigned char)text.data[at + 2] == 0x91))
        return 3;
    return 0;
}

/* Letters of East Asian and Indic scripts, by the first byte of their UTF-8. */
static bool is_eastern(unsigned char byte)
{
    return byte == 0xE0 || (byte >= 0xE3 && byte <= 0xED);
}

/* "日ASEAN会合": Latin letters beside a script that is written without spaces are words of their own. */
static bool changes_script(struct span token, size_t at)
{
    unsigned char here = (unsigned char)token.data[at], before = (unsigned char)token.data[at - 1];
    bool latin_here = (here | 32) >= 'a' && (here | 32) <= 'z',
         latin_before = (before | 32) >= 'a' && (before | 32) <= 'z';
    if (latin_before) return is_eastern(here);
    if (!latin_here || before < 0x80) return false;
    size_t start = utf8_floor(token, at - 1);
    return is_eastern((unsigned char)token.data[start]);
}

static uint16_t look(struct span word)
{
    unsigned upper = 0, lower = 0, digits = 0, other = 0, flags = 0;
    bool first = true;
    for (size_t at = 0; at < word.length && at < 256;) {
        uint32_t code = (unsigned char)word.data[at];
        if (code < 0x80) {
            at++;
            if (code >= 'A' && code <= 'Z') {
                upper++;
                if (first) flags |= PIECE_CAPITAL;
            } else if (code >= 'a' && code <= 'z') {
                lower++;
            } else if (code >= '0' && code <= '9') {
                digits++;
            } else {
                if (code == '.') flags |= PIECE_DOTTED;
                continue; /* a quote or an apostrophe is not the first character that counts */
            }
        } else {
            code = utf8_next(word, &at);
            switch (utf8proc_category((utf8proc_int32_t)code)) {
            case UTF8PROC_CATEGORY_LU:
            case UTF8PROC_CATEGORY_LT:
                upper++;
                if (first) flags |= PIECE_CAPITAL;
                break;
            case UTF8PROC_CATEGORY_LL:
                lower++;
                break;
            case UTF8PROC_CATEGORY_LO:
            case UTF8PROC_CATEGORY_LM:
                other++;
                break;
            case UTF8PROC_CATEGORY_MN:
                break;
            default:
                continue;
            }
        }
        first = false;
    }
    if (upper + lower + other) flags |= PIECE_WORD;
    if (digits) flags |= PIECE_DIGIT;
    if (upper && !lower) flags |= PIECE_UPPER;
    if (!(upper + lower + other + digits)) flags |= PIECE_SIGN;
    if (span_equal(word, SPAN("'s")) || span_equal(word, SPAN("’s")) || span_equal(word, SPAN("'S")) ||
        span_equal(word, SPAN("’S")))
        flags = PIECE_POSSESSIVE;
    if (span_equal(word, SPAN("'")) || span_equal(word, SPAN("’"))) flags |= PIECE_POSSESSIVE;
    return (uint16_t)flags;
}

static void put(struct piece *piece, struct span text, size_t start, size_t end, unsigned flags)
{
    struct span word = span_cut(text, start, end);
    piece->hash = word_hash(word);
    piece->start = (uint32_t)start;
    piece->length = (uint16_t)(end - start);
    piece->flags = (uint16_t)(look(word) | flags);
}

/* Most words by far: ASCII letters and digits alone. Folds and looks at once; false, and nothing done, for others. */
static bool put_simple(struct piece *piece, struct span text, size_t start, size_t end)
{
    char folded[PIECE_FOLDED_MAX];
    size_t length = end - start, letters = 0, upper = 0;
    const char *word = text.data + start;
    if (length == 0 || length > sizeof folded) return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)word[i], small = byte | 32;
        if (small >= 'a' && small <= 'z') {
            letters++;
            upper += byte != small;
            folded[i] = (char)small;
        } else if (byte >= '0' && byte <= '9') {
            folded[i] = (char)byte;
        } else {
            return false;
        }
    }
    unsigned flags = word[0] >= 'A' && word[0] <= 'Z' ? PIECE_CAPITAL : 0;
    if (letters) flags |= PIECE_WORD;
    if (letters < length) flags |= PIECE_DIGIT;
    if (upper && upper == letters) flags |= PIECE_UPPER;
    *piece = (struct piece){.hash = folded_hash((struct span){folded, length}),
                            .start = (uint32_t)start,
                            .length = (uint16_t)length,
                            .flags = (uint16_t)flags};
    return true;
}

size_t pieces_of_token(struct piece *out, size_t room, struct span text, size_t start, size_t length)
{
    struct span token = span_cut(text, start, start + length);
    if (room && put_simple(out, text, start, start + length)) return 1;
    size_t count = 0, word = 0;
    unsigned flags = 0;
    bool address = memmem(token.data, token.length, "://", 3) || memchr(token.data, '@', token.length);
    for (size_t at = 0; at < token.length && count + 1 < room && !address;) {
        size_t hyphen = hyphen_at(token, at);
        if (!hyphen && at > word && changes_script(token, at)) {
            put(&out[count++], text, start + word, start + at, flags);
            flags = PIECE_GLUED;
            word = at++;
            continue;
        }
        if (!hyphen) {
            at++;
            continue;
        }
        if (at > word) {
            put(&out[count++], text, start + word, start + at, flags);
            flags = PIECE_HYPHEN;
        } else if (at == 0 && token.length > hyphen) {
            flags = PIECE_HYPHEN; /* "(ASEAN)-Japan" leaves "-Japan" */
        }
        at += hyphen;
        word = at;
    }
    if (count < room && word < token.length) put(&out[count++], text, start + word, start + token.length, flags);
    if (count == 0 && room) put(&out[count++], text, start, start + length, 0); /* hyphens alone */
    return count;
}

size_t pieces_of_phrase(struct piece *out, size_t room, struct span phrase)
{
    struct tokeniser tokeniser;
    struct tag_token token;
    size_t count = 0;
    tokeniser_init(&tokeniser, phrase);
    while (count < room && tokeniser_next(&tokeniser, &token))
        count += pieces_of_token(out + count, room - count, phrase, token.start, token.length);
    return count;
}

bool piece_is(const struct piece *piece, struct span text, const char *word)
{
    return span_equal(span_cut(text, piece->start, piece->start + piece->length), span_of(word));
}
