/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/explain.h"

#include "searcher/copies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A part of the query that is weighed as a whole. */
struct leaf {
    const struct xc_query_node *node;
    double factor; /* its weights are multiplied by; 0 for what does not weigh */
    double *score; /* by hit, before the factor; NAN where it does not match */
    struct explained_part label;
};

struct explaining {
    struct work *work;
    struct leaf *leaves;
    size_t count, room;
    struct docid_list docids; /* of the hits, ascending */
    size_t hit_count;
};

static enum status out_of_memory(struct work *work)
{
    return fail(work->error, NO_MEMORY, "out of memory while explaining");
}

/* OR, AND and their like are looked into; what the matcher weighs as one is a leaf. */
static bool is_branch(const struct xc_query_view *view)
{
    if (view->kind == XC_QUERY_SCALED) return true;
    return view->kind == XC_QUERY_COMBINED &&
           (view->operator_ == XC_AND || view->operator_ == XC_OR || view->operator_ == XC_AND_NOT ||
            view->operator_ == XC_FILTER || view->operator_ == XC_AND_MAYBE);
}

/* Whether part [i] of a branch adds to its weight. */
static bool part_weighs(const struct xc_query_view *view, size_t i)
{
    return i == 0 || (view->operator_ != XC_AND_NOT && view->operator_ != XC_FILTER);
}

