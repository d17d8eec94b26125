/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaves of the tree: words, phrases, values, and the boost behind them. */
#include "searcher/syntax_scan.h"

#include <string.h>

static const struct {
    const char *name;
    enum syntax_field field;
} field_names[] = {
    /* the first name of a field is the one it is printed with */
    {"title", FIELD_TITLE},
    {"text", FIELD_TEXT},
    {"author", FIELD_AUTHOR},
    {"source", FIELD_SOURCE},
    {"language", FIELD_LANGUAGE},
    {"type", FIELD_TYPE},
    {"id", FIELD_ID},
    {"path", FIELD_PATH},
    {"near", FIELD_NEAR},
    {"similar", FIELD_SIMILAR},
    {"url", FIELD_URL},
    {"date", FIELD_DATE},
    {"organization", FIELD_ORGANIZATION},
    {"person", FIELD_PERSON},
    {"place", FIELD_PLACE},
    {"lang", FIELD_LANGUAGE},
    {"organisation", FIELD_ORGANIZATION},
    {"org", FIELD_ORGANIZATION},
    {"per", FIELD_PERSON},
    {"loc", FIELD_PLACE},
};

const char *syntax_field_name(enum syntax_field field)
{
    for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
        if (field_names[i].field == field) return field_names[i].name;
    return "";
}

bool syntax_field_is_value(enum syntax_field field)
{
    return field >= FIELD_LANGUAGE && field <= FIELD_URL;
}

bool syntax_field_is_name(enum syntax_field field)
{
    return field >= FIELD_ORGANIZATION && field <= FIELD_PLACE;
}

enum syntax_field word_field(struct span query, struct range run, size_t *value)
{
    for (size_t at = run.start; at < run.end;) {
        size_t colon = at;
        if (scan_rune(query, &at) != ':') continue;
        struct span name = span_cut(query, run.start, colon);
        for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
            if (span_equal_fold(name, span_of(field_names[i].name))) {
                *value = at;
                return field_names[i].field;
            }
        break;
    }
    return FIELD_NONE;
}

static bool is_one_of(uint32_t rune, const char *set)
{
    return rune > 0 && rune < 0x80 && strchr(set, (int)rune);
}

/* Moves the end of [range] back over the characters of [set]. */
static size_t trim_end(struct span query, struct range range, const char *set)
{
    size_t end = range.end;
    while (end > range.start) {
        size_t start = utf8_floor(query, end - 1);
        if (start < range.start || !is_one_of(scan_peek(query, start), set)) break;
        end = start;
    }
    return end;
}

struct range word_trim(struct span query, struct range run)
{
    while (run.start < run.end) {
        size_t next = run.start;
        if (!is_one_of(scan_rune(query, &next), "-=^:~,;!?")) break;
        run.start = next;
    }
    run.end = trim_end(query, run, ":,;!?");
    return run;
}

struct span scan_text(struct parser *parser, struct range range, enum text_how how)
{
    struct span source = span_cut(parser->query, range.start, range.end), none = {NULL, 0};
    struct arena *arena = &parser->syntax->arena;
    size_t length = 0;
    char *text = arena_bytes(arena, source.length * 3 + 1 /* each byte may become U+FFFD */);
    if (!text) return none;
    bool blank = how != TEXT_WORD; /* the last character was one; leading ones are trimmed */
    for (size_t at = 0; at < source.length;) {
        uint32_t rune = utf8_next(source, &at);
        bool is_blank = how == TEXT_PHRASE ? scan_is_blank(rune) || rune == '"' || rune == 0xFF02
                                           : rune < 0x20 || (rune >= 0x7F && rune < 0xA0);
        if (is_blank) rune = ' ';
        if (rune == ' ' && blank && (how == TEXT_PHRASE || !length)) continue;
        blank = rune == ' ';
        length += utf8_write(text + length, rune);
    }
    if (how != TEXT_WORD)
        while (length && text[length - 1] == ' ') length--;
    text[length] = '\0';
    return (struct span){text, length};
}

