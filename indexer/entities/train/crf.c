/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/crf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LAG = 64, /* islands between two updates of the transitions, whose exponentials are costly */
    ISLAND_MAX = WINDOW_TOKENS_MAX
};

/* The lattice of one island. */
struct lattice {
    float score[ISLAND_MAX][MODEL_LABELS];
    float forward[ISLAND_MAX][MODEL_LABELS];
    float marginal[ISLAND_MAX][MODEL_LABELS];
    float target[ISLAND_MAX][MODEL_LABELS];
};

struct learner {
    struct crf *crf;
    const struct samples *samples;
    struct lattice lattice;
    float moves[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];    /* exponentials */
    float gradient[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS]; /* since the last update */
};

bool move_allowed(unsigned from, unsigned to)
{
    bool open = from != LABEL_O && ((from - 1) % 4 == BILOU_B || (from - 1) % 4 == BILOU_I);
    bool goes_on = to != LABEL_O && ((to - 1) % 4 == BILOU_I || (to - 1) % 4 == BILOU_L);
    if (open != goes_on) return false;
    return !open || (from - 1) / 4 == (to - 1) / 4;
}

struct crf *crf_new(size_t features)
{
    struct crf *crf = take(sizeof *crf);
    crf->features = features;
    crf->decays = take(features * sizeof *crf->decays);
    crf->rows = aligned_alloc(sizeof *crf->rows, (features + 1) * sizeof *crf->rows);
    if (!crf->rows) grow(NULL, SIZE_MAX); /* says so */
    memset(crf->rows, 0, (features + 1) * sizeof *crf->rows);
    crf->sums = take(features * sizeof *crf->sums);
    return crf;
}

void crf_free(struct crf *crf)
{
    if (!crf) return;
    free(crf->decays);
    free(crf->rows);
    free(crf->sums);
    free(crf);
}

struct crf *crf_narrow(const struct crf *from, const int64_t *numbers, size_t features)
{
    struct crf *crf = crf_new(features);
    for (size_t i = 0; i < from->features; i++)
        if (numbers[i] >= 0) memcpy(crf->rows[numbers[i]].weights, from->rows[i].weights, sizeof from->rows[i].weights);
    memcpy(crf->moves, from->moves, sizeof crf->moves);
    memcpy(crf->move_squares, from->move_squares, sizeof crf->move_squares);
    return crf;
}

/* Built twice, and chosen by the processor at hand; both give the same bits. */
#define WIDE __attribute__((target_clones("avx2", "default")))

enum { AHEAD = 16 /* features whose rows are fetched before they are needed */ };

WIDE static void score_token(float *out, const struct crf *crf, const struct samples *samples, size_t token)
{
    float sum[MODEL_LANES] = {0};
    for (size_t i = samples->starts[token]; i < samples->starts[token + 1]; i++) {
        if (i + AHEAD < samples->feature_count) __builtin_prefetch(&crf->rows[samples->features[i + AHEAD]], 1);
        const float *row = crf->rows[samples->features[i]].weights;
        for (int lane = 0; lane < MODEL_LANES; lane++) sum[lane] += row[lane];
    }
    out[LABEL_O] = 0;
    memcpy(out + 1, sum, sizeof sum);
}

/* Runs forward and backward over the labels in [allowed] (NULL: all) and leaves the probabilities of labels in [out];
 * adds [sign] times the expected transitions to the gradient. Returns the logarithm of the sum over all paths. */
