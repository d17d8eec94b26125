/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a query's tree to nodes. Floating-point sums depend on their order, so the tree gets the shape that libxapian
 * 1.4 gives it: ANDs within ANDs and ORs within ORs are one, a sum over an AND goes by rising frequency, one over an OR
 * like the building of a Huffman code. */
#include "searcher/matcher/node.h"

#include <string.h>

enum { PARTS_MAX = NODE_TERMS_MAX };

/* The parts of a node while they are collected. */
struct parts {
    struct node *item[PARTS_MAX];
    size_t count;
};

/* An ALL while it is collected. */
struct conjunction {
    struct parts parts, without;
    struct phrase *phrases, **last_phrase;
};

static enum xc_status build(struct node **out, struct nodes *nodes, const struct xc_query_node *query, double factor);

static enum xc_status add(struct parts *parts, struct node *node)
{
    if (parts->count == PARTS_MAX) return XC_UNSUPPORTED;
    parts->item[parts->count++] = node;
    return XC_OK;
}

static struct node *new_node(struct nodes *nodes, enum node_kind kind, size_t count)
{
    struct node *node = arena_take(nodes->arena, sizeof *node);
    if (!node) return NULL;
    *node = (struct node){.kind = kind, .count = count};
    if (!count) return node;
    node->part = arena_take(nodes->arena, count * sizeof *node->part);
    return node->part ? node : NULL;
}

static enum xc_status build_term(struct node **out, struct nodes *nodes, const struct xc_query_view *view,
                                 double factor)
{
    if (nodes->term_count == NODE_TERMS_MAX) return XC_UNSUPPORTED;
    struct node *node = new_node(nodes, NODE_TERM, 0);
    struct list *list = node ? arena_take(nodes->arena, sizeof *list) : NULL;
    if (!list) return XC_NO_MEMORY;
    node->term = view->term;
    node->list = list;
    enum xc_status status = list_open(list, nodes->store, view->term);
    nodes->term[nodes->term_count++] = node;
    if (status) return status;
    node->estimate = list->documents;
    node->weighs = factor != 0 && list->documents;
    if (node->weighs) {
        node->weight = weigher_term(nodes->weigher, list->documents, list->occurrences, view->wqf, factor);
        list_set_most(list, nodes->weigher, &node->weight);
        node->most = list->most;
    }
    *out = node;
    return XC_OK;
}

/* ---- Heaps, which order parts by their estimates exactly as the C++ library's do, equal ones included. ---- */

struct ordered {
    uint32_t estimate;
    uint16_t part;
};

/* [rising]: the greatest on top. */
static bool below(const struct ordered *a, const struct ordered *b, bool rising)
{
    return rising ? a->estimate < b->estimate : a->estimate > b->estimate;
}

static void sift_up(struct ordered *heap, size_t hole, size_t top, struct ordered value, bool rising)
{
    while (hole > top && below(&heap[(hole - 1) / 2], &value, rising)) {
        heap[hole] = heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    heap[hole] = value;
}

/* Puts [value] into the hole at [top]: the hole first sinks to the bottom, then the value rises from there. */
static void sift(struct ordered *heap, size_t top, size_t count, struct ordered value, bool rising)
{
    size_t hole = top;
    while (2 * hole + 2 < count) {
        size_t child = 2 * hole + 2;
        if (below(&heap[child], &heap[child - 1], rising)) child--;
        heap[hole] = heap[child];
        hole = child;
    }
    if (2 * hole + 2 == count) {
        heap[hole] = heap[count - 1];
        hole = count - 1;
    }
    sift_up(heap, hole, top, value, rising);
}

static void heap_make(struct ordered *heap, size_t count, bool rising)
{
    for (size_t top = count / 2; top-- > 0;) sift(heap, top, count, heap[top], rising);
}

/* Moves the top to the end. */
static void heap_pop(struct ordered *heap, size_t count, bool rising)
{
    struct ordered value = heap[count - 1];
    heap[count - 1] = heap[0];
    if (count > 1) sift(heap, 0, count - 1, value, rising);
}

static void fill(struct ordered *heap, const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) heap[i] = (struct ordered){parts->item[i]->estimate, (uint16_t)i};
}

/* ---- ANY ---- */

