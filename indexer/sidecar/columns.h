/* SPDX-License-Identifier: GPL-2.0-or-later */
/* columns.cache: which values each document has, as numbers, for counting facets and sorting by date. Shapes only.
 *
 * "columns"  struct columns_head, then a struct column_head for each value slot kept.
 * "live"     a bit for each docid from 0 to the last: whether there is such a document. Left out when all but 0 are.
 *
 * For each column, its slot's number in hexadecimal before the dot (all numbers little-endian, packed as packed.h
 * says):
 *
 * "5.value"  its different values one after the other, by key and then in byte order; "5.end": uint32_t, where each
 *            ends there
 * "5.first"  a bit for each value: it is the first with its key. Values with one key are variants of one value.
 * "5.of"     for each docid from 0 to the last, of column.width bits: of a column of one value a document, 0 or the
 *            value's place plus 1; of many, where the document's places begin in "5.list", and at last where they end
 * "5.list" the places of the documents' values, ascending in a document. A variant in a document that has another
 *            with the same key, and a smaller place, already has [values] added: it counts as a variant, and not again
 *            as a value.
 *
 * Left out altogether when the docids are too sparse for it (COLUMNS_SPARSE_MAX).
 */
#ifndef INDEXER_SIDECAR_COLUMNS_H
#define INDEXER_SIDECAR_COLUMNS_H

#include <stdint.h>

#define COLUMNS_CACHE "columns"
#define COLUMNS_HEAD  "columns"
#define COLUMNS_LIVE  "live"

enum {
    COLUMNS_VERSION = 1,
    COLUMNS_SPARSE_MAX = 16, /* docids for each document: an array by docid would mostly hold nothing */
    COLUMNS_MAX = 16
};

struct columns_head {
    uint32_t version;
    uint32_t columns;
    uint32_t last_docid;
    uint32_t documents;
};

struct column_head {
    uint32_t slot;
    uint32_t many;   /* 1: any number of values a document; 0: one or none */
    uint32_t values; /* different ones */
    uint32_t width;  /* bits in ".of" */
    uint32_t places_width;
    uint32_t variants; /* values that are not the first with their key */
    uint64_t places;
};

_Static_assert(sizeof(struct columns_head) == 16 && sizeof(struct column_head) == 32, "no padding in a file");

#endif
