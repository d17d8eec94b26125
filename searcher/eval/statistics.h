/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests of paired differences: is the mean difference over the topics more than chance?
 *
 * Takes differences (one a topic) and a seed; gives test statistics and two-sided p values; prints nothing.
 */
#ifndef EVAL_STATISTICS_H
#define EVAL_STATISTICS_H

#include "corpus/status.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    RANDOMISATION_SAMPLES = 100000, /* the usual number: p = 0.05 is then known to about 0.0014 */
    BOOTSTRAP_SAMPLES = 10000
};

/* A generator of random numbers that is the same everywhere (SplitMix64: Steele, Lea & Flood 2014). */
uint64_t random_next(uint64_t *state);
size_t random_below(uint64_t *state, size_t bound); /* even; [bound] above 0 */

/* Distribution functions. Errors are below 1e-12. */
double student_two_sided(double t, double freedom); /* probability of a value at least as far from 0 as [t] */
double normal_below(double z);

/* What the tests say of n differences. A p value is NaN where a test says nothing: fewer than two differences, or for
 * the t-test differences that are all one number other than 0. Without any difference p is 1. */
struct paired {
    size_t count;
    double mean, deviation; /* of the differences; n - 1 in the deviation */
    size_t wins, ties, losses;
    double effect; /* Cohen's d of paired values: mean / deviation */

    double t, t_p; /* Student's t-test, n - 1 degrees of freedom */

    double signed_rank; /* Wilcoxon: sum of the ranks of positive differences */
    double wilcoxon_p;
    bool wilcoxon_exact; /* else by the normal approximation with its corrections for continuity and ties */

    double randomisation_p;   /* Fisher's randomisation of signs */
    bool randomisation_exact; /* every assignment of signs was tried */

    double low, high; /* 95% bootstrap interval of the mean difference, by percentiles */
};

/* Tests [differences]. Wilcoxon's test is exact below 50 differences without ties or zeros, as in R's wilcox.test. The
 * randomisation test tries all 2^n assignments when these are no more than [samples], else draws [samples], the one
 * observed counting as one more. Returns OK or NO_MEMORY. O(samples * n).
 */
enum status paired_test(struct paired *out, const double *differences, size_t count, size_t samples, uint64_t seed,
                        struct error *error);

/* Holm's step-down correction (Holm 1979) of [count] p values, in place; NaNs stay and are not counted. OK or
 * NO_MEMORY. */
enum status holm_correct(double *p, size_t count, struct error *error);

#endif
