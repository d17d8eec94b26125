/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/run.h"

/* Bounds are sums in another order than scores: this much may be between them. */
static const double ROUNDING = 1 + 1e-10;

void run_all(struct top *top, struct nodes *nodes, struct node *node, uint32_t last)
{
    uint32_t docid = 1, end = 0; /* documents up to [end] may be good enough */
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
        if (node_match(&score, nodes, node, found, top_least(top))) top_add(top, found, score);
        docid = found + 1;
    }
}
