/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/search.h"

#include "searcher/collapse.h"
#include "searcher/expand.h"
#include "searcher/explain.h"
#include "searcher/facets.h"
#include "searcher/name_lists.h"
#include "searcher/search_work.h"
#include "searcher/suggest.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    RESPONSE_BYTES_MAX = 1024 * 1024 * 1024, /* bytes: a million hits with snippets */
    TRIES = 4,                               /* a writer that commits 25 times a second was met by the second try */
    SUGGEST_BELOW = 3,                       /* hits: with as many or more nobody asks for another spelling */
    NOTICES_ADDED = 4,                       /* places for notices beside those of the syntax */
    TELLING_SHOWN = 20                       /* words of a long text that are named as those that count */
};

void search_request_init(struct search_request *request)
{
    *request = (struct search_request){
        .count = 10,
        .suggest = true,
        .documents = true,
        .snippet_bytes = SNIPPET_BYTES_DEFAULT,
        .fragments = SNIPPET_FRAGMENTS_DEFAULT,
    };
    ranking_default(&request->ranking);
}

enum status searcher_open(struct searcher **out, const char *path, struct error *error)
{
    struct searcher *searcher = calloc(1, sizeof *searcher);
    if (!searcher) return fail(error, NO_MEMORY, "out of memory");
    enum status status = reader_open(&searcher->reader, path, error);
    if (!status && (status = analyser_new(&searcher->analyser))) fail(error, status, "out of memory");
    if (!status) status = name_lists_load(&searcher->names, &searcher->reader, error);
    if (status)
        searcher_free(searcher);
    else
        *out = searcher;
    return status;
}

void searcher_free(struct searcher *searcher)
{
    if (!searcher) return;
    analyser_free(searcher->analyser);
    name_lists_free(searcher->names);
    reader_close(&searcher->reader);
    free(searcher);
}

const struct user_names *searcher_names(const struct searcher *searcher)
{
    return searcher->names;
}

struct phases *searcher_phases(struct searcher *searcher)
{
    return &searcher->phases;
}

struct reader *searcher_reader(struct searcher *searcher)
{
    return &searcher->reader;
}

static enum status parse(struct work *work)
{
    phases_enter(&work->searcher->phases, PHASE_PARSE);
    struct syntax_options options = {.strict = work->request->strict};
    enum status status = syntax_parse(&work->syntax, work->request->query, &options, work->error);
    if (status) return status;
    struct buffer understood;
    buffer_init(&understood, 4 * SYNTAX_BYTES_MAX);
    status = syntax_print(&understood, work->syntax);
    if (status || !work_keep(work, &work->response->understood, buffer_span(&understood)))
        status = work_out_of_memory(work);
    buffer_release(&understood);
    size_t count = work->syntax->notice_count;
    struct search_notice *notices = arena_take(&work->response->arena, (count + NOTICES_ADDED) * sizeof *notices);
    if (!notices) return work_out_of_memory(work);
    for (size_t i = 0; !status && i < count; i++) {
        notices[i].position = work->syntax->notices[i].range.start;
        if (!work_keep(work, &notices[i].text, span_of(work->syntax->notices[i].text)))
            status = work_out_of_memory(work);
    }
    work->response->notices = notices;
    work->response->notice_count = count;
    return status;
}

static enum status plan(struct work *work, enum match_mode mode)
{
    phases_enter(&work->searcher->phases, PHASE_PARSE);
    query_plan_release(&work->plan);
    xc_query_free(work->query);
    work->query = NULL;
    enum status status = query_plan_make(&work->plan, work->syntax, &work->vocabulary, mode, work->error);
    if (!status && work->request->similar_text.length)
        status = query_plan_similar(&work->plan, &work->vocabulary, work->request->similar_text, work->error);
    if (status) return status;
    work->query = work->plan.query;
    work->plan.query = NULL;
    struct xc_error cause = {0};
    if (!work->query)
        return reader_failure(work->error, xc_query_all(&work->query, &cause), &cause, work->searcher->reader.path);
    return OK;
}

/* Adds a notice about the whole query, at most NOTICES_ADDED of them in a response. */
static enum status add_notice(struct work *work, struct span text)
{
    struct search_response *response = work->response;
    struct search_notice *notices = (struct search_notice *)response->notices; /* ours, with room: see parse */
    struct search_notice *notice = &notices[response->notice_count];
    notice->position = 0;
    if (!work_keep(work, &notice->text, text)) return work_out_of_memory(work);
    response->notice_count++;
    return OK;
}

