/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The column of facets: what the hits are made of, each value a link that adds it to the filters or takes it out. */
#include "searcher/cgi/chart.h"
#include "searcher/cgi/page.h"

#include <stdlib.h>
#include <string.h>

static void write_value(struct page *page, const struct facet *facet, const struct facet_value *value)
{
    struct html *html = page->html;
    struct page_request to = page->request;
    bool chosen = page_request_has(&to, facet->kind, value->value);
    if (chosen)
        page_request_remove(&to, facet->kind, value->value);
    else
        page_request_add(&to, facet->kind, value->value);
    html_markup(html, "<li><a");
    page_href(page, &to);
    if (chosen) html_markup(html, " class=\"on\"");
    html_markup(html, "><bdi>");
    page_value(html, facet->kind, value->value);
    html_markup(html, "</bdi>");
    if (chosen) html_markup(html, "<span class=\"unseen\"> (chosen: remove)</span>");
    html_markup(html, " <span class=\"n\">");
    html_number(html, value->count);
    html_markup(html, "</span></a></li>\n");
}

/* A chosen value that is not among those listed stays in sight, so that it can be taken out. */
static void write_chosen(struct page *page, const struct facet *facet, size_t listed)
{
    struct html *html = page->html;
    for (size_t i = 0; i < page->request.filter_count; i++) {
        const struct filter *filter = &page->request.filters[i];
        size_t k = 0;
        if (filter->kind != facet->kind) continue;
        while (k < listed && !span_equal(facet->values[k].value, filter->value)) k++;
        if (k < listed) continue;
        struct page_request to = page->request;
        page_request_remove(&to, filter->kind, filter->value);
        html_markup(html, "<li><a class=\"on\"");
        page_href(page, &to);
        html_markup(html, "><bdi>");
        page_value(html, filter->kind, filter->value);
        html_markup(html, "</bdi><span class=\"unseen\"> (chosen: remove)</span></a></li>\n");
    }
}

static int newest_first(const void *a, const void *b)
{
    return span_compare(((const struct facet_value *)b)->value, ((const struct facet_value *)a)->value);
}

static int by_year(const void *a, const void *b)
{
    return strcmp(((const struct chart_count *)a)->date, ((const struct chart_count *)b)->date);
}

static void write_chart(struct page *page, const struct facet *years)
{
    struct chart_count *counts = arena_take(&page->arena, (years->value_count + 1) * sizeof *counts);
    struct chart_bar bars[CHART_BARS_MAX];
    size_t count = 0;
    if (!counts) return;
    for (size_t i = 0; i < years->value_count; i++) {
        if (years->values[i].value.length != 4) continue;
        memcpy(counts[count].date, years->values[i].value.data, 4);
        counts[count].date[4] = '\0';
        counts[count++].count = years->values[i].count;
    }
    qsort(counts, count, sizeof *counts, by_year);
    count = chart_bars(bars, counts, count);
    if (count > 1) chart_write(page, bars, count, &page->request, "Documents");
}

/* Years are listed by time, not by count. */
static struct facet in_order(struct page *page, const struct facet *facet)
{
    struct facet sorted = *facet;
    struct facet_value *values = arena_take(&page->arena, (facet->value_count + 1) * sizeof *values);
    if (facet->kind != FACET_YEAR || !values || !facet->value_count) return sorted;
    memcpy(values, facet->values, facet->value_count * sizeof *values);
    qsort(values, facet->value_count, sizeof *values, newest_first);
    sorted.values = values;
    return sorted;
}

static void write_facet(struct page *page, const struct facet *counted)
{
    struct html *html = page->html;
    struct facet sorted = in_order(page, counted), *facet = &sorted;
    const struct facet_words *words = &facet_words[facet->kind];
    bool whole = page->request.more == facet->kind;
    size_t listed = facet->kind == FACET_YEAR && !whole && facet->value_count > 8 ? 8 : facet->value_count;
    if (!facet->distinct) return;
    html_markup(html, "<section");
    html_attribute(html, "class", span_of(words->class_name));
    html_markup(html, "><h3>");
    html_string(html, words->plural);
    if (facet->distinct > listed) {
        html_markup(html, " <span class=\"of\">");
        html_number(html, listed);
        html_markup(html, " of ");
        html_number(html, facet->distinct);
        html_markup(html, "</span>");
    }
    html_markup(html, "</h3>\n");
    if (facet->kind == FACET_YEAR) write_chart(page, facet);
    html_markup(html, "<ul>\n");
    write_chosen(page, facet, listed);
    for (size_t i = 0; i < listed; i++) write_value(page, facet, &facet->values[i]);
    html_markup(html, "</ul>\n");
    if (whole || facet->distinct > listed) {
        struct page_request to = page->request;
        to.more = whole ? FACET_COUNT : facet->kind;
        html_markup(html, "<p class=\"more\"><a");
        page_href(page, &to);
        if (whole)
            html_markup(html, ">Show fewer ");
        else
            html_markup(html, ">Show more ");
        html_string(html, words->plural);
        html_markup(html, "</a></p>\n");
    }
    html_markup(html, "</section>\n");
}

void page_facets(struct page *page, const struct search_response *response)
{
    /* Dates first, names next, and what only some readers need last. */
    static const enum facet_kind order[] = {FACET_YEAR,   FACET_ORGANIZATION, FACET_PERSON, FACET_PLACE,
                                            FACET_SOURCE, FACET_LANGUAGE,     FACET_TYPE};
    struct html *html = page->html;
    if (!response->total && !page->request.filter_count) return;
    html_markup(html, "<aside class=\"aside\" aria-label=\"Refine\">\n<details class=\"refine\"");
    if (page->request.more != FACET_COUNT) html_markup(html, " open");
    html_markup(html, "><summary><h2>Refine</h2>");
    if (page->request.filter_count) {
        html_markup(html, " <span class=\"n\">");
        html_number(html, page->request.filter_count);
        html_markup(html, " in force</span>");
    }
    html_markup(html, "</summary>\n<div class=\"facets\">\n");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t k = 0; k < response->facet_count; k++)
            if (response->facets[k].kind == order[i]) write_facet(page, &response->facets[k]);
    html_markup(html, "</div>\n</details>\n</aside>\n");
}
