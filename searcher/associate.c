/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/associate.h"

#include "searcher/facet_names.h"
#include "searcher/match.h"
#include "searcher/name_query.h"
#include "searcher/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 4, /* with an indexer that commits underneath, as search_run */ TYPES = NAME_TYPES - 1 };

static const size_t answer_bytes_max = (size_t)1 << 31; /* bytes: all names of a large index, twice */

/* The names of one run over the matches. */
struct counted {
    struct value_count *items;
    size_t count;
};

struct work {
    const struct associate_request *request;
    struct searcher *searcher;
    struct associations *out;
    struct error *error;
    struct arena *arena;
    struct vocabulary vocabulary;
    struct syntax *syntax;
    struct query_plan plan;
    struct xc_query *query, *with; /* [with]: any of the names */
    struct index_name *names;      /* what the request's name stands for */
    size_t name_count;
    struct associated_month *months; /* while they are counted, in no order */
    size_t month_count, month_room;
};

static enum status out_of_memory(struct work *work)
{
    return fail(work->error, NO_MEMORY, "out of memory while counting names");
}

static enum status failure(struct work *work, enum xc_status status, const struct xc_error *cause)
{
    return reader_failure(work->error, status, cause, work->vocabulary.reader->path);
}

static double part(double count, double row, double column, double all)
{
    return count > 0 ? count * log(count * all / (row * column)) : 0;
}

double associate_score(uint64_t both, uint64_t one, uint64_t other, uint64_t all)
{
    double k11 = (double)both, k12 = (double)(one - both), k21 = (double)(other - both), n = (double)all;
    double k22 = n - k11 - k12 - k21, row = k11 + k12, column = k11 + k21;
    /* G² of a table of two by two: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence,
     * Computational Linguistics 19(1), 1993. */
    double score = 2 * (part(k11, row, column, n) + part(k12, row, n - column, n) + part(k21, n - row, column, n) +
                        part(k22, n - row, n - column, n));
    if (score < 1e-9) return 0; /* rounding */
    return k11 * n < row * column ? -score : score;
}

/* ---- What the name stands for */

static enum status add_names(struct work *work, const struct name_matches *matches)
{
    struct index_name *names = arena_take(work->arena, (work->name_count + matches->count + 1) * sizeof *names);
    if (!names) return out_of_memory(work);
    if (work->name_count) memcpy(names, work->names, work->name_count * sizeof *names);
    if (matches->count) memcpy(names + work->name_count, matches->items, matches->count * sizeof *names);
    work->names = names;
    work->name_count += matches->count;
    return OK;
}

/* The names that are just that; else those that have its words. */
static enum status find_names(struct work *work)
{
    static const enum name_match matches[] = {NAME_IS, NAME_HAS_WORDS};
    struct span with = work->request->with;
    enum status status = OK;
    for (size_t m = 0; !status && !work->name_count && m < sizeof matches / sizeof *matches; m++)
        for (int type = 1; !status && type < NAME_TYPES; type++) {
            struct name_matches found;
            if (work->request->with_type && type != (int)work->request->with_type) continue;
            status = names_resolve(&found, work->arena, &work->vocabulary, (enum name_type)type, with, matches[m],
                                   work->error);
            if (!status) status = add_names(work, &found);
        }
    if (status || work->name_count) return status;
    return fail(work->error, NOT_FOUND, "no person, organization or place in index '%s' is called '%.*s'",
                work->vocabulary.reader->path, (int)(with.length < 200 ? with.length : 200), with.data);
}

static enum status name_term(struct buffer *out, struct work *work, const struct index_name *name)
{
    buffer_clear(out);
    return schema_term(out, name_places[name->type].prefix, name->key) ? out_of_memory(work) : OK;
}

static enum status make_filter(struct work *work)
{
    struct xc_query *parts[TYPES * NAME_MATCHES_MAX];
    struct xc_error cause = {0};
    struct buffer term;
    size_t count = 0;
    enum status status = OK;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    for (size_t i = 0; !status && i < work->name_count; i++) {
        status = name_term(&term, work, &work->names[i]);
        if (!status) status = failure(work, xc_query_term(&parts[count], term.data, term.length, 1, &cause), &cause);
        if (!status) count++;
    }
    if (!status)
        status =
            failure(work, xc_query_combine(&work->with, XC_OR, (const struct xc_query *const *)parts, count, 0, &cause),
                    &cause);
    for (size_t i = 0; i < count; i++) xc_query_free(parts[i]);
    buffer_release(&term);
    return status;
}

/* ---- Months */

