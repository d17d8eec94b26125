/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the date that a plain text states for itself.
 *
 * Takes the text of a document; gives the day of its release or, for minutes, of its meeting; never takes a date out of
 * running text.
 */
#ifndef CORPUS_DATELINE_H
#define CORPUS_DATELINE_H

#include "corpus/date.h"

/* The first of these that is there:
 * 1. a release label with its date on the same or the next line ("Release Date", "Published: 8 Oct 2014", "発表日"),
 *    near the top or near the end;
 * 2. near the top, before the running text: a line that is a date, with a place, a time or a credit beside it at most
 *    ("Tokyo, 8 October 2014", "8 October 2014 | Press release"), or a "Date:" label; with a place only below or above
 *    a heading, as it may be a heading itself;
 * 3. the dateline that opens the running text, when it names the year ("TOKYO, Oct. 8, 2014 (Kyodo) --");
 * 4. a line near the end that is a date and nothing else.
 * When two lines of the same rule near the top disagree, the first wins; near the end, none does.
 * False when there is none: the document is then undated.
 */
bool dateline_find(struct date *date, struct span text);

#endif
