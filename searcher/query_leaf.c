/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <string.h>

static enum status analyse_leaf(struct words *out, struct builder *builder, const struct syntax_node *node)
{
    return words_analyse(out, builder->arena, builder->vocabulary, node->text, builder->error);
}

enum status line_of(struct word **out, size_t *count, struct builder *builder, const struct syntax_node *node)
{
    struct words words;
    enum status status = analyse_leaf(&words, builder, node);
    if (status) return status;
    *out = arena_take(builder->arena, (words.count + 1) * sizeof **out);
    if (!*out) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    *count = words_in_line(*out, &words);
    return OK;
}

static bool has_spaces(const struct word *word)
{
    return word->kind == TOKEN_WORD || word->kind == TOKEN_NUMBER;
}

enum status exact_forms(struct xc_query **out, struct builder *builder, const struct word *words, size_t count)
{
    const char *prefix = form_prefix(builder);
    struct parts parts = {0};
    enum status status = OK;
    for (size_t i = 0; !status && i < count; i++) {
        struct xc_query *term = NULL;
        if (!has_spaces(&words[i])) continue;
        status = term_query(&term, builder, prefix, words[i].form, 1);
        if (!status) status = parts_add(builder, &parts, term);
    }
    if (!status) return parts_combine(out, builder, &parts, XC_AND, 0);
    parts_release(&parts);
    return status;
}

enum status build_exact(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    struct xc_query *forms = NULL, *phrase = NULL;
    *out = NULL;
    enum status status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    status = exact_forms(&forms, builder, words, count);
    if (!status && (count > 1 || !forms || builder->field == FIELD_TITLE))
        status = phrase_query(&phrase, builder, words, count);
    if (!status)
        status = combine_two(out, builder, XC_FILTER, phrase, forms);
    else
        xc_query_free(forms), xc_query_free(phrase);
    bool spaces = has_spaces(&words[0]);
    return status ? status
                  : add_evidence(builder, builder->items++, words, count, true, (uint32_t)count,
                                 spaces ? EVIDENCE_FORM : EVIDENCE_STEM);
}

static enum status wildcard(struct xc_query **out, struct builder *builder, const char *prefix, struct span start)
{
    struct buffer term;
    struct xc_error cause = {0};
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum status status = schema_term(&term, prefix, start);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = build_failure(
            builder,
            xc_query_wildcard(out, term.data, term.length, QUERY_EXPANSION_MAX, XC_WILDCARD_ERROR, XC_SYNONYM, &cause),
            &cause);
    buffer_release(&term);
    return status;
}

const char *form_prefix(const struct builder *builder)
{
    switch (builder->field) {
    case FIELD_TITLE:
        return PREFIX_TITLE;
    case FIELD_AUTHOR:
        return PREFIX_AUTHOR;
    case FIELD_SOURCE:
        return PREFIX_SOURCE;
    case FIELD_LANGUAGE:
        return PREFIX_LANGUAGE;
    case FIELD_TYPE:
        return PREFIX_TYPE;
    case FIELD_ID:
        return PREFIX_ID;
    default:
        return "";
    }
}

enum status prefix_terms(struct xc_terms **out, struct builder *builder, struct span start)
{
    struct buffer term;
    struct xc_error cause = {0};
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum status status = schema_term(&term, form_prefix(builder), start);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = build_failure(
            builder, xc_database_terms(out, builder->vocabulary->reader->database, term.data, term.length, &cause),
            &cause);
    buffer_release(&term);
    return status;
}

enum status too_many_words(struct builder *builder, const struct syntax_node *node, struct span start)
{
    return fail_at(builder->error, LIMIT, node->range.start,
                   "'%.*s*' stands for more than %d words of this index: type more letters before the star",
                   (int)start.length, start.data, QUERY_EXPANSION_MAX);
}

/* A star that stands for too many words is told here, with its place, instead of failing in the middle of a match. */
static enum status check_expansion(struct builder *builder, const struct syntax_node *node, struct span start)
{
    struct xc_terms *terms = NULL;
    struct xc_error cause = {0};
    size_t count = 0;
    enum status status = prefix_terms(&terms, builder, start);
    enum xc_status walked = XC_OK;
    while (!status && !walked && count <= QUERY_EXPANSION_MAX && !(walked = xc_terms_next(terms, &cause))) count++;
    xc_terms_free(terms);
    if (status) return status;
    if (walked && walked != XC_NOT_FOUND) return build_failure(builder, walked, &cause);
    return count > QUERY_EXPANSION_MAX ? too_many_words(builder, node, start) : OK;
}

enum status prefix_start(struct span *start, struct builder *builder, const struct syntax_node *node)
{
    struct words words;
    enum status status = analyse_leaf(&words, builder, node);
    *start = (struct span){NULL, 0};
    if (!status && words.count && (has_spaces(&words.items[0]) || words.items[0].kind == TOKEN_COMPOUND) &&
        words.items[0].parts + 1 == words.count)
        *start = words.items[0].form;
    return status;
}