/* The positions of the names in a document are their mentions. */
static enum xc_status count_mentions(uint64_t *mentions, struct work *work, uint32_t docid)
{
    struct buffer term;
    enum xc_status status = XC_OK;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    for (size_t i = 0; !status && i < work->name_count; i++) {
        struct xc_positions *positions = NULL;
        if (name_term(&term, work, &work->names[i])) status = XC_NO_MEMORY;
        if (!status)
            status = xc_database_positions(&positions, work->vocabulary.reader->database, docid, term.data, term.length,
                                           NULL);
        while (!status && !(status = xc_positions_next(positions, NULL))) ++*mentions;
        if (status == XC_NOT_FOUND) status = XC_OK;
        xc_positions_free(positions);
    }
    buffer_release(&term);
    return status;
}

static enum xc_status count_month(void *context, uint32_t docid, double weight, struct xc_document *document)
{
    struct work *work = context;
    struct xc_bytes day;
    (void)weight;
    enum xc_status status = xc_document_value(&day, document, SLOT_DATE, NULL);
    if (status) return status;
    char month[8] = "";
    if (day.length >= 6) snprintf(month, sizeof month, "%.4s-%.2s", day.data, day.data + 4);
    size_t at = 0;
    while (at < work->month_count && strcmp(work->months[at].month, month) != 0) at++;
    if (at == work->month_room) {
        size_t room = at ? 2 * at : 64;
        struct associated_month *grown = realloc(work->months, room * sizeof *grown);
        if (!grown) return XC_NO_MEMORY;
        work->months = grown;
        work->month_room = room;
    }
    if (at == work->month_count) {
        work->months[work->month_count++] = (struct associated_month){0};
        memcpy(work->months[at].month, month, sizeof month);
    }
    work->months[at].documents++;
    return count_mentions(&work->months[at].mentions, work, docid);
}

static int by_month(const void *a, const void *b)
{
    const struct associated_month *left = a, *right = b;
    if (!left->month[0] != !right->month[0]) return left->month[0] ? -1 : 1;
    return strcmp(left->month, right->month);
}

static enum status keep_months(struct work *work)
{
    struct associated_month *months = arena_take(work->arena, (work->month_count + 1) * sizeof *months);
    if (!months) return out_of_memory(work);
    if (work->month_count) {
        qsort(work->months, work->month_count, sizeof *work->months, by_month);
        memcpy(months, work->months, work->month_count * sizeof *months);
    }
    work->out->months = months;
    work->out->month_count = work->month_count;
    return OK;
}

/* ---- Counting */

/* Counts all names of the matches, with [filter] (may be NULL) those of its documents, and then the months too. */
static enum status count_names(struct counted counted[NAME_TYPES], uint64_t *total, struct work *work,
                               const struct xc_query *filter)
{
    struct xc_spy *spies[NAME_TYPES + 1] = {NULL};
    struct xc_error cause = {0};
    size_t spy_count = 0;
    enum status status = OK;
    for (int type = 1; !status && type < NAME_TYPES; type++)
        status = failure(work, xc_spy_new_value_counts(&spies[spy_count++], name_places[type].slot, &cause), &cause);
    if (!status && filter)
        status = failure(work, xc_spy_new_visit(&spies[spy_count++], count_month, work, &cause), &cause);
    struct ranking ranking;
    ranking_default(&ranking);
    struct match_request run = {.query = work->query,
                                .filter = filter,
                                .ranking = &ranking,
                                .exact = true,
                                .spies = (const struct xc_spy *const *)spies,
                                .spy_count = spy_count};
    struct match_result result = {0};
    if (!status) status = match_run(&result, work->vocabulary.reader, &run, work->error);
    if (!status) *total = result.total;
    match_result_release(&result);
    for (int type = 1; !status && type < NAME_TYPES; type++)
        if (facet_names_count(&counted[type].items, &counted[type].count, work->arena, spies[type - 1]))
            status = out_of_memory(work);
    for (size_t i = 0; i < spy_count; i++) xc_spy_free(spies[i]);
    return status;
}

static int by_key(const void *a, const void *b)
{
    return span_compare(((const struct value_count *)a)->key, ((const struct value_count *)b)->key);
}

static int by_score(const void *a, const void *b)
{
    const struct associated_name *left = a, *right = b;
    if (left->score != right->score) return left->score < right->score ? 1 : -1;
    if (left->together != right->together) return left->together < right->together ? 1 : -1;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return span_compare(left->value, right->value);
}

static bool is_asked_for(const struct work *work, int type, struct span key)
{
    for (size_t i = 0; i < work->name_count; i++)
        if ((int)work->names[i].type == type && span_equal(work->names[i].key, key)) return true;
    return false;
}

