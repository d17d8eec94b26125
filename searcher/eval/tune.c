/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/tune.h"

#include "searcher/eval/lines.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory tuning");
}

void tune_grid_release(struct tune_grid *grid)
{
    for (size_t i = 0; i < grid->count; i++) {
        free(grid->parameters[i].name);
        free(grid->parameters[i].values);
    }
    *grid = (struct tune_grid){0};
}

static enum status add_value(struct tune_parameter *parameter, double value, struct error *error)
{
    if (parameter->count >= TUNE_SETTINGS_MAX)
        return fail(error, LIMIT, "parameter '%s' has more than %d values", parameter->name, (int)TUNE_SETTINGS_MAX);
    double *grown = realloc(parameter->values, (parameter->count + 1) * sizeof *grown);
    if (!grown) return no_memory(error);
    grown[parameter->count++] = value;
    parameter->values = grown;
    return OK;
}

/* "0.3:0.9:0.1" or a single number. */
static enum status read_values(struct tune_parameter *parameter, struct span text, struct error *error)
{
    double numbers[3];
    size_t count = 0;
    struct span left = text;
    for (bool more = true; more && count < 3; count++) {
        const char *colon = left.length ? memchr(left.data, ':', left.length) : NULL;
        size_t length = colon ? (size_t)(colon - left.data) : left.length;
        if (number_parse(span_cut(left, 0, length), &numbers[count]) != NUMBER_GOOD)
            return fail(error, INVALID, "parameter '%s': '%.*s' is not a number or from:to:step", parameter->name,
                        (int)text.length, text.data);
        left = span_cut(left, length + 1, left.length);
        more = colon != NULL;
    }
    if (count == 1) return add_value(parameter, numbers[0], error);
    double steps = count == 3 ? floor((numbers[1] - numbers[0]) / numbers[2] + 1e-9) : -1;
    if (count != 3 || left.length || !(numbers[2] > 0) || steps < 0 || steps >= TUNE_SETTINGS_MAX)
        return fail(error, INVALID, "parameter '%s': '%.*s' is no range from:to:step that rises", parameter->name,
                    (int)text.length, text.data);
    enum status status = OK;
    for (size_t i = 0; i <= (size_t)steps && status == OK; i++) {
        char text_of[40]; /* 12 digits: 0.1 + 2 * 0.1 is meant to be 0.3 */
        snprintf(text_of, sizeof text_of, "%.12g", numbers[0] + (double)i * numbers[2]);
        status = add_value(parameter, strtod(text_of, NULL), error);
    }
    return status;
}

static enum status read_parameter(struct tune_grid *grid, struct span text, struct error *error)
{
    const char *equals = text.length ? memchr(text.data, '=', text.length) : NULL;
    if (!equals || equals == text.data)
        return fail(error, INVALID, "'%.*s' is not of the form name=values", (int)text.length,
                    text.data ? text.data : "");
    if (grid->count == TUNE_PARAMETERS_MAX)
        return fail(error, LIMIT, "more than %d parameters to tune", (int)TUNE_PARAMETERS_MAX);
    struct tune_parameter *parameter = &grid->parameters[grid->count];
    *parameter = (struct tune_parameter){.name = strndup(text.data, (size_t)(equals - text.data))};
    if (!parameter->name) return no_memory(error);
    grid->count++;
    struct span values = span_cut(text, (size_t)(equals - text.data) + 1, text.length);
    enum status status = OK;
    do {
        const char *comma = values.length ? memchr(values.data, ',', values.length) : NULL;
        size_t length = comma ? (size_t)(comma - values.data) : values.length;
        status = read_values(parameter, span_trim(span_cut(values, 0, length)), error);
        values = span_cut(values, length + (comma != NULL), values.length);
        if (!comma) break;
    } while (status == OK);
    for (size_t i = 0; i + 1 < grid->count && status == OK; i++)
        if (strcmp(grid->parameters[i].name, parameter->name) == 0)
            status = fail(error, INVALID, "parameter '%s' is given twice", parameter->name);
    return status;
}

enum status tune_grid_parse(struct tune_grid *grid, const char *text, struct error *error)
{
    *grid = (struct tune_grid){0};
    struct span left = span_of(text);
    enum status status = OK;
    while (left.length && status == OK) {
        const char *end = memchr(left.data, ';', left.length);
        size_t length = end ? (size_t)(end - left.data) : left.length;
        status = read_parameter(grid, span_trim(span_cut(left, 0, length)), error);
        left = span_cut(left, length + 1, left.length);
    }
    if (status == OK && grid->count == 0) status = fail(error, INVALID, "there is no parameter to tune");
    grid->settings = 1;
    for (size_t i = 0; i < grid->count && status == OK; i++) {
        grid->settings *= grid->parameters[i].count;
        if (grid->settings > TUNE_SETTINGS_MAX)
            status = fail(error, LIMIT, "more than %d settings to try; take fewer values", (int)TUNE_SETTINGS_MAX);
    }
    if (status != OK) tune_grid_release(grid);
    return status;
}

