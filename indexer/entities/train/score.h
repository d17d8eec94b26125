/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strict scores: a name counts when its first token, its last token and its type are all right. */
#ifndef INDEXER_ENTITIES_TRAIN_SCORE_H
#define INDEXER_ENTITIES_TRAIN_SCORE_H

#include "indexer/entities/train/annotated.h"

/* Counts by type; [0] is the sum over persons, organizations and places. LABEL_OTHER is not scored. */
struct score {
    size_t right[LABEL_OTHER], found[LABEL_OTHER], gold[LABEL_OTHER];
};

/* Compares [labels], one for each token of [text], with what the text is annotated with. */
void score_labels(struct score *score, const struct annotated *text, const uint8_t *labels);

double score_f1(const struct score *score, unsigned type); /* in percent; 0 when nothing is there to find */

/* Prints one line: name, F1 by type, precision, recall and F1 of all. */
void score_print(const struct score *score, const char *name);

/* The labels of a name of [length] tokens. */
void labels_put(uint8_t *labels, unsigned type, size_t length);

#endif
