/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/collapse.h"

#include "searcher/copies.h"
#include "searcher/facets.h"
#include "searcher/similar.h"

#include <stdlib.h>

enum { WINDOW_LEAST = 100 /* matches looked at first */ };

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while collapsing near-copies");
}

/* Moves the matches that are no near-copies of one before to the front, at most [wanted]; *[count] is how many. */
static enum status keep_first(size_t *count, struct match_result *window, size_t wanted, struct reader *reader,
                              struct error *error)
{
    struct original *shown = calloc(wanted + 1, sizeof *shown);
    enum status status = shown ? OK : out_of_memory(error);
    size_t kept = 0;
    for (size_t i = 0; !status && i < window->count && kept < wanted; i++) {
        struct original *next = &shown[kept];
        status = copies_original(next, reader, window->matches[i].docid, error);
        bool copy = false;
        for (size_t k = 0; !status && next->is_signed && !copy && k < kept; k++)
            copy = shown[k].is_signed && signature_near(shown[k].signature, next->signature);
        if (!status && !copy) window->matches[kept++] = window->matches[i];
    }
    free(shown);
    *count = kept;
    return status;
}

/* Looks at ever more matches until enough are left. */
static enum status fill_page(struct match_result *out, struct reader *reader, const struct match_request *request,
                             struct error *error)
{
    size_t wanted = request->offset + request->count, kept = 0;
    struct match_request window = *request;
    window.offset = 0;
    window.count = wanted + wanted / 2 + WINDOW_LEAST;
    window.spies = NULL;
    window.spy_count = 0;
    window.exact = false;
    for (;;) {
        enum status status = match_run(out, reader, &window, error);
        size_t seen = status ? 0 : out->count;
        if (!status) status = keep_first(&kept, out, wanted, reader, error);
        if (status || kept == wanted || seen < window.count || window.count >= HITS_MAX) {
            out->count = kept;
            return status;
        }
        match_result_release(out);
        window.count = window.count < HITS_MAX / 4 ? 4 * window.count : HITS_MAX;
    }
}

enum status collapse_run(struct match_result *out, struct reader *reader, const struct match_request *request,
                         struct error *error)
{
    struct match_result page = {0}, counted = {0};
    if (request->offset > COLLAPSE_DEPTH_MAX || request->count > COLLAPSE_DEPTH_MAX - request->offset)
        return fail(error, LIMIT, "near-copies are collapsed over the first %d hits (go on without --collapse)",
                    COLLAPSE_DEPTH_MAX);
    enum status status = fill_page(&page, reader, request, error);
    struct match_request count = *request;
    count.offset = count.count = 0;
    if (!status && (request->exact || request->spy_count)) {
        status = match_run(&counted, reader, &count, error);
        page.total = counted.total;
        page.exact = counted.exact;
        match_result_release(&counted);
    }
    if (status) {
        match_result_release(&page);
        return status;
    }
    size_t skipped = page.count < request->offset ? page.count : request->offset;
    for (size_t i = skipped; i < page.count; i++) page.matches[i - skipped] = page.matches[i];
    page.count -= skipped;
    *out = page;
    return OK;
}

/* The other matches among the near-copies of one hit. */
static enum status count_others(struct work *work, struct hit *hit, const struct docid_list *copies,
                                const struct xc_query *filter)
{
    struct reader *reader = &work->searcher->reader;
    struct xc_query *among = NULL, *query = NULL;
    struct match_result result = {0};
    struct xc_error cause = {0};
    struct span *ids = arena_take(&work->response->arena, COLLAPSE_IDS_MAX * sizeof *ids);
    if (!ids) return work_out_of_memory(work);
    enum status status = docid_query(&among, copies, reader, work->error);
    if (!status)
        status = reader_failure(
            work->error,
            xc_query_combine(&query, XC_FILTER, (const struct xc_query *[]){work->query, among}, 2, 0, &cause), &cause,
            reader->path);
    struct match_request request = {.query = query,
                                    .filter = filter,
                                    .ranking = &work->request->ranking,
                                    .sort = work->request->sort,
                                    .count = COLLAPSE_IDS_MAX,
                                    .exact = true};
    if (!status) status = match_run(&result, reader, &request, work->error);
    hit->others = (struct hit_others){.count = result.total, .ids = ids};
    for (size_t i = 0; !status && i < result.count; i++) {
        struct hit other = {.docid = result.matches[i].docid};
        status = work_fill_id(work, &other);
        ids[hit->others.id_count++] = other.id;
    }
    match_result_release(&result);
    xc_query_free(query);
    xc_query_free(among);
    return status;
}

/* near:ID and, in parentheses, the query as it was understood. */
static enum status print_query(struct work *work, struct hit *hit)
{
    struct buffer text;
    buffer_init(&text, 8 * SYNTAX_BYTES_MAX);
    enum status status = similar_print(&text, FIELD_NEAR, hit->id);
    if (!status && work->response->understood.length)
        status =
            buffer_printf(&text, " (%.*s)", (int)work->response->understood.length, work->response->understood.data);
    if (!status && !work_keep(work, &hit->others.query, buffer_span(&text))) status = NO_MEMORY;
    buffer_release(&text);
    return status ? work_out_of_memory(work) : OK;
}

enum status collapse_count(struct work *work)
{
    size_t count = work->response->hit_count;
    struct hit *hits = (struct hit *)work->response->hits; /* being filled */
    struct xc_query *filter = NULL;
    struct original *originals = calloc(count + 1, sizeof *originals);
    if (!originals) return work_out_of_memory(work);
    enum status status = facet_filters(&filter, work->request->filters, work->request->filter_count, FACET_COUNT);
    if (status) status = fail(work->error, status, "too many filters, or out of memory");
    for (size_t i = 0; !status && i < count; i++)
        status = copies_original(&originals[i], &work->searcher->reader, hits[i].docid, work->error);
    if (!status) status = copies_find(originals, count, &work->searcher->reader, work->error);
    for (size_t i = 0; !status && i < count; i++) {
        if (!originals[i].copies.count) continue;
        status = count_others(work, &hits[i], &originals[i].copies, filter);
        if (!status && hits[i].others.count) status = print_query(work, &hits[i]);
    }
    for (size_t i = 0; i < count; i++) docid_list_release(&originals[i].copies);
    free(originals);
    xc_query_free(filter);
    return status;
}