double tune_grid_value(const struct tune_grid *grid, size_t setting, size_t parameter)
{
    for (size_t i = grid->count - 1; i > parameter; i--) setting /= grid->parameters[i].count;
    return grid->parameters[parameter].values[setting % grid->parameters[parameter].count];
}

void tune_grid_write(struct writer *out, const struct tune_grid *grid, size_t setting)
{
    for (size_t i = 0; i < grid->count; i++)
        writer_printf(out, "%s%s=%.10g", i ? "," : "", grid->parameters[i].name, tune_grid_value(grid, setting, i));
}

void tuning_release(struct tuning *tuning)
{
    free(tuning->scores);
    free(tuning->fold);
    free(tuning->held_out);
    *tuning = (struct tuning){0};
}

double tuning_mean(const struct tuning *tuning, size_t setting)
{
    double sum = 0;
    for (size_t i = 0; i < tuning->topic_count; i++) sum += tuning->scores[setting * tuning->topic_count + i];
    return sum / (double)tuning->topic_count;
}

/* The state file: a line that names the task, then a line a setting: its number, its name, and a score a topic. */
static void write_head(struct writer *out, const struct tune_grid *grid, size_t topic_count, const char *what)
{
    writer_printf(out, "dossier-tune 1 %zu topics; ", topic_count);
    for (size_t i = 0; i < grid->count; i++) {
        writer_printf(out, "%s=", grid->parameters[i].name);
        for (size_t k = 0; k < grid->parameters[i].count; k++)
            writer_printf(out, "%s%.17g", k ? "," : "", grid->parameters[i].values[k]);
        writer_string(out, "; ");
    }
    writer_printf(out, "%s\n", what);
}

/* One line of a state file into [out]. False for a line that was cut short or is of another kind. */
static bool read_setting(struct tuning *out, bool *done, struct span line)
{
    struct span fields[2], rest;
    long setting;
    if (fields_split(line, fields, 2, &rest) < 2) return false;
    if (!integer_parse(fields[0], 0, (long)out->grid->settings - 1, &setting)) return false;
    double *scores = &out->scores[(size_t)setting * out->topic_count];
    for (size_t i = 0; i < out->topic_count; i++) {
        struct span field;
        if (fields_split(rest, &field, 1, NULL) < 1) return false;
        if (number_parse(field, &scores[i]) != NUMBER_GOOD) return false;
        rest = span_cut(rest, (size_t)(field.data + field.length - rest.data), rest.length);
    }
    struct span end;
    if (fields_split(rest, &end, 1, NULL) != 1 || !span_equal(end, SPAN("."))) return false;
    done[setting] = true;
    out->resumed++;
    return true;
}

static enum status read_state(struct tuning *out, bool *done, const struct tune_options *options, struct error *error)
{
    struct lines *lines;
    if (access(options->state_path, F_OK) != 0 && errno == ENOENT) return OK;
    enum status status = lines_open(&lines, options->state_path, error);
    if (status != OK) return status;
    struct span line;
    struct writer head;
    writer_init(&head);
    write_head(&head, out->grid, out->topic_count, options->what);
    status = lines_next(lines, &line, error);
    if (status == OK && head.status == OK &&
        !span_equal(line, span_cut(buffer_span(&head.text), 0, head.text.length - 1)))
        status = fail(error, INVALID, "'%s' holds the state of another task; delete it, or name another file",
                      options->state_path);
    while (status == OK && (status = lines_next(lines, &line, error)) == OK) read_setting(out, done, line);
    writer_release(&head);
    lines_close(lines);
    return status == NOT_FOUND ? OK : status;
}

