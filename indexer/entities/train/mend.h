/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Repairs of annotations that no reader would defend: names cut in two, names that begin with "and". */
#ifndef INDEXER_ENTITIES_TRAIN_MEND_H
#define INDEXER_ENTITIES_TRAIN_MEND_H

#include "indexer/entities/train/annotated.h"

/* Mends the names of the sentence that is the tokens of [text] from [start] to its end. */
void mend_sentence(struct annotated *text, size_t start);

#endif
