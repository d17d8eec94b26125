/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/syntax_scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SHOWN_BYTES_MAX = 60, /* bytes of the query in a message: enough to find the place by */
    NOTICE_BYTES_MAX = 256
};

uint32_t scan_rune(struct span text, size_t *at)
{
    if (*at >= text.length) return UINT32_MAX;
    uint32_t rune = utf8_next(text, at);
    return rune >= 0xFF01 && rune <= 0xFF5E ? rune - 0xFEE0 : rune; /* full-width forms of U+0021 to U+007E */
}

uint32_t scan_peek(struct span text, size_t at)
{
    return scan_rune(text, &at);
}

bool scan_is_blank(uint32_t rune)
{
    if (rune <= 0x20) return true; /* with NUL and the other controls: nobody means them */
    if (rune < 0x7F) return false;
    if (rune <= 0xA0) return true; /* DEL, the C1 controls, no-break space */
    return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F ||
           rune == 0x205F || rune == 0x3000 || rune == 0xFEFF;
}

/* Punctuation outside ASCII that stands between words although no blank does. */
static bool is_separator(uint32_t rune)
{
    static const uint16_t separators[] = {
        0x060C, 0x061B, 0x061F, 0x06D4,         /* Arabic comma, semicolon, question mark, full stop */
        0x0964, 0x0965, 0x104A, 0x104B,         /* Indic and Myanmar full stops */
        0x2014, 0x2015, 0x2026,                 /* em dash, bar, ellipsis */
        0x3001, 0x3002, 0xFF61, 0xFF64,         /* ideographic comma and full stop, and their half-width forms */
        0xFF01, 0xFF0C, 0xFF0E, 0xFF1B, 0xFF1F, /* full-width ! , . ; ? */
    };
    if (rune < 0x060C) return false;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (separators[i] == rune) return true;
    return false;
}

static bool is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* True when the character at [at], which [next] follows, ends a run; [last] is the one before it. */
static bool ends_run(struct span query, size_t at, size_t next, uint32_t last)
{
    size_t end = at;
    uint32_t rune = utf8_next(query, &end);
    if (scan_is_blank(rune)) return true;
    if (!is_separator(rune)) return false;
    /* "１，０００" is one number */
    return !((rune == 0xFF0C || rune == 0xFF0E) && is_digit(last) && is_digit(scan_peek(query, next)));
}

