/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An evaluation written out: trec_eval's columns, JSON, tab-separated values or a Markdown table.
 *
 * Takes an evaluation; writes to the file it is given; computes nothing but the summary.
 */
#ifndef EVAL_REPORT_H
#define EVAL_REPORT_H

#include "searcher/eval/evaluate.h"

#include <stdio.h>

struct report_options {
    bool by_topic;     /* -q */
    bool no_summary;   /* -n */
    bool standardised; /* -Z: names begin with Z, counts are no whole numbers */
};

typedef enum status (*report_function)(FILE *out, const struct evaluation *evaluation,
                                       const struct report_options *options, struct error *error);

struct report_format {
    const char *name;
    report_function write;
    const char *explanation;
};

extern const struct report_format REPORT_FORMATS[]; /* the first is the default */
extern const size_t REPORT_FORMAT_COUNT;

/* Shared with other reports: a string as a JSON string, ill-formed UTF-8 repaired; a number as JSON (null for NaN and
 * infinities) with the digits that give the double back; text escaped for a Markdown table, and for HTML. */
enum status json_append_string(struct buffer *out, struct span text);
enum status json_append_number(struct buffer *out, double number);
enum status markdown_append(struct buffer *out, struct span text);
enum status html_append(struct buffer *out, struct span text);

#endif
