/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a query's tree as text for the tests of the syntax: (kind content child …). Words stand bare, "phrases" and
 * =exact and prefix* words as in a query, 'values' in single quotes, dates as [since until]. */
#ifndef TESTS_SEARCHER_SHOW_TREE_H
#define TESTS_SEARCHER_SHOW_TREE_H

#include "searcher/syntax.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
/* clang-format on */

static inline void show_tree(struct buffer *out, const struct syntax_node *node)
{
    static const char *const names[SYNTAX_KIND_COUNT] = {
        [SYNTAX_SEQUENCE] = "seq", [SYNTAX_AND] = "and", [SYNTAX_OR] = "or",       [SYNTAX_NOT] = "not",
        [SYNTAX_NEAR] = "near",    [SYNTAX_ADJ] = "adj", [SYNTAX_FIELD] = "field", [SYNTAX_BOOST] = "boost",
    };
    int length = (int)node->text.length;
    const char *text = node->text.data;
    switch (node->kind) {
    case SYNTAX_WORD:
        buffer_printf(out, "%.*s", length, text);
        return;
    case SYNTAX_EXACT:
        buffer_printf(out, "=%.*s", length, text);
        return;
    case SYNTAX_PREFIX:
        buffer_printf(out, "%.*s*", length, text);
        return;
    case SYNTAX_PHRASE:
        buffer_printf(out, "%s\"%.*s\"", node->exact ? "=" : "", length, text);
        return;
    case SYNTAX_VALUE:
        buffer_printf(out, "'%.*s'", length, text);
        return;
    case SYNTAX_RANGE:
        if (node->undated)
            buffer_append_string(out, "[none]");
        else
            buffer_printf(out, "[%u %u]", node->since, node->until);
        return;
    default:
        break;
    }
    buffer_printf(out, "(%s", names[node->kind]);
    if (node->kind == SYNTAX_NEAR || node->kind == SYNTAX_ADJ) buffer_printf(out, "/%u", node->distance);
    if (node->kind == SYNTAX_FIELD) buffer_printf(out, " %s", syntax_field_name(node->field));
    if (node->kind == SYNTAX_BOOST) buffer_printf(out, " %g", node->boost);
    for (const struct syntax_node *child = node->child; child; child = child->next) {
        buffer_append_byte(out, ' ');
        show_tree(out, child);
    }
    buffer_append_byte(out, ')');
}

#endif
