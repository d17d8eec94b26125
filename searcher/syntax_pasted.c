/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Long texts pasted in to find what is like them: quotes, parentheses and dashes in an article are no query language. */
#include "searcher/syntax_scan.h"

#include <string.h>

enum {
    PASTED_WORDS_MIN = 200,     /* nobody types as many; the longest queries of reference librarians have operators */
    PASTED_WORDS_PER_SIGN = 20, /* words for each AND, OR, NOT, NEAR or ADJ: in queries meant as such it is 2 to 4 */
    SIGN_BYTES_MAX = 4          /* of an operator's name */
};

/* True for what separates words in a text, beside white space: signs of the syntax inside words, quotes, parentheses.
 */
static bool separates(uint32_t rune)
{
    if (scan_is_blank(rune)) return true;
    if (rune < 0x80) return rune && strchr("\"()*=^", (int)rune);
    return (rune >= 0x201C && rune <= 0x201F) || rune == 0xAB || rune == 0xBB;
}

/* The next run from *[at] on that has a word in it, trimmed. False at the end. */
static bool next_word(struct range *out, struct span query, size_t *at)
{
    while (*at < query.length) {
        size_t start = *at, end = start;
        while (*at < query.length && (end = *at, !separates(scan_rune(query, at)))) end = *at;
        struct range run = {start, end};
        *out = word_trim(query, run);
        if (out->start < out->end && scan_has_word(span_cut(query, out->start, out->end))) return true;
    }
    return false;
}

static bool is_sign(struct span word)
{
    static const char *const signs[] = {"AND", "OR", "NOT", "NEAR", "ADJ"};
    const char *slash = word.length ? memchr(word.data, '/', word.length) : NULL;
    struct span name = slash ? span_cut(word, 0, (size_t)(slash - word.data)) : word;
    if (name.length > SIGN_BYTES_MAX) return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_equal(name, span_of(signs[i]))) return true;
    return false;
}

/* True for date:2014 and its like, which is meant as a restriction even beside a long text. */
static bool is_field(struct span query, struct range word)
{
    size_t value;
    return word_field(query, word, &value) != FIELD_NONE && value < word.end;
}

/* True when the text between two words, or a word, would have meant something else in a short query. */
static bool has_meaning(struct span query, struct range gap, struct range word)
{
    for (size_t at = gap.start; at < gap.end;) {
        uint32_t rune = scan_rune(query, &at);
        if (separates(rune) ? !scan_is_blank(rune) : rune == '-' && at == word.start) return true;
    }
    return is_sign(span_cut(query, word.start, word.end));
}

bool scan_is_pasted(struct span query, bool strict)
{
    size_t words = 0, signs = 0, before = 0;
    struct range word;
    if (query.length < 2 * PASTED_WORDS_MIN) return false;
    for (size_t at = 0; next_word(&word, query, &at); before = word.end, words++) {
        if (is_field(query, word)) return false;
        if (strict && has_meaning(query, (struct range){before, word.start}, word)) return false;
        signs += is_sign(span_cut(query, word.start, word.end));
    }
    return words >= PASTED_WORDS_MIN && signs * PASTED_WORDS_PER_SIGN < words;
}

/* An operator that stands for itself is written small, so that it reads, and is read, as the word it is. */
static void lower(struct span sign)
{
    char *text = (char *)sign.data; /* ours: in the arena */
    for (size_t i = 0; i < sign.length && text[i] != '/'; i++) text[i] = (char)(text[i] | 0x20);
}

enum status pasted_parse(struct syntax_node **out, struct parser *parser)
{
    struct span query = parser->query;
    struct syntax_node *sequence = scan_node(parser, SYNTAX_SEQUENCE, (struct range){0, query.length}), *last = NULL;
    struct range word;
    bool meaning = false;
    if (!sequence) return NO_MEMORY;
    for (size_t at = 0, before = 0; next_word(&word, query, &at); before = word.end) {
        struct syntax_node *node = scan_node(parser, SYNTAX_WORD, word);
        if (!node) return NO_MEMORY;
        node->text = scan_text(parser, word, TEXT_WORD);
        if (!node->text.data) return NO_MEMORY;
        if (is_sign(node->text)) lower(node->text);
        meaning = meaning || has_meaning(query, (struct range){before, word.start}, word);
        if (last)
            last->next = node;
        else
            sequence->child = node;
        last = node;
        sequence->count++;
    }
    parser->syntax->terms = sequence->count;
    sequence->range = (struct range){sequence->child->range.start, last->range.end};
    *out = sequence;
    if (!meaning) return OK;
    return scan_notice(parser, (struct range){0, query.length},
                       "a long text: quotes, parentheses and operators in it are taken as text");
}
