/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stop_words.h"

bool stop_words_hold(const struct stop_words *list, struct span form)
{
    size_t low = 0, high = list ? list->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(form, span_of(list->words[middle]));
        if (order == 0) return true;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}
