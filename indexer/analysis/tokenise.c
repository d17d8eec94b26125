/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tokenise.h"

#include "sentences.h"

#include <string.h>

enum byte_kind {
    BYTE_OTHER, /* white space, and what never joins: , ; ( ) */
    BYTE_LINE,  /* line ends */
    BYTE_STOP,  /* . ! ? */
    BYTE_JOINT, /* may join two words, or belong to one: ' - _ / @ & + # : */
    BYTE_HIGH,  /* not ASCII */
    BYTE_DIGIT, /* from here on: inside a word */
    BYTE_LETTER
};

/* clang-format off */
#define O BYTE_OTHER
#define L BYTE_LINE
#define S BYTE_STOP
#define J BYTE_JOINT
#define H BYTE_HIGH
#define D BYTE_DIGIT
#define A BYTE_LETTER
#define HHHH H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H
static const uint8_t byte_kinds[256] = {
    O, O, O, O, O, O, O, O, O, O, L, L, L, L, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, S, O, J, O, O, J, J, O, O, O, J, O, J, S, J, D, D, D, D, D, D, D, D, D, D, J, O, O, O, O, S, /* to ? */
    J, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, O, O, O, O, J, /* @ to _ */
    J, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, O, O, O, O, O, /* ` to DEL */
    HHHH, HHHH, HHHH, HHHH,
};
#undef O
#undef L
#undef S
#undef J
#undef H
#undef D
#undef A
#undef HHHH
/* clang-format on */

static unsigned kind_at(const struct analyser *a, size_t at)
{
    return at < a->end ? byte_kinds[(unsigned char)a->text.data[at]] : BYTE_LINE;
}

/* True when the ASCII word that begins at [start] certainly ends at [at], so that the long way would find the same
 * word. */
static bool word_ends(const struct analyser *a, size_t start, size_t at)
{
    unsigned first = kind_at(a, start);
    switch (kind_at(a, at)) {
    case BYTE_LINE:
        return true;
    case BYTE_OTHER:
        return first != BYTE_DIGIT || a->text.data[at] != ',' || kind_at(a, at + 1) != BYTE_DIGIT;
    case BYTE_STOP:
        return a->text.data[at] != '.' || kind_at(a, at + 1) <= BYTE_LINE;
    case BYTE_JOINT:
        if (a->text.data[at] == '#' && at - start == 1) return false; /* C# */
        return a->text.data[at] != '@' && kind_at(a, at + 1) <= BYTE_LINE;
    case BYTE_HIGH: {
        struct span text = span_cut(a->text, 0, a->end);
        uint32_t code = utf8_next(text, &at);
        unsigned class = character_class(code);
        return (class == CLASS_BREAK && code != 0xB7 /* col·lecció */) || class == CLASS_SPACE;
    }
    default:
        return false;
    }
}

void set_word(struct analyser *a, struct token *token, const struct word_key *key)
{
    struct word word = {0};
    enum status status = stemmer_word(&word, a->stemmer, key);
    if (status) a->status = status;
    token->form = word.form;
    token->stem = word.stem;
    token->plain_stem = word.plain_stem;
    token->marked = word.marked;
}

void set_plain(struct analyser *a, struct token *token, struct span form)
{
    char *copy = arena_bytes(&a->arena, form.length);
    if (!copy) {
        a->status = NO_MEMORY;
        return;
    }
    memcpy(copy, form.data, form.length);
    token->form = token->stem = (struct span){copy, form.length};
}

/* Puts the ASCII letters and digits of [start, end), at most TOKEN_BYTES_MAX, into [key] in lower case: the case bit is
 * set in digits already. Whole eights, because bytes written one by one are slow to read back as eight. */
static void key_of_ascii(struct word_key *key, const struct analyser *a, size_t start, size_t end)
{
    const uint64_t case_bits = 0x2020202020202020u;
    const char *source = a->text.data + start;
    size_t length = end - start;
    key->length = length;
    for (size_t i = 0; i < length; i += 8) {
        uint64_t eight = 0;
        size_t left = length - i < 8 ? length - i : 8;
        if (start + i + 8 <= a->text.length) {
            memcpy(&eight, source + i, 8);
        } else {
            memcpy(&eight, source + i, left);
        }
        eight = first_bytes(eight | case_bits, left);
        memcpy(key->bytes + i, &eight, 8);
    }
}

/* Takes the word of ASCII letters and digits at [start] when it is one by itself; returns its end, or [start] when it
 * must go the long way. */
static size_t plain_word(struct analyser *a, size_t start)
{
    struct word_key key;
    const unsigned char *bytes = (const unsigned char *)a->text.data;
    size_t most = a->end - start < TOKEN_BYTES_MAX ? a->end : start + TOKEN_BYTES_MAX;
    size_t at = start + 1;
    while (at < most && byte_kinds[bytes[at]] >= BYTE_DIGIT) at++;
    if (!word_ends(a, start, at)) return start;
    key_of_ascii(&key, a, start, at);
    bool number = byte_kinds[bytes[start]] == BYTE_DIGIT;
    struct token *token = add_token(a, number ? TOKEN_NUMBER : TOKEN_WORD, start, at, ++a->position);
    if (number) {
        set_plain(a, token, (struct span){key.bytes, key.length});
    } else {
        set_word(a, token, &key);
    }
    return at;
}

/* The long way: the chunk at [at]. */
static size_t take_chunk(struct analyser *a, size_t at)
{
    size_t end = chunk_read(&a->chunk, a->text, at, a->end, (a->language->flags & LANGUAGE_TURKIC) != 0);
    return chunk_tokens(a, end);
}

/* A character that is not ASCII: a line separator, something between words, or the beginning of a chunk. */
static size_t take_high(struct analyser *a, size_t at)
{
    struct span text = span_cut(a->text, 0, a->end);
    size_t next = at;
    uint32_t code = utf8_next(text, &next);
    if (code == 0x85 || code == 0x2028 || code == 0x2029) return sentence_line_end(a, at);
    unsigned class = character_class(code);
    return class == CLASS_BREAK || class == CLASS_SPACE ? next : take_chunk(a, at);
}

void tokenise(struct analyser *a, bool fast)
{
    if (a->language->flags & LANGUAGE_TURKIC) fast = false;
    size_t at = a->begin;
    while (at < a->end) {
        size_t start = at;
        switch (byte_kinds[(unsigned char)a->text.data[at]]) {
        case BYTE_LETTER:
        case BYTE_DIGIT:
            if (fast) at = plain_word(a, at);
            if (at == start) at = take_chunk(a, at);
            break;
        case BYTE_LINE:
            at = sentence_line_end(a, at);
            break;
        case BYTE_STOP:
            at =
                a->text.data[at] == '.' && kind_at(a, at + 1) == BYTE_LETTER ? take_chunk(a, at) : sentence_stop(a, at);
            break;
        case BYTE_HIGH:
            at = take_high(a, at);
            break;
        default:
            at++;
        }
    }
    sentence_end(a, a->end);
}
