/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Matching: a Xapian query and an order in, a window of ranked documents out.
 *
 * Takes queries that are already built; gives document numbers with scores and counts; knows no words and no fields.
 * This is the one place that runs a match. Our own matcher (matcher/matcher.h) does what it can, libxapian's the rest;
 * hits, scores and order do not tell which. DOSSIER_MATCHER=xapian in the environment leaves everything to libxapian's.
 */
#ifndef SEARCHER_MATCH_H
#define SEARCHER_MATCH_H

#include "searcher/matcher/matcher.h"
#include "searcher/reader.h"
#include "searcher/rescore.h"
#include "searcher/search.h"

struct match_request {
    const struct xc_query *query;  /* what gives scores */
    const struct xc_query *filter; /* what must hold as well, without a score; may be NULL */
    const struct ranking *ranking;
    const struct rescoring *rescoring; /* what is added to the scores of the first hits, by relevance; may be NULL */
    enum sort_order sort;
    size_t offset, count;
    bool exact; /* look at every match, so that totals and spies are exact */
    bool plain; /* let libxapian's matcher do it, whatever ours can do: for comparing the two */
    const struct xc_spy *const *spies;
    size_t spy_count;
};

struct match_result {
    struct match *matches; /* freed with match_result_release */
    size_t count;
    uint64_t total;
    bool exact;
};

/* Runs the match. Equal scores come in document order; undated documents come last in both orders of date. Returns OK,
 * LIMIT (a wildcard), INVALID (the ranking's variant), CHANGED, MISSING, DAMAGED, IO, NO_MEMORY. */
enum status match_run(struct match_result *out, struct reader *reader, const struct match_request *request,
                      struct error *error);
void match_result_release(struct match_result *result);

#endif
