/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grammar, by recursive descent: each function reads one level of binding and gives NULL for nothing. Only
 * parentheses and NOT call back to an outer level, and SYNTAX_NESTING_MAX bounds those. */
#include "searcher/syntax.h"

#include "searcher/syntax_scan.h"

#include <stdlib.h>

enum {
    ARENA_BYTES_MAX = 256 * 1024 * 1024 /* bytes: SYNTAX_BYTES_MAX of text thrice over, a node for every other byte */
};

/* Children being collected for a node of [kind]. */
struct list {
    enum syntax_kind kind;
    struct syntax_node *first, *last;
    size_t count;
};

static bool has_not(const struct syntax_node *node)
{
    for (const struct syntax_node *child = node->child; child; child = child->next)
        if (child->kind == SYNTAX_NOT) return true;
    return false;
}

/* Appends [node] (or nothing), and in its place its children where grouping them makes no difference. */
static void list_add(struct list *list, struct syntax_node *node)
{
    if (!node) return;
    bool same = node->kind == list->kind && (node->kind == SYNTAX_AND || node->kind == SYNTAX_OR ||
                                             (node->kind == SYNTAX_SEQUENCE && !has_not(node)));
    struct syntax_node *first = same ? (struct syntax_node *)node->child : node, *last = first;
    while (last->next) last = (struct syntax_node *)last->next;
    list->count += same ? node->count : 1;
    if (list->last)
        list->last->next = first;
    else
        list->first = first;
    list->last = last;
}

static enum status list_close(struct syntax_node **out, struct parser *parser, const struct list *list)
{
    *out = list->first;
    if (list->count < 2) return OK;
    struct syntax_node *node =
        scan_node(parser, list->kind, (struct range){list->first->range.start, list->last->range.end});
    if (!node) return NO_MEMORY;
    node->child = list->first;
    node->count = list->count;
    *out = node;
    return OK;
}

static enum status parse_or(struct syntax_node **out, struct parser *parser);

static enum status deeper(struct parser *parser, size_t position)
{
    if (++parser->depth <= SYNTAX_NESTING_MAX) return OK;
    return fail_at(parser->error, LIMIT, position,
                   "more than %d parentheses and NOTs within each other, too many from byte %zu on: use fewer",
                   SYNTAX_NESTING_MAX, position);
}

static enum status parse_group(struct syntax_node **out, struct parser *parser, struct range open)
{
    struct scan_token token;
    enum status status = deeper(parser, open.start);
    if (!status) status = scan_token(parser, &token);
    if (status) return status;
    bool empty = token.kind == SCAN_CLOSE;
    status = parse_or(out, parser);
    if (!status) status = scan_token(parser, &token);
    if (status) return status;
    parser->depth--;
    if (token.kind != SCAN_CLOSE) return scan_notice(parser, open, "a '(' without its ')': taken to reach to the end");
    scan_take(parser);
    if (*out && (*out)->kind >= SYNTAX_SEQUENCE && (*out)->kind <= SYNTAX_ADJ && (*out)->kind != SYNTAX_NOT)
        (*out)->range = (struct range){open.start, token.range.end};
    if (empty)
        return scan_notice(parser, (struct range){open.start, token.range.end},
                           "nothing between the parentheses: left out");
    return OK;
}

/* The text between quotes, as the field around asks for it. */
static enum status parse_quote(struct syntax_node **out, struct parser *parser, const struct scan_token *token,
                               size_t start, bool exact)
{
    parser->at = token->range.end;
    parser->peeked = false;
    if (syntax_field_is_value(parser->field)) return word_value(out, parser, token->inner, true);
    if (parser->field == FIELD_DATE) return query_date_parse(out, parser, token->inner);
    return word_phrase(out, parser, token->inner, (struct range){start, token->range.end}, exact);
}

/* A word, value or date that begins [run]; moves behind it. */
static enum status parse_plain(struct syntax_node **out, struct parser *parser, struct range run)
{
    struct span query = parser->query;
    parser->peeked = false;
    if (syntax_field_is_value(parser->field) || parser->field == FIELD_DATE) {
        run.end = scan_value_end(query, run.start);
        run.end = parser->at = word_caret(query, run, parser->field != FIELD_DATE);
        return parser->field == FIELD_DATE ? query_date_parse(out, parser, run) : word_value(out, parser, run, false);
    }
    struct scan_token quote;
    bool only_equals = run.end > run.start && scan_peek(query, run.start) == '=' &&
                       (run.end - run.start == 1 || run.end - run.start == 3 /* bytes of the full-width form */);
    if (only_equals && scan_quote(parser, run.end, &quote)) return parse_quote(out, parser, &quote, run.start, true);
    struct range trimmed = word_trim(query, run);
    if (!scan_has_word(span_cut(query, trimmed.start, trimmed.end))) {
        parser->at = run.end;
        return word_parse(out, parser, run);
    }
    size_t caret = word_caret(query, (struct range){trimmed.start, run.end}, false);
    parser->at = caret;
    return word_parse(out, parser, (struct range){run.start, caret});
}

