/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/markdown.h"

#include "corpus/lines.h"
#include "corpus/markdown_inline.h"

#include <string.h>

enum {
    WORK_MIN = 1024 * 1024, /* bytes looked through for partners of marks in a short text */
    WORK_SHARE = 16         /* and per byte of a long one */
};

struct markdown {
    struct buffer out;
    struct range title;
    int title_level; /* 0 while there is none */
    bool body;       /* a paragraph of running text was seen */
    bool comment;    /* within an HTML comment of several lines */
    char fence;      /* '`' or '~' within a block of code */
    size_t fence_length;
    size_t work; /* see markdown_inline */
};

static char first_byte(struct span text)
{
    return text.length ? text.data[0] : '\0';
}

static size_t leading(struct span text, char c)
{
    size_t n = 0;
    while (n < text.length && text.data[n] == c) n++;
    return n;
}

static bool only(struct span text, const char *allowed)
{
    for (size_t i = 0; i < text.length; i++)
        if (!text.data[i] || !strchr(allowed, text.data[i])) return false;
    return text.length > 0;
}

/* Three or more of one mark, with spaces between them or none: a line drawn across the page. */
static bool is_rule(struct span bare)
{
    char c = first_byte(bare);
    if (c != '-' && c != '*' && c != '_') return false;
    size_t marks = 0;
    for (size_t i = 0; i < bare.length; i++) {
        if (bare.data[i] == c)
            marks++;
        else if (bare.data[i] != ' ' && bare.data[i] != '\t')
            return false;
    }
    return marks >= 3;
}

/* 1 or 2 when [bare] underlines the line before it as a heading, else 0. */
static int underline_level(struct span bare)
{
    if (only(bare, "=")) return 1;
    return bare.length >= 2 && only(bare, "-") ? 2 : 0;
}

/* The level of "## Heading", and its text without the marks; else 0. */
static int heading_level(struct span bare, struct span *text)
{
    size_t level = leading(bare, '#');
    if (level < 1 || level > 6 || (level < bare.length && bare.data[level] != ' ' && bare.data[level] != '\t'))
        return 0;
    struct span inside = span_trim(span_cut(bare, level, bare.length));
    size_t end = inside.length;
    while (end && inside.data[end - 1] == '#') end--;
    if (end == 0 || inside.data[end - 1] == ' ') inside = span_trim(span_cut(inside, 0, end));
    *text = inside;
    return (int)level;
}

/* "[name]: address" */
static bool is_definition(struct span bare)
{
    if (first_byte(bare) != '[' || (bare.length > 1 && bare.data[1] == '^')) return false;
    const char *close = memchr(bare.data, ']', bare.length);
    return close && close + 1 < bare.data + bare.length && close[1] == ':';
}

static enum status end_line(struct markdown *markdown)
{
    return buffer_append_byte(&markdown->out, '\n');
}

static enum status put_heading(struct markdown *markdown, struct span text, int level)
{
    size_t start = markdown->out.length;
    enum status status = markdown_inline(&markdown->out, text, &markdown->work);
    struct range range = {start, markdown->out.length};
    bool better = markdown->title_level == 0 ? level == 1 || !markdown->body : level == 1 && markdown->title_level > 1;
    if (better && range.end > range.start) {
        markdown->title = range;
        markdown->title_level = level;
    }
    return status ? status : end_line(markdown);
}

/* "| a | b |" without its outer bars; nothing for the row of dashes below the head. */
static enum status put_row(struct markdown *markdown, struct span bare)
{
    if (only(bare, "|-: \t")) return OK;
    if (bare.length && bare.data[bare.length - 1] == '|') bare.length--;
    enum status status = markdown_inline(&markdown->out, span_trim(span_cut(bare, 1, bare.length)), &markdown->work);
    return status ? status : end_line(markdown);
}