WIDE static double pass_both(struct learner *l, float (*out)[MODEL_LABELS], const struct island *island,
                             const uint32_t *allowed, float sign)
{
    const uint8_t *kind = l->samples->moves + island->first;
    struct lattice *t = &l->lattice;
    double total = 0;
    size_t n = island->length;
    for (size_t i = 0; i < n; i++) {
        float next[MODEL_LABELS] = {0}, best = t->score[i][0], sum = 0;
        float(*move)[MODEL_LABELS] = l->moves[kind[i]];
        for (int y = 1; y < MODEL_LABELS; y++) best = t->score[i][y] > best ? t->score[i][y] : best;
        if (i == 0)
            memcpy(next, move[LABEL_O], sizeof next);
        else
            for (int x = 0; x < MODEL_LABELS; x++)
                for (int y = 0; y < MODEL_LABELS; y++) next[y] += t->forward[i - 1][x] * move[x][y];
        for (int y = 0; y < MODEL_LABELS; y++) {
            next[y] *= allowed && !(allowed[i] >> y & 1) ? 0 : expf(t->score[i][y] - best);
            sum += next[y];
        }
        sum = sum > 1e-30f ? sum : 1e-30f;
        for (int y = 0; y < MODEL_LABELS; y++) t->forward[i][y] = next[y] / sum;
        total += log((double)sum) + best;
    }
    float end = 0;
    for (int y = 0; y < MODEL_LABELS; y++) end += t->forward[n - 1][y] * l->moves[island->leave][y][LABEL_O];
    end = end > 1e-30f ? end : 1e-30f;
    total += log((double)end);
    for (int y = 0; y < MODEL_LABELS; y++) {
        out[n - 1][y] = t->forward[n - 1][y] * l->moves[island->leave][y][LABEL_O] / end;
        l->gradient[island->leave][y][LABEL_O] += sign * out[n - 1][y];
    }
    for (size_t i = n - 1; i > 0; i--) {
        /* What token i takes from its left: its probability spread over where it came from. */
        float(*move)[MODEL_LABELS] = l->moves[kind[i]];
        float(*gradient)[MODEL_LABELS] = l->gradient[kind[i]];
        float share[MODEL_LABELS], from[MODEL_LABELS] = {0};
        for (int y = 0; y < MODEL_LABELS; y++) share[y] = 0;
        for (int x = 0; x < MODEL_LABELS; x++)
            for (int y = 0; y < MODEL_LABELS; y++) share[y] += t->forward[i - 1][x] * move[x][y];
        for (int y = 0; y < MODEL_LABELS; y++) share[y] = share[y] > 1e-30f ? out[i][y] / share[y] : 0;
        for (int x = 0; x < MODEL_LABELS; x++)
            for (int y = 0; y < MODEL_LABELS; y++) {
                float p = t->forward[i - 1][x] * move[x][y] * share[y];
                from[x] += p;
                gradient[x][y] += sign * p;
            }
        memcpy(out[i - 1], from, sizeof from);
    }
    for (int y = 0; y < MODEL_LABELS; y++) l->gradient[kind[0]][LABEL_O][y] += sign * out[0][y];
    return total;
}

static void refresh_moves(struct learner *l)
{
    for (int k = 0; k < MODEL_TRANSITIONS; k++)
        for (unsigned x = 0; x < MODEL_LABELS; x++)
            for (unsigned y = 0; y < MODEL_LABELS; y++)
                l->moves[k][x][y] = move_allowed(x, y) ? expf(l->crf->moves[k][x][y]) : 0;
}

static void update_moves(struct learner *l, const struct crf_options *options)
{
    for (int k = 0; k < MODEL_TRANSITIONS; k++)
        for (int x = 0; x < MODEL_LABELS; x++)
            for (int y = 0; y < MODEL_LABELS; y++) {
                float g = l->gradient[k][x][y];
                if (g == 0) continue;
                l->crf->move_squares[k][x][y] += g * g;
                l->crf->moves[k][x][y] -= options->rate * g / sqrtf(l->crf->move_squares[k][x][y] + 1e-6f);
            }
    memset(l->gradient, 0, sizeof l->gradient);
    refresh_moves(l);
}

