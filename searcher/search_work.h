/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside searching: a request at work, shared by search.c (the match and its counts) and search_hits.c (what is shown
 * of each hit). Nobody else includes this. */
#ifndef SEARCHER_SEARCH_WORK_H
#define SEARCHER_SEARCH_WORK_H

#include "searcher/expand.h"
#include "searcher/match.h"
#include "searcher/phases.h"
#include "searcher/query.h"

struct searcher {
    struct reader reader;
    struct analyser *analyser;
    struct user_names *names; /* NULL when there are none */
    struct phases phases;
};

/* A request at work. */
struct work {
    struct searcher *searcher;
    const struct search_request *request;
    struct search_response *response;
    struct error *error;
    struct vocabulary vocabulary;
    struct syntax *syntax;
    struct query_plan plan;
    struct xc_query *query; /* the plan's, or all documents */
    struct rescoring rescoring;
    uint32_t kept[EXPAND_KEPT]; /* of rescoring */
    struct match_result result;
    struct arena *arena; /* of what is kept: the response's, or a streamed hit's */
    search_hit_fn *each; /* NULL: hits are kept in the response */
    void *context;
};

enum status work_out_of_memory(struct work *work);

/* Copies [text] into work->arena. False when out of memory. */
bool work_keep(struct work *work, struct span *out, struct span text);

/* Fills in a hit's id alone. Returns as work_collect_hits. */
enum status work_fill_id(struct work *work, struct hit *hit);

/* Gives the match's hits one by one to work->each. Returns OK, CHANGED (too fast), DAMAGED, IO, NO_MEMORY. */
enum status work_stream_hits(struct work *work);

/* Fills the response's hits from the match. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status work_collect_hits(struct work *work);

#endif
