/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares a document's names with names marked by hand.
 *
 * Takes lines of a gold file (document, type, canonical name, written forms, separated by tabs: corpus/gold/README.md)
 * and found entities; gives counts of right, surplus and missed names by type, and a list of the differences; never
 * reads a document.
 */
#ifndef NAMES_GOLD_H
#define NAMES_GOLD_H

#include "indexer/entities/names/names.h"

struct gold_score {
    size_t right, surplus, missed;
};

struct gold;

/* Called for each difference: [wrong] is what was found, [right] what the gold has; one of them may be empty. With
 * both, the name is the same and the type differs. */
typedef void gold_differ(void *context, struct span document, enum tag_type found, struct span wrong,
                         enum tag_type type, struct span right);

/* Reads a gold file's [content], which must stay. A line that cannot be read is INVALID, with its number. */
enum status gold_read(struct gold **out, struct span content, struct error *error);
void gold_free(struct gold *gold);

/* Whether the gold has names of [document]. */
bool gold_has(const struct gold *gold, struct span document);

/* Compares the names of [document] by type and name_key and adds to [scores][type]. */
enum status gold_compare(struct gold *gold, struct gold_score scores[TAG_TYPES], struct span document,
                         const struct names *names, gold_differ *differ, void *context);

double gold_precision(const struct gold_score *score); /* 1 when nothing was found */
double gold_recall(const struct gold_score *score);    /* 1 when nothing was to find */
double gold_f1(const struct gold_score *score);

#endif
