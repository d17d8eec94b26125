/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables and a plot of what tuning found. */
#include "searcher/eval/plot.h"
#include "searcher/eval/tune.h"

#include <math.h>
#include <stdlib.h>

/* One p value for people: 0.0123, or 1.2e-05 where that shows nothing. */
static void write_p(struct writer *out, double p)
{
    writer_printf(out, isfinite(p) && p < 0.0001 ? "%.1e" : "%.4f", p);
}

/* What both tables of text say of the whole; [code] goes around settings. */
static void write_summary(struct writer *out, const struct tuning *tuning, const char *code, const char *line)
{
    const struct paired *gain = &tuning->gain;
    writer_printf(out, "held-out mean %.4f: what tuning gives on topics it has not seen%s", tuning->mean, line);
    writer_printf(out, "defaults of %s%s%s on the same topics %.4f: tuning is worth %+.4f (t-test p ", code,
                  tuning->grid->scheme, code, tuning->usual_mean, gain->mean);
    write_p(out, gain->t_p);
    writer_string(out, ", randomisation p ");
    write_p(out, gain->randomisation_p);
    writer_printf(out, ")%sto use: %s--rank ", line, code);
    tune_grid_write(out, tuning->grid, tuning->best);
    writer_printf(out, "%s (chosen on all topics)\n", code);
}

void tune_write_text(struct writer *out, const struct tuning *tuning, const char *measure)
{
    writer_printf(out, "%s, %zu topics, %zu settings, %zu folds\n\n", measure, tuning->topic_count,
                  tuning->grid->settings, tuning->fold_count);
    writer_string(out, "fold  topics  held out  setting chosen on the other folds\n");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        const struct tune_fold *fold = &tuning->folds[f];
        writer_printf(out, "%4zu  %6zu  %8.4f  ", f + 1, fold->topics, fold->test);
        tune_grid_write(out, tuning->grid, fold->chosen);
        writer_string(out, "\n");
    }
    writer_string(out, "\n");
    write_summary(out, tuning, "", "\n");
}

void tune_write_markdown(struct writer *out, const struct tuning *tuning, const char *measure)
{
    writer_markdown(out, span_of(measure));
    writer_printf(out, ", %zu topics, %zu settings, %zu folds\n\n", tuning->topic_count, tuning->grid->settings,
                  tuning->fold_count);
    writer_string(out, "| fold | topics | held out | setting chosen on the other folds |\n|--:|--:|--:|---|\n");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        const struct tune_fold *fold = &tuning->folds[f];
        writer_printf(out, "| %zu | %zu | %.4f | `", f + 1, fold->topics, fold->test);
        tune_grid_write(out, tuning->grid, fold->chosen);
        writer_string(out, "` |\n");
    }
    writer_string(out, "\n");
    write_summary(out, tuning, "`", "  \n");
}

static void write_rank(struct writer *out, const struct tune_grid *grid, size_t setting)
{
    struct writer rank;
    writer_init(&rank);
    tune_grid_write(&rank, grid, setting);
    writer_json(out, buffer_span(&rank.text));
    writer_release(&rank);
}

static void write_number(struct writer *out, const char *name, double number)
{
    writer_string(out, name);
    writer_number(out, number);
}

void tune_write_json(struct writer *out, const struct tuning *tuning, const char *measure)
{
    const struct tune_grid *grid = tuning->grid;
    writer_string(out, "{\"schema_version\": 1, \"measure\": ");
    writer_json(out, span_of(measure));
    writer_printf(out, ", \"topics\": %zu, \"rank\": ", tuning->topic_count);
    write_rank(out, grid, tuning->best);
    write_number(out, ", \"held_out\": ", tuning->mean);
    write_number(out, ",\n \"defaults\": {\"held_out\": ", tuning->usual_mean);
    write_number(out, ", \"difference\": ", tuning->gain.mean);
    write_number(out, ", \"low\": ", tuning->gain.low);
    write_number(out, ", \"high\": ", tuning->gain.high);
    write_number(out, ", \"t_p\": ", tuning->gain.t_p);
    write_number(out, ", \"wilcoxon_p\": ", tuning->gain.wilcoxon_p);
    write_number(out, ", \"randomisation_p\": ", tuning->gain.randomisation_p);
    writer_string(out, "},\n \"folds\": [");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        writer_printf(out, "%s\n  {\"topics\": %zu, \"rank\": ", f ? "," : "", tuning->folds[f].topics);
        write_rank(out, grid, tuning->folds[f].chosen);
        write_number(out, ", \"held_out\": ", tuning->folds[f].test);
        writer_string(out, "}");
    }
    writer_string(out, "],\n \"settings\": [");
    for (size_t setting = 0; setting < grid->settings; setting++) {
        writer_string(out, setting ? ",\n  {\"rank\": " : "\n  {\"rank\": ");
        write_rank(out, grid, setting);
        write_number(out, ", \"mean_of_all_topics\": ", tuning_mean(tuning, setting));
        writer_string(out, "}");
    }
    writer_string(out, "]}\n");
}

/* The setting with value [k] of parameter [axis], and combination [other] of the rest. */
static size_t setting_at(const struct tune_grid *grid, size_t axis, size_t k, size_t other)
{
    size_t stride = 1;
    for (size_t i = axis + 1; i < grid->count; i++) stride *= grid->parameters[i].count;
    return (other / stride * grid->parameters[axis].count + k) * stride + other % stride;
}

