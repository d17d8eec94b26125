/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Annotated text turned into what the learner reads: islands of tokens, each with feature numbers and label sets. */
#ifndef INDEXER_ENTITIES_TRAIN_SAMPLES_H
#define INDEXER_ENTITIES_TRAIN_SAMPLES_H

#include "indexer/entities/features.h"
#include "indexer/entities/train/annotated.h"
#include "indexer/entities/train/table.h"

#include <stdint.h>

/* One island: tokens [first, first + length) of the samples, with the tokens of the text they stand for. */
struct island {
    size_t first, text_first;
    uint32_t length;
    uint8_t leave; /* transition table to the O behind it */
    float weight;
};

struct samples {
    struct island *islands;
    size_t island_count, island_capacity;
    size_t *starts;    /* of each token's features; one more at the end */
    uint32_t *allowed; /* labels each token may have, a bit each */
    uint8_t *moves;    /* transition table that leads to each token */
    size_t token_count, token_capacity;
    uint32_t *features;
    size_t feature_count, feature_capacity;
    size_t names, names_kept; /* in the text; wholly inside islands */
};

/* The features that have weights, and how often each was seen. */
struct inventory {
    struct table index;
    float *counts;
    size_t capacity;
};

/* Labels a name type may be hidden under: with [no_other], the text was annotated without the type LABEL_OTHER, so a
 * token outside all names may have it. */
struct sample_options {
    float weight;
    bool no_other;
};

/* Shared by all texts of one run: the types of words seen. */
struct reader;
struct reader *reader_new(const struct model *model);
void reader_free(struct reader *reader);

/* Counts the features of [text] into [inventory], each with [weight]. */
void samples_count(struct inventory *inventory, struct reader *reader, const struct annotated *text, float weight);

/* Drops what was counted less than [least]; numbers change. */
void inventory_cut(struct inventory *inventory, float least);
void inventory_release(struct inventory *inventory);

/* Appends the islands of [text], with the features that [inventory] has. */
void samples_add(struct samples *samples, struct reader *reader, const struct inventory *inventory,
                 const struct annotated *text, const struct sample_options *options);
/* Renumbers the features of [samples]: number i becomes [numbers][i], or is dropped when that is negative. */
void samples_renumber(struct samples *samples, const int64_t *numbers);
void samples_release(struct samples *samples);

#endif
