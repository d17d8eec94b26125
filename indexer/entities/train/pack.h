/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From learnt weights to a model file: which features to keep, and weights as small integers. */
#ifndef INDEXER_ENTITIES_TRAIN_PACK_H
#define INDEXER_ENTITIES_TRAIN_PACK_H

#include "corpus/status.h"
#include "indexer/entities/train/crf.h"
#include "indexer/entities/train/lexicon.h"

/* The numbers of all features, those first that change most labels: by weight and by how often they were seen. To be
 * freed by the caller. */
uint32_t *features_by_importance(const struct crf *crf, const struct inventory *inventory);

/* Moves the features of [order] that a table of [buckets] has room for to its front, earlier ones first, and returns
 * how many they are: each bucket has MODEL_BUCKET places. */
size_t features_that_fit(uint32_t *order, const struct inventory *inventory, size_t buckets);

/* Keeps the first [rows] features of [order] in [inventory], numbered in that order. */
void inventory_keep(struct inventory *inventory, const uint32_t *order, size_t rows);

/* Makes a model of [lexicon] alone, for reading features; its memory is returned, to be freed by the caller. */
void *model_of_lexicon(struct model *model, const struct lexicon *lexicon);

/* Writes the model file [path], with so many buckets, or as many as the features need when that is 0. Returns OK or IO.
 */
enum status model_write(const struct crf *crf, const struct inventory *inventory, const struct lexicon *lexicon,
                        size_t buckets, uint64_t date, const char *path, struct error *error);

#endif
