/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A comparison as one self-contained page: tables, and plots with their numbers beside them. */
#include "searcher/eval/compare.h"
#include "searcher/eval/plot.h"

#include <math.h>
#include <stdlib.h>

enum { BINS = 10, TITLE_BYTES = 256 };

static void cell_p(struct writer *out, double p, double holm, bool several)
{
    writer_string(out, "<td class=\"n\">");
    for (int i = 0; i < (several ? 2 : 1); i++) {
        double value = i ? holm : p;
        writer_string(out, i ? " (" : "");
        if (isnan(value))
            writer_string(out, "n/a");
        else
            writer_printf(out, value < 1e-4 ? "%.1e" : "%.4f", value);
        writer_string(out, i ? ")" : "");
    }
    writer_string(out, "</td>");
}

static void table_start(struct writer *out, const char *const *heads, size_t count)
{
    writer_string(out, "<div class=\"scroll\"><table><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        writer_string(out, i ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        writer_html(out, span_of(heads[i]));
        writer_string(out, "</th>");
    }
    writer_string(out, "</tr></thead><tbody>\n");
}

static void table_end(struct writer *out)
{
    writer_string(out, "</tbody></table></div>\n");
}

static void table_runs(struct writer *out, const struct comparison *comparison, const struct compared_measure *measure)
{
    static const char *const heads[] = {"run",          "mean",       "difference",
                                        "95% interval", "effect",     "wins / ties / losses",
                                        "t-test p",     "Wilcoxon p", "randomisation p"};
    bool several = comparison->run_count > 2;
    table_start(out, heads, sizeof heads / sizeof *heads);
    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct contest *contest = &measure->contests[run];
        const struct paired *test = &contest->test;
        writer_string(out, "<tr><th scope=\"row\">");
        comparison_label(out, comparison, run, writer_html);
        writer_printf(out, "</th><td class=\"n\">%.4f</td>", measure->means[run]);
        if (run == 0) {
            writer_string(out, "<td colspan=\"7\">baseline</td></tr>\n");
            continue;
        }
        writer_printf(out,
                      "<td class=\"n\">%+.4f</td><td class=\"n\">[%+.4f, %+.4f]</td><td class=\"n\">%+.3f</td>"
                      "<td class=\"n\">%zu / %zu / %zu</td>",
                      test->mean, test->low, test->high, test->effect, test->wins, test->ties, test->losses);
        cell_p(out, test->t_p, contest->t_holm, several);
        cell_p(out, test->wilcoxon_p, contest->wilcoxon_holm, several);
        cell_p(out, test->randomisation_p, contest->randomisation_holm, several);
        writer_string(out, "</tr>\n");
    }
    table_end(out);
}

/* The label of each run as a span of its own buffer. */
struct labels {
    struct writer *texts;
    size_t count;
};

static void plain(struct writer *out, struct span text)
{
    if (out->status == OK) out->status = buffer_append_span(&out->text, text);
}

static bool labels_make(struct labels *labels, const struct comparison *comparison)
{
    *labels = (struct labels){.texts = calloc(comparison->run_count, sizeof *labels->texts)};
    if (!labels->texts) return false;
    labels->count = comparison->run_count;
    bool good = true;
    for (size_t i = 0; i < labels->count; i++) {
        writer_init(&labels->texts[i]);
        comparison_label(&labels->texts[i], comparison, i, plain);
        good = good && labels->texts[i].status == OK;
    }
    return good;
}

static void labels_release(struct labels *labels)
{
    for (size_t i = 0; i < labels->count; i++) writer_release(&labels->texts[i]);
    free(labels->texts);
}

static struct span label(const struct labels *labels, size_t run)
{
    return buffer_span(&labels->texts[run].text);
}

static void topic_row(struct writer *out, const struct comparison *comparison, size_t run,
                      const struct compared_measure *measure, size_t place)
{
    double base = comparison_value(comparison, 0, place, measure->value);
    double value = comparison_value(comparison, run, place, measure->value);
    struct span text = comparison_topic_text(comparison, place);
    writer_string(out, "<tr><th scope=\"row\">");
    writer_html(out, comparison_topic_name(comparison, place));
    if (comparison->options.texts) {
        writer_string(out, "</th><td class=\"t\" title=\"");
        writer_html(out, text);
        writer_string(out, "\">");
        writer_html(out, text);
        writer_string(out, "</td>");
    } else {
        writer_string(out, "</th>");
    }
    writer_printf(out, "<td class=\"n\">%.4f</td><td class=\"n\">%.4f</td><td class=\"n\">%+.4f</td></tr>\n", base,
                  value, value - base);
}

