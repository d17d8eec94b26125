/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/match.h"

#include "searcher/matcher/matcher.h"

#include <stdlib.h>
#include <string.h>

/* One run of libxapian's matcher: the window [offset, offset + count) of [query] in one order. */
static enum xc_status run_query(struct match_result *out, struct reader *reader, const struct match_request *request,
                                const struct xc_query *query, size_t offset, size_t count, struct xc_error *cause)
{
    const struct ranking *ranking = request->ranking;
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    enum xc_status status = xc_enquire_new(&enquire, reader->database, cause);
    if (!status) status = xc_enquire_set_query(enquire, query, 0, cause);
    if (!status)
        status = xc_enquire_set_scheme(enquire, ranking->name, ranking->variant[0] ? ranking->variant : NULL,
                                       ranking->parameter, ranking->parameter_count, cause);
    if (!status && request->sort != SORT_RELEVANCE)
        status = xc_enquire_set_sort(enquire, XC_SORT_VALUE_RELEVANCE, SLOT_DATE, request->sort == SORT_NEWEST, cause);
    for (size_t i = 0; !status && i < request->spy_count; i++)
        status = xc_enquire_add_spy(enquire, request->spies[i], cause);
    struct xc_match_options options = {
        .first = (uint32_t)offset,
        .max = (uint32_t)count,
        .check_at_least = request->exact ? reader->documents : 0,
    };
    if (!status) status = xc_enquire_search(&mset, enquire, &options, cause);
    struct xc_match_counts counts;
    if (!status) status = xc_mset_counts(&counts, mset, cause);
    size_t found = status ? 0 : xc_mset_size(mset);
    for (size_t i = 0; !status && i < found; i++) {
        struct xc_hit hit;
        status = xc_mset_hit(&hit, mset, i, cause);
        if (!status) out->matches[out->count++] = (struct match){hit.docid, hit.weight};
    }
    if (!status) {
        out->total += counts.estimate;
        out->exact = out->exact && (request->exact || counts.low == counts.high);
    }
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    return status;
}

/* Ours, if it can. XC_UNSUPPORTED leaves [out] as it is. */
static enum xc_status run_ours(struct match_result *out, struct reader *reader, const struct match_request *request,
                               struct xc_error *cause)
{
    const struct ranking *ranking = request->ranking;
    const char *choice = getenv("DOSSIER_MATCHER");
    bool theirs = request->plain || request->sort != SORT_RELEVANCE || request->spy_count || ranking->variant[0] ||
                  (choice && !strcmp(choice, "xapian"));
    if (theirs) return XC_UNSUPPORTED;
    struct matcher_request asked = {.query = request->query,
                                    .filter = request->filter,
                                    .scheme = ranking->name,
                                    .parameters = ranking->parameter,
                                    .parameter_count = ranking->parameter_count,
                                    .offset = request->offset,
                                    .count = request->count,
                                    .exact = request->exact};
    struct matcher_result result;
    enum xc_status status = matcher_run(&result, out->matches, reader->matcher, reader->database, &asked, cause);
    if (status) return status;
    out->count = result.count;
    out->total = result.total;
    out->exact = result.exact;
    return XC_OK;
}

static enum xc_status combine(struct xc_query **out, enum xc_operator operator_, const struct xc_query *left,
                              const struct xc_query *right, struct xc_error *cause)
{
    return xc_query_combine(out, operator_, (const struct xc_query *[]){left, right}, 2, 0, cause);
}

