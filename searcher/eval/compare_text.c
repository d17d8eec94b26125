/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A comparison as text, as Markdown and as JSON. */
#include "searcher/eval/compare.h"

#include <math.h>
#include <stdlib.h>

enum { TEXT_SHOWN = 100 }; /* bytes of a topic's text on a line */

static void plain(struct writer *out, struct span text)
{
    writer_printf(out, "%.*s", (int)text.length, text.data ? text.data : "");
}

/* A p value: never "0.000". */
static void write_p(struct writer *out, double p, int width)
{
    char text[32];
    if (isnan(p))
        snprintf(text, sizeof text, "n/a");
    else if (p < 1e-4)
        snprintf(text, sizeof text, "%.1e", p);
    else
        snprintf(text, sizeof text, "%.4f", p);
    writer_printf(out, "%*s", width, text);
}

static void write_moved(struct writer *out, const struct comparison *comparison, size_t run,
                        const struct compared_measure *measure,
                        void (*line)(struct writer *, const struct comparison *, size_t place, double difference))
{
    size_t *order = comparison_order(comparison, run, measure), count = comparison->topic_count;
    if (!order) {
        out->status = NO_MEMORY;
        return;
    }
    size_t moved = comparison->options.moved;
    for (size_t i = 0; i < count; i++) {
        size_t place = order[i];
        double difference = comparison_value(comparison, run, place, measure->value) -
                            comparison_value(comparison, 0, place, measure->value);
        if ((i < moved && difference > 0) || (count - i <= moved && difference < 0))
            line(out, comparison, place, difference);
    }
    free(order);
}

static struct span shortened(struct span text)
{
    if (text.length <= TEXT_SHOWN) return text;
    return span_cut(text, 0, utf8_floor(text, TEXT_SHOWN));
}

static void moved_text(struct writer *out, const struct comparison *comparison, size_t place, double difference)
{
    struct span name = comparison_topic_name(comparison, place), text = comparison_topic_text(comparison, place);
    struct span cut = shortened(text);
    writer_printf(out, "    %+.4f  %.*s%s%.*s%s\n", difference, (int)name.length, name.data, cut.length ? "  " : "",
                  (int)cut.length, cut.data ? cut.data : "", cut.length < text.length ? "…" : "");
}

static void moved_markdown(struct writer *out, const struct comparison *comparison, size_t place, double difference)
{
    writer_printf(out, "| %+.4f | ", difference);
    writer_markdown(out, comparison_topic_name(comparison, place));
    writer_string(out, " | ");
    writer_markdown(out, comparison_topic_text(comparison, place));
    writer_string(out, " |\n");
}

static void note_topics(struct writer *out, const struct comparison *comparison)
{
    writer_printf(out, "%zu topic%s", comparison->topic_count, comparison->topic_count == 1 ? "" : "s");
    if (comparison->left_out)
        writer_printf(out, " (%zu judged one%s not in %s of the runs)", comparison->left_out,
                      comparison->left_out == 1 ? " is" : "s are", comparison->options.common ? "all" : "any");
    for (size_t run = 0; run < comparison->run_count; run++) {
        size_t missing = 0;
        for (size_t i = 0; i < comparison->topic_count; i++)
            missing += !comparison->runs[run].found[comparison->topics[i]];
        if (!missing) continue;
        writer_printf(out, "; %zu missing from ", missing);
        comparison_label(out, comparison, run, plain);
        writer_string(out, " and counted without results");
    }
    writer_string(out, "\n");
}

static const char *randomisation_note(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->measure_count; i++)
        for (size_t run = 1; run < comparison->run_count; run++)
            if (!comparison->measures[i].contests[run].test.randomisation_exact) return "samples";
    return "exact";
}

static void note_tests(struct writer *out, const struct comparison *comparison)
{
    writer_string(out, "Two-sided p values of the mean difference over the topics");
    if (comparison->run_count > 2) writer_string(out, ", corrected after Holm over the runs in brackets");
    if (randomisation_note(comparison)[0] == 'e')
        writer_string(out, ". Randomisation: every assignment of signs");
    else
        writer_printf(out, ". Randomisation: %zu samples, seed %llu", comparison->options.samples,
                      (unsigned long long)comparison->options.seed);
    writer_printf(out, ". Interval: 95%%, bootstrap of %d samples. Effect: mean difference / standard deviation.\n",
                  (int)BOOTSTRAP_SAMPLES);
}

