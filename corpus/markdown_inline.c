/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/markdown_inline.h"

#include <stdlib.h>
#include <string.h>

enum { NESTED_MAX = 4 /* links within pictures within links; deeper ones stay as they are */ };

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\0';
}

static char at(struct span line, size_t i)
{
    return i < line.length ? line.data[i] : '\0';
}

static size_t run_of(struct span line, size_t start)
{
    size_t end = start;
    while (end < line.length && line.data[end] == line.data[start]) end++;
    return end - start;
}

/* How far a partner is sought, paid for from [work]. */
static size_t reach(struct span line, size_t start, size_t *work)
{
    size_t length = start < line.length ? line.length - start : 0;
    if (length > MARK_REACH) length = MARK_REACH;
    if (length > *work) length = *work;
    return start + length;
}

static size_t spend(size_t *work, size_t bytes, size_t result)
{
    *work -= bytes < *work ? bytes : *work;
    return result;
}

/* The start of the run that closes the one of [length] marks before [from], or 0. */
static size_t closing_run(struct span line, size_t from, char mark, size_t length, size_t *work)
{
    size_t end = reach(line, from, work);
    for (size_t i = from; i < end;) {
        if (line.data[i] == '\\') {
            i += 2;
            continue;
        }
        if (line.data[i] != mark) {
            i++;
            continue;
        }
        size_t run = run_of(line, i);
        bool closes = i > from && !is_space(line.data[i - 1]) && (mark != '_' || !is_word(at(line, i + run)));
        if (run == length && closes) return spend(work, i - from, i);
        i += run;
    }
    return spend(work, end - from, 0);
}

/* The bracket that closes the one at [open], or 0. */
static size_t closing_bracket(struct span line, size_t open, char left, char right, size_t *work)
{
    size_t depth = 0, end = reach(line, open, work);
    for (size_t i = open; i < end; i++) {
        if (line.data[i] == '\\')
            i++;
        else if (line.data[i] == left)
            depth++;
        else if (line.data[i] == right && --depth == 0)
            return spend(work, i - open, i);
    }
    return spend(work, end - open, 0);
}

static enum status append_inline(struct buffer *out, struct span line, int depth, size_t *work);

/* "[text](address)", "[text][reference]", "![…](…)", "[^note]". *[i] is at the bracket and moves past all of it. False
 * when it is none of these. */
static bool link_at(struct span line, size_t *i, struct span *text, size_t *work)
{
    size_t close = closing_bracket(line, *i, '[', ']', work);
    if (!close) return false;
    *text = span_cut(line, *i + 1, close);
    char next = at(line, close + 1);
    if (at(line, *i + 1) == '^') { /* a note's number says nothing */
        *text = (struct span){line.data, 0};
        *i = close + 1 + (next == ':');
        return true;
    }
    size_t end = 0;
    if (next == '(') end = closing_bracket(line, close + 1, '(', ')', work);
    if (next == '[') end = closing_bracket(line, close + 1, '[', ']', work);
    if (!end) return false;
    *i = end + 1;
    return true;
}

/* "<b>", "</b>", "<br/>", "<!-- … -->", "<https://…>", "<a@b.org>": *[kept] is what stays of it. */
static bool tag_at(struct span line, size_t *i, struct span *kept, size_t *work)
{
    *kept = (struct span){line.data, 0};
    struct span rest = span_cut(line, *i, reach(line, *i, work));
    spend(work, rest.length, 0);
    if (span_starts(rest, SPAN("<!--"))) {
        const char *end = memmem(rest.data, rest.length, "-->", 3);
        if (!end) return false;
        *i += (size_t)(end - rest.data) + 3;
        return true;
    }
    const char *end = memchr(rest.data, '>', rest.length);
    char first = at(rest, 1), second = at(rest, 2);
    if (!end) return false;
    struct span inside = span_cut(rest, 1, (size_t)(end - rest.data));
    bool letter = (first | 0x20) >= 'a' && (first | 0x20) <= 'z';
    bool closing = first == '/' && (second | 0x20) >= 'a' && (second | 0x20) <= 'z';
    if (!letter && !closing) return false;
    bool address = !memchr(inside.data, ' ', inside.length) &&
                   (memmem(inside.data, inside.length, "://", 3) || memchr(inside.data, '@', inside.length));
    if (address) *kept = inside;
    *i += inside.length + 2;
    return true;
}

