/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the query parser: its state, its tokens and its tools. Nobody else includes this.
 *
 * Takes bytes of a query; gives tokens with their place, and words, dates and numbers read from them; never builds more
 * than leaves of the tree.
 */
#ifndef SEARCHER_SYNTAX_SCAN_H
#define SEARCHER_SYNTAX_SCAN_H

#include "searcher/syntax.h"

enum scan_kind {
    SCAN_END,
    SCAN_OPEN,  /* ( */
    SCAN_CLOSE, /* ) */
    SCAN_QUOTE, /* a whole quoted text; inner is between the quotes */
    SCAN_MINUS, /* - at the start of a term */
    SCAN_NOT,
    SCAN_AND,
    SCAN_OR,
    SCAN_NEAR,
    SCAN_ADJ,
    SCAN_RUN /* anything else up to white space, a parenthesis or a quote */
};

struct scan_token {
    enum scan_kind kind;
    struct range range, inner;
    uint32_t distance; /* of NEAR and ADJ */
};

/* The kinds of quotes, by what closes them; for each the parser remembers that no closing one is left. */
enum { SCAN_QUOTES = 5 };

struct parser {
    struct syntax *syntax;
    struct span query;
    struct error *error;
    bool strict;
    bool shouted; /* all in capitals: AND, OR and NOT are words */
    bool peeked;
    bool unclosed[SCAN_QUOTES];
    struct scan_token token; /* when peeked */
    size_t at;               /* where the next token is looked for */
    size_t depth, wildcards;
    enum syntax_field field; /* of the field whose parentheses we are in */
    struct syntax_notice notices[SYNTAX_NOTICES_MAX];
};

/* The character at [at], full-width forms as their ASCII ones, and moves [at] past it; UINT32_MAX at the end. */
uint32_t scan_rune(struct span text, size_t *at);
uint32_t scan_peek(struct span text, size_t at); /* the same, without moving */
bool scan_is_blank(uint32_t rune);               /* white space and control characters */

/* True when [text] has a character that can be part of a word: a letter, a digit, a symbol that is not punctuation. */
bool scan_has_word(struct span text);

/* True for a text of several words all in capitals without any other sign of the syntax, in which AND, OR and NOT
 * stand: a headline, not a combination of terms. */
bool scan_is_shouted(struct span query);

/* True for a long text without operators and fields: something pasted in to find what is like it. When [strict],
 * only if nothing in it could have been meant as syntax. */
bool scan_is_pasted(struct span query, bool strict);

/* Makes a SEQUENCE of the words of a query that scan_is_pasted. Returns OK, NO_MEMORY. */
enum status pasted_parse(struct syntax_node **out, struct parser *parser);

/* The next token, without taking it. Returns OK, INVALID (a distance that is none), NO_MEMORY. */
enum status scan_token(struct parser *parser, struct scan_token *out);
void scan_take(struct parser *parser); /* takes what scan_token gave */

/* The quoted text that begins exactly at [at], if there is one. */
bool scan_quote(struct parser *parser, size_t at, struct scan_token *out);

/* True for a binary operator. */
bool scan_is_binary(enum scan_kind kind);

/* The end of a run that begins at [start]: white space, a separator, a parenthesis or a quote. */
size_t scan_run_end(struct span query, size_t start);

/* The end of a raw value that begins at [start]: white space, a quote, or a ) without its ( in the value. */
size_t scan_value_end(struct span query, size_t start);

/* Keeps a notice about [range], or fails with it when strict. Returns OK, INVALID, NO_MEMORY. */
enum status scan_notice(struct parser *parser, struct range range, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* At most 60 bytes of [range] of the query, well-formed, for messages; in the arena. "" when out of memory. */
const char *scan_shown(struct parser *parser, struct range range);

/* A fresh node. NULL when out of memory. */
struct syntax_node *scan_node(struct parser *parser, enum syntax_kind kind, struct range range);

enum text_how { TEXT_WORD, TEXT_PHRASE, TEXT_VALUE };

/* Counts [words] more. Returns OK, LIMIT at [position] when there are too many. */
enum status scan_count_terms(struct parser *parser, size_t words, size_t position);

/* Copies [range] of the query as a node's text: ill-formed bytes as U+FFFD, control characters as blanks; for a phrase
 * also quotes as blanks and white space folded; trimmed but for words. Data is NULL when out of memory. */
struct span scan_text(struct parser *parser, struct range range, enum text_how how);

/* True for "=word". */
bool word_is_exact(struct span query, struct range run);

/* Makes a leaf of a run of the query, without boost: WORD, EXACT or PREFIX, or NULL for punctuation alone. */
enum status word_parse(struct syntax_node **out, struct parser *parser, struct range run);

/* Makes a leaf of a value ([quoted], or as scan_value_end found it): VALUE or PREFIX, NULL when empty. */
enum status word_value(struct syntax_node **out, struct parser *parser, struct range value, bool quoted);

/* Makes a PHRASE of the text between quotes, NULL when there is no word in it. */
enum status word_phrase(struct syntax_node **out, struct parser *parser, struct range inner, struct range whole,
                        bool exact);

/* Where the text before a boost ends: at the ^ of "word^2", else at the end of [run]. With [numeric] only a ^ with a
 * number after it counts. */
size_t word_caret(struct span query, struct range run, bool numeric);

/* Reads the boost "^2" at parser->at, if there is one, and wraps [node] (NULL stays NULL). */
enum status word_boost(struct syntax_node **node, struct parser *parser);

/* [run] without the punctuation around it that could be taken for syntax and means nothing. */
struct range word_trim(struct span query, struct range run);

/* The field whose name and colon [run] begins with, and where its value begins. FIELD_NONE when it has none. */
enum syntax_field word_field(struct span query, struct range run, size_t *value);

/* Makes a RANGE of a date or range of dates. Returns OK, INVALID, NO_MEMORY. */
enum status query_date_parse(struct syntax_node **out, struct parser *parser, struct range value);

#endif
