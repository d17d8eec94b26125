/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query in words: what a reader would say it asks for. */
#include "searcher/explain.h"

#include <inttypes.h>
#include <string.h>

static enum status put(struct buffer *out, const struct syntax_node *node, enum match_mode mode, bool inner);

static enum status quoted(struct buffer *out, const char *before, struct span text, const char *after)
{
    return buffer_printf(out, "%s\xE2\x80\x9C%.*s\xE2\x80\x9D%s", before, (int)text.length, text.data, after);
}

/* "a, b and c" of the children that are (or are not) exclusions. */
static enum status list(struct buffer *out, const struct syntax_node *node, enum match_mode mode, const char *last,
                        bool exclusions)
{
    size_t count = 0, done = 0;
    enum status status = OK;
    for (const struct syntax_node *child = node->child; child; child = child->next)
        count += (child->kind == SYNTAX_NOT) == exclusions;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        if ((child->kind == SYNTAX_NOT) != exclusions) continue;
        if (done) status = buffer_append_string(out, done + 1 == count ? last : ", ");
        if (!status) status = put(out, exclusions ? child->child : child, mode, true);
        done++;
    }
    return status;
}

static bool has(const struct syntax_node *node, bool exclusions)
{
    for (const struct syntax_node *child = node->child; child; child = child->next)
        if ((child->kind == SYNTAX_NOT) == exclusions) return true;
    return false;
}

static enum status day(struct buffer *out, uint32_t date)
{
    return buffer_printf(out, "%04" PRIu32 "-%02" PRIu32 "-%02" PRIu32, date / 10000, date / 100 % 100, date % 100);
}

static enum status put_range(struct buffer *out, const struct syntax_node *node)
{
    if (node->undated) return buffer_append_string(out, "no date");
    enum status status = buffer_append_string(out, "a date ");
    if (!status && node->since) status = buffer_append_string(out, node->until == node->since ? "of " : "from ");
    if (!status && node->since) status = day(out, node->since);
    if (status || !node->until || node->until == node->since) return status;
    status = buffer_append_string(out, node->since ? " to " : "up to ");
    return status ? status : day(out, node->until);
}

static enum status put_field(struct buffer *out, const struct syntax_node *node, enum match_mode mode)
{
    enum status status = OK;
    switch (node->field) {
    case FIELD_NEAR:
        status = buffer_append_string(out, "nearly the text of document ");
        break;
    case FIELD_SIMILAR:
        status = buffer_append_string(out, "words like those of document ");
        break;
    case FIELD_ORGANIZATION:
    case FIELD_PERSON:
    case FIELD_PLACE:
        status = buffer_printf(out, "the %s called ", syntax_field_name(node->field));
        break;
    case FIELD_TITLE:
        status = put(out, node->child, mode, true);
        return status ? status : buffer_append_string(out, " in the title");
    case FIELD_TEXT:
        return put(out, node->child, mode, true);
    default:
        status = buffer_printf(out, "the %s ", syntax_field_name(node->field));
    }
    return status ? status : put(out, node->child, mode, true);
}

static enum status put_group(struct buffer *out, const struct syntax_node *node, enum match_mode mode, bool inner)
{
    bool all = node->kind == SYNTAX_AND || (node->kind == SYNTAX_SEQUENCE && mode == MATCH_ALL);
    enum status status = inner ? buffer_append_byte(out, '(') : OK;
    if (!status && has(node, false)) status = list(out, node, mode, all ? " and " : " or ", false);
    if (!status && has(node, true) && node->kind != SYNTAX_OR) {
        status = buffer_append_string(out, has(node, false) ? ", but without " : "anything without ");
        if (!status) status = list(out, node, mode, " or ", true);
    } else if (!status && has(node, true)) {
        status = buffer_append_string(out, " or anything without ");
        if (!status) status = list(out, node, mode, " or anything without ", true);
    }
    return status || !inner ? status : buffer_append_byte(out, ')');
}

static enum status put_near(struct buffer *out, const struct syntax_node *node, enum match_mode mode)
{
    enum status status = OK;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        if (child != node->child)
            status = node->kind == SYNTAX_NEAR
                         ? buffer_printf(out, " within %" PRIu32 " words of ", node->distance)
                         : buffer_printf(out, " and at most %" PRIu32 " words later ", node->distance);
        if (!status) status = put(out, child, mode, true);
    }
    return status;
}

static enum status put(struct buffer *out, const struct syntax_node *node, enum match_mode mode, bool inner)
{
    enum status status;
    switch (node->kind) {
    case SYNTAX_WORD:
    case SYNTAX_VALUE:
        return quoted(out, "", node->text, "");
    case SYNTAX_EXACT:
        return quoted(out, "", node->text, " exactly so");
    case SYNTAX_PREFIX:
        return quoted(out, "a word that begins with ", node->text, "");
    case SYNTAX_PHRASE:
        return quoted(out, "the phrase ", node->text, node->exact ? " exactly so" : "");
    case SYNTAX_RANGE:
        return put_range(out, node);
    case SYNTAX_NOT:
        status = buffer_append_string(out, "anything without ");
        return status ? status : put(out, node->child, mode, true);
    case SYNTAX_NEAR:
    case SYNTAX_ADJ:
        return put_near(out, node, mode);
    case SYNTAX_FIELD:
        return put_field(out, node, mode);
    case SYNTAX_BOOST:
        status = put(out, node->child, mode, true);
        return status ? status : buffer_printf(out, " (counting %g times)", node->boost);
    default:
        return put_group(out, node, mode, inner);
    }
}

enum status explain_words(struct buffer *out, const struct syntax_node *root, enum match_mode mode)
{
    if (!root) return buffer_append_string(out, "Every document.");
    enum status status = buffer_append_string(out, "Documents with ");
    if (!status) status = put(out, root, mode, false);
    return status ? status : buffer_append_string(out, "; words in any of their forms unless told otherwise.");
}
