/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words that stand around texts: menus, buttons, kickers, credits, and the marks that decorate lines.
 *
 * Takes one line; tells whether it is one of these; never looks at other lines.
 */
#ifndef CORPUS_FURNITURE_H
#define CORPUS_FURNITURE_H

#include "corpus/text.h"

/* True for a line that says nothing of the document: menu words, share buttons, single letters, rules, web addresses,
 * copyright notes, kickers such as "Press release", the way through a site ("Home > News"). */
bool furniture_is(struct span line);

/* True for a byline or the credit of an agency: "By Felix Kim", "(PNA/Kyodo)". */
bool furniture_is_credit(struct span line);

/* [line] without the bullets, dashes, bars and white space at its ends. */
struct span furniture_bare(struct span line);

/* The same without round brackets around all of it. */
struct span furniture_unbracketed(struct span line);

bool furniture_is_letter(uint32_t rune); /* of any script */

#endif
