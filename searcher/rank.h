/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ranking schemes by name and parameters: `bm25:k1=1.2,b=0.75`.
 *
 * Takes what a user writes after --rank; gives a scheme libxapian can run; never ranks anything itself.
 */
#ifndef SEARCHER_RANK_H
#define SEARCHER_RANK_H

#include "corpus/text.h"

#include <stdio.h>

enum { RANKING_PARAMETERS_MAX = 8, RANKING_VARIANT_MAX = 32 /* bytes with NUL */ };

struct ranking {
    const char *name; /* a row of the wrapper's table, static */
    double parameter[RANKING_PARAMETERS_MAX];
    size_t parameter_count;
    char variant[RANKING_VARIANT_MAX]; /* empty for the scheme's own */
};

/* `ineb2:c=1`: the best single scheme over 11 collections (DESIGN.md's figures; 1,096 queries). */
void ranking_default(struct ranking *out);

/* Parses `name[:parameter=value,…]`; a parameter that is not given has its default. A variant is taken as it is: a
 * wrong one is told by the match. Returns OK, or INVALID with a message that lists what there is. */
enum status ranking_parse(struct ranking *out, struct span text, struct error *error);

/* Writes the scheme with every parameter, in the form ranking_parse reads. Returns OK, LIMIT, NO_MEMORY. */
enum status ranking_print(struct buffer *out, const struct ranking *ranking);

/* Prints the table for --help: a line for each scheme and each parameter. */
void ranking_list(FILE *out);

#endif
