/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kind of line a line of plain text is: the eyes of title.h and dateline.h.
 *
 * Takes lines as editors, web pages and agencies leave them; gives a kind for each; never looks beyond a line and its
 * neighbours.
 */
#ifndef CORPUS_LINES_H
#define CORPUS_LINES_H

#include "corpus/date.h"

enum line_kind {
    LINE_FURNITURE, /* menu words, share buttons, single letters, rules, addresses, kickers such as "Press release" */
    LINE_CREDIT,    /* bylines and agencies: "By Felix Kim", "(PNA/Kyodo)" */
    LINE_DATE,      /* a date, with a place, a time, a kicker or a credit beside it at most */
    LINE_SHORT,     /* might be a heading */
    LINE_BODY       /* running text */
};

struct line {
    struct span text; /* without bullets and white space around it; never empty */
    size_t offset;    /* of [text] in the document */
    enum line_kind kind;
    bool blank_after;
    struct date date; /* of a LINE_DATE */
    bool date_alone;  /* of a LINE_DATE: with nothing beside the date but a time of day */
};

enum {
    LINES_TOP = 40,      /* lines looked at from the top: beyond, nothing is a head any more */
    LINES_TOP_AFTER = 3, /* lines kept from the first one of running text on */
    LINES_END = 20,      /* lines looked at from the end */
    LINE_BYTES_MAX = 600 /* bytes of a line that are kept: enough to tell running text, and to find a dateline */
};

/* Fills [lines] with the first lines of [text] that are not blank, up to the third of running text; returns how many.
 * [room] is at most LINES_TOP. */
size_t lines_top(struct line *lines, size_t room, struct span text);

/* Fills [lines] with the last lines of [text] that are not blank, in the order of the text; returns how many. */
size_t lines_end(struct line *lines, size_t room, struct span text);

/* The date a line states when it is a LINE_DATE, and whether it stands alone there. */
bool line_date(struct date *date, bool *alone, struct span line);

/* False when [line] cannot hold a date, as it has neither four digits in a row nor signs that may stand for a
 * year: most lines are done with here. */
bool line_has_year(struct span line);

/* True for one to five words that are all capitalised, as places and names are, or in a script without capitals. */
bool line_is_name(struct span text);

size_t line_words(struct span line);       /* by white space; two characters of Chinese or Japanese count as one */
bool line_ends_sentence(struct span line); /* a full stop, also within closing quotes, that ends no abbreviation */

#endif
