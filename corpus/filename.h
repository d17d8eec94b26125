/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The day that a file's name states: "2014-10-08-talks.txt", "minutes_20141008.pdf".
 *
 * Takes a path; gives the one day in its last part; never reads a number that could mean something else.
 */
#ifndef CORPUS_FILENAME_H
#define CORPUS_FILENAME_H

#include "corpus/date.h"

/* Year, month and day in this order, with '-', '_', '.', blanks or nothing between them (the same twice), no digits
 * around, a year from 1900 on; or a day with its month in words ("8 October 2014"). False when there is none, or when
 * two disagree. */
bool filename_date(struct date *date, struct span path);

#endif
