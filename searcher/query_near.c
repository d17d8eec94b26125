/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <string.h>

/* One side of NEAR or ADJ: what may stand at its place, and what must hold besides. */
struct side {
    struct parts places; /* alternatives, each a query of terms with positions */
    struct parts extras;
    struct evidence_term *terms; /* for the evidence: all that may stand at its place */
    size_t count, room;
    double weight;
};

static enum status add_term(struct side *side, struct builder *builder, enum evidence_kind kind, struct span text)
{
    if (side->count == side->room) {
        size_t room = side->room ? 2 * side->room : 8;
        struct evidence_term *grown = arena_take(builder->arena, room * sizeof *grown);
        if (!grown) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
        if (side->count) memcpy(grown, side->terms, side->count * sizeof *grown);
        side->terms = grown;
        side->room = room;
    }
    side->terms[side->count++] = (struct evidence_term){kind, text};
    return OK;
}

/* A word as one of the alternatives; the side is worth what the most telling of them is. */
static enum status add_word(struct side *side, struct builder *builder, const struct word *word)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < word->stem_count; i++)
        status = add_term(side, builder, EVIDENCE_STEM, word->stem[i]);
    if (!status && word->open) status = add_term(side, builder, EVIDENCE_PREFIX, word->form);
    double weight = word_weight(builder, word->documents) * (word->stop ? 0.1 : 1);
    if (weight > side->weight) side->weight = weight;
    return status;
}

/* Stems that a star stands for. */
struct expansion {
    struct span *items;
    size_t count;
};

static bool expansion_has(const struct expansion *expansion, struct span stem)
{
    for (size_t i = expansion->count; i--;) /* words in order: a stem met before was met just now */
        if (span_equal(expansion->items[i], stem)) return true;
    return false;
}

/* The stems of one word of the index, or the word itself where the field has words alone. */
static enum status expand_word(struct expansion *expansion, struct builder *builder, struct span form)
{
    struct words words;
    bool names = builder->field == FIELD_AUTHOR || builder->field == FIELD_SOURCE;
    if (names) {
        char *copy = arena_copy(builder->arena, form);
        if (!copy) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
        expansion->items[expansion->count++] = (struct span){copy, form.length};
        return OK;
    }
    enum status status = words_analyse(&words, builder->arena, builder->vocabulary, form, builder->error);
    if (status || words.count != 1) return status;
    for (size_t i = 0; i < words.items[0].stem_count; i++)
        if (!expansion_has(expansion, words.items[0].stem[i]))
            expansion->items[expansion->count++] = words.items[0].stem[i];
    return OK;
}

/* Exact forms have no positions, and neighbourhoods take no wildcard: a star stands for the stems of the words that
 * begin so. */
static enum status add_expansion(struct side *side, struct builder *builder, const struct syntax_node *node,
                                 struct span start)
{
    struct xc_terms *terms = NULL;
    struct xc_error cause = {0};
    struct expansion expansion = {NULL, 0};
    size_t count = 0, length = strlen(form_prefix(builder));
    expansion.items = arena_take(builder->arena, (QUERY_EXPANSION_MAX + 1) * WORD_STEMS_MAX * sizeof *expansion.items);
    if (!expansion.items) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    enum status status = prefix_terms(&terms, builder, start);
    enum xc_status walked = status ? XC_OK : xc_terms_next(terms, &cause);
    for (; !status && !walked; walked = xc_terms_next(terms, &cause)) {
        struct xc_bytes term = xc_terms_term(terms);
        if (++count > QUERY_EXPANSION_MAX)
            status = too_many_words(builder, node, start);
        else
            status = expand_word(&expansion, builder, (struct span){term.data + length, term.length - length});
        if (status) break;
    }
    xc_terms_free(terms);
    if (!status && walked != XC_NOT_FOUND) status = build_failure(builder, walked, &cause);
    if (!expansion.count) expansion.items[expansion.count++] = start; /* no word begins so: a place nothing stands at */
    for (size_t i = 0; !status && i < expansion.count; i++) {
        struct xc_query *place = NULL;
        status = term_query(&place, builder, field_prefix(builder), expansion.items[i], 1);
        if (!status) status = parts_add(builder, &side->places, place);
        if (!status) status = add_term(side, builder, EVIDENCE_STEM, expansion.items[i]);
    }
    double weight = word_weight(builder, 0);
    if (weight > side->weight) side->weight = weight;
    return status;
}

