/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which blocks of a web page are its text, and which stand around it, told by their size, their links and their place.
 *
 * Takes the blocks of a page in order; gives for each whether it is kept; never looks at the name of a site.
 */
#ifndef CORPUS_FORMATS_HTML_BLOCKS_H
#define CORPUS_FORMATS_HTML_BLOCKS_H

#include "corpus/text.h"

#include <libxml/tree.h>

/* One line of text as html_text.c writes it. */
struct html_block {
    struct range range;    /* in the text written so far */
    int breaks;            /* line ends before it */
    size_t linked;         /* bytes of it within links */
    const xmlNode *node;   /* the block element it stands in */
    int heading;           /* level, or 0 */
    bool keep;
};

/* Sets [keep] of each block. False when the page has too little running text to judge by; then nothing is set.
 *
 * Running text is a block, or a whole list or table of data, of some length with few links. The smallest element that
 * holds nearly all of it is the main part; what lies before it counts from the page's heading on. Within, links that
 * stand for other pages, furniture and notices about cookies go, and so do short lines at the end. O(blocks * depth).
 */
bool html_blocks_choose(struct html_block *blocks, size_t count, struct span text, const xmlNode *root);

/* Whether a table lays out a page, rather than data: it has other tables, headings, paragraphs or a long text in it.
 * O(its nodes). */
bool html_lays_out(const xmlNode *unit);

#endif