WIDE static void update_token(struct crf *crf, const struct samples *samples, size_t token, const float *gradient,
                              const struct crf_options *options)
{
    float rate = options->rate;
    for (size_t i = samples->starts[token]; i < samples->starts[token + 1]; i++) {
        if (i + AHEAD < samples->feature_count) {
            __builtin_prefetch(&crf->rows[samples->features[i + AHEAD]], 1);
            __builtin_prefetch(crf->rows[samples->features[i + AHEAD]].squares, 1);
            __builtin_prefetch(&crf->decays[samples->features[i + AHEAD]]);
        }
        float *w = crf->rows[samples->features[i]].weights, *s = crf->rows[samples->features[i]].squares;
        float decay = crf->decays[samples->features[i]];
        for (int lane = 0; lane < MODEL_LANES; lane++) {
            float g = gradient[lane] + decay * w[lane];
            s[lane] += g * g;
            w[lane] -= rate * g / sqrtf(s[lane]);
        }
    }
}

static bool is_settled(const uint32_t *allowed, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (allowed[i] & (allowed[i] - 1)) return false;
    return true;
}

/* What pass_both gives, with the sign of the target, when each token may have one label alone. */
static double pass_settled(struct learner *l, float (*out)[MODEL_LABELS], const struct island *island,
                           const uint32_t *allowed)
{
    const uint8_t *kind = l->samples->moves + island->first;
    unsigned from = LABEL_O;
    double total = 0;
    for (size_t i = 0; i < island->length; i++) {
        unsigned label = (unsigned)__builtin_ctz(allowed[i]);
        memset(out[i], 0, sizeof out[i]);
        out[i][label] = 1;
        total += l->lattice.score[i][label] + l->crf->moves[kind[i]][from][label];
        l->gradient[kind[i]][from][label] -= island->weight;
        from = label;
    }
    l->gradient[island->leave][from][LABEL_O] -= island->weight;
    return total + l->crf->moves[island->leave][from][LABEL_O];
}

static double learn_island(struct learner *l, const struct island *island, const struct crf_options *options)
{
    const uint32_t *allowed = l->samples->allowed + island->first;
    struct lattice *t = &l->lattice;
    for (size_t i = 0; i < island->length; i++) score_token(t->score[i], l->crf, l->samples, island->first + i);
    double all = pass_both(l, t->marginal, island, NULL, island->weight);
    double right = is_settled(allowed, island->length) ? pass_settled(l, t->target, island, allowed)
                                                       : pass_both(l, t->target, island, allowed, -island->weight);
    for (size_t i = 0; i < island->length; i++) {
        float gradient[MODEL_LANES];
        for (int lane = 0; lane < MODEL_LANES; lane++)
            gradient[lane] = island->weight * (t->marginal[i][lane + 1] - t->target[i][lane + 1]);
        update_token(l->crf, l->samples, island->first + i, gradient, options);
    }
    return island->weight * (all - right);
}

static void shuffle(uint32_t *order, size_t n, uint64_t seed)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = hash_mix(i, seed) % i;
        uint32_t held = order[i - 1];
        order[i - 1] = order[j];
        order[j] = held;
    }
}

static void add_to_average(struct crf *crf)
{
    crf->averaged++;
    for (size_t i = 0; i < crf->features; i++)
        for (int lane = 0; lane < MODEL_LANES; lane++) crf->sums[i][lane] += crf->rows[i].weights[lane];
    float *sums = &crf->move_sums[0][0][0], *moves = &crf->moves[0][0][0];
    for (size_t i = 0; i < sizeof crf->moves / sizeof(float); i++) sums[i] += moves[i];
}

static void use_average(struct crf *crf)
{
    float share = 1.0f / (float)crf->averaged;
    for (size_t i = 0; i < crf->features; i++)
        for (int lane = 0; lane < MODEL_LANES; lane++) crf->rows[i].weights[lane] = crf->sums[i][lane] * share;
    float *sums = &crf->move_sums[0][0][0], *moves = &crf->moves[0][0][0];
    for (size_t i = 0; i < sizeof crf->moves / sizeof(float); i++) moves[i] = sums[i] * share;
}