static enum status field_in_field(struct parser *parser, struct range name, enum syntax_field outer)
{
    return fail_at(parser->error, INVALID, name.start,
                   "'%s' stands within '%s:', and a word has one field: name it apart, or drop it",
                   scan_shown(parser, name), syntax_field_name(outer));
}

/* What stands behind "field:", which [name] is the range of. */
static enum status parse_field(struct syntax_node **out, struct parser *parser, enum syntax_field field,
                               struct range name, size_t run_end)
{
    struct span query = parser->query;
    if (parser->field) return field_in_field(parser, name, parser->field);
    struct scan_token quote;
    uint32_t next = scan_peek(query, name.end);
    bool group = next == '(', quoted = !group && name.end == run_end && scan_quote(parser, name.end, &quote);
    struct syntax_node *child = NULL;
    enum status status;
    parser->field = field;
    parser->peeked = false;
    if (group) {
        struct range open = {name.end, name.end};
        scan_rune(query, &open.end);
        parser->at = open.end;
        status = parse_group(&child, parser, open);
    } else if (quoted) {
        status = parse_quote(&child, parser, &quote, name.end, false);
    } else {
        struct range inner = {word_trim(query, (struct range){name.end, run_end}).start, run_end};
        bool words = !syntax_field_is_value(field) && field != FIELD_DATE;
        bool exact = word_is_exact(query, (struct range){name.end, run_end});
        if (words && !exact && word_field(query, inner, &inner.end)) return field_in_field(parser, inner, field);
        status = parse_plain(&child, parser, (struct range){name.end, run_end});
    }
    parser->field = FIELD_NONE;
    if (status) return status;
    *out = child;
    if (!child) return scan_notice(parser, name, "nothing to look for in '%s': left out", scan_shown(parser, name));
    if (field == FIELD_DATE) {
        if (child->kind == SYNTAX_RANGE && child->range.start > name.start) child->range.start = name.start;
        return OK;
    }
    struct syntax_node *node = scan_node(parser, SYNTAX_FIELD, (struct range){name.start, child->range.end});
    if (!node) return NO_MEMORY;
    if (node->range.end < parser->at && (group || quoted)) node->range.end = parser->at;
    node->field = field;
    node->child = child;
    node->count = 1;
    *out = node;
    return OK;
}

static enum status parse_run(struct syntax_node **out, struct parser *parser, struct range run)
{
    struct span query = parser->query;
    size_t value = 0;
    struct range trimmed = word_trim(query, run);
    enum syntax_field field =
        word_is_exact(query, run) ? FIELD_NONE : word_field(query, (struct range){trimmed.start, run.end}, &value);
    if (field && value == run.end) {
        struct scan_token quote;
        if (scan_peek(query, value) != '(' && !scan_quote(parser, value, &quote)) {
            enum status status =
                scan_notice(parser, run, "nothing behind '%s': taken as a word", scan_shown(parser, run));
            if (status) return status;
            field = FIELD_NONE;
        }
    }
    if (field) return parse_field(out, parser, field, (struct range){trimmed.start, value}, run.end);
    return parse_plain(out, parser, run);
}

/* A word, a phrase, a field or a group, with its boost. An operator without sides is a word. */
static enum status parse_atom(struct syntax_node **out, struct parser *parser)
{
    struct scan_token token;
    enum status status = scan_token(parser, &token);
    if (status) return status;
    *out = NULL;
    if (token.kind == SCAN_END || token.kind == SCAN_CLOSE) return OK; /* behind a '-' and a stray quote */
    scan_take(parser);
    if (token.kind == SCAN_OPEN) {
        status = parse_group(out, parser, token.range);
    } else if (token.kind == SCAN_QUOTE) {
        status = parse_quote(out, parser, &token, token.range.start, false);
    } else {
        if (token.kind != SCAN_RUN)
            status = scan_notice(parser, token.range, "'%s' has nothing to join here: taken as a word",
                                 scan_shown(parser, token.range));
        if (!status) status = parse_run(out, parser, token.range);
    }
    return status ? status : word_boost(out, parser);
}

