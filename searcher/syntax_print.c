/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tree as text that gives the same tree again, and comparing trees. Both recurse no deeper than the parser did. */
#include "searcher/syntax_scan.h"

#include <stdio.h>
#include <string.h>

static enum status print_boost(struct buffer *out, double boost)
{
    unsigned thousandths = (unsigned)(boost * 1000 + 0.5);
    enum status status = buffer_printf(out, "^%u", thousandths / 1000);
    unsigned rest = thousandths % 1000;
    if (status || !rest) return status;
    char digits[] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10)};
    size_t length = sizeof digits;
    while (digits[length - 1] == '0') length--;
    return buffer_append(out, digits, length);
}

enum grain { GRAIN_DAY, GRAIN_MONTH, GRAIN_YEAR };

/* The coarsest way to write a day as the [last] or first day of something. An open end takes any. */
static enum grain grain_of(uint32_t date, bool last)
{
    static const uint8_t lasts[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!date) return GRAIN_YEAR;
    uint32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    uint32_t end = month == 2 && leap ? 29 : lasts[(month + 11) % 12];
    if (day != (last ? end : 1)) return GRAIN_DAY;
    return month != (last ? 12U : 1U) ? GRAIN_MONTH : GRAIN_YEAR;
}

static void write_day(char out[16], uint32_t date, enum grain grain)
{
    unsigned year = date / 10000 % 10000, month = date / 100 % 100, day = date % 100;
    out[0] = '\0';
    if (!date) return;
    if (grain == GRAIN_YEAR)
        snprintf(out, 16, "%04u", year);
    else if (grain == GRAIN_MONTH)
        snprintf(out, 16, "%04u-%02u", year, month);
    else
        snprintf(out, 16, "%04u-%02u-%02u", year, month, day);
}

static enum status print_range(struct buffer *out, const struct syntax_node *node)
{
    if (node->undated) return buffer_append_string(out, "date:none");
    enum grain since_grain = grain_of(node->since, false), until_grain = grain_of(node->until, true);
    enum grain grain = since_grain < until_grain ? since_grain : until_grain;
    char since[16], until[16];
    write_day(since, node->since, grain);
    write_day(until, node->until, grain);
    bool one = strcmp(since, until) == 0;
    return buffer_printf(out, "date:%s%s%s", since, one ? "" : "..", one ? "" : until);
}

/* True when a value can stand without quotes wherever values stand. */
static bool is_bare(struct span text)
{
    static const char *const operators[] = {"AND", "OR", "NOT", "NEAR", "ADJ"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (span_starts(text, span_of(operators[i]))) return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && !(i && c && strchr("_./-", c))) return false;
    }
    return true;
}

static enum status print_quoted(struct buffer *out, struct span text)
{
    /* A quoted text lacks at least one of the closing quotes: the one it was closed with. */
    static const char *const quotes[][3] = {{"\"", "\"", "\xEF\xBC\x82"}, {"«", "»", "»"}, {"»", "«", "«"}};
    size_t kind = 0;
    for (; kind < 2; kind++) {
        struct span close = span_of(quotes[kind][1]), wide = span_of(quotes[kind][2]);
        if (!memmem(text.data, text.length, close.data, close.length) &&
            !memmem(text.data, text.length, wide.data, wide.length))
            break;
    }
    enum status status = buffer_append_string(out, quotes[kind][0]);
    if (!status) status = buffer_append_span(out, text);
    if (!status) status = buffer_append_string(out, quotes[kind][1]);
    return status;
}

static bool is_leaf(enum syntax_kind kind)
{
    return kind <= SYNTAX_RANGE;
}

/* How a subtree is written. */
struct style {
    bool value; /* under a field without words */
    bool bare;  /* with no more parentheses than the query had, so that deep trees stay within SYNTAX_NESTING_MAX; else
                   with some more, so that nobody needs to know what binds tighter */
};

enum {
    READABLE_DEPTH_MAX = 30 /* levels of nodes: each gives at most a parenthesis and a NOT */
};

static size_t depth_of(const struct syntax_node *node)
{
    size_t deepest = 0;
    for (const struct syntax_node *child = node->child; child; child = child->next) {
        size_t depth = depth_of(child);
        if (depth > deepest) deepest = depth;
    }
    return deepest + 1;
}

