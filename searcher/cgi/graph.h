/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What occurs together with a name, as a drawing whose nodes are links and as a table that says the same.
 *
 * Takes associations; gives SVG in the page and a table; the nearer and the thicker the line, the closer the tie.
 */
#ifndef CGI_GRAPH_H
#define CGI_GRAPH_H

#include "searcher/associate.h"
#include "searcher/cgi/page.h"

/* Writes a section with at most [values] names of each type, or nothing when there is none. */
void graph_write(struct page *page, const struct associations *found, size_t values);

#endif
