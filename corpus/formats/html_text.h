/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readable text of a web page: paragraphs and headings of its main part, without what stands around it. */
#ifndef CORPUS_HTML_TEXT_H
#define CORPUS_HTML_TEXT_H

#include "corpus/text.h"

#include <libxml/tree.h>

struct html_text {
    struct range heading; /* of the first h1 in the text, else empty */
    size_t headings;      /* how many h1 the text has */
    const xmlNode *main;  /* the element the text was taken from */
};

/* Appends the text of [page] to [out]: of its main element, else of its only article, else of its body. When that gives
 * next to nothing the whole body is taken, in the end with everything but scripts and styles, so that a page laid out
 * in an unusual way is not lost. Blocks are parted by line breaks, paragraphs and headings by blank lines, cells by
 * tabs; white space is folded except in pre. Returns OK, LIMIT, NO_MEMORY. */
enum status html_text_extract(struct html_text *text, struct buffer *out, const xmlDoc *page);

/* True for a block that is links and hardly anything else: a menu, a list of other pages. */
bool html_is_list_of_links(const xmlNode *block);

#endif
