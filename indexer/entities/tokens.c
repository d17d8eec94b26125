/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/tokens.h"

#include "indexer/entities/shape.h"

#include <string.h>

enum {
    LINE_SHORT = 45, /* bytes: a shorter line is a heading or the end of a paragraph, not one wrapped by a program */
    LINE_LONG = 120  /* bytes: a longer line is a whole paragraph */
};

void tokeniser_init(struct tokeniser *tokeniser, struct span text)
{
    memset(tokeniser, 0, sizeof *tokeniser);
    tokeniser->text = text;
    tokeniser->sentence = true;
}

/* Abbreviations that keep their full stop, lower-case; besides them, single letters and letters with stops between. */
static const char *const abbreviations[] = {
    "adj", "adm", "apr",    "assn", "asst", "aug",  "ave",  "bhd",  "bldg", "blvd", "brig", "bros", "capt", "cmdr",
    "co",  "col", "comdr",  "corp", "cpl",  "dec",  "dept", "det",  "dist", "dr",   "drs",  "esq",  "etc",  "feb",
    "fig", "fr",  "ft",     "gen",  "gov",  "hon",  "inc",  "insp", "jan",  "jr",   "jul",  "jun",  "lt",   "ltd",
    "maj", "mar", "messrs", "mgr",  "mr",   "mrs",  "ms",   "mt",   "nov",  "oct",  "ph.d", "pres", "prof", "pte",
    "pvt", "rep", "reps",   "rev",  "sen",  "sens", "sep",  "sept", "sgt",  "sr",   "st",   "supt", "univ", "viz",
    "vs",  "ste", "msgr",   "gens", "govs", "dato", "hj",   "tmn",  "jln",  "kg",
};

/* Words that begin a sentence rather than go on with a name, after an abbreviation. */
static const char *const starters[] = {
    "The",  "A",    "An", "In", "It",   "He",    "She",  "They", "We",   "I",     "But",   "And",   "This",
    "That", "At",   "On", "As", "For",  "If",    "His",  "Her",  "Its",  "There", "These", "Those", "However",
    "Mr.",  "Some", "By", "To", "When", "While", "With", "You",  "What", "After", "Since", "Their",
};

static bool is_listed(struct span word, const char *const *list, size_t count, bool fold)
{
    char first = word.length ? word.data[0] : 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i][0] != first && !(fold && list[i][0] == (first | 32))) continue;
        struct span entry = span_of(list[i]);
        if (fold ? span_equal_fold(word, entry) : span_equal(word, entry)) return true;
    }
    return false;
}

#define LISTED(word, list, fold) is_listed(word, list, sizeof list / sizeof *list, fold)

/* What a byte is, as far as one byte tells. */
enum byte_class {
    BYTE_PLAIN, /* letters, digits, hyphens: part of a word */
    BYTE_SPACE, /* white space and control characters, NUL among them */
    BYTE_SIGN,  /* stands alone */
    BYTE_LOOK,  /* full stops, apostrophes, hyphens: depends on what is around */
    BYTE_WIDE   /* part of a longer character */
};

static enum byte_class class_of(unsigned char byte)
{
    /* clang-format off */
    static const uint8_t classes[128] = {
        ['!'] = BYTE_SIGN, ['"'] = BYTE_SIGN, ['#'] = BYTE_SIGN, ['$'] = BYTE_SIGN, ['%'] = BYTE_SIGN,
        ['&'] = BYTE_SIGN, ['\''] = BYTE_LOOK, ['('] = BYTE_SIGN, [')'] = BYTE_SIGN, ['*'] = BYTE_SIGN,
        ['+'] = BYTE_SIGN, [','] = BYTE_SIGN, ['-'] = BYTE_LOOK, ['.'] = BYTE_LOOK, ['/'] = BYTE_SIGN,
        [':'] = BYTE_SIGN, [';'] = BYTE_SIGN, ['<'] = BYTE_SIGN, ['='] = BYTE_SIGN, ['>'] = BYTE_SIGN,
        ['?'] = BYTE_SIGN, ['@'] = BYTE_SIGN, ['['] = BYTE_SIGN, ['\\'] = BYTE_SIGN, [']'] = BYTE_SIGN,
        ['^'] = BYTE_SIGN, ['_'] = BYTE_SIGN, ['`'] = BYTE_LOOK, ['{'] = BYTE_SIGN, ['|'] = BYTE_SIGN,
        ['}'] = BYTE_SIGN, ['~'] = BYTE_SIGN, [127] = BYTE_SPACE,
    };
    /* clang-format on */
    if (byte >= 0x80) return BYTE_WIDE;
    return byte <= ' ' ? BYTE_SPACE : (enum byte_class)classes[byte];
}

static bool is_letter_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Bytes of white space at [at]: ASCII, and the no-break, thin, zero-width and ideographic spaces. */
static size_t space_at(struct span text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];
    if (byte < 0xC2) return class_of(byte) == BYTE_SPACE;
    if (byte != 0xC2 && (byte < 0xE1 || byte > 0xE3) && byte != 0xEF) return 0;
    size_t next = at;
    uint32_t rune = utf8_next(text, &next);
    if (rune == 0xA0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200B) || rune == 0x2028 || rune == 0x2029 ||
        rune == 0x202F || rune == 0x205F || rune == 0x2060 || rune == 0x3000 || rune == 0xFEFF || rune == 0x85)
        return next - at;
    return 0;
}

