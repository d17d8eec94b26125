/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a model that are not learnt from labels: word classes and name lists, hashed into slots. */
#ifndef INDEXER_ENTITIES_TRAIN_LEXICON_H
#define INDEXER_ENTITIES_TRAIN_LEXICON_H

#include "indexer/entities/model.h"

struct lexicon {
    uint64_t *words, *phrases;
    uint32_t word_slots, phrase_slots;
    size_t word_count, phrase_count;
};

/* Reads the classes that cluster_learn wrote to [classes] and the lists under [shared] (its folders gazetteers/ and
 * lists/), and the names that names_run wrote to [names], unless that is NULL. Ends the program when one cannot be
 * read. */
void lexicon_read(struct lexicon *lexicon, const char *classes, const char *shared, const char *names);
void lexicon_release(struct lexicon *lexicon);

/* Weights to be packed: [count] features, each with its hash and MODEL_LANES weights, the most important first. */
struct weights {
    const uint64_t *features;
    const int8_t *rows;
    size_t count;
    const int16_t *moves; /* MODEL_TRANSITIONS × MODEL_LABELS × MODEL_LABELS */
};

/* Builds a model file in memory, 64-byte aligned, to be freed by the caller: as many buckets as hold [weights] at
 * nine tenths; features that find their bucket full are left out, and *[lost] tells how many. */
void *model_build(size_t *bytes, size_t *lost, const struct lexicon *lexicon, const struct weights *weights,
                  uint32_t buckets, uint64_t date);

#endif
