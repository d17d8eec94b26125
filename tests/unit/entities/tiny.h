/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tagging model small enough to know by heart. */
#ifndef TESTS_UNIT_ENTITIES_TINY_H
#define TESTS_UNIT_ENTITIES_TINY_H

#include "indexer/entities/model.h"

/* Words with classes: "Kishida" (fine 7, coarse 3, case bucket 6), "he" (9, 2, 1).
 * Phrases: "kuala lumpur" and "tokyo" (large cities), "japan" (country).
 * Weights, 3.0 each, whatever the case of the word: Kishida, Anwar: a person of one word; Japan, Tokyo: a place of one
 * word; Kuala: the first of a place; Lumpur: its last; Asean: an organization of one word; the word after "festival":
 * another name of one word.
 *
 * Returns the file in memory, to be freed by the caller; *[model] reads it. */
void *tiny_model(struct model *model, size_t *bytes);

#endif