/* Lists the leaves in the order of a walk, which sum() repeats. */
static enum status collect(struct explaining *explaining, const struct xc_query_node *node, double factor)
{
    struct xc_query_view view = xc_query_look(node);
    enum status status = OK;
    if (is_branch(&view)) {
        if (view.kind == XC_QUERY_SCALED) return collect(explaining, xc_query_part(node, 0), factor * view.factor);
        for (size_t i = 0; !status && i < view.part_count; i++)
            status = collect(explaining, xc_query_part(node, i), part_weighs(&view, i) ? factor : 0);
        return status;
    }
    if (explaining->count == EXPLAIN_PARTS_MAX)
        return fail(explaining->work->error, LIMIT, "the query has more than %d parts: too many to explain",
                    EXPLAIN_PARTS_MAX);
    if (explaining->count == explaining->room) {
        size_t room = explaining->room ? 2 * explaining->room : 32;
        struct leaf *grown = realloc(explaining->leaves, room * sizeof *grown);
        if (!grown) return out_of_memory(explaining->work);
        explaining->leaves = grown;
        explaining->room = room;
    }
    explaining->leaves[explaining->count++] = (struct leaf){.node = node, .factor = factor};
    return OK;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static size_t index_of(const struct docid_list *docids, uint32_t docid)
{
    size_t low = 0, high = docids->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (docids->items[middle] < docid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Runs one leaf over the hits. */
static enum status weigh(struct explaining *explaining, struct leaf *leaf)
{
    struct work *work = explaining->work;
    struct reader *reader = &work->searcher->reader;
    struct xc_query *query = NULL, *among = NULL;
    struct match_result result = {0};
    struct xc_error cause = {0};
    leaf->score = malloc((explaining->docids.count + 1) * sizeof *leaf->score);
    if (!leaf->score) return out_of_memory(work);
    for (size_t i = 0; i < explaining->docids.count; i++) leaf->score[i] = NAN;
    enum status status = reader_failure(work->error, xc_query_of(&query, leaf->node, &cause), &cause, reader->path);
    if (!status) status = docid_query(&among, &explaining->docids, reader, work->error);
    struct match_request request = {
        .query = query, .filter = among, .ranking = &work->request->ranking, .count = explaining->docids.count};
    if (!status) status = match_run(&result, reader, &request, work->error);
    for (size_t i = 0; !status && i < result.count; i++)
        leaf->score[index_of(&explaining->docids, result.matches[i].docid)] = result.matches[i].score;
    match_result_release(&result);
    xc_query_free(query);
    xc_query_free(among);
    return status;
}

/* Whether document [at] matches [node]; where it does, adds its leaves' weights to [weight]. [next] is the leaf at
 * hand: a walk in the order of collect(). */
static bool sum(struct explaining *explaining, const struct xc_query_node *node, size_t at, size_t *next,
                double *weight)
{
    struct xc_query_view view = xc_query_look(node);
    if (!is_branch(&view)) {
        size_t index = (*next)++;
        const struct leaf *leaf = &explaining->leaves[index];
        bool matches = !isnan(leaf->score[at]);
        weight[index] = matches ? leaf->factor * leaf->score[at] : 0;
        return matches;
    }
    if (view.kind == XC_QUERY_SCALED) return sum(explaining, xc_query_part(node, 0), at, next, weight);
    size_t first = *next, second = first, matched = 0;
    bool head = false;
    for (size_t i = 0; i < view.part_count; i++) {
        bool matches = sum(explaining, xc_query_part(node, i), at, next, weight);
        if (!i) head = matches, second = *next;
        matched += matches;
    }
    bool matches = view.operator_ == XC_OR          ? matched > 0
                   : view.operator_ == XC_AND_MAYBE ? head
                   : view.operator_ == XC_AND_NOT   ? head && matched == 1
                                                    : matched == view.part_count;
    /* What does not match gives nothing, whatever its parts would. */
    size_t from = matches ? second : first;
    if (!matches || view.operator_ == XC_AND_NOT || view.operator_ == XC_FILTER)
        for (size_t i = from; i < *next; i++) weight[i] = 0;
    return matches;
}

static int heaviest_first(const void *a, const void *b)
{
    const struct explained_part *left = a, *right = b;
    if (left->weight != right->weight) return left->weight < right->weight ? 1 : -1;
    return (left->leaf > right->leaf) - (left->leaf < right->leaf);
}

/* How often the document has the part's term; 0 for parts of several terms. */
static enum status read_wdf(struct explaining *explaining, struct explained_part *part, uint32_t docid)
{
    struct reader *reader = &explaining->work->searcher->reader;
    struct xc_query_view view = xc_query_look(explaining->leaves[part->leaf].node);
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    if (view.kind != XC_QUERY_TERM) return OK;
    enum xc_status status = xc_database_postings(&postings, reader->database, view.term.data, view.term.length, &cause);
    if (!status) status = xc_postings_skip_to(postings, docid, &cause);
    if (!status && xc_postings_docid(postings) == docid) part->wdf = xc_postings_wdf(postings);
    xc_postings_free(postings);
    return status == XC_NOT_FOUND ? OK : reader_failure(explaining->work->error, status, &cause, reader->path);
}

/* The parts of one hit's score from [weight] by leaf, heaviest first. What the parts leave over, such as a bonus for
 * being recent, is a part of its own. */
static enum status explain_hit(struct explaining *explaining, struct hit *hit, size_t at, const double *weight)
{
    enum status status = OK;
    struct explained_part *parts =
        arena_take(&explaining->work->response->arena, (explaining->count + 1) * sizeof *parts);
    size_t count = 0;
    double total = 0;
    if (!parts) return out_of_memory(explaining->work);
    for (size_t i = 0; !status && i < explaining->count; i++) {
        const struct leaf *leaf = &explaining->leaves[i];
        bool name = leaf->label.is_name && !isnan(leaf->score[at]);
        if (weight[i] == 0 && !name) continue;
        parts[count] = explaining->leaves[i].label;
        parts[count].leaf = i;
        parts[count].weight = weight[i];
        total += weight[i];
        status = read_wdf(explaining, &parts[count++], hit->docid);
    }
    if (fabs(hit->score - total) > 1e-9 * fabs(hit->score))
        parts[count++] = (struct explained_part){.text = SPAN("the document as a whole"),
                                                 .how = explaining->work->rescoring.half_life > 0    ? "recency"
                                                        : explaining->work->rescoring.kept_count ? "kept"
                                                                                                 : "bonus",
                                                 .field = "",
                                                 .leaf = explaining->count,
                                                 .weight = hit->score - total};
    if (count) qsort(parts, count, sizeof *parts, heaviest_first);
    hit->explanation.parts = parts;
    hit->explanation.part_count = count;
    return status;
}

/* What the hit above has more: its weights less this one's, largest first; the negative ones are left out. */
static enum status compare(struct explaining *explaining, struct hit *hit, const double *above, const double *here)
{
    struct explained_part *more =
        arena_take(&explaining->work->response->arena, (explaining->count + 1) * sizeof *more);
    size_t count = 0;
    if (!more) return out_of_memory(explaining->work);
    for (size_t i = 0; i < explaining->count; i++) {
        if (above[i] <= here[i]) continue;
        more[count] = explaining->leaves[i].label;
        more[count].leaf = i;
        more[count++].weight = above[i] - here[i];
    }
    if (count) qsort(more, count, sizeof *more, heaviest_first);
    hit->explanation.above = more;
    hit->explanation.above_count = count;
    return OK;
}

static enum status explain_all(struct explaining *explaining, struct hit *hits, size_t count)
{
    struct work *work = explaining->work;
    enum status status = OK;
    double *weights = calloc(2 * (explaining->count + 1), sizeof *weights);
    if (!weights) return out_of_memory(work);
    double *above = weights, *here = weights + explaining->count + 1;
    for (size_t i = 0; !status && i < count; i++) {
        size_t next = 0, at = index_of(&explaining->docids, hits[i].docid);
        memset(here, 0, explaining->count * sizeof *here);
        sum(explaining, xc_query_root(work->query), at, &next, here);
        status = explain_hit(explaining, &hits[i], at, here);
        if (!status && i) status = compare(explaining, &hits[i], above, here);
        double *swap = above;
        above = here;
        here = swap;
    }
    free(weights);
    return status;
}

static enum status explain_query(struct work *work)
{
    struct buffer text;
    buffer_init(&text, 16 * SYNTAX_BYTES_MAX);
    bool any = work->request->match == MATCH_ANY || work->response->relaxed;
    enum status status = explain_words(&text, work->syntax->root, any ? MATCH_ANY : MATCH_ALL);
    if (!status && work->request->similar_text.length)
        status = buffer_append_string(&text, " Ranked by how like the documents are to the text given.");
    if (!status && work->response->relaxed) status = buffer_append_string(&text, " (No document has all of it.)");
    if (!status && work->request->expand)
        status = buffer_append_string(&text, " Words that the best of them share were added with a small weight.");
    if (!status && !work_keep(work, &work->response->in_words, buffer_span(&text))) status = NO_MEMORY;
    buffer_release(&text);
    return status ? out_of_memory(work) : OK;
}

enum status explain_hits(struct work *work)
{
    struct hit *hits = (struct hit *)work->response->hits; /* being filled */
    size_t count = work->response->hit_count;
    struct explaining explaining = {.work = work};
    enum status status = explain_query(work);
    if (count > EXPLAIN_HITS_MAX)
        return fail(work->error, LIMIT, "at most %d hits are explained at once", EXPLAIN_HITS_MAX);
    if (!status && !(explaining.docids.items = malloc((count + 1) * sizeof *explaining.docids.items)))
        status = out_of_memory(work);
    for (size_t i = 0; !status && i < count; i++) explaining.docids.items[explaining.docids.count++] = hits[i].docid;
    if (!status && count) qsort(explaining.docids.items, count, sizeof *explaining.docids.items, by_number);
    if (!status) status = collect(&explaining, xc_query_root(work->query), 1);
    for (size_t i = 0; !status && i < explaining.count; i++) {
        status = weigh(&explaining, &explaining.leaves[i]);
        if (!status) status = explain_label(&explaining.leaves[i].label, work, explaining.leaves[i].node);
    }
    if (!status) status = explain_all(&explaining, hits, count);
    for (size_t i = 0; i < explaining.count; i++) free(explaining.leaves[i].score);
    free(explaining.leaves);
    docid_list_release(&explaining.docids);
    return status;
}
