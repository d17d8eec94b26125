/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results page: what was found, how it was understood, the hits, the way to the others. */
#include "searcher/cgi/page.h"
#include "searcher/facets.h"

#include <stdio.h>
#include <string.h>

enum {
    NAMES_OF_HIT = 3, /* of each type */
    FACET_VALUES = 8,
    FACET_VALUES_ALL = 200, /* of the facet that is shown in full */
    PAGES_AROUND = 2        /* numbers on each side of this page's */
};

void page_search(struct search_request *out, struct facet_request *facets, const struct page *page)
{
    const struct page_request *request = &page->request;
    search_request_init(out);
    out->query = request->query;
    out->filters = request->filters;
    out->filter_count = request->filter_count;
    out->match = request->match;
    out->sort = request->sort;
    out->offset = request->start;
    out->count = page_hits(page);
    out->exact_total = true;
    out->facets = facets;
    for (int kind = 0; kind < FACET_COUNT; kind++) {
        if (!facet_kinds[kind].usual) continue;
        size_t values = kind == FACET_YEAR ? FACET_VALUES_MAX : FACET_VALUES;
        if (kind == (int)request->more && kind != FACET_YEAR) values = FACET_VALUES_ALL;
        facets[out->facet_count++] = (struct facet_request){.kind = (enum facet_kind)kind, .values = values};
    }
}

/* ---- Chips */

static void chip_begin(struct page *page, const struct page_request *without)
{
    html_markup(page->html, "<li><a class=\"chip\"");
    page_href(page, without);
    html_markup(page->html, "><span class=\"unseen\">Remove </span>");
}

static void chip_end(struct html *html)
{
    html_markup(html, "<span class=\"x\" aria-hidden=\"true\">×</span></a></li>\n");
}

static void write_date_chip(struct page *page)
{
    struct page_request without = page->request;
    struct html *html = page->html;
    without.since = without.until = (struct span){0};
    without.start = 0;
    chip_begin(page, &without);
    html_markup(html, "<span class=\"what\">Date</span> ");
    if (page->request.since.length && page->request.until.length) {
        page_day(html, page->request.since);
        if (!span_equal(page->request.since, page->request.until)) {
            html_markup(html, " to ");
            page_day(html, page->request.until);
        }
    } else {
        if (page->request.since.length)
            html_markup(html, "from ");
        else
            html_markup(html, "until ");
        page_day(html, page->request.since.length ? page->request.since : page->request.until);
    }
    chip_end(html);
}

static void write_chips(struct page *page)
{
    const struct page_request *request = &page->request;
    struct html *html = page->html;
    struct page_request to = *request;
    if (!request->filter_count && !request->since.length && !request->until.length) return;
    html_markup(html, "<ul class=\"chips\" aria-label=\"Filters in force\">\n");
    for (size_t i = 0; i < request->filter_count; i++) {
        const struct filter *filter = &request->filters[i];
        to = *request;
        page_request_remove(&to, filter->kind, filter->value);
        chip_begin(page, &to);
        html_markup(html, "<span class=\"what\">");
        html_string(html, facet_words[filter->kind].singular);
        html_markup(html, "</span> <bdi>");
        page_value(html, filter->kind, filter->value);
        html_markup(html, "</bdi>");
        chip_end(html);
    }
    if (request->since.length || request->until.length) write_date_chip(page);
    to = *request;
    page_request_clear(&to);
    html_markup(html, "<li><a class=\"clear\"");
    page_href(page, &to);
    html_markup(html, ">Clear all</a></li>\n</ul>\n");
}

/* ---- What was understood */

static void write_notes(struct page *page, const struct search_response *response)
{
    struct html *html = page->html;
    const struct page_request *request = &page->request;
    if (response->did_you_mean.length) {
        struct page_request to = *request;
        to.query = response->did_you_mean;
        to.start = 0;
        html_markup(html, "<p class=\"note\">Did you mean <a class=\"mean\"");
        page_href(page, &to);
        html_markup(html, "><bdi>");
        html_text(html, response->did_you_mean);
        html_markup(html, "</bdi></a>?</p>\n");
    }
    if (response->relaxed)
        html_markup(html, "<p class=\"note\">No document has all the words; these have some of them.</p>\n");
    for (size_t i = 0; i < response->notice_count; i++) {
        html_markup(html, "<p class=\"note\">");
        html_text(html, response->notices[i].text);
        html_markup(html, "</p>\n");
    }
}

static void write_understood(struct page *page, const struct search_response *response)
{
    struct html *html = page->html;
    html_markup(html, "<p class=\"told\">");
    if (response->understood.length) {
        html_markup(html, "Understood as <code dir=\"auto\">");
        html_text(html, response->understood);
        html_markup(html, "</code> · ");
    }
    html_decimal(html, response->seconds * 1000);
    html_markup(html, " ms</p>\n");
}

/* ---- Order and number of hits */

