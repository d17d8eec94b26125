/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char ALL[] = "all"; /* the topic of a summary */

static bool shown_by_topic(const struct selected *selected)
{
    switch (selected->measure->summary) {
    case SUMMARY_TAG:
    case SUMMARY_TOPICS:
    case SUMMARY_GEOMETRIC:
        return false;
    default:
        return true;
    }
}

/* One line of trec_eval's output. */
static void print_value(FILE *out, const struct evaluation *evaluation, const struct selected *selected, size_t at,
                        struct span topic, double value, const struct report_options *options)
{
    const char *name = evaluation->selection->names[at];
    if (selected->measure->value == VALUE_COUNT && !options->standardised)
        fprintf(out, "%-22s\t%.*s\t%ld\n", name, (int)topic.length, topic.data, (long)value);
    else
        fprintf(out, "%s%-22s\t%.*s\t%6.4f\n", options->standardised ? "Z" : "", name, (int)topic.length, topic.data,
                value);
}

static void print_topic(FILE *out, const struct evaluation *evaluation, size_t topic,
                        const struct report_options *options)
{
    const struct selection *selection = evaluation->selection;
    struct span name = qrels_topic(evaluation->qrels, topic)->name;
    for (size_t i = 0; i < selection->count; i++) {
        const struct selected *selected = &selection->items[i];
        if (!shown_by_topic(selected)) continue;
        if (selected->measure->summary == SUMMARY_NONE) {
            fprintf(out, "%-22s\t%.*s\t'%s'\n", selection->names[selected->first], (int)name.length, name.data,
                    evaluation->strings[topic]);
            continue;
        }
        for (size_t at = selected->first; at < selected->first + selected->count; at++)
            print_value(out, evaluation, selected, at, name, evaluation_topic(evaluation, topic)[at], options);
    }
}

static enum status write_trec(FILE *out, const struct evaluation *evaluation, const struct report_options *options,
                              struct error *error)
{
    const struct selection *selection = evaluation->selection;
    double *summary = calloc(selection->width + 1, sizeof *summary);
    if (!summary) return fail(error, NO_MEMORY, "out of memory writing the evaluation");
    for (size_t topic = 0; options->by_topic && topic < qrels_count(evaluation->qrels); topic++)
        if (evaluation->counted[topic]) print_topic(out, evaluation, topic, options);
    evaluation_summary(evaluation, summary);
    for (size_t i = 0; i < selection->count && !options->no_summary; i++) {
        const struct selected *selected = &selection->items[i];
        if (selected->measure->summary == SUMMARY_TAG) {
            struct span tag = buffer_span(&evaluation->tag);
            fprintf(out, "%-22s\t%s\t%.*s\n", selection->names[selected->first], ALL, (int)tag.length, tag.data);
        } else if (selected->measure->summary != SUMMARY_NONE) {
            for (size_t at = selected->first; at < selected->first + selected->count; at++)
                print_value(out, evaluation, selected, at, SPAN(ALL), summary[at], options);
        }
    }
    free(summary);
    return OK;
}

/* The three other formats build their text first: a row for each topic and one for all of them. */
struct table {
    const struct evaluation *evaluation;
    const struct report_options *options;
    struct buffer text;
};

static bool has_column(const struct selected *selected)
{
    return selected->measure->summary != SUMMARY_TAG;
}

/* The text of a value. A NULL [format] gives as many digits as bring the double back, for other programs to go on. */
static enum status append_value(struct buffer *out, const struct evaluation *evaluation,
                                const struct selected *selected, const double *values, size_t topic, size_t at,
                                const char *format)
{
    if (selected->measure->summary == SUMMARY_NONE)
        return buffer_append_string(out, topic == SIZE_MAX ? "" : evaluation->strings[topic]);
    if (topic != SIZE_MAX && !shown_by_topic(selected)) return OK;
    if (selected->measure->value == VALUE_COUNT) return buffer_printf(out, "%.0f", values[at]);
    if (!format && isfinite(values[at])) return json_append_number(out, values[at]);
    return buffer_printf(out, format ? format : "%g", values[at]);
}

