/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matching.h"

#include "searcher/matcher/matcher.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 64,    /* levels of a query: each may hold a bitmap */
    BATCH = 512,       /* postings read at a time */
    SKIP_SHARE = 8,    /* skipping to a document costs about so many steps of a walk: measured 90 ns against 12 */
    PARTS_SORTED = 512 /* parts of an AND that are put in order; of more the order is as given */
};

struct evaluator {
    struct reader *reader;
    const struct columns *columns;
    struct xc_error cause;
    unsigned depth;
};

/* What comes of a call: an xc_status, with XC_UNSUPPORTED for what is not done here. */
typedef const struct xc_query_node node;

static enum xc_status evaluate(struct docset *out, struct evaluator *evaluator, node *tree,
                               const struct docset *within);

static enum xc_status new_set(struct docset *out, const struct evaluator *evaluator)
{
    return docset_init(out, evaluator->columns->head.last_docid) ? XC_NO_MEMORY : XC_OK;
}

/* ---- one term ---- */

static enum xc_status open_term(struct xc_postings **out, struct evaluator *evaluator, struct xc_bytes term)
{
    return xc_database_postings(out, evaluator->reader->database, term.data, term.length, &evaluator->cause);
}

/* Adds all documents of a term. */
static enum xc_status add_term(struct docset *set, struct evaluator *evaluator, struct xc_bytes term)
{
    struct xc_postings *postings = NULL;
    uint32_t docids[BATCH];
    size_t count = 0;
    enum xc_status status = open_term(&postings, evaluator, term);
    do {
        if (!status) status = xc_postings_read(&count, postings, docids, NULL, BATCH, &evaluator->cause);
        for (size_t i = 0; !status && i < count; i++) docset_add(set, docids[i]);
    } while (!status && count == BATCH);
    xc_postings_free(postings);
    return status;
}

