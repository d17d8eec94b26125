/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ways through a query's matches. Both fill [top] with the best; the figures of a store that failed count
 * nothing. [last] is the greatest docid. */
#ifndef SEARCHER_MATCHER_RUN_H
#define SEARCHER_MATCHER_RUN_H

#include "searcher/matcher/node.h"
#include "searcher/matcher/top.h"

/* Documents that have any of some parts, and besides … */
struct any_query {
    struct node **part;
    size_t count;
    struct node *any;      /* whose parts they are, to sum by; NULL for a single part */
    struct node *required; /* … this (NULL: nothing more) */
};

bool run_any(struct top *top, struct nodes *nodes, const struct any_query *query, uint32_t last);

/* Documents that [node] matches. They are counted in *[total] unless that is NULL, which leaves none out. */
void run_all(struct top *top, uint64_t *total, struct nodes *nodes, struct node *node, uint32_t last);

#endif
