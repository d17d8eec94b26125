/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which stretches of hits to show. For each number of fragments the best windows are taken one after the other, each
 * for what it adds; the number that covers most wins, fewer before more.
 *
 * A window that ends at a hit is the shortest that holds the latest hit of each item not too far back: the items in the
 * order of their latest hits, cut off where they no longer fit. Kept as a linked list, it costs O(1) a hit. */
#include "searcher/snippet_parts.h"

#include <stdlib.h>

/* Shares of a window's weight that its form adds; judged by eye on news texts, so that form decides only between
 * windows of about the same weight. */
static const double CLOSE_SHARE = 0.25;    /* words side by side, against words a whole fragment apart */
static const double START_SHARE = 0.10;    /* the sentence's start can be shown too */
static const double SENTENCE_SHARE = 0.05; /* one sentence holds the window */
static const double REPEAT_SHARE = 0.03;   /* each further hit in it, at most … */
static const size_t REPEATS_MAX = 4;       /* … this many */
static const double SEEN_SHARE = 0.05;     /* what an item is still worth that another fragment shows */
static const double FRAGMENT_PRICE = 0.04; /* of the weight, for each fragment but the first */

static const uint32_t NONE = UINT32_MAX; /* no hit */

/* An item in the window that ends at the hit looked at. */
struct latest {
    uint32_t hit, before, after; /* its latest hit; its neighbours in the order of these */
    bool inside, shown;
};

struct chooser {
    const struct found_list *list;
    struct latest *items;
    uint32_t head, tail;
    double weight;                                  /* of the items inside */
    struct range closed[SNIPPET_FRAGMENTS_MAX + 1]; /* where no window may reach, ascending */
    size_t closed_count;
};

static double worth(const struct chooser *chooser, uint32_t item)
{
    return chooser->list->weight[item] * (chooser->items[item].shown ? SEEN_SHARE : 1);
}

static void leave(struct chooser *chooser, uint32_t item)
{
    struct latest *here = &chooser->items[item];
    if (!here->inside) return;
    *(here->before == NONE ? &chooser->head : &chooser->items[here->before].after) = here->after;
    *(here->after == NONE ? &chooser->tail : &chooser->items[here->after].before) = here->before;
    here->inside = false;
    chooser->weight -= worth(chooser, item);
}

static void enter(struct chooser *chooser, uint32_t item, uint32_t hit)
{
    leave(chooser, item);
    struct latest *here = &chooser->items[item];
    *here = (struct latest){hit, chooser->tail, NONE, true, here->shown};
    *(chooser->tail == NONE ? &chooser->head : &chooser->items[chooser->tail].after) = item;
    chooser->tail = item;
    chooser->weight += worth(chooser, item);
}

static void clear(struct chooser *chooser)
{
    while (chooser->head != NONE) leave(chooser, chooser->head);
    chooser->weight = 0; /* without what adding and taking away has rounded */
}

/* The window that is worth most, in at most [size] bytes; returns its worth, 0 when there is none. */
static double best_window(struct chooser *chooser, size_t size, struct range *best)
{
    const struct found *found = chooser->list->found;
    double most = 0;
    size_t closed = 0, oldest = 0;
    clear(chooser);
    for (uint32_t i = 0; i < chooser->list->count; i++) {
        size_t start = found[i].start, end = found[i].end;
        if (end - start > size) end = start + size; /* a long phrase: its beginning */
        while (closed < chooser->closed_count && chooser->closed[closed].end <= start) {
            closed++;
            clear(chooser);
            oldest = i;
        }
        if (closed < chooser->closed_count && chooser->closed[closed].start < end) {
            clear(chooser);
            oldest = i + 1;
            continue;
        }
        enter(chooser, found[i].item, i);
        while (found[chooser->items[chooser->head].hit].start + size < end) leave(chooser, chooser->head);
        while (found[oldest].start + size < end) oldest++;
        const struct found *first = &found[chooser->items[chooser->head].hit];
        size_t repeats = i - oldest < REPEATS_MAX ? i - oldest : REPEATS_MAX;
        double share = 1 + CLOSE_SHARE * (1 - (double)(end - first->start) / (double)size);
        if (end - first->sentence <= size) share += START_SHARE;
        if (first->sentence == found[i].sentence) share += SENTENCE_SHARE;
        share += REPEAT_SHARE * (double)repeats;
        if (chooser->weight * share <= most * (1 + 1e-9)) continue;
        most = chooser->weight * share;
        *best = (struct range){first->start, end};
    }
    return most;
}

/* Marks the items in [window] as shown; returns the weight that is new. */
static double show(struct chooser *chooser, struct range window)
{
    double fresh = 0;
    for (size_t i = 0; i < chooser->list->count; i++) {
        const struct found *hit = &chooser->list->found[i];
        if (hit->start < window.start || hit->start >= window.end || chooser->items[hit->item].shown) continue;
        chooser->items[hit->item].shown = true;
        fresh += chooser->list->weight[hit->item];
    }
    return fresh;
}

static void close_off(struct chooser *chooser, struct range closed)
{
    size_t at = chooser->closed_count++;
    for (; at && chooser->closed[at - 1].start > closed.start; at--) chooser->closed[at] = chooser->closed[at - 1];
    chooser->closed[at] = closed;
}

static void add_window(struct range *windows, size_t *count, struct range window)
{
    size_t at = (*count)++;
    for (; at && windows[at - 1].start > window.start; at--) windows[at] = windows[at - 1];
    windows[at] = window;
}

/* Takes up to [wanted] windows of [size] bytes; returns the weight they cover together. */
static double take_windows(struct chooser *chooser, struct range *windows, size_t *count, size_t wanted, size_t size,
                           struct range title)
{
    double covered = 0;
    chooser->closed_count = 0;
    if (title.end > title.start) close_off(chooser, title);
    clear(chooser);
    for (size_t i = 0; i < chooser->list->items; i++) chooser->items[i].shown = false;
    for (*count = 0; *count < wanted;) {
        struct range window = {0, 0};
        if (best_window(chooser, size, &window) <= 0) break;
        clear(chooser); /* before what is shown changes what items are worth */
        double fresh = show(chooser, window);
        if (fresh <= 0) break; /* nothing that is not shown already */
        covered += fresh;
        add_window(windows, count, window);
        size_t before = window.end > size ? window.end - size : 0;
        close_off(chooser, (struct range){before < window.start ? before : window.start, window.start + size});
    }
    return covered;
}

enum status snippet_choose(struct range *windows, size_t *count, const struct found_list *list, size_t bytes,
                           size_t max, struct range title)
{
    struct chooser chooser = {.list = list, .head = NONE, .tail = NONE};
    chooser.items = calloc(list->items + 1, sizeof *chooser.items);
    if (!chooser.items) return NO_MEMORY;
    double best = 0;
    *count = 0;
    for (size_t wanted = 1; wanted <= max; wanted++) {
        struct range taken[SNIPPET_FRAGMENTS_MAX];
        size_t taken_count;
        double covered = take_windows(&chooser, taken, &taken_count, wanted, bytes / wanted, title);
        if (taken_count < wanted && wanted > 1) break; /* more and smaller ones find nothing more */
        covered *= 1 - FRAGMENT_PRICE * (double)(wanted - 1);
        if (covered <= best) continue;
        best = covered;
        *count = taken_count;
        for (size_t i = 0; i < taken_count; i++) windows[i] = taken[i];
    }
    free(chooser.items);
    return OK;
}