/* True when the token after the one peeked can begin an operand; the peeked one is still there afterwards. */
static enum status operand_follows(bool *out, struct parser *parser)
{
    struct scan_token operator, after;
    enum status status = scan_token(parser, &operator);
    size_t at = parser->at;
    struct syntax *syntax = parser->syntax;
    size_t kept = syntax->notice_count, total = syntax->notices_total;
    if (status) return status;
    scan_take(parser);
    status = scan_token(parser, &after);
    *out = !status && after.kind != SCAN_END && after.kind != SCAN_CLOSE && !scan_is_binary(after.kind);
    parser->at = at;
    parser->token = operator;
    parser->peeked = true;
    syntax->notice_count = kept; /* what was noticed ahead will be noticed again */
    syntax->notices_total = total;
    return status;
}

static bool near_takes(const struct syntax_node *node)
{
    switch (node->kind) {
    case SYNTAX_WORD:
    case SYNTAX_EXACT:
    case SYNTAX_PREFIX:
    case SYNTAX_PHRASE:
        return true;
    case SYNTAX_OR:
        for (const struct syntax_node *child = node->child; child; child = child->next)
            if (!near_takes(child)) return false;
        return true;
    case SYNTAX_FIELD:
        return !syntax_field_is_value(node->field) && near_takes(node->child);
    default:
        return false;
    }
}

/* a NEAR/5 b NEAR/5 c */
static enum status parse_near(struct syntax_node **out, struct parser *parser)
{
    struct scan_token token, first = {.kind = SCAN_END};
    struct list list = {.kind = SYNTAX_NEAR};
    for (;;) {
        struct syntax_node *node = NULL;
        enum status status = scan_token(parser, &token);
        struct range operand = token.range;
        bool negative = first.kind != SCAN_END && (token.kind == SCAN_NOT || token.kind == SCAN_MINUS);
        if (!status && !negative) status = parse_atom(&node, parser);
        if (!status && !list.count) *out = node; /* when nothing follows */
        if (status) return status;
        status = scan_token(parser, &token);
        if (status) return status;
        bool near = token.kind == SCAN_NEAR || token.kind == SCAN_ADJ, follows = false;
        if (near) status = operand_follows(&follows, parser);
        if (status) return status;
        near = near && follows;
        if (!near && first.kind == SCAN_END) return OK;
        if (node) operand = node->range;
        if (negative || (node && !near_takes(node)))
            return fail_at(parser->error, INVALID, operand.start,
                           "%s joins words, phrases and (a OR b), not '%s': use AND for the rest",
                           (near ? token.kind : first.kind) == SCAN_ADJ ? "ADJ" : "NEAR", scan_shown(parser, operand));
        list_add(&list, node);
        if (!near) break;
        if (first.kind == SCAN_END) first = token;
        if (token.kind != first.kind || token.distance != first.distance)
            return fail_at(parser->error, INVALID, token.range.start,
                           "'%s' after '%s' is not clear: write (a NEAR/5 b) AND (b NEAR/3 c)",
                           scan_shown(parser, token.range), scan_shown(parser, first.range));
        scan_take(parser);
    }
    list.kind = first.kind == SCAN_ADJ ? SYNTAX_ADJ : SYNTAX_NEAR;
    enum status status = list_close(out, parser, &list);
    if (!status && list.count > 1) (*out)->distance = first.distance;
    return status;
}

/* NOT x, -x, x */
static enum status parse_item(struct syntax_node **out, struct parser *parser)
{
    struct scan_token token;
    enum status status = scan_token(parser, &token);
    if (status) return status;
    bool negative = token.kind == SCAN_MINUS;
    if (token.kind == SCAN_NOT) status = operand_follows(&negative, parser);
    if (status) return status;
    if (!negative) return parse_near(out, parser);
    scan_take(parser);
    struct syntax_node *child = NULL;
    status = deeper(parser, token.range.start);
    if (!status) status = parse_item(&child, parser);
    parser->depth--;
    if (status || !child) return status;
    struct syntax_node *node = scan_node(parser, SYNTAX_NOT, (struct range){token.range.start, child->range.end});
    if (!node) return NO_MEMORY;
    node->child = child;
    node->count = 1;
    *out = node;
    return OK;
}

