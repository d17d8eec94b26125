/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/phrase.h"

#include <stdlib.h>
#include <string.h>

/* Positions, growing: those of the longest document. */
struct places {
    uint32_t *item;
    size_t count, room;
};

/* Reads the positions of a term in a document. */
static bool read_places(struct places *out, struct store_of_lists *store, struct xc_bytes term, uint32_t docid)
{
    for (;;) {
        size_t count;
        enum xc_status status = xc_database_read_positions(&count, store->database, docid, term.data, term.length,
                                                           out->item, out->room, store->error);
        if (!status && count <= out->room) {
            out->count = count;
            return true;
        }
        uint32_t *grown = status ? NULL : realloc(out->item, 2 * count * sizeof *grown);
        if (!grown) {
            if (!store->status) store->status = status ? status : XC_NO_MEMORY;
            return false;
        }
        out->item = grown;
        out->room = 2 * count;
    }
}

/* The terms of [phrase] by rising occurrences, as their places in it. */
static void by_rarity(uint16_t *order, const struct phrase *phrase)
{
    for (size_t i = 0; i < phrase->count; i++) {
        size_t at = i;
        uint64_t occurrences = phrase->term[i]->list->occurrences;
        for (; at && phrase->term[order[at - 1]]->list->occurrences > occurrences; at--) order[at] = order[at - 1];
        order[at] = (uint16_t)i;
    }
}

/* Turns a term's positions into the places where the phrase would begin. */
static void begin_at(struct places *starts, uint32_t offset)
{
    size_t kept = 0;
    for (size_t i = 0; i < starts->count; i++)
        if (starts->item[i] >= offset) starts->item[kept++] = starts->item[i] - offset;
    starts->count = kept;
}

/* Keeps the starts at which another term stands where it should. */
static void keep_followed(uint32_t *starts, size_t *count, const struct places *other, uint32_t offset)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < *count; i++) {
        uint64_t wanted = (uint64_t)starts[i] + offset;
        while (k < other->count && other->item[k] < wanted) k++;
        if (k < other->count && other->item[k] == wanted) starts[kept++] = starts[i];
    }
    *count = kept;
}

bool phrase_stands(struct nodes *nodes, const struct phrase *phrase, uint32_t docid)
{
    uint16_t order[NODE_TERMS_MAX];
    struct places starts = {0}, other = {0};
    by_rarity(order, phrase);
    bool good = read_places(&starts, nodes->store, phrase->term[order[0]]->term, docid);
    if (good) begin_at(&starts, order[0]);
    for (size_t i = 1; good && starts.count && i < phrase->count; i++) {
        good = read_places(&other, nodes->store, phrase->term[order[i]]->term, docid);
        if (good) keep_followed(starts.item, &starts.count, &other, order[i]);
    }
    free(starts.item);
    free(other.item);
    return good && starts.count;
}

struct batch *batch_new(struct top *top, uint64_t *total, struct nodes *nodes, const struct phrase *phrases)
{
    struct batch *batch = malloc(sizeof *batch);
    struct match *waiting = batch ? malloc(WAITING_MOST * sizeof *waiting) : NULL;
    if (!waiting) {
        if (!nodes->store->status) nodes->store->status = XC_NO_MEMORY;
        free(batch);
        return NULL;
    }
    batch->nodes = nodes;
    batch->phrases = phrases;
    batch->top = top;
    batch->total = total;
    batch->waiting = waiting;
    batch->waiting_count = batch->count = 0;
    batch->waiting_room = WAITING_FIRST;
    return batch;
}

void batch_free(struct batch *batch)
{
    if (!batch) return;
    free(batch->waiting);
    free(batch);
}

void batch_add(struct batch *batch, uint32_t docid, double score)
{
    batch->waiting[batch->waiting_count++] = (struct match){docid, score};
    if (batch->waiting_count < batch->waiting_room) return;
    batch_settle(batch);
    batch->waiting_room = WAITING_MOST;
}

/* The starts of a batch's documents, one after the other in one array. */
struct starts {
    struct places all;
    size_t from[BATCH_MOST], count[BATCH_MOST];
};

