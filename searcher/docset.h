/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of documents as bitmaps by docid.
 *
 * Takes docids; gives sets and their size; knows no index.
 */
#ifndef SEARCHER_DOCSET_H
#define SEARCHER_DOCSET_H

#include "corpus/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Docids from 0 to [last]. The zeroed one is empty and holds none. */
struct docset {
    uint64_t *words;
    size_t count; /* of words */
    uint32_t last;
};

/* An empty set for docids up to [last]. Returns OK, NO_MEMORY. */
enum status docset_init(struct docset *set, uint32_t last);
enum status docset_copy(struct docset *out, const struct docset *set);
void docset_release(struct docset *set);

static inline void docset_add(struct docset *set, uint32_t docid)
{
    if (docid <= set->last) set->words[docid / 64] |= 1ULL << docid % 64;
}

static inline bool docset_has(const struct docset *set, uint32_t docid)
{
    return docid <= set->last && (set->words[docid / 64] >> docid % 64 & 1);
}

/* Sets of one size. */
void docset_and(struct docset *set, const struct docset *other);
void docset_or(struct docset *set, const struct docset *other);
void docset_and_not(struct docset *set, const struct docset *other);
void docset_xor(struct docset *set, const struct docset *other);

uint32_t docset_size(const struct docset *set);

/* The first docid of the set from [from] on; 0 when there is none (0 is no document). */
uint32_t docset_next(const struct docset *set, uint32_t from);

/* Runs [body] for each [docid] of [set], ascending. */
#define DOCSET_EACH(set, docid)                                                                                        \
    for (size_t docid##_word = 0; docid##_word < (set)->count; docid##_word++)                                         \
        for (uint64_t docid##_bits = (set)->words[docid##_word]; docid##_bits; docid##_bits &= docid##_bits - 1)       \
            for (uint32_t docid = (uint32_t)(64 * docid##_word) + (uint32_t)__builtin_ctzll(docid##_bits),             \
                          docid##_once = 1;                                                                            \
                 docid##_once; docid##_once = 0)

#endif
