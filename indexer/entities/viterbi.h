/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The best sequence of BILOU labels for one island of scored tokens. */
#ifndef INDEXER_ENTITIES_VITERBI_H
#define INDEXER_ENTITIES_VITERBI_H

#include "indexer/entities/model.h"

#include <stdint.h>

enum bilou { BILOU_B, BILOU_I, BILOU_L, BILOU_U };

/* Label 0 is O; the labels of type t are 1 + 4 (t - 1) + part. */
static inline unsigned label_type(unsigned label)
{
    return (label + 3) / 4;
}

static inline enum bilou label_part(unsigned label)
{
    return (enum bilou)((label - 1) % 4);
}

/* Writes the best valid labels for [length] tokens to [labels]. scores[i][y - 1] is the score of label y at token i,
 * O's being 0; moves[i] the number of the transition table that leads to token i, moves[length] of the one that leads
 * out. [back] is scratch. The tokens before and after the island are O. O(length).
 */
void viterbi(uint8_t *labels, int16_t (*scores)[MODEL_LANES], const uint8_t *moves, size_t length,
             const struct model *model, uint8_t (*back)[MODEL_LABELS]);

#endif
