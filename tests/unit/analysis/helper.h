/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of the analysis share: an analysis written as one line of text, and files to run over. */
#ifndef TESTS_ANALYSIS_HELPER_H
#define TESTS_ANALYSIS_HELPER_H

#include "indexer/analysis/analyse.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <string.h>

/* One field of every token: how the tests say what they expect. */
enum shown {
    SHOW_FORMS,     /* form */
    SHOW_STEMS,     /* stem, and /plain_stem where there is one */
    SHOW_POSITIONS, /* form:position, with +width-1 for wide ones */
    SHOW_SOURCES,   /* source bytes */
    SHOW_SENTENCES  /* not tokens: the sentences, between | */
};

static struct analyser *shared_analyser;

static inline int set_up(void **state)
{
    (void)state;
    return analyser_new(&shared_analyser) ? -1 : 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    analyser_free(shared_analyser);
    return 0;
}

static inline void put(char *out, size_t room, size_t *at, struct span text)
{
    for (size_t i = 0; i < text.length && *at + 1 < room; i++) out[(*at)++] = text.data[i];
    out[*at] = '\0';
}

/* [text] as analysed, fields separated by blanks; in a static buffer. */
static inline const char *shown(struct span text, const char *language, enum shown what)
{
    static char out[65536];
    const struct analysis *analysis;
    size_t at = 0;
    out[0] = '\0';
    assert_int_equal(analyse(&analysis, shared_analyser, text, span_of(language)), OK);
    if (what == SHOW_SENTENCES) {
        for (size_t i = 0; i < analysis->sentence_count; i++) {
            struct range range = analysis->sentences[i];
            if (i) put(out, sizeof out, &at, SPAN("|"));
            put(out, sizeof out, &at, span_cut(text, range.start, range.end));
        }
        return out;
    }
    for (size_t i = 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        char number[32];
        if (i) put(out, sizeof out, &at, SPAN(" "));
        switch (what) {
        case SHOW_STEMS:
            put(out, sizeof out, &at, token->stem);
            if (token->plain_stem.length) put(out, sizeof out, &at, SPAN("/"));
            put(out, sizeof out, &at, token->plain_stem);
            break;
        case SHOW_SOURCES:
            put(out, sizeof out, &at, span_cut(text, token->start, token->end));
            break;
        case SHOW_POSITIONS:
            put(out, sizeof out, &at, token->form);
            snprintf(number, sizeof number, token->width > 1 ? ":%u+%u" : ":%u", token->position, token->width - 1u);
            put(out, sizeof out, &at, span_of(number));
            break;
        default:
            put(out, sizeof out, &at, token->form);
        }
    }
    return out;
}

#define assert_shown(what, language, text, expected) assert_string_equal(shown(span_of(text), language, what), expected)
#define assert_forms(text, expected)                 assert_shown(SHOW_FORMS, "en", text, expected)

#endif
