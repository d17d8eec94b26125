/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Word classes learnt from plain text: words that stand in the same contexts get the same class.
 *
 * Takes tokenised text, a sentence a line; gives for each frequent word a coarse class, a fine class and how often it
 * is written with a capital; deterministic, never looks at labels.
 *
 * The classes maximise the likelihood of a class-bigram model by exchanging one word at a time (Kneser & Ney 1993;
 * Martin, Liermann & Ney 1998, section 3).
 */
#ifndef INDEXER_ENTITIES_TRAIN_CLUSTER_H
#define INDEXER_ENTITIES_TRAIN_CLUSTER_H

#include "corpus/text.h"

#include <stdint.h>
#include <stdio.h>

struct cluster_options {
    bool report;           /* each pass, on stderr */
    size_t words;          /* the most frequent ones get classes */
    unsigned coarse, fine; /* number of classes of each size */
    unsigned passes;       /* over the vocabulary, for each size */
};

struct cluster_text; /* counted text */

struct cluster_text *cluster_text_new(void);
void cluster_text_free(struct cluster_text *text);

/* Counts the words of [line], a sentence of tokens with single spaces between them. */
void cluster_text_add(struct cluster_text *text, struct span line);

/* Reads the text a second time, after every [cluster_text_add]: counts pairs among the [words] most frequent. */
void cluster_text_select(struct cluster_text *text, size_t words);
void cluster_text_pairs(struct cluster_text *text, struct span line);

/* Learns the classes and writes a line for each word: word, count, coarse, fine, case bucket, tab-separated. */
void cluster_learn(struct cluster_text *text, const struct cluster_options *options, FILE *out);

#endif