/* Says which words of a long text count. */
static enum status tell_words(struct work *work)
{
    const struct query_plan *plan = &work->plan;
    struct buffer text;
    if (!plan->telling) return OK;
    buffer_init(&text, 64 * 1024 /* bytes: TELLING_SHOWN words and a sentence */);
    enum status status = buffer_printf(&text, "of %zu different words the %d most telling count: ", plan->different,
                                       QUERY_WORDS_MAX);
    for (size_t i = 0; !status && i < TELLING_SHOWN; i++) {
        if (i) status = buffer_append_string(&text, ", ");
        if (!status) status = buffer_append_span(&text, plan->telling[i]);
    }
    if (!status) status = buffer_printf(&text, " and %d more", QUERY_WORDS_MAX - TELLING_SHOWN);
    status = status ? work_out_of_memory(work) : add_notice(work, buffer_span(&text));
    buffer_release(&text);
    return status;
}

static bool has_filter(const struct search_request *request, enum facet_kind kind)
{
    for (size_t i = 0; i < request->filter_count; i++)
        if (request->filters[i].kind == kind) return true;
    return false;
}

static enum status new_spy(struct xc_spy **out, struct work *work, enum facet_kind kind)
{
    struct xc_error cause = {0};
    enum xc_status status = xc_spy_new_value_counts(out, facet_kinds[kind].slot, &cause);
    return reader_failure(work->error, status, &cause, work->searcher->reader.path);
}

/* Runs the match; the facets without a filter of their own are counted on the way. */
static enum status match(struct work *work, struct xc_spy **spies)
{
    phases_enter(&work->searcher->phases, PHASE_MATCH);
    const struct search_request *request = work->request;
    struct xc_query *filter = NULL;
    const struct xc_spy *running[FACETS_MAX];
    size_t count = 0;
    enum status status = facet_filters(&filter, request->filters, request->filter_count, FACET_COUNT);
    if (status) return fail(work->error, status, "too many filters, or out of memory");
    for (size_t i = 0; !status && i < request->facet_count; i++) {
        xc_spy_free(spies[i]);
        spies[i] = NULL;
        status = new_spy(&spies[i], work, request->facets[i].kind);
        if (!status && !has_filter(request, request->facets[i].kind)) running[count++] = spies[i];
    }
    struct match_request run = {
        .query = work->query,
        .filter = filter,
        .ranking = &request->ranking,
        .rescoring = &work->rescoring,
        .sort = request->sort,
        .offset = request->offset,
        .count = request->count,
        .exact = request->exact_total || request->facet_count,
        .spies = running,
        .spy_count = count,
    };
    match_result_release(&work->result);
    if (!status)
        status =
            (request->collapse ? collapse_run : match_run)(&work->result, &work->searcher->reader, &run, work->error);
    xc_query_free(filter);
    return status;
}

/* Replaces the query by one with the words that its first hits share: those without filters, so that what matches does
 * not hang on them, and a click on a facet's value gives what the facet counted. */
static enum status expand(struct work *work, enum match_mode mode)
{
    const struct search_request *request = work->request;
    struct reader *reader = &work->searcher->reader;
    struct xc_query *expanded = NULL;
    struct match_result first = {0};
    if (!request->expand || request->sort != SORT_RELEVANCE) return OK;
    struct match_request run = {.query = work->query, .ranking = &request->ranking, .count = EXPAND_HITS};
    work->rescoring.kept_count = 0;
    enum status status = match_run(&first, reader, &run, work->error);
    if (!status)
        status = expand_query(&expanded, reader, work->query, work->plan.length, first.matches, first.count,
                              mode == MATCH_ANY, work->error);
    if (!status && expanded) {
        xc_query_free(work->query);
        work->query = expanded;
        for (size_t i = 0; i < first.count && i < EXPAND_KEPT; i++) work->kept[i] = first.matches[i].docid;
        work->rescoring.kept = work->kept;
        work->rescoring.kept_count = first.count < EXPAND_KEPT ? first.count : EXPAND_KEPT;
    }
    match_result_release(&first);
    return status;
}

