/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside snippets: choosing windows of hits, cutting fragments around them, cleaning their text. Nobody else includes
 * this.
 *
 * Takes hits and analysed text; gives ranges and pieces; never analyses and never highlights.
 */
#ifndef SEARCHER_SNIPPET_PARTS_H
#define SEARCHER_SNIPPET_PARTS_H

#include "searcher/snippet.h"

/* A hit as choosing sees it. */
struct found {
    uint32_t start, end;
    uint32_t item;     /* from 0, without gaps */
    uint32_t sentence; /* where its sentence starts */
};

struct found_list {
    struct found *found; /* ascending by start */
    size_t count, capacity;
    double *weight;    /* of each item, more than 0 */
    uint32_t *item_of; /* of each group of the evidence */
    size_t items;
};

/* Chooses at most [max] windows in [list] that together cover most; a fragment of [bytes] / count bytes can show each.
 * A window reaches from the first hit to show to the end of the last, and keeps out of [title]. Writes them in the
 * order of the text and their number to *count (0 without hits). Returns OK, NO_MEMORY. */
enum status snippet_choose(struct range *windows, size_t *count, const struct found_list *list, size_t bytes,
                           size_t max, struct range title);

/* The fragment of at most [bytes] bytes around [window] that reads best, inside [room], which holds the window's start.
 * [analysis] covers [bytes] on both sides of it. Ends are trimmed of white space. Returns OK, NO_MEMORY. */
enum status snippet_cut(struct range *out, struct span text, const struct analysis *analysis, struct range window,
                        struct range room, size_t bytes);

/* True when a text may be cut before the character at [at] without parting it from what it combines with. Certain when
 * true; false also for some characters that could begin a cluster. */
bool snippet_border_is_safe(struct span text, size_t at);

bool snippet_is_blank(uint32_t rune); /* white space and control characters: shown as a blank */
bool snippet_is_clause_end(uint32_t rune);
bool snippet_is_opening(uint32_t rune);                          /* brackets and quotes that belong to what follows */
uint32_t snippet_rune_before(struct span text, size_t at);       /* the character that ends at [at], a blank at 0 */
struct range snippet_trim(struct span text, struct range range); /* without blanks at the ends */

/* Makes the pieces of [fragment]->range, marked where [marks] (ascending, apart) say; at most [bytes] bytes are shown
 * (the rest is left out, and more_after set). Memory from [arena]. Returns OK, NO_MEMORY. */
enum status snippet_pieces(struct snippet_fragment *fragment, struct arena *arena, struct span text,
                           const struct range *marks, size_t mark_count, size_t bytes);

#endif