static enum status make_leaf(struct syntax_node **out, struct parser *parser, enum syntax_kind kind, struct range range,
                             struct range text, enum text_how how)
{
    struct syntax_node *node = scan_node(parser, kind, range);
    if (!node) return NO_MEMORY;
    node->text = scan_text(parser, text, how);
    if (!node->text.data) return NO_MEMORY;
    size_t words = 1;
    for (size_t i = 0; how == TEXT_PHRASE && i < node->text.length; i++) words += node->text.data[i] == ' ';
    enum status status = scan_count_terms(parser, words, range.start);
    if (!status) *out = node;
    return status;
}

/* Counts one more wildcard in front of whose star stands [text]. */
static enum status check_wildcard(struct parser *parser, struct range text, struct range run)
{
    size_t letters = 0;
    for (size_t at = text.start, start = at; at < text.end; start = at) {
        utf8_next(parser->query, &at);
        letters += scan_has_word(span_cut(parser->query, start, at));
    }
    if (letters < SYNTAX_PREFIX_MIN)
        return fail_at(parser->error, INVALID, run.start,
                       "'%s': a star needs at least %d letters before it (write more of the word, or drop the star)",
                       scan_shown(parser, run), SYNTAX_PREFIX_MIN);
    if (++parser->wildcards > SYNTAX_WILDCARDS_MAX)
        return fail_at(parser->error, LIMIT, run.start, "'%s': at most %d words of a query may end in a star",
                       scan_shown(parser, run), SYNTAX_WILDCARDS_MAX);
    return OK;
}

/* An operator's word that stands for itself is written small, so that it reads, and is read, as the word it is. */
static void lower_operator(struct syntax_node *node)
{
    static const char *const names[] = {"AND", "OR", "NOT", "NEAR", "ADJ"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct span name = span_of(names[i]);
        if (!span_starts(node->text, name)) continue;
        size_t at = name.length;
        bool distance = i >= 3 && at + 1 < node->text.length && scan_rune(node->text, &at) == '/';
        distance = distance && at < node->text.length; /* a wide slash */
        while (distance && at < node->text.length) {
            uint32_t rune = scan_rune(node->text, &at);
            distance = rune >= '0' && rune <= '9';
        }
        if (node->text.length != name.length && !distance) continue;
        char *text = (char *)node->text.data; /* ours: in the arena */
        for (size_t j = 0; j < name.length; j++) text[j] = (char)(text[j] | 0x20);
        return;
    }
}

bool word_is_exact(struct span query, struct range run)
{
    if (run.start == run.end || scan_peek(query, run.start) != '=') return false;
    for (size_t at = run.start; at < run.end;)
        if (scan_rune(query, &at) == '*') return false; /* all words with a star are exact */
    return true;
}

enum status word_parse(struct syntax_node **out, struct parser *parser, struct range run)
{
    struct span query = parser->query;
    *out = NULL;
    bool exact = word_is_exact(query, run);
    struct range word = word_trim(query, run);
    if (!scan_has_word(span_cut(query, word.start, word.end))) {
        if (run.start < run.end && scan_peek(query, run.start) == '*')
            return scan_notice(parser, run, "a star without letters before it: left out");
        return OK;
    }
    size_t star = word.start;
    for (size_t next = star; star < word.end && scan_rune(query, &next) != '*';) star = next;
    if (star == word.end) {
        enum status status =
            make_leaf(out, parser, exact ? SYNTAX_EXACT : SYNTAX_WORD, exact ? run : word, word, TEXT_WORD);
        if (!status && !exact) lower_operator(*out);
        return status;
    }
    if (scan_has_word(span_cut(query, star, word.end)) || star == word.start)
        return fail_at(parser->error, INVALID, star,
                       "'%s': a star can only end a word, as in cyber* (drop it, or write the beginning of the word)",
                       scan_shown(parser, word));
    struct range prefix = {word.start, trim_end(query, (struct range){word.start, star}, ":,;!?")};
    enum status status = check_wildcard(parser, prefix, word);
    return status ? status : make_leaf(out, parser, SYNTAX_PREFIX, word, prefix, TEXT_WORD);
}

