/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_lists.h"
#include "searcher/name_query.h"
#include "searcher/query_build.h"

#include <string.h>

enum { EVIDENCE_NAMES_MAX = 20 /* names whose words are marked: those in most documents */ };

static enum status out_of_memory(struct builder *builder)
{
    return fail(builder->error, NO_MEMORY, "out of memory while reading the query");
}

enum status check_names(struct builder *builder, const struct syntax_node *field)
{
    if (!syntax_field_is_name(field->field) || builder->vocabulary->reader->names) return OK;
    return fail_at(builder->error, UNSUPPORTED, field->range.start,
                   "this index has no names, so %s: finds nothing (dossier retag finds them)",
                   syntax_field_name(field->field));
}

bool name_takes(const struct syntax_node *node)
{
    return node->kind == SYNTAX_WORD || node->kind == SYNTAX_EXACT || node->kind == SYNTAX_PREFIX ||
           node->kind == SYNTAX_PHRASE || node->kind == SYNTAX_SEQUENCE;
}

static enum status resolve(struct name_matches *out, struct builder *builder, const struct syntax_node *leaf)
{
    enum name_match match = leaf->kind == SYNTAX_PREFIX                 ? NAME_BEGINS
                            : leaf->kind == SYNTAX_EXACT || leaf->exact ? NAME_IS
                                                                        : NAME_HAS_WORDS;
    return names_resolve(out, builder->arena, builder->vocabulary, name_type_of_field(builder->field), leaf->text,
                         match, builder->error);
}

/* The key of a text that no name fits is a term that no document has. */
static enum status add_terms(struct parts *out, struct builder *builder, const struct name_matches *names)
{
    const char *prefix = name_places[name_type_of_field(builder->field)].prefix;
    struct xc_query *term = NULL;
    enum status status = OK;
    if (!names->count) {
        status = term_query(&term, builder, prefix, SPAN("?"), 1); /* no key has a sign in it */
        if (!status) status = parts_add(builder, out, term);
    }
    for (size_t i = 0; !status && i < names->count; i++) {
        status = term_query(&term, builder, prefix, names->items[i].key, 1);
        if (!status) status = parts_add(builder, out, term);
    }
    return status;
}

static enum status words_of(struct word **out, size_t *count, struct builder *builder, struct span text)
{
    struct words words;
    enum status status = words_analyse(&words, builder->arena, builder->vocabulary, text, builder->error);
    if (status) return status;
    *out = arena_take(builder->arena, (words.count + 1) * sizeof **out);
    if (!*out) return out_of_memory(builder);
    *count = words_in_line(*out, &words);
    return OK;
}

static enum status add_phrase(struct builder *builder, uint32_t item, struct span text)
{
    struct word *words;
    size_t count;
    enum status status = words_of(&words, &count, builder, text);
    return status ? status : add_evidence(builder, item, words, count, true, (uint32_t)count, EVIDENCE_STEM);
}

/* What is marked: the mentions of the names matched, in whatever words the document has them; the names themselves,
 * where tagging has missed one; and the words as typed, which stand for a name in part. */
static enum status add_names_evidence(struct builder *builder, const struct syntax_node *leaf,
                                      const struct name_matches *names)
{
    uint32_t item = builder->items++;
    if (builder->negations || !names->count) return OK;
    enum status status = OK;
    for (size_t i = 0; !status && i < names->count && i < EVIDENCE_NAMES_MAX; i++) {
        const struct index_name *name = &names->items[i];
        status = add_phrase(builder, item, name->key);
        if (!status)
            status = add_name_evidence(builder, item, name->type, name->key, word_weight(builder, name->documents));
    }
    return status || leaf->kind == SYNTAX_PREFIX ? status : add_phrase(builder, item, leaf->text);
}

static enum status build_leaf(struct xc_query **out, bool *found, struct builder *builder,
                              const struct syntax_node *leaf)
{
    struct name_matches names;
    struct parts terms = {0};
    enum status status = resolve(&names, builder, leaf);
    if (!status) status = add_terms(&terms, builder, &names);
    if (!status) status = parts_combine(out, builder, &terms, XC_OR, 0);
    if (!status) status = scale(out, builder, 0); /* names filter and weigh nothing */
    if (!status) status = add_names_evidence(builder, leaf, &names);
    parts_release(&terms);
    *found = !status && names.count;
    return status;
}