static uint32_t estimate_any(double left, double right, double documents)
{
    return documents ? (uint32_t)(left + right - left * right / documents + 0.5) : 0;
}

static enum xc_status make_any(struct node **out, struct nodes *nodes, const struct parts *parts)
{
    struct ordered heap[PARTS_MAX];
    if (parts->count == 1) {
        *out = parts->item[0];
        return XC_OK;
    }
    struct node *node = new_node(nodes, NODE_ANY, parts->count);
    struct addition *additions = arena_take(nodes->arena, parts->count * sizeof *additions);
    double *score = arena_take(nodes->arena, parts->count * sizeof *score);
    if (!node || !additions || !score) return XC_NO_MEMORY;
    fill(heap, parts);
    heap_make(heap, parts->count, false);
    size_t done = 0;
    for (size_t left = parts->count; left > 1; left--) {
        struct ordered right = heap[0];
        heap_pop(heap, left, false);
        struct ordered joined = heap[0];
        additions[done++] = (struct addition){joined.part, right.part};
        joined.estimate = estimate_any(joined.estimate, right.estimate, nodes->store->statistics.documents);
        if (left == 2) {
            node->estimate = joined.estimate;
            node->total = joined.part;
            break;
        }
        heap_pop(heap, left - 1, false);
        sift_up(heap, left - 2, 0, joined, false);
    }
    for (size_t i = 0; i < parts->count; i++) {
        node->part[i] = parts->item[i];
        node->weighs = node->weighs || parts->item[i]->weighs;
        node->most += parts->item[i]->most;
        score[i] = 0;
    }
    node->additions = additions;
    node->score = score;
    *out = node;
    return XC_OK;
}

/* Adds the parts of [query] to an ANY; an OR's are its own. */
static enum xc_status collect_any(struct parts *parts, struct nodes *nodes, const struct xc_query_node *query,
                                  double factor, size_t first)
{
    struct xc_query_view view = xc_query_look(query);
    enum xc_status status = XC_OK;
    for (size_t i = first; !status && i < view.part_count; i++) {
        const struct xc_query_node *part = xc_query_part(query, i);
        struct xc_query_view look = xc_query_look(part);
        struct node *node;
        if (look.kind == XC_QUERY_COMBINED && look.operator_ == XC_OR) {
            status = collect_any(parts, nodes, part, factor, 0);
        } else {
            status = build(&node, nodes, part, factor);
            if (!status) status = add(parts, node);
        }
    }
    return status;
}

/* ---- ALL ---- */

static enum xc_status make_all(struct node **out, struct nodes *nodes, struct conjunction *all)
{
    struct ordered heap[PARTS_MAX];
    struct parts *parts = &all->parts;
    struct node *node = new_node(nodes, NODE_ALL, parts->count);
    if (!node) return XC_NO_MEMORY;
    fill(heap, parts);
    heap_make(heap, parts->count, true);
    for (size_t left = parts->count; left > 1; left--) heap_pop(heap, left, true);
    double documents = nodes->store->statistics.documents, estimate = 0;
    for (size_t i = 0; i < parts->count; i++) {
        node->part[i] = parts->item[heap[i].part];
        node->weighs = node->weighs || node->part[i]->weighs;
        node->most += node->part[i]->most;
        estimate = i ? documents ? estimate * node->part[i]->estimate / documents : 0 : node->part[i]->estimate;
    }
    node->estimate = (uint32_t)(estimate + 0.5);
    if (all->without.count) {
        enum xc_status status = make_any(&node->without, nodes, &all->without);
        if (status) return status;
        double share = documents ? node->without->estimate / documents : 0;
        node->estimate = (uint32_t)(node->estimate * (1.0 - share) + 0.5);
    }
    node->phrases = all->phrases;
    for (struct phrase *phrase = node->phrases; phrase; phrase = phrase->next) node->estimate /= 4;
    *out = node;
    return XC_OK;
}

static enum xc_status collect_all(struct conjunction *all, struct nodes *nodes, const struct xc_query_node *query,
                                  double factor);

