/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/run.h"

#include <stdlib.h>

/* Bounds are sums in another order than scores: this much may be between them. */
static const double ROUNDING = 1 + 1e-10;

enum { WINDOW_LEAST = 128 /* documents: looking at the bounds again costs as much as some postings */ };

/* A stretch of documents [low, high] with the bounds that hold there. Parts are sorted by rising bound; those before
 * [needed] cannot make a document good enough by themselves, so that no document is looked for in them. */
struct window {
    uint32_t low, high;
    size_t needed;
    struct node *part[NODE_TERMS_MAX];
    uint16_t slot[NODE_TERMS_MAX]; /* of the part's score */
    double bound[NODE_TERMS_MAX];
    double below[NODE_TERMS_MAX + 1]; /* the sum of the bounds before */
};

struct scan {
    struct top *top;
    struct nodes *nodes;
    const struct any_query *query;
    struct window window;
};

static double least_of(const struct scan *scan)
{
    return top_least(scan->top) / ROUNDING;
}

/* Where bounds would not change before. */
static uint32_t window_end(const struct scan *scan, uint32_t low, uint32_t last)
{
    const struct any_query *query = scan->query;
    uint32_t end = last;
    for (size_t i = 0; i < query->count; i++) {
        uint32_t block = node_end(query->part[i], low);
        if (block < end) end = block;
    }
    if (end - low < WINDOW_LEAST) end = last - low < WINDOW_LEAST ? last : low + WINDOW_LEAST;
    return end;
}

static void set_needed(struct scan *scan)
{
    struct window *window = &scan->window;
    double least = least_of(scan);
    while (window->needed < scan->query->count && window->below[window->needed + 1] < least) window->needed++;
}

static void open_window(struct scan *scan, uint32_t low, uint32_t last)
{
    struct window *window = &scan->window;
    const struct any_query *query = scan->query;
    window->low = low;
    window->high = window_end(scan, low, last);
    for (size_t i = 0; i < query->count; i++) {
        double bound = node_bound(scan->nodes, query->part[i], low, window->high);
        size_t at = i;
        for (; at && window->bound[at - 1] > bound; at--) {
            window->bound[at] = window->bound[at - 1];
            window->part[at] = window->part[at - 1];
            window->slot[at] = window->slot[at - 1];
        }
        window->bound[at] = bound;
        window->part[at] = query->part[i];
        window->slot[at] = (uint16_t)i;
    }
    window->below[0] = 0;
    for (size_t i = 0; i < query->count; i++) window->below[i + 1] = window->below[i] + window->bound[i];
    window->needed = 0;
    set_needed(scan);
}

/* Looks at the other parts for a document that has [sum] from those after [rest]; its scores by slot are there. */
static void settle(struct scan *scan, uint32_t docid, double sum, size_t rest, bool found)
{
    const struct any_query *query = scan->query;
    struct window *window = &scan->window;
    double *score = query->any ? query->any->score : NULL, one;
    double least = least_of(scan);
    while (rest && sum + window->below[rest] >= least) {
        struct node *part = window->part[--rest];
        if (node_next(part, docid) != docid || !node_match(&one, scan->nodes, part, docid, -1)) continue;
        found = true;
        sum += one;
        if (score) score[window->slot[rest]] = one;
    }
    bool good = found && !(rest && sum + window->below[rest] < least);
    double exact = score ? node_sum(query->any) : sum;
    if (!good || exact <= top_least(scan->top)) return;
    if (query->required) {
        if (node_next(query->required, docid) != docid) return;
        if (!node_match(&one, scan->nodes, query->required, docid, -1)) return;
    }
    top_add(scan->top, docid, exact);
    set_needed(scan);
}

/* A window in which a single term decides: the common case, kept tight. */
static void scan_term(struct scan *scan)
{
    struct window *window = &scan->window;
    const size_t rest = window->needed;
    struct node *node = window->part[rest];
    struct list *list = node->list;
    struct nodes *nodes = scan->nodes;
    const uint32_t *lengths = nodes->store->lengths;
    double *score = scan->query->any ? &scan->query->any->score[window->slot[rest]] : NULL;
    for (uint32_t docid = node_next(node, window->low); docid <= window->high;) {
        double weight =
            node->weighs ? weigher_weight(nodes->weigher, &node->weight, list_wdf(list), lengths[docid]) : 0;
        if (weight + window->below[rest] >= least_of(scan)) {
            if (score) *score = weight;
            settle(scan, docid, weight, rest, true);
            if (window->needed > rest) return; /* nothing more can be good enough here */
        }
        docid = node->docid = list_seek(list, docid + 1);
    }
}

static void scan_window(struct scan *scan)
{
    struct window *window = &scan->window;
    const struct any_query *query = scan->query;
    uint32_t docid = window->low;
    while (window->needed < query->count) {
        uint32_t least = LIST_END;
        for (size_t i = window->needed; i < query->count; i++) {
            uint32_t next = node_next(window->part[i], docid);
            if (next < least) least = next;
        }
        if (least > window->high) return;
        docid = least;
        if (query->required) {
            uint32_t next = node_next(query->required, docid);
            if (next != docid) {
                docid = next;
                if (docid > window->high) return;
                continue;
            }
        }
        double sum = 0, one;
        bool found = false;
        size_t rest = window->needed;
        for (size_t i = rest; i < query->count; i++) {
            struct node *part = window->part[i];
            if (part->docid != docid || !node_match(&one, scan->nodes, part, docid, -1)) continue;
            found = true;
            sum += one;
            if (query->any) query->any->score[window->slot[i]] = one;
        }
        settle(scan, docid, sum, rest, found);
        docid++;
    }
}

bool run_any(struct top *top, struct nodes *nodes, const struct any_query *query, uint32_t last)
{
    struct scan *scan = malloc(sizeof *scan);
    if (!scan) return false;
    *scan = (struct scan){.top = top, .nodes = nodes, .query = query};
    for (uint32_t low = 1; low && low <= last; low = scan->window.high + 1) {
        open_window(scan, low, last);
        const struct window *window = &scan->window;
        if (window->needed == query->count) continue;
        bool single = window->needed + 1 == query->count && window->part[window->needed]->kind == NODE_TERM;
        if (single && !query->required)
            scan_term(scan);
        else
            scan_window(scan);
    }
    free(scan);
    return true;
}