/* Adds those of the documents of a term that are in [within], which are few. */
static enum xc_status add_term_within(struct docset *set, struct evaluator *evaluator, struct xc_bytes term,
                                      const struct docset *within)
{
    struct xc_postings *postings = NULL;
    enum xc_status status = open_term(&postings, evaluator, term);
    uint32_t docid = docset_next(within, 1);
    while (!status && docid && !(status = xc_postings_skip_to(postings, docid, &evaluator->cause))) {
        uint32_t found = xc_postings_docid(postings);
        if (found == docid) docset_add(set, docid);
        docid = docset_next(within, found == docid ? docid + 1 : found);
    }
    xc_postings_free(postings);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

static enum xc_status term_documents(uint32_t *out, struct evaluator *evaluator, struct xc_bytes term)
{
    return xc_database_term_frequency(out, evaluator->reader->database, term.data, term.length, &evaluator->cause);
}

static enum xc_status term_set(struct docset *set, struct evaluator *evaluator, struct xc_bytes term,
                               const struct docset *within)
{
    uint32_t documents = 0;
    enum xc_status status = within ? term_documents(&documents, evaluator, term) : XC_OK;
    if (status) return status;
    if (within && (uint64_t)docset_size(within) * SKIP_SHARE < documents)
        return add_term_within(set, evaluator, term, within);
    return add_term(set, evaluator, term);
}

/* ---- leaves without postings of their own ---- */

static void live_set(struct docset *set, const struct evaluator *evaluator)
{
    const struct columns *columns = evaluator->columns;
    if (columns->live)
        for (uint32_t docid = 1; docid <= set->last; docid++) {
            if (packed_get(columns->live, 1, docid)) docset_add(set, docid);
            if (docid == UINT32_MAX) break;
        }
    else {
        memset(set->words, 0xFF, set->count * sizeof *set->words);
        set->words[0] &= ~1ULL;
        if (set->last % 64 != 63) set->words[set->count - 1] &= (1ULL << (set->last % 64 + 1)) - 1;
    }
}

/* The first place whose value is not below [bytes], or with [after] above it. */
static uint32_t bound(const struct column *column, struct xc_bytes bytes, bool after)
{
    struct span wanted = {bytes.data, bytes.length};
    uint32_t low = 0, high = column->head.values;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = span_compare(column_value(column, middle), wanted);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Values in their own order are keys in that order: of one value a document, and not folded. */
static enum xc_status range_set(struct docset *set, const struct evaluator *evaluator, const struct xc_query_view *view)
{
    const struct column *column = columns_find(evaluator->columns, view->slot);
    if (!column || view->slot != SLOT_DATE) return XC_UNSUPPORTED;
    uint32_t low = bound(column, view->low, false), high = bound(column, view->high, true);
    for (uint32_t docid = 1; docid <= set->last && low < high; docid++) {
        uint32_t value = column_of(column, docid);
        if (value > low && value <= high) docset_add(set, docid);
        if (docid == UINT32_MAX) break;
    }
    return XC_OK;
}

static enum xc_status star_set(struct docset *set, struct evaluator *evaluator, const struct xc_query_view *view)
{
    struct xc_terms *terms = NULL;
    uint32_t count = 0;
    enum xc_status status =
        xc_database_terms(&terms, evaluator->reader->database, view->term.data, view->term.length, &evaluator->cause);
    while (!status && !(status = xc_terms_next(terms, &evaluator->cause))) {
        if (view->parameter && ++count > view->parameter) status = XC_UNSUPPORTED; /* libxapian says what is wrong */
        if (!status) status = add_term(set, evaluator, xc_terms_term(terms));
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

/* ---- what libxapian finds ---- */

static enum xc_status rebuild(struct xc_query **out, struct evaluator *evaluator, node *tree)
{
    struct xc_query_view view = xc_query_look(tree);
    enum xc_status status = XC_OK;
    if (view.kind == XC_QUERY_TERM) return xc_query_term(out, view.term.data, view.term.length, 1, &evaluator->cause);
    if (view.kind == XC_QUERY_SCALED) return rebuild(out, evaluator, xc_query_part(tree, 0));
    if (view.kind == XC_QUERY_NONE) return xc_query_none(out, &evaluator->cause);
    if (view.kind != XC_QUERY_COMBINED) return XC_UNSUPPORTED;
    struct xc_query **parts = calloc(view.part_count, sizeof(struct xc_query *));
    if (!parts) return XC_NO_MEMORY;
    for (size_t i = 0; !status && i < view.part_count; i++)
        status = rebuild(&parts[i], evaluator, xc_query_part(tree, i));
    if (!status)
        status = xc_query_combine(out, view.operator_, (const struct xc_query *const *)parts, view.part_count,
                                  view.parameter, &evaluator->cause);
    for (size_t i = 0; i < view.part_count; i++) xc_query_free(parts[i]);
    free(parts);
    return status;
}

static enum xc_status seek(void *context, uint32_t *docid, double *weight, uint32_t from, double weight_min)
{
    (void)weight;
    (void)weight_min;
    *docid = docset_next(context, from);
    return XC_OK;
}

enum xc_status docset_query(struct xc_query **out, const struct docset *set, struct xc_error *cause)
{
    uint32_t size = docset_size(set);
    struct xc_source source = {.seek = seek,
                               .context = (void *)(uintptr_t)set,
                               .documents_least = size,
                               .documents_guess = size,
                               .documents_most = size};
    return xc_query_source(out, &source, cause);
}

/* Phrases and neighbourhoods, among [within]. */
static enum xc_status place_set(struct docset *set, struct evaluator *evaluator, node *tree,
                                const struct docset *within)
{
    struct xc_query *query = NULL, *source = NULL, *both = NULL;
    struct xc_enquire *enquire = NULL;
    struct xc_mset *mset = NULL;
    struct xc_error *cause = &evaluator->cause;
    uint32_t most = docset_size(within);
    if (!most) return XC_OK;
    enum xc_status status = rebuild(&query, evaluator, tree);
    if (!status) status = docset_query(&source, within, cause);
    if (!status) status = xc_query_combine(&both, XC_FILTER, (const struct xc_query *[]){query, source}, 2, 0, cause);
    if (!status) status = xc_enquire_new(&enquire, evaluator->reader->database, cause);
    if (!status) status = xc_enquire_set_query(enquire, both, 0, cause);
    if (!status) status = xc_enquire_set_scheme(enquire, "boolean", NULL, NULL, 0, cause);
    if (!status) status = xc_enquire_search(&mset, enquire, &(struct xc_match_options){.max = most}, cause);
    size_t count = status ? 0 : xc_mset_size(mset);
    for (size_t i = 0; !status && i < count; i++) {
        struct xc_hit hit;
        status = xc_mset_hit(&hit, mset, i, cause);
        if (!status) docset_add(set, hit.docid);
    }
    xc_mset_free(mset);
    xc_enquire_free(enquire);
    xc_query_free(both);
    xc_query_free(source);
    xc_query_free(query);
    return status;
}

/* ---- operators ---- */

struct part {
    node *tree;
    uint64_t documents; /* it may match, about */
};

/* About how many documents a part matches. */
static enum xc_status guess(uint64_t *out, struct evaluator *evaluator, node *tree, unsigned depth)
{
    struct xc_query_view view = xc_query_look(tree);
    uint32_t documents = evaluator->reader->documents;
    enum xc_status status = XC_OK;
    bool all = view.kind == XC_QUERY_COMBINED && (view.operator_ == XC_AND || view.operator_ == XC_FILTER ||
                                                  view.operator_ == XC_PHRASE || view.operator_ == XC_NEAR);
    bool any = view.kind == XC_QUERY_COMBINED &&
               (view.operator_ == XC_OR || view.operator_ == XC_SYNONYM || view.operator_ == XC_MAX);
    if (view.kind == XC_QUERY_TERM) status = term_documents(&documents, evaluator, view.term);
    *out = documents;
    if (depth == DEPTH_MAX || view.kind == XC_QUERY_TERM) return status;
    if (any) *out = 0;
    size_t parts = all || any ? view.part_count : view.part_count ? 1 : 0; /* else the first decides */
    for (size_t i = 0; !status && i < parts; i++) {
        uint64_t part;
        status = guess(&part, evaluator, xc_query_part(tree, i), depth + 1);
        if (any)
            *out += part;
        else if (part < *out)
            *out = part;
    }
    return status;
}

static int by_documents(const void *a, const void *b)
{
    const struct part *left = a, *right = b;
    return (left->documents > right->documents) - (left->documents < right->documents);
}

/* Keeps in [set] what all parts match, the rarest first; [set] begins as what is to be narrowed, or empty when [fresh].
 */
static enum xc_status narrow(struct docset *set, bool fresh, struct evaluator *evaluator, node *tree)
{
    struct xc_query_view view = xc_query_look(tree);
    struct part *parts = calloc(view.part_count + 1, sizeof *parts);
    enum xc_status status = parts ? XC_OK : XC_NO_MEMORY;
    for (size_t i = 0; !status && i < view.part_count; i++) {
        parts[i].tree = xc_query_part(tree, i);
        if (view.part_count <= PARTS_SORTED) status = guess(&parts[i].documents, evaluator, parts[i].tree, 0);
    }
    if (!status) qsort(parts, view.part_count, sizeof *parts, by_documents);
    for (size_t i = 0; !status && i < view.part_count; i++) {
        struct docset part = {0};
        status = evaluate(&part, evaluator, parts[i].tree, fresh && !i ? NULL : set);
        if (!status && fresh && !i)
            docset_or(set, &part);
        else if (!status)
            docset_and(set, &part);
        docset_release(&part);
    }
    free(parts);
    return status;
}

static enum xc_status combine(struct docset *set, struct evaluator *evaluator, node *tree, const struct docset *within)
{
    struct xc_query_view view = xc_query_look(tree);
    enum xc_status status = XC_OK;
    struct docset part = {0};
    switch (view.operator_) {
    case XC_OR:
    case XC_SYNONYM:
    case XC_MAX:
        for (size_t i = 0; !status && i < view.part_count; i++) {
            node *child = xc_query_part(tree, i);
            struct xc_query_view leaf = xc_query_look(child);
            if (leaf.kind == XC_QUERY_TERM) {
                status = term_set(set, evaluator, leaf.term, within);
                continue;
            }
            status = evaluate(&part, evaluator, child, within);
            if (!status) docset_or(set, &part);
            docset_release(&part);
        }
        return status;
    case XC_AND:
    case XC_FILTER:
        if (within) docset_or(set, within);
        return narrow(set, !within, evaluator, tree);
    case XC_PHRASE:
    case XC_NEAR: {
        struct docset all = {0};
        status = within ? docset_copy(&all, within) ? XC_NO_MEMORY : XC_OK : new_set(&all, evaluator);
        if (!status) status = narrow(&all, !within, evaluator, tree);
        if (!status) status = place_set(set, evaluator, tree, &all);
        docset_release(&all);
        return status;
    }
    case XC_AND_NOT:
    case XC_AND_MAYBE:
        status = evaluate(&part, evaluator, xc_query_part(tree, 0), within);
        if (!status) docset_or(set, &part);
        docset_release(&part);
        for (size_t i = 1; !status && view.operator_ == XC_AND_NOT && i < view.part_count; i++) {
            status = evaluate(&part, evaluator, xc_query_part(tree, i), set);
            if (!status) docset_and_not(set, &part);
            docset_release(&part);
        }
        return status;
    default:
        return XC_UNSUPPORTED;
    }
}

/* The documents that [tree] matches: all that are in [within] (NULL: all there are), and perhaps others. */
static enum xc_status evaluate(struct docset *out, struct evaluator *evaluator, node *tree, const struct docset *within)
{
    struct xc_query_view view = xc_query_look(tree);
    struct docset set;
    *out = (struct docset){0};
    if (++evaluator->depth > DEPTH_MAX) return XC_UNSUPPORTED;
    enum xc_status status = view.kind == XC_QUERY_SCALED ? evaluate(&set, evaluator, xc_query_part(tree, 0), within)
                                                         : new_set(&set, evaluator);
    switch (status ? XC_QUERY_NONE : view.kind) {
    case XC_QUERY_TERM:
        status = term_set(&set, evaluator, view.term, within);
        break;
    case XC_QUERY_ALL:
        live_set(&set, evaluator);
        break;
    case XC_QUERY_COMBINED:
        status = combine(&set, evaluator, tree, within);
        break;
    case XC_QUERY_RANGE:
        status = range_set(&set, evaluator, &view);
        break;
    case XC_QUERY_WILDCARD:
        status = star_set(&set, evaluator, &view);
        break;
    case XC_QUERY_SCALED:
    case XC_QUERY_NONE:
        break;
    default:
        status = XC_UNSUPPORTED;
    }
    evaluator->depth--;
    if (status)
        docset_release(&set);
    else
        *out = set;
    return status;
}

/* Whether positions have to be looked at. */
static bool has_places(node *tree, unsigned depth)
{
    struct xc_query_view view = xc_query_look(tree);
    bool places = view.kind == XC_QUERY_COMBINED && (view.operator_ == XC_PHRASE || view.operator_ == XC_NEAR);
    for (size_t i = 0; !places && depth < DEPTH_MAX && i < view.part_count; i++)
        places = has_places(xc_query_part(tree, i), depth + 1);
    return places;
}

/* The matcher's way, from packed postings, for what it can do. Of phrases it is good at the best, not at all of them.
 */
static enum xc_status by_matcher(struct docset *out, struct evaluator *evaluator, const struct xc_query *query)
{
    struct matcher *matcher = evaluator->reader->matcher;
    struct docset set;
    if (!matcher || has_places(xc_query_root(query), 0) || new_set(&set, evaluator)) return XC_UNSUPPORTED;
    enum xc_status status = set.count == matcher_words(matcher) ? XC_OK : XC_UNSUPPORTED;
    if (!status)
        status = matcher_matches(set.words, matcher, evaluator->reader->database, query, NULL, &evaluator->cause);
    if (status)
        docset_release(&set);
    else
        *out = set;
    return status;
}

enum status matching_set(struct docset *out, struct reader *reader, const struct columns *columns,
                         const struct xc_query *query, struct error *error)
{
    struct evaluator evaluator = {.reader = reader, .columns = columns};
    enum xc_status status = by_matcher(out, &evaluator, query);
    if (status == XC_UNSUPPORTED) status = evaluate(out, &evaluator, xc_query_root(query), NULL);
    if (status == XC_UNSUPPORTED) return UNSUPPORTED;
    return reader_failure(error, status, &evaluator.cause, reader->path);
}