/* The names of [some], the matches with the request's name, scored against those of [all] matches. */
static enum status associate_type(struct work *work, int type, struct counted *all, const struct counted *some)
{
    struct associated_names *out = &work->out->names[type];
    const struct counted *listed = some ? some : all;
    struct associated_name *items = arena_take(work->arena, (listed->count + 1) * sizeof *items);
    struct associated_with *with = (struct associated_with *)work->out->with;
    size_t count = 0;
    if (!items) return out_of_memory(work);
    if (some && all->count) qsort(all->items, all->count, sizeof *all->items, by_key);
    for (size_t i = 0; i < listed->count; i++) {
        const struct value_count *name = &listed->items[i];
        if (!some) {
            items[count++] = (struct associated_name){.value = name->value, .count = name->count};
            continue;
        }
        if (is_asked_for(work, type, name->key)) {
            with[work->out->with_count++] = (struct associated_with){(enum name_type)type, name->value};
            continue;
        }
        const struct value_count *whole = bsearch(name, all->items, all->count, sizeof *all->items, by_key);
        uint32_t documents = whole ? whole->count : name->count;
        items[count++] = (struct associated_name){
            .value = whole ? whole->value : name->value,
            .count = documents,
            .together = name->count,
            .score = associate_score(name->count, work->out->with_documents, documents, work->out->documents)};
    }
    if (some && count) qsort(items, count, sizeof *items, by_score);
    *out = (struct associated_names){count, items, count < work->request->values ? count : work->request->values};
    return OK;
}

static enum status make_query(struct work *work, enum match_mode mode)
{
    struct xc_error cause = {0};
    query_plan_release(&work->plan);
    xc_query_free(work->query);
    work->query = NULL;
    enum status status = query_plan_make(&work->plan, work->syntax, &work->vocabulary, mode, work->error);
    if (status) return status;
    struct xc_query *query = work->plan.query, *boolean = NULL;
    work->plan.query = NULL;
    if (!query) return failure(work, xc_query_all(&work->query, &cause), &cause);
    status = failure(work, xc_query_scale(&boolean, query, 0, &cause), &cause);
    xc_query_free(query);
    work->query = boolean;
    return status;
}

static enum status answer(struct work *work)
{
    struct counted all[NAME_TYPES] = {{0}}, some[NAME_TYPES] = {{0}};
    const struct associate_request *request = work->request;
    bool with = request->with.length > 0;
    if (!work->vocabulary.reader->names)
        return fail(work->error, UNSUPPORTED, "index '%s' has no names (dossier retag finds them)",
                    work->vocabulary.reader->path);
    enum status status = syntax_parse(&work->syntax, request->query, NULL, work->error);
    if (!status) status = make_query(work, request->match == MATCH_ANY ? MATCH_ANY : MATCH_ALL);
    if (!status && with) status = find_names(work);
    if (!status && with) status = make_filter(work);
    if (!status) status = count_names(all, &work->out->documents, work, NULL);
    if (!status && !work->out->documents && work->plan.relaxable && request->match == MATCH_AUTO) {
        status = make_query(work, MATCH_ANY);
        if (!status) status = count_names(all, &work->out->documents, work, NULL);
        work->out->relaxed = !status && work->out->documents;
    }
    if (!status && with) status = count_names(some, &work->out->with_documents, work, work->with);
    if (!status && with) status = keep_months(work);
    if (!status && !(work->out->with = arena_take(work->arena, (work->name_count + 1) * sizeof *work->out->with)))
        status = out_of_memory(work);
    for (int type = 1; !status && type < NAME_TYPES; type++)
        status = associate_type(work, type, &all[type], with ? &some[type] : NULL);
    return status;
}

static enum status try_once(struct associations *out, struct searcher *searcher, struct analyser *analyser,
                            const struct associate_request *request, struct error *error)
{
    struct associations associations = {0};
    arena_init(&associations.arena, answer_bytes_max);
    struct work work = {
        .request = request,
        .searcher = searcher,
        .out = &associations,
        .error = error,
        .arena = &associations.arena,
        .vocabulary = {searcher_reader(searcher), analyser, request->language, searcher_names(searcher), true}};
    enum status status = answer(&work);
    syntax_free(work.syntax);
    query_plan_release(&work.plan);
    xc_query_free(work.query);
    xc_query_free(work.with);
    free(work.months);
    if (status)
        associations_release(&associations);
    else
        *out = associations;
    return status;
}

enum status associate(struct associations *out, struct searcher *searcher, const struct associate_request *request,
                      struct error *error)
{
    struct analyser *analyser = NULL;
    enum status status = CHANGED;
    if (request->language && !vocabulary_is_language(span_of(request->language)))
        return fail(error, INVALID, "unknown language '%.40s' (give its ISO 639-1 code, such as en, de, id or ja)",
                    request->language);
    if (analyser_new(&analyser)) return fail(error, NO_MEMORY, "out of memory");
    for (int i = 0; status == CHANGED && i < TRIES; i++) {
        status = reader_refresh(searcher_reader(searcher), error);
        if (!status) status = try_once(out, searcher, analyser, request, error);
    }
    analyser_free(analyser);
    return status;
}

void associations_release(struct associations *associations)
{
    arena_release(&associations->arena);
    *associations = (struct associations){0};
}