static enum status run_all(struct tuning *out, bool *done, tune_run run, const struct tune_options *options,
                           struct error *error)
{
    const struct tune_grid *grid = out->grid;
    FILE *state = options->state_path ? fopen(options->state_path, "ae") : NULL;
    if (options->state_path && !state)
        return fail(error, IO, "cannot write '%s': %s", options->state_path, strerror(errno));
    struct writer line;
    writer_init(&line);
    enum status status = OK;
    if (state && (fseek(state, 0, SEEK_END) != 0 || ftell(state) == 0)) {
        write_head(&line, grid, out->topic_count, options->what);
        status = writer_flush(&line, state, error);
    } else if (state) {
        fputc('\n', state); /* ends a line that a stop has cut short */
    }
    size_t finished = 0;
    for (size_t i = 0; i < grid->settings; i++) finished += done[i];
    for (size_t setting = 0; setting < grid->settings && status == OK; setting++) {
        if (options->progress) options->progress(options->context, finished, grid->settings);
        if (done[setting]) continue;
        double *scores = &out->scores[setting * out->topic_count];
        status = run(options->context, grid, setting, scores, out->topic_count, error);
        finished++;
        if (status != OK || !state) continue;
        buffer_clear(&line.text);
        writer_printf(&line, "%zu ", setting);
        tune_grid_write(&line, grid, setting);
        for (size_t i = 0; i < out->topic_count; i++) writer_printf(&line, " %.17g", scores[i]);
        writer_string(&line, " .\n");
        status = writer_flush(&line, state, error);
        if (status == OK && fflush(state) != 0)
            status = fail(error, IO, "cannot write '%s': %s", options->state_path, strerror(errno));
    }
    if (status == OK && options->progress) options->progress(options->context, finished, grid->settings);
    writer_release(&line);
    if (state && fclose(state) != 0 && status == OK)
        status = fail(error, IO, "cannot write '%s': %s", options->state_path, strerror(errno));
    return status;
}

/* Shuffles the topics and deals them out, so that folds differ by one topic at most. */
static enum status deal(struct tuning *out, const struct tune_options *options, struct error *error)
{
    size_t *order = malloc(out->topic_count * sizeof *order);
    if (!order) return no_memory(error);
    uint64_t seed = options->seed;
    for (size_t i = 0; i < out->topic_count; i++) order[i] = i;
    for (size_t i = out->topic_count; i > 1; i--) {
        size_t k = random_below(&seed, i), kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
    for (size_t i = 0; i < out->topic_count; i++) out->fold[order[i]] = i % options->folds;
    free(order);
    return OK;
}

static void validate(struct tuning *out)
{
    double total = 0;
    for (size_t f = 0; f < out->fold_count; f++) {
        struct tune_fold *fold = &out->folds[f];
        fold->train = -INFINITY;
        fold->topics = 0;
        for (size_t i = 0; i < out->topic_count; i++) fold->topics += out->fold[i] == f;
        for (size_t setting = 0; setting < out->grid->settings; setting++) {
            double sum = 0;
            for (size_t i = 0; i < out->topic_count; i++)
                if (out->fold[i] != f) sum += out->scores[setting * out->topic_count + i];
            double mean = sum / (double)(out->topic_count - fold->topics);
            if (mean > fold->train) {
                fold->train = mean;
                fold->chosen = setting;
            }
        }
        double held = 0;
        for (size_t i = 0; i < out->topic_count; i++) {
            if (out->fold[i] != f) continue;
            out->held_out[i] = out->scores[fold->chosen * out->topic_count + i];
            held += out->held_out[i];
        }
        fold->test = held / (double)fold->topics;
        total += held;
    }
    out->mean = total / (double)out->topic_count;
    out->best = 0;
    for (size_t setting = 1; setting < out->grid->settings; setting++)
        if (tuning_mean(out, setting) > tuning_mean(out, out->best)) out->best = setting;
}

enum status tune(struct tuning *out, const struct tune_grid *grid, size_t topic_count, tune_run run,
                 const struct tune_options *options, struct error *error)
{
    *out = (struct tuning){.grid = grid, .topic_count = topic_count, .fold_count = options->folds};
    if (options->folds < 2 || options->folds > TUNE_FOLDS_MAX || options->folds > topic_count)
        return fail(error, INVALID, "%zu topics cannot be split into %zu folds (from 2 to %d, and one topic in each)",
                    topic_count, options->folds, (int)TUNE_FOLDS_MAX);
    bool *done = calloc(grid->settings, sizeof *done);
    out->scores = calloc(grid->settings * topic_count, sizeof *out->scores);
    out->fold = calloc(topic_count, sizeof *out->fold);
    out->held_out = calloc(topic_count, sizeof *out->held_out);
    enum status status = done && out->scores && out->fold && out->held_out ? OK : no_memory(error);
    if (status == OK && options->state_path) status = read_state(out, done, options, error);
    if (status == OK) status = run_all(out, done, run, options, error);
    if (status == OK) status = deal(out, options, error);
    if (status == OK) validate(out);
    free(done);
    if (status != OK) tuning_release(out);
    return status;
}
