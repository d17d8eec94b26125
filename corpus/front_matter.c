/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/front_matter.h"

#include "corpus/keys.h"

#include <string.h>

/* What the block states, collected before the document is touched: a broken block must leave no trace. */
struct statement {
    struct buffer value[KEY_COUNT];
    int rank[KEY_COUNT];
};

static bool is_rule(struct span line, char c)
{
    line = span_trim(line);
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] != c) return false;
    return line.length == 3;
}

/* The text without the quotes around it; in double quotes \" and \\ lose their backslash, in single ones '' is one. */
static enum status append_unquoted(struct buffer *out, struct span value)
{
    char quote = value.length >= 2 ? value.data[0] : 0;
    if ((quote != '"' && quote != '\'') || value.data[value.length - 1] != quote) return buffer_append_span(out, value);
    enum status status = OK;
    for (size_t i = 1; i + 1 < value.length && !status; i++) {
        bool pair = i + 2 < value.length && (value.data[i + 1] == quote || value.data[i + 1] == '\\');
        if (pair && value.data[i] == (quote == '"' ? '\\' : '\'')) i++;
        status = buffer_append_byte(out, value.data[i]);
    }
    return status;
}

static enum status append_item(struct buffer *out, struct span item)
{
    item = span_trim(item);
    if (!item.length) return OK;
    enum status status = out->length ? buffer_append_string(out, "; ") : OK;
    return status ? status : append_unquoted(out, item);
}

/* The end of the item that starts at [start]: a comma outside quotes, or the end of the list. */
static size_t item_end(struct span list, size_t start)
{
    char quote = 0;
    size_t i = start;
    while (i < list.length && list.data[i] == ' ') i++;
    if (i < list.length && (list.data[i] == '"' || list.data[i] == '\'')) quote = list.data[i++];
    for (; i < list.length; i++) {
        if (quote && list.data[i] == '\\')
            i++;
        else if (quote && list.data[i] == quote)
            quote = 0;
        else if (!quote && list.data[i] == ',')
            break;
    }
    return i < list.length ? i : list.length;
}

static enum status append_list(struct buffer *out, struct span list)
{
    enum status status = OK;
    for (size_t start = 0; start < list.length && !status;) {
        size_t end = item_end(list, start);
        status = append_item(out, span_cut(list, start, end));
        start = end + 1;
    }
    return status;
}

/* " # …" ends an unquoted value. */
static struct span without_comment(struct span value)
{
    if (!value.length || value.data[0] == '"' || value.data[0] == '\'') return value;
    for (size_t i = 0; i < value.length; i++)
        if (value.data[i] == '#' && (i == 0 || value.data[i - 1] == ' ')) return span_trim(span_cut(value, 0, i));
    return value;
}

static enum status append_value(struct buffer *out, struct span value)
{
    value = without_comment(span_trim(value));
    if (!value.length) return OK;
    if (value.data[0] == '[' && value.data[value.length - 1] == ']')
        return append_list(out, span_cut(value, 1, value.length - 1));
    if (strchr("|>{&*!", value.data[0])) return OK; /* blocks, maps, anchors, tags: nothing a field could be */
    return append_item(out, value);
}

static bool is_key_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || (unsigned char)c >= 0x80;
}

/* Splits "key: value". A key is one word, at the start of the line. */
static bool split_line(struct span line, struct span *key, struct span *value)
{
    size_t colon = 0;
    while (colon < line.length && is_key_byte(line.data[colon])) colon++;
    if (!colon || colon >= line.length || line.data[colon] != ':') return false;
    if (colon + 1 < line.length && line.data[colon + 1] != ' ' && line.data[colon + 1] != '\t') return false;
    *key = span_cut(line, 0, colon);
    *value = span_cut(line, colon + 1, line.length);
    return true;
}

/* Reads the lines of a block. INVALID when it is broken, or not closed within the limit. */
static enum status read_block(struct statement *statement, struct span *rest)
{
    struct span line, key, value, all = *rest;
    int meaning = KEY_COUNT; /* of the last key: list items go there */
    while (span_next_line(rest, &line) && all.length - rest->length <= FRONT_MATTER_BYTES_MAX) {
        if (is_rule(line, '-') || is_rule(line, '.')) return OK;
        struct span bare = span_trim(line);
        if (!bare.length || bare.data[0] == '#') continue;
        enum status status = OK;
        if (bare.data[0] == '-' && (bare.length == 1 || bare.data[1] == ' ')) {
            if (meaning != KEY_COUNT) status = append_value(&statement->value[meaning], span_cut(bare, 1, bare.length));
        } else if (line.data[0] == ' ' || line.data[0] == '\t') {
            continue; /* part of a block or a map */
        } else if (split_line(line, &key, &value)) {
            int rank;
            meaning = key_meaning(key, &rank);
            if (meaning == KEY_COUNT || meaning == KEY_TEXT) {
                meaning = KEY_COUNT;
                continue;
            }
            if (statement->value[meaning].length && statement->rank[meaning] < rank) {
                meaning = KEY_COUNT;
                continue;
            }
            buffer_clear(&statement->value[meaning]);
            statement->rank[meaning] = rank;
            status = append_value(&statement->value[meaning], value);
        } else {
            return INVALID;
        }
        if (status == NO_MEMORY) return status;
    }
    return INVALID;
}

enum status front_matter_take(struct document *document, struct span *text)
{
    struct span rest = *text, line;
    if (span_starts(rest, SPAN("\xEF\xBB\xBF"))) rest = span_cut(rest, 3, rest.length);
    if (!span_next_line(&rest, &line) || !is_rule(line, '-') || line.data[0] != '-') return OK;
    struct statement statement;
    for (int i = 0; i < KEY_COUNT; i++) buffer_init(&statement.value[i], FRONT_MATTER_BYTES_MAX);
    enum status status = read_block(&statement, &rest);
    while (rest.length && (rest.data[0] == '\n' || rest.data[0] == '\r')) rest = span_cut(rest, 1, rest.length);
    if (!status) *text = rest;
    for (int field = 0; field < FIELD_COUNT && !status; field++)
        if (field != FIELD_ID)
            status = document_state(document, field, buffer_span(&statement.value[field]), WHY_STATED);
    for (int i = 0; i < KEY_COUNT; i++) buffer_release(&statement.value[i]);
    return status == INVALID ? OK : status;
}
