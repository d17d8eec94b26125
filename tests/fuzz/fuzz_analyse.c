/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: the analyser on any bytes. The first byte chooses the language, the next two a range; the rest is text.
 *
 * Holds: offsets ascend and lie where decoding begins characters; positions and sentences never go back; forms and
 * stems are non-empty, well-formed and short; sentences are apart and hold their tokens; in short texts each token
 * analysed alone gives itself. The same for a range of the text. */
#include "indexer/analysis/analyse.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const languages[] = {"",   "en", "de", "fr", "es", "it", "pt", "nl", "sv", "no", "da",
                                        "fi", "ru", "ar", "el", "tr", "hi", "ta", "ro", "sr", "hy", "yi"};

enum { LANGUAGES = sizeof languages / sizeof *languages };

static void check_string(struct span text)
{
    assert(text.length > 0 && text.length <= TOKEN_BYTES_MAX && utf8_valid(text));
}

/* True for the offsets where decoding [text] from its start begins a character. */
static bool *borders_of(struct span text)
{
    bool *borders = calloc(text.length + 1, sizeof *borders);
    assert(borders != NULL);
    borders[text.length] = true;
    for (size_t at = 0; at < text.length; utf8_next(text, &at)) borders[at] = true;
    return borders;
}

static void check(const struct analysis *analysis, struct span text, const bool *borders)
{
    uint32_t start = 0, position = 0, sentence = 0;
    for (size_t i = 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        assert(token->start >= start && token->end > token->start && token->end <= text.length);
        assert(borders[token->start] && borders[token->end]);
        assert(token->position >= position && token->position <= position + 1);
        assert(token->width >= 1 && token->position + token->width - 1 <= analysis->positions);
        assert(token->sentence >= sentence && token->sentence < analysis->sentence_count);
        assert(token->start >= analysis->sentences[token->sentence].start);
        assert(token->end <= analysis->sentences[token->sentence].end);
        check_string(token->form);
        check_string(token->stem);
        if (token->plain_stem.length) check_string(token->plain_stem);
        start = token->start;
        position = token->position;
        sentence = token->sentence;
    }
    assert(position == analysis->positions || !analysis->count);
    for (size_t i = 0; i < analysis->sentence_count; i++) {
        struct range range = analysis->sentences[i];
        assert(range.start < range.end && range.end <= text.length);
        assert(!i || range.start >= analysis->sentences[i - 1].end);
    }
}

/* Each token, analysed alone, gives itself. */
static void check_alone(struct analyser *words, const struct analysis *analysis, struct span text, struct span language)
{
    for (size_t i = 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        const struct analysis *alone;
        bool found = false;
        assert(!analyse(&alone, words, span_cut(text, token->start, token->end), language));
        for (size_t k = 0; k < alone->count && !found; k++)
            found = alone->tokens[k].kind == token->kind && span_equal(alone->tokens[k].stem, token->stem) &&
                    span_equal(alone->tokens[k].form, token->form);
        assert(found);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyser *analyser, *words;
    if (!analyser) assert(!analyser_new(&analyser) && !analyser_new(&words));
    if (size < 3) return 0;
    struct span language = span_of(languages[data[0] % LANGUAGES]);
    struct span text = {(const char *)data + 3, size - 3};
    struct range range = {text.length * data[1] / 255, text.length * data[2] / 255};
    bool *borders = borders_of(text);
    const struct analysis *analysis;
    assert(!analyse(&analysis, analyser, text, language));
    check(analysis, text, borders);
    if (size < 800) check_alone(words, analysis, text, language);
    assert(!analyse_range(&analysis, analyser, text, range, language));
    check(analysis, text, borders);
    struct buffer folded;
    buffer_init(&folded, (size_t)1 << 24);
    assert(!fold(&folded, text));
    assert(utf8_valid(buffer_span(&folded)));
    analysis_is_stop_word(buffer_span(&folded), language);
    buffer_release(&folded);
    free(borders);
    return 0;
}
