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

void tuning_release(struct tuning *tuning)
{
    free(tuning->scores);
    free(tuning->fold);
    free(tuning->held_out);
    free(tuning->usual);
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
    writer_printf(out, "dossier-tune 1 %zu topics; %s: ", topic_count, grid->scheme);
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
    out->usual_mean = 0;
    for (size_t i = 0; i < out->topic_count; i++) out->usual_mean += out->usual[i] / (double)out->topic_count;
    out->best = 0;
    for (size_t setting = 1; setting < out->grid->settings; setting++)
        if (tuning_mean(out, setting) > tuning_mean(out, out->best)) out->best = setting;
}

static enum status measure_gain(struct tuning *out, const struct tune_options *options, struct error *error)
{
    double *differences = calloc(out->topic_count, sizeof *differences);
    if (!differences) return no_memory(error);
    for (size_t i = 0; i < out->topic_count; i++) differences[i] = out->held_out[i] - out->usual[i];
    enum status status =
        paired_test(&out->gain, differences, out->topic_count, RANDOMISATION_SAMPLES, options->seed, error);
    free(differences);
    return status;
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
    out->usual = calloc(topic_count, sizeof *out->usual);
    enum status status = done && out->scores && out->fold && out->held_out && out->usual ? OK : no_memory(error);
    if (status == OK && options->state_path) status = read_state(out, done, options, error);
    if (status == OK) status = run_all(out, done, run, options, error);
    if (status == OK) status = run(options->context, grid, TUNE_DEFAULTS, out->usual, topic_count, error);
    if (status == OK) status = deal(out, options, error);
    if (status == OK) validate(out);
    if (status == OK) status = measure_gain(out, options, error);
    free(done);
    if (status != OK) tuning_release(out);
    return status;
}
