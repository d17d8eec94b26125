/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs: read topic by topic, in order, and scored against fixed judgements. */
#include "searcher/eval/evaluate.h"
#include "searcher/eval/lines.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char QRELS[] = "1 0 a 1\n1 0 b 0\n1 0 c 2\n2 0 a 1\n3 0 z -1\n3 0 y 3\n";

static enum status check_topic(void *context, struct span topic, struct run_entry *entries, size_t count,
                               struct error *error)
{
    (void)context, (void)error;
    assert(topic.length > 0 && count > 0);
    for (size_t i = 0; i < count; i++) {
        assert(isfinite(entries[i].score) && entries[i].document.length > 0);
        if (i == 0) continue;
        assert(entries[i - 1].score >= entries[i].score);
        if (entries[i - 1].score == entries[i].score)
            assert(span_compare(entries[i - 1].document, entries[i].document) > 0);
    }
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = {(const char *)data, size};
    struct lines *lines;
    struct error error;
    if (lines_open_memory(&lines, "fuzz", text, &error) != OK) return 0;
    struct run_reading reading = {.topic = check_topic};
    buffer_init(&reading.tag, LINE_BYTES_MAX);
    enum status read = run_read_lines(&reading, lines, &error);
    buffer_release(&reading.tag);
    struct lines *judgements;
    struct qrels *qrels;
    struct selection selection;
    struct evaluation evaluation;
    struct evaluate_options options = EVALUATE_DEFAULTS;
    selection_init(&selection);
    if (lines_open_memory(&judgements, "qrels", span_of(QRELS), NULL) != OK ||
        qrels_read_lines(&qrels, judgements, &QRELS_FORMATS[0], NULL) != OK ||
        selection_add(&selection, "all_trec", NULL) != OK || selection_finish(&selection, NULL) != OK)
        abort();
    if (read == OK && lines_rewind(lines) &&
        evaluate_lines(&evaluation, qrels, &selection, lines, &options, &error) == OK)
        evaluation_release(&evaluation);
    selection_release(&selection);
    qrels_free(qrels);
    lines_close(judgements);
    lines_close(lines);
    return 0;
}
