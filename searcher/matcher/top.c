/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/top.h"

#include <stdlib.h>

static bool is_worse(const struct match *a, const struct match *b)
{
    return a->score != b->score ? a->score < b->score : a->docid > b->docid;
}

bool top_init(struct top *out, size_t room)
{
    out->hits = malloc(room * sizeof *out->hits);
    out->count = 0;
    out->room = room;
    return out->hits != NULL;
}

void top_release(struct top *top)
{
    free(top->hits);
    *top = (struct top){0};
}

/* Lets a hit rise from the bottom. */
static void rise(struct top *top, size_t at, struct match hit)
{
    while (at && is_worse(&hit, &top->hits[(at - 1) / 2])) {
        top->hits[at] = top->hits[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    top->hits[at] = hit;
}

/* Puts a hit in the place of the worst and lets it sink. */
static void sink(struct top *top, struct match hit)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < top->count; at = child) {
        if (child + 1 < top->count && is_worse(&top->hits[child + 1], &top->hits[child])) child++;
        if (!is_worse(&top->hits[child], &hit)) break;
        top->hits[at] = top->hits[child];
    }
    top->hits[at] = hit;
}

void top_add(struct top *top, uint32_t docid, double score)
{
    struct match hit = {docid, score};
    if (top->count < top->room)
        rise(top, top->count++, hit);
    else
        sink(top, hit);
}

static int by_rank(const void *a, const void *b)
{
    const struct match *left = a, *right = b;
    return is_worse(left, right) ? 1 : -1;
}

void top_sort(struct top *top)
{
    if (top->count > 1) qsort(top->hits, top->count, sizeof *top->hits, by_rank);
}
