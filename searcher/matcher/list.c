/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/matcher/list.h"

#include "indexer/sidecar/pack.h"

#include <string.h>

static int compare(const struct store_of_lists *store, const struct ranking_term *row, struct xc_bytes term)
{
    struct span text = {store->texts + row->text, row->text_length};
    return span_compare(text, (struct span){term.data, term.length});
}

/* The row of [term] in the cache, NULL when it has none, or a damaged one. */
static const struct ranking_term *find(const struct store_of_lists *store, struct xc_bytes term)
{
    size_t low = 0, high = store->term_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct ranking_term *row = &store->terms[middle];
        if (row->text > store->text_bytes || row->text_length > store->text_bytes - row->text) return NULL;
        int order = compare(store, row, term);
        if (!order) {
            size_t blocks = ((size_t)row->documents + RANKING_BLOCK - 1) / RANKING_BLOCK;
            bool sound = row->first_block <= store->block_count && blocks <= store->block_count - row->first_block;
            return sound ? row : NULL;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

enum xc_status list_open(struct list *out, struct store_of_lists *store, struct xc_bytes term)
{
    struct list *list = out;
    list->store = store;
    list->stream = NULL;
    list->blocks = NULL;
    list->block = list->ahead = list->count = list->at = list->block_count = 0;
    list->bound_block = UINT32_MAX;
    list->wdf_loaded = false;
    list->most = 0;
    const struct ranking_term *row = find(store, term);
    if (row) {
        list->documents = row->documents;
        list->occurrences = row->occurrences;
        list->wdf_high = row->wdf_high;
        list->blocks = store->blocks + row->first_block;
        list->block_count = (row->documents + RANKING_BLOCK - 1) / RANKING_BLOCK;
        return XC_OK;
    }
    struct xc_term_statistics statistics;
    enum xc_status status =
        xc_database_term_statistics(&statistics, store->database, term.data, term.length, store->error);
    if (status) return status;
    list->documents = statistics.documents;
    list->occurrences = statistics.occurrences;
    list->wdf_high = statistics.wdf_high;
    return xc_database_postings(&list->stream, store->database, term.data, term.length, store->error);
}

void list_close(struct list *list)
{
    xc_postings_free(list->stream);
    list->stream = NULL;
}

/* Ends everything: the cache contradicts itself, or the index failed. */
static uint32_t give_up(struct list *list, enum xc_status status)
{
    if (!list->store->status) list->store->status = status;
    list->block = list->block_count;
    list->count = list->at = 0;
    return LIST_END;
}

static uint32_t postings_in(const struct list *list, uint32_t block)
{
    uint32_t before = block * RANKING_BLOCK, left = list->documents - before;
    return left < RANKING_BLOCK ? left : RANKING_BLOCK;
}

static const unsigned char *packed_of(const struct list *list, const struct ranking_block *block, uint32_t count)
{
    size_t size = pack_bytes(count, block->docid_bits) + pack_bytes(count, block->wdf_bits) + PACK_SLACK;
    const struct store_of_lists *store = list->store;
    bool sound = block->docid_bits <= 32 && block->wdf_bits <= 32 && block->start <= store->packed_bytes &&
                 size <= store->packed_bytes - block->start && block->last <= store->statistics.last_docid;
    return sound ? store->packed + block->start : NULL;
}

/* Unpacks the documents of the block at hand. False when it is damaged. */
static bool load(struct list *list)
{
    const struct ranking_block *block = &list->blocks[list->block];
    uint32_t count = postings_in(list, list->block);
    const unsigned char *packed = packed_of(list, block, count);
    if (!packed) return false;
    unpack(list->docid, packed, count, block->docid_bits);
    uint64_t docid = list->block ? block[-1].last : 0;
    for (uint32_t i = 0; i < count; i++) {
        docid += (uint64_t)list->docid[i] + 1;
        list->docid[i] = (uint32_t)docid;
    }
    list->count = count;
    list->at = 0;
    list->wdf_loaded = false;
    return docid == block->last;
}

/* Leaves [from] and goes to the first block from there on that ends at or after [docid]. */
static uint32_t find_block(const struct list *list, uint32_t from, uint32_t docid)
{
    uint32_t step = 1, low = from;
    while (low < list->block_count && list->blocks[low].last < docid) {
        from = low + 1;
        low += step;
        step *= 2;
    }
    uint32_t high = low < list->block_count ? low : list->block_count;
    while (from < high) {
        uint32_t middle = from + (high - from) / 2;
        if (list->blocks[middle].last < docid)
            from = middle + 1;
        else
            high = middle;
    }
    return from;
}

/* The same for a list from libxapian: the next postings, from [docid] on. */
static uint32_t seek_stream(struct list *list, uint32_t docid)
{
    struct store_of_lists *store = list->store;
    size_t count = 0;
    enum xc_status status = XC_OK;
    if (list->block > list->block_count) return LIST_END;
    bool far = list->documents > RANKING_BLOCK;
    if (far) {
        status = xc_postings_skip_to(list->stream, docid, store->error);
        if (!status) {
            list->docid[0] = xc_postings_docid(list->stream);
            list->wdf[0] = xc_postings_wdf(list->stream);
            status =
                xc_postings_read(&count, list->stream, list->docid + 1, list->wdf + 1, RANKING_BLOCK - 1, store->error);
            count++;
        }
    } else if (!list->count) {
        status = xc_postings_read(&count, list->stream, list->docid, list->wdf, RANKING_BLOCK, store->error);
    }
    if (status && status != XC_NOT_FOUND) return give_up(list, status);
    if (count && list->docid[count - 1] > store->statistics.last_docid) return give_up(list, XC_DAMAGED);
    list->wdf_loaded = true;
    list->count = (uint32_t)count;
    for (list->at = 0; list->at < list->count; list->at++)
        if (list->docid[list->at] >= docid) return list->docid[list->at];
    list->block = list->block_count + 1; /* past the last */
    list->count = list->at = 0;
    return LIST_END;
}

uint32_t list_seek_far(struct list *list, uint32_t docid)
{
    if (!list->blocks) return seek_stream(list, docid);
    if (list->block >= list->block_count) return LIST_END;
    uint32_t block = find_block(list, list->block, docid);
    if (block >= list->block_count) {
        list->block = list->block_count;
        list->count = list->at = 0;
        return LIST_END;
    }
    if (block != list->block || !list->count) {
        list->block = block;
        if (!load(list)) return give_up(list, XC_DAMAGED);
    }
    while (list->docid[list->at] < docid) list->at++;
    return list->docid[list->at];
}

uint32_t list_wdf(struct list *list)
{
    if (!list->wdf_loaded) {
        const struct ranking_block *block = &list->blocks[list->block];
        const unsigned char *packed = packed_of(list, block, list->count);
        unpack(list->wdf, packed + pack_bytes(list->count, block->docid_bits), list->count, block->wdf_bits);
        list->wdf_loaded = true;
    }
    return list->wdf[list->at];
}

void list_set_most(struct list *list, struct weigher *weigher, const struct weight *weight)
{
    /* No document that has it is shorter than its wdf there, or than the shortest of all. */
    uint32_t least = list->store->statistics.length_low;
    list->most = list->wdf_high ? weigher_weight(weigher, weight, list->wdf_high, least ? least : 1) : 0;
}

/* Whether all postings of a list from libxapian fit in the arrays. */
static bool is_small(const struct list *list)
{
    return !list->blocks && list->documents <= RANKING_BLOCK;
}

uint32_t list_block_end(struct list *list, uint32_t docid)
{
    if (is_small(list)) {
        uint32_t next = list_seek(list, docid);
        return next == docid || next == LIST_END ? next : next - 1;
    }
    if (!list->blocks) return LIST_END;
    list->ahead = find_block(list, list->ahead, docid);
    return list->ahead < list->block_count ? list->blocks[list->ahead].last : LIST_END;
}

static double bound_of(struct list *list, uint32_t block, struct weigher *weigher, const struct weight *weight)
{
    if (list->bound_block == block) return list->bound;
    double bound = 0;
    const struct ranking_pair *best = list->blocks[block].best;
    for (size_t i = 0; i < RANKING_BEST; i++) {
        if (i && !memcmp(&best[i], &best[0], sizeof *best)) break;
        uint32_t wdf = best[i].wdf < RANKING_WDF_MANY ? best[i].wdf : list->wdf_high;
        uint32_t length = ranking_length_least(best[i].length_code);
        double reached = weigher_weight(weigher, weight, wdf, length ? length : 1);
        if (reached > bound) bound = reached;
    }
    list->bound_block = block;
    return list->bound = bound;
}

double list_bound(struct list *list, struct weigher *weigher, const struct weight *weight, uint32_t low, uint32_t high)
{
    if (is_small(list) && list_seek(list, low) > high) return 0;
    if (!list->blocks) return list->most;
    double bound = 0;
    uint32_t first = list->ahead = find_block(list, list->ahead, low);
    for (uint32_t block = first; block < list->block_count && (block == first || list->blocks[block - 1].last < high);
         block++) {
        double here = bound_of(list, block, weigher, weight);
        if (here > bound) bound = here;
    }
    return bound;
}

void list_add_to(uint64_t *bits, struct list *list)
{
    for (uint32_t docid = list_seek(list, 1); docid != LIST_END; docid = list_seek(list, docid + 1))
        for (; list->at < list->count; list->at++) {
            docid = list->docid[list->at];
            bits[docid / 64] |= (uint64_t)1 << docid % 64;
        }
}
