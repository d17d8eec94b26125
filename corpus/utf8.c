/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/text.h"

static const uint32_t replacement = 0xFFFD;

/* The well-formed sequences of The Unicode Standard 15, table 3-7: the second byte's range depends on the first. */
uint32_t utf8_next(struct span text, size_t *offset)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = *offset;
    unsigned first = bytes[i++];
    *offset = i;
    if (first < 0x80) return first;
    unsigned low = 0x80, high = 0xBF, more;
    uint32_t rune;
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1, rune = first & 0x1F;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2, rune = first & 0x0F;
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3, rune = first & 0x07;
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
    } else {
        return replacement;
    }
    for (; more; more--, low = 0x80, high = 0xBF) {
        if (i >= text.length || bytes[i] < low || bytes[i] > high) {
            *offset = i;
            return replacement;
        }
        rune = rune << 6 | (bytes[i++] & 0x3F);
    }
    *offset = i;
    return rune;
}

size_t utf8_write(char *out, uint32_t rune)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF)) rune = replacement;
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        out[0] = (char)(0xC0 | rune >> 6);
        out[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xE0 | rune >> 12);
        out[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | rune >> 18);
    out[1] = (char)(0x80 | (rune >> 12 & 0x3F));
    out[2] = (char)(0x80 | (rune >> 6 & 0x3F));
    out[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

/* A replacement character that stands in the text itself is three bytes; one that stands for a fault is less. */
static bool is_fault(struct span text, size_t start, size_t end, uint32_t rune)
{
    return rune == replacement &&
           !(end - start == 3 && (unsigned char)text.data[start] == 0xEF &&
             (unsigned char)text.data[start + 1] == 0xBF && (unsigned char)text.data[start + 2] == 0xBD);
}

bool utf8_valid(struct span text)
{
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t rune = utf8_next(text, &i);
        if (is_fault(text, start, i, rune)) return false;
    }
    return true;
}

enum status utf8_repair(struct buffer *out, struct span text)
{
    size_t good = 0; /* start of the well-formed run not yet copied */
    for (size_t i = 0; i < text.length;) {
        size_t start = i;
        uint32_t rune = utf8_next(text, &i);
        if (!is_fault(text, start, i, rune)) continue;
        enum status status = buffer_append(out, text.data + good, start - good);
        if (!status) status = buffer_append_rune(out, replacement);
        if (status) return status;
        good = i;
    }
    return good < text.length ? buffer_append(out, text.data + good, text.length - good) : OK;
}

size_t utf8_floor(struct span text, size_t offset)
{
    if (offset >= text.length) return text.length;
    size_t start = offset;
    while (start && offset - start < 3 && ((unsigned char)text.data[start] & 0xC0) == 0x80) start--;
    while (start < offset) { /* in ill-formed text the bytes before may be characters by themselves */
        size_t next = start;
        utf8_next(text, &next);
        if (next > offset) break;
        start = next;
    }
    return start;
}
