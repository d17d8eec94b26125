/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judgements in each of the four formats (the first byte chooses), and measures over them. */
#include "searcher/eval/evaluate.h"
#include "searcher/eval/lines.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char RUN[] = "1 Q0 a 1 3 t\n1 Q0 b 2 2 t\n1 Q0 c 3 2 t\n2 Q0 a 1 1 t\n";
static const char *const SETS[] = {"all_trec", "qrels_jg", "all_prefs", "all_prefs"};

static void run_measures(const struct qrels *qrels, size_t format)
{
    struct selection selection;
    struct evaluation evaluation;
    struct lines *lines;
    struct evaluate_options options = EVALUATE_DEFAULTS;
    options.complete = true;
    selection_init(&selection);
    if (selection_add(&selection, SETS[format], NULL) || selection_finish(&selection, NULL)) abort();
    double *summary = calloc(selection.width, sizeof *summary);
    if (!summary || lines_open_memory(&lines, "run", span_of(RUN), NULL) != OK) abort();
    if (evaluate_lines(&evaluation, qrels, &selection, lines, &options, NULL) == OK) {
        evaluation_summary(&evaluation, summary);
        evaluation_release(&evaluation);
    }
    lines_close(lines);
    free(summary);
    selection_release(&selection);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct lines *lines;
    struct qrels *qrels;
    struct error error;
    size_t format = data[0] % QRELS_FORMAT_COUNT;
    struct span text = {(const char *)data + 1, size - 1};
    if (lines_open_memory(&lines, "fuzz", text, &error) != OK) return 0;
    if (qrels_read_lines(&qrels, lines, &QRELS_FORMATS[format], &error) == OK) {
        for (size_t i = 0; i < qrels_count(qrels); i++) {
            const struct judged_topic *topic = qrels_topic(qrels, i);
            assert(qrels_find(qrels, topic->name) == i);
            assert(i == 0 || span_compare(topic[-1].name, topic->name) < 0);
            for (size_t g = 0; g < topic->group_count && !QRELS_FORMATS[format].preferences; g++)
                for (size_t k = 0; k < topic->groups[g].count; k++)
                    assert(judged_grade(&topic->groups[g], topic->groups[g].judgements[k].document) ==
                           topic->groups[g].judgements[k].grade);
        }
        run_measures(qrels, format);
        qrels_free(qrels);
    }
    lines_close(lines);
    return 0;
}
