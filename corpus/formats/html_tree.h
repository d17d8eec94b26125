/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A web page parsed by libxml2, without network, entities of its own, or depth without end. */
#ifndef CORPUS_HTML_TREE_H
#define CORPUS_HTML_TREE_H

#include "corpus/text.h"

#include <libxml/tree.h>

enum {
    HTML_BYTES_MAX = 32 * 1024 * 1024, /* of a page: most of a large one is pictures written into attributes */
    HTML_ELEMENTS_MAX = 400000,        /* of a page: each takes up to 1 kB with its text and attributes */
    HTML_DEPTH_MAX = 200               /* of elements; what is nested deeper joins the innermost that is kept */
};

/* Parses [page], which is UTF-8. The tree is freed by xmlFreeDoc. Returns OK, LIMIT (over a maximum, or with
 * tags so tangled that matching them would take long), UNSUPPORTED (nothing that is a page), NO_MEMORY. */
enum status html_parse(xmlDocPtr *out, struct span page);

/* The next node of [root]'s subtree in the order of the text, or NULL; [inside] tells whether to go into [node]. */
const xmlNode *html_next(const xmlNode *root, const xmlNode *node, bool inside);

/* The charset the page states in its first bytes, or an empty span. */
struct span html_declared_charset(struct span page);

#endif
