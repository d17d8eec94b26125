/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A linear-chain conditional random field over BILOU labels (Lafferty, McCallum & Pereira 2001), learnt by AdaGrad
 * (Duchi, Hazan & Singer 2011). Tokens may have several allowed labels: then their sum is what is made likely.
 */
#ifndef INDEXER_ENTITIES_TRAIN_CRF_H
#define INDEXER_ENTITIES_TRAIN_CRF_H

#include "indexer/entities/train/samples.h"

/* What learning a feature touches, side by side: two cache lines that are fetched together. */
struct crf_row {
    float weights[MODEL_LANES];
    float squares[MODEL_LANES]; /* AdaGrad's sums */
};

struct crf {
    size_t features;
    float *decays; /* of each feature, each time it is touched */
    struct crf_row *rows;
    float (*sums)[MODEL_LANES]; /* of the weights after each averaged pass */
    float moves[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
    float move_squares[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
    float move_sums[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
    unsigned averaged;
};

struct crf_options {
    unsigned passes, average; /* the weights are the mean of those after each of the last [average] passes */
    float rate, decay, start; /* AdaGrad's step; L2 on all weights; what AdaGrad's sums start from */
    bool report;              /* each pass, on stderr */
    uint64_t seed;            /* of the order of islands */
};

struct crf *crf_new(size_t features);
void crf_free(struct crf *crf);

/* A learner for the features that [numbers] keeps of [from], as samples_renumber does; it goes on from its weights. */
struct crf *crf_narrow(const struct crf *from, const int64_t *numbers, size_t features);

void crf_learn(struct crf *crf, const struct inventory *inventory, const struct samples *samples,
               const struct crf_options *options);

/* The best labels of [island], one for each token, and when [sure] is not NULL the probability of each label chosen. */
void crf_label(uint8_t *labels, float *sure, const struct crf *crf, const struct samples *samples,
               const struct island *island);

/* Makes names likelier by [bias] than they were learnt to be: likelihood weighs what is missed against what is wrong
 * otherwise than F1 does. */
void crf_favour_names(struct crf *crf, float bias);

bool move_allowed(unsigned from, unsigned to);

#endif
