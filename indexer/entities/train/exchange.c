/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/exchange.h"

#include "indexer/entities/train/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_TABLE = 1 << 16 };

struct neighbour {
    uint32_t word, count;
};

/* One direction of the pairs: the neighbours of word w are list[start[w]] … list[start[w + 1]]. */
struct side {
    size_t *start;
    struct neighbour *list;
};

struct state {
    size_t classes;
    struct side after, before;
    uint32_t *class_of;
    float *pair[2];      /* counts class × class; [0][a][b] of a then b, [1] the transpose */
    float *value[2];     /* n log n of them */
    float *total[2];     /* of each class as left and as right member */
    uint64_t *weight[2]; /* of each word as left and as right member */
    float *near;         /* counts of one word's neighbouring classes */
    float *gain;
};

static float *log_table;

static float entropy(float n)
{
    if (n < LOG_TABLE) return log_table[(size_t)n];
    return n * logf(n);
}

static struct side side_of(const struct exchange_counts *counts, int from)
{
    struct side side = {take((counts->words + 2) * sizeof(size_t)), take(counts->pairs * sizeof(struct neighbour))};
    const uint32_t *triple = counts->triples;
    for (size_t i = 0; i < counts->pairs; i++) side.start[triple[i * 3 + from] + 2]++;
    for (size_t w = 0; w < counts->words; w++) side.start[w + 2] += side.start[w + 1];
    for (size_t i = 0; i < counts->pairs; i++)
        side.list[side.start[triple[i * 3 + from] + 1]++] =
            (struct neighbour){triple[i * 3 + 1 - from], triple[i * 3 + 2]};
    return side;
}

/* Adds [sign] times the counts of the classes around [word] to the cells of [class]. */
static void shift(struct state *s, uint32_t word, size_t class, float sign)
{
    size_t C = s->classes;
    for (int d = 0; d < 2; d++) {
        const struct side *side = d ? &s->before : &s->after;
        for (size_t i = side->start[word]; i < side->start[word + 1]; i++) {
            size_t other = s->class_of[side->list[i].word];
            float n = sign * (float)side->list[i].count;
            float now = s->pair[d][class * C + other] += n;
            s->pair[1 - d][other * C + class] = now;
            s->value[d][class * C + other] = s->value[1 - d][other * C + class] = entropy(now);
        }
        s->total[d][class] += sign * (float)s->weight[d][word];
    }
}

static size_t best_class(struct state *s, uint32_t word, size_t current)
{
    size_t C = s->classes;
    for (size_t c = 0; c < C; c++)
        s->gain[c] = entropy(s->total[0][c]) + entropy(s->total[1][c]) -
                     entropy(s->total[0][c] + (float)s->weight[0][word]) -
                     entropy(s->total[1][c] + (float)s->weight[1][word]);
    for (int d = 0; d < 2; d++) {
        const struct side *side = d ? &s->before : &s->after;
        memset(s->near, 0, C * sizeof *s->near);
        for (size_t i = side->start[word]; i < side->start[word + 1]; i++)
            s->near[s->class_of[side->list[i].word]] += (float)side->list[i].count;
        for (size_t other = 0; other < C; other++) {
            float n = s->near[other];
            if (n == 0) continue;
            const float *pair = s->pair[1 - d] + other * C, *value = s->value[1 - d] + other * C;
            for (size_t c = 0; c < C; c++) s->gain[c] += entropy(pair[c] + n) - value[c];
        }
    }
    size_t best = current;
    for (size_t c = 0; c < C; c++)
        if (s->gain[c] > s->gain[best] + 1e-3f) best = c;
    return best;
}

static double likelihood(const struct state *s)
{
    double sum = 0;
    for (size_t i = 0; i < s->classes * s->classes; i++) sum += s->value[0][i];
    for (size_t c = 0; c < s->classes; c++) sum -= entropy(s->total[0][c]) + entropy(s->total[1][c]);
    return sum;
}

static void prepare(struct state *s, const struct exchange_counts *counts, unsigned classes)
{
    size_t C = classes;
    log_table = take(LOG_TABLE * sizeof *log_table);
    for (size_t i = 1; i < LOG_TABLE; i++) log_table[i] = (float)((double)i * log((double)i));
    s->classes = C;
    s->after = side_of(counts, 0);
    s->before = side_of(counts, 1);
    s->class_of = take(counts->words * sizeof *s->class_of);
    for (size_t w = 0; w < counts->words; w++) s->class_of[w] = (uint32_t)(w % C);
    for (int d = 0; d < 2; d++) {
        s->pair[d] = take(C * C * sizeof(float));
        s->value[d] = take(C * C * sizeof(float));
        s->total[d] = take(C * sizeof(float));
        s->weight[d] = take(counts->words * sizeof(uint64_t));
    }
    s->near = take(C * sizeof(float));
    s->gain = take(C * sizeof(float));
    for (size_t i = 0; i < counts->pairs; i++) {
        const uint32_t *triple = counts->triples + i * 3;
        size_t a = s->class_of[triple[0]], b = s->class_of[triple[1]];
        s->pair[0][a * C + b] += (float)triple[2];
        s->total[0][a] += (float)triple[2];
        s->total[1][b] += (float)triple[2];
        s->weight[0][triple[0]] += triple[2];
        s->weight[1][triple[1]] += triple[2];
    }
    for (size_t a = 0; a < C; a++)
        for (size_t b = 0; b < C; b++) {
            s->pair[1][b * C + a] = s->pair[0][a * C + b];
            s->value[0][a * C + b] = s->value[1][b * C + a] = entropy(s->pair[0][a * C + b]);
        }
}

static void release(struct state *s)
{
    free(log_table);
    free(s->after.start);
    free(s->after.list);
    free(s->before.start);
    free(s->before.list);
    free(s->class_of);
    for (int d = 0; d < 2; d++) {
        free(s->pair[d]);
        free(s->value[d]);
        free(s->total[d]);
        free(s->weight[d]);
    }
    free(s->near);
    free(s->gain);
}

void exchange_learn(uint16_t *out, const struct exchange_counts *counts, unsigned classes, unsigned passes)
{
    struct state s;
    prepare(&s, counts, classes);
    for (unsigned pass = 0; pass < passes; pass++) {
        size_t moved = 0;
        for (uint32_t word = 0; word < counts->words; word++) {
            size_t current = s.class_of[word];
            shift(&s, word, current, -1);
            size_t best = best_class(&s, word, current);
            s.class_of[word] = (uint32_t)best;
            shift(&s, word, best, 1);
            moved += best != current;
        }
        if (counts->report)
            fprintf(stderr, "%u classes, pass %u: %zu words moved, objective %.0f\n", classes, pass + 1, moved,
                    likelihood(&s));
        if (moved * 1000 < counts->words) break;
    }
    for (size_t w = 0; w < counts->words; w++) out[w] = (uint16_t)(s.class_of[w] + 1);
    release(&s);
}
