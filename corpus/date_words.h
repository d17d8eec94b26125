/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words dates are made of: months, weekdays, eras, and what joins two days.
 *
 * Takes a place in a text; gives the word that begins there; a word that goes on ("Mayor") is not one of them.
 */
#ifndef CORPUS_DATE_WORDS_H
#define CORPUS_DATE_WORDS_H

#include "corpus/text.h"

/* Each reads at text[*offset], moves *offset past what it found, and leaves it alone when it found nothing. */

/* A month's name, 1 to 12, or 0; with the full stop of an abbreviation. *[thai] tells that its year may be one of the
 * Buddhist Era. */
int word_month(struct span text, size_t *offset, bool *thai);

/* What may stand before a date and belongs to it: weekdays, "ngày", "วันที่", each with its comma. *[day_first] tells
 * that the language writes the day before the month in numbers. False when nothing was there. */
bool word_weekday(struct span text, size_t *offset, bool *day_first);

/* What stands between two days of one span: "and", "to", "–", "dan", "～". */
bool word_joins_days(struct span text, size_t *offset);

/* The year before the first of a Japanese era ("平成" is 1988) with the era's last year in *[years], or 0. */
int word_era(struct span text, size_t *offset, int *years);

/* [word] itself, ASCII letters in any case; one that ends in a letter must end there. */
bool word_is(struct span text, size_t *offset, const char *word);

/* Spaces and tabs, the no-break and the ideographic space among them; never a line feed. */
void word_spaces(struct span text, size_t *offset);

/* A run of digits, ASCII, full-width or Thai: its value, or -1 when there is none or it has more than nine. */
int word_number(struct span text, size_t *offset, int *digits);

#endif
