/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What matches, and what of it is ranked: by bitmaps and columns where the index has a column file, else by libxapian's
 * matcher and its spies. Both give the same. */
#include "searcher/collapse.h"
#include "searcher/facet_columns.h"
#include "searcher/facets.h"
#include "searcher/matching.h"
#include "searcher/search_work.h"

#include <stdlib.h>
#include <string.h>

static bool has_filter(const struct search_request *request, enum facet_kind kind)
{
    for (size_t i = 0; i < request->filter_count; i++)
        if (request->filters[i].kind == kind) return true;
    return false;
}

static enum status too_many(struct work *work, enum status status)
{
    return fail(work->error, status, "too many filters, or out of memory");
}

/* ---- by bitmaps and columns ---- */

const struct columns *searcher_columns(struct searcher *searcher)
{
    struct sidecar_key key;
    if (sidecar_key_read(&key, searcher->reader.database, NULL)) return NULL;
    if (memcmp(&key, &searcher->columns.key, sizeof key) != 0) {
        columns_close(&searcher->columns);
        if (columns_open(&searcher->columns, searcher->reader.path, &key))
            searcher->columns = (struct columns){.key = key}; /* not there: do not look again */
    }
    return searcher->columns.head.columns ? &searcher->columns : NULL;
}

static void sets_release(struct match_sets *sets)
{
    docset_release(&sets->query);
    docset_release(&sets->found);
    for (int kind = 0; kind < FACET_COUNT; kind++) docset_release(&sets->filter[kind]);
    *sets = (struct match_sets){0};
}

/* The documents that the filters of [kind] keep; none for a kind without filters. */
static enum status filter_set(struct docset *out, struct work *work, const struct columns *columns,
                              enum facet_kind kind)
{
    const struct search_request *request = work->request;
    struct xc_query *filter = NULL;
    if (!has_filter(request, kind)) return OK;
    enum status status = facet_filter(&filter, kind, request->filters, request->filter_count);
    if (status) return too_many(work, status);
    status = matching_set(out, &work->searcher->reader, columns, filter, work->error);
    xc_query_free(filter);
    return status;
}

/* Fills work->sets, unless the query or the index is one for spies: UNSUPPORTED. */
static enum status find_sets(struct work *work)
{
    struct match_sets sets = {.columns = searcher_columns(work->searcher)};
    if (!sets.columns) return UNSUPPORTED;
    for (size_t i = 0; i < work->request->facet_count; i++)
        if (!columns_find(sets.columns, facet_kinds[work->request->facets[i].kind].slot)) return UNSUPPORTED;
    if (!columns_find(sets.columns, SLOT_DATE)) return UNSUPPORTED;
    enum status status = matching_set(&sets.query, &work->searcher->reader, sets.columns, work->query, work->error);
    if (!status && docset_copy(&sets.found, &sets.query)) status = work_out_of_memory(work);
    for (int kind = 0; !status && kind < FACET_COUNT; kind++) {
        status = filter_set(&sets.filter[kind], work, sets.columns, (enum facet_kind)kind);
        if (!status && sets.filter[kind].words) docset_and(&sets.found, &sets.filter[kind]);
    }
    if (status)
        sets_release(&sets);
    else
        work->sets = sets;
    return status;
}

/* The order of dates: numbers of the column by rank, the undated last. */
static size_t rank_of(size_t number, size_t numbers, enum sort_order sort)
{
    return !number ? numbers - 1 : sort == SORT_OLDEST ? number - 1 : numbers - 1 - number;
}

static size_t number_at(size_t rank, size_t numbers, enum sort_order sort)
{
    return rank + 1 == numbers ? 0 : sort == SORT_OLDEST ? rank + 1 : numbers - 1 - rank;
}

/* The matches among which a page in the order of dates lies: those of its first date to its last. *[before] matches
 * stand before them. */
