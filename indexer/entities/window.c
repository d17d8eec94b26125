/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/features.h"

#include <string.h>

enum { NAME_BUCKET = 5 /* of the share of capitals: nine tenths and more */ };

void type_describe(struct word_type *type, struct span word, uint64_t key, const struct model *model)
{
    look_at(&type->look, word);
    type->key = key;
    type->small = model_word(model, type->look.lower);
    type->word = type->look.exact == type->look.lower ? type->small : model_word(model, type->look.exact);
    if (!type->word.fine) type->word = model_word(model, type->look.title);
    if (!type->word.fine) type->word = type->small;
    type->lists = model_phrase(model, type->look.lower);
}

void type_describe_border(struct word_type *type)
{
    memset(type, 0, sizeof *type);
    type->key = 1;
    type->look.exact = type->look.lower = type->look.title = 2;
    type->look.shape = type->look.pattern = 2;
    type->look.flags = LOOK_PUNCT;
}

static const struct word_type *type_at(const struct window *window, size_t at)
{
    return (const void *)((const char *)window->types + window->places[at].type * window->type_stride);
}

const struct word_type *window_type(const struct window *window, size_t at, int offset)
{
    size_t other = at + (size_t)offset; /* wraps below 0, and is then too large */
    if (other >= window->length || window->places[other].sentence != window->places[at].sentence) return window->types;
    return type_at(window, other);
}

unsigned window_move(const struct window *window, size_t at)
{
    uint32_t flags = type_at(window, at)->look.flags;
    if (flags & (LOOK_CAPITAL | LOOK_INNER)) return 0;
    if (flags & LOOK_PUNCT) return 1;
    return flags & LOOK_CONNECTOR ? 2 : 3;
}

unsigned island_leave(const struct window *window, size_t end)
{
    if (end >= window->length || window->places[end].sentence == end) return 1;
    return window_move(window, end);
}

static bool is_capital(uint32_t flags)
{
    return (flags & (LOOK_CAPITAL | LOOK_INNER)) != 0;
}

/* Whether a word may be part of a name: written with a capital, or almost always so elsewhere. */
static bool may_name(const struct word_type *type)
{
    if (type->look.flags & LOOK_SIGN) return false;
    if (is_capital(type->look.flags)) return true;
    return type->look.flags & LOOK_LOWER && type->word.case_bucket >= NAME_BUCKET;
}

/* Settles the mode of the sentence [start, end) and which token is its first word. */
static void mark_sentence(struct window *window, size_t start, size_t end)
{
    size_t words = 0, capitals = 0, uppers = 0, longs = 0;
    bool first = true;
    for (size_t at = start; at < end; at++) {
        const struct look *look = &type_at(window, at)->look;
        window->places[at].first = first;
        if (look->letters || look->flags & LOOK_DIGIT) first = false;
        if (!look->letters || look->flags & LOOK_SIGN) continue;
        words++;
        uppers += (look->flags & LOOK_UPPER) != 0 || (look->flags & LOOK_INITIAL) != 0;
        if (look->letters < 4) continue;
        longs++;
        capitals += (look->flags & LOOK_CAPITAL) != 0;
    }
    uint8_t mode = MODE_PLAIN;
    if (words >= 3 && uppers * 10 >= words * 8)
        mode = MODE_UPPER;
    else if (longs >= 3 && capitals * 10 >= longs * 8)
        mode = MODE_TITLE;
    else if (words >= 4 && capitals == 0 && uppers == 0)
        mode = MODE_LOWER;
    for (size_t at = start; at < end; at++) window->places[at].mode = mode;
}

