/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/highlight_text.h"

#include <stdlib.h>
#include <string.h>

enum {
    WHOLE_BYTES_MAX = 1 << 20, /* bytes: shorter texts are analysed whole; a token takes about 100 bytes */
    PART_BYTES = 512 * 1024,   /* bytes of longer ones analysed at a time */
    OVERLAP_BYTES = 4 * 1024   /* bytes read again with the next part: what stands across the border */
};

struct list {
    struct range *items;
    size_t count, room;
};

static enum status append(struct list *list, const struct range *ranges, size_t count)
{
    if (list->count + count + 1 > list->room) {
        size_t room = 2 * (list->count + count + 1);
        struct range *grown = realloc(list->items, room * sizeof *grown);
        if (!grown) return NO_MEMORY;
        list->items = grown;
        list->room = room;
    }
    if (count) memcpy(list->items + list->count, ranges, count * sizeof *ranges);
    list->count += count;
    return OK;
}

static int by_start(const void *a, const void *b)
{
    const struct range *left = a, *right = b;
    if (left->start != right->start) return left->start < right->start ? -1 : 1;
    return (left->end > right->end) - (left->end < right->end);
}

size_t highlight_merge(struct range *ranges, size_t count)
{
    size_t made = 0;
    if (count) qsort(ranges, count, sizeof *ranges, by_start);
    for (size_t i = 0; i < count; i++) {
        if (made && ranges[i].start <= ranges[made - 1].end) {
            if (ranges[i].end > ranges[made - 1].end) ranges[made - 1].end = ranges[i].end;
        } else {
            ranges[made++] = ranges[i];
        }
    }
    return made;
}

enum status highlight_text(struct range **out, size_t *count, struct highlighter *highlighter,
                           struct analyser *analyser, struct span text, struct span language, struct range title)
{
    struct list list = {0};
    const struct analysis *analysis;
    const struct range *ranges;
    size_t found, done = 0;
    enum status status = text.length >= UINT32_MAX ? LIMIT : append(&list, NULL, 0);
    while (!status && done < text.length) {
        bool whole = text.length <= WHOLE_BYTES_MAX;
        struct range part = {done > OVERLAP_BYTES ? done - OVERLAP_BYTES : 0, done + PART_BYTES};
        if (part.end > text.length) part.end = text.length;
        status = whole ? analyse(&analysis, analyser, text, language)
                       : analyse_range(&analysis, analyser, text, part, language);
        if (!status) status = highlight_ranges(&ranges, &found, highlighter, analysis, title);
        if (!status) status = append(&list, ranges, found);
        done = whole ? text.length : part.end;
    }
    if (status) {
        free(list.items);
        return status;
    }
    *out = list.items;
    *count = highlight_merge(list.items, list.count);
    return OK;
}
