/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/viterbi.h"

#include <limits.h>
#include <stddef.h>

enum { TYPES = MODEL_LANES / 4 };

/* Valid sequences, said by what may come before: outside every name come O and the last parts of names, after which
 * stand O and first parts; inside a name come its B and I, after which stand its I and L. */
static const uint8_t outside[] = {0, 3, 4, 7, 8, 11, 12, 15, 16}; /* O, then L and U of each type */
static const uint8_t first[] = {0, 1, 4, 5, 8, 9, 12, 13, 16};    /* O, then B and U of each type */
enum { OUTSIDE = sizeof outside / sizeof *outside, FIRST = sizeof first / sizeof *first };

static inline int score_of(const int16_t *scores, unsigned label)
{
    return label ? scores[label - 1] : 0;
}

static void step(int *now, uint8_t *back, const int *before, const int16_t *scores, const int16_t *move)
{
    for (int i = 0; i < FIRST; i++) {
        unsigned to = first[i], from = outside[0];
        int best = before[from] + move[from * MODEL_LABELS + to];
        for (int j = 1; j < OUTSIDE; j++) {
            int sum = before[outside[j]] + move[outside[j] * MODEL_LABELS + to];
            if (sum > best) {
                best = sum;
                from = outside[j];
            }
        }
        now[to] = best + score_of(scores, to);
        back[to] = (uint8_t)from;
    }
    for (unsigned type = 0; type < TYPES; type++) {
        unsigned b = 1 + type * 4, i = b + BILOU_I;
        for (unsigned to = i; to <= i + 1; to++) {
            int from_b = before[b] + move[b * MODEL_LABELS + to], from_i = before[i] + move[i * MODEL_LABELS + to];
            now[to] = (from_b >= from_i ? from_b : from_i) + score_of(scores, to);
            back[to] = (uint8_t)(from_b >= from_i ? b : i);
        }
    }
}

void viterbi(uint8_t *labels, int16_t (*scores)[MODEL_LANES], const uint8_t *moves, size_t length,
             const struct model *model, uint8_t (*back)[MODEL_LABELS])
{
    enum { TABLE = MODEL_LABELS * MODEL_LABELS, IMPOSSIBLE = INT_MIN / 2 };
    int now[MODEL_LABELS], before[MODEL_LABELS];
    if (length == 0) return;
    for (int y = 0; y < MODEL_LABELS; y++) before[y] = y ? IMPOSSIBLE : 0;
    for (size_t at = 0; at < length; at++) {
        step(now, back[at], before, scores[at], model->moves + (moves[at] % MODEL_TRANSITIONS) * TABLE);
        /* Scores of at most 16 bits a token: kept relative to the best, sums cannot overflow however long the island.
         */
        int best = IMPOSSIBLE;
        for (int y = 0; y < MODEL_LABELS; y++) best = now[y] > best ? now[y] : best;
        for (int y = 0; y < MODEL_LABELS; y++) {
            before[y] = now[y] - best;
            before[y] = before[y] < IMPOSSIBLE ? IMPOSSIBLE : before[y];
        }
    }
    const int16_t *leave = model->moves + (moves[length] % MODEL_TRANSITIONS) * TABLE;
    unsigned last = outside[0];
    for (int j = 1; j < OUTSIDE; j++)
        if (before[outside[j]] + leave[outside[j] * MODEL_LABELS] > before[last] + leave[last * MODEL_LABELS])
            last = outside[j];
    for (size_t at = length; at-- > 0;) {
        labels[at] = (uint8_t)last;
        last = back[at][last];
    }
}
