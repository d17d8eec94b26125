/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sentences.h"

#include "abbreviations.h"
#include "characters.h"
#include "state.h"

#include <stdlib.h>
#include <utf8proc.h>

enum {
    LOOK_CHARACTERS_MAX = 200, /* how far a line is measured: longer than any line broken by width */
    LOOK_BYTES_MAX = 4 * LOOK_CHARACTERS_MAX,
    PARAGRAPH_CHARACTERS = 120, /* a longer line is a paragraph of its own: nobody breaks lines that wide */
    HEADING_CHARACTERS = 40,    /* a shorter line before a capital is a heading or list item */
    MARKS_MAX = 32              /* stops and quotes passed together */
};

static enum sentence_mark_kind mark_kind(uint32_t code)
{
    for (size_t i = 0; i < sentence_mark_count; i++)
        if (sentence_marks[i].code == code) return sentence_marks[i].kind;
    return MARK_NONE;
}

static utf8proc_category_t category(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code);
}

static bool is_closing(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return code == '"' || code == '\'' || c == UTF8PROC_CATEGORY_PE || c == UTF8PROC_CATEGORY_PF;
}

/* Quotes, brackets and bullets before a word. */
static bool is_opening(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return code == '"' || code == '\'' || code == '*' || c == UTF8PROC_CATEGORY_PS || c == UTF8PROC_CATEGORY_PI;
}

static bool is_line_end(uint32_t code)
{
    return code == '\n' || code == '\r' || code == '\v' || code == '\f' || code == 0x85 || code == 0x2028 ||
           code == 0x2029;
}

static uint32_t peek(const struct analyser *a, size_t at)
{
    return utf8_next(a->text, &at);
}

/* Passes white space from [at]; *[lines] counts line ends, a paragraph separator or form feed as two. */
static size_t skip_space(const struct analyser *a, size_t at, size_t *lines)
{
    *lines = 0;
    while (at < a->text.length) {
        size_t next = at;
        uint32_t code = utf8_next(a->text, &next);
        if (character_class(code) != CLASS_SPACE) break;
        if (code == '\r' && next < a->text.length && a->text.data[next] == '\n') next++;
        if (is_line_end(code)) *lines += code == 0x2029 || code == '\f' ? 2 : 1;
        at = next;
    }
    return at;
}

void sentence_end(struct analyser *a, size_t at)
{
    if (a->count == a->sentence_tokens) return;
    size_t lines, start = skip_space(a, a->sentence_from, &lines);
    while (at > start &&
           (a->text.data[at - 1] == ' ' || (a->text.data[at - 1] >= '\t' && a->text.data[at - 1] <= '\r')))
        at--;
    if (a->sentence_count == a->sentence_capacity) {
        size_t capacity = a->sentence_capacity ? a->sentence_capacity * 2 : 64;
        struct range *sentences = realloc(a->sentences, capacity * sizeof *sentences);
        if (!sentences) {
            a->status = NO_MEMORY;
            return;
        }
        a->sentences = sentences;
        a->sentence_capacity = capacity;
    }
    a->sentences[a->sentence_count++] = (struct range){start, at};
    a->sentence_from = at;
    a->sentence_tokens = a->count;
}

size_t sentence_line_start(const struct analyser *a, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < LOOK_BYTES_MAX && a->text.data[start - 1] != '\n' &&
           a->text.data[start - 1] != '\r')
        start--;
    return start;
}

/* True when the word at [at] is a capitalised stop word: it begins a sentence even after an abbreviation. */
static bool is_opener(const struct analyser *a, size_t at)
{
    char word[24];
    size_t length = 0;
    for (; at + length < a->text.length && length < sizeof word; length++) {
        char c = a->text.data[at + length];
        if (c >= 'A' && c <= 'Z') {
            word[length] = (char)(c - 'A' + 'a');
        } else if (c >= 'a' && c <= 'z') {
            word[length] = c;
        } else {
            break;
        }
    }
    if (length == 1 && at + 1 < a->text.length && a->text.data[at + 1] == '.') return false; /* the A. of J. A. Smith */
    const struct stop_words *list = a->language->stop_words;
    return stop_words_hold(list ? list : &stop_words_english, (struct span){word, length});
}

/* True when only white space stands between the line's start and the last token: "1." as the number of a list item. */
static bool begins_line(const struct analyser *a, const struct token *token)
{
    size_t at = token->start;
    while (at > a->line_start && token->start - at < 16 &&
           (a->text.data[at - 1] == ' ' || a->text.data[at - 1] == '\t'))
        at--;
    return at == a->line_start;
}

/* What the dot at [at] after the last token means, as if that were an abbreviation. */
static enum abbreviation dot_kind(const struct analyser *a, size_t at, uint32_t next)
{
    if (a->count == a->sentence_tokens) return ABBREVIATION_TITLE; /* nothing to end */
    const struct token *token = &a->tokens[a->count - 1];
    if (token->end > at) return ABBREVIATION_MAYBE; /* the dot belongs to it: U.S. */
    if (token->end != at) return ABBREVIATION_NONE;
    if (token->kind == TOKEN_NUMBER) {
        if (token->form.length <= 3 && begins_line(a, token)) return ABBREVIATION_TITLE;
        bool ordinal = (a->language->flags & LANGUAGE_ORDINAL) && token->form.length <= 2;
        return ordinal && category(next) != UTF8PROC_CATEGORY_ND ? ABBREVIATION_MAYBE : ABBREVIATION_NONE;
    }
    if (token->kind != TOKEN_WORD) return ABBREVIATION_NONE;
    if (token->end - token->start == 1) return ABBREVIATION_MAYBE; /* an initial */
    return abbreviation_find(token->form);
}

