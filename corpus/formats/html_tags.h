/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the elements of a web page mean for its text. */
#ifndef CORPUS_HTML_TAGS_H
#define CORPUS_HTML_TAGS_H

#include <libxml/tree.h>
#include <stdbool.h>

enum html_role {
    HTML_INLINE,    /* its text goes on in the line */
    HTML_LINE,      /* begins and ends a line: li, tr, div */
    HTML_PARAGRAPH, /* and has a blank line around it: p, h1, table */
    HTML_CELL,      /* is set off by a tab: td, th */
    HTML_BREAK,     /* br */
    HTML_PRE,       /* a paragraph whose line breaks count */
    HTML_DROPPED    /* not text of the page: script, nav, form */
};

enum html_role html_role_of(const xmlNode *element);

/* True when [element] is named [name]. */
bool html_is(const xmlNode *node, const char *name);

/* 1 to 6 for h1 to h6, else 0. */
int html_heading_level(const xmlNode *element);

/* True when [element], whatever its name, is set up as something around the text: by its role, by being hidden, or by a
 * class or id that is one of the usual words ("navbar", "cookie-banner", "share-buttons"). */
bool html_is_boilerplate(const xmlNode *element);

/* An attribute's value, borrowed from the tree, or NULL. */
const char *html_attribute(const xmlNode *element, const char *name);

#endif