void crf_learn(struct crf *crf, const struct inventory *inventory, const struct samples *samples,
               const struct crf_options *options)
{
    struct learner *l = take(sizeof *l);
    uint32_t *order = take(samples->island_count * sizeof *order);
    *l = (struct learner){.crf = crf, .samples = samples};
    for (size_t i = 0; i < samples->island_count; i++) order[i] = (uint32_t)i;
    refresh_moves(l);
    for (size_t i = 0; i < crf->features; i++) {
        crf->decays[i] = options->decay / inventory->counts[i];
        for (int lane = 0; lane < MODEL_LANES; lane++) crf->rows[i].squares[lane] = options->start;
    }
    for (unsigned pass = 0; pass < options->passes; pass++) {
        double loss = 0;
        shuffle(order, samples->island_count, options->seed + pass);
        for (size_t i = 0; i < samples->island_count; i++) {
            loss += learn_island(l, &samples->islands[order[i]], options);
            if (i % LAG == LAG - 1 || i + 1 == samples->island_count) update_moves(l, options);
        }
        if (pass + options->average >= options->passes) add_to_average(crf);
        if (options->report) fprintf(stderr, "pass %u: loss %.0f\n", pass + 1, loss);
    }
    use_average(crf);
    free(order);
    free(l);
}

static void best_path(uint8_t *labels, const struct crf *crf, float (*score)[MODEL_LABELS], const uint8_t *kind,
                      const struct island *island)
{
    static uint8_t back[ISLAND_MAX][MODEL_LABELS];
    float now[MODEL_LABELS], next[MODEL_LABELS];
    size_t n = island->length;
    for (unsigned y = 0; y < MODEL_LABELS; y++)
        now[y] = move_allowed(LABEL_O, y) ? crf->moves[kind[0]][LABEL_O][y] + score[0][y] : -1e30f;
    for (size_t i = 1; i < n; i++) {
        for (unsigned y = 0; y < MODEL_LABELS; y++) {
            float best = -2e30f;
            for (unsigned x = 0; x < MODEL_LABELS; x++) {
                float s = move_allowed(x, y) ? now[x] + crf->moves[kind[i]][x][y] : -1e30f;
                if (s > best) {
                    best = s;
                    back[i][y] = (uint8_t)x;
                }
            }
            next[y] = best + score[i][y];
        }
        memcpy(now, next, sizeof now);
    }
    unsigned last = LABEL_O;
    float best = -2e30f;
    for (unsigned y = 0; y < MODEL_LABELS; y++) {
        float s = move_allowed(y, LABEL_O) ? now[y] + crf->moves[island->leave][y][LABEL_O] : -1e30f;
        if (s > best) {
            best = s;
            last = y;
        }
    }
    for (size_t i = n; i-- > 0; last = back[i][last]) {
        labels[i] = (uint8_t)last;
        if (i == 0) break;
    }
}

void crf_label(uint8_t *labels, float *sure, const struct crf *crf, const struct samples *samples,
               const struct island *island)
{
    static struct learner l;
    l.crf = (struct crf *)(uintptr_t)crf;
    l.samples = samples;
    for (size_t i = 0; i < island->length; i++) score_token(l.lattice.score[i], crf, samples, island->first + i);
    best_path(labels, crf, l.lattice.score, samples->moves + island->first, island);
    if (!sure) return;
    refresh_moves(&l);
    pass_both(&l, l.lattice.marginal, island, NULL, 0);
    for (size_t i = 0; i < island->length; i++) sure[i] = l.lattice.marginal[i][labels[i]];
}

void crf_favour_names(struct crf *crf, float bias)
{
    for (int k = 0; k < MODEL_TRANSITIONS; k++)
        for (unsigned from = 0; from < MODEL_LABELS; from++)
            for (unsigned type = 1; type < LABEL_OTHER; type++) {
                crf->moves[k][from][label_of(type, BILOU_B)] += bias;
                crf->moves[k][from][label_of(type, BILOU_U)] += bias;
            }
}