size_t sentence_stop(struct analyser *a, size_t at)
{
    struct span text = a->text;
    size_t after = at, marks = 0;
    enum sentence_mark_kind strongest = MARK_NONE;
    bool closed = false;
    while (after < text.length && marks < MARKS_MAX) {
        size_t next = after;
        uint32_t code = utf8_next(text, &next);
        enum sentence_mark_kind kind = mark_kind(code);
        if (kind == MARK_NONE && !is_closing(code)) break;
        if (kind > strongest) strongest = kind;
        closed = closed || kind == MARK_NONE;
        after = next;
        marks++;
    }
    size_t lines, next = skip_space(a, after, &lines);
    if (next >= text.length || lines > 1) {
        sentence_end(a, after);
        return after;
    }
    if (strongest == MARK_STRONG) {
        sentence_end(a, after);
        return after;
    }
    if (next == after) return after;
    size_t word = next;
    uint32_t first = peek(a, word);
    for (int passed = 0; passed < 4 && word < text.length && is_opening(first = peek(a, word)); passed++)
        utf8_next(text, &word);
    if (word >= text.length || category(first) == UTF8PROC_CATEGORY_LL) return after;
    if (strongest == MARK_DOT && marks == 1 && !closed) {
        switch (dot_kind(a, at, first)) {
        case ABBREVIATION_TITLE:
            return after;
        case ABBREVIATION_NUMBER:
            if (category(first) == UTF8PROC_CATEGORY_ND) return after;
            break;
        case ABBREVIATION_MAYBE:
            if (word == next && !is_opener(a, word)) return after;
            break;
        case ABBREVIATION_NONE:
            break;
        }
    }
    sentence_end(a, after);
    return after;
}

struct line {
    size_t characters; /* at most LOOK_CHARACTERS_MAX */
    size_t first_word; /* characters of the first word */
    size_t indent;     /* bytes of white space before it */
};

static struct line measure(const struct analyser *a, size_t start)
{
    struct line line = {0};
    bool in_word = true;
    size_t at = start;
    while (at < a->text.length && line.characters < LOOK_CHARACTERS_MAX) {
        uint32_t code = utf8_next(a->text, &at);
        if (is_line_end(code)) break;
        bool space = character_class(code) == CLASS_SPACE;
        if (space && line.characters == line.indent) {
            line.indent++;
        } else if (space || character_class(code) == CLASS_CJK) {
            in_word = false;
        }
        line.characters++;
        if (in_word && !space) line.first_word++;
    }
    return line;
}

/* A bullet, or the number of a list item. */
static bool is_item(const struct analyser *a, size_t at)
{
    size_t next = at;
    uint32_t code = utf8_next(a->text, &next);
    bool digits = false;
    while (code >= '0' && code <= '9' && next < a->text.length && next - at < 5) {
        digits = true;
        code = utf8_next(a->text, &next);
    }
    bool spaced = next >= a->text.length || character_class(peek(a, next)) == CLASS_SPACE;
    if (digits) return spaced && (code == '.' || code == ')');
    utf8proc_category_t c = category(code);
    return spaced && (c == UTF8PROC_CATEGORY_PO || c == UTF8PROC_CATEGORY_PD || c == UTF8PROC_CATEGORY_SO ||
                      c == UTF8PROC_CATEGORY_SM);
}

/* True when the line from [start] to [end] was broken there on purpose, not for want of room before [next]. */
static bool breaks_line(const struct analyser *a, size_t start, size_t next_start, size_t next)
{
    if (is_item(a, next)) return true;
    uint32_t first = peek(a, next);
    if (category(first) == UTF8PROC_CATEGORY_LL) return false;
    struct line line = measure(a, start), following = measure(a, next_start);
    if (line.characters > PARAGRAPH_CHARACTERS) return true;
    if (following.indent > line.indent && character_class(first) != CLASS_BREAK) return true;
    unsigned class = character_class(first);
    if (class >= CLASS_SEA_BASE && class <= CLASS_SEA_STACK) return true;
    if (line.characters + 1 + following.first_word <= following.characters) return true; /* the word had room */
    return line.characters < (class == CLASS_CJK ? HEADING_CHARACTERS / 2 : HEADING_CHARACTERS);
}

size_t sentence_line_end(struct analyser *a, size_t at)
{
    size_t lines, next = skip_space(a, at, &lines);
    size_t next_start = sentence_line_start(a, next);
    if (next_start < at) next_start = next;
    if (next >= a->text.length || lines > 1 || breaks_line(a, a->line_start, next_start, next)) sentence_end(a, at);
    a->line_start = next_start;
    return next;
}
