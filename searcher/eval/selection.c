/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/selection.h"

#include "searcher/eval/lines.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PARAMETERS_MAX = 10000, /* of one measure */
    NAME_BYTES_MAX = 100    /* the longest name of a measure in the table is a quarter of it */
};

void selection_init(struct selection *selection)
{
    *selection = (struct selection){0};
}

static void selected_release(struct selected *selected)
{
    free(selected->parameter_text);
    free(selected->label);
    free(selected->numbers);
    for (size_t i = 0; selected->pairs && i < selected->parameters.pair_count; i++)
        free((char *)selected->pairs[i].name);
    free(selected->pairs);
}

void selection_release(struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) selected_release(&selection->items[i]);
    for (size_t i = 0; selection->names && i < selection->width; i++) free(selection->names[i]);
    free(selection->items);
    free(selection->names);
    *selection = (struct selection){0};
}

static int order_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory choosing measures");
}

static enum status read_numbers(struct selected *selected, const char *text, struct error *error)
{
    const struct measure *measure = selected->measure;
    size_t count = 1;
    for (const char *at = text; *at; at++) count += *at == ',';
    if (count > PARAMETERS_MAX)
        return fail(error, LIMIT, "measure '%s': more than %d parameters", measure->name, (int)PARAMETERS_MAX);
    double *numbers = calloc(count, sizeof *numbers);
    if (!numbers) return no_memory(error);
    selected->numbers = numbers;
    selected->parameters = (struct parameters){.numbers = numbers, .count = count};
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(at, ",");
        struct span field = {at, length};
        long whole;
        if (measure->takes == TAKES_CUTS) {
            if (!integer_parse(field, 1, LONG_MAX / 2, &whole))
                return fail(error, INVALID, "measure '%s': '%.*s' is not a whole number above 0", measure->name,
                            (int)length, at);
            numbers[i] = (double)whole;
        } else if (number_parse(field, &numbers[i]) != NUMBER_GOOD) {
            return fail(error, INVALID, "measure '%s': '%.*s' is not a number", measure->name, (int)length, at);
        }
        at += length + 1;
    }
    if (measure->takes == TAKES_NUMBERS) {
        bool any_number = strcmp(measure->name, "11pt_avg") == 0;
        if (!any_number && count < measure->default_count)
            return fail(error, INVALID, "measure '%s' takes %zu parameters", measure->name, measure->default_count);
        return OK;
    }
    qsort(numbers, count, sizeof *numbers, order_doubles);
    for (size_t i = 1; i < count; i++)
        if (numbers[i] == numbers[i - 1])
            return fail(error, INVALID, "measure '%s': parameter %g is given twice", measure->name, numbers[i]);
    return OK;
}

static enum status read_pairs(struct selected *selected, const char *text, struct error *error)
{
    size_t count = 1;
    for (const char *at = text; *at; at++) count += *at == ',';
    if (count > PARAMETERS_MAX)
        return fail(error, LIMIT, "measure '%s': more than %d parameters", selected->measure->name,
                    (int)PARAMETERS_MAX);
    selected->pairs = calloc(count, sizeof *selected->pairs);
    if (!selected->pairs) return no_memory(error);
    selected->parameters = (struct parameters){.pairs = selected->pairs};
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(at, ",");
        const char *equals = memchr(at, '=', length);
        struct parameter_pair *pair = &selected->pairs[i];
        if (!equals || number_parse((struct span){equals + 1, (size_t)(at + length - equals - 1)}, &pair->value))
            return fail(error, INVALID, "measure '%s': '%.*s' is not of the form name=number", selected->measure->name,
                        (int)length, at);
        pair->name = strndup(at, (size_t)(equals - at));
        if (!pair->name) return no_memory(error);
        selected->parameters.pair_count++;
        at += length + 1;
    }
    return OK;
}

static enum status read_parameters(struct selected *selected, const char *text, struct error *error)
{
    const struct measure *measure = selected->measure;
    if (measure->takes == TAKES_NOTHING)
        return fail(error, INVALID, "measure '%s' takes no parameters, but '%s' was given", measure->name, text);
    if (!*text) return fail(error, INVALID, "measure '%s': no parameters after the '.'", measure->name);
    selected->given_parameters = true;
    selected->parameter_text = strdup(text);
    if (!selected->parameter_text) return no_memory(error);
    return measure->takes == TAKES_PAIRS ? read_pairs(selected, text, error) : read_numbers(selected, text, error);
}

static enum status push(struct selection *selection, const struct selected *selected, struct error *error)
{
    if (selection->count == selection->capacity) {
        size_t capacity = selection->capacity ? selection->capacity * 2 : 32;
        struct selected *grown = realloc(selection->items, capacity * sizeof *grown);
        if (!grown) return no_memory(error);
        selection->items = grown;
        selection->capacity = capacity;
    }
    selection->items[selection->count++] = *selected;
    return OK;
}

