/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run evaluated: the value of each measure for each topic, and their summaries.
 *
 * Takes judgements, a run and a selection of measures; gives a table of values; prints nothing.
 */
#ifndef EVAL_EVALUATE_H
#define EVAL_EVALUATE_H

#include "searcher/eval/selection.h"

struct lines;

struct evaluate_options {
    struct ranking_options ranking;
    bool complete;          /* -c: judged topics missing from the run count as topics without results */
    const char *only_topic; /* -D level.topic: nothing but this topic; NULL for all */
};

/* trec_eval's defaults: grade 1 is relevant, all documents, the topics of both files. */
#define EVALUATE_DEFAULTS                                                                                              \
    ((struct evaluate_options){.ranking = {.level = 1, .depth = SIZE_MAX}, .complete = false, .only_topic = NULL})

/* The values of one run. Topics are those of the judgements, by index there. */
struct evaluation {
    const struct qrels *qrels;
    const struct selection *selection;
    struct evaluate_options options;
    struct buffer tag; /* of the run */
    double *values;    /* [topic * selection->width + value] */
    char **strings;    /* by topic, of relstring; NULL when it was not asked for */
    bool *found;       /* by topic: the run has it */
    bool *counted;     /* by topic: takes part in the summary */
    size_t counted_count;
    size_t missing; /* judged topics that are not in the run */
};

/* Evaluates the run of [path] ("-" is standard input). [qrels] and [selection] must outlive the evaluation.
 *
 * Returns OK, INVALID when the run is malformed or has no topic in common with the judgements, IO, LIMIT or NO_MEMORY.
 * Memory: the values, and the run's largest topic (the whole run when it comes by a pipe or mixes topics).
 */
enum status evaluate(struct evaluation *out, const struct qrels *qrels, const struct selection *selection,
                     const char *path, const struct evaluate_options *options, struct error *error);

enum status evaluate_lines(struct evaluation *out, const struct qrels *qrels, const struct selection *selection,
                           struct lines *lines, const struct evaluate_options *options, struct error *error);

void evaluation_release(struct evaluation *evaluation);

/* Writes the summaries, selection->width of them; texts are 0. */
void evaluation_summary(const struct evaluation *evaluation, double *summary);

/* A topic's values. */
const double *evaluation_topic(const struct evaluation *evaluation, size_t topic);

/* Replaces each value by its distance from the mean in standard deviations, both from the file [path] with lines
 * `topic measure mean deviation`; -1000000 where the file has no mean. INVALID, IO or NO_MEMORY as for other files. */
enum status evaluation_standardise(struct evaluation *evaluation, const char *path, struct error *error);

#endif