static enum status side_of_leaf(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    struct xc_query *place = NULL, *extra = NULL;
    enum status status;
    if (syntax_field_is_name(builder->field)) {
        status = name_places_of(&side->places, &words, &count, builder, node);
        for (size_t i = 0; !status && i < count; i++) status = add_word(side, builder, &words[i]);
        return status;
    }
    if (node->kind == SYNTAX_PREFIX) {
        struct span start;
        status = prefix_start(&start, builder, node);
        if (status) return status;
        if (start.length) return add_expansion(side, builder, node, start);
    }
    status = line_of(&words, &count, builder, node);
    if (status || !count) return status;
    status = place_terms(&place, builder, &words[0]);
    if (!status) status = parts_add(builder, &side->places, place);
    if (!status && count > 1) {
        status = phrase_query(&extra, builder, words, count);
        if (!status) status = parts_add(builder, &side->extras, extra);
    }
    if (!status && (node->kind == SYNTAX_EXACT || node->exact)) {
        status = exact_forms(&extra, builder, words, count);
        if (!status) status = parts_add(builder, &side->extras, extra);
    }
    return status ? status : add_word(side, builder, &words[0]);
}

static enum status build_side(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    if (node->kind != SYNTAX_OR) return side_of_leaf(side, builder, node);
    enum status status = OK;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        struct parts extras = side->extras;
        side->extras = (struct parts){0};
        status = side_of_leaf(side, builder, child);
        parts_release(&side->extras); /* what one alternative needs besides cannot hold for the others */
        side->extras = extras;
    }
    return status;
}

enum status build_near(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct parts places = {0}, extras = {0};
    struct xc_query *near = NULL, *others = NULL;
    struct evidence_place *evidence = arena_take(builder->arena, (node->count + 1) * sizeof *evidence);
    size_t count = 0;
    double weight = 0;
    enum status status = evidence ? OK : fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        enum syntax_field outer = builder->field;
        const struct syntax_node *leaf = child;
        if (child->kind == SYNTAX_FIELD) {
            status = check_names(builder, child);
            builder->field = child->field;
            leaf = child->child;
        }
        struct side side = {0};
        struct xc_query *place = NULL;
        if (!status) status = build_side(&side, builder, leaf);
        if (!status) status = parts_combine(&place, builder, &side.places, XC_OR, 0);
        if (!status) status = parts_add(builder, &places, place);
        for (size_t i = 0; !status && i < side.extras.count; i++) {
            status = parts_add(builder, &extras, side.extras.items[i]);
            side.extras.items[i] = NULL;
        }
        if (!status && side.count) evidence[count++] = (struct evidence_place){side.terms, side.count};
        weight += side.weight;
        parts_release(&side.places);
        parts_release(&side.extras);
        builder->field = outer;
    }
    bool ordered = node->kind == SYNTAX_ADJ;
    uint32_t window = count > 1 ? (uint32_t)(count - 1) * node->distance + 1 : 1;
    if (!status) status = parts_combine(&near, builder, &places, ordered ? XC_PHRASE : XC_NEAR, window);
    if (!status) status = parts_combine(&others, builder, &extras, XC_AND, 0);
    if (!status) {
        status = combine_two(out, builder, XC_AND, near, others);
    } else {
        xc_query_free(near);
    }
    parts_release(&places);
    parts_release(&extras);
    struct evidence_group group = {
        .places = evidence, .count = count, .ordered = ordered, .window = window, .weight = weight};
    return status ? status : add_group(builder, builder->items++, &group);
}
