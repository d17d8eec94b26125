/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bar charts of counts over time, as SVG whose bars are links, with a table that says the same.
 *
 * Takes counts by year or month; gives at most CHART_BARS_MAX bars of equal width; never leaves a count out.
 */
#ifndef CGI_CHART_H
#define CGI_CHART_H

#include "searcher/cgi/page.h"

enum { CHART_BARS_MAX = 10 /* a bar is a target of at least 24 pixels in a column of 15 em (WCAG 2.2, 2.5.8) */ };

/* A count for a year ("2014") or a month ("2014-10"). */
struct chart_count {
    char date[8];
    uint64_t count;
};

/* A bar: dates from [since] to [until], both included. */
struct chart_bar {
    char since[8], until[8];
    uint64_t count;
};

/* Puts [counts], all years or all months, ascending, into bars: each of 1, 2, 3 or 6 months, or 1, 2, 5, 10, 20, 50 …
 * years. Gaps are bars of 0. Returns how many, 0 for no count. */
size_t chart_bars(struct chart_bar out[CHART_BARS_MAX], const struct chart_count *counts, size_t count);

/* Writes the chart and, in a disclosure, the table. [to] is the request that a bar narrows to its dates. [what] is
 * counted: "documents". */
void chart_write(struct page *page, const struct chart_bar *bars, size_t count, const struct page_request *to,
                 const char *what);

#endif