static bool needs_parentheses(const struct syntax_node *parent, const struct syntax_node *child, bool bare)
{
    if (is_leaf(child->kind)) return false;
    switch (parent->kind) {
    case SYNTAX_NOT:
        return child->kind == SYNTAX_SEQUENCE || child->kind == SYNTAX_AND || child->kind == SYNTAX_OR ||
               (!bare && (child->kind == SYNTAX_NEAR || child->kind == SYNTAX_ADJ));
    case SYNTAX_BOOST:
        return child->kind != SYNTAX_FIELD;
    case SYNTAX_FIELD:
        return true;
    default:
        break;
    }
    if (child->kind == SYNTAX_FIELD || child->kind == SYNTAX_BOOST || child->kind == SYNTAX_NOT) return false;
    if (!bare) return true;
    if (child->kind == SYNTAX_NEAR || child->kind == SYNTAX_ADJ) return false;
    if (parent->kind == SYNTAX_OR) return child->kind == SYNTAX_OR;
    return !(parent->kind == SYNTAX_AND && child->kind == SYNTAX_SEQUENCE);
}

static enum status print_node(struct buffer *out, const struct syntax_node *node, struct style style);

static enum status print_child(struct buffer *out, const struct syntax_node *parent, const struct syntax_node *child,
                               struct style style)
{
    if (!needs_parentheses(parent, child, style.bare)) return print_node(out, child, style);
    enum status status = buffer_append_byte(out, '(');
    if (!status) status = print_node(out, child, style);
    if (!status) status = buffer_append_byte(out, ')');
    return status;
}

static enum status print_children(struct buffer *out, const struct syntax_node *node, struct style style)
{
    enum status status = OK;
    for (const struct syntax_node *child = node->child; child && !status; child = child->next) {
        if (child != node->child) {
            switch (node->kind) {
            case SYNTAX_AND:
                status = buffer_append_string(out, " AND ");
                break;
            case SYNTAX_OR:
                status = buffer_append_string(out, " OR ");
                break;
            case SYNTAX_NEAR:
                status = buffer_printf(out, " NEAR/%u ", node->distance);
                break;
            case SYNTAX_ADJ:
                status = buffer_printf(out, " ADJ/%u ", node->distance);
                break;
            default:
                status = buffer_append_byte(out, ' ');
            }
        }
        if (!status) status = print_child(out, node, child, style);
    }
    return status;
}

static enum status print_leaf(struct buffer *out, const struct syntax_node *node, bool value)
{
    enum status status = OK;
    switch (node->kind) {
    case SYNTAX_RANGE:
        return print_range(out, node);
    case SYNTAX_PHRASE:
        if (node->exact) status = buffer_append_byte(out, '=');
        return status ? status : print_quoted(out, node->text);
    case SYNTAX_EXACT:
        status = buffer_append_byte(out, '=');
        break;
    default:
        break;
    }
    if (!status)
        status = value && !is_bare(node->text) ? print_quoted(out, node->text) : buffer_append_span(out, node->text);
    if (!status && node->kind == SYNTAX_PREFIX) status = buffer_append_byte(out, '*');
    return status;
}

static enum status print_node(struct buffer *out, const struct syntax_node *node, struct style style)
{
    enum status status;
    const struct syntax_node *child = node->child;
    switch (node->kind) {
    case SYNTAX_NOT:
        status = buffer_append_string(out, child->kind == SYNTAX_NOT ? "NOT " : "-");
        return status ? status : print_child(out, node, child, style);
    case SYNTAX_BOOST:
        status = print_child(out, node, child, style);
        return status ? status : print_boost(out, node->boost);
    case SYNTAX_FIELD:
        style.value = syntax_field_is_value(node->field);
        status = buffer_printf(out, "%s:", syntax_field_name(node->field));
        return status ? status : print_child(out, node, child, style);
    default:
        return is_leaf(node->kind) ? print_leaf(out, node, style.value) : print_children(out, node, style);
    }
}

enum status syntax_print_node(struct buffer *out, const struct syntax_node *node)
{
    if (!node) return OK;
    return print_node(out, node, (struct style){node->kind == SYNTAX_VALUE, depth_of(node) > READABLE_DEPTH_MAX});
}

enum status syntax_print(struct buffer *out, const struct syntax *syntax)
{
    return syntax_print_node(out, syntax->root);
}

bool syntax_equal(const struct syntax_node *a, const struct syntax_node *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind || a->field != b->field || a->exact != b->exact || a->undated != b->undated ||
        a->since != b->since || a->until != b->until || a->distance != b->distance || a->boost != b->boost ||
        a->count != b->count || !span_equal(a->text, b->text))
        return false;
    const struct syntax_node *left = a->child, *right = b->child;
    for (; left && right; left = left->next, right = right->next)
        if (!syntax_equal(left, right)) return false;
    return left == right; /* both NULL */
}
