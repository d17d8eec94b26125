/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/phrase.h"
#include "searcher/matcher/run.h"

/* Bounds are sums in another order than scores: this much may be between them. */
static const double ROUNDING = 1 + 1e-10;

void run_all(struct top *top, uint64_t *total, struct nodes *nodes, struct node *node, uint32_t last)
{
    struct batch *batch = NULL;
    uint32_t docid = 1, end = total ? last : 0; /* documents up to [end] may be good enough */
    if (node->phrases && !(batch = batch_new(top, total, nodes, node->phrases))) return;
    node->phrases = NULL; /* they are looked at last */
    while (docid <= last) {
        if (docid > end) {
            end = node_end(node, docid);
            if (end > last) end = last;
            if (node_bound(nodes, node, docid, end) * ROUNDING < top_least(top)) {
                docid = end + 1;
                continue;
            }
        }
        uint32_t found = node_next(node, docid);
        if (found > end) {
            docid = found;
            continue;
        }
        double score;
        bool good = node_match(&score, nodes, node, found, total ? -1 : top_least(top));
        if (good && batch) {
            batch_add(batch, found, score);
        } else if (good) {
            if (total) ++*total;
            if (score > top_least(top)) top_add(top, found, score);
        }
        docid = found + 1;
    }
    if (batch) batch_settle(batch);
    batch_free(batch);
}
