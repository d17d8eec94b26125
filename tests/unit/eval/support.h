/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of evaluation share: judgements and runs from strings. */
#ifndef TEST_EVAL_SUPPORT_H
#define TEST_EVAL_SUPPORT_H

/* cmocka defines a macro "fail", so that our function has to be declared first */
/* clang-format off */
#include "searcher/eval/compare.h"
#include "searcher/eval/eval_command.h"
#include "searcher/eval/judge.h"
#include "searcher/eval/lines.h"
#include "searcher/eval/pool.h"
#include "searcher/eval/tune.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
/* clang-format on */

static inline enum status qrels_of(struct qrels **out, const char *text, const char *format, struct error *error)
{
    struct lines *lines;
    assert_int_equal(lines_open_memory(&lines, "q", span_of(text), error), OK);
    enum status status = qrels_read_lines(out, lines, qrels_format_find(format), error);
    lines_close(lines);
    return status;
}

static inline enum status evaluate_text(struct evaluation *out, const struct qrels *qrels,
                                        const struct selection *selection, const char *run,
                                        const struct evaluate_options *options, struct error *error)
{
    struct lines *lines;
    assert_int_equal(lines_open_memory(&lines, "r", span_of(run), error), OK);
    enum status status = evaluate_lines(out, qrels, selection, lines, options, error);
    lines_close(lines);
    return status;
}

/* The summary of one measure of a run. */
static inline double measure_of(const char *qrels_text, const char *format, const char *run, const char *measure,
                                const struct evaluate_options *options)
{
    struct error error = {0};
    struct qrels *qrels;
    struct selection selection;
    struct evaluation evaluation;
    double summary[64];
    selection_init(&selection);
    assert_int_equal(selection_add(&selection, measure, &error), OK);
    assert_int_equal(selection_finish(&selection, &error), OK);
    assert_in_range(selection.width, 1, 64);
    assert_int_equal(qrels_of(&qrels, qrels_text, format, &error), OK);
    assert_int_equal(evaluate_text(&evaluation, qrels, &selection, run, options, &error), OK);
    evaluation_summary(&evaluation, summary);
    evaluation_release(&evaluation);
    qrels_free(qrels);
    selection_release(&selection);
    return summary[0];
}

/* Equal to within [within]; the message shows both. */
#define assert_close(value, expected, within)                                                                          \
    do {                                                                                                               \
        double value_ = (value), expected_ = (expected);                                                               \
        if (!(fabs(value_ - expected_) <= (within))) {                                                                 \
            print_error("%s is %.15g, expected %.15g\n", #value, value_, expected_);                                   \
            fail();                                                                                                    \
        }                                                                                                              \
    } while (0)

#endif