/* A table of the first [last] topics of [order], and of those from [next] on. */
static void topic_rows(struct writer *out, const struct comparison *comparison, size_t run,
                       const struct compared_measure *measure, const size_t *order, size_t last, size_t next)
{
    writer_printf(out,
                  "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">topic</th>%s<th scope=\"col\" "
                  "class=\"n\">baseline</th><th scope=\"col\" class=\"n\">run</th><th scope=\"col\" "
                  "class=\"n\">difference</th></tr></thead><tbody>\n",
                  comparison->options.texts ? "<th scope=\"col\">text</th>" : "");
    for (size_t i = 0; i < last; i++) topic_row(out, comparison, run, measure, order[i]);
    for (size_t i = next; i < comparison->topic_count; i++) topic_row(out, comparison, run, measure, order[i]);
    table_end(out);
}

/* The topics that gained and lost most, for all to see, and all of them for those who ask. */
static void topic_tables(struct writer *out, const struct comparison *comparison, size_t run,
                         const struct compared_measure *measure, const size_t *order)
{
    const struct paired *test = &measure->contests[run].test;
    size_t moved = comparison->options.moved, count = comparison->topic_count;
    size_t up = test->wins < moved ? test->wins : moved, down = test->losses < moved ? test->losses : moved;
    if (up + down) {
        writer_string(out, "<h3>Topics that moved most</h3>\n");
        topic_rows(out, comparison, run, measure, order, up, count - down);
    }
    writer_string(out, "<details><summary>The numbers by topic</summary>\n");
    topic_rows(out, comparison, run, measure, order, count, count);
    writer_string(out, "</details>\n");
}

static void plot_differences(struct writer *out, const struct comparison *comparison, const struct labels *labels,
                             const struct compared_measure *measure)
{
    for (size_t run = 1; run < comparison->run_count; run++) {
        size_t *order = comparison_order(comparison, run, measure);
        struct plot_bar *bars = calloc(comparison->topic_count, sizeof *bars);
        if (!order || !bars) out->status = NO_MEMORY;
        for (size_t i = 0; order && bars && i < comparison->topic_count; i++)
            bars[i] = (struct plot_bar){.label = comparison_topic_name(comparison, order[i]),
                                        .height = comparison_value(comparison, run, order[i], measure->value) -
                                                  comparison_value(comparison, 0, order[i], measure->value)};
        if (order && bars) {
            char title[TITLE_BYTES];
            snprintf(title, sizeof title, "Difference in %.60s by topic, %.100s against the baseline", measure->name,
                     labels->texts[run].text.data);
            writer_string(out, "<figure><figcaption>");
            writer_html(out, span_of(title));
            writer_string(out, "</figcaption>\n");
            plot_bars(out, title, "difference", bars, comparison->topic_count);
            topic_tables(out, comparison, run, measure, order);
            writer_string(out, "</figure>\n");
        }
        free(order);
        free(bars);
    }
}

