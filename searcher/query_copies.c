/* SPDX-License-Identifier: GPL-2.0-or-later */
/* near:ID and similar:ID, which name a document and ask for others. */
#include "searcher/copies.h"
#include "searcher/query_build.h"
#include "searcher/similar.h"

static enum status find_document(uint32_t *docid, struct builder *builder, const struct syntax_node *node)
{
    struct reader *reader = builder->vocabulary->reader;
    enum status status = reader_find(docid, reader, node->text, builder->error);
    if (status != NOT_FOUND) return status;
    return fail_at(builder->error, INVALID, node->range.start, "%s: there is no document '%.*s' in this index",
                   syntax_field_name(builder->field), (int)(node->text.length < 300 ? node->text.length : 300),
                   node->text.data);
}

static enum status build_near_copies(struct xc_query **out, struct builder *builder, const struct syntax_node *node,
                                     uint32_t docid)
{
    struct reader *reader = builder->vocabulary->reader;
    struct original original;
    enum status status = copies_original(&original, reader, docid, builder->error);
    if (status) return status;
    if (!original.is_signed)
        return fail_at(
            builder->error, UNSUPPORTED, node->range.start,
            "near: document '%.*s' has no signature: it has no words, or was indexed before near-copies were "
            "kept (index into a new folder)",
            (int)(node->text.length < 300 ? node->text.length : 300), node->text.data);
    status = copies_find(&original, 1, reader, builder->error);
    struct docid_list *list = arena_take(builder->arena, sizeof *list);
    struct span found = {(const char *)original.copies.items, original.copies.count * sizeof *original.copies.items};
    uint32_t *items = status ? NULL : arena_take(builder->arena, found.length + sizeof *items);
    if (!status && (!list || !items)) status = fail(builder->error, NO_MEMORY, "out of memory while reading the query");
    if (!status) {
        for (size_t i = 0; i < original.copies.count; i++) items[i] = original.copies.items[i];
        *list = (struct docid_list){items, original.copies.count, 0};
        status = docid_query(out, list, reader, builder->error);
    }
    docid_list_release(&original.copies);
    return status;
}

static enum status add_similar_evidence(struct builder *builder, const struct similar_terms *terms)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < terms->count; i++) {
        struct word word = {.form = terms->items[i].stem,
                            .stem = {terms->items[i].stem},
                            .stem_count = 1,
                            .kind = TOKEN_WORD,
                            .documents = terms->items[i].documents};
        status = add_evidence(builder, builder->items++, &word, 1, true, 1, EVIDENCE_STEM);
    }
    return status;
}

/* What is like the document, but for itself. */
static enum status build_like(struct xc_query **out, struct builder *builder, const struct syntax_node *node,
                              uint32_t docid)
{
    struct similar_terms terms;
    struct xc_query *like = NULL, *itself = NULL;
    enum status status = similar_of_document(&terms, builder->arena, builder->vocabulary, docid, builder->error);
    if (!status) status = similar_query(&like, &terms, builder->vocabulary->reader, builder->error);
    if (!status) status = add_similar_evidence(builder, &terms);
    if (!status) status = term_query(&itself, builder, PREFIX_ID, node->text, 1);
    if (!status) return combine_two(out, builder, XC_AND_NOT, like, itself);
    xc_query_free(like);
    xc_query_free(itself);
    return status;
}

enum status build_copies(struct xc_query **out, struct builder *builder, const struct syntax_node *node)
{
    uint32_t docid;
    enum status status = find_document(&docid, builder, node);
    if (status) return status;
    return builder->field == FIELD_NEAR ? build_near_copies(out, builder, node, docid)
                                        : build_like(out, builder, node, docid);
}

enum status query_plan_similar(struct query_plan *plan, const struct vocabulary *vocabulary, struct span text,
                               struct error *error)
{
    struct similar_terms terms;
    struct xc_query *like = NULL;
    struct builder builder = {.vocabulary = vocabulary,
                              .arena = &plan->arena,
                              .error = error,
                              .groups = (struct evidence_group *)plan->evidence.groups,
                              .group_count = plan->evidence.count,
                              .group_room = plan->evidence.count};
    for (size_t i = 0; i < plan->evidence.count; i++)
        if (plan->evidence.groups[i].item >= builder.items) builder.items = plan->evidence.groups[i].item + 1;
    enum status status = similar_of_text(&terms, &plan->arena, vocabulary, text, error);
    if (!status) status = similar_query(&like, &terms, vocabulary->reader, error);
    if (!status) status = add_similar_evidence(&builder, &terms);
    if (!status) {
        status = combine_two(&like, &builder, XC_FILTER, like, plan->query);
        plan->query = status ? NULL : like;
        plan->evidence = (struct evidence){.groups = builder.groups, .count = builder.group_count};
    }
    if (status) query_plan_release(plan);
    return status;
}