enum sign { SIGN_NONE, SIGN_ANY, SIGN_DASH, SIGN_APOSTROPHE };

/* The sign that [text] begins with at [at], and its length: what stands alone as a token. */
static enum sign sign_at(size_t *length, struct span text, size_t at, size_t end)
{
    unsigned char byte = (unsigned char)text.data[at];
    *length = 1;
    if (byte < 0x80) {
        if (byte == '\'' || byte == '`') {
            if (at + 1 < end && text.data[at + 1] == text.data[at]) *length = 2;
            return *length == 2 ? SIGN_ANY : SIGN_APOSTROPHE;
        }
        if (byte == '-' && at + 1 < end && text.data[at + 1] == '-') {
            while (at + *length < end && text.data[at + *length] == '-') ++*length;
            return SIGN_DASH;
        }
        if (byte == '.' && at + 2 < end && text.data[at + 1] == '.' && text.data[at + 2] == '.') {
            while (at + *length < end && text.data[at + *length] == '.') ++*length;
            return SIGN_ANY;
        }
        return class_of(byte) == BYTE_SIGN ? SIGN_ANY : SIGN_NONE;
    }
    size_t next = at;
    uint32_t rune = utf8_next(text, &next);
    *length = next - at;
    if (rune == 0x2019 || rune == 0x2018) return SIGN_APOSTROPHE;
    if (rune == 0x2014 || rune == 0x2015 || rune == 0x2013) return SIGN_DASH;
    return rune_is_letter(rune) || rune == 0x2010 || rune == 0x2011 || rune == 0xFFFD ? SIGN_NONE : SIGN_ANY;
}

static void push(struct tokeniser *tokeniser, size_t start, size_t end)
{
    if (start == end) return;
    struct tag_token *token = &tokeniser->ahead[tokeniser->ahead_count++];
    *token = (struct tag_token){start, (uint32_t)(end - start), false};
}

/* Pushes the word [start, end), which holds no sign, less an ending like 's or n't that stands alone. */
static void push_word(struct tokeniser *tokeniser, size_t start, size_t end)
{
    static const char *const endings[] = {"'s",  "'S", "'re", "'RE", "'ve", "'VE", "'ll",
                                          "'LL", "'d", "'D",  "'m",  "'M",  "n't", "N'T"};
    static const char *const curly[] = {"’s",  "’S", "’re", "’RE", "’ve", "’VE", "’ll",
                                        "’LL", "’d", "’D",  "’m",  "’M",  "n’t", "N’T"};
    size_t near = end - start > 5 ? end - 5 : start;
    while (near < end && tokeniser->text.data[near] != '\'' && tokeniser->text.data[near] != '\xE2') near++;
    if (near == end) {
        push(tokeniser, start, end);
        return;
    }
    const char *const *lists[] = {endings, curly};
    for (size_t set = 0; set < 2; set++)
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            size_t length = strlen(lists[set][i]);
            if (end - start <= length || memcmp(tokeniser->text.data + end - length, lists[set][i], length) != 0)
                continue;
            push(tokeniser, start, end - length);
            push(tokeniser, end - length, end);
            return;
        }
    push(tokeniser, start, end);
}

/* Whether the full stop that ends [word] belongs to it. */
static bool keeps_stop(struct span word)
{
    struct span body = span_cut(word, 0, word.length - 1);
    if (body.length == 1) return is_letter_byte(body.data[0]) && body.data[0] >= 'A' && body.data[0] <= 'Z';
    if (memchr(body.data, '.', body.length)) { /* U.S., a.m., Ph.D.: short pieces between stops */
        size_t piece = 0;
        for (size_t i = 0; i < body.length; i++) {
            piece = body.data[i] == '.' ? 0 : piece + 1;
            if (piece > 2 || (body.data[i] != '.' && !is_letter_byte(body.data[i]))) return false;
        }
        return true;
    }
    return LISTED(body, abbreviations, true);
}

/* Whether [run] is a URL or an e-mail address. */
static bool is_address(struct span run)
{
    const char *at = memchr(run.data, '@', run.length);
    if (at && at != run.data) return memchr(run.data, '.', run.length) != NULL;
    return (memchr(run.data, ':', run.length) && memmem(run.data, run.length, "://", 3)) ||
           (run.data[0] == 'w' && span_starts(run, SPAN("www.")));
}

