/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query's tree made ready to be matched, in the shape libxapian would give it.
 *
 * Takes a query's tree and an index's lists; gives documents that may match, and whether one does with its score; keeps
 * no hits. Documents are asked for by rising number: every call with a docid moves the lists below up to it.
 */
#ifndef SEARCHER_MATCHER_NODE_H
#define SEARCHER_MATCHER_NODE_H

#include "searcher/matcher/list.h"

enum { NODE_TERMS_MAX = 128 /* longer queries are libxapian's */ };

enum node_kind { NODE_TERM, NODE_ANY, NODE_ALL };

/* Terms of an ALL that have to stand side by side in this order. */
struct phrase {
    struct node **term;
    size_t count;
    struct phrase *next;
};

/* One addition of a sum: into += from. */
struct addition {
    uint16_t into, from;
};

struct node {
    enum node_kind kind;
    bool weighs;
    uint32_t estimate; /* of the documents that match, as libxapian guesses: it decides the order of sums */
    uint32_t docid;    /* the candidate found last, 0 before */
    double most;       /* no document gets more */
    /* NODE_TERM */
    struct list *list;
    struct weight weight;
    struct xc_bytes term;
    /* NODE_ANY, and NODE_ALL by rising estimate */
    struct node **part;
    size_t count;
    /* NODE_ANY: how its parts' scores are summed */
    const struct addition *additions; /* count - 1 of them; the sum ends in the part [total] */
    uint16_t total;
    double *score; /* by part, 0 but while one is summed */
    /* NODE_ALL */
    struct node *without; /* no match matches it; NULL: all may */
    struct phrase *phrases;
};

/* What nodes are made from and with. */
struct nodes {
    struct store_of_lists *store;
    struct weigher *weigher;
    struct arena *arena;
    struct node *term[NODE_TERMS_MAX]; /* all of them, so that their lists can be closed */
    size_t term_count;
};

/* Makes the tree of [query] under [filter] (may be NULL); without weights unless [weighs]. Returns XC_OK,
 * XC_UNSUPPORTED, XC_NO_MEMORY, the reading statuses. The lists are to be closed with nodes_release in any case. */
enum xc_status nodes_build(struct node **out, struct nodes *nodes, const struct xc_query *query,
                           const struct xc_query *filter, bool weighs);
void nodes_release(struct nodes *nodes);

/* The first document at or after [docid] that may match; LIST_END when there is none. */
uint32_t node_next(struct node *node, uint32_t docid);

/* Whether the candidate [docid] matches, and its score. One that would score [least] or less may be called no match. */
bool node_match(double *score, struct nodes *nodes, struct node *node, uint32_t docid, double least);

/* The last document up to which the bound of [docid] holds; the bound of the documents in [low, high]. */
uint32_t node_end(struct node *node, uint32_t docid);
double node_bound(struct nodes *nodes, struct node *node, uint32_t low, uint32_t high);

/* The sum of an ANY's scores. */
double node_sum(struct node *any);

#endif