/* Oldest first: libxapian would put the undated, whose value is empty, before all others, so they make a second run. */
static enum xc_status run_oldest(struct match_result *out, struct reader *reader, const struct match_request *request,
                                 const struct xc_query *query, struct xc_error *cause)
{
    struct xc_query *undated = NULL, *dated_part = NULL, *undated_part = NULL;
    enum xc_status status = xc_query_term(&undated, TERM_UNDATED, strlen(TERM_UNDATED), 1, cause);
    if (!status) status = combine(&dated_part, XC_AND_NOT, query, undated, cause);
    if (!status) status = combine(&undated_part, XC_FILTER, query, undated, cause);
    struct match_request exact = *request;
    exact.exact = true; /* where the second run begins hangs on the first one's total */
    if (!status) status = run_query(out, reader, &exact, dated_part, request->offset, request->count, cause);
    if (!status) {
        size_t dated = out->total;
        size_t skip = request->offset > dated ? request->offset - dated : 0;
        status = run_query(out, reader, &exact, undated_part, skip, request->count - out->count, cause);
    }
    xc_query_free(undated_part);
    xc_query_free(dated_part);
    xc_query_free(undated);
    return status;
}

/* Which variants a scheme has libxapian alone knows. */
static enum status bad_variant(const struct ranking *ranking, struct error *error)
{
    const struct xc_scheme *scheme = xc_scheme_find(ranking->name);
    return fail(error, INVALID, "scheme '%s' has no variant '%s' (%s; by default %s)", scheme->name, ranking->variant,
                scheme->variant_help, scheme->variant);
}

/* Runs the match without rescoring. */
static enum status run_flat(struct match_result *out, struct reader *reader, const struct match_request *request,
                            struct error *error)
{
    struct match_result result = {.exact = true};
    size_t most = request->count;
    if (request->offset >= reader->documents)
        most = 0;
    else if (most > reader->documents - request->offset)
        most = reader->documents - request->offset;
    struct match_request bounded = *request;
    bounded.count = most;
    result.matches = malloc((most + 1) * sizeof *result.matches);
    if (!result.matches) return fail(error, NO_MEMORY, "out of memory for %zu hits", most);
    struct xc_error cause = {0};
    struct xc_query *filtered = NULL;
    enum xc_status status = XC_OK;
    status = run_ours(&result, reader, &bounded, &cause);
    bool done = status != XC_UNSUPPORTED;
    if (!done) status = XC_OK;
    if (!done && request->filter) status = combine(&filtered, XC_FILTER, request->query, request->filter, &cause);
    const struct xc_query *query = filtered ? filtered : request->query;
    if (!done && !status)
        status = request->sort == SORT_OLDEST
                     ? run_oldest(&result, reader, &bounded, query, &cause)
                     : run_query(&result, reader, &bounded, query, request->offset, most, &cause);
    xc_query_free(filtered);
    if (status) {
        match_result_release(&result);
        if (status == XC_INVALID && request->ranking->variant[0]) return bad_variant(request->ranking, error);
        return reader_failure(error, status, &cause, reader->path);
    }
    *out = result;
    return OK;
}

/* Runs the match from the first hit to the end of the window, or to where rescoring ends, and cuts the window out. */
static enum status run_rescored(struct match_result *out, struct reader *reader, const struct match_request *request,
                                struct error *error)
{
    struct match_request whole = *request;
    size_t end = request->offset + request->count;
    whole.offset = 0;
    whole.count = end > RESCORE_DEPTH ? end : RESCORE_DEPTH;
    enum status status = run_flat(out, reader, &whole, error);
    if (status) return status;
    size_t depth = out->count < RESCORE_DEPTH ? out->count : RESCORE_DEPTH;
    status = rescore(out->matches, depth, NULL, reader, request->rescoring, error);
    if (status) {
        match_result_release(out);
        return status;
    }
    if (end > out->count) end = out->count;
    out->count = end > request->offset ? end - request->offset : 0;
    memmove(out->matches, out->matches + request->offset, out->count * sizeof *out->matches);
    return OK;
}

enum status match_run(struct match_result *out, struct reader *reader, const struct match_request *request,
                      struct error *error)
{
    bool rescored = request->sort == SORT_RELEVANCE && rescoring_asked(request->rescoring) &&
                    request->offset < RESCORE_DEPTH && request->count;
    return (rescored ? run_rescored : run_flat)(out, reader, request, error);
}

void match_result_release(struct match_result *result)
{
    free(result->matches);
    *result = (struct match_result){0};
}
