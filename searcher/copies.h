/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Near-copies: which documents of an index are near-copies of a given one, by the signatures it keeps (signature.h).
 *
 * Takes document numbers; gives the numbers of their near-copies; never reads a text.
 */
#ifndef SEARCHER_COPIES_H
#define SEARCHER_COPIES_H

#include "indexer/signature.h"
#include "searcher/reader.h"

/* Ascending document numbers. */
struct docid_list {
    uint32_t *items;
    size_t count, room;
};

void docid_list_release(struct docid_list *list);

/* A document whose near-copies are wanted. */
struct original {
    uint32_t docid;
    bool is_signed;
    char signature[SIGNATURE_BYTES];
    struct docid_list copies; /* without itself; found by copies_find, freed by docid_list_release */
};

/* Reads the signature of [docid]. Returns OK (also without a signature: a text without words, or a document indexed
 * before there were signatures), CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status copies_original(struct original *out, struct reader *reader, uint32_t docid, struct error *error);

/* Finds the near-copies of all [originals] in one walk over the index's signatures: about 10 ms for 100,000 documents
 * and one original. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY; lists begun are the caller's to free either way. */
enum status copies_find(struct original *originals, size_t count, struct reader *reader, struct error *error);

/* A query for the documents of [list], which weighs nothing. [list] must stay as it is while the query is used, which
 * may stand in one tree once only. */
enum status docid_query(struct xc_query **out, const struct docid_list *list, struct reader *reader,
                        struct error *error);

#endif
