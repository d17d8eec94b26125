/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a query's tree to what libxapian runs, and to the evidence that snippets mark.
 *
 * Takes a parsed query and the words of an index; gives a Xapian query, evidence, and the words the index does not
 * know; never runs a match.
 */
#ifndef SEARCHER_QUERY_H
#define SEARCHER_QUERY_H

#include "searcher/highlight.h"
#include "searcher/search.h"
#include "searcher/syntax.h"
#include "searcher/words.h"

enum {
    QUERY_WORDS_MAX = 200,     /* different words of a sequence that count, of a longer text the most telling: halves of
                                  423 magazine articles find their other halves as well with 50 words as with all */
    QUERY_EXPANSION_MAX = 1000 /* words a star may stand for, for the same reason */
};

/* A word of the query that the index does not have. */
struct unknown_word {
    struct range range; /* bytes of the query */
    struct span form;
    struct span correction; /* the word of the index that the query has in its place; empty when it has none */
};

struct query_plan {
    struct xc_query *query; /* NULL when nothing is asked for: every document */
    struct evidence evidence;
    const struct unknown_word *unknown; /* in the order of the query */
    size_t unknown_count;
    uint32_t length; /* words typed that score, repeated ones as often; 0 for a query of other parts alone */
    const struct span *telling; /* QUERY_WORDS_MAX words that count, the most telling first; NULL when all do */
    size_t different;           /* words that they were chosen from */
    bool relaxable;  /* "all the words" and "any of them" differ */
    struct arena arena;
};

/* Plans [syntax] with words side by side joined as [mode] says (MATCH_ALL or MATCH_ANY). [out] is released with
 * query_plan_release after OK. Returns OK, LIMIT, UNSUPPORTED and INVALID (with a position), CHANGED, DAMAGED, IO,
 * NO_MEMORY. */
enum status query_plan_make(struct query_plan *out, const struct syntax *syntax, const struct vocabulary *vocabulary,
                            enum match_mode mode, struct error *error);

/* Ranks what [plan] matches (everything, when it has no query) by how like it is to [text]; the plan's own words filter
 * from now on. Returns as query_plan_make; the plan is released on failure. */
enum status query_plan_similar(struct query_plan *plan, const struct vocabulary *vocabulary, struct span text,
                               struct error *error);

void query_plan_release(struct query_plan *plan);

#endif
