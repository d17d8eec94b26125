/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/measures/functions.h"

#define UNUSED(parameter) (void)(parameter)

MEASURE(topics)
{
    UNUSED(input);
    UNUSED(parameters);
    values[0] = 1;
    return OK;
}

MEASURE(retrieved)
{
    UNUSED(parameters);
    values[0] = (double)input->rankings->retrieved;
    return OK;
}

MEASURE(relevant)
{
    UNUSED(parameters);
    values[0] = (double)input->rankings->relevant;
    return OK;
}

MEASURE(relevant_retrieved)
{
    UNUSED(parameters);
    values[0] = (double)input->rankings->relevant_retrieved;
    return OK;
}

MEASURE(nonrelevant_retrieved)
{
    UNUSED(parameters);
    const struct ranking *ranking = input->rankings;
    values[0] = (double)ranking->retrieved - (double)ranking->unpooled_retrieved - (double)ranking->unjudged_retrieved -
                (double)ranking->relevant_retrieved;
    return OK;
}