static enum status add_measure(struct selection *selection, const struct measure *measure, const char *parameters,
                               struct error *error)
{
    struct selected selected = {.measure = measure,
                                .parameters = {.numbers = measure->defaults, .count = measure->default_count},
                                .depth = SIZE_MAX};
    enum status status = parameters ? read_parameters(&selected, parameters, error) : OK;
    for (size_t i = 0; i < selection->count && status == OK; i++) {
        struct selected *old = &selection->items[i];
        if (old->label || old->measure != measure) continue;
        if (old->given_parameters || !parameters) {
            selected_release(&selected);
        } else {
            selected_release(old);
            *old = selected;
        }
        return OK;
    }
    if (status == OK) status = push(selection, &selected, error);
    if (status != OK) selected_release(&selected);
    return status;
}

static enum status add_ir(struct selection *selection, const char *name, struct error *error)
{
    struct selected selected = {.depth = SIZE_MAX};
    enum status status = selection_parse_ir(&selected, name, error);
    if (status == NOT_FOUND) status = fail(error, INVALID, "there is no measure '%s' (-h lists them all)", name);
    for (size_t i = 0; i < selection->count && status == OK; i++)
        if (selection->items[i].label && strcmp(selection->items[i].label, selected.label) == 0) {
            selected_release(&selected);
            return OK;
        }
    if (status == OK) status = push(selection, &selected, error);
    if (status != OK) selected_release(&selected);
    return status;
}

enum status selection_add(struct selection *selection, const char *name, struct error *error)
{
    size_t length = strcspn(name, ".");
    const char *parameters = name[length] ? name + length + 1 : NULL;
    char base[NAME_BYTES_MAX];
    snprintf(base, sizeof base, "%.*s", (int)(length < NAME_BYTES_MAX ? length : NAME_BYTES_MAX), name);
    const struct measure *measure = measure_find(base);
    if (measure) return add_measure(selection, measure, parameters, error);
    const struct measure_set *set = measure_set_find(base);
    if (!set) return add_ir(selection, name, error);
    if (parameters) return fail(error, INVALID, "'%s' is a set of measures and takes no parameters", base);
    for (const char *const *member = set->measures; *member; member++) {
        enum status status = add_measure(selection, measure_find(*member), NULL, error);
        if (status != OK) return status;
    }
    return OK;
}

static int order_selected(const void *a, const void *b)
{
    const struct selected *one = a, *two = b;
    if (!one->label != !two->label) return one->label ? 1 : -1;
    if (one->label) return (one->first > two->first) - (one->first < two->first);
    return (one->measure > two->measure) - (one->measure < two->measure); /* rows of one table */
}

/* The name a value is printed with; a point has at most 8 characters, as in trec_eval. */
static char *value_name(const struct selected *selected, size_t i)
{
    const char *name = selected->measure->name;
    char *result = NULL;
    int length;
    if (selected->label) return strdup(selected->label);
    if (selected->measure->takes == TAKES_CUTS) {
        length = asprintf(&result, "%s_%.0f", name, selected->parameters.numbers[i]);
    } else if (selected->measure->takes == TAKES_POINTS) {
        length = asprintf(&result, "%s_%3.2f", name, selected->parameters.numbers[i]);
        if (length > (int)strlen(name) + 9) result[strlen(name) + 9] = '\0';
    } else if (selected->parameter_text) {
        length = asprintf(&result, "%s_%s", name, selected->parameter_text);
    } else {
        return strdup(name);
    }
    return length < 0 ? NULL : result;
}

enum status selection_finish(struct selection *selection, struct error *error)
{
    for (size_t i = 0; i < selection->count; i++) selection->items[i].first = i;
    qsort(selection->items, selection->count, sizeof *selection->items, order_selected);
    selection->width = 0;
    for (size_t i = 0; i < selection->count; i++) {
        struct selected *selected = &selection->items[i];
        bool several = selected->measure->takes == TAKES_CUTS || selected->measure->takes == TAKES_POINTS;
        selected->first = selection->width;
        selected->count = several ? selected->parameters.count : 1;
        selection->width += selected->count;
    }
    selection->names = calloc(selection->width + 1, sizeof *selection->names);
    if (!selection->names) return no_memory(error);
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; k < selection->items[i].count; k++) {
            char *name = value_name(&selection->items[i], k);
            if (!name) return no_memory(error);
            selection->names[selection->items[i].first + k] = name;
        }
    return OK;
}

const struct selected *selection_misfit(const struct selection *selection, const struct qrels_format *format)
{
    enum measure_input_kind have = NEEDS_QRELS;
    if (format->preferences)
        have = NEEDS_PREFERENCES;
    else if (strchr(format->columns, 'g'))
        have = NEEDS_JUDGES;
    for (size_t i = 0; i < selection->count; i++) {
        enum measure_input_kind needs = selection->items[i].measure->needs;
        if (needs != NEEDS_NOTHING && needs != have) return &selection->items[i];
    }
    return NULL;
}
