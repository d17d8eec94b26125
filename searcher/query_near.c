/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/query_build.h"

#include <string.h>

/* One side of NEAR or ADJ: what may stand at its place, and what must hold besides. */
struct side {
    struct parts places; /* alternatives, each a query of terms with positions */
    struct parts extras;
    struct word *words; /* for the evidence: one word an alternative */
    size_t count;
};

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
    }
    return status;
}

static enum status side_of_leaf(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    struct word *words;
    size_t count;
    struct xc_query *place = NULL, *extra = NULL;
    enum status status;
    if (syntax_field_is_name(builder->field))
        return name_places_of(&side->places, &side->words, &side->count, builder, node);
    if (node->kind == SYNTAX_PREFIX) {
        struct span start;
        status = prefix_start(&start, builder, node);
        if (status) return status;
        if (start.length) {
            status = add_expansion(side, builder, node, start);
            struct word *word = status ? NULL : arena_take(builder->arena, sizeof *word);
            if (!word) return status ? status : fail(builder->error, NO_MEMORY, "out of memory");
            *word = (struct word){.form = start, .kind = TOKEN_WORD, .open = true};
            side->words = word, side->count = 1;
            return OK;
        }
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
    side->words = words, side->count = 1;
    return status;
}

static enum status build_side(struct side *side, struct builder *builder, const struct syntax_node *node)
{
    if (node->kind != SYNTAX_OR) return side_of_leaf(side, builder, node);
    enum status status = OK;
    struct word *words = arena_take(builder->arena, (node->count + 1) * sizeof *words);
    if (!words) return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    size_t count = 0;
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        struct side one = {.places = side->places};
        status = side_of_leaf(&one, builder, child);
        side->places = one.places;
        parts_release(&one.extras); /* what one alternative needs besides cannot hold for the others */
        if (!status && one.count) words[count++] = one.words[0];
    }
    side->words = words, side->count = count;
    return status;
}

/* Evidence of a side as one word whose stems are those of its alternatives. */
static struct word merged(const struct side *side)
{
    struct word word = side->words[0];
    for (size_t i = 1; i < side->count; i++) {
        const struct word *other = &side->words[i];
        for (size_t k = 0; k < other->stem_count && word.stem_count < WORD_STEMS_MAX; k++)
            word.stem[word.stem_count++] = other->stem[k];
        if (other->open && !word.open) word.open = true, word.form = other->form;
    }
    return word;
}

enum status build_near(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct parts places = {0}, extras = {0};
    struct xc_query *near = NULL, *others = NULL;
    struct word *evidence = arena_take(builder->arena, (node->count + 1) * sizeof *evidence);
    size_t count = 0;
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
        if (!status && side.count) evidence[count++] = merged(&side);
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
    return status ? status : add_evidence(builder, builder->items++, evidence, count, ordered, window, EVIDENCE_STEM);
}
