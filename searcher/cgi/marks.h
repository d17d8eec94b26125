/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document's text with what a query matches and the names in it marked, in paragraphs.
 *
 * Takes a stored record; gives its marks as ranges, and the markup; never changes the text between them.
 */
#ifndef CGI_MARKS_H
#define CGI_MARKS_H

#include "searcher/cgi/page.h"

/* A name of the document. */
struct marks_name {
    enum name_type type;
    struct span name;
    uint64_t mentions;
};

/* A mention in the text. */
struct marks_mention {
    struct range range;
    size_t name; /* which */
};

struct marks {
    size_t from;                 /* the text is shown from here */
    const struct range *matches; /* ascending, apart */
    size_t match_count;
    const struct marks_name *names; /* those mentioned most first */
    size_t name_count;
    const struct marks_mention *mentions; /* ascending, apart */
    size_t mention_count;
};

/* Finds the marks of [record] for the page's request: its query's matches, and unless it asks for a plain text, names.
 * Memory is the page's arena's. Returns OK, DAMAGED, NO_MEMORY, and as view_open. */
enum status marks_make(struct marks *out, struct page *page, const struct record *record, struct error *error);

/* Writes the text in paragraphs; match number k has the id mk and links to its neighbours. */
void marks_write(struct page *page, const struct marks *marks, const struct record *record);

#endif