bool scan_has_word(struct span text)
{
    static const struct {
        uint32_t first, last;
    } punctuation[] = {
        {0x0080, 0x00A9}, {0x00AB, 0x00B1}, {0x00B4, 0x00B4}, {0x00B6, 0x00B8}, {0x00BB, 0x00BB}, {0x00BF, 0x00BF},
        {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x2000, 0x206F}, {0x3001, 0x3003}, {0x3008, 0x3020}, {0x3030, 0x3030},
        {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF5F, 0xFF65}, {0xFFF9, 0xFFFD},
    };
    for (size_t at = 0; at < text.length;) {
        uint32_t rune = scan_rune(text, &at);
        if (rune < 0x80) {
            if (is_digit(rune) || ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z')) return true;
            continue;
        }
        if (scan_is_blank(rune) || is_separator(rune)) continue;
        bool found = false;
        for (size_t i = 0; i < sizeof punctuation / sizeof *punctuation && !found; i++)
            found = rune >= punctuation[i].first && rune <= punctuation[i].last;
        if (!found) return true;
    }
    return false;
}

static bool is_quote(uint32_t rune)
{
    return rune == '"' || rune == 0x201C || rune == 0x201D || rune == 0x201E || rune == 0x00AB || rune == 0x00BB;
}

size_t scan_run_end(struct span query, size_t start)
{
    uint32_t last = 0;
    for (size_t at = start, next = start; at < query.length; at = next) {
        uint32_t rune = scan_rune(query, &next);
        if (rune == '(' || rune == ')' || is_quote(rune) || ends_run(query, at, next, last)) return at;
        last = rune;
    }
    return query.length;
}

/* Quotes that open, and what closes them. A single quote is an apostrophe and never opens. */
static const struct {
    uint32_t open, close[3];
    bool tight; /* opens only before a word and after a blank: in most texts it closes */
} quotes[SCAN_QUOTES] = {
    {'"', {'"', '"', '"'}, false},
    {0x201C, {0x201D, '"', '"'}, false},       /* “…” */
    {0x201E, {0x201C, 0x201D, '"'}, false},    /* „…“ */
    {0x00AB, {0x00BB, 0x00BB, 0x00BB}, false}, /* «…» */
    {0x00BB, {0x00AB, 0x00AB, 0x00AB}, true},  /* »…« */
};

/* The character that ends before [at]; a blank at the start. */
static uint32_t rune_before(struct span query, size_t at)
{
    if (!at) return ' ';
    size_t start = utf8_floor(query, at - 1);
    return scan_peek(query, start);
}

bool scan_quote(struct parser *parser, size_t at, struct scan_token *out)
{
    struct span query = parser->query;
    size_t inner = at;
    uint32_t rune = scan_rune(query, &inner);
    size_t kind = 0;
    while (kind < SCAN_QUOTES && quotes[kind].open != rune) kind++;
    if (kind == SCAN_QUOTES || parser->unclosed[kind]) return false;
    uint32_t before = rune_before(query, at), after = scan_peek(query, inner);
    bool blank_after = after == UINT32_MAX || after == ')' || scan_is_blank(after);
    bool blank_before = before == '(' || before == ':' || before == '=' || before == '-' || scan_is_blank(before);
    if (quotes[kind].tight && (blank_after || !blank_before)) return false;
    if (rune == '"' && blank_after && !blank_before && !is_quote(before)) return false; /* 5" or one closed already */
    for (size_t here = inner; here < query.length;) {
        size_t next = here;
        uint32_t candidate = scan_rune(query, &next);
        for (size_t i = 0; i < 3; i++)
            if (candidate == quotes[kind].close[i]) {
                *out = (struct scan_token){SCAN_QUOTE, {at, next}, {inner, here}, 0};
                return true;
            }
        here = next;
    }
    parser->unclosed[kind] = true;
    return false;
}

/* Recognises an operator written in capitals. */
static enum status read_operator(struct parser *parser, struct scan_token *token)
{
    static const struct {
        const char *name;
        enum scan_kind kind;
    } operators[] = {{"AND", SCAN_AND}, {"OR", SCAN_OR}, {"NOT", SCAN_NOT}, {"NEAR", SCAN_NEAR}, {"ADJ", SCAN_ADJ}};
    struct span run = span_cut(parser->query, token->range.start, token->range.end);
    if (parser->shouted) return OK;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        struct span name = span_of(operators[i].name);
        if (!span_starts(run, name)) continue;
        enum scan_kind kind = operators[i].kind;
        struct span rest = span_cut(run, name.length, run.length);
        if (!rest.length) {
            token->kind = kind;
            token->distance = SYNTAX_DISTANCE_DEFAULT;
            return OK;
        }
        size_t at = 0;
        if ((kind != SCAN_NEAR && kind != SCAN_ADJ) || scan_rune(rest, &at) != '/' || at == rest.length) return OK;
        uint64_t distance = 0;
        while (at < rest.length) {
            uint32_t rune = scan_rune(rest, &at);
            if (!is_digit(rune)) return OK; /* a word that begins like one */
            if (distance <= SYNTAX_DISTANCE_MAX) distance = distance * 10 + (rune - '0');
        }
        if (distance < 1 || distance > SYNTAX_DISTANCE_MAX)
            return fail_at(parser->error, distance ? LIMIT : INVALID, token->range.start,
                           "'%s': the distance goes from 1 to %d words (farther apart, use AND)",
                           scan_shown(parser, token->range), SYNTAX_DISTANCE_MAX);
        token->kind = kind;
        token->distance = (uint32_t)distance;
        return OK;
    }
    return OK;
}