enum status word_value(struct syntax_node **out, struct parser *parser, struct range value, bool quoted)
{
    struct span query = parser->query;
    struct range whole = value;
    *out = NULL;
    if (!quoted) {
        while (value.start < value.end && scan_peek(query, value.start) == '=') {
            size_t next = value.start;
            scan_rune(query, &next);
            value.start = next;
        }
        value.end = trim_end(query, value, ",;");
    }
    size_t end = quoted ? value.end : trim_end(query, value, "*");
    bool star = end < value.end;
    if (quoted) { /* "…"* */
        size_t next = value.end;
        scan_rune(query, &next); /* the quote */
        star = scan_peek(query, next) == '*';
        if (star) scan_rune(query, &next);
        if (star) parser->at = next;
    }
    value.end = end;
    if (!span_trim(span_cut(query, value.start, value.end)).length && !star) return OK;
    if (star) {
        enum status status = check_wildcard(parser, value, whole);
        if (status) return status;
    }
    enum status status = make_leaf(out, parser, star ? SYNTAX_PREFIX : SYNTAX_VALUE, whole, value, TEXT_VALUE);
    if (!status && !(*out)->text.length) *out = NULL; /* nothing but control characters */
    return status;
}

enum status word_phrase(struct syntax_node **out, struct parser *parser, struct range inner, struct range whole,
                        bool exact)
{
    *out = NULL;
    if (!scan_has_word(span_cut(parser->query, inner.start, inner.end)))
        return scan_notice(parser, whole, "nothing between the quotes: left out");
    enum status status = make_leaf(out, parser, SYNTAX_PHRASE, whole, inner, TEXT_PHRASE);
    if (!status) (*out)->exact = exact;
    return status;
}

/* Reads "2" or "0.5" as thousandths. */
static bool read_boost(struct span query, struct range number, uint32_t *thousandths)
{
    uint64_t value = 0;
    unsigned decimals = 0, digits = 0;
    bool point = false;
    for (size_t at = number.start; at < number.end;) {
        uint32_t rune = scan_rune(query, &at);
        if (rune == '.' && !point) {
            point = true;
            continue;
        }
        if (rune < '0' || rune > '9') return false;
        digits++;
        if (point && decimals == 3) continue; /* finer than anybody can tell */
        if (value < UINT32_MAX) value = value * 10 + (rune - '0');
        decimals += point;
    }
    for (; decimals < 3; decimals++) value *= 10;
    *thousandths = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
    return digits > 0;
}

size_t word_caret(struct span query, struct range run, bool numeric)
{
    size_t caret = run.end;
    for (size_t at = run.start, start = at; at < run.end; start = at) {
        if (scan_rune(query, &at) != '^' || start == run.start) continue;
        caret = start;
        if (!numeric) break;
    }
    uint32_t ignored;
    if (!numeric || caret == run.end) return caret;
    size_t number = caret;
    scan_rune(query, &number);
    return read_boost(query, (struct range){number, run.end}, &ignored) ? caret : run.end;
}

enum status word_boost(struct syntax_node **node, struct parser *parser)
{
    struct span query = parser->query;
    size_t caret = parser->at, start = caret;
    if (scan_rune(query, &start) != '^') return OK;
    struct range number = {start, scan_run_end(query, start)};
    parser->at = number.end;
    number.end = trim_end(query, number, ".,;:!?");
    struct range whole = {caret, number.end};
    if (number.start == number.end) return scan_notice(parser, whole, "no number after '^': left out");
    uint32_t thousandths;
    if (!read_boost(query, number, &thousandths))
        return fail_at(parser->error, INVALID, number.start, "boost '%s' is not a number: write word^2 or word^0.5",
                       scan_shown(parser, number));
    if (thousandths > SYNTAX_BOOST_MAX * 1000)
        return fail_at(parser->error, LIMIT, number.start, "boost '%s' is too large: the most is %d",
                       scan_shown(parser, number), SYNTAX_BOOST_MAX);
    if (!*node) return OK;
    struct syntax_node *boost = scan_node(parser, SYNTAX_BOOST, (struct range){(*node)->range.start, number.end});
    if (!boost) return NO_MEMORY;
    boost->boost = thousandths / 1000.0;
    boost->child = *node;
    boost->count = 1;
    *node = boost;
    return OK;
}
