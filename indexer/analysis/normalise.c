/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "normalise.h"

#include "characters.h"
#include "indexer/analysis/analyse.h"

#include <utf8proc.h>

enum {
    SEGMENT_BYTES_MAX =
        96, /* a base with its marks: Unicode's stream-safe limit is 30 marks; what is beyond is dropped */
    SEGMENT_RUNES_MAX = 500 /* characters a segment can decompose to: U+FDFA gives 18, a mark at most 4 */
};

static void push(struct chunk *chunk, uint32_t code, size_t start, size_t end, unsigned flags)
{
    unsigned class = character_class(code);
    if (class == CLASS_APOSTROPHE) {
        code = '\'';
    } else if (class == CLASS_JOINER && code != '_') {
        code = '-';
    } else if (class == CLASS_DIGIT && code >= 0x80) {
        code = '0' + character_digit(code);
    } else if (code == '.' || code == ':' || code == '@') {
        chunk->has_address = true;
        if (code == '@') chunk->has_at = true;
    }
    chunk->runes[chunk->count++] = (struct rune){code, (uint32_t)start, (uint32_t)end, (uint8_t) class, (uint8_t)flags};
}

static bool follows_long_word(const struct chunk *chunk)
{
    size_t letters = 0;
    while (letters < 3 && letters < chunk->count && chunk->runes[chunk->count - 1 - letters].class == CLASS_LETTER)
        letters++;
    return letters != 1 && letters != 2;
}

/* The segment [start, end): one base and its marks. */
static void push_segment(struct chunk *chunk, struct span text, size_t start, size_t end, uint32_t base)
{
    utf8proc_int32_t runes[SEGMENT_RUNES_MAX + 1]; /* utf8proc may use one more */
    size_t used = end - start > SEGMENT_BYTES_MAX ? utf8_floor(text, start + SEGMENT_BYTES_MAX) : end;
    utf8proc_ssize_t n =
        utf8proc_decompose((const utf8proc_uint8_t *)text.data + start, (utf8proc_ssize_t)(used - start), runes,
                           SEGMENT_RUNES_MAX, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (n < 0 || n > SEGMENT_RUNES_MAX) {
        push(chunk, 0xFFFD, start, end, 0);
        return;
    }
    n = utf8proc_normalize_utf32(runes, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    bool superscript = false;
    bool apart = character_stands_apart(base, &superscript);
    /* m² is one word; the ¹ of a footnote is not part of the word before it */
    if (superscript && !follows_long_word(chunk)) apart = false;
    for (utf8proc_ssize_t i = 0; i < n && chunk->count < CHUNK_RUNES + RUNE_SLACK - 1; i++)
        push(chunk, (uint32_t)runes[i], start, end, apart && i == 0 ? RUNE_APART : 0);
}

static bool may_follow_base(unsigned class)
{
    return class == CLASS_MARK || class == CLASS_SEA_TAIL || class == CLASS_SEA_STACK;
}

/* Where the marks after a base at [at] end: [at] itself when there are none. */
static size_t end_of_marks(struct span text, size_t at)
{
    size_t end = at;
    while (at < text.length && (unsigned char)text.data[at] >= 0x80) {
        unsigned class = character_class(utf8_next(text, &at));
        if (may_follow_base(class)) {
            end = at;
        } else if (class != CLASS_IGNORED) {
            break;
        }
    }
    return end;
}

size_t chunk_read(struct chunk *chunk, struct span text, size_t start, size_t end, bool turkic)
{
    struct span source = span_cut(text, 0, end);
    size_t at = start;
    bool apart = false;
    chunk->count = 0;
    chunk->cut = chunk->has_at = chunk->has_address = false;
    while (at < end) {
        if (chunk->count >= CHUNK_RUNES) {
            chunk->cut = true;
            break;
        }
        size_t from = at, first = chunk->count;
        uint32_t code = utf8_next(source, &at);
        unsigned traits = character_traits(code);
        unsigned class = traits & CLASS_MASK;
        if (class == CLASS_SPACE) {
            at = from;
            break;
        }
        if (class == CLASS_IGNORED) continue;
        bool takes_marks = is_word_class(class) || is_run_class(class) || class == CLASS_MARK;
        size_t marks_end = takes_marks ? end_of_marks(source, at) : at;
        if (turkic && code == 'I' && marks_end == at) {
            push(chunk, 0x131, from, at, 0);
        } else if (marks_end != at) {
            push_segment(chunk, source, from, marks_end, code);
            at = marks_end;
        } else if (code < 0x80) {
            bool upper = code >= 'A' && code <= 'Z';
            push(chunk, upper ? code + 'a' - 'A' : code, from, at, upper ? RUNE_UPPER : 0);
        } else if ((traits & CLASS_INERT) || class == CLASS_APOSTROPHE) {
            push(chunk, code, from, at, 0);
        } else {
            bool superscript;
            uint32_t simple = character_simple(code);
            if (simple && class == CLASS_LETTER && !character_stands_apart(code, &superscript)) {
                push(chunk, simple, from, at, 0);
            } else if (code == 0x2122 || code == 0x2120) {
                push(chunk, 0xFFFD, from, at, 0);
            } else {
                push_segment(chunk, source, from, at, code);
            }
        }
        if (first == chunk->count) continue;
        if (apart) chunk->runes[first].flags |= RUNE_APART;
        bool superscript;
        apart = code >= 0x80 && !(traits & CLASS_INERT) && class != CLASS_APOSTROPHE &&
                character_stands_apart(code, &superscript) && !superscript;
    }
    return at;
}

size_t fold_marks(char *out, size_t room, struct span text)
{
    size_t written = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t folded[2];
        size_t n = character_fold(utf8_next(text, &at), folded);
        for (size_t i = 0; i < n; i++) {
            char bytes[4];
            size_t length = utf8_write(bytes, folded[i]);
            if (written + length > room) return written;
            for (size_t b = 0; b < length; b++) out[written++] = bytes[b];
        }
    }
    return written;
}

enum status fold(struct buffer *out, struct span text)
{
    if (text.length >= UINT32_MAX) return LIMIT;
    struct chunk chunk;
    size_t start = out->length;
    bool blank = false; /* white space was passed since the last character written */
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        at = chunk_read(&chunk, text, from, text.length, false);
        for (size_t i = 0; i < chunk.count; i++) {
            uint32_t folded[2];
            if (chunk.runes[i].class == CLASS_SPACE) {
                blank = true;
                continue;
            }
            size_t n = character_fold(chunk.runes[i].code, folded);
            enum status status = n && blank && out->length > start ? buffer_append_byte(out, ' ') : OK;
            if (n) blank = false;
            for (size_t f = 0; !status && f < n; f++) status = buffer_append_rune(out, folded[f]);
            if (status) return status;
        }
        if (chunk.cut || at == text.length) continue;
        blank = true;
        utf8_next(text, &at);
    }
    return OK;
}