/* Finds the token that begins at or after parser->at; *again is set when only a stray quote was there. */
static enum status find_token(struct parser *parser, struct scan_token *out, bool *again)
{
    struct span query = parser->query;
    size_t start = parser->at, next = start;
    uint32_t last = rune_before(query, start);
    while (start < query.length) {
        next = start;
        uint32_t rune = scan_rune(query, &next);
        if (!ends_run(query, start, next, last)) break;
        start = next;
        last = rune;
    }
    *out = (struct scan_token){SCAN_END, {start, start}, {start, start}, 0};
    if (start == query.length) return OK;
    uint32_t rune = scan_peek(query, start);
    out->range.end = next;
    if (rune == '(' || rune == ')') {
        out->kind = rune == '(' ? SCAN_OPEN : SCAN_CLOSE;
        return OK;
    }
    if (is_quote(rune)) {
        if (scan_quote(parser, start, out)) return OK;
        *again = true;
        parser->at = next;
        return scan_notice(parser, out->range, "a quote without its partner: left out");
    }
    if (rune == '-') {
        uint32_t after = scan_peek(query, next);
        bool first = start == 0 || last == '(' || scan_is_blank(last) || is_separator(last);
        if (first && after != UINT32_MAX && after != '-' && after != ')' && !ends_run(query, next, next, 0)) {
            out->kind = SCAN_MINUS;
            return OK;
        }
    }
    out->kind = SCAN_RUN;
    out->range.end = scan_run_end(query, start);
    return read_operator(parser, out);
}

enum status scan_token(struct parser *parser, struct scan_token *out)
{
    bool again = !parser->peeked;
    while (again) {
        again = false;
        enum status status = find_token(parser, &parser->token, &again);
        if (status) return status;
    }
    parser->peeked = true;
    *out = parser->token;
    return OK;
}

void scan_take(struct parser *parser)
{
    parser->at = parser->token.range.end;
    parser->peeked = false;
}

bool scan_is_binary(enum scan_kind kind)
{
    return kind == SCAN_AND || kind == SCAN_OR || kind == SCAN_NEAR || kind == SCAN_ADJ;
}

size_t scan_value_end(struct span query, size_t start)
{
    size_t open = 0;
    for (size_t at = start, next = start; at < query.length; at = next) {
        uint32_t rune = scan_rune(query, &next);
        if (scan_is_blank(rune) || is_quote(rune)) return at;
        if (rune == '(') open++;
        if (rune == ')' && !open--) return at;
    }
    return query.length;
}

const char *scan_shown(struct parser *parser, struct range range)
{
    struct span text = span_cut(parser->query, range.start, range.end);
    bool cut = text.length > SHOWN_BYTES_MAX;
    if (cut) text.length = utf8_floor(text, SHOWN_BYTES_MAX);
    struct buffer buffer;
    buffer_init(&buffer, SHOWN_BYTES_MAX * 3 + 8 /* bytes: each may become U+FFFD */);
    const char *shown = NULL;
    if (!utf8_repair(&buffer, text) && !(cut && buffer_append_string(&buffer, "…")))
        shown = arena_copy(&parser->syntax->arena, buffer_span(&buffer));
    buffer_release(&buffer);
    return shown ? shown : "";
}

enum status scan_notice(struct parser *parser, struct range range, const char *format, ...)
{
    struct syntax *syntax = parser->syntax;
    if (!parser->strict && syntax->notices_total >= SYNTAX_NOTICES_MAX) {
        syntax->notices_total++;
        return OK;
    }
    char message[NOTICE_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (parser->strict) return fail_at(parser->error, INVALID, range.start, "%s", message);
    const char *text = arena_copy(&syntax->arena, span_of(message));
    if (!text) return NO_MEMORY;
    parser->notices[syntax->notice_count++] = (struct syntax_notice){range, text};
    syntax->notices_total++;
    return OK;
}

struct syntax_node *scan_node(struct parser *parser, enum syntax_kind kind, struct range range)
{
    struct syntax_node *node = arena_take(&parser->syntax->arena, sizeof *node);
    if (node) *node = (struct syntax_node){.kind = kind, .range = range, .text = {"", 0}};
    return node;
}

enum status scan_count_terms(struct parser *parser, size_t words, size_t position)
{
    parser->syntax->terms += words;
    if (parser->syntax->terms <= SYNTAX_TERMS_MAX) return OK;
    return fail_at(parser->error, LIMIT, position, "the query has more than %d words: shorten it", SYNTAX_TERMS_MAX);
}
