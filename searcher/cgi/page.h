/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all pages share: the frame around them, links between them, and how values are shown to people.
 *
 * Takes a request that is being answered; gives markup in its response; never searches by itself.
 */
#ifndef CGI_PAGE_H
#define CGI_PAGE_H

#include "searcher/cgi/config.h"
#include "searcher/cgi/request.h"
#include "searcher/cgi/web.h"

/* A request being answered. */
struct page {
    const struct config *config;
    const struct config_index *index;
    const struct web_request *web;
    struct page_request request;
    struct searcher *searcher;
    struct web_response *response;
    struct html *html;  /* of the response */
    struct span script; /* the program's own path */
    struct span prefix; /* before the ? of links: empty where the browser's address is the program's */
    struct arena arena;
};

/* Pages of one kind are functions of this shape. Returns what the engine returns; *[error] says it in words. */
typedef enum status page_function(struct page *page, struct error *error);

page_function page_results, page_entry, page_document, page_name;            /* HTML */
page_function page_json, page_atom, page_csv, page_opensearch, page_suggest; /* other formats */
page_function page_style, page_script;

/* An error as a page, or as JSON when that was asked for. [heading] is ours, [message] may quote data. */
void page_error(struct page *page, int status, struct span message);

/* The same without anything but a response: for when there is no configuration or no process to ask. */
void page_bare_error(struct web_response *response, int status, const char *heading, const char *message);

/* The search that the request asks for, the one all formats run. [facets] has room for FACETS_MAX. */
void page_search(struct search_request *out, struct facet_request *facets, const struct page *page);

/* Hits on a page, by the request and the configuration. */
size_t page_hits(const struct page *page);

/* The frame. [title] is empty on the entry page. */
struct page_frame {
    struct span title;
    bool alternates; /* there are JSON, Atom and CSV of this page */
    bool wide;       /* two columns */
};
void page_begin(struct page *page, const struct page_frame *frame);
void page_end(struct page *page);

/* href="…" of another request, and of the request itself in another format. */
void page_href(struct page *page, const struct page_request *to);
void page_href_hash(struct page *page, const struct page_request *to, const char *fragment);
void page_href_document(struct page *page, struct span id); /* keeps the query, to mark it */
void page_href_name(struct page *page, enum facet_kind kind, struct span name);

/* The whole address of a request, for readers outside a browser. Returns OK, LIMIT, NO_MEMORY. */
enum status page_address(struct buffer *out, const struct page *page, const struct page_request *to);

/* An attribute lang="…" for a language code that is one, and dir="auto". */
void page_language(struct html *html, struct span code);

/* "8 October 2014" for "2014-10-08", "October 2014" for "2014-10"; other texts as they are. */
void page_day(struct html *html, struct span date);
void page_time(struct html *html, struct span date); /* the same within <time> */

/* A facet's value as shown: languages by their English name. */
void page_value(struct html *html, enum facet_kind kind, struct span value);

/* "1 document", "12,345 documents". */
void page_count(struct html *html, uint64_t count, const char *one, const char *many);

/* A piece of snippet, with marks. */
void page_pieces(struct html *html, const struct snippet_piece *pieces, size_t count);

/* A document in a list: its title as a link, its date. */
void page_entry_of(struct page *page, const struct hit *hit);

/* How a kind of facet is headed, in the plural and the singular, and called in class names. */
struct facet_words {
    const char *plural, *singular, *class_name;
};
extern const struct facet_words facet_words[FACET_COUNT];

/* The kind of facet that holds names of [type]. */
enum facet_kind facet_of_name(enum name_type type);

/* The facets column of a results page. */
void page_facets(struct page *page, const struct search_response *response);

#endif
