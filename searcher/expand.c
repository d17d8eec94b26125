/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/expand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double ADDED_SHARE = 0.4; /* of the weight */

/* A stem of the first hits. Terms are kept in one list and merged by sorting. */
struct candidate {
    struct span term; /* with its prefix */
    double weight;
};

struct candidates {
    struct candidate *items;
    size_t count, room;
    struct arena arena;
};

static enum xc_status add(struct candidates *candidates, struct xc_bytes term, double weight)
{
    if (candidates->count == candidates->room) {
        size_t room = candidates->room ? 2 * candidates->room : 1024;
        struct candidate *grown = realloc(candidates->items, room * sizeof *grown);
        if (!grown) return XC_NO_MEMORY;
        candidates->items = grown;
        candidates->room = room;
    }
    char *copy = arena_copy(&candidates->arena, (struct span){term.data, term.length});
    if (!copy) return XC_NO_MEMORY;
    candidates->items[candidates->count++] = (struct candidate){{copy, term.length}, weight};
    return XC_OK;
}

/* The stems of one hit, each with the normalised frequency part of its IneB2 weight there, times [weight]. */
static enum xc_status add_hit(struct candidates *candidates, struct reader *reader, uint32_t docid, double weight,
                              double average_length, struct xc_error *cause)
{
    struct xc_terms *terms = NULL;
    uint32_t length = 0;
    enum xc_status status = xc_database_document_length(&length, reader->database, docid, cause);
    if (!status) status = xc_database_document_terms(&terms, reader->database, docid, cause);
    if (!status) status = xc_terms_skip_to(terms, PREFIX_STEM "[", 2, cause); /* past ZS and its like */
    while (!status && length) {
        struct xc_bytes term = xc_terms_term(terms);
        uint32_t wdf;
        if (term.data[0] != PREFIX_STEM[0]) break;
        status = xc_terms_wdf(&wdf, terms, cause);
        double normalised = wdf * log2(1 + average_length / length);
        if (!status && wdf) status = add(candidates, term, weight * normalised / (normalised + 1));
        if (!status) status = xc_terms_next(terms, cause);
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

static int by_term(const void *a, const void *b)
{
    return span_compare(((const struct candidate *)a)->term, ((const struct candidate *)b)->term);
}

static int by_weight(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;
    if (left->weight != right->weight) return left->weight < right->weight ? 1 : -1;
    return span_compare(left->term, right->term);
}

static void merge(struct candidates *candidates)
{
    size_t last = 0;
    if (!candidates->count) return;
    qsort(candidates->items, candidates->count, sizeof *candidates->items, by_term);
    for (size_t i = 1; i < candidates->count; i++) {
        if (span_equal(candidates->items[last].term, candidates->items[i].term))
            candidates->items[last].weight += candidates->items[i].weight;
        else
            candidates->items[++last] = candidates->items[i];
    }
    candidates->count = last + 1;
    qsort(candidates->items, candidates->count, sizeof *candidates->items, by_weight);
}

/* Weighs the stems by how much they tell, and keeps the heaviest that are neither in one document alone nor in too
 * many. */
static enum xc_status choose(struct candidates *candidates, struct reader *reader, struct xc_error *cause)
{
    size_t kept = 0;
    double all = reader->documents;
    uint32_t most = reader->documents / 100 * EXPAND_PERCENT_MAX + reader->documents % 100 * EXPAND_PERCENT_MAX / 100;
    for (size_t i = 0; i < candidates->count && i < EXPAND_LOOKED_AT; i++) {
        struct candidate *candidate = &candidates->items[i];
        struct xc_term_statistics figures;
        enum xc_status status = xc_database_term_statistics(&figures, reader->database, candidate->term.data,
                                                            candidate->term.length, cause);
        if (status) return status;
        if (figures.documents < 2 || figures.documents > most) continue;
        double occurrences = (double)figures.occurrences;
        double expected = all * (1 - pow((all - 1) / all, occurrences)); /* documents, were it spread by chance */
        candidates->items[kept] = *candidate;
        candidates->items[kept++].weight *= log2((all + 1) / (expected + 0.5)) * (occurrences + 1) / figures.documents;
    }
    qsort(candidates->items, kept, sizeof *candidates->items, by_weight);
    candidates->count = kept < EXPAND_TERMS ? kept : EXPAND_TERMS;
    return XC_OK;
}

/* OR of the chosen stems, each scaled to its part of ADDED_SHARE. */
static enum xc_status added_query(struct xc_query **out, const struct candidates *candidates, struct xc_error *cause)
{
    struct xc_query *parts[EXPAND_TERMS];
    size_t count = 0;
    double sum = 0;
    enum xc_status status = XC_OK;
    for (size_t i = 0; i < candidates->count; i++) sum += candidates->items[i].weight;
    for (; !status && count < candidates->count; count++) {
        const struct candidate *candidate = &candidates->items[count];
        struct xc_query *term = NULL;
        parts[count] = NULL;
        status = xc_query_term(&term, candidate->term.data, candidate->term.length, 1, cause);
        if (!status) status = xc_query_scale(&parts[count], term, ADDED_SHARE * candidate->weight / sum, cause);
        xc_query_free(term);
    }
    if (!status) status = xc_query_combine(out, XC_OR, (const struct xc_query *const *)parts, count, 0, cause);
    for (size_t i = 0; i < count; i++) xc_query_free(parts[i]);
    return status;
}

enum status expand_query(struct xc_query **out, struct reader *reader, const struct xc_query *query, uint32_t length,
                         const struct match *matches, size_t count, bool adds, struct error *error)
{
    struct candidates candidates = {0};
    struct xc_query *original = NULL, *added = NULL;
    struct xc_error cause = {0};
    enum xc_status status = XC_OK;
    struct xc_statistics figures = {0};
    double sum = 0;
    *out = NULL;
    arena_init(&candidates.arena, 256 * 1024 * 1024 /* bytes: the words of ten long documents */);
    status = xc_database_statistics(&figures, reader->database, &cause);
    for (size_t i = 0; i < count && i < EXPAND_HITS; i++) sum += matches[i].score;
    for (size_t i = 0; !status && i < count && i < EXPAND_HITS && sum > 0; i++)
        status = add_hit(&candidates, reader, matches[i].docid, matches[i].score / sum,
                         figures.average_length, &cause);
    merge(&candidates);
    if (!status) status = choose(&candidates, reader, &cause);
    if (!length) length = 1;
    if (!status && candidates.count) {
        status = added_query(&added, &candidates, &cause);
        if (!status) status = xc_query_scale(&original, query, (1 - ADDED_SHARE) / length, &cause);
        if (!status)
            status = xc_query_combine(out, adds ? XC_OR : XC_AND_MAYBE, (const struct xc_query *[]){original, added}, 2,
                                      0, &cause);
    }
    xc_query_free(original);
    xc_query_free(added);
    free(candidates.items);
    arena_release(&candidates.arena);
    return reader_failure(error, status, &cause, reader->path);
}
