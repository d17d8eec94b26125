/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside searching: a request at work, shared by search.c (the match and its counts) and search_hits.c (what is shown
 * of each hit). Nobody else includes this. */
#ifndef SEARCHER_SEARCH_WORK_H
#define SEARCHER_SEARCH_WORK_H

#include "searcher/docset.h"
#include "searcher/expand.h"
#include "searcher/facet_columns.h"
#include "searcher/match.h"
#include "searcher/phases.h"
#include "searcher/query.h"

struct searcher {
    struct reader reader;
    struct analyser *analyser;
    struct user_names *names; /* NULL when there are none */
    struct phases phases;
    struct columns columns;   /* of the state columns.key; empty when there is no file for it */
    struct facet_counters counters;
};

/* The columns of the state that is read, NULL when there are none: see value slots then. */
const struct columns *searcher_columns(struct searcher *searcher);

/* What matches, as bitmaps. */
struct match_sets {
    const struct columns *columns; /* NULL: spies have counted instead */
    struct docset query;           /* without filters */
    struct docset filter[FACET_COUNT];
    struct docset found; /* with all filters */
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
    struct match_sets sets;
    struct xc_spy *spies[FACETS_MAX];
    struct arena *arena; /* of what is kept: the response's, or a streamed hit's */
    search_hit_fn *each; /* NULL: hits are kept in the response */
    void *context;
};

enum status work_out_of_memory(struct work *work);

/* Copies [text] into work->arena. False when out of memory. */
bool work_keep(struct work *work, struct span *out, struct span text);

/* Fills in a hit's id alone. Returns as work_collect_hits. */
enum status work_fill_id(struct work *work, struct hit *hit);

/* Runs the match into work->result, and what facets are counted from into work->sets or work->spies. Returns as
 * match_run. */
enum status work_match(struct work *work);
void work_match_release(struct work *work);

/* Whether a document of the index has all the words, filtered out or not: to relax under some filters and not under
 * others would change what a facet's values count for. */
enum status work_any_match(bool *out, struct work *work);

/* Counts the facets into the response. */
enum status work_collect_facets(struct work *work);

/* Gives the match's hits one by one to work->each. Returns OK, CHANGED (too fast), DAMAGED, IO, NO_MEMORY. */
enum status work_stream_hits(struct work *work);

/* Fills the response's hits from the match. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status work_collect_hits(struct work *work);

#endif