static enum status put_text(struct markdown *markdown, struct span line, struct span bare)
{
    if (line_ends_sentence(bare) && line_words(bare) >= 4) markdown->body = true;
    while (first_byte(bare) == '>') bare = line = span_trim(span_cut(bare, 1, bare.length));
    size_t end = line.length; /* two spaces or a backslash at the end break the line, which it does anyway */
    while (end && (line.data[end - 1] == ' ' || line.data[end - 1] == '\t')) end--;
    if (end && line.data[end - 1] == '\\') end--;
    line = span_cut(line, 0, end);
    size_t box = 0; /* "- [x] done" */
    if (bare.length > 6 && strchr("-*+", bare.data[0]) && bare.data[1] == ' ' && bare.data[2] == '[' &&
        strchr(" xX", bare.data[3]) && bare.data[4] == ']' && bare.data[5] == ' ')
        box = 6;
    enum status status = OK;
    if (bare.length > 1 && strchr("*+-", bare.data[0]) && bare.data[1] == ' ') { /* a bullet is no emphasis */
        status = buffer_append(&markdown->out, line.data, (size_t)(bare.data - line.data));
        if (!status) status = buffer_append_string(&markdown->out, "- ");
        line = span_cut(bare, box ? box : 2, bare.length);
    }
    if (!status) status = markdown_inline(&markdown->out, line, &markdown->work);
    return status ? status : end_line(markdown);
}

/* Drops the lines of a comment that is longer than one. True when [bare] belongs to it. */
static bool in_comment(struct markdown *markdown, struct span bare)
{
    if (!markdown->comment) {
        markdown->comment = span_starts(bare, SPAN("<!--")) && !memmem(bare.data, bare.length, "-->", 3);
        return markdown->comment;
    }
    markdown->comment = !memmem(bare.data, bare.length, "-->", 3);
    return true;
}

static bool in_code(struct markdown *markdown, struct span bare)
{
    char c = first_byte(bare);
    size_t run = c == '`' || c == '~' ? leading(bare, c) : 0;
    if (markdown->fence) {
        if (c == markdown->fence && run >= markdown->fence_length && run == bare.length) markdown->fence = 0;
        return true;
    }
    if (run < 3 || (c == '`' && memchr(bare.data + run, '`', bare.length - run))) return false;
    markdown->fence = c;
    markdown->fence_length = run;
    return true;
}

/* [next] is the line after, to see whether it underlines this one; *[taken] tells that it did. */
static enum status put_line(struct markdown *markdown, struct span line, struct span next, bool *taken)
{
    struct span bare = span_trim(line), text;
    bool was_code = markdown->fence != 0;
    if (in_code(markdown, bare)) {
        if (!was_code || !markdown->fence) return OK; /* the fence itself */
        enum status status = buffer_append_span(&markdown->out, line);
        return status ? status : end_line(markdown);
    }
    if (in_comment(markdown, bare)) return OK;
    if (!bare.length || is_rule(bare)) return end_line(markdown);
    int level = heading_level(bare, &text);
    if (level) return put_heading(markdown, text, level);
    if (is_definition(bare)) return OK;
    if (bare.data[0] == '|') return put_row(markdown, bare);
    level = underline_level(span_trim(next));
    if (level && !strchr(">-*+|", bare.data[0]) && bare.length < LINE_BYTES_MAX) {
        *taken = true;
        return put_heading(markdown, bare, level);
    }
    return put_text(markdown, line, bare);
}

enum status markdown_read(struct document *document, struct span source)
{
    struct markdown markdown = {.work = WORK_MIN + source.length * WORK_SHARE};
    buffer_init(&markdown.out, (size_t)DOCUMENT_TEXT_MAX + 1); /* a last line may gain its LF */
    enum status status = document_set_text(document, source);
    struct span rest = buffer_span(&document->text), line, next;
    bool more = span_next_line(&rest, &line);
    while (more && !status) {
        bool taken = false;
        more = span_next_line(&rest, &next);
        status = put_line(&markdown, line, more ? next : SPAN(""), &taken);
        if (taken) more = span_next_line(&rest, &next);
        line = next;
    }
    if (!status) {
        struct buffer old = document->text;
        document->text = markdown.out;
        document->text.maximum = DOCUMENT_TEXT_MAX;
        markdown.out = old;
    }
    if (!status && markdown.title_level && !document_get(document, FIELD_TITLE).length) {
        struct span text = buffer_span(&document->text);
        status = document_state(document, FIELD_TITLE, span_cut(text, markdown.title.start, markdown.title.end),
                                WHY_HEADING);
        document->title_range = markdown.title;
    }
    buffer_release(&markdown.out);
    return status;
}
