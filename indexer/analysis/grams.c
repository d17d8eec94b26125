/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tokenise.h"

enum {
    MYANMAR_ASAT = 0x103A, /* silences a consonant, which then ends the syllable before it */
    MYANMAR_DOT = 0x1037   /* tone mark, may stand between the two */
};

static bool is_myanmar_final(const struct chunk *chunk, size_t i)
{
    if (code_at(chunk, i + 1) == MYANMAR_DOT) i++;
    return code_at(chunk, i + 1) == MYANMAR_ASAT;
}

/* The end of the unit that begins at [i]: an ideograph or syllable with its marks; in Southeast Asian scripts a
 * consonant with its vowels, tones, stacked and silenced consonants. */
static size_t unit_end(const struct chunk *chunk, size_t i)
{
    bool takes_base = chunk->runes[i].class == CLASS_SEA_LEAD;
    while (++i < chunk->count) {
        switch (chunk->runes[i].class) {
        case CLASS_MARK:
        case CLASS_SEA_TAIL:
            break;
        case CLASS_SEA_STACK:
            takes_base = true;
            break;
        case CLASS_SEA_BASE:
            if (!takes_base && !is_myanmar_final(chunk, i)) return i;
            takes_base = false;
            break;
        default:
            return i;
        }
    }
    return i;
}

static size_t bytes_of(const struct chunk *chunk, size_t first, size_t end)
{
    size_t bytes = 0;
    char room[4];
    for (size_t i = first; i < end; i++) bytes += utf8_write(room, chunk->runes[i].code);
    return bytes;
}

static void gram_token(struct analyser *a, enum token_kind kind, size_t first, size_t end, const char *form,
                       size_t length)
{
    const struct chunk *chunk = &a->chunk;
    struct token *token = add_token(a, kind, chunk->runes[first].start, chunk->runes[end - 1].end, a->position);
    struct span whole = {form, length};
    if (length > TOKEN_BYTES_MAX) whole.length = utf8_floor(whole, TOKEN_BYTES_MAX);
    token->form = token->stem = whole;
}

static bool continues(const struct chunk *chunk, size_t i, bool cjk)
{
    unsigned class = class_at(chunk, i);
    return is_run_class(class) && (class == CLASS_CJK) == cjk;
}

size_t gram_tokens(struct analyser *a, size_t i, bool open)
{
    const struct chunk *chunk = &a->chunk;
    bool cjk = chunk->runes[i].class == CLASS_CJK;
    size_t end = i;
    while (continues(chunk, end, cjk)) end = unit_end(chunk, end);
    char *form = arena_bytes(&a->arena, bytes_of(chunk, i, end));
    if (!form) {
        a->status = NO_MEMORY;
        return end;
    }
    size_t written = 0;
    for (size_t k = i; k < end; k++) written += utf8_write(form + written, chunk->runes[k].code);
    for (size_t unit = i; unit < end;) {
        size_t next = unit_end(chunk, unit);
        size_t length = bytes_of(chunk, unit, next);
        if (open && next == end && end == chunk->count && unit > i) return unit;
        a->position++;
        if (next < end) {
            size_t after = unit_end(chunk, next);
            gram_token(a, TOKEN_BIGRAM, unit, after, form, length + bytes_of(chunk, next, after));
        }
        gram_token(a, TOKEN_UNIGRAM, unit, next, form, length);
        form += length;
        unit = next;
    }
    return end;
}
