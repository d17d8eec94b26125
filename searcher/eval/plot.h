/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plots as SVG inside an HTML page: colours come from the page's style sheet (plot_style), nothing from outside.
 *
 * Takes numbers and labels; gives markup, escaped; every plot is meant to stand beside a table with its numbers.
 */
#ifndef EVAL_PLOT_H
#define EVAL_PLOT_H

#include "searcher/eval/writer.h"

enum { PLOT_SERIES_MAX = 8 /* colours that can be told apart; more series take them in turn */ };

/* Appends the CSS rules of plots and tables, light and dark. */
void plot_style(struct writer *out);

struct plot_bar {
    struct span label; /* shown when pointed at */
    double height;     /* of either sign; not a number counts as 0 */
};

/* Bars from left to right, up and down from 0. [title] says what is shown; it is the plot's text for those who do not
 * see it. */
void plot_bars(struct writer *out, const char *title, const char *unit, const struct plot_bar *bars, size_t count);

struct plot_series {
    struct span label;
    const double *values; /* as many as there are positions */
};

/* Lines over [positions] (rising), with a key. [y_max] is the top of the scale, from 0; 0 takes the highest
 * value, and a negative one a scale from about the lowest value to the highest. */
void plot_lines(struct writer *out, const char *title, const char *x_unit, const char *y_unit, const double *positions,
                size_t count, const struct plot_series *series, size_t series_count, double y_max);

/* Groups of bars, one group a position, one bar a series, with a key. [labels] names the positions. */
void plot_groups(struct writer *out, const char *title, const char *x_unit, const char *y_unit,
                 const struct span *labels, size_t count, const struct plot_series *series, size_t series_count);

#endif
