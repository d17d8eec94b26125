/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Measures of a ranking: one table, a row each with its name, its explanation, its parameters and its function.
 *
 * Takes a topic's ranking (or its preferences); gives numbers; knows nothing of files, options or output. Names,
 * defaults and numerics are those of trec_eval 10, so that figures can be compared with published ones.
 */
#ifndef EVAL_MEASURE_H
#define EVAL_MEASURE_H

#include "searcher/eval/preferences.h"
#include "searcher/eval/ranking.h"

/* What a measure needs of the judgements. */
enum measure_input_kind {
    NEEDS_NOTHING,
    NEEDS_QRELS,      /* grades by one judge */
    NEEDS_JUDGES,     /* grades by several judges: format qrels_jg */
    NEEDS_PREFERENCES /* formats prefs and qrels_prefs */
};

/* What parameters it takes, after a '.' behind its name. */
enum parameter_kind {
    TAKES_NOTHING,
    TAKES_CUTS,    /* whole numbers above 0: a value for each, sorted */
    TAKES_POINTS,  /* real numbers: a value for each, sorted */
    TAKES_NUMBERS, /* real numbers in their order: one value */
    TAKES_PAIRS    /* name=number: one value */
};

/* What its values are, which decides how they are printed. */
enum value_kind {
    VALUE_SCORE,
    VALUE_COUNT, /* a whole number */
    VALUE_TEXT   /* a string by topic, with no summary */
};

/* How the values of the topics become one. */
enum summary_kind {
    SUMMARY_MEAN,
    SUMMARY_SUM,
    SUMMARY_GEOMETRIC, /* of values that are logarithms; not shown by topic */
    SUMMARY_TOPICS,    /* the number of topics; not shown by topic */
    SUMMARY_RELEVANT,  /* a sum; under -c of every positive grade judged, whatever the level */
    SUMMARY_TAG,       /* the run's tag; no number at all */
    SUMMARY_NONE
};

struct parameter_pair {
    const char *name;
    double value;
};

struct parameters {
    const double *numbers; /* cuts, points or numbers */
    size_t count;
    const struct parameter_pair *pairs;
    size_t pair_count;
};

/* One topic. */
struct measure_input {
    const struct ranking *rankings; /* one a judge; the first is the only one for NEEDS_QRELS */
    size_t judge_count;
    const struct preferences *preferences; /* for NEEDS_PREFERENCES, else NULL */
};

/* Writes the values, which are 0 before: as many as there are cuts or points, or one. OK or NO_MEMORY. */
typedef enum status (*measure_function)(const struct measure_input *input, const struct parameters *parameters,
                                        double *values);

struct measure {
    const char *name;
    measure_function function; /* NULL for a tag */
    enum measure_input_kind needs;
    enum parameter_kind takes;
    enum value_kind value;
    enum summary_kind summary;
    const double *defaults;
    size_t default_count;
    const char *explanation; /* sentences, one a line */
};

extern const struct measure MEASURES[]; /* in the order of output */
extern const size_t MEASURE_COUNT;

/* A name for several measures. */
struct measure_set {
    const char *name;
    const char *explanation;
    const char *const *measures; /* ends with NULL */
};

extern const struct measure_set MEASURE_SETS[];
extern const size_t MEASURE_SET_COUNT;

const struct measure *measure_find(const char *name);         /* NULL when there is none */
const struct measure_set *measure_set_find(const char *name); /* likewise */

#define GEOMETRIC_FLOOR 1e-5 /* lowest value of a topic in a geometric mean: less would print as 0.0000 */
#define NOT_A_NUMBER    (-__builtin_nan("")) /* 0/0 as x86 makes it: trec_eval prints "-nan" for it */

#endif