static enum status table_row(struct table *table, struct span name, const double *values, size_t topic,
                             const char *between, const char *format, const char *end)
{
    const struct selection *selection = table->evaluation->selection;
    enum status status = buffer_append_span(&table->text, name);
    for (size_t i = 0; i < selection->count; i++) {
        if (!has_column(&selection->items[i])) continue;
        for (size_t k = 0; k < selection->items[i].count && status == OK; k++) {
            status = buffer_append_string(&table->text, between);
            if (status == OK)
                status = append_value(&table->text, table->evaluation, &selection->items[i], values, topic,
                                      selection->items[i].first + k, format);
        }
    }
    return status == OK ? buffer_append_string(&table->text, end) : status;
}

static enum status tsv_table(struct table *table, const double *summary)
{
    const struct selection *selection = table->evaluation->selection;
    enum status status = buffer_append_string(&table->text, "topic");
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; has_column(&selection->items[i]) && k < selection->items[i].count && status == OK; k++)
            status = buffer_printf(&table->text, "\t%s", selection->names[selection->items[i].first + k]);
    if (status == OK) status = buffer_append_byte(&table->text, '\n');
    for (size_t topic = 0; topic < qrels_count(table->evaluation->qrels) && status == OK; topic++)
        if (table->options->by_topic && table->evaluation->counted[topic])
            status = table_row(table, qrels_topic(table->evaluation->qrels, topic)->name,
                               evaluation_topic(table->evaluation, topic), topic, "\t", NULL, "\n");
    if (status == OK && !table->options->no_summary)
        status = table_row(table, SPAN(ALL), summary, SIZE_MAX, "\t", NULL, "\n");
    return status;
}

/* Markdown: measures down, for the summary; with topics, a row each below. */
static enum status markdown_table(struct table *table, const double *summary)
{
    const struct evaluation *evaluation = table->evaluation;
    const struct selection *selection = evaluation->selection;
    struct buffer *text = &table->text;
    enum status status = OK;
    if (!table->options->no_summary) {
        status = buffer_append_string(text, "| measure | ");
        if (status == OK) status = markdown_append(text, buffer_span(&evaluation->tag));
        if (status == OK) status = buffer_append_string(text, " |\n|---|---:|\n");
        for (size_t i = 0; i < selection->count; i++)
            for (size_t k = 0; k < selection->items[i].count && status == OK; k++) {
                const struct selected *selected = &selection->items[i];
                if (!has_column(selected) || selected->measure->summary == SUMMARY_NONE) continue;
                size_t at = selected->first + k;
                status = buffer_append_string(text, "| ");
                if (status == OK) status = markdown_append(text, span_of(selection->names[at]));
                if (status == OK) status = buffer_append_string(text, " | ");
                if (status == OK) status = append_value(text, evaluation, selected, summary, SIZE_MAX, at, "%.4f");
                if (status == OK) status = buffer_append_string(text, " |\n");
            }
    }
    if (!table->options->by_topic || status != OK) return status;
    status = buffer_append_string(text, table->options->no_summary ? "| topic |" : "\n| topic |");
    size_t columns = 0;
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; has_column(&selection->items[i]) && k < selection->items[i].count && status == OK; k++) {
            columns++;
            status = buffer_append_byte(text, ' ');
            if (status == OK) status = markdown_append(text, span_of(selection->names[selection->items[i].first + k]));
            if (status == OK) status = buffer_append_string(text, " |");
        }
    if (status == OK) status = buffer_append_string(text, "\n|---|");
    for (size_t i = 0; i < columns && status == OK; i++) status = buffer_append_string(text, "---:|");
    if (status == OK) status = buffer_append_byte(text, '\n');
    for (size_t topic = 0; topic < qrels_count(evaluation->qrels) && status == OK; topic++) {
        if (!evaluation->counted[topic]) continue;
        status = buffer_append_string(text, "| ");
        if (status == OK) status = markdown_append(text, qrels_topic(evaluation->qrels, topic)->name);
        if (status == OK)
            status =
                table_row(table, (struct span){0}, evaluation_topic(evaluation, topic), topic, " | ", "%.4f", " |\n");
    }
    return status;
}

