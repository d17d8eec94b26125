/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Abbreviations written with a dot that need not end a sentence.
 *
 * Takes a folded word; gives how its dot behaves; knows several languages at once.
 */
#ifndef ANALYSIS_ABBREVIATIONS_H
#define ANALYSIS_ABBREVIATIONS_H

#include "corpus/text.h"

enum abbreviation {
    ABBREVIATION_NONE,
    ABBREVIATION_TITLE,  /* something always follows: "Mr.", "vs." */
    ABBREVIATION_NUMBER, /* a number follows, or the sentence ends: "No. 5", "Oct. 7" */
    ABBREVIATION_MAYBE   /* may end a sentence: "Corp.", "etc." */
};

enum abbreviation abbreviation_find(struct span form);

#endif
