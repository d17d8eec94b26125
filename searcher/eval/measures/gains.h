/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a document of each grade is worth, and the best ranking the judgements allow. */
#ifndef EVAL_MEASURE_GAINS_H
#define EVAL_MEASURE_GAINS_H

#include "searcher/eval/measures/measure.h"

struct gain {
    long grade;
    double worth;
    size_t count; /* documents judged with the grade */
};

struct gains {
    struct gain *items; /* by rising worth */
    size_t count;
};

/* A grade is worth itself unless a pair "grade=worth" says otherwise; pairs with other names are passed over. */
enum status gains_make(struct gains *gains, const struct ranking *ranking, const struct parameters *parameters);
void gains_release(struct gains *gains);
double gains_of(const struct gains *gains, long grade); /* 0 for a grade that has none */

/* A walk down the best ranking: each document by falling worth, while that is above 0. */
struct ideal {
    const struct gains *gains;
    size_t next;  /* items below it are still to come; the one at next - 1 is at hand */
    size_t used;  /* documents taken of it */
    double worth; /* of the document last taken; 0 or less at the end */
    size_t rank;  /* documents taken in all, the one that ended the walk included */
};

void ideal_start(struct ideal *ideal, const struct gains *gains);
bool ideal_going(const struct ideal *ideal);
double ideal_step(struct ideal *ideal); /* the worth of the next document, 0 or less at the end of the walk */

#endif
