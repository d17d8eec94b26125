/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a whole text of any length matches, for showing it all.
 *
 * Takes evidence and a text that it analyses itself, in parts when it is long; gives ranges to mark; never holds the
 * tokens of more than a part.
 */
#ifndef SEARCHER_HIGHLIGHT_TEXT_H
#define SEARCHER_HIGHLIGHT_TEXT_H

#include "searcher/highlight.h"

/* Ranges to mark in [text], which is in [language], ascending and apart; *[out] is the caller's to free. [title] as in
 * highlight_hits. Takes the analysis of [analyser]. Returns OK, LIMIT (text of 4 GB or more), NO_MEMORY. */
enum status highlight_text(struct range **out, size_t *count, struct highlighter *highlighter,
                           struct analyser *analyser, struct span text, struct span language, struct range title);

/* Sorts [ranges] and makes one of those that touch or overlap. Returns how many are left. */
size_t highlight_merge(struct range *ranges, size_t count);

#endif
