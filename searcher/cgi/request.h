/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a page's address asks for, and the address that asks for it.
 *
 * Takes a query string (never a body, never a cookie); gives a request within stated limits, and its one canonical
 * address; never opens anything.
 */
#ifndef CGI_REQUEST_H
#define CGI_REQUEST_H

#include "searcher/search.h"

enum {
    QUERY_STRING_BYTES_MAX = 8192, /* bytes: what web servers let through by default; more is LIMIT */
    PARAMETERS_MAX = 200,          /* more is INVALID: a request for 64 filters has some 70 */
    QUERY_BYTES_MAX = 2000,        /* bytes of q, decoded */
    VALUE_BYTES_MAX = 1000,        /* bytes of any other value, decoded */
    PER_PAGE_MIN = 10,
    PER_PAGE_MAX = 100
};

enum page_format { FORMAT_HTML, FORMAT_JSON, FORMAT_ATOM, FORMAT_CSV, FORMAT_COUNT };

extern const char *const page_formats[FORMAT_COUNT + 1]; /* "html", …; NULL at the end */

struct page_request {
    struct span index; /* a name of the configuration; empty: the first */
    struct span query;
    struct filter filters[FILTERS_MAX];
    size_t filter_count;
    struct span since, until; /* "2014", "2014-10" or "2014-10-08"; empty: no bound */
    enum match_mode match;
    enum sort_order sort;
    size_t start, count; /* count 0: the configuration's */
    enum page_format format;
    enum facet_kind more;   /* the facet shown in full; FACET_COUNT: none */
    struct span containing; /* of that facet's values, those with this text */
    struct span id;         /* a document, instead of hits */
    struct span name;       /* a name's page, instead of hits */
    enum facet_kind kind;   /* of that name */
    bool plain;             /* a document without its names marked */
};

/* An empty request: the first page of nothing asked for. */
void page_request_init(struct page_request *request);

/* Decodes [query_string]. Values are decoded into [arena]. Names that are not known are passed over; what is known is
 * strict: each at most once but for filters, numbers and dates as they are written here, UTF-8 without NUL.
 * Returns OK, LIMIT (the whole is too long), INVALID (the message names the parameter and the cure), NO_MEMORY. */
enum status page_request_read(struct page_request *out, struct arena *arena, struct span query_string,
                              struct error *error);

/* Appends the canonical query string of [request], without a question mark: parameters in one order, defaults left out.
 * Reading it gives the same request, and writing that the same bytes. Returns OK, LIMIT, NO_MEMORY. */
enum status page_request_write(struct buffer *out, const struct page_request *request);

/* Steps from one request to the next. All but the page's own go back to the first page. */
void page_request_add(struct page_request *request, enum facet_kind kind, struct span value);
void page_request_remove(struct page_request *request, enum facet_kind kind, struct span value);
bool page_request_has(const struct page_request *request, enum facet_kind kind, struct span value);
void page_request_clear(struct page_request *request);          /* no filters and no dates */
bool page_request_is_empty(const struct page_request *request); /* neither words nor filters: the entry page */

/* The name of a filter's parameter, such as "org". */
const char *page_filter_name(enum facet_kind kind);

#endif
