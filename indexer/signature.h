/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signatures: which texts are near-copies of each other, told from 66 bytes a text.
 *
 * Takes the words of a text one after the other; gives its signature, and whether two signatures are of near-copies;
 * never keeps a text and never looks into an index.
 *
 * What two texts share is measured by their runs of three words, as sets: the resemblance is the share of all runs of
 * both that both have (Broder 1997, "On the resemblance and containment of documents"). Words are folded forms, so
 * case, accents, punctuation, line breaks and mark-up count nothing. Two texts are near-copies
 *
 *     when both have SIGNATURE_WORDS_LONG words or more:  from a resemblance of .30 on (about half of each is the
 * other's) when either is shorter:                             from a resemblance of .60 on
 *
 * since short texts resemble each other by their form alone: a line on a dividend differs from another in the sum.
 *
 * The signature samples the runs: 256 cells of two bits by one permutation hashing (Li, Owen & Zhang 2012), empty cells
 * filled from a neighbour to a side drawn by lot (Shrivastava & Li 2014), each cell cut to two bits (Li & König 2010).
 * Texts of resemblance R agree in R + (1 - R) / 4 of the cells, give or take .03 (one standard deviation). The rule is
 * on that number: exact, the same both ways, and not transitive.
 */
#ifndef INDEXER_SIGNATURE_H
#define INDEXER_SIGNATURE_H

#include "corpus/text.h"

enum {
    SIGNATURE_CELLS = 256,
    SIGNATURE_BYTES = 2 + SIGNATURE_CELLS / 4, /* the number of words, big-endian, and the cells */
    SIGNATURE_WORDS_LONG = 120,                /* words: where the threshold changes */
    SIGNATURE_NEAR_LONG = 122,                 /* cells that agree: .30 + .70 / 4 of 256, rounded up */
    SIGNATURE_NEAR_SHORT = 180                 /* .60 + .40 / 4 of 256, rounded up */
};

/* A text under way. */
struct signer {
    uint64_t least[SIGNATURE_CELLS]; /* smallest hash of each cell, UINT64_MAX when empty */
    uint64_t before[2];              /* hashes of the two words before */
    uint64_t words;
};

void signer_begin(struct signer *signer);

/* Adds the next word. */
void signer_word(struct signer *signer, struct span form);

/* Writes the signature. False for a text without words, which has none. */
bool signer_finish(char out[SIGNATURE_BYTES], const struct signer *signer);

/* The cells in which two signatures agree, 0 to SIGNATURE_CELLS. */
unsigned signature_agreement(const char a[SIGNATURE_BYTES], const char b[SIGNATURE_BYTES]);

/* True for near-copies. */
bool signature_near(const char a[SIGNATURE_BYTES], const char b[SIGNATURE_BYTES]);

/* The resemblance that an agreement stands for, 0 to 1. */
double signature_resemblance(unsigned agreement);

#endif
