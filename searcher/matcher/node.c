/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/phrase.h"

static bool match(double *score, struct nodes *nodes, struct node *node, uint32_t docid);

/* ---- candidates ---- */

static uint32_t next_any(struct node *node, uint32_t docid)
{
    uint32_t least = LIST_END;
    for (size_t i = 0; i < node->count; i++) {
        uint32_t next = node_next(node->part[i], docid);
        if (next < least) least = next;
    }
    return least;
}

static uint32_t next_all(struct node *node, uint32_t docid)
{
    for (size_t i = 0; i < node->count;) {
        uint32_t next = node_next(node->part[i], docid);
        if (next == LIST_END) return LIST_END;
        if (next == docid) {
            i++;
        } else {
            docid = next;
            i = i == 0 ? 1 : 0;
        }
    }
    return docid;
}

uint32_t node_next(struct node *node, uint32_t docid)
{
    if (node->docid >= docid) return node->docid;
    switch (node->kind) {
    case NODE_TERM:
        return node->docid = list_seek(node->list, docid);
    case NODE_ANY:
        return node->docid = next_any(node, docid);
    default:
        return node->docid = next_all(node, docid);
    }
}

/* ---- matches ---- */

static double term_score(struct nodes *nodes, struct node *node, uint32_t docid)
{
    if (!node->weighs) return 0;
    uint32_t wdf = list_wdf(node->list);
    return weigher_weight(nodes->weigher, &node->weight, wdf, nodes->store->lengths[docid]);
}

double node_sum(struct node *any)
{
    for (size_t i = 0; i + 1 < any->count; i++)
        any->score[any->additions[i].into] += any->score[any->additions[i].from];
    double sum = any->score[any->total];
    for (size_t i = 0; i < any->count; i++) any->score[i] = 0;
    return sum;
}

static bool match_any(double *score, struct nodes *nodes, struct node *node, uint32_t docid)
{
    bool found = false;
    for (size_t i = 0; i < node->count; i++) {
        struct node *part = node->part[i];
        if (node_next(part, docid) != docid || !match(&node->score[i], nodes, part, docid)) continue;
        found = true;
        if (!node->weighs) return true;
    }
    if (found) *score = node_sum(node);
    return found;
}

static bool match_all(double *score, struct nodes *nodes, struct node *node, uint32_t docid, double least)
{
    double sum = 0, one;
    for (size_t i = 0; i < node->count; i++) {
        one = 0;
        if (node_next(node->part[i], docid) != docid || !match(&one, nodes, node->part[i], docid)) return false;
        sum += one;
    }
    if (sum <= least) return false;
    if (node->without && node_next(node->without, docid) == docid && match(&one, nodes, node->without, docid))
        return false;
    for (const struct phrase *phrase = node->phrases; phrase; phrase = phrase->next)
        if (!phrase_stands(nodes, phrase, docid)) return false;
    *score = sum;
    return true;
}

static bool match(double *score, struct nodes *nodes, struct node *node, uint32_t docid)
{
    return node_match(score, nodes, node, docid, -1);
}

bool node_match(double *score, struct nodes *nodes, struct node *node, uint32_t docid, double least)
{
    *score = 0;
    switch (node->kind) {
    case NODE_TERM:
        *score = term_score(nodes, node, docid);
        return true;
    case NODE_ANY:
        return match_any(score, nodes, node, docid);
    default:
        return match_all(score, nodes, node, docid, least);
    }
}

/* ---- bounds ---- */

uint32_t node_end(struct node *node, uint32_t docid)
{
    if (!node->weighs) return LIST_END;
    if (node->kind == NODE_TERM) return list_block_end(node->list, docid);
    uint32_t least = LIST_END;
    for (size_t i = 0; i < node->count; i++) {
        uint32_t end = node_end(node->part[i], docid);
        if (end < least) least = end;
    }
    return least;
}

double node_bound(struct nodes *nodes, struct node *node, uint32_t low, uint32_t high)
{
    if (!node->weighs) return 0;
    if (node->kind == NODE_TERM) return list_bound(node->list, nodes->weigher, &node->weight, low, high);
    double sum = 0;
    for (size_t i = 0; i < node->count; i++) sum += node_bound(nodes, node->part[i], low, high);
    return sum;
}