static enum status date_window(struct docset *out, size_t *before, struct work *work)
{
    const struct search_request *request = work->request;
    const struct column *dates = columns_find(work->sets.columns, SLOT_DATE);
    const struct docset *found = &work->sets.found;
    size_t numbers = column_numbers(dates), seen = 0, first = 0, last = 0; /* ranks */
    uint32_t *counts = calloc(numbers + 1, sizeof *counts);
    if (!counts || docset_init(out, found->last)) {
        free(counts);
        return work_out_of_memory(work);
    }
    DOCSET_EACH(found, docid) counts[column_of(dates, docid)]++;
    bool any = false;
    *before = 0;
    for (size_t rank = 0; rank < numbers && seen < request->offset + request->count; rank++) {
        size_t here = counts[number_at(rank, numbers, request->sort)];
        if (!any && seen + here > request->offset) any = true, first = rank, *before = seen;
        seen += here;
        last = rank;
    }
    free(counts);
    if (!any) return OK;
    DOCSET_EACH(found, docid)
    {
        size_t rank = rank_of(column_of(dates, docid), numbers, request->sort);
        if (rank >= first && rank <= last) docset_add(out, docid);
    }
    return OK;
}

struct dated {
    size_t rank;
    struct match match;
};

static int by_date(const void *a, const void *b)
{
    const struct dated *left = a, *right = b;
    if (left->rank != right->rank) return left->rank < right->rank ? -1 : 1;
    if (left->match.score != right->match.score) return left->match.score > right->match.score ? -1 : 1;
    return (left->match.docid > right->match.docid) - (left->match.docid < right->match.docid);
}

/* Sorts the matches of the window by date, then by score, and keeps the page. */
static enum status sort_by_date(struct work *work, size_t before)
{
    const struct search_request *request = work->request;
    const struct column *dates = columns_find(work->sets.columns, SLOT_DATE);
    struct match_result *result = &work->result;
    struct dated *dated = malloc((result->count + 1) * sizeof *dated);
    if (!dated) return work_out_of_memory(work);
    for (size_t i = 0; i < result->count; i++) {
        uint32_t docid = result->matches[i].docid;
        dated[i] =
            (struct dated){rank_of(column_of(dates, docid), column_numbers(dates), request->sort), result->matches[i]};
    }
    qsort(dated, result->count, sizeof *dated, by_date);
    size_t skipped = request->offset - before, kept = 0;
    for (size_t i = skipped; i < result->count && kept < request->count; i++) result->matches[kept++] = dated[i].match;
    result->count = kept;
    free(dated);
    return OK;
}

/* Ranks the page asked for. What matches is known already, and so is how much. By date only those are ranked that have
 * the page's dates. */
static enum status rank_page(struct work *work, struct match_request *run)
{
    struct reader *reader = &work->searcher->reader;
    struct docset window = {0};
    size_t total = docset_size(&work->sets.found), before = 0;
    enum status status = OK;
    if (work->request->collapse) {
        status = collapse_run(&work->result, reader, run, work->error);
    } else if (run->count && run->offset < total && run->sort == SORT_RELEVANCE) {
        status = match_run(&work->result, reader, run, work->error);
    } else if (run->count && run->offset < total) {
        status = date_window(&window, &before, work);
        run->sort = SORT_RELEVANCE;
        run->rescoring = NULL;
        run->offset = 0;
        run->count = docset_size(&window);
        run->only = &window;
        if (!status) status = match_run(&work->result, reader, run, work->error);
        if (!status) status = sort_by_date(work, before);
    }
    work->result.total = total;
    work->result.exact = true;
    docset_release(&window);
    return status;
}

static enum status count_columns(struct facet *out, struct work *work, const struct facet_request *facet)
{
    const struct match_sets *sets = &work->sets;
    const struct column *column = columns_find(sets->columns, facet_kinds[facet->kind].slot);
    struct docset others = {0}; /* the query under all filters but the facet's own */
    const struct docset *counted = &sets->found;
    if (sets->filter[facet->kind].words) {
        if (docset_copy(&others, &sets->query)) return work_out_of_memory(work);
        for (int kind = 0; kind < FACET_COUNT; kind++)
            if (kind != (int)facet->kind && sets->filter[kind].words) docset_and(&others, &sets->filter[kind]);
        counted = &others;
    }
    enum status status = facet_count(out, &work->response->arena, facet, column, counted, &work->searcher->counters);
    docset_release(&others);
    return status ? work_out_of_memory(work) : OK;
}

/* ---- by spies ---- */

static enum status new_spy(struct xc_spy **out, struct work *work, enum facet_kind kind)
{
    struct xc_error cause = {0};
    enum xc_status status = xc_spy_new_value_counts(out, facet_kinds[kind].slot, &cause);
    return reader_failure(work->error, status, &cause, work->searcher->reader.path);
}

