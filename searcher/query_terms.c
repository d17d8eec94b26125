/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum status build_failure(struct builder *builder, enum xc_status status, const struct xc_error *cause)
{
    return reader_failure(builder->error, status, cause, builder->vocabulary->reader->path);
}

static enum status out_of_memory(struct builder *builder)
{
    return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
}

enum status parts_add(struct builder *builder, struct parts *parts, struct xc_query *query)
{
    if (!query) return OK;
    if (parts->count == parts->room) {
        size_t room = parts->room ? 2 * parts->room : 16;
        struct xc_query **grown = realloc(parts->items, room * sizeof *grown);
        if (!grown) {
            xc_query_free(query);
            return out_of_memory(builder);
        }
        parts->items = grown;
        parts->room = room;
    }
    parts->items[parts->count++] = query;
    return OK;
}

void parts_release(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) xc_query_free(parts->items[i]);
    free(parts->items);
    *parts = (struct parts){0};
}

enum status parts_combine(struct xc_query **out, struct builder *builder, struct parts *parts,
                          enum xc_operator operator_, uint32_t parameter)
{
    struct xc_error cause = {0};
    enum xc_status status = XC_OK;
    *out = NULL;
    if (parts->count == 1)
        *out = parts->items[0], parts->count = 0;
    else if (parts->count)
        status = xc_query_combine(out, operator_, (const struct xc_query *const *)parts->items, parts->count, parameter,
                                  &cause);
    parts_release(parts);
    return status ? build_failure(builder, status, &cause) : OK;
}

enum status combine_two(struct xc_query **out, struct builder *builder, enum xc_operator operator_,
                        struct xc_query *left, struct xc_query *right)
{
    struct xc_error cause = {0};
    enum xc_status status = XC_OK;
    *out = left ? left : right;
    if (!left || !right) return OK;
    *out = NULL;
    status = xc_query_combine(out, operator_, (const struct xc_query *[]){left, right}, 2, 0, &cause);
    xc_query_free(left);
    xc_query_free(right);
    return status ? build_failure(builder, status, &cause) : OK;
}

enum status scale(struct xc_query **query, struct builder *builder, double factor)
{
    struct xc_error cause = {0};
    struct xc_query *scaled = NULL;
    if (!*query || factor == 1) return OK;
    enum xc_status status = xc_query_scale(&scaled, *query, factor, &cause);
    if (status) return build_failure(builder, status, &cause);
    xc_query_free(*query);
    *query = scaled;
    return OK;
}

enum status term_query(struct xc_query **out, struct builder *builder, const char *prefix, struct span text,
                       uint32_t wqf)
{
    struct buffer term;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    struct xc_error cause = {0};
    enum status status = schema_term(&term, prefix, text);
    if (status)
        status = out_of_memory(builder);
    else
        status = build_failure(builder, xc_query_term(out, term.data, term.length, wqf, &cause), &cause);
    buffer_release(&term);
    return status;
}

const char *field_prefix(const struct builder *builder)
{
    switch (builder->field) {
    case FIELD_TITLE:
        return PREFIX_TITLE_STEM;
    case FIELD_AUTHOR:
        return PREFIX_AUTHOR;
    case FIELD_SOURCE:
        return PREFIX_SOURCE;
    default:
        return PREFIX_STEM;
    }
}

/* Authors and sources are names: they are compared by their forms. */
static bool field_has_stems(const struct builder *builder)
{
    return builder->field != FIELD_AUTHOR && builder->field != FIELD_SOURCE;
}

static enum status any_stem(struct xc_query **out, struct builder *builder, const char *prefix, const struct word *word,
                            enum xc_operator operator_)
{
    struct parts parts = {0};
    enum status status = OK;
    for (size_t i = 0; !status && i < word->stem_count; i++) {
        struct xc_query *term = NULL;
        status = term_query(&term, builder, prefix, word->stem[i], 1);
        if (!status) status = parts_add(builder, &parts, term);
    }
    if (!status) return parts_combine(out, builder, &parts, operator_, 0);
    parts_release(&parts);
    return status;
}

enum status place_terms(struct xc_query **out, struct builder *builder, const struct word *word)
{
    if (!field_has_stems(builder)) return term_query(out, builder, field_prefix(builder), word->form, 1);
    return any_stem(out, builder, field_prefix(builder), word, XC_OR);
}

enum status word_query(struct xc_query **out, struct builder *builder, const struct word *word, uint32_t wqf)
{
    struct xc_query *query = NULL, *filter = NULL;
    enum status status;
    if (!field_has_stems(builder)) {
        status = place_terms(&query, builder, word);
        if (!status) status = scale(&query, builder, 0);
    } else if (word->stem_count == 1) {
        status = term_query(&query, builder, PREFIX_STEM, word->stem[0], wqf);
    } else {
        status = any_stem(&query, builder, PREFIX_STEM, word, XC_SYNONYM);
        if (!status) status = scale(&query, builder, wqf);
    }
    if (!status && builder->field == FIELD_TITLE) {
        status = any_stem(&filter, builder, PREFIX_TITLE_STEM, word, XC_OR);
        if (!status) status = combine_two(&query, builder, XC_FILTER, query, filter);
    }
    if (!status)
        *out = query;
    else
        xc_query_free(query);
    return status;
}

size_t words_in_line(struct word *out, const struct words *words)
{
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].kind != TOKEN_COMPOUND && words->items[i].kind != TOKEN_ADDRESS)
            out[count++] = words->items[i];
    return count;
}