static void write_choice(struct page *page, const struct page_request *to, const char *label, bool chosen)
{
    struct html *html = page->html;
    html_markup(html, "<li><a");
    page_href(page, to);
    if (chosen) html_markup(html, " aria-current=\"true\"");
    html_markup(html, ">");
    html_string(html, label);
    html_markup(html, "</a></li>\n");
}

static void write_tools(struct page *page)
{
    static const char *const orders[] = {
        [SORT_RELEVANCE] = "Relevance", [SORT_NEWEST] = "Newest", [SORT_OLDEST] = "Oldest"};
    struct html *html = page->html;
    html_markup(html, "<nav class=\"tools\" aria-label=\"Order\"><span id=\"order\">Sort by</span>\n"
                      "<ul aria-labelledby=\"order\">\n");
    for (int sort = 0; sort <= SORT_OLDEST; sort++) {
        struct page_request to = page->request;
        to.sort = (enum sort_order)sort;
        to.start = 0;
        write_choice(page, &to, orders[sort], page->request.sort == to.sort);
    }
    html_markup(html, "</ul></nav>\n");
}

/* ---- Hits */

static void write_names(struct page *page, const struct hit *hit)
{
    static const enum name_type order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};
    struct html *html = page->html;
    bool first = true;
    for (size_t t = 0; t < sizeof order / sizeof *order; t++) {
        const struct hit_names *names = &hit->names[order[t]];
        enum facet_kind kind = facet_of_name(order[t]);
        for (size_t i = 0; i < names->count && i < NAMES_OF_HIT; i++) {
            if (first) html_markup(html, "<ul class=\"names\" aria-label=\"Names in it\">\n");
            first = false;
            html_markup(html, "<li><a");
            html_attribute(html, "class", span_of(facet_words[kind].class_name));
            page_href_name(page, kind, names->items[i]);
            html_markup(html, "><bdi>");
            html_text(html, names->items[i]);
            html_markup(html, "</bdi></a></li>\n");
        }
    }
    if (!first) html_markup(html, "</ul>\n");
}

static void write_meta(struct page *page, const struct hit *hit)
{
    struct html *html = page->html;
    struct span source = hit->field[RECORD_SOURCE], date = hit->field[RECORD_DATE], author = hit->field[RECORD_AUTHOR];
    if (!source.length && !date.length && !author.length) return;
    html_markup(html, "<p class=\"meta\">");
    if (source.length) {
        html_markup(html, "<bdi>");
        html_text(html, source);
        html_markup(html, "</bdi>");
    }
    if (source.length && date.length) html_markup(html, " · ");
    if (date.length) page_time(html, date);
    if (author.length) {
        if (source.length || date.length) html_markup(html, " · ");
        html_markup(html, "<bdi>");
        html_text(html, author);
        html_markup(html, "</bdi>");
    }
    html_markup(html, "</p>\n");
}

static void write_hit(struct page *page, const struct hit *hit)
{
    struct html *html = page->html;
    struct span title = hit->field[RECORD_TITLE], language = hit->field[RECORD_LANGUAGE];
    html_markup(html, "<li class=\"hit\">\n<h2><a");
    page_href_document(page, hit->id);
    page_language(html, language);
    html_markup(html, ">");
    html_text(html, span_trim(title).length ? title : hit->id);
    html_markup(html, "</a></h2>\n");
    write_meta(page, hit);
    if (hit->piece_count) {
        html_markup(html, "<p class=\"snippet\"");
        page_language(html, language);
        html_markup(html, ">");
        page_pieces(html, hit->pieces, hit->piece_count);
        html_markup(html, "</p>\n");
    }
    write_names(page, hit);
    html_markup(html, "</li>\n");
}

/* ---- Pages */

static void write_page_link(struct page *page, size_t number, const char *label, bool here)
{
    struct html *html = page->html;
    struct page_request to = page->request;
    to.start = (number - 1) * page_hits(page);
    html_markup(html, "<li><a");
    page_href(page, &to);
    if (here) html_markup(html, " aria-current=\"page\"");
    if (label && strcmp(label, "Previous") == 0) html_markup(html, " rel=\"prev\"");
    if (label && strcmp(label, "Next") == 0) html_markup(html, " rel=\"next\"");
    html_markup(html, ">");
    if (label) {
        html_string(html, label);
    } else {
        html_markup(html, "<span class=\"unseen\">Page </span>");
        html_number(html, number);
    }
    html_markup(html, "</a></li>\n");
}

static void write_pages(struct page *page, uint64_t total)
{
    struct html *html = page->html;
    size_t per = page_hits(page), reach = total < page->config->depth ? (size_t)total : page->config->depth;
    size_t last = (reach + per - 1) / per, here = page->request.start / per + 1;
    if (last < 2) return;
    html_markup(html, "<nav class=\"pages\" aria-label=\"Pages\"><ul>\n");
    if (here > 1) write_page_link(page, here - 1 < last ? here - 1 : last, "Previous", false);
    for (size_t number = 1, shown = 0; number <= last; number++) {
        bool near = number + PAGES_AROUND >= here && number <= here + PAGES_AROUND;
        if (number != 1 && number != last && !near) continue;
        if (shown && number > shown + 1) html_markup(html, "<li aria-hidden=\"true\">…</li>\n");
        write_page_link(page, number, NULL, number == here);
        shown = number;
    }
    if (here < last) write_page_link(page, here + 1, "Next", false);
    html_markup(html, "</ul></nav>\n");
}

