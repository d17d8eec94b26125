/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates as people write them, in the languages of the region's press, read as calendar days.
 *
 * Takes UTF-8 text; gives days that exist; never guesses: 03/04/2015 may be March or April, so it is no date.
 */
#ifndef CORPUS_DATE_H
#define CORPUS_DATE_H

#include "corpus/text.h"

struct date {
    int year;  /* DATE_YEAR_MIN to DATE_YEAR_MAX, Gregorian */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

enum {
    DATE_YEAR_MIN = 1000, /* earlier four-digit numbers are hardly ever years of documents */
    DATE_YEAR_MAX = 2199, /* later ones are mistakes, or years of the Buddhist Era without a Thai month beside them */
    DATE_ISO_BYTES = 11   /* bytes of "2014-10-08" and its NUL */
};

bool date_exists(struct date date);

/* Writes "2014-10-08". */
void date_iso(char out[DATE_ISO_BYTES], struct date date);

/* Reads a date that begins at text[*offset] and moves *offset past it: day, month and year, all three. A span of days
 * ("October 7 and 8, 2014", "30 September - 1 October 2014") gives its last day: by then what the document tells had
 * happened. False, with *offset and *date as they were, when no date that exists begins there. A weekday before the
 * date is read with it.
 */
bool date_scan(struct date *date, struct span text, size_t *offset);

/* Reads [text] as a date and nothing else but a time of day, a time zone, a weekday. Understands what date_scan does,
 * and in addition forms that are safe only in a field known to be a date: 20141008, seconds or milliseconds since 1970
 * when [text] has 10 or 13 digits, "Wed Oct  8 10:00:00 2014". */
bool date_parse(struct date *date, struct span text);

/* The end of a time of day with its zone that begins at text[offset] ("T10:15:00+09:00", ", 10:15 p.m. JST"), or
 * [offset] when there is none. */
size_t date_time_end(struct span text, size_t offset);

#endif