/* The last [count] parts stand side by side. */
static enum xc_status add_phrase(struct conjunction *all, struct nodes *nodes, size_t count)
{
    struct phrase *phrase = arena_take(nodes->arena, sizeof *phrase);
    struct node **term = phrase ? arena_take(nodes->arena, count * sizeof(struct node *)) : NULL;
    if (!term) return XC_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        term[i] = all->parts.item[all->parts.count - count + i];
        if (term[i]->kind != NODE_TERM) return XC_UNSUPPORTED;
    }
    *phrase = (struct phrase){.term = term, .count = count};
    *all->last_phrase = phrase;
    all->last_phrase = &phrase->next;
    return XC_OK;
}

static enum xc_status collect_combined(struct conjunction *all, struct nodes *nodes, const struct xc_query_node *query,
                                       const struct xc_query_view *view, double factor)
{
    enum xc_status status = XC_OK;
    switch (view->operator_) {
    case XC_AND:
    case XC_FILTER:
        for (size_t i = 0; !status && i < view->part_count; i++)
            status = collect_all(all, nodes, xc_query_part(query, i), i && view->operator_ == XC_FILTER ? 0 : factor);
        return status;
    case XC_AND_NOT:
        status = collect_all(all, nodes, xc_query_part(query, 0), factor);
        return status ? status : collect_any(&all->without, nodes, query, 0, 1);
    case XC_PHRASE:
        if (!nodes->store->statistics.positions) return XC_UNSUPPORTED;
        if (view->parameter && view->parameter != view->part_count) return XC_UNSUPPORTED;
        for (size_t i = 0; !status && i < view->part_count; i++) {
            struct node *node;
            status = build(&node, nodes, xc_query_part(query, i), factor);
            if (!status) status = add(&all->parts, node);
        }
        return status ? status : add_phrase(all, nodes, view->part_count);
    default:
        return XC_UNSUPPORTED;
    }
}

static bool is_conjunction(const struct xc_query_view *view)
{
    return view->kind == XC_QUERY_COMBINED && (view->operator_ == XC_AND || view->operator_ == XC_FILTER ||
                                               view->operator_ == XC_AND_NOT || view->operator_ == XC_PHRASE);
}

/* Adds [query] to an ALL; what is an ALL itself becomes part of it. */
static enum xc_status collect_all(struct conjunction *all, struct nodes *nodes, const struct xc_query_node *query,
                                  double factor)
{
    struct xc_query_view view = xc_query_look(query);
    if (is_conjunction(&view)) return collect_combined(all, nodes, query, &view, factor);
    struct node *node;
    enum xc_status status = build(&node, nodes, query, factor);
    return status ? status : add(&all->parts, node);
}

/* ---- the tree ---- */

static enum xc_status finish_all(struct node **out, struct nodes *nodes, struct conjunction *all, enum xc_status status)
{
    return status ? status : make_all(out, nodes, all);
}

static enum xc_status build(struct node **out, struct nodes *nodes, const struct xc_query_node *query, double factor)
{
    struct xc_query_view view = xc_query_look(query);
    if (view.kind == XC_QUERY_TERM) return build_term(out, nodes, &view, factor);
    if (view.kind == XC_QUERY_SCALED) return build(out, nodes, xc_query_part(query, 0), factor * view.factor);
    if (is_conjunction(&view)) {
        struct conjunction all = {.phrases = NULL};
        all.last_phrase = &all.phrases;
        return finish_all(out, nodes, &all, collect_combined(&all, nodes, query, &view, factor));
    }
    if (view.kind == XC_QUERY_COMBINED && view.operator_ == XC_OR) {
        struct parts parts = {.count = 0};
        enum xc_status status = collect_any(&parts, nodes, query, factor, 0);
        return status ? status : make_any(out, nodes, &parts);
    }
    return XC_UNSUPPORTED;
}

enum xc_status nodes_build(struct node **out, struct nodes *nodes, const struct xc_query *query,
                           const struct xc_query *filter, bool weighs)
{
    if (!filter) return build(out, nodes, xc_query_root(query), weighs);
    struct conjunction all = {.phrases = NULL};
    all.last_phrase = &all.phrases;
    enum xc_status status = collect_all(&all, nodes, xc_query_root(query), weighs);
    if (!status) status = collect_all(&all, nodes, xc_query_root(filter), 0);
    return finish_all(out, nodes, &all, status);
}

void nodes_release(struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->term_count; i++) list_close(nodes->term[i]->list);
    nodes->term_count = 0;
}
