/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weights of postings, equal to libxapian's to the last bit.
 *
 * Takes a scheme, an index's figures and a term's; gives the weight of a posting of some wdf in a document of some
 * length. Every scheme here rises with wdf and falls with length, which is what bounding by pairs asks for.
 */
#ifndef SEARCHER_MATCHER_WEIGHT_H
#define SEARCHER_MATCHER_WEIGHT_H

#include "xapian-c/xapian-c.h"

enum { WEIGHER_PARAMETERS = 8 };
enum { WEIGHER_LENGTHS = 4096 /* document lengths whose share of a weight is kept once computed */ };

struct scheme;

/* A scheme with its parameters, over one state of an index. */
struct weigher {
    const struct scheme *scheme;
    double parameter[WEIGHER_PARAMETERS];
    double documents, average_length;
    double by_length;             /* what multiplies or divides by the length */
    double kept[WEIGHER_LENGTHS]; /* by length; NAN: not computed yet */
};

/* The constants of a term in a query. */
struct weight {
    double a, b; /* what the scheme makes of them */
};

/* Makes [out] ready, or leaves it as it is when it was for the same. False for schemes and parameters that are not
 * known here. */
bool weigher_set(struct weigher *out, const char *scheme, const double *parameters, size_t count,
                 const struct xc_statistics *statistics);

/* The constants of a term that [documents] documents have, [occurrences] times in all, [wqf] times in the query, its
 * weights multiplied by [factor] (not 0). */
struct weight weigher_term(const struct weigher *weigher, uint32_t documents, uint64_t occurrences, uint32_t wqf,
                           double factor);

/* The weight of a posting. [length] is above 0 where [wdf] is. */
double weigher_weight(struct weigher *weigher, const struct weight *weight, uint32_t wdf, uint32_t length);

#endif