static void text_contest(struct writer *out, const struct comparison *comparison, const struct contest *contest)
{
    const struct paired *test = &contest->test;
    bool several = comparison->run_count > 2;
    writer_printf(out, "    difference %+.4f  [%+.4f, %+.4f]  effect %+.3f  wins %zu, ties %zu, losses %zu\n",
                  test->mean, test->low, test->high, test->effect, test->wins, test->ties, test->losses);
    const struct {
        const char *name;
        double p, holm;
    } rows[] = {{"t-test", test->t_p, contest->t_holm},
                {test->wilcoxon_exact ? "Wilcoxon (exact)" : "Wilcoxon", test->wilcoxon_p, contest->wilcoxon_holm},
                {"randomisation", test->randomisation_p, contest->randomisation_holm}};
    writer_string(out, "    p  ");
    for (int i = 0; i < 3; i++) {
        writer_printf(out, "%s ", rows[i].name);
        write_p(out, rows[i].p, 0);
        if (several) {
            writer_string(out, " (");
            write_p(out, rows[i].holm, 0);
            writer_string(out, ")");
        }
        writer_string(out, i < 2 ? ", " : "\n");
    }
}

void compare_write_text(struct writer *out, const struct comparison *comparison)
{
    note_topics(out, comparison);
    for (size_t i = 0; i < comparison->measure_count; i++) {
        const struct compared_measure *measure = &comparison->measures[i];
        writer_printf(out, "\n%s\n  %.4f  ", measure->name, measure->means[0]);
        comparison_label(out, comparison, 0, plain);
        writer_string(out, "  (baseline)\n");
        for (size_t run = 1; run < comparison->run_count; run++) {
            writer_printf(out, "  %.4f  ", measure->means[run]);
            comparison_label(out, comparison, run, plain);
            writer_string(out, "\n");
            text_contest(out, comparison, &measure->contests[run]);
            if (comparison->options.moved) write_moved(out, comparison, run, measure, moved_text);
        }
    }
    writer_string(out, "\n");
    note_tests(out, comparison);
}

void compare_write_markdown(struct writer *out, const struct comparison *comparison)
{
    note_topics(out, comparison);
    bool several = comparison->run_count > 2;
    for (size_t i = 0; i < comparison->measure_count; i++) {
        const struct compared_measure *measure = &comparison->measures[i];
        writer_string(out, "\n### ");
        writer_markdown(out, span_of(measure->name));
        writer_string(out, "\n\n| run | mean | difference | 95% interval | effect | wins / ties / losses | t-test p | "
                           "Wilcoxon p | randomisation p |\n|---|---:|---:|---|---:|---|---:|---:|---:|\n");
        for (size_t run = 0; run < comparison->run_count; run++) {
            const struct contest *contest = &measure->contests[run];
            const struct paired *test = &contest->test;
            writer_string(out, "| ");
            comparison_label(out, comparison, run, writer_markdown);
            writer_printf(out, " | %.4f |", measure->means[run]);
            if (run == 0) {
                writer_string(out, " | | | | | | |\n");
                continue;
            }
            writer_printf(out, " %+.4f | [%+.4f, %+.4f] | %+.3f | %zu / %zu / %zu |", test->mean, test->low, test->high,
                          test->effect, test->wins, test->ties, test->losses);
            const double p[] = {test->t_p, test->wilcoxon_p, test->randomisation_p};
            const double holm[] = {contest->t_holm, contest->wilcoxon_holm, contest->randomisation_holm};
            for (int k = 0; k < 3; k++) {
                writer_string(out, " ");
                write_p(out, p[k], 0);
                if (several) {
                    writer_string(out, " (");
                    write_p(out, holm[k], 0);
                    writer_string(out, ")");
                }
                writer_string(out, " |");
            }
            writer_string(out, "\n");
        }
        for (size_t run = 1; run < comparison->run_count && comparison->options.moved; run++) {
            writer_string(out, "\nTopics that moved most, ");
            comparison_label(out, comparison, run, writer_markdown);
            writer_string(out, ":\n\n| difference | topic | text |\n|---:|---|---|\n");
            write_moved(out, comparison, run, measure, moved_markdown);
        }
    }
    writer_string(out, "\n");
    note_tests(out, comparison);
}