/* The places of a parameter's values from the least to the greatest; NULL when out of memory. */
static size_t *rising(const struct tune_parameter *parameter)
{
    size_t *order = calloc(parameter->count, sizeof *order);
    for (size_t i = 0; order && i < parameter->count; i++) {
        size_t at = i;
        for (; at && parameter->values[order[at - 1]] > parameter->values[i]; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

/* The mean by a parameter's value, a line for each combination of the others (those around the best of them, when there
 * are more than the plot can tell apart). */
static void plot_grid(struct writer *out, const struct tuning *tuning, const char *measure)
{
    const struct tune_grid *grid = tuning->grid;
    size_t axis = 0;
    while (axis + 1 < grid->count && grid->parameters[axis].count == 1) axis++;
    size_t points = grid->parameters[axis].count, others = grid->settings / points, around = 0;
    size_t shown = others < PLOT_SERIES_MAX ? others : PLOT_SERIES_MAX;
    for (size_t i = 0; i < others; i++)
        for (size_t k = 0; k < points; k++)
            if (setting_at(grid, axis, k, i) == tuning->best) around = i;
    size_t first = around >= shown / 2 ? around - shown / 2 : 0;
    if (first + shown > others) first = others - shown;
    size_t *order = rising(&grid->parameters[axis]);
    double *means = calloc((shown + 1) * points, sizeof *means), *positions = &means[shown * points];
    struct plot_series *series = calloc(shown, sizeof *series);
    struct writer *labels = calloc(shown, sizeof *labels);
    for (size_t i = 0; labels && i < shown; i++) writer_init(&labels[i]);
    if (!order || !means || !series || !labels) {
        out->status = NO_MEMORY;
        goto out;
    }
    for (size_t i = 0; i < shown; i++) {
        for (size_t k = 0; k < grid->count; k++)
            if (k != axis && grid->parameters[k].count > 1)
                writer_printf(&labels[i], "%s%s=%.6g", labels[i].text.length ? ", " : "", grid->parameters[k].name,
                              tune_grid_value(grid, setting_at(grid, axis, 0, first + i), k));
        if (!labels[i].text.length) writer_string(&labels[i], measure);
        for (size_t k = 0; k < points; k++)
            means[i * points + k] = tuning_mean(tuning, setting_at(grid, axis, order[k], first + i));
        series[i] = (struct plot_series){.label = buffer_span(&labels[i].text), .values = &means[i * points]};
    }
    for (size_t k = 0; k < points; k++) positions[k] = grid->parameters[axis].values[order[k]];
    plot_lines(out, "Mean over all topics by setting", grid->parameters[axis].name, measure, positions, points, series,
               shown, -1);
out:
    for (size_t i = 0; labels && i < shown; i++) writer_release(&labels[i]);
    free(labels);
    free(order);
    free(means);
    free(series);
}

void tune_write_html(struct writer *out, const struct tuning *tuning, const char *measure)
{
    const struct tune_grid *grid = tuning->grid;
    writer_string(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>Tuning</title>\n<style>\n");
    plot_style(out);
    writer_string(out, "</style>\n</head>\n<body>\n<h1>Tuning for ");
    writer_html(out, span_of(measure));
    writer_printf(out,
                  "</h1>\n<p>%zu topics, %zu settings, %zu folds. Held-out mean <strong>%.4f</strong>: what tuning "
                  "gives on topics it has not seen. The defaults of <code>",
                  tuning->topic_count, grid->settings, tuning->fold_count, tuning->mean);
    writer_html(out, span_of(grid->scheme));
    writer_printf(out, "</code> give %.4f on the same topics: tuning is worth <strong>%+.4f</strong> (t-test p ",
                  tuning->usual_mean, tuning->gain.mean);
    write_p(out, tuning->gain.t_p);
    writer_string(out, ").</p>\n<p>To use, chosen on all topics: <code>--rank ");
    struct writer setting;
    writer_init(&setting);
    tune_grid_write(&setting, grid, tuning->best);
    writer_html(out, buffer_span(&setting.text));
    writer_string(
        out, "</code></p>\n<h2>Folds</h2>\n<p>Each fold is scored by the setting that did best on the others.</p>\n"
             "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">fold</th>"
             "<th scope=\"col\" class=\"n\">topics</th><th scope=\"col\" class=\"n\">held out</th>"
             "<th scope=\"col\">setting</th></tr></thead><tbody>\n");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        const struct tune_fold *fold = &tuning->folds[f];
        writer_printf(out, "<tr><th scope=\"row\">%zu</th><td class=\"n\">%zu</td><td class=\"n\">%.4f</td><td><code>",
                      f + 1, fold->topics, fold->test);
        buffer_clear(&setting.text);
        tune_grid_write(&setting, grid, fold->chosen);
        writer_html(out, buffer_span(&setting.text));
        writer_string(out, "</code></td></tr>\n");
    }
    writer_string(out, "</tbody></table></div>\n<h2>Settings</h2>\n<p>The mean of each setting over all topics. "
                       "The highest of many means flatters itself: what to expect of new topics is the held-out mean "
                       "above.</p>\n<figure>\n");
    plot_grid(out, tuning, measure);
    writer_string(out, "<details><summary>The numbers</summary><div class=\"scroll\"><table><thead><tr>"
                       "<th scope=\"col\">setting</th><th scope=\"col\" class=\"n\">mean</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < grid->settings; i++) {
        buffer_clear(&setting.text);
        tune_grid_write(&setting, grid, i);
        writer_string(out, "<tr><th scope=\"row\">");
        writer_html(out, buffer_span(&setting.text));
        writer_printf(out, "</th><td class=\"n\">%.4f</td></tr>\n", tuning_mean(tuning, i));
    }
    writer_release(&setting);
    writer_string(out, "</tbody></table></div></details>\n</figure>\n</body>\n</html>\n");
}
