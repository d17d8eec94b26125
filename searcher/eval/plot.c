/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/plot.h"

#include <math.h>

enum { WIDTH = 760, HEIGHT = 280, LEFT = 56, RIGHT = 12, TOP = 12, BOTTOM = 40, KEY_HEIGHT = 18, TICKS = 5 };

static const char STYLE[] =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--faint:#767676;--rule:#d9d9d9;--up:#1f6f9f;"
    "--down:#b3471d;--c0:#1f6f9f;--c1:#b3471d;--c2:#3d7a2a;--c3:#7a4fa3;--c4:#8a6d00;--c5:#a8326b;--c6:#2f7f7a;"
    "--c7:#5f5f5f}\n"
    "@media(prefers-color-scheme:dark){:root{--ground:#161616;--text:#e8e8e8;--faint:#a0a0a0;--rule:#3a3a3a;"
    "--up:#6db7e3;--down:#f0936b;--c0:#6db7e3;--c1:#f0936b;--c2:#93cf7c;--c3:#c3a1e6;--c4:#e0c050;--c5:#ee8ab7;"
    "--c6:#74cfc9;--c7:#b5b5b5}}\n"
    "body{background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;max-width:72rem;"
    "margin:0 auto;padding:1rem}\n"
    "h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2.5rem;border-top:1px solid var(--rule);padding-top:1rem}"
    "h3{font-size:1rem}\n"
    "table{border-collapse:collapse;margin:.5rem 0;font-size:.9rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.2rem .45rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}"
    "td.n,th.n{text-align:right}td.n{white-space:nowrap}thead th{vertical-align:bottom}"
    "td.t{max-width:32rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}details td.t{white-space:normal}\n"
    ".scroll{overflow-x:auto}svg{width:100%;height:auto;max-width:760px;display:block}\n"
    "svg text{fill:var(--text);font-size:12px}svg .faint{fill:var(--faint)}svg .rule{stroke:var(--rule)}"
    "svg .axis{stroke:var(--faint)}\n"
    "svg .up{fill:var(--up)}svg .down{fill:var(--down)}svg .line{fill:none;stroke-width:2}\n"
    "summary{cursor:pointer}figure{margin:1rem 0}figcaption{color:var(--faint);font-size:.9rem}\n";

void plot_style(struct writer *out)
{
    writer_string(out, STYLE);
    for (int i = 0; i < PLOT_SERIES_MAX; i++)
        writer_printf(out, "svg .f%d{fill:var(--c%d)}svg .s%d{stroke:var(--c%d)}", i, i, i, i);
    writer_string(out, "\n");
}

/* Where values are on the page. */
struct frame {
    double low, high; /* of the vertical scale */
    double height;    /* of the whole picture */
};

static double y_of(const struct frame *frame, double value)
{
    return TOP + (frame->high - value) / (frame->high - frame->low) * (HEIGHT - TOP - BOTTOM);
}

/* The next round number (1, 2, 2.5 or 5 times a power of ten) at or above [value]. */
static double round_up(double value)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(value)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (value <= steps[i] * power * (1 + 1e-9)) return steps[i] * power;
    return 10 * power;
}

static void begin(struct writer *out, const struct frame *frame, const char *title, const char *x_unit,
                  const char *y_unit)
{
    writer_printf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"", (int)WIDTH, frame->height);
    writer_html(out, span_of(title));
    writer_string(out, "\">\n");
    double step = round_up((frame->high - frame->low) / TICKS);
    for (double tick = ceil(frame->low / step - 1e-9) * step; tick <= frame->high + step * 1e-9; tick += step) {
        double y = y_of(frame, tick);
        writer_printf(out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                      fabs(tick) < step / 2 ? "axis" : "rule", (int)LEFT, (int)(WIDTH - RIGHT), y, y);
        writer_printf(out, "<text class=\"faint\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n", LEFT - 6,
                      y + 4, fabs(tick) < step / 2 ? 0 : tick);
    }
    writer_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6);
    writer_html(out, span_of(x_unit));
    writer_printf(out, "</text><text transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">",
                  (TOP + HEIGHT - BOTTOM) / 2);
    writer_html(out, span_of(y_unit));
    writer_string(out, "</text>\n");
}

static void write_key(struct writer *out, const struct plot_series *series, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int y = HEIGHT + (int)i * KEY_HEIGHT;
        writer_printf(out,
                      "<rect class=\"f%zu\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/><text x=\"%d\" y=\"%d\">",
                      i % PLOT_SERIES_MAX, (int)LEFT, y, LEFT + 18, y + 11);
        writer_html(out, series[i].label);
        writer_string(out, "</text>\n");
    }
}

static double number_or_0(double value)
{
    return isfinite(value) ? value : 0;
}