static void json_key(struct writer *out, const char *key, double number)
{
    writer_printf(out, "\"%s\": ", key);
    writer_number(out, number);
}

static void json_contest(struct writer *out, const struct contest *contest)
{
    const struct paired *test = &contest->test;
    writer_printf(out, "\"topics\": %zu, \"wins\": %zu, \"ties\": %zu, \"losses\": %zu, ", test->count, test->wins,
                  test->ties, test->losses);
    json_key(out, "difference", test->mean);
    writer_string(out, ", \"interval\": [");
    writer_number(out, test->low);
    writer_string(out, ", ");
    writer_number(out, test->high);
    writer_string(out, "], ");
    json_key(out, "effect", test->effect);
    writer_string(out, ",\n       \"t_test\": {");
    json_key(out, "t", test->t);
    writer_printf(out, ", \"freedom\": %zu, ", test->count ? test->count - 1 : 0);
    json_key(out, "p", test->t_p);
    writer_string(out, ", ");
    json_key(out, "p_holm", contest->t_holm);
    writer_string(out, "},\n       \"wilcoxon\": {");
    json_key(out, "v", test->signed_rank);
    writer_printf(out, ", \"exact\": %s, ", test->wilcoxon_exact ? "true" : "false");
    json_key(out, "p", test->wilcoxon_p);
    writer_string(out, ", ");
    json_key(out, "p_holm", contest->wilcoxon_holm);
    writer_printf(out, "},\n       \"randomisation\": {\"exact\": %s, ", test->randomisation_exact ? "true" : "false");
    json_key(out, "p", test->randomisation_p);
    writer_string(out, ", ");
    json_key(out, "p_holm", contest->randomisation_holm);
    writer_string(out, "}");
}

void compare_write_json(struct writer *out, const struct comparison *comparison)
{
    writer_printf(out,
                  "{\"schema_version\": 1, \"topics\": %zu, \"left_out\": %zu, \"samples\": %zu, \"seed\": %llu,\n",
                  comparison->topic_count, comparison->left_out, comparison->options.samples,
                  (unsigned long long)comparison->options.seed);
    writer_string(out, " \"runs\": [");
    for (size_t run = 0; run < comparison->run_count; run++) {
        writer_string(out, run ? ", {\"tag\": " : "{\"tag\": ");
        writer_json(out, buffer_span(&comparison->runs[run].tag));
        writer_string(out, ", \"file\": ");
        writer_json(out, span_of(comparison->paths[run]));
        writer_string(out, "}");
    }
    writer_string(out, "],\n \"measures\": [");
    for (size_t i = 0; i < comparison->measure_count; i++) {
        const struct compared_measure *measure = &comparison->measures[i];
        writer_string(out, i ? ",\n  {\"name\": " : "\n  {\"name\": ");
        writer_json(out, span_of(measure->name));
        writer_string(out, ", \"runs\": [");
        for (size_t run = 0; run < comparison->run_count; run++) {
            writer_string(out, run ? ",\n     {" : "\n     {");
            json_key(out, "mean", measure->means[run]);
            writer_string(out, run ? ", " : "");
            if (run) json_contest(out, &measure->contests[run]);
            writer_string(out, ",\n       \"by_topic\": {");
            for (size_t place = 0; place < comparison->topic_count; place++) {
                writer_string(out, place ? ", " : "");
                writer_json(out, comparison_topic_name(comparison, place));
                writer_string(out, ": ");
                writer_number(out, comparison_value(comparison, run, place, measure->value));
            }
            writer_string(out, "}}");
        }
        writer_string(out, "]}");
    }
    writer_string(out, "]}\n");
}
