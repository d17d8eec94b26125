/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/statistics.h"

#include <math.h>
#include <stdlib.h>

enum {
    EXACT_BELOW = 50, /* differences: R's limit for the exact signed rank test */
    FRACTION_STEPS = 500
};

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

size_t random_below(uint64_t *state, size_t bound)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound, drawn;
    do drawn = random_next(state);
    while (drawn >= limit);
    return drawn % bound;
}

/* The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method. */
static double beta_fraction(double x, double a, double b)
{
    static const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double result = d;
    for (int step = 1; step <= FRACTION_STEPS; step++) {
        double m = step;
        for (int half = 0; half < 2; half++) {
            double term = half ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                               : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 + term * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            if (fabs(c) < tiny) c = tiny;
            result *= c * d;
        }
        if (fabs(c * d - 1) < 1e-16) break;
    }
    return result;
}

/* The regularised incomplete beta function I_x(a, b). */
static double beta_below(double x, double a, double b)
{
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a : 1 - front * beta_fraction(1 - x, b, a) / b;
}

double student_two_sided(double t, double freedom)
{
    if (isnan(t) || freedom <= 0) return NAN;
    if (isinf(t)) return 0;
    return beta_below(freedom / (freedom + t * t), freedom / 2, 0.5);
}

double normal_below(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

struct ranked {
    double size; /* of the difference */
    bool positive;
};

static int order_ranked(const void *a, const void *b)
{
    double one = ((const struct ranked *)a)->size, two = ((const struct ranked *)b)->size;
    return (one > two) - (one < two);
}

/* The probability that the signed rank statistic of n differences is at most [most]: the number of subsets of 1…n with
 * a sum of at most that, by adding one rank after the other. */
static double signed_rank_below(double most, size_t n)
{
    double subsets[EXACT_BELOW * (EXACT_BELOW + 1) / 2 + 1] = {1};
    size_t top = 0;
    for (size_t rank = 1; rank <= n; rank++) {
        top += rank;
        for (size_t sum = top; sum >= rank; sum--) subsets[sum] += subsets[sum - rank];
    }
    double below = 0;
    for (size_t sum = 0; sum <= top && (double)sum <= most; sum++) below += subsets[sum];
    return below / exp2((double)n);
}

static enum status wilcoxon(struct paired *out, const double *differences, size_t count, struct error *error)
{
    struct ranked *ranked = malloc((count + 1) * sizeof *ranked);
    if (!ranked) return fail(error, NO_MEMORY, "out of memory testing differences");
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (differences[i] != 0)
            ranked[n++] = (struct ranked){.size = fabs(differences[i]), .positive = differences[i] > 0};
    qsort(ranked, n, sizeof *ranked, order_ranked);
    double sum = 0, tied = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && ranked[end].size == ranked[i].size;) end++;
        double rank = ((double)i + 1 + (double)end) / 2, alike = (double)(end - i); /* ties share their mean rank */
        for (size_t k = i; k < end; k++)
            if (ranked[k].positive) sum += rank;
        tied += alike * alike * alike - alike;
    }
    free(ranked);
    out->signed_rank = sum;
    out->wilcoxon_exact = n == count && tied == 0 && n < EXACT_BELOW;
    double size = (double)n, middle = size * (size + 1) / 4;
    if (n == 0) {
        out->wilcoxon_p = 1;
    } else if (out->wilcoxon_exact) {
        double least = fmin(sum, size * (size + 1) / 2 - sum); /* the distribution is symmetric */
        out->wilcoxon_p = fmin(1, 2 * signed_rank_below(least, n));
    } else {
        double deviation = sqrt(size * (size + 1) * (2 * size + 1) / 24 - tied / 48);
        double apart = sum - middle;
        double z = (apart - (apart > 0 ? 0.5 : apart < 0 ? -0.5 : 0)) / deviation;
        out->wilcoxon_p = deviation > 0 ? fmin(1, 2 * normal_below(-fabs(z))) : 1;
    }
    return OK;
}

