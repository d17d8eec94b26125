/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page states about itself. */
#ifndef CORPUS_HTML_META_H
#define CORPUS_HTML_META_H

#include "corpus/document.h"

#include <libxml/tree.h>

/* Spans borrow from the tree; an empty one was not stated. */
struct html_meta {
    struct span value[FIELD_COUNT];
    int rank[FIELD_COUNT];   /* of the value's row: the lowest counts */
    struct span page_title;  /* of the title element, with the site's name as it is */
    struct span description; /* one or two sentences for search engines */
};

/* Collects title (og:title and the like), date, source, author, language and URL from meta elements, links, the lang
 * attribute, and the note that browsers leave in saved pages. */
void html_meta_read(struct html_meta *meta, const xmlDoc *page);

/* The one date that time elements within [main] state as that of publication, or, when they all state the same, that;
 * else an empty span. */
struct span html_meta_time(const xmlNode *main);

#endif
