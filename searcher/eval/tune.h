/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tuning: a grid of settings tried on judged topics, with cross-validation by topic.
 *
 * Takes a grid, topics' judgements and a callback that runs a setting; gives the scores, the setting each fold would
 * choose, and the score of that choice on topics it was not chosen on; never searches itself.
 */
#ifndef EVAL_TUNE_H
#define EVAL_TUNE_H

#include "searcher/eval/statistics.h"
#include "searcher/eval/writer.h"

#include <stdio.h>

enum { TUNE_PARAMETERS_MAX = 8, TUNE_SETTINGS_MAX = 100000, TUNE_FOLDS_MAX = 100 };

#define TUNE_DEFAULTS SIZE_MAX /* as a setting: the scheme with none of the parameters given */

struct tune_parameter {
    char *name;
    double *values; /* in the order given */
    size_t count;
};

/* Every combination of the parameters' values; the last parameter changes quickest. */
struct tune_grid {
    char *scheme;
    struct tune_parameter parameters[TUNE_PARAMETERS_MAX];
    size_t count;
    size_t settings;
};

/* Reads "bm25:k1=0.8..1.6/0.2,b=0.3,0.5,0.75": a scheme, and its parameters each with values or ranges FROM..TO/STEP,
 * commas between all of them. INVALID, LIMIT or NO_MEMORY. Released with tune_grid_release. */
enum status tune_grid_parse(struct tune_grid *grid, const char *text, struct error *error);
void tune_grid_release(struct tune_grid *grid);
double tune_grid_value(const struct tune_grid *grid, size_t setting, size_t parameter);

/* Appends a setting as "bm25:k1=0.9,b=0.4", TUNE_DEFAULTS as "bm25". */
void tune_grid_write(struct writer *out, const struct tune_grid *grid, size_t setting);

/* Runs [setting] (which may be TUNE_DEFAULTS) over all topics and writes the measure's value for each of [topic_count]
 * topics to [scores], in the order of the topics. */
typedef enum status (*tune_run)(void *context, const struct tune_grid *grid, size_t setting, double *scores,
                                size_t topic_count, struct error *error);

struct tune_options {
    size_t folds;           /* from 2 to the number of topics */
    uint64_t seed;          /* of the assignment of topics to folds */
    const char *state_path; /* where finished settings are kept, to go on after a stop; NULL keeps none */
    const char *what;       /* identifies the task in the state file: measure, index, topics; one line */
    void (*progress)(void *context, size_t done, size_t all); /* may be NULL */
    void *context;                                            /* of the run and the progress */
};

struct tune_fold {
    size_t chosen;      /* the setting with the best mean over the topics of the other folds */
    size_t topics;      /* in the fold */
    double train, test; /* its mean over the other folds' topics, for choosing alone; and over this fold's */
};

struct tuning {
    const struct tune_grid *grid;
    size_t topic_count;
    double *scores; /* [setting * topic_count + topic] */
    size_t *fold;   /* of each topic */
    struct tune_fold folds[TUNE_FOLDS_MAX];
    size_t fold_count;
    double *held_out; /* by topic: its score under the setting its fold chose without it */
    double mean;      /* of held_out: what the tuned method is worth on topics it has not seen */
    double *usual;    /* by topic: its score under the scheme's defaults */
    double usual_mean;
    struct paired gain; /* of held_out over usual */
    size_t best;        /* the setting with the best mean over all topics: the one to use, no estimate of its worth */
    size_t resumed;     /* settings found in the state file */
};

/* Tries every setting and cross-validates. Ties go to the setting that comes first. A state file of another task or
 * grid is INVALID. Each setting is written to it as soon as it is finished, so that a stop loses one at most. Released
 * with tuning_release. Returns what the run returns, INVALID, IO or NO_MEMORY.
 */
enum status tune(struct tuning *out, const struct tune_grid *grid, size_t topic_count, tune_run run,
                 const struct tune_options *options, struct error *error);
void tuning_release(struct tuning *tuning);

double tuning_mean(const struct tuning *tuning, size_t setting); /* over all topics */

/* The tables of settings and folds as text, Markdown, JSON, and a page with a plot. [measure] names the scores. No
 * score is shown of a setting on the topics it was chosen by; the page and JSON show each setting's mean, chosen or
 * not. */
void tune_write_text(struct writer *out, const struct tuning *tuning, const char *measure);
void tune_write_markdown(struct writer *out, const struct tuning *tuning, const char *measure);
void tune_write_json(struct writer *out, const struct tuning *tuning, const char *measure);
void tune_write_html(struct writer *out, const struct tuning *tuning, const char *measure);

#endif