enum status phrase_query(struct xc_query **out, struct builder *builder, const struct word *words, size_t count)
{
    struct parts places = {0}, scored = {0};
    struct xc_query *phrase = NULL, *scores = NULL;
    enum status status = OK;
    if (count == 1) return word_query(out, builder, words, 1);
    for (size_t i = 0; !status && i < count; i++) {
        struct xc_query *place = NULL;
        status = place_terms(&place, builder, &words[i]);
        if (!status) status = parts_add(builder, &places, place);
    }
    uint32_t window = words[count - 1].position - words[0].position + 1;
    if (window < count) window = (uint32_t)count;
    if (!status) status = parts_combine(&phrase, builder, &places, XC_PHRASE, window);
    /* Terms of other fields than the text weigh nothing: there the phrase filters, and the text's words score. */
    if (!status && builder->field == FIELD_TITLE) {
        for (size_t i = 0; !status && i < count; i++) {
            struct xc_query *word = NULL;
            status = any_stem(&word, builder, PREFIX_STEM, &words[i], XC_SYNONYM);
            if (!status) status = parts_add(builder, &scored, word);
        }
        if (!status) status = parts_combine(&scores, builder, &scored, XC_AND, 0);
        if (!status) {
            status = combine_two(&phrase, builder, XC_FILTER, scores, phrase);
            scores = NULL;
        }
    } else if (!status && !field_has_stems(builder)) {
        status = scale(&phrase, builder, 0);
    }
    parts_release(&places);
    parts_release(&scored);
    xc_query_free(scores);
    if (!status)
        *out = phrase;
    else
        xc_query_free(phrase);
    return status;
}

double word_weight(const struct builder *builder, uint32_t documents)
{
    return log(1 + (double)builder->vocabulary->reader->documents / (1 + (double)documents));
}

static enum status place_evidence(struct evidence_place *out, struct builder *builder, const struct word *word,
                                  enum evidence_kind kind)
{
    size_t count = kind == EVIDENCE_STEM ? word->stem_count : 1;
    struct evidence_term *terms = arena_take(builder->arena, (count + 1) * sizeof *terms);
    if (!terms) return out_of_memory(builder);
    for (size_t i = 0; i < count; i++)
        terms[i] = (struct evidence_term){kind, kind == EVIDENCE_STEM ? word->stem[i] : word->form};
    if (word->open && kind == EVIDENCE_STEM) terms[count++] = (struct evidence_term){EVIDENCE_PREFIX, word->form};
    *out = (struct evidence_place){terms, count};
    return OK;
}

enum status add_evidence(struct builder *builder, uint32_t item, const struct word *words, size_t count, bool ordered,
                         uint32_t window, enum evidence_kind kind)
{
    if (builder->negations || !count || !field_has_stems(builder)) return OK;
    if (builder->group_count == builder->group_room) {
        size_t room = builder->group_room ? 2 * builder->group_room : 32;
        struct evidence_group *grown = arena_take(builder->arena, room * sizeof *grown);
        if (!grown) return out_of_memory(builder);
        if (builder->group_count) memcpy(grown, builder->groups, builder->group_count * sizeof *grown);
        builder->groups = grown;
        builder->group_room = room;
    }
    struct evidence_place *places = arena_take(builder->arena, count * sizeof *places);
    if (!places) return out_of_memory(builder);
    double weight = 0;
    for (size_t i = 0; i < count; i++) {
        enum status status = place_evidence(&places[i], builder, &words[i], kind);
        if (status) return status;
        weight += word_weight(builder, words[i].documents) * (words[i].stop ? 0.1 : 1);
    }
    builder->groups[builder->group_count++] = (struct evidence_group){
        .places = places,
        .count = count,
        .ordered = ordered,
        .window = window,
        .title_only = builder->field == FIELD_TITLE,
        .item = item,
        .weight = weight,
    };
    return OK;
}

enum status add_name_evidence(struct builder *builder, uint32_t item, enum name_type type, struct span key,
                              double weight)
{
    if (builder->negations) return OK;
    if (builder->name_count == builder->name_room) {
        size_t room = builder->name_room ? 2 * builder->name_room : 8;
        struct evidence_name *grown = arena_take(builder->arena, room * sizeof *grown);
        if (!grown) return out_of_memory(builder);
        if (builder->name_count) memcpy(grown, builder->names, builder->name_count * sizeof *grown);
        builder->names = grown;
        builder->name_room = room;
    }
    builder->names[builder->name_count++] = (struct evidence_name){type, key, item, weight};
    return OK;
}

/* The word's own bytes where the leaf's text is the query's to the byte, as it is but for repaired characters; else
 * those of the leaf. */
static struct range place_in_query(const struct syntax_node *leaf, const struct word *word)
{
    struct range range = leaf->range;
    if (range.end - range.start != leaf->text.length || word->source.end > leaf->text.length) return range;
    return (struct range){range.start + word->source.start, range.start + word->source.end};
}

enum status add_unknown(struct builder *builder, const struct syntax_node *leaf, const struct word *word,
                        const struct word *correction)
{
    if (builder->negations || word->documents || word->kind != TOKEN_WORD) return OK;
    if (builder->unknown_count == builder->unknown_room) {
        size_t room = builder->unknown_room ? 2 * builder->unknown_room : 8;
        struct unknown_word *grown = arena_take(builder->arena, room * sizeof *grown);
        if (!grown) return out_of_memory(builder);
        if (builder->unknown_count) memcpy(grown, builder->unknown, builder->unknown_count * sizeof *grown);
        builder->unknown = grown;
        builder->unknown_room = room;
    }
    builder->unknown[builder->unknown_count++] = (struct unknown_word){
        place_in_query(leaf, word), word->form, correction ? correction->form : (struct span){NULL, 0}};
    return OK;
}