/* Sums of the differences with other signs: how often are they as far from 0 as the one observed? */
static void randomise(struct paired *out, const double *differences, size_t count, size_t samples, uint64_t seed)
{
    double observed = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        observed += differences[i];
        all += fabs(differences[i]);
    }
    double limit = fabs(observed) - 1e-12 * all; /* sums that differ by rounding alone count as equal */
    out->randomisation_exact = count < 60 && (size_t)1 << count <= samples;
    size_t extreme = 0;
    if (out->randomisation_exact) {
        size_t assignments = (size_t)1 << count;
        for (size_t signs = 0; signs < assignments; signs++) {
            double sum = 0;
            for (size_t i = 0; i < count; i++) sum += signs >> i & 1 ? -differences[i] : differences[i];
            extreme += fabs(sum) >= limit;
        }
        out->randomisation_p = (double)extreme / (double)assignments;
        return;
    }
    for (size_t sample = 0; sample < samples; sample++) {
        double negative = 0;
        uint64_t signs = 0;
        for (size_t i = 0; i < count; i++, signs >>= 1) {
            if (i % 64 == 0) signs = random_next(&seed);
            negative += differences[i] * (double)(signs & 1);
        }
        extreme += fabs(observed - 2 * negative) >= limit;
    }
    /* Phipson & Smyth 2010: the assignment observed is one of the possible ones, so that p is never 0 */
    out->randomisation_p = ((double)extreme + 1) / ((double)samples + 1);
}

static int order_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

/* Between the two values nearest to the quantile, in proportion (R's type 7). */
static double quantile(const double *sorted, size_t count, double part)
{
    double at = part * (double)(count - 1);
    size_t below = (size_t)at;
    return below + 1 < count ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below])
                             : sorted[count - 1];
}

static enum status bootstrap(struct paired *out, const double *differences, size_t count, uint64_t seed,
                             struct error *error)
{
    double *means = malloc(BOOTSTRAP_SAMPLES * sizeof *means);
    if (!means) return fail(error, NO_MEMORY, "out of memory testing differences");
    for (size_t sample = 0; sample < BOOTSTRAP_SAMPLES; sample++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++) sum += differences[random_below(&seed, count)];
        means[sample] = sum / (double)count;
    }
    qsort(means, BOOTSTRAP_SAMPLES, sizeof *means, order_doubles);
    out->low = quantile(means, BOOTSTRAP_SAMPLES, 0.025);
    out->high = quantile(means, BOOTSTRAP_SAMPLES, 0.975);
    free(means);
    return OK;
}

enum status paired_test(struct paired *out, const double *differences, size_t count, size_t samples, uint64_t seed,
                        struct error *error)
{
    *out = (struct paired){.count = count,
                           .mean = NAN,
                           .deviation = NAN,
                           .effect = NAN,
                           .t = NAN,
                           .t_p = NAN,
                           .wilcoxon_p = NAN,
                           .randomisation_p = NAN,
                           .low = NAN,
                           .high = NAN};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += differences[i];
        out->wins += differences[i] > 0;
        out->losses += differences[i] < 0;
    }
    out->ties = count - out->wins - out->losses;
    if (count == 0) return OK;
    out->mean = sum / (double)count;
    if (count < 2) return OK;
    for (size_t i = 0; i < count; i++) squares += (differences[i] - out->mean) * (differences[i] - out->mean);
    out->deviation = sqrt(squares / (double)(count - 1));
    double error_of_mean = out->deviation / sqrt((double)count);
    if (out->ties == count) {
        out->t = 0;
        out->t_p = 1;
        out->effect = 0;
    } else if (error_of_mean > 1e-14 * fabs(out->mean)) { /* else all are one number but for rounding */
        out->t = out->mean / error_of_mean;
        out->t_p = student_two_sided(out->t, (double)(count - 1));
        out->effect = out->mean / out->deviation;
    }
    enum status status = wilcoxon(out, differences, count, error);
    randomise(out, differences, count, samples, seed);
    if (status == OK) status = bootstrap(out, differences, count, seed ^ 0xb5297a4d3f84d5b5u, error);
    return status;
}

static int order_by_value(const void *a, const void *b, void *context)
{
    const double *p = context;
    double one = p[*(const size_t *)a], two = p[*(const size_t *)b];
    return (one > two) - (one < two);
}

enum status holm_correct(double *p, size_t count, struct error *error)
{
    size_t *order = malloc((count + 1) * sizeof *order), n = 0;
    if (!order) return fail(error, NO_MEMORY, "out of memory testing differences");
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i])) order[n++] = i;
    qsort_r(order, n, sizeof *order, order_by_value, p);
    double least = 0;
    for (size_t i = 0; i < n; i++) {
        double corrected = fmin(1, p[order[i]] * (double)(n - i));
        least = fmax(least, corrected);
        p[order[i]] = least;
    }
    free(order);
    return OK;
}