/* Marks the tokens [start, end) of one sentence that may be part of a name. */
static void mark_candidates(struct window *window, size_t start, size_t end)
{
    size_t last = end; /* the last capitalised token, [end] for none */
    for (size_t at = start; at < end; at++) {
        const struct word_type *type = type_at(window, at);
        uint32_t flags = type->look.flags;
        struct place *place = &window->places[at];
        place->candidate = false;
        if (flags & LOOK_CONNECTOR && !is_capital(flags)) {
            continue;
        } else if (may_name(type)) {
            place->candidate = true;
            if (last != end && at - last - 1 <= CONNECTORS_MAX) {
                bool joined = true;
                for (size_t i = last + 1; i < at; i++)
                    joined &= (type_at(window, i)->look.flags & (LOOK_CONNECTOR | LOOK_DIGIT)) != 0;
                for (size_t i = last + 1; joined && i < at; i++) window->places[i].candidate = true;
            }
            last = at;
        } else if (flags & LOOK_DIGIT) {
            place->candidate = (at > start && may_name(type_at(window, at - 1))) ||
                               (at + 1 < end && may_name(type_at(window, at + 1)) && !(flags & LOOK_SIGN));
        }
    }
}

/* Finds the runs of candidates that end in a capitalised token. */
static void mark_runs(struct window *window, size_t start, size_t end)
{
    for (size_t at = start; at < end;) {
        if (!window->places[at].candidate) {
            window->places[at].run_start = window->places[at].run_end = (uint32_t)at;
            at++;
            continue;
        }
        size_t stop = at;
        while (stop < end && window->places[stop].candidate) stop++;
        for (size_t i = at; i < stop; i++) {
            window->places[i].run_start = (uint32_t)at;
            window->places[i].run_end = (uint32_t)stop;
        }
        at = stop;
    }
}

/* Marks the phrases of two words and more that begin at [at]: for each list the longest. */
static void mark_phrases(struct window *window, size_t at, size_t end)
{
    const struct word_type *type = type_at(window, at);
    uint32_t ends[PHRASE_TOKENS_MAX], taken = 0;
    uint64_t hash = type->look.lower;
    size_t length = 1;
    uint32_t found = type->lists;
    if (!(found >> PHRASE_PREFIX & 1)) return;
    while (length < PHRASE_TOKENS_MAX && at + length < end && found >> PHRASE_PREFIX & 1) {
        hash = phrase_join(hash, type_at(window, at + length)->look.lower);
        found = model_phrase(window->model, hash);
        ends[length++] = found & ~(1u << PHRASE_PREFIX);
    }
    while (--length > 0) {
        uint32_t lists = ends[length] & ~taken;
        if (!lists) continue;
        taken |= lists;
        /* What already lies inside a longer match of the same list stays as it is. */
        lists &= ~(window->places[at].inside | window->places[at].ends);
        window->places[at].begins |= lists;
        for (size_t i = 1; i < length; i++) window->places[at + i].inside |= lists;
        window->places[at + length].ends |= lists;
    }
}

static size_t mention_slot(uint64_t lower)
{
    return (lower >> 20) % (WINDOW_TOKENS_MAX * 2);
}

/* Links each candidate to the mention of the same word before it. */
static void mark_mentions(struct window *window)
{
    memset(window->heads, 0, sizeof window->heads);
    memset(window->smalls, 0, sizeof window->smalls);
    for (size_t at = 0; at < window->length; at++) {
        const struct word_type *type = type_at(window, at);
        struct place *place = &window->places[at];
        size_t slot = mention_slot(type->look.lower);
        place->previous_mention = 0;
        if (type->look.flags & LOOK_LOWER && place->mode != MODE_LOWER) window->smalls[slot / 32] |= 1u << slot % 32;
        if (!place->candidate || !is_capital(type->look.flags)) continue;
        place->previous_mention = window->heads[slot];
        window->heads[slot] = (uint32_t)at + 1;
    }
}

void window_prepare(struct window *window)
{
    for (size_t at = 0; at < window->length; at++)
        window->places[at].begins = window->places[at].inside = window->places[at].ends = 0;
    for (size_t start = 0, end; start < window->length; start = end) {
        for (end = start + 1; end < window->length && window->places[end].sentence == start;) end++;
        mark_sentence(window, start, end);
        mark_candidates(window, start, end);
        mark_runs(window, start, end);
        for (size_t at = start; at < end; at++)
            if (window->places[at].candidate || window->places[at].mode == MODE_LOWER) mark_phrases(window, at, end);
    }
    mark_mentions(window);
}