static enum status json_values(struct table *table, const double *values, size_t topic)
{
    const struct selection *selection = table->evaluation->selection;
    struct buffer *text = &table->text;
    enum status status = buffer_append_byte(text, '{');
    bool first = true;
    for (size_t i = 0; i < selection->count; i++) {
        const struct selected *selected = &selection->items[i];
        bool string = selected->measure->summary == SUMMARY_NONE;
        if (!has_column(selected) || (topic == SIZE_MAX ? string : !shown_by_topic(selected))) continue;
        for (size_t k = 0; k < selected->count && status == OK; k++, first = false) {
            size_t at = selected->first + k;
            if (!first) status = buffer_append_string(text, ", ");
            if (status == OK) status = json_append_string(text, span_of(selection->names[at]));
            if (status == OK) status = buffer_append_string(text, ": ");
            if (status != OK) return status;
            status = string ? json_append_string(text, span_of(table->evaluation->strings[topic]))
                            : json_append_number(text, values[at]);
        }
    }
    return status == OK ? buffer_append_byte(text, '}') : status;
}

static enum status json_table(struct table *table, const double *summary)
{
    const struct evaluation *evaluation = table->evaluation;
    struct buffer *text = &table->text;
    enum status status = buffer_append_string(text, "{\"schema_version\": 1, \"run\": ");
    if (status == OK) status = json_append_string(text, buffer_span(&evaluation->tag));
    if (status == OK)
        status = buffer_printf(text, ", \"topics\": %zu, \"judged_topics_missing\": %zu", evaluation->counted_count,
                               evaluation->missing);
    if (status == OK && table->options->standardised) status = buffer_append_string(text, ", \"standardised\": true");
    if (status == OK && !table->options->no_summary) {
        status = buffer_append_string(text, ",\n \"summary\": ");
        if (status == OK) status = json_values(table, summary, SIZE_MAX);
    }
    if (status == OK && table->options->by_topic) {
        bool first = true;
        status = buffer_append_string(text, ",\n \"by_topic\": {");
        for (size_t topic = 0; topic < qrels_count(evaluation->qrels) && status == OK; topic++) {
            if (!evaluation->counted[topic]) continue;
            status = buffer_append_string(text, first ? "\n  " : ",\n  ");
            first = false;
            if (status == OK) status = json_append_string(text, qrels_topic(evaluation->qrels, topic)->name);
            if (status == OK) status = buffer_append_string(text, ": ");
            if (status == OK) status = json_values(table, evaluation_topic(evaluation, topic), topic);
        }
        if (status == OK) status = buffer_append_byte(text, '}');
    }
    return status == OK ? buffer_append_string(text, "}\n") : status;
}

static enum status write_table(FILE *out, const struct evaluation *evaluation, const struct report_options *options,
                               enum status (*build)(struct table *, const double *), struct error *error)
{
    struct table table = {.evaluation = evaluation, .options = options};
    buffer_init(&table.text, (size_t)4 << 30); /* bytes: 100,000 topics with every measure are a hundredth of it */
    double *summary = calloc(evaluation->selection->width + 1, sizeof *summary);
    enum status status = NO_MEMORY;
    if (summary) {
        evaluation_summary(evaluation, summary);
        status = build(&table, summary);
    }
    if (status != OK)
        fail(error, status, "cannot write the evaluation: %s", status_name(status));
    else
        fwrite(table.text.data, 1, table.text.length, out);
    free(summary);
    buffer_release(&table.text);
    return status;
}

static enum status write_tsv(FILE *out, const struct evaluation *evaluation, const struct report_options *options,
                             struct error *error)
{
    return write_table(out, evaluation, options, tsv_table, error);
}

static enum status write_markdown(FILE *out, const struct evaluation *evaluation, const struct report_options *options,
                                  struct error *error)
{
    return write_table(out, evaluation, options, markdown_table, error);
}

static enum status write_json(FILE *out, const struct evaluation *evaluation, const struct report_options *options,
                              struct error *error)
{
    return write_table(out, evaluation, options, json_table, error);
}

const struct report_format REPORT_FORMATS[] = {
    {"trec", write_trec, "measure, topic, value: trec_eval's columns"},
    {"json", write_json, "one JSON object"},
    {"tsv", write_tsv, "a line a topic, a column a measure, separated by tabs"},
    {"md", write_markdown, "a Markdown table"},
};
const size_t REPORT_FORMAT_COUNT = sizeof REPORT_FORMATS / sizeof *REPORT_FORMATS;