void plot_bars(struct writer *out, const char *title, const char *unit, const struct plot_bar *bars, size_t count)
{
    struct frame frame = {.height = HEIGHT};
    for (size_t i = 0; i < count; i++) {
        frame.low = fmin(frame.low, number_or_0(bars[i].height));
        frame.high = fmax(frame.high, number_or_0(bars[i].height));
    }
    if (frame.high <= frame.low) frame.high = 1;
    double step = round_up((frame.high - frame.low) / TICKS);
    frame.high = ceil(frame.high / step - 1e-9) * step;
    frame.low = floor(frame.low / step + 1e-9) * step;
    begin(out, &frame, title, "topics, from most gained to most lost", unit);
    double width = (double)(WIDTH - LEFT - RIGHT) / (double)(count ? count : 1);
    for (size_t i = 0; i < count; i++) {
        double value = number_or_0(bars[i].height), top = y_of(&frame, fmax(value, 0));
        writer_printf(out, "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>",
                      value < 0 ? "down" : "up", LEFT + width * (double)i, top, fmax(width * 0.9, 0.3),
                      y_of(&frame, fmin(value, 0)) - top);
        writer_html(out, bars[i].label);
        writer_printf(out, ": %+.4f</title></rect>\n", value);
    }
    writer_string(out, "</svg>\n");
}

static double highest(const struct plot_series *series, size_t series_count, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < series_count; i++)
        for (size_t k = 0; k < count; k++) most = fmax(most, number_or_0(series[i].values[k]));
    if (most <= 0) return 1;
    double step = round_up(most / TICKS);
    return ceil(most / step - 1e-9) * step;
}

/* A scale just wide enough for the values, on round numbers. */
static void fit(struct frame *frame, const struct plot_series *series, size_t series_count, size_t count)
{
    frame->low = INFINITY;
    frame->high = -INFINITY;
    for (size_t i = 0; i < series_count; i++)
        for (size_t k = 0; k < count; k++) {
            frame->low = fmin(frame->low, number_or_0(series[i].values[k]));
            frame->high = fmax(frame->high, number_or_0(series[i].values[k]));
        }
    if (!(frame->high - frame->low > 1e-9)) {
        frame->low = number_or_0(frame->low) - 0.05;
        frame->high = frame->low + 0.1;
    }
    for (int i = 0; i < 2; i++) { /* again, as the wider scale may want wider steps */
        double step = round_up((frame->high - frame->low) / TICKS);
        frame->low = floor(frame->low / step + 1e-9) * step;
        frame->high = ceil(frame->high / step - 1e-9) * step;
    }
}

void plot_lines(struct writer *out, const char *title, const char *x_unit, const char *y_unit, const double *positions,
                size_t count, const struct plot_series *series, size_t series_count, double y_max)
{
    struct frame frame = {.high = y_max > 0 ? y_max : highest(series, series_count, count),
                          .height = HEIGHT + KEY_HEIGHT * (double)series_count};
    if (y_max < 0) fit(&frame, series, series_count, count);
    begin(out, &frame, title, x_unit, y_unit);
    double first = positions[0], spread = positions[count - 1] > first ? positions[count - 1] - first : 1;
    double scale = (WIDTH - LEFT - RIGHT) / spread;
    size_t every = count / 12 + 1;
    for (size_t k = 0; k < count; k += every)
        writer_printf(out, "<text class=\"faint\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.4g</text>",
                      LEFT + (positions[k] - first) * scale, HEIGHT - BOTTOM + 16, positions[k]);
    for (size_t i = 0; i < series_count; i++) {
        writer_printf(out, "\n<polyline class=\"line s%zu\" points=\"", i % PLOT_SERIES_MAX);
        for (size_t k = 0; k < count; k++)
            writer_printf(out, "%.1f,%.1f ", LEFT + (positions[k] - first) * scale,
                          y_of(&frame, number_or_0(series[i].values[k])));
        writer_string(out, "\"><title>");
        writer_html(out, series[i].label);
        writer_string(out, "</title></polyline>");
    }
    writer_string(out, "\n");
    write_key(out, series, series_count);
    writer_string(out, "</svg>\n");
}

void plot_groups(struct writer *out, const char *title, const char *x_unit, const char *y_unit,
                 const struct span *labels, size_t count, const struct plot_series *series, size_t series_count)
{
    struct frame frame = {.high = highest(series, series_count, count),
                          .height = HEIGHT + KEY_HEIGHT * (double)series_count};
    begin(out, &frame, title, x_unit, y_unit);
    double group = (double)(WIDTH - LEFT - RIGHT) / (double)(count ? count : 1);
    double width = group * 0.85 / (double)(series_count ? series_count : 1);
    for (size_t k = 0; k < count; k++) {
        writer_printf(out, "<text class=\"faint\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
                      LEFT + group * ((double)k + 0.5), HEIGHT - BOTTOM + 16);
        writer_html(out, labels[k]);
        writer_string(out, "</text>\n");
        for (size_t i = 0; i < series_count; i++) {
            double value = number_or_0(series[i].values[k]), top = y_of(&frame, value);
            writer_printf(out, "<rect class=\"f%zu\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>",
                          i % PLOT_SERIES_MAX, LEFT + group * ((double)k + 0.075) + width * (double)i, top, width,
                          y_of(&frame, 0) - top);
            writer_html(out, series[i].label);
            writer_string(out, ", ");
            writer_html(out, labels[k]);
            writer_printf(out, ": %.4g</title></rect>\n", value);
        }
    }
    write_key(out, series, series_count);
    writer_string(out, "</svg>\n");
}