/* Whether a document of the index has all the words, filtered out or not: to relax under some filters and not under
 * others would change what a facet's values count for. */
static enum status any_match(bool *out, struct work *work)
{
    struct match_result first = {0};
    *out = work->result.total > 0;
    if (*out || !work->request->filter_count) return OK;
    struct match_request run = {.query = work->query, .ranking = &work->request->ranking, .count = 1};
    enum status status = match_run(&first, &work->searcher->reader, &run, work->error);
    *out = first.count > 0;
    match_result_release(&first);
    return status;
}

/* A facet with filters of its own is counted under all the others, so that its other values stay on offer. */
static enum status count_apart(struct work *work, const struct facet_request *facet, const struct xc_spy *spy)
{
    const struct search_request *request = work->request;
    struct xc_query *filter = NULL, *boolean = NULL;
    struct xc_error cause = {0};
    enum status status = facet_filters(&filter, request->filters, request->filter_count, facet->kind);
    if (status) return fail(work->error, status, "too many filters, or out of memory");
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

static enum status collect_facets(struct work *work, struct xc_spy **spies)
{
    phases_enter(&work->searcher->phases, PHASE_FACETS);
    const struct search_request *request = work->request;
    struct arena *arena = &work->response->arena;
    struct facet *facets = arena_take(arena, (request->facet_count + 1) * sizeof *facets);
    if (!facets) return work_out_of_memory(work);
    enum status status = OK;
    for (size_t i = 0; !status && i < request->facet_count; i++) {
        if (has_filter(request, request->facets[i].kind)) status = count_apart(work, &request->facets[i], spies[i]);
        if (!status) status = facet_collect(&facets[i], arena, &request->facets[i], spies[i], work->error);
    }
    work->response->facets = facets;
    work->response->facet_count = request->facet_count;
    return status;
}

/* What is put in the place of an unknown word: what stands in for it already, or, when little is found, what is nearest.
 * Returns OK, NOT_FOUND, and as suggest_word. */
static enum status better_word(struct buffer *word, struct work *work, const struct unknown_word *unknown)
{
    buffer_clear(word);
    if (unknown->correction.length) {
        work->response->corrected = true;
        return buffer_append_span(word, unknown->correction);
    }
    bool little = work->response->relaxed || work->response->total < SUGGEST_BELOW;
    return little ? suggest_word(word, &work->searcher->reader, unknown->form, NULL, 0, work->error) : NOT_FOUND;
}

/* The query with each unknown word replaced by the nearest one of the index. */
static enum status suggest(struct work *work)
{
    phases_enter(&work->searcher->phases, PHASE_SUGGEST);
    struct span query = work->request->query;
    struct buffer corrected, word;
    buffer_init(&corrected, 2 * SYNTAX_BYTES_MAX);
    buffer_init(&word, 4096 /* bytes: a term and more */);
    size_t from = 0, changes = 0;
    enum { CORRECTIONS_MAX = 8 }; /* each looks through words of the index */
    enum status status = OK;
    for (size_t i = 0; !status && i < work->plan.unknown_count && changes < CORRECTIONS_MAX; i++) {
        const struct unknown_word *unknown = &work->plan.unknown[i];
        if (unknown->range.start < from || unknown->range.end > query.length) continue;
        enum status found = better_word(&word, work, unknown);
        if (found == NOT_FOUND) continue;
        status = found;
        if (!status) status = buffer_append_span(&corrected, span_cut(query, from, unknown->range.start));
        if (!status) status = buffer_append_span(&corrected, buffer_span(&word));
        from = unknown->range.end;
        changes++;
    }
    if (!status && changes) {
        status = buffer_append_span(&corrected, span_cut(query, from, query.length));
        if (!status && !work_keep(work, &work->response->did_you_mean, buffer_span(&corrected))) status = NO_MEMORY;
    }
    buffer_release(&word);
    buffer_release(&corrected);
    return status == NO_MEMORY || status == LIMIT ? work_out_of_memory(work) : status;
}

static enum status answer(struct work *work, struct xc_spy **spies)
{
    const struct search_request *request = work->request;
    enum status status = parse(work);
    /* Nobody who pastes an article in wants documents with all its words. */
    bool any = request->match == MATCH_ANY || (request->match == MATCH_AUTO && !status && work->syntax->pasted);
    bool relax = request->match == MATCH_AUTO && !any, found = false;
    enum match_mode mode = any ? MATCH_ANY : MATCH_ALL;
    if (!status) status = plan(work, mode);
    if (!status) status = expand(work, mode);
    if (!status) status = match(work, spies);
    found = work->result.total > 0;
    if (!status && relax && !found && work->plan.relaxable) status = any_match(&found, work);
    if (!status && relax && !found && work->plan.relaxable) {
        status = plan(work, MATCH_ANY);
        if (!status) status = expand(work, MATCH_ANY);
        if (!status) status = match(work, spies);
        work->response->relaxed = !status && work->result.total;
    }
    if (!status) status = tell_words(work);
    if (!status) status = collect_facets(work, spies);
    if (!status) {
        work->response->total = work->result.total;
        work->response->exact = work->result.exact;
        if (!work->each) status = work_collect_hits(work);
        if (!status && request->collapse) status = collapse_count(work);
        if (!status && request->explain) status = explain_hits(work);
    }
    if (!status && request->suggest && work->plan.unknown_count) status = suggest(work);
    return status;
}

static double processor_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* One answer to a request; with [each], its hits are given to it. *[begun] tells that the first may have been: then
 * there is no other try. */
static enum status try_once(struct search_response *out, bool *begun, struct searcher *searcher,
                            const struct search_request *request, search_hit_fn *each, void *context,
                            struct error *error)
{
    struct search_response response = {.exact = true};
    struct xc_spy *spies[FACETS_MAX] = {NULL};
    double started = processor_seconds();
    arena_init(&response.arena, RESPONSE_BYTES_MAX);
    struct work work = {.searcher = searcher,
                        .request = request,
                        .response = &response,
                        .error = error,
                         .rescoring = {.half_life = request->half_life},
                        .arena = &response.arena,
                        .each = each,
                        .context = context,
                        .vocabulary = {&searcher->reader, searcher->analyser, request->language, searcher->names,
                                        !request->strict}};
    enum status status = answer(&work, spies);
    for (size_t i = 0; i < FACETS_MAX; i++) xc_spy_free(spies[i]);
    if (!status && each) {
        *begun = true;
        status = work_stream_hits(&work);
    }
    match_result_release(&work.result);
    xc_query_free(work.query);
    query_plan_release(&work.plan);
    syntax_free(work.syntax);
    if (status) {
        arena_release(&response.arena);
        return status;
    }
    response.seconds = processor_seconds() - started;
    *out = response;
    return OK;
}

static enum status run(struct search_response *out, struct searcher *searcher, const struct search_request *request,
                       search_hit_fn *each, void *context, struct error *error)
{
    if (request->facet_count > FACETS_MAX || request->filter_count > FILTERS_MAX)
        return fail(error, LIMIT, "at most %d facets and %d filters", FACETS_MAX, FILTERS_MAX);
    if (!each && (request->offset > HITS_MAX || request->count > HITS_MAX))
        return fail(error, LIMIT, "at most %d hits can be paged through", HITS_MAX);
    if (request->language && !vocabulary_is_language(span_of(request->language)))
        return fail(error, INVALID, "unknown language '%.40s' (give its ISO 639-1 code, such as en, de, id or ja)",
                    request->language);
    enum status status = CHANGED;
    bool begun = false;
    for (int i = 0; status == CHANGED && !begun && i < TRIES; i++) {
        status = reader_refresh(&searcher->reader, error);
        if (!status) status = try_once(out, &begun, searcher, request, each, context, error);
    }
    return status;
}

enum status search_run(struct search_response *out, struct searcher *searcher, const struct search_request *request,
                       struct error *error)
{
    return run(out, searcher, request, NULL, NULL, error);
}

enum status search_stream(struct search_response *out, struct searcher *searcher, const struct search_request *request,
                          search_hit_fn *each, void *context, struct error *error)
{
    if (request->collapse) { /* near-copies are told among hits that are all there */
        enum status status = run(out, searcher, request, NULL, NULL, error);
        for (size_t i = 0; !status && i < out->hit_count && each(context, &out->hits[i]);) i++;
        if (!status) out->hit_count = 0;
        return status;
    }
    return run(out, searcher, request, each, context, error);
}

void search_response_release(struct search_response *response)
{
    arena_release(&response->arena);
    *response = (struct search_response){0};
}
