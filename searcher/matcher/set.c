/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/set.h"

#include <stdlib.h>

/* Whether positions have to be looked at somewhere below. */
static bool has_phrase(const struct node *node)
{
    if (node->phrases) return true;
    if (node->without && has_phrase(node->without)) return true;
    for (size_t i = 0; i < node->count; i++)
        if (has_phrase(node->part[i])) return true;
    return false;
}

/* One document after the other. */
static void add_each(uint64_t *bits, struct nodes *nodes, struct node *node)
{
    double ignored;
    for (uint32_t docid = 1; (docid = node_next(node, docid)) != LIST_END; docid++)
        if (node_match(&ignored, nodes, node, docid, -1)) bits[docid / 64] |= (uint64_t)1 << docid % 64;
}

static bool add_all(uint64_t *bits, struct nodes *nodes, const struct node *node)
{
    size_t words = set_words(nodes->store->statistics.last_docid);
    uint64_t *all = malloc(words * sizeof *all), *one = malloc(words * sizeof *one);
    bool done = all && one;
    for (size_t i = 0; done && i < node->count + (node->without != NULL); i++) {
        uint64_t *into = i ? one : all;
        for (size_t k = 0; k < words; k++) into[k] = 0;
        done = set_add(into, nodes, i < node->count ? node->part[i] : node->without);
        if (i == node->count)
            for (size_t k = 0; k < words; k++) all[k] &= ~one[k];
        else if (i)
            for (size_t k = 0; k < words; k++) all[k] &= one[k];
    }
    for (size_t k = 0; done && k < words; k++) bits[k] |= all[k];
    free(all);
    free(one);
    return done;
}

bool set_add(uint64_t *bits, struct nodes *nodes, struct node *node)
{
    bool done = true;
    if (has_phrase(node)) {
        add_each(bits, nodes, node);
        return true;
    }
    switch (node->kind) {
    case NODE_TERM:
        list_add_to(bits, node->list);
        return true;
    case NODE_ANY:
        for (size_t i = 0; done && i < node->count; i++) done = set_add(bits, nodes, node->part[i]);
        return done;
    default:
        return add_all(bits, nodes, node);
    }
}

uint64_t set_count(const uint64_t *bits, size_t words)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words; i++) count += (uint64_t)__builtin_popcountll(bits[i]);
    return count;
}