/* Heads "position, run, run…" and a row a position. */
static void table_series(struct writer *out, const char *position, const struct span *labels, size_t count,
                         const struct plot_series *series, size_t series_count, const char *format)
{
    writer_string(out,
                  "<details><summary>The numbers</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">");
    writer_html(out, span_of(position));
    writer_string(out, "</th>");
    for (size_t i = 0; i < series_count; i++) {
        writer_string(out, "<th scope=\"col\" class=\"n\">");
        writer_html(out, series[i].label);
        writer_string(out, "</th>");
    }
    writer_string(out, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < count; k++) {
        writer_string(out, "<tr><th scope=\"row\">");
        writer_html(out, labels[k]);
        writer_string(out, "</th>");
        for (size_t i = 0; i < series_count; i++) {
            char number[40];
            snprintf(number, sizeof number, format, series[i].values[k]);
            writer_printf(out, "<td class=\"n\">%s</td>", number);
        }
        writer_string(out, "</tr>\n");
    }
    table_end(out);
    writer_string(out, "</details>\n");
}

/* Topics in ten equal parts of the range from 0 (or the lowest value) to 1 (or the highest). */
static void plot_distribution(struct writer *out, const struct comparison *comparison, const struct labels *runs,
                              const struct compared_measure *measure)
{
    size_t run_count = comparison->run_count;
    double *counts = calloc(run_count * BINS, sizeof *counts), low = 0, high = 1;
    struct plot_series *series = calloc(run_count, sizeof *series);
    char names[BINS][48];
    struct span labels[BINS];
    if (!counts || !series) {
        out->status = NO_MEMORY;
        goto out;
    }
    for (size_t run = 0; run < run_count; run++)
        for (size_t i = 0; i < comparison->topic_count; i++) {
            double value = comparison_value(comparison, run, i, measure->value);
            if (!isfinite(value)) continue;
            low = fmin(low, value);
            high = fmax(high, value);
        }
    for (size_t bin = 0; bin < BINS; bin++) {
        double step = (high - low) / BINS;
        snprintf(names[bin], sizeof names[bin], "%.3g–%.3g", low + step * (double)bin, low + step * (double)(bin + 1));
        labels[bin] = span_of(names[bin]);
    }
    for (size_t run = 0; run < run_count; run++) {
        series[run] = (struct plot_series){.label = label(runs, run), .values = &counts[run * BINS]};
        for (size_t i = 0; i < comparison->topic_count; i++) {
            double value = comparison_value(comparison, run, i, measure->value);
            if (!isfinite(value)) continue;
            size_t bin = (size_t)((value - low) / (high - low) * BINS);
            counts[run * BINS + (bin < BINS ? bin : BINS - 1)]++;
        }
    }
    char title[TITLE_BYTES];
    snprintf(title, sizeof title, "Distribution of %.60s over the topics", measure->name);
    writer_string(out, "<figure><figcaption>");
    writer_html(out, span_of(title));
    writer_string(out, "</figcaption>\n");
    plot_groups(out, title, measure->name, "topics", labels, BINS, series, run_count);
    table_series(out, measure->name, labels, BINS, series, run_count, "%.0f");
    writer_string(out, "</figure>\n");
out:
    free(counts);
    free(series);
}

static void plot_curves(struct writer *out, const struct comparison *comparison, const struct labels *runs)
{
    const struct selected *curve = comparison->curve;
    size_t points = curve->count, run_count = comparison->run_count;
    double *means = calloc(run_count * points, sizeof *means);
    struct plot_series *series = calloc(run_count, sizeof *series);
    struct span *labels = calloc(points, sizeof *labels);
    char(*names)[24] = calloc(points, sizeof *names);
    if (!means || !series || !labels || !names) {
        out->status = NO_MEMORY;
        goto out;
    }
    for (size_t k = 0; k < points; k++) {
        snprintf(names[k], sizeof names[k], "%.2f", curve->parameters.numbers[k]);
        labels[k] = span_of(names[k]);
    }
    for (size_t run = 0; run < run_count; run++) {
        series[run] = (struct plot_series){.label = label(runs, run), .values = &means[run * points]};
        for (size_t k = 0; k < points; k++) {
            for (size_t i = 0; i < comparison->topic_count; i++)
                means[run * points + k] += comparison_value(comparison, run, i, curve->first + k);
            means[run * points + k] /= (double)comparison->topic_count;
        }
    }
    static const char title[] = "Interpolated precision at levels of recall, mean over the topics";
    writer_string(out, "<h2>Recall and precision</h2>\n<figure><figcaption>");
    writer_html(out, span_of(title));
    writer_string(out, "</figcaption>\n");
    plot_lines(out, title, "recall", "precision", curve->parameters.numbers, points, series, run_count, 1);
    table_series(out, "recall", labels, points, series, run_count, "%.4f");
    writer_string(out, "</figure>\n");
out:
    free(means);
    free(series);
    free(labels);
    free(names);
}

void compare_write_html(struct writer *out, const struct comparison *comparison)
{
    struct labels labels;
    if (!labels_make(&labels, comparison)) out->status = NO_MEMORY;
    writer_string(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>Comparison of runs</title>\n<style>\n");
    plot_style(out);
    writer_printf(out,
                  "</style>\n</head>\n<body>\n<h1>Comparison of %zu runs over %zu topics</h1>\n<p>The baseline is ",
                  comparison->run_count, comparison->topic_count);
    comparison_label(out, comparison, 0, writer_html);
    writer_printf(out,
                  ". p values are two-sided%s; the randomisation test drew %zu samples (seed %llu) where it could "
                  "not try every assignment of signs. Intervals hold 95%% of %d bootstrap samples of the mean "
                  "difference; the effect is the mean difference over its standard deviation.</p>\n",
                  comparison->run_count > 2 ? ", those in brackets corrected after Holm over the runs" : "",
                  comparison->options.samples, (unsigned long long)comparison->options.seed, (int)BOOTSTRAP_SAMPLES);
    for (size_t i = 0; i < comparison->measure_count && out->status == OK; i++) {
        writer_string(out, "<h2>");
        writer_html(out, span_of(comparison->measures[i].name));
        writer_string(out, "</h2>\n");
        table_runs(out, comparison, &comparison->measures[i]);
        plot_differences(out, comparison, &labels, &comparison->measures[i]);
        plot_distribution(out, comparison, &labels, &comparison->measures[i]);
    }
    if (comparison->curve && out->status == OK) plot_curves(out, comparison, &labels);
    writer_string(out, "</body>\n</html>\n");
    labels_release(&labels);
}