/* Runs the match; the facets without a filter of their own are counted on the way. */
static enum status run_with_spies(struct work *work, struct match_request *run)
{
    const struct search_request *request = work->request;
    const struct xc_spy *running[FACETS_MAX];
    enum status status = OK;
    for (size_t i = 0; !status && i < request->facet_count; i++) {
        status = new_spy(&work->spies[i], work, request->facets[i].kind);
        if (!status && !has_filter(request, request->facets[i].kind)) running[run->spy_count++] = work->spies[i];
    }
    run->exact = request->exact_total || request->facet_count;
    run->spies = running;
    if (status) return status;
    return (request->collapse ? collapse_run : match_run)(&work->result, &work->searcher->reader, run, work->error);
}

/* A facet with filters of its own is counted under all the others, so that its other values stay on offer. */
static enum status count_apart(struct work *work, const struct facet_request *facet, const struct xc_spy *spy)
{
    const struct search_request *request = work->request;
    struct xc_query *filter = NULL, *boolean = NULL;
    struct xc_error cause = {0};
    enum status status = facet_filters(&filter, request->filters, request->filter_count, facet->kind);
    if (status) return too_many(work, status);
    status = reader_failure(work->error, xc_query_scale(&boolean, work->query, 0, &cause), &cause,
                            work->searcher->reader.path);
    struct match_request run = {
        .query = boolean, .filter = filter, .ranking = &request->ranking, .exact = true, .spies = &spy, .spy_count = 1};
    struct match_result counted = {0};
    if (!status) status = match_run(&counted, &work->searcher->reader, &run, work->error);
    match_result_release(&counted);
    xc_query_free(boolean);
    xc_query_free(filter);
    return status;
}

/* ---- either ---- */

void work_match_release(struct work *work)
{
    for (size_t i = 0; i < FACETS_MAX; i++) {
        xc_spy_free(work->spies[i]);
        work->spies[i] = NULL;
    }
    sets_release(&work->sets);
    match_result_release(&work->result);
}

enum status work_match(struct work *work)
{
    const struct search_request *request = work->request;
    struct xc_query *filter = NULL;
    struct match_request run = {.query = work->query,
                                .ranking = &request->ranking,
                                .rescoring = &work->rescoring,
                                .sort = request->sort,
                                .offset = request->offset,
                                .count = request->count};
    phases_enter(&work->searcher->phases, PHASE_MATCH);
    work_match_release(work);
    work->rescoring.analyser = work->searcher->analyser;
    work->rescoring.marked = work->plan.marked;
    work->rescoring.marked_count = work->plan.marked_count;
    enum status status = facet_filters(&filter, request->filters, request->filter_count, FACET_COUNT);
    if (status) return too_many(work, status);
    run.filter = filter;
    bool all = request->facet_count || request->exact_total || request->sort != SORT_RELEVANCE;
    status = all ? find_sets(work) : UNSUPPORTED;
    if (status == UNSUPPORTED)
        status = run_with_spies(work, &run);
    else if (!status)
        status = rank_page(work, &run);
    xc_query_free(filter);
    return status;
}

enum status work_any_match(bool *out, struct work *work)
{
    struct match_result first = {0};
    *out = work->result.total > 0;
    if (*out || !work->request->filter_count) return OK;
    if (work->sets.query.words) {
        *out = docset_next(&work->sets.query, 1) > 0;
        return OK;
    }
    struct match_request run = {.query = work->query, .ranking = &work->request->ranking, .count = 1};
    enum status status = match_run(&first, &work->searcher->reader, &run, work->error);
    *out = first.count > 0;
    match_result_release(&first);
    return status;
}

enum status work_collect_facets(struct work *work)
{
    const struct search_request *request = work->request;
    struct arena *arena = &work->response->arena;
    struct facet *facets = arena_take(arena, (request->facet_count + 1) * sizeof *facets);
    phases_enter(&work->searcher->phases, PHASE_FACETS);
    if (!facets) return work_out_of_memory(work);
    enum status status = OK;
    for (size_t i = 0; !status && i < request->facet_count; i++) {
        const struct facet_request *facet = &request->facets[i];
        if (work->sets.columns) {
            status = count_columns(&facets[i], work, facet);
            continue;
        }
        if (has_filter(request, facet->kind)) status = count_apart(work, facet, work->spies[i]);
        if (!status) status = facet_collect(&facets[i], arena, facet, work->spies[i], work->error);
    }
    work->response->facets = facets;
    work->response->facet_count = request->facet_count;
    return status;
}
