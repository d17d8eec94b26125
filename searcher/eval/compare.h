/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs compared topic by topic: the first is the baseline of all others.
 *
 * Takes judgements, runs and measures; gives means, differences and what the tests say; four ways to write it out.
 */
#ifndef EVAL_COMPARE_H
#define EVAL_COMPARE_H

#include "searcher/eval/evaluate.h"
#include "searcher/eval/statistics.h"
#include "searcher/eval/topics.h"
#include "searcher/eval/writer.h"

enum { COMPARE_RUNS_MAX = 50 };

struct compare_options {
    struct evaluate_options evaluate;
    bool common;    /* only topics all runs have; else those any run has, and one missing counts as no result */
    size_t samples; /* of the randomisation test */
    uint64_t seed;
    size_t moved;               /* topics to show that moved most, up and down each */
    bool curve_only;            /* iprec_at_recall is there for the curves, and not to be compared */
    const struct topics *texts; /* NULL without */
};

/* A run against the baseline by one measure. */
struct contest {
    struct paired test;
    double t_holm, wilcoxon_holm, randomisation_holm; /* corrected over the runs */
};

struct compared_measure {
    const char *name;
    size_t value;             /* among a topic's values */
    double *means;            /* by run */
    struct contest *contests; /* by run; the first is not used */
};

struct comparison {
    struct compare_options options;
    const struct qrels *qrels;
    const struct selection *selection;
    struct evaluation *runs;
    const char **paths;
    size_t run_count;
    size_t *topics; /* indices in the judgements, those compared */
    size_t topic_count;
    size_t left_out; /* judged topics that are not compared */
    struct compared_measure *measures;
    size_t measure_count;
    const struct selected *curve; /* iprec_at_recall, for the recall-precision curves; NULL without */
};

/* Evaluates and compares. [selection] is finished and outlives the result, like [qrels], [paths] and the topics' texts.
 * Measures that are no means over topics are passed over. Returns OK, INVALID (as evaluate; or when no measure or no
 * topic is left), IO, LIMIT or NO_MEMORY.
 */
enum status compare(struct comparison *out, const struct qrels *qrels, const struct selection *selection,
                    const char **paths, size_t run_count, const struct compare_options *options, struct error *error);

void comparison_release(struct comparison *comparison);

double comparison_value(const struct comparison *comparison, size_t run, size_t topic, size_t value);

/* The places (in comparison->topics) of the topics by falling difference of [run] to the baseline, [topic_count] of
 * them; the caller frees them. NULL when out of memory. */
size_t *comparison_order(const struct comparison *comparison, size_t run, const struct compared_measure *measure);

/* A short name of a run: its tag, and its file name where tags are alike. */
void comparison_label(struct writer *out, const struct comparison *comparison, size_t run,
                      void (*escape)(struct writer *, struct span));

struct span comparison_topic_name(const struct comparison *comparison, size_t place);
struct span comparison_topic_text(const struct comparison *comparison, size_t place); /* empty when not known */

void compare_write_text(struct writer *out, const struct comparison *comparison);
void compare_write_markdown(struct writer *out, const struct comparison *comparison);
void compare_write_json(struct writer *out, const struct comparison *comparison);
void compare_write_html(struct writer *out, const struct comparison *comparison);

#endif
