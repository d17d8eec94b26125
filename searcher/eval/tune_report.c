/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables and a plot of what tuning found. */
#include "searcher/eval/plot.h"
#include "searcher/eval/tune.h"

#include <stdlib.h>

void tune_write_text(struct writer *out, const struct tuning *tuning, const char *measure)
{
    writer_printf(out, "%s, %zu topics, %zu settings, %zu folds\n\n", measure, tuning->topic_count,
                  tuning->grid->settings, tuning->fold_count);
    writer_string(out, "fold  topics  chosen on the others  held out  setting\n");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        const struct tune_fold *fold = &tuning->folds[f];
        writer_printf(out, "%4zu  %6zu  %20.4f  %8.4f  ", f + 1, fold->topics, fold->train, fold->test);
        tune_grid_write(out, tuning->grid, fold->chosen);
        writer_string(out, "\n");
    }
    writer_printf(out,
                  "\nheld-out mean %.4f: what tuning gives on topics it has not seen\nsetting to use: ", tuning->mean);
    tune_grid_write(out, tuning->grid, tuning->best);
    writer_string(out, " (chosen on all topics)\n");
}

void tune_write_json(struct writer *out, const struct tuning *tuning, const char *measure)
{
    const struct tune_grid *grid = tuning->grid;
    writer_string(out, "{\"schema_version\": 1, \"measure\": ");
    writer_json(out, span_of(measure));
    writer_printf(out, ", \"topics\": %zu, \"held_out\": ", tuning->topic_count);
    writer_number(out, tuning->mean);
    writer_printf(out, ", \"best\": %zu,\n \"folds\": [", tuning->best);
    for (size_t f = 0; f < tuning->fold_count; f++) {
        writer_printf(out, "%s\n  {\"topics\": %zu, \"chosen\": %zu, \"others\": ", f ? "," : "",
                      tuning->folds[f].topics, tuning->folds[f].chosen);
        writer_number(out, tuning->folds[f].train);
        writer_string(out, ", \"held_out\": ");
        writer_number(out, tuning->folds[f].test);
        writer_string(out, "}");
    }
    writer_string(out, "],\n \"settings\": [");
    for (size_t setting = 0; setting < grid->settings; setting++) {
        writer_string(out, setting ? ",\n  {" : "\n  {");
        for (size_t i = 0; i < grid->count; i++) {
            writer_json(out, span_of(grid->parameters[i].name));
            writer_string(out, ": ");
            writer_number(out, tune_grid_value(grid, setting, i));
            writer_string(out, ", ");
        }
        writer_string(out, "\"mean over all topics\": ");
        writer_number(out, tuning_mean(tuning, setting));
        writer_string(out, "}");
    }
    writer_string(out, "]}\n");
}

/* The mean by the first parameter's value, a line for each combination of the others (the best of them, when there are
 * more than the plot can tell apart). */
static void plot_grid(struct writer *out, const struct tuning *tuning, const char *measure)
{
    const struct tune_grid *grid = tuning->grid;
    size_t points = grid->parameters[0].count, others = grid->settings / points;
    size_t shown = others < PLOT_SERIES_MAX ? others : PLOT_SERIES_MAX, around = tuning->best % others;
    size_t first = around >= shown / 2 ? around - shown / 2 : 0;
    if (first + shown > others) first = others - shown;
    double *means = calloc(shown * points, sizeof *means);
    struct plot_series *series = calloc(shown, sizeof *series);
    struct writer *labels = calloc(shown, sizeof *labels);
    for (size_t i = 0; labels && i < shown; i++) writer_init(&labels[i]);
    if (!means || !series || !labels) {
        out->status = NO_MEMORY;
        goto out;
    }
    for (size_t i = 0; i < shown; i++) {
        for (size_t k = 1; k < grid->count; k++)
            writer_printf(&labels[i], "%s%s=%.6g", k > 1 ? ", " : "", grid->parameters[k].name,
                          tune_grid_value(grid, first + i, k));
        for (size_t k = 0; k < points; k++) means[i * points + k] = tuning_mean(tuning, k * others + first + i);
        series[i] = (struct plot_series){.label = grid->count > 1 ? buffer_span(&labels[i].text) : span_of(measure),
                                         .values = &means[i * points]};
    }
    plot_lines(out, "Mean over all topics by setting", grid->parameters[0].name, measure, grid->parameters[0].values,
               points, series, shown, 0);
out:
    for (size_t i = 0; labels && i < shown; i++) writer_release(&labels[i]);
    free(labels);
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
                  "</h1>\n<p>%zu topics, %zu settings, %zu folds. Held-out mean: <strong>%.4f</strong>, the worth "
                  "of tuning on topics it has not seen. Setting to use, chosen on all topics: ",
                  tuning->topic_count, grid->settings, tuning->fold_count, tuning->mean);
    struct writer setting;
    writer_init(&setting);
    tune_grid_write(&setting, grid, tuning->best);
    writer_html(out, buffer_span(&setting.text));
    writer_string(out,
                  ".</p>\n<h2>Folds</h2>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">fold</th>"
                  "<th scope=\"col\" class=\"n\">topics</th><th scope=\"col\" class=\"n\">mean of the others</th>"
                  "<th scope=\"col\" class=\"n\">held out</th><th scope=\"col\">setting</th></tr></thead><tbody>\n");
    for (size_t f = 0; f < tuning->fold_count; f++) {
        const struct tune_fold *fold = &tuning->folds[f];
        writer_printf(out,
                      "<tr><th scope=\"row\">%zu</th><td class=\"n\">%zu</td><td class=\"n\">%.4f</td>"
                      "<td class=\"n\">%.4f</td><td>",
                      f + 1, fold->topics, fold->train, fold->test);
        buffer_clear(&setting.text);
        tune_grid_write(&setting, grid, fold->chosen);
        writer_html(out, buffer_span(&setting.text));
        writer_string(out, "</td></tr>\n");
    }
    writer_string(out, "</tbody></table></div>\n<h2>Settings</h2>\n<p>Means over all topics, those a setting was "
                       "chosen on included.</p>\n<figure>\n");
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