/* Values by their beginning: ids as they are, languages and types folded. */
static enum status build_value_prefix(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct buffer folded;
    if (builder->field != FIELD_ID && builder->field != FIELD_LANGUAGE && builder->field != FIELD_TYPE)
        return fail_at(builder->error, UNSUPPORTED, node->range.start,
                       "%s: takes no star (write the whole value, or search for words)",
                       syntax_field_name(builder->field));
    buffer_init(&folded, 4 * SYNTAX_BYTES_MAX);
    enum status status =
        builder->field == FIELD_ID ? buffer_append_span(&folded, node->text) : fold(&folded, node->text);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = check_expansion(builder, node, buffer_span(&folded));
    if (!status) status = wildcard(out, builder, form_prefix(builder), buffer_span(&folded));
    if (!status) status = scale(out, builder, 0);
    buffer_release(&folded);
    return status;
}

enum status build_prefix(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct span start;
    *out = NULL;
    if (syntax_field_is_value(builder->field)) return build_value_prefix(out, builder, node);
    enum status status = prefix_start(&start, builder, node);
    if (status) return status;
    if (!start.length) {
        struct syntax_node phrase = *node;
        phrase.kind = SYNTAX_PHRASE;
        return build_phrase(out, builder, &phrase);
    }
    const char *prefix = form_prefix(builder);
    status = check_expansion(builder, node, start);
    if (!status) status = wildcard(out, builder, prefix, start);
    if (!status && *prefix) status = scale(out, builder, 0); /* words of fields weigh nothing */
    struct word word = {.form = start, .kind = TOKEN_WORD};
    return status ? status : add_evidence(builder, builder->items++, &word, 1, true, 1, EVIDENCE_PREFIX);
}

enum status build_phrase(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    *out = NULL;
    enum status status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    struct xc_query *phrase = NULL, *forms = NULL;
    status = phrase_query(&phrase, builder, words, count);
    if (!status && node->exact) status = exact_forms(&forms, builder, words, count);
    if (!status)
        status = combine_two(out, builder, XC_FILTER, phrase, forms);
    else
        xc_query_free(phrase);
    if (status) return status;
    bool exact = node->exact && has_spaces(&words[0]);
    return add_evidence(builder, builder->items++, words, count, true, (uint32_t)count,
                        exact ? EVIDENCE_FORM : EVIDENCE_STEM);
}

static enum status date_term(struct xc_query **out, struct builder *builder, const char *prefix, uint32_t number,
                             int digits)
{
    char text[16];
    int length = snprintf(text, sizeof text, "%0*u", digits, (unsigned)number);
    return term_query(out, builder, prefix, (struct span){text, (size_t)length}, 1);
}

enum status build_range(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    char since[16], until[16];
    struct xc_error cause = {0};
    if (node->undated) return term_query(out, builder, TERM_UNDATED, (struct span){NULL, 0}, 1);
    if (node->since == node->until) return date_term(out, builder, PREFIX_DAY, node->since, 8);
    if (node->since && node->until - node->since == 1231 - 101 && node->since % 10000 == 101)
        return date_term(out, builder, PREFIX_YEAR, node->since / 10000, 4);
    snprintf(since, sizeof since, "%08u", node->since ? (unsigned)node->since : 1u);
    snprintf(until, sizeof until, "%08u", node->until ? (unsigned)node->until : 99999999u);
    return build_failure(builder, xc_query_value_range(out, SLOT_DATE, since, 8, until, 8, &cause), &cause);
}

enum status build_value(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct buffer lower;
    if (builder->field == FIELD_NEAR || builder->field == FIELD_SIMILAR) return build_copies(out, builder, node);
    const char *prefix = builder->field == FIELD_LANGUAGE ? PREFIX_LANGUAGE
                         : builder->field == FIELD_TYPE   ? PREFIX_TYPE
                         : builder->field == FIELD_ID     ? PREFIX_ID
                         : builder->field == FIELD_PATH   ? PREFIX_FILE
                                                          : NULL;
    if (!prefix)
        return fail_at(builder->error, UNSUPPORTED, node->range.start, "%s: cannot be searched (search its words)",
                       syntax_field_name(builder->field));
    if (builder->field == FIELD_ID || builder->field == FIELD_PATH)
        return term_query(out, builder, prefix, node->text, 1);
    buffer_init(&lower, SYNTAX_BYTES_MAX);
    enum status status = fold(&lower, node->text);
    if (status)
        status = fail(builder->error, status, "out of memory while reading the query");
    else
        status = term_query(out, builder, prefix, buffer_span(&lower), 1);
    buffer_release(&lower);
    return status;
}
