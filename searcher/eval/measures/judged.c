/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much of the top of a ranking was judged. */
#include "searcher/eval/measures/functions.h"

MEASURE(unjudged)
{
    const struct ranking *ranking = input->rankings;
    size_t seen = 0, rank = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++)
            seen += ranking->grades[rank] < 0;
        values[i] = (double)seen / parameters->numbers[i];
    }
    return OK;
}

/* Of the documents there are, so that a short ranking can be wholly judged; a document the judgements mention counts
 * even with a negative grade, as in ir_measures. */
MEASURE(judged)
{
    const struct ranking *ranking = input->rankings;
    size_t seen = 0, rank = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        for (; rank < ranking->retrieved && (double)rank < parameters->numbers[i]; rank++)
            seen += ranking->grades[rank] != GRADE_UNPOOLED;
        values[i] = rank ? (double)seen / (double)rank : 0;
    }
    return OK;
}