/* "&amp;", "&#8217;" and the like. */
static bool reference_at(struct span line, size_t *i, uint32_t *rune)
{
    static const struct {
        const char *name;
        uint32_t rune;
    } names[] = {{"&amp;", '&'},      {"&lt;", '<'},       {"&gt;", '>'},       {"&quot;", '"'},
                 {"&nbsp;", ' '},     {"&ndash;", 0x2013}, {"&mdash;", 0x2014}, {"&rsquo;", 0x2019},
                 {"&lsquo;", 0x2018}, {"&rdquo;", 0x201D}, {"&ldquo;", 0x201C}, {"&hellip;", 0x2026}};
    for (size_t name = 0; name < sizeof names / sizeof *names; name++)
        if (span_starts(span_cut(line, *i, line.length), span_of(names[name].name))) {
            *i += strlen(names[name].name);
            *rune = names[name].rune;
            return true;
        }
    if (at(line, *i + 1) != '#') return false;
    bool hexadecimal = (at(line, *i + 2) | 0x20) == 'x';
    char digits[9];
    size_t start = *i + 2 + hexadecimal, length = 0;
    while (length < sizeof digits - 1 && at(line, start + length) && at(line, start + length) != ';') {
        digits[length] = line.data[start + length];
        length++;
    }
    digits[length] = '\0';
    char *end;
    unsigned long value = strtoul(digits, &end, hexadecimal ? 16 : 10);
    if (!length || *end || at(line, start + length) != ';' || digits[0] == '-' || digits[0] == '+') return false;
    *rune = value < ' ' ? ' ' : (uint32_t)value;
    *i = start + length + 1;
    return true;
}

/* Emphasis and strike-through: drops a run of marks when its partner follows, with what is between as it comes. */
static bool emphasis_at(struct span line, size_t i, size_t *length, size_t *close, size_t *work)
{
    char mark = line.data[i];
    *length = run_of(line, i);
    if (*length > 3 || (mark == '~' && *length != 2) || is_space(at(line, i + *length))) return false;
    if (mark == '_' && i && is_word(line.data[i - 1])) return false;
    *close = closing_run(line, i + *length, mark, *length, work);
    return *close != 0;
}

static enum status append_marked(struct buffer *out, struct span line, size_t *i, int depth, size_t *work)
{
    size_t length, close;
    struct span inside;
    uint32_t rune;
    char c = line.data[*i];
    bool picture = c == '!' && at(line, *i + 1) == '[';
    size_t link = *i + picture;
    if (c == '\\' && is_punctuation(at(line, *i + 1))) {
        *i += 2;
        return buffer_append_byte(out, line.data[*i - 1]);
    }
    if (c == '`') {
        length = run_of(line, *i);
        close = closing_run(line, *i + length, '`', length, work);
        if (!close) {
            *i += length;
            return buffer_append(out, line.data + *i - length, length);
        }
        inside = span_trim(span_cut(line, *i + length, close));
        *i = close + length;
        return buffer_append_span(out, inside);
    }
    if ((c == '*' || c == '_' || c == '~') && depth < NESTED_MAX) {
        if (emphasis_at(line, *i, &length, &close, work)) {
            inside = span_cut(line, *i + length, close);
            *i = close + length;
            return append_inline(out, inside, depth + 1, work);
        }
        *i += length;
        return buffer_append(out, line.data + *i - length, length);
    }
    if ((picture || c == '[') && depth < NESTED_MAX && link_at(line, &link, &inside, work)) {
        *i = link;
        return append_inline(out, inside, depth + 1, work);
    }
    if (c == '<' && tag_at(line, i, &inside, work)) return buffer_append_span(out, inside);
    if (c == '&' && reference_at(line, i, &rune)) return buffer_append_rune(out, rune);
    ++*i;
    return buffer_append_byte(out, c);
}

static enum status append_inline(struct buffer *out, struct span line, int depth, size_t *work)
{
    enum status status = OK;
    for (size_t i = 0; i < line.length && !status;) {
        size_t plain = i;
        while (i < line.length && !strchr("\\`*_~![<&", line.data[i])) i++;
        status = buffer_append(out, line.data + plain, i - plain);
        if (!status && i < line.length) status = append_marked(out, line, &i, depth, work);
    }
    return status;
}

enum status markdown_inline(struct buffer *out, struct span line, size_t *work)
{
    return append_inline(out, line, 0, work);
}