/* Splits what stands between two white spaces. Reads at most to the room of [ahead]; the rest is left for later. */
static size_t split_run(struct tokeniser *t, size_t start, size_t end)
{
    const char *data = t->text.data;
    struct span run = span_cut(t->text, start, end);
    if (run.length > 3 && is_address(run)) {
        size_t stop = end;
        while (stop > start + 1 && memchr(".,;:!?)\"'>]", data[stop - 1], 11)) stop--;
        push(t, start, stop);
        return stop;
    }
    size_t word = start, at = start;
    while (at < end && t->ahead_count + 4 < TOKENISER_AHEAD) {
        size_t length;
        while (at < end && class_of((unsigned char)data[at]) == BYTE_PLAIN) at++;
        if (at == end) break;
        enum sign sign = sign_at(&length, t->text, at, end);
        bool inside = at > word && at + length < end;
        if (sign == SIGN_NONE) {
            at += length;
            /* A full stop is a sign only at the end of the run, quotes and brackets behind it not counted. */
            if (data[at - 1] != '.' || at - 1 == word) continue;
            size_t after = at, ignored;
            while (after < end && sign_at(&ignored, t->text, after, end) != SIGN_NONE) after += ignored;
            if (after < end || keeps_stop(span_cut(t->text, word, at))) continue;
            push_word(t, word, at - 1);
            push(t, at - 1, at);
            word = at;
            continue;
        }
        if (sign == SIGN_APOSTROPHE && inside && is_letter_byte(data[at + length])) {
            at += length; /* don't, O'Brien: inside a word */
            continue;
        }
        if (inside && (data[at] == ',' || data[at] == ':') && is_digit(data[at - 1]) && is_digit(data[at + 1])) {
            at += length;
            continue;
        }
        if (inside && (data[at] == '&' || data[at] == '_' || data[at] == '+') && at - word < 3) {
            at += length; /* AT&T */
            continue;
        }
        if ((data[at] == '#' || data[at] == '@') && at == word && at + length < end &&
            is_letter_byte(data[at + length])) {
            at += length; /* a tag or a handle */
            continue;
        }
        push_word(t, word, at);
        push(t, at, at + length);
        at += length;
        word = at;
    }
    if (at >= end) {
        push_word(t, word, at);
        word = at;
    }
    return word > start ? word : end;
}

/* Whether the line break at [at] ends a sentence; *[next] is where the text goes on. */
static bool break_ends(const struct tokeniser *t, size_t at, size_t *next)
{
    size_t breaks = 0, end = at, indent = 0;
    for (size_t space; end < t->text.length && (space = space_at(t->text, end)) != 0; end += space) {
        indent++;
        if (t->text.data[end] == '\n') breaks++, indent = 0;
    }
    *next = end;
    if (end == t->text.length || breaks == 0) return false;
    size_t line = at - t->line_start;
    char byte = t->text.data[end];
    if (breaks > 1) return true;
    if (byte >= 'a' && byte <= 'z') return false;
    if (line < LINE_SHORT || line > LINE_LONG || indent >= 2) return true;
    struct span ahead = span_cut(t->text, end, end + LINE_LONG);
    return ahead.length == LINE_LONG && !memchr(ahead.data, '\n', ahead.length);
}

static bool ends_sentence(struct span word)
{
    char byte = word.data[0];
    if (byte == '.' || byte == '!' || byte == '?') return true;
    return (unsigned char)byte >= 0xE2 &&
           (span_equal(word, SPAN("…")) || span_equal(word, SPAN("。")) || span_equal(word, SPAN("！")));
}

static bool closes(struct span word)
{
    static const char *const closers[] = {"\"", "'", "''", ")", "]", "”", "’", "»"};
    return LISTED(word, closers, false);
}

/* Settles whether [token] begins a sentence, and whether the next one may. */
static void settle(struct tokeniser *t, struct tag_token *token, bool spaced)
{
    struct span word = span_cut(t->text, token->start, token->start + token->length);
    token->sentence = t->sentence;
    if (t->ended && !t->sentence) {
        if (closes(word) && !spaced) return;
        bool small = word.data[0] >= 'a' && word.data[0] <= 'z';
        token->sentence = spaced && !small;
    }
    if (t->shortened && spaced && LISTED(word, starters, false)) token->sentence = true;
    t->sentence = false;
    t->ended = ends_sentence(word);
    t->shortened = word.length > 1 && word.data[word.length - 1] == '.';
}

bool tokeniser_next(struct tokeniser *t, struct tag_token *token)
{
    bool spaced = false;
    if (t->ahead_first == t->ahead_count) {
        size_t next = t->at, end;
        t->ahead_first = t->ahead_count = 0;
        if (t->at < t->text.length && space_at(t->text, t->at)) {
            spaced = true;
            if (break_ends(t, t->at, &next)) t->sentence = true;
            for (size_t i = t->at; i < next; i++)
                if (t->text.data[i] == '\n') t->line_start = i + 1;
        }
        t->at = next;
        if (t->at >= t->text.length) return false;
        for (end = t->at; end < t->text.length && end - t->at < TOKEN_BYTES_MAX && !space_at(t->text, end);) {
            if ((unsigned char)t->text.data[end] < 0x80)
                end++;
            else
                utf8_next(t->text, &end);
        }
        t->at = split_run(t, t->at, end);
    }
    *token = t->ahead[t->ahead_first++];
    settle(t, token, spaced);
    return true;
}