enum status name_alternative(struct xc_query **query, struct builder *builder, const struct word *word, uint32_t item)
{
    struct parts terms = {0};
    struct xc_query *names = NULL;
    enum status status = OK;
    if (!builder->vocabulary->reader->names || builder->negations || word->kind != TOKEN_WORD) return OK;
    if (builder->field != FIELD_NONE && builder->field != FIELD_TEXT) return OK;
    for (int type = 1; !status && type < NAME_TYPES; type++) {
        struct span name = name_lists_expand(builder->vocabulary->names, (enum name_type)type, word->form);
        struct name_matches found;
        struct xc_query *term = NULL;
        if (span_equal(name, word->form) || !name.length || !memchr(name.data, ' ', name.length)) continue;
        status = names_resolve(&found, builder->arena, builder->vocabulary, (enum name_type)type, name, NAME_IS,
                               builder->error);
        if (status || found.count != 1) continue;
        status = term_query(&term, builder, name_places[type].prefix, found.items[0].key, 1);
        if (!status) status = parts_add(builder, &terms, term);
        if (!status) status = add_phrase(builder, item, found.items[0].key);
    }
    if (!status) status = parts_combine(&names, builder, &terms, XC_OR, 0);
    parts_release(&terms);
    if (!status) status = scale(&names, builder, 0);
    if (status) {
        xc_query_free(names);
        return status;
    }
    return names ? combine_two(query, builder, XC_OR, *query, names) : OK;
}

/* The words of a sequence as one leaf; its text is empty when it has no words. */
static enum status join_words(struct syntax_node *out, struct builder *builder, const struct syntax_node *sequence)
{
    struct buffer joined;
    enum status status = OK;
    buffer_init(&joined, SYNTAX_BYTES_MAX * 2);
    for (const struct syntax_node *child = sequence->child; !status && child; child = child->next) {
        if (child->kind != SYNTAX_WORD) continue;
        if (joined.length) status = buffer_append_byte(&joined, ' ');
        if (!status) status = buffer_append_span(&joined, child->text);
    }
    char *copy = status ? NULL : arena_copy(builder->arena, buffer_span(&joined));
    *out = *sequence;
    out->kind = SYNTAX_WORD;
    out->child = NULL;
    out->text = (struct span){copy, joined.length};
    buffer_release(&joined);
    return copy ? OK : out_of_memory(builder);
}

/* person:(fumio kishida) is one name, unless no name has all the words: then each is one. */
static enum status build_names(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    struct syntax_node joined;
    struct parts parts = {0}, excluded = {0};
    struct xc_query *query = NULL, *exclusion = NULL, *part = NULL;
    struct xc_error cause = {0};
    bool found = false;
    enum status status = join_words(&joined, builder, node);
    if (!status && joined.text.length) {
        status = build_leaf(&part, &found, builder, &joined);
        if (!status && found)
            status = parts_add(builder, &parts, part);
        else
            xc_query_free(part);
    }
    for (const struct syntax_node *child = node->child; !status && child; child = child->next) {
        bool excludes = child->kind == SYNTAX_NOT;
        if (found && child->kind == SYNTAX_WORD) continue;
        builder->negations += excludes;
        status = build_node(&part, builder, excludes ? child->child : child);
        builder->negations -= excludes;
        if (!status) status = parts_add(builder, excludes ? &excluded : &parts, part);
    }
    if (!status) status = parts_combine(&query, builder, &parts, XC_AND, 0);
    if (!status) status = parts_combine(&exclusion, builder, &excluded, XC_OR, 0);
    if (!status && exclusion && !query) status = build_failure(builder, xc_query_all(&query, &cause), &cause);
    if (!status && exclusion) {
        status = combine_two(&query, builder, XC_AND_NOT, query, exclusion);
        exclusion = NULL;
    }
    parts_release(&parts);
    parts_release(&excluded);
    xc_query_free(exclusion);
    *out = query;
    return status;
}

enum status build_name(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    bool found;
    return node->kind == SYNTAX_SEQUENCE ? build_names(out, builder, node) : build_leaf(out, &found, builder, node);
}

enum status name_places_of(struct parts *places, struct word **words, size_t *count, struct builder *builder,
                           const struct syntax_node *node)
{
    struct name_matches names;
    struct word *typed, *name;
    size_t typed_count, name_count;
    *count = 0;
    enum status status = resolve(&names, builder, node);
    if (!status) status = add_terms(places, builder, &names);
    if (!status) status = words_of(&typed, &typed_count, builder, node->text);
    if (status) return status;
    struct word *all = arena_take(builder->arena, (typed_count + EVIDENCE_NAMES_MAX + 1) * sizeof *all);
    if (!all) return out_of_memory(builder);
    for (size_t i = 0; i < typed_count; i++) {
        typed[i].open = typed[i].open || (node->kind == SYNTAX_PREFIX && i + 1 == typed_count);
        all[(*count)++] = typed[i];
    }
    /* The words alone are evidence within the neighbourhood's group; mentions elsewhere have not matched. */
    for (size_t i = 0; !status && i < names.count && i < EVIDENCE_NAMES_MAX; i++) {
        status = words_of(&name, &name_count, builder, names.items[i].key);
        if (!status && name_count) all[(*count)++] = name[0];
    }
    *words = all;
    return status;
}
