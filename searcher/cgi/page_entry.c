/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entry page: what there is to be found, so that nobody faces an empty box. */
#include "searcher/cgi/page.h"
#include "searcher/info.h"

#include <string.h>

enum { NEWEST = 6, NAMES = 12 };

static void write_day(struct html *html, const char day[9])
{
    char date[11] = {day[0], day[1], day[2], day[3], '-', day[4], day[5], '-', day[6], day[7], '\0'};
    page_time(html, span_of(date));
}

static void write_holdings(struct page *page, const struct index_info *info, const struct search_response *all)
{
    struct html *html = page->html;
    html_markup(html, "<h1>");
    page_count(html, info->documents, "document", "documents");
    if (info->first[0]) {
        html_markup(html, "<span class=\"shown\">, ");
        write_day(html, info->first);
        html_markup(html, " to ");
        write_day(html, info->last);
        html_markup(html, "</span>");
    }
    html_markup(html, "</h1>\n");
    if (page->config->description.length) {
        html_markup(html, "<p class=\"description\" dir=\"auto\">");
        html_text(html, page->config->description);
        html_markup(html, "</p>\n");
    }
    html_markup(html, "<ul class=\"holdings\">\n");
    for (size_t i = 0; i < all->facet_count; i++) {
        const struct facet *facet = &all->facets[i];
        if (!facet->distinct) continue;
        html_markup(html, "<li><b>");
        html_number(html, facet->distinct);
        html_markup(html, "</b> ");
        html_string(html, facet->distinct == 1 ? facet_words[facet->kind].singular : facet_words[facet->kind].plural);
        html_markup(html, "</li>\n");
    }
    html_markup(html, "</ul>\n");
}

static void write_newest(struct page *page, const struct search_response *all)
{
    struct html *html = page->html;
    struct page_request to = page->request;
    if (!all->hit_count) {
        html_markup(html, "<p>The index is empty: its keeper has yet to put documents in.</p>\n");
        return;
    }
    html_markup(html, "<section class=\"newest\">\n<h2>Newest documents</h2>\n<ol>\n");
    for (size_t i = 0; i < all->hit_count; i++) page_entry_of(page, &all->hits[i]);
    to.sort = SORT_NEWEST;
    html_markup(html, "</ol>\n<p class=\"more\"><a");
    page_href(page, &to);
    html_markup(html, ">All documents, the newest first</a></p>\n</section>\n");
}

static void write_names(struct page *page, const struct search_response *all)
{
    struct html *html = page->html;
    for (size_t i = 0; i < all->facet_count; i++) {
        const struct facet *facet = &all->facets[i];
        bool names = facet->kind == FACET_ORGANIZATION || facet->kind == FACET_PERSON || facet->kind == FACET_PLACE;
        if (!names || !facet->value_count) continue;
        html_markup(html, "<section");
        html_attribute(html, "class", span_of(facet_words[facet->kind].class_name));
        html_markup(html, "><h3>");
        html_string(html, facet_words[facet->kind].plural);
        html_markup(html, "</h3>\n<ul>\n");
        for (size_t k = 0; k < facet->value_count; k++) {
            html_markup(html, "<li><a");
            page_href_name(page, facet->kind, facet->values[k].value);
            html_markup(html, "><bdi>");
            html_text(html, facet->values[k].value);
            html_markup(html, "</bdi> <span class=\"n\">");
            html_number(html, facet->values[k].count);
            html_markup(html, "</span></a></li>\n");
        }
        html_markup(html, "</ul>\n</section>\n");
    }
}

enum status page_entry(struct page *page, struct error *error)
{
    static const struct facet_request facets[] = {{.kind = FACET_ORGANIZATION, .values = NAMES},
                                                  {.kind = FACET_PERSON, .values = NAMES},
                                                  {.kind = FACET_PLACE, .values = NAMES},
                                                  {.kind = FACET_SOURCE, .values = 0},
                                                  {.kind = FACET_LANGUAGE, .values = 0}};
    struct html *html = page->html;
    struct search_request search;
    struct search_response all;
    struct index_info info;
    search_request_init(&search);
    search.count = NEWEST;
    search.sort = SORT_NEWEST;
    search.snippet_bytes = 0;
    search.facets = facets;
    search.facet_count = sizeof facets / sizeof *facets;
    enum status status = search_run(&all, page->searcher, &search, error);
    if (status) return status;
    status = index_state(&info, searcher_reader(page->searcher), error);
    if (!status) {
        page_begin(page, &(struct page_frame){0});
        html_markup(html, "<main id=\"main\" class=\"entry\" tabindex=\"-1\">\n");
        write_holdings(page, &info, &all);
        write_newest(page, &all);
        html_markup(html, "<div class=\"names-often\">\n<h2>Names that occur most</h2>\n<div class=\"facets\">\n");
        write_names(page, &all);
        html_markup(html, "</div>\n</div>\n</main>\n");
        page_end(page);
    }
    search_response_release(&all);
    return status;
}
