/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exact top-k matcher for queries of terms, AND, OR, AND_NOT, filters and phrases.
 *
 * Takes a query's tree, a ranking scheme and the ranking cache of an index; gives the very hits, scores and order that
 * libxapian's matcher would give, several times faster; never guesses: what it cannot do exactly it refuses, and the
 * caller lets libxapian do it.
 *
 * It walks packed postings (indexer/sidecar/ranking.h) document by document, leaves out blocks and documents that
 * cannot reach the hits already found (MaxScore, Turtle and Flood 1995, with maxima by block, Ding and Suel 2011), and
 * adds the weights of a document in libxapian's own order, so that sums are equal to the last bit and equal scores are
 * told from nearly equal ones alike.
 */
#ifndef SEARCHER_MATCHER_MATCHER_H
#define SEARCHER_MATCHER_MATCHER_H

#include "corpus/text.h"
#include "xapian-c/xapian-c.h"

/* What is known of one state of an index. */
struct matcher;

/* Opens the ranking cache of the index at [path], as [database] reads it. *[out] is NULL when there is none that fits.
 * Returns OK (also then), NO_MEMORY. */
enum status matcher_open(struct matcher **out, const char *path, struct xc_database *database);
void matcher_free(struct matcher *matcher);

struct match {
    uint32_t docid;
    double score;
};

struct matcher_request {
    const struct xc_query *query;
    const struct xc_query *filter; /* may be NULL */
    const char *scheme;            /* a row of the binding's table … */
    const double *parameters;      /* … all of its parameters … */
    size_t parameter_count;
    size_t offset, count; /* of the hits, best first */
    bool exact;           /* count every match */
};

struct matcher_result {
    size_t count;
    uint64_t total;
    bool exact;
};

/* Writes the hits [offset, offset + count) to [hits], the best first, equal ones by document. [matcher] may be NULL.
 * Returns XC_OK; XC_UNSUPPORTED for what is libxapian's to do; XC_NO_MEMORY, and the reading statuses. */
enum xc_status matcher_run(struct matcher_result *out, struct match *hits, struct matcher *matcher,
                           struct xc_database *database, const struct matcher_request *request, struct xc_error *error);

/* Sets the bit of every match, by docid, in matcher_words 64-bit words that are 0 beforehand: what counting works on.
 * Returns as matcher_run; unless XC_OK the bits are worth nothing. [matcher] may be NULL. */
enum xc_status matcher_matches(uint64_t *bits, struct matcher *matcher, struct xc_database *database,
                               const struct xc_query *query, const struct xc_query *filter, struct xc_error *error);
size_t matcher_words(const struct matcher *matcher);

#endif
