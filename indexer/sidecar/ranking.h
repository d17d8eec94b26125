/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranking.cache: what ranking asks of every posting and libxapian answers slowly. Shapes only.
 *
 * "lengths"  uint32_t for each docid from 0 to the last: the document's length (its sum of wdf), 0 where there is no
 *            document.
 * "terms"    struct ranking_term, in byte order of their text: every term of a prefix in RANKING_PREFIXES that at least
 *            RANKING_TERM_DOCUMENTS documents have
 * "texts"    the bytes of those terms
 * "blocks"   struct ranking_block, those of a term side by side, by ascending docid: RANKING_BLOCK postings each, the
 *            last one of a term what is left
 * "packed"   the postings of a block: the gaps between docids, less one, in [docid_bits] each, from the next whole byte
 *            on the wdf in [wdf_bits] each (pack.h); PACK_SLACK bytes of nothing at the end
 *
 * The file has no section at all when the docids are too sparse (RANKING_SPARSE_MAX): then ranking goes without.
 */
#ifndef INDEXER_SIDECAR_RANKING_H
#define INDEXER_SIDECAR_RANKING_H

#include <stddef.h>
#include <stdint.h>

#define RANKING_CACHE   "ranking"
#define RANKING_LENGTHS "lengths"
#define RANKING_TERMS   "terms"
#define RANKING_TEXTS   "texts"
#define RANKING_BLOCKS  "blocks"
#define RANKING_PACKED  "packed"

/* Stems, and what filters are made of, in byte order; exact forms are many and seldom asked for. */
#define RANKING_PREFIXES                                                                                               \
    {                                                                                                                  \
        "A", "D", "L", "M", "T", "XE", "XL", "XO", "XS", "XV", "Y", "Z"                                                \
    }

enum {
    RANKING_SPARSE_MAX = 16,     /* docids for each document: an array by docid would mostly hold nothing */
    RANKING_TERM_DOCUMENTS = 32, /* rarer terms are read from the index in one look, and would be most of the file */
    RANKING_BLOCK = 128,         /* postings: enough for packing, few enough to be left out whole */
    RANKING_BEST = 4,            /* pairs of a block */
    RANKING_WDF_MANY = 255       /* in a pair: this wdf or more */
};

struct ranking_term {
    uint64_t occurrences; /* the sum of wdf */
    uint32_t documents;
    uint32_t wdf_high; /* greatest wdf of any posting */
    uint32_t first_block;
    uint32_t text; /* where its bytes start */
    uint32_t text_length;
    uint32_t reserved;
};

/* A document with [wdf] or less of the term, and the length of [length_code] or more. */
struct ranking_pair {
    uint8_t wdf, length_code;
};

struct ranking_block {
    uint64_t start; /* in "packed" */
    uint32_t last;  /* docid */
    uint8_t docid_bits, wdf_bits;
    uint8_t reserved[2];
    /* Together they are at least as good as every posting of the block: each has a pair with as much wdf or more and no
     * greater length. Unused ones repeat the first. So any scheme that rises with wdf and falls with length is bounded
     * by its greatest weight among the pairs. */
    struct ranking_pair best[RANKING_BEST];
};

_Static_assert(sizeof(struct ranking_term) == 32 && sizeof(struct ranking_block) == 24, "no padding in a file");

/* Lengths as one byte: those below 32 exactly, greater ones in 16 steps for each doubling, rounded down. */
static inline uint8_t ranking_length_code(uint32_t length)
{
    if (length < 32) return (uint8_t)length;
    unsigned top = 31u - (unsigned)__builtin_clz(length); /* 5 or more */
    unsigned code = 32 + (top - 5) * 16 + ((length >> (top - 4)) & 15);
    return (uint8_t)(code < 255 ? code : 255);
}

/* The least length that has [code]. */
static inline uint32_t ranking_length_least(uint8_t code)
{
    if (code < 32) return code;
    unsigned top = 5 + (code - 32u) / 16;
    return (16u + (code - 32u) % 16) << (top - 4);
}

#endif
