/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Postings of a term, walked by ascending document, a block at a time.
 *
 * Takes a term; gives documents, wdf and bounds of its weights, from the ranking cache where the term is in it, else
 * from libxapian; never hands out a docid past the last of the index.
 */
#ifndef SEARCHER_MATCHER_LIST_H
#define SEARCHER_MATCHER_LIST_H

#include "indexer/sidecar/ranking.h"
#include "indexer/sidecar/sidecar.h"
#include "searcher/matcher/weight.h"

enum { LIST_END = UINT32_MAX /* where a docid is past the last: no document has that number */ };

/* What lists read from: one state of an index. */
struct store_of_lists {
    struct xc_database *database;
    struct xc_statistics statistics;
    const uint32_t *lengths; /* by docid, up to the last */
    const struct ranking_term *terms;
    const struct ranking_block *blocks;
    const unsigned char *packed;
    const char *texts;
    size_t term_count, text_bytes, block_count, packed_bytes;
    struct xc_error *error;
    enum xc_status status; /* of the first failure: the lists then end early, and nothing they gave counts */
};

struct list {
    struct store_of_lists *store;
    uint32_t documents;
    uint64_t occurrences;
    uint32_t wdf_high;
    const struct ranking_block *blocks; /* NULL: the postings come from libxapian */
    uint32_t block_count;
    struct xc_postings *stream;
    uint32_t block; /* the one at hand; block_count past the last */
    bool wdf_loaded;
    uint32_t ahead;       /* the block that bounds were last asked of … */
    uint32_t bound_block; /* … and the one whose bound is kept, UINT32_MAX for none */
    double bound, most;
    uint32_t count, at; /* postings in the arrays, those of the block at hand, and the current one */
    uint32_t docid[RANKING_BLOCK], wdf[RANKING_BLOCK];
};

/* Opens the list of [term]; list_close it, also after a failure. Returns XC_OK, the reading statuses. */
enum xc_status list_open(struct list *out, struct store_of_lists *store, struct xc_bytes term);
void list_close(struct list *list);

/* Goes to the first document at or after [docid], never back; gives it, or LIST_END. */
uint32_t list_seek_far(struct list *list, uint32_t docid);

static inline uint32_t list_seek(struct list *list, uint32_t docid)
{
    if (!list->count || list->docid[list->count - 1] < docid) return list_seek_far(list, docid);
    uint32_t at = list->at;
    while (list->docid[at] < docid) at++;
    list->at = at;
    return list->docid[at];
}

/* The wdf of the current document. */
uint32_t list_wdf(struct list *list);

/* Sets what bounds the whole list. */
void list_set_most(struct list *list, struct weigher *weigher, const struct weight *weight);

/* The last document of the block that [docid] falls in, or comes before; LIST_END past the last block and where there
 * are none. [docid] never falls. */
uint32_t list_block_end(struct list *list, uint32_t docid);

/* No posting of a document in [low, high] weighs more. [low] never falls. */
double list_bound(struct list *list, struct weigher *weigher, const struct weight *weight, uint32_t low, uint32_t high);

/* Sets the bit of every document of a list that has not been walked, and ends it. */
void list_add_to(uint64_t *bits, struct list *list);

#endif