static void write_ways(struct page *page)
{
    static const size_t counts[] = {10, 25, 50, 100};
    static const struct {
        enum page_format format;
        const char *label;
    } formats[] = {{FORMAT_JSON, "JSON"}, {FORMAT_ATOM, "Atom"}, {FORMAT_CSV, "CSV"}};
    struct html *html = page->html;
    struct page_request to;
    char label[24];
    html_markup(html, "<div class=\"ways\">\n<nav class=\"tools\" aria-label=\"Hits on a page\"><span "
                      "id=\"per\">Hits on a page</span>\n<ul aria-labelledby=\"per\">\n");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        to = page->request;
        to.count = counts[i] == page->config->page_size ? 0 : counts[i];
        to.start = 0;
        snprintf(label, sizeof label, "%zu", counts[i]);
        write_choice(page, &to, label, page_hits(page) == counts[i]);
    }
    html_markup(html, "</ul></nav>\n<nav class=\"tools\" aria-label=\"Other formats\"><span id=\"formats\">These hits "
                      "as</span>\n<ul aria-labelledby=\"formats\">\n");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        to = page->request;
        to.format = formats[i].format;
        write_choice(page, &to, formats[i].label, false);
    }
    html_markup(html, "</ul></nav>\n</div>\n");
}

/* ---- The page */

static void write_heading(struct page *page, const struct search_response *response)
{
    struct html *html = page->html;
    size_t from = page->request.start + 1, to = page->request.start + response->hit_count;
    html_markup(html, "<div class=\"sum\"><h1 id=\"sum\">");
    if (response->total)
        page_count(html, response->total, "document", "documents");
    else
        html_markup(html, "Nothing found");
    if (response->hit_count && response->total > response->hit_count) {
        html_markup(html, "<span class=\"shown\">, ");
        html_number(html, from);
        html_markup(html, "–");
        html_number(html, to);
        html_markup(html, "</span>");
    }
    html_markup(html, "</h1>\n");
    if (response->total > 1) write_tools(page);
    html_markup(html, "</div>\n");
}

static void write_nothing(struct page *page, const struct search_response *response)
{
    struct html *html = page->html;
    struct page_request to = page->request;
    if (response->total) {
        size_t per = page_hits(page),
               reach = response->total < page->config->depth ? (size_t)response->total : page->config->depth;
        to.start = (reach - 1) / per * per;
        html_markup(html, "<p>There are no hits this far down. <a");
        page_href(page, &to);
        html_markup(html, ">Go to the last page</a></p>\n");
        return;
    }
    html_markup(html, "<ul class=\"hints\">\n");
    if (page->request.filter_count || page->request.since.length || page->request.until.length) {
        page_request_clear(&to);
        html_markup(html, "<li><a");
        page_href(page, &to);
        html_markup(html, ">Search again without the filters</a></li>\n");
    }
    html_markup(html, "<li>Check the spelling, or use fewer and more general words.</li>\n"
                      "<li>End a word with * to find all words that begin so: <code>crim*</code></li>\n");
    page_request_init(&to);
    to.index = page->request.index;
    to.sort = SORT_NEWEST;
    html_markup(html, "<li><a");
    page_href(page, &to);
    html_markup(html, ">Look at all documents, the newest first</a></li>\n</ul>\n");
}

enum status page_results(struct page *page, struct error *error)
{
    struct search_request search;
    struct facet_request facets[FACETS_MAX];
    struct search_response response;
    struct html *html = page->html;
    page_search(&search, facets, page);
    enum status status = search_run(&response, page->searcher, &search, error);
    if (status) return status;
    struct span title = page->request.query;
    page_begin(page, &(struct page_frame){.title = title.length ? title : SPAN("All documents"),
                                          .alternates = true,
                                          .wide = response.total > 0 || page->request.filter_count});
    html_markup(html, "<div class=\"columns\">\n");
    page_facets(page, &response);
    html_markup(html, "<main id=\"main\" tabindex=\"-1\">\n");
    write_heading(page, &response);
    write_chips(page);
    write_notes(page, &response);
    if (response.hit_count) {
        html_markup(html, "<ol class=\"hits\"");
        if (page->request.start) html_attribute_number(html, "start", page->request.start + 1);
        html_markup(html, ">\n");
        for (size_t i = 0; i < response.hit_count; i++) write_hit(page, &response.hits[i]);
        html_markup(html, "</ol>\n");
        write_pages(page, response.total);
    } else {
        write_nothing(page, &response);
    }
    write_understood(page, &response);
    if (response.hit_count) write_ways(page);
    html_markup(html, "</main>\n</div>\n");
    page_end(page);
    search_response_release(&response);
    return OK;
}
