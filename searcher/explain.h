/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explaining: how a query was understood, in words, and what each hit's score is made of.
 *
 * Takes a search that is done; gives sentences and parts that sum to the score; changes no ranking. Each part's weight
 * is what the matcher itself gives to that part of the query alone, never a formula worked out again.
 */
#ifndef SEARCHER_EXPLAIN_H
#define SEARCHER_EXPLAIN_H

#include "searcher/search_work.h"

enum {
    EXPLAIN_HITS_MAX = 1000, /* hits explained; each part of the query is run over them */
    EXPLAIN_PARTS_MAX = 4096 /* parts of a query that are told apart */
};

/* Explains the hits of the response, and the query. Returns OK, LIMIT, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status explain_hits(struct work *work);

/* What a part of the query is, in explain_label.c. */
enum status explain_label(struct explained_part *out, struct work *work, const struct xc_query_node *leaf);

/* Appends a sentence on how [syntax] was understood. [mode] is how its words side by side were joined. Returns OK,
 * LIMIT, NO_MEMORY. */
enum status explain_words(struct buffer *out, const struct syntax_node *root, enum match_mode mode);

#endif
