/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The measures somebody asked for, by trec_eval's names (`P.5,10`) or ir_measures' (`P(rel=2)@5`).
 *
 * Takes names; gives rows of the table with their parameters, and a place for each value; computes nothing.
 */
#ifndef EVAL_SELECTION_H
#define EVAL_SELECTION_H

#include "searcher/eval/measures/measure.h"

/* A measure asked for. */
struct selected {
    const struct measure *measure;
    struct parameters parameters;
    bool given_parameters;
    char *parameter_text; /* as given, NULL for the defaults */
    char *label;          /* of an ir_measures name, NULL for trec_eval's */
    bool viewed;          /* the following three hold for this measure alone */
    bool has_level;
    long level;
    size_t depth;
    bool judged_only;
    size_t first, count; /* its values among those of a topic */
    double *numbers;     /* the memory of parameters */
    struct parameter_pair *pairs;
};

struct selection {
    struct selected *items; /* trec_eval's in the order of the table, then ir_measures' as they were given */
    size_t count, capacity;
    char **names; /* of the values */
    size_t width; /* how many values a topic has */
};

void selection_init(struct selection *selection);
void selection_release(struct selection *selection);

/* Adds the measure or set called [name]. A measure that is there already stays as it is, but takes parameters when it
 * had none. Returns OK, INVALID for an unknown name or wrong parameters, UNSUPPORTED for a measure of ir_measures that
 * is not offered, or NO_MEMORY.
 */
enum status selection_add(struct selection *selection, const char *name, struct error *error);

/* Orders the measures and gives each value its place and name. To be called once, after the last selection_add. */
enum status selection_finish(struct selection *selection, struct error *error);

/* The first measure that cannot be computed from judgements of [format], or NULL. */
const struct selected *selection_misfit(const struct selection *selection, const struct qrels_format *format);

/* For selection_add: reads [name] as ir_measures writes it. NOT_FOUND when it is no name of theirs. */
enum status selection_parse_ir(struct selected *out, const char *name, struct error *error);

/* Prints to [out] the names of ir_measures that are understood, one a line. */
enum status selection_list_ir(struct buffer *out);

#endif
