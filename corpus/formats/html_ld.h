/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a web page states about itself in JSON-LD, in the words of schema.org. */
#ifndef CORPUS_FORMATS_HTML_LD_H
#define CORPUS_FORMATS_HTML_LD_H

#include "corpus/document.h"

#include <jansson.h>
#include <libxml/tree.h>

/* Spans borrow from [kept]; an empty one was not stated. */
struct html_ld {
    struct span value[FIELD_COUNT];
    json_t *kept;          /* what was parsed */
    struct buffer authors; /* their names, joined */
};

/* Collects headline, date of publication, authors, publisher, language and address from the first description of an
 * article, else of the page. Broken JSON states nothing. Release it in any case. Returns OK, NO_MEMORY. */
enum status html_ld_read(struct html_ld *ld, const xmlDoc *page);
void html_ld_release(struct html_ld *ld);

#endif