static enum status parse_sequence(struct syntax_node **out, struct parser *parser)
{
    struct list list = {.kind = SYNTAX_SEQUENCE};
    for (bool any = false;; any = true) {
        struct scan_token token;
        enum status status = scan_token(parser, &token);
        if (status) return status;
        if (token.kind == SCAN_END) break;
        if (token.kind == SCAN_CLOSE) {
            if (parser->depth) break;
            status = scan_notice(parser, token.range, "a ')' without its '(': left out");
            if (status) return status;
            scan_take(parser);
            continue;
        }
        if (any && (token.kind == SCAN_AND || token.kind == SCAN_OR)) {
            bool follows = false;
            status = operand_follows(&follows, parser);
            if (status) return status;
            if (follows) break;
        }
        struct syntax_node *node = NULL;
        status = scan_is_binary(token.kind) ? parse_atom(&node, parser) : parse_item(&node, parser);
        if (status) return status;
        list_add(&list, node);
    }
    return list_close(out, parser, &list);
}

/* Operands of [level] joined by [joint]. */
static enum status parse_joined(struct syntax_node **out, struct parser *parser, enum syntax_kind kind,
                                enum scan_kind joint,
                                enum status (*level)(struct syntax_node **out, struct parser *parser))
{
    struct list list = {.kind = kind};
    for (;;) {
        struct syntax_node *node = NULL;
        struct scan_token token;
        enum status status = level(&node, parser);
        if (!status) status = scan_token(parser, &token);
        if (status) return status;
        list_add(&list, node);
        if (token.kind != joint) break;
        scan_take(parser);
    }
    return list_close(out, parser, &list);
}

static enum status parse_and(struct syntax_node **out, struct parser *parser)
{
    return parse_joined(out, parser, SYNTAX_AND, SCAN_AND, parse_sequence);
}

static enum status parse_or(struct syntax_node **out, struct parser *parser)
{
    return parse_joined(out, parser, SYNTAX_OR, SCAN_OR, parse_and);
}

enum status syntax_parse(struct syntax **out, struct span query, const struct syntax_options *options,
                         struct error *error)
{
    if (query.length > SYNTAX_BYTES_MAX)
        return fail_at(error, LIMIT, SYNTAX_BYTES_MAX, "the query has %zu bytes, and at most %d are read: shorten it",
                       query.length, SYNTAX_BYTES_MAX);
    struct syntax *syntax = calloc(1, sizeof *syntax);
    if (!syntax) return fail(error, NO_MEMORY, "out of memory reading the query");
    arena_init(&syntax->arena, ARENA_BYTES_MAX);
    struct parser parser = {.syntax = syntax, .query = query, .error = error, .strict = options && options->strict};
    struct syntax_node *root = NULL;
    enum status status = OK;
    parser.shouted = !parser.strict && scan_is_shouted(query);
    syntax->pasted = scan_is_pasted(query, parser.strict);
    if (parser.shouted && !syntax->pasted)
        status = scan_notice(&parser, (struct range){0, query.length},
                             "all in capitals: AND, OR and NOT are taken as words (write the others small to combine)");
    if (!status) status = syntax->pasted ? pasted_parse(&root, &parser) : parse_or(&root, &parser);
    size_t asked = 0;
    while (asked < query.length && scan_is_blank(scan_peek(query, asked))) scan_rune(query, &asked);
    if (!status && !root && asked < query.length)
        status = scan_notice(&parser, (struct range){asked, query.length},
                             "nothing to look for is left, no word and no filter: every document is shown");
    if (!status && syntax->notice_count) {
        struct syntax_notice *notices = arena_take(&syntax->arena, syntax->notice_count * sizeof *notices);
        for (size_t i = 0; notices && i < syntax->notice_count; i++) { /* few: in the order of the query */
            size_t at = i;
            for (; at && notices[at - 1].range.start > parser.notices[i].range.start; at--)
                notices[at] = notices[at - 1];
            notices[at] = parser.notices[i];
        }
        syntax->notices = notices;
        if (!notices) status = NO_MEMORY;
    }
    if (status) {
        syntax_free(syntax);
        return status == NO_MEMORY ? fail(error, NO_MEMORY, "out of memory reading the query") : status;
    }
    syntax->root = root;
    *out = syntax;
    return OK;
}

void syntax_free(struct syntax *syntax)
{
    if (!syntax) return;
    arena_release(&syntax->arena);
    free(syntax);
}
