/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exchange algorithm on counted word pairs. */
#ifndef INDEXER_ENTITIES_TRAIN_EXCHANGE_H
#define INDEXER_ENTITIES_TRAIN_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* [pairs] triples (left, right, count), no pair twice and none of a word with itself; words are 0 … words-1, the most
 * frequent first. */
struct exchange_counts {
    size_t words, pairs;
    const uint32_t *triples;
    bool report; /* each pass, on stderr */
};

/* Writes a class 1 … [classes] for each word to [out]; word i begins in class i mod classes. Makes at most [passes]
 * passes over all words, fewer when less than one word in a thousand moves. A pass costs words × classes × the mean
 * number of neighbouring classes. */
void exchange_learn(uint16_t *out, const struct exchange_counts *counts, unsigned classes, unsigned passes);

#endif
