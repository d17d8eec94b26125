/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/evaluate.h"
#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"

#include <stdlib.h>

#define NAME_BYTES_MAX ((size_t)1 << 30) /* bytes of the names in a file of means */
#define NO_MEAN        (-1000000.0)      /* trec_eval's mark for a value that cannot be standardised */

struct moments {
    double mean, deviation;
};

/* Reads the means into [out]; the name of each is its topic, a space, and its measure. */
static enum status read_moments(struct names *names, struct moments **out, struct lines *lines, struct error *error)
{
    struct span line, fields[4], rest;
    struct buffer key;
    size_t capacity = 0;
    enum status status;
    buffer_init(&key, 2 * LINE_BYTES_MAX);
    while ((status = lines_next(lines, &line, error)) == OK) {
        if (span_trim(line).length == 0 || line.data[0] == '#') continue;
        if (fields_split(line, fields, 4, &rest) < 4 || rest.length) {
            status = lines_fail(lines, error, "needs four fields: topic, measure, mean, standard deviation");
            break;
        }
        struct moments moments;
        if (number_parse(fields[2], &moments.mean) || number_parse(fields[3], &moments.deviation)) {
            status = lines_fail(lines, error, "the mean or the standard deviation is not a finite number");
            break;
        }
        size_t number;
        buffer_clear(&key);
        if (buffer_printf(&key, "%.*s %.*s", (int)fields[0].length, fields[0].data, (int)fields[1].length,
                          fields[1].data) != OK ||
            names_add(names, buffer_span(&key), &number) != OK) {
            status = fail(error, NO_MEMORY, "out of memory reading '%s'", lines_path(lines));
            break;
        }
        if (number >= capacity) {
            capacity = capacity ? capacity * 2 : 64;
            struct moments *grown = realloc(*out, capacity * sizeof *grown);
            if (!grown) {
                status = fail(error, NO_MEMORY, "out of memory reading '%s'", lines_path(lines));
                break;
            }
            *out = grown;
        }
        (*out)[number] = moments;
    }
    buffer_release(&key);
    return status == NOT_FOUND ? OK : status;
}

static double standardise(double value, const struct moments *moments)
{
    if (!moments) return NO_MEAN;
    if (moments->deviation != 0) return (value - moments->mean) / moments->deviation;
    return value == moments->mean ? 0 : NO_MEAN;
}

enum status evaluation_standardise(struct evaluation *evaluation, const char *path, struct error *error)
{
    struct lines *lines;
    enum status status = lines_open(&lines, path, error);
    if (status != OK) return status;
    struct names names;
    struct moments *moments = NULL;
    names_init(&names, NAME_BYTES_MAX);
    status = read_moments(&names, &moments, lines, error);
    const struct selection *selection = evaluation->selection;
    struct buffer key;
    buffer_init(&key, NAME_BYTES_MAX);
    for (size_t topic = 0; topic < qrels_count(evaluation->qrels) && status == OK; topic++) {
        struct span name = qrels_topic(evaluation->qrels, topic)->name;
        for (size_t value = 0; value < selection->width && status == OK; value++) {
            buffer_clear(&key);
            if (buffer_printf(&key, "%.*s %s", (int)name.length, name.data, selection->names[value]) != OK)
                status = fail(error, NO_MEMORY, "out of memory reading '%s'", path);
            size_t number = names_find(&names, buffer_span(&key));
            double *at = &evaluation->values[topic * selection->width + value];
            *at = standardise(*at, number == NAMES_NONE ? NULL : &moments[number]);
        }
    }
    buffer_release(&key);
    names_release(&names);
    free(moments);
    lines_close(lines);
    return status;
}
