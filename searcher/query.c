/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query.h"

#include "searcher/query_build.h"

#include <stdlib.h>

enum { PLAN_BYTES_MAX = 256 * 1024 * 1024 /* bytes: SYNTAX_TERMS_MAX words with their stems take a few */ };

/* AND and OR over children; a NOT among the children of AND excludes. */
static enum status build_operator(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct parts parts = {0}, excluded = {0};
    struct xc_query *query = NULL, *exclusion = NULL;
    enum status status = OK;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        struct xc_query *part = NULL;
        bool excludes = node->kind == SYNTAX_AND && child->kind == SYNTAX_NOT;
        if (excludes) builder->negations++;
        status = build_node(&part, builder, excludes ? child->child : child);
        if (excludes) builder->negations--;
        if (!status) status = parts_add(builder, excludes ? &excluded : &parts, part);
    }
    if (!status) status = parts_combine(&query, builder, &parts, node->kind == SYNTAX_AND ? XC_AND : XC_OR, 0);
    if (!status) status = parts_combine(&exclusion, builder, &excluded, XC_OR, 0);
    struct xc_error cause = {0};
    if (!status && exclusion && !query) status = build_failure(builder, xc_query_all(&query, &cause), &cause);
    if (!status && exclusion) {
        status = combine_two(&query, builder, XC_AND_NOT, query, exclusion);
        exclusion = NULL;
    }
    parts_release(&parts);
    parts_release(&excluded);
    xc_query_free(exclusion);
    if (!status)
        *out = query;
    else
        xc_query_free(query);
    return status;
}

static enum status build_not(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct xc_query *all = NULL, *child = NULL;
    struct xc_error cause = {0};
    builder->negations++;
    enum status status = build_node(&child, builder, node->child);
    builder->negations--;
    if (status || !child) return status;
    status = build_failure(builder, xc_query_all(&all, &cause), &cause);
    if (!status) return combine_two(out, builder, XC_AND_NOT, all, child);
    xc_query_free(child);
    return status;
}

static enum status build_field(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    enum status status = check_names(builder, node);
    if (status) return status;
    enum syntax_field outer = builder->field;
    builder->field = node->field;
    status = build_node(out, builder, node->child);
    builder->field = outer;
    return status;
}

static enum status build_boost(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    enum status status = build_node(out, builder, node->child);
    return status ? status : scale(out, builder, node->boost);
}

static enum status build_kind(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    if (syntax_field_is_name(builder->field) && name_takes(node)) return build_name(out, builder, node);
    switch (node->kind) {
    case SYNTAX_WORD:
    case SYNTAX_SEQUENCE:
        return build_sequence(out, builder, node);
    case SYNTAX_EXACT:
        return build_exact(out, builder, node);
    case SYNTAX_PREFIX:
        return build_prefix(out, builder, node);
    case SYNTAX_PHRASE:
        return build_phrase(out, builder, node);
    case SYNTAX_VALUE:
        return build_value(out, builder, node);
    case SYNTAX_RANGE:
        return build_range(out, builder, node);
    case SYNTAX_AND:
    case SYNTAX_OR:
        return build_operator(out, builder, node);
    case SYNTAX_NOT:
        return build_not(out, builder, node);
    case SYNTAX_NEAR:
    case SYNTAX_ADJ:
        return build_near(out, builder, node);
    case SYNTAX_FIELD:
        return build_field(out, builder, node);
    case SYNTAX_BOOST:
        return build_boost(out, builder, node);
    default:
        return fail(builder->error, UNSUPPORTED, "the query has a part this program does not know");
    }
}

enum status build_node(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    *out = NULL;
    enum status status = build_kind(out, builder, node);
    if (!status) return OK;
    xc_query_free(*out);
    *out = NULL;
    return status;
}

/* Words that stand side by side are built after what is nested among them. */
static int by_place(const void *a, const void *b)
{
    const struct unknown_word *left = a, *right = b;
    return (left->range.start > right->range.start) - (left->range.start < right->range.start);
}

enum status query_plan_make(struct query_plan *out, const struct syntax *syntax, const struct vocabulary *vocabulary,
                            enum match_mode mode, struct error *error)
{
    struct query_plan plan = {0};
    arena_init(&plan.arena, PLAN_BYTES_MAX);
    struct builder builder = {.vocabulary = vocabulary, .arena = &plan.arena, .error = error, .mode = mode};
    enum status status = OK;
    if (syntax->root) {
        status = build_node(&plan.query, &builder, syntax->root);
        /* Nothing but signs or stop words of length zero: that asks for something, and nothing has it. */
        struct xc_error cause = {0};
        if (!status && !plan.query) status = build_failure(&builder, xc_query_none(&plan.query, &cause), &cause);
    }
    plan.evidence = (struct evidence){builder.groups, builder.group_count, builder.names, builder.name_count};
    plan.unknown = builder.unknown;
    plan.unknown_count = builder.unknown_count;
    plan.relaxable = builder.relaxable;
    plan.length = builder.length;
    plan.telling = builder.telling;
    plan.different = builder.different;
    if (builder.unknown_count) qsort(builder.unknown, builder.unknown_count, sizeof *builder.unknown, by_place);
    if (status)
        query_plan_release(&plan);
    else
        *out = plan;
    return status;
}

void query_plan_release(struct query_plan *plan)
{
    xc_query_free(plan->query);
    arena_release(&plan->arena);
    *plan = (struct query_plan){0};
}