static bool append(struct places *all, const struct places *more)
{
    if (all->count + more->count > all->room) {
        size_t room = 2 * (all->count + more->count);
        uint32_t *grown = realloc(all->item, room * sizeof *grown);
        if (!grown) return false;
        all->item = grown;
        all->room = room;
    }
    if (more->count) memcpy(all->item + all->count, more->item, more->count * sizeof *more->item);
    all->count += more->count;
    return true;
}

/* Leaves in the batch the documents in which [phrase] stands. */
static bool sift_batch(struct batch *batch, const struct phrase *phrase, struct starts *starts, struct places *places)
{
    struct store_of_lists *store = batch->nodes->store;
    uint16_t order[NODE_TERMS_MAX];
    by_rarity(order, phrase);
    starts->all.count = 0;
    for (size_t i = 0; i < phrase->count; i++) {
        struct xc_bytes term = phrase->term[order[i]]->term;
        size_t kept = 0;
        for (size_t k = 0; k < batch->count; k++) {
            if (!read_places(places, store, term, batch->looked[k].docid)) return false;
            size_t from = i ? starts->from[k] : starts->all.count, count = i ? starts->count[k] : 0;
            if (i) {
                keep_followed(starts->all.item + from, &count, places, order[i]);
            } else {
                begin_at(places, order[0]);
                count = places->count;
                if (!append(&starts->all, places)) return false;
            }
            if (!count) continue;
            starts->from[kept] = from;
            starts->count[kept] = count;
            batch->looked[kept++] = batch->looked[k];
        }
        batch->count = kept;
    }
    return true;
}

/* ---- A heap of those that wait, the best on top ---- */

static bool is_better(const struct match *a, const struct match *b)
{
    return a->score != b->score ? a->score > b->score : a->docid < b->docid;
}

static void sink(struct match *heap, size_t count, size_t at)
{
    struct match match = heap[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && is_better(&heap[child + 1], &heap[child])) child++;
        if (!is_better(&heap[child], &match)) break;
        heap[at] = heap[child];
    }
    heap[at] = match;
}

static struct match take_best(struct batch *batch)
{
    struct match best = batch->waiting[0];
    batch->waiting[0] = batch->waiting[--batch->waiting_count];
    sink(batch->waiting, batch->waiting_count, 0);
    return best;
}

static int by_docid(const void *a, const void *b)
{
    const struct match *left = a, *right = b;
    return (left->docid > right->docid) - (left->docid < right->docid);
}

/* Takes the [room] best of those that wait and may be hits yet; by docid. */
static void fill_batch(struct batch *batch, size_t room)
{
    batch->count = 0;
    while (batch->count < room && batch->waiting_count &&
           (batch->total || batch->waiting[0].score > top_least(batch->top)))
        batch->looked[batch->count++] = take_best(batch);
    qsort(batch->looked, batch->count, sizeof *batch->looked, by_docid);
}

void batch_settle(struct batch *batch)
{
    struct starts *starts = calloc(1, sizeof *starts);
    struct places places = {0};
    struct store_of_lists *store = batch->nodes->store;
    bool good = starts != NULL;
    for (size_t at = batch->waiting_count / 2; at-- > 0;) sink(batch->waiting, batch->waiting_count, at);
    for (size_t room = BATCH_FIRST; good; room = 4 * room < BATCH_MOST ? 4 * room : BATCH_MOST) {
        fill_batch(batch, room);
        if (!batch->count) break;
        for (const struct phrase *phrase = batch->phrases; good && phrase; phrase = phrase->next)
            good = sift_batch(batch, phrase, starts, &places);
        if (good && batch->total) *batch->total += batch->count;
        for (size_t i = 0; good && i < batch->count; i++)
            if (batch->looked[i].score > top_least(batch->top))
                top_add(batch->top, batch->looked[i].docid, batch->looked[i].score);
    }
    if (!good && !store->status) store->status = XC_NO_MEMORY;
    batch->waiting_count = 0;
    if (starts) free(starts->all.item);
    free(starts);
    free(places.item);
}
