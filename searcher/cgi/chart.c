/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A date as a number of years or months since year 0. */
static long number_of(const char *date)
{
    long year = strtol(date, NULL, 10);
    return date[4] == '-' ? year * 12 + strtol(date + 5, NULL, 10) - 1 : year;
}

static void date_of(char out[8], long number, bool months)
{
    unsigned year = (unsigned)(months ? number / 12 : number) % 10000u, month = (unsigned)number % 12u + 1;
    if (months)
        snprintf(out, 8, "%04u-%02u", year, month % 100u);
    else
        snprintf(out, 8, "%04u", year);
}

/* The least width of bars that gives few enough, and the start of the first of them. */
static long width_of(long *from, long first, long last, bool months)
{
    static const long by_month[] = {1, 2, 3, 6}, by_year[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    const long *widths = months ? by_month : by_year;
    size_t count = months ? sizeof by_month / sizeof *by_month : sizeof by_year / sizeof *by_year;
    for (size_t i = 0; i < count; i++) {
        *from = first / widths[i] * widths[i];
        if ((last - *from) / widths[i] < CHART_BARS_MAX) return widths[i];
    }
    return 0;
}

size_t chart_bars(struct chart_bar out[CHART_BARS_MAX], const struct chart_count *counts, size_t count)
{
    bool months;
    long from, width;
    if (!count) return 0;
    long first = number_of(counts[0].date), last = number_of(counts[count - 1].date);
    months = counts[0].date[4] == '-';
    width = width_of(&from, first, last, months);
    if (!width && months) { /* too long a time for months */
        first /= 12;
        last /= 12;
        width = width_of(&from, first, last, false);
        for (size_t i = 0; width && i < CHART_BARS_MAX; i++) out[i].count = 0;
        size_t bars = width ? (size_t)((last - from) / width) + 1 : 0;
        for (size_t i = 0; bars && i < count; i++)
            out[(number_of(counts[i].date) / 12 - from) / width].count += counts[i].count;
        for (size_t i = 0; i < bars; i++) {
            date_of(out[i].since, from + (long)i * width, false);
            date_of(out[i].until, from + (long)(i + 1) * width - 1, false);
        }
        return bars;
    }
    if (!width) return 0;
    size_t bars = (size_t)((last - from) / width) + 1;
    for (size_t i = 0; i < bars; i++) {
        date_of(out[i].since, from + (long)i * width, months);
        date_of(out[i].until, from + (long)(i + 1) * width - 1, months);
        out[i].count = 0;
    }
    for (size_t i = 0; i < count; i++) out[(number_of(counts[i].date) - from) / width].count += counts[i].count;
    return bars;
}

enum { WIDTH = 240, HEIGHT = 64 /* units of the drawing; a unit is about a pixel */ };

static void write_label(struct html *html, const struct chart_bar *bar)
{
    page_day(html, span_of(bar->since));
    if (strcmp(bar->since, bar->until) != 0) {
        html_markup(html, "–");
        page_day(html, span_of(bar->until));
    }
}

static void narrow(struct page_request *out, const struct page_request *to, const struct chart_bar *bar)
{
    *out = *to;
    out->since = span_of(bar->since);
    out->until = span_of(bar->until);
    out->start = 0;
}

static void write_attribute(struct html *html, const char *name, double value)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%.1f", value);
    html_attribute(html, name, (struct span){text, (size_t)length});
}

static void write_bar(struct page *page, const struct chart_bar *bar, size_t at, double width, uint64_t highest,
                      const struct page_request *to)
{
    struct html *html = page->html;
    struct page_request narrowed;
    double height = bar->count ? (double)bar->count * (HEIGHT - 3) / (double)highest + 2 : 0;
    if (!bar->count) return;
    narrow(&narrowed, to, bar);
    html_markup(html, "<a");
    page_href(page, &narrowed);
    html_markup(html, "><title>");
    write_label(html, bar);
    html_markup(html, ": ");
    html_number(html, bar->count);
    html_markup(html, "</title><rect class=\"room\"");
    write_attribute(html, "x", (double)at * width);
    write_attribute(html, "width", width);
    html_markup(html, " height=\"64\"/><rect class=\"bar\"");
    write_attribute(html, "x", (double)at * width + 1);
    write_attribute(html, "y", HEIGHT - height);
    write_attribute(html, "width", width - 2);
    write_attribute(html, "height", height);
    html_markup(html, "/></a>\n");
}

static void write_table(struct page *page, const struct chart_bar *bars, size_t count, const struct page_request *to,
                        const char *what)
{
    struct html *html = page->html;
    html_markup(html, "<details class=\"table\"><summary>As a table</summary>\n<table><thead><tr><th scope=\"col\">"
                      "Date</th><th scope=\"col\">");
    html_string(html, what);
    html_markup(html, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        struct page_request narrowed;
        if (!bars[i].count) continue;
        narrow(&narrowed, to, &bars[i]);
        html_markup(html, "<tr><th scope=\"row\"><a");
        page_href(page, &narrowed);
        html_markup(html, ">");
        write_label(html, &bars[i]);
        html_markup(html, "</a></th><td>");
        html_number(html, bars[i].count);
        html_markup(html, "</td></tr>\n");
    }
    html_markup(html, "</tbody></table></details>\n");
}

void chart_write(struct page *page, const struct chart_bar *bars, size_t count, const struct page_request *to,
                 const char *what)
{
    struct html *html = page->html;
    uint64_t highest = 1;
    double width = count > 4 ? (double)WIDTH / (double)count : (double)WIDTH / 5;
    for (size_t i = 0; i < count; i++)
        if (bars[i].count > highest) highest = bars[i].count;
    html_markup(html, "<div class=\"chart\"><svg viewBox=\"0 0 240 65\" role=\"group\" aria-label=\"Chart by date\">\n"
                      "<path class=\"axis\" d=\"M0 64.5H240\"/>\n");
    for (size_t i = 0; i < count; i++) write_bar(page, &bars[i], i, width, highest, to);
    html_markup(html, "</svg>\n<p class=\"ends\"><span>");
    page_day(html, span_of(bars[0].since));
    html_markup(html, "</span>");
    if (count > 1) {
        html_markup(html, "<span>");
        page_day(html, span_of(bars[count - 1].until));
        html_markup(html, "</span>");
    }
    html_markup(html, "</p>\n");
    write_table(page, bars, count, to, what);
    html_markup(html, "</div>\n");
}
