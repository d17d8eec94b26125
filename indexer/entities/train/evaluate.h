/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scores of a model file, tagging as users will. */
#ifndef INDEXER_ENTITIES_TRAIN_EVALUATE_H
#define INDEXER_ENTITIES_TRAIN_EVALUATE_H

#include "indexer/entities/tag.h"
#include "indexer/entities/train/score.h"

/* Tags [text] document by document and compares with its annotation. */
void evaluate_text(struct score *score, struct tagger *tagger, const struct annotated *text);

/* Prints the scores of the model at [model] on the annotated files at [paths]. Returns an exit status. */
int evaluate_run(const char *model, char **paths, size_t count);

#endif
