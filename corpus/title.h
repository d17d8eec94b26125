/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the line of a plain text that is its title.
 *
 * Takes the text of a document that states no title; gives the range of a line; never takes a sentence for a title.
 */
#ifndef CORPUS_TITLE_H
#define CORPUS_TITLE_H

#include "corpus/text.h"

/* The title line of [text] without white space around it, or (0, 0).
 *
 * Only the lines before the first paragraph of running text are looked at, and there must be text after them. Menu
 * words, share buttons, credits, bylines, date lines and addresses are passed over; of what remains, the line that
 * reads most like a title wins, the earlier one when two are alike. A sentence is no title: a text that begins with
 * its story has none.
 */
struct range title_find(struct span text);

/* Where the line that is [title] (apart from white space) stands among the first lines of [text], or (0, 0). */
struct range title_locate(struct span text, struct span title);

/* The first line of running text among the first lines of [text], else its first line that is not blank. */
struct span title_opening(struct span text);

#endif
