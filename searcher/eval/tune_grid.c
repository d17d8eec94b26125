/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The grid of settings: read from what a user writes after --rank, and written as --rank takes it. */
#include "searcher/eval/lines.h"
#include "searcher/eval/tune.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory reading what to tune");
}

void tune_grid_release(struct tune_grid *grid)
{
    for (size_t i = 0; i < grid->count; i++) {
        free(grid->parameters[i].name);
        free(grid->parameters[i].values);
    }
    free(grid->scheme);
    *grid = (struct tune_grid){0};
}

/* The place of [mark] in [text], or its end. */
static size_t find(struct span text, const char *mark)
{
    const char *at = text.length ? memmem(text.data, text.length, mark, strlen(mark)) : NULL;
    return at ? (size_t)(at - text.data) : text.length;
}

static bool read_number(double *out, struct span text)
{
    char digits[64]; /* a copy: what follows in the text could be read as part of the number */
    text = span_trim(text);
    if (text.length + 2 > sizeof digits) return false;
    memcpy(digits, text.data ? text.data : "", text.length);
    memcpy(digits + text.length, " ", 2);
    return number_parse((struct span){digits, text.length}, out) == NUMBER_GOOD;
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

/* "0.3..0.9/0.1" or a single number. */
static enum status read_values(struct tune_parameter *parameter, struct span text, struct error *error)
{
    size_t dots = find(text, ".."), slash = find(text, "/");
    double from, to, step;
    if (dots == text.length) {
        if (!read_number(&from, text))
            return fail(error, INVALID, "parameter '%s': '%.*s' is neither a number nor FROM..TO/STEP", parameter->name,
                        (int)text.length, text.data);
        return add_value(parameter, from, error);
    }
    if (!read_number(&from, span_cut(text, 0, dots)) || !read_number(&to, span_cut(text, dots + 2, slash)) ||
        !read_number(&step, span_cut(text, slash + 1, text.length)) || !(step > 0) || to < from)
        return fail(error, INVALID, "parameter '%s': '%.*s' is no range FROM..TO/STEP that rises", parameter->name,
                    (int)text.length, text.data);
    double steps = floor((to - from) / step + 1e-9);
    if (steps >= TUNE_SETTINGS_MAX)
        return fail(error, LIMIT, "parameter '%s' has more than %d values", parameter->name, (int)TUNE_SETTINGS_MAX);
    enum status status = OK;
    for (size_t i = 0; i <= (size_t)steps && status == OK; i++) {
        char rounded[40]; /* to 12 digits: 0.1 + 2 * 0.1 is meant to be 0.3 */
        snprintf(rounded, sizeof rounded, "%.12g", from + (double)i * step);
        status = add_value(parameter, strtod(rounded, NULL), error);
    }
    return status;
}

static enum status begin_parameter(struct tune_grid *grid, struct span name, struct error *error)
{
    if (grid->count == TUNE_PARAMETERS_MAX)
        return fail(error, LIMIT, "more than %d parameters to tune", (int)TUNE_PARAMETERS_MAX);
    char *copy = strndup(name.data ? name.data : "", name.length);
    if (!copy) return no_memory(error);
    grid->parameters[grid->count++] = (struct tune_parameter){.name = copy};
    for (size_t i = 0; i + 1 < grid->count; i++)
        if (strcmp(grid->parameters[i].name, copy) == 0)
            return fail(error, INVALID, "parameter '%s' is given twice", copy);
    return OK;
}

/* "k1=1", which begins a parameter, or another value of the last one. */
static enum status read_item(struct tune_grid *grid, struct span item, struct error *error)
{
    size_t equals = find(item, "=");
    enum status status = OK;
    if (equals == 0 || (equals == item.length && !grid->count))
        return fail(error, INVALID, "'%.*s' is not of the form parameter=values", (int)item.length,
                    item.data ? item.data : "");
    if (equals < item.length) {
        status = begin_parameter(grid, span_trim(span_cut(item, 0, equals)), error);
        item = span_trim(span_cut(item, equals + 1, item.length));
    }
    return status == OK ? read_values(&grid->parameters[grid->count - 1], item, error) : status;
}

enum status tune_grid_parse(struct tune_grid *grid, const char *text, struct error *error)
{
    *grid = (struct tune_grid){.settings = 1};
    struct span left = span_trim(span_of(text));
    size_t colon = find(left, ":");
    if (colon == 0 || colon + 1 >= left.length)
        return fail(error, INVALID, "'%s' names nothing to tune; write it as bm25:k1=0.8..1.6/0.2,b=0.3,0.5,0.75",
                    text);
    grid->scheme = strndup(left.data, colon);
    if (!grid->scheme) return no_memory(error);
    enum status status = OK;
    for (left = span_cut(left, colon + 1, left.length); left.length && status == OK;) {
        size_t comma = find(left, ",");
        status = read_item(grid, span_trim(span_cut(left, 0, comma)), error);
        left = span_cut(left, comma + 1, left.length);
    }
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
    writer_string(out, grid->scheme);
    if (setting == TUNE_DEFAULTS) return;
    for (size_t i = 0; i < grid->count; i++)
        writer_printf(out, "%c%s=%.12g", i ? ',' : ':', grid->parameters[i].name, tune_grid_value(grid, setting, i));
}
