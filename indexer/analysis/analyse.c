/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/analysis/analyse.h"

#include "characters.h"
#include "detect.h"
#include "sentences.h"
#include "tokenise.h"

#include <stdlib.h>
#include <string.h>

static const size_t FORMS_BYTES_MAX = (size_t)1 << 36; /* forms of a text of 4 GB, several times over */

enum {
    TOKENS_MIN = 1024,
    TOKENS_KEPT = 1 << 20, /* tokens whose memory one analysis leaves to the next, about 75 MB */
    WIDEN_MAX = 4096       /* bytes a range is widened at most: text without any white space is cut at a character */
};

enum status analyser_new(struct analyser **out)
{
    struct analyser *analyser = calloc(1, sizeof *analyser);
    if (!analyser) return NO_MEMORY;
    arena_init(&analyser->arena, FORMS_BYTES_MAX);
    *out = analyser;
    return OK;
}

void analyser_free(struct analyser *analyser)
{
    if (!analyser) return;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) stemmer_free(analyser->stemmers[i]);
    arena_release(&analyser->arena);
    detector_free(analyser->detector);
    free(analyser->tokens);
    free(analyser->sentences);
    free(analyser);
}

struct span analyser_language(struct analyser *analyser, struct span text)
{
    if (!analyser->detector) analyser->detector = detector_new();
    const char *code = analyser->detector ? detect(analyser->detector, text) : NULL;
    return code ? span_of(code) : (struct span){NULL, 0};
}

bool analyser_grow(struct analyser *a)
{
    size_t capacity = a->capacity ? a->capacity * 2 : TOKENS_MIN;
    struct token *tokens = realloc(a->tokens, capacity * sizeof *tokens);
    if (!tokens) {
        a->status = NO_MEMORY;
        return false;
    }
    a->tokens = tokens;
    a->capacity = capacity;
    return true;
}

static enum status choose_language(struct analyser *a, struct span language)
{
    a->language = language_find(language);
    size_t row = (size_t)(a->language - languages);
    enum status status = OK;
    if (!a->stemmers[row]) status = stemmer_new(&a->stemmers[row], a->language->name);
    a->stemmer = a->stemmers[row];
    return status;
}

/* Forgets the last analysis. */
static void reset(struct analyser *a)
{
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (a->stemmers[i]) stemmer_begin(a->stemmers[i]);
    arena_reset(&a->arena);
    if (a->capacity > TOKENS_KEPT) {
        free(a->tokens);
        a->tokens = NULL;
        a->capacity = 0;
    }
    a->count = a->sentence_count = a->sentence_tokens = 0;
    a->position = 0;
    a->status = OK;
}

enum status analyse_with(const struct analysis **out, struct analyser *a, struct span text, struct range range,
                         struct span language, bool fast)
{
    if (text.length >= UINT32_MAX) return LIMIT;
    reset(a);
    enum status status = choose_language(a, language);
    if (status) return status;
    a->text = text;
    a->begin = range.start;
    a->end = range.end;
    a->sentence_from = range.start;
    a->line_start = sentence_line_start(a, range.start);
    tokenise(a, fast);
    if (a->status) return a->status;
    a->result = (struct analysis){a->tokens, a->count, a->position, a->sentences, a->sentence_count};
    *out = &a->result;
    return OK;
}

enum status analyse(const struct analysis **out, struct analyser *analyser, struct span text, struct span language)
{
    return analyse_with(out, analyser, text, (struct range){0, text.length}, language, true);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

enum status analyse_range(const struct analysis **out, struct analyser *analyser, struct span text, struct range range,
                          struct span language)
{
    if (text.length >= UINT32_MAX) return LIMIT;
    if (range.end > text.length) range.end = text.length;
    if (range.start > range.end) range.start = range.end;
    size_t start = range.start, end = range.end;
    while (start > 0 && range.start - start < WIDEN_MAX && !is_space(text.data[start - 1])) start--;
    while (end < text.length && end - range.end < WIDEN_MAX && !is_space(text.data[end])) end++;
    start = utf8_floor(text, start);
    end = utf8_floor(text, end);
    return analyse_with(out, analyser, text, (struct range){start, end}, language, true);
}

bool analysis_has_stemmer(struct span language)
{
    const struct language *row = language_find(language);
    return row->stemmed && stemmer_exists(row->name);
}

bool analysis_is_stop_word(struct span form, struct span language)
{
    return stop_words_hold(language_find(language)->stop_words, form);
}

void analyser_cache_counts(const struct analyser *analyser, uint64_t *lookups, uint64_t *misses)
{
    *lookups = *misses = 0;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        uint64_t some_lookups, some_misses;
        if (!analyser->stemmers[i]) continue;
        stemmer_counts(analyser->stemmers[i], &some_lookups, &some_misses);
        *lookups += some_lookups;
        *misses += some_misses;
    }
}
