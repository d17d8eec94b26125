/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document to read: its fields, its text and title cut into pieces with what a query matches numbered and what is a
 * name marked, and a list of the matches to jump to. The command line and the page show documents through this.
 *
 * Takes the id of a document and perhaps a query; gives plain data that borrows from the stored document; never escapes
 * (that is for whoever writes HTML or to a terminal) and never changes the text.
 */
#ifndef SEARCHER_VIEW_H
#define SEARCHER_VIEW_H

#include "searcher/search.h"

struct view_request {
    struct span id;
    uint32_t docid;       /* instead of [id], when that is empty */
    struct span query;    /* empty: nothing is marked as a match */
    const char *language; /* of the query, NULL for those of the index */
    bool names;           /* mark names too */
};

/* A run of the text. Pieces follow each other without gaps, so that together they are the text. A match and a name can
 * overlap in any way: a piece ends wherever one of them begins or ends. */
struct view_piece {
    struct span text;  /* not empty */
    uint32_t match;    /* the match it is part of, its index in view.matches plus 1; 0 for none */
    bool match_starts; /* the first piece of that match: where a jump goes */
    uint32_t name;     /* the name it is part of, its index in view.names plus 1; 0 for none */
    bool name_starts;
    bool name_ends;
};

/* A match, with words on its line around it for a list of jumps. */
struct view_match {
    struct range range;               /* bytes of the text, or of the title field */
    bool in_title;                    /* of a title that is not part of the text */
    uint32_t line;                    /* of the text, from 1; 0 in such a title */
    struct span before, match, after; /* of at most VIEW_CONTEXT_BYTES before and after; white space as it is */
    bool more_before, more_after;     /* the line goes on there */
};

struct view_name {
    enum name_type type;
    struct span value;
    uint64_t mentions;
};

enum { VIEW_CONTEXT_BYTES = 48 /* bytes of context on each side: a line of a terminal or a sidebar with the match */ };

struct view {
    struct record record;
    const struct view_piece *title; /* of the title field; a title inside the text has its matches numbered there, and
                                       here the numbers it has there */
    size_t title_count;
    const struct view_piece *pieces; /* of the text */
    size_t piece_count;
    const struct view_match *matches; /* a separate title's first, then in the order of the text */
    size_t match_count;
    const struct view_name *names; /* in the order of their first mentions */
    size_t name_count;
    struct arena arena;           /* owns the above; with [document] */
    struct xc_document *document; /* that [record] borrows from */
};

/* Reads the document that [request] names from the latest state of the index. Texts of any length: a long one is
 * analysed in parts. [out] is released with view_release after OK.
 *
 * Returns OK, NOT_FOUND, and as search_run for the query and the index. */
enum status view_open(struct view *out, struct searcher *searcher, const struct view_request *request,
                      struct error *error);
void view_release(struct view *view);

#endif
