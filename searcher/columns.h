/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of facets as numbers, mapped from an index's column file (indexer/sidecar/columns.h).
 *
 * Takes an index's state; gives each document's values in a few nanoseconds; never is the truth: without a file for
 * that very state there are no columns, and value slots are asked.
 */
#ifndef SEARCHER_COLUMNS_H
#define SEARCHER_COLUMNS_H

#include "indexer/sidecar/columns.h"
#include "indexer/sidecar/packed.h"
#include "indexer/sidecar/sidecar.h"

/* One slot's column. Whatever a damaged file holds, the functions below stay within it. */
struct column {
    struct column_head head;
    const char *of, *places, *first;
    const uint32_t *end;
    struct span text;
};

struct columns {
    struct sidecar sidecar;
    struct sidecar_key key;
    struct columns_head head;
    struct column items[COLUMNS_MAX];
    const char *live; /* NULL: every docid from 1 to the last has a document */
};

/* Opens the columns of the index at [path] in the state [key]. Returns OK, NOT_FOUND. */
enum status columns_open(struct columns *out, const char *path, const struct sidecar_key *key);
void columns_close(struct columns *columns);

/* The column of [slot], NULL when there is none. */
const struct column *columns_find(const struct columns *columns, uint32_t slot);

/* Numbers below this may come out of column_of and column_each. */
static inline size_t column_numbers(const struct column *column)
{
    return (size_t)1 << (column->head.many ? column->head.places_width : column->head.width);
}

/* Of a column of one value a document: 0, or the value's place plus 1. [docid] is at most the last. */
static inline uint32_t column_of(const struct column *column, uint32_t docid)
{
    return packed_get(column->of, column->head.width, docid);
}

/* Of a column of many: the document's places stand from *[from] to before *[to]. */
static inline void column_range(const struct column *column, uint32_t docid, uint32_t *from, uint32_t *to)
{
    *from = packed_get(column->of, column->head.width, docid);
    *to = packed_get(column->of, column->head.width, (uint64_t)docid + 1);
    if (*to > column->head.places) *to = (uint32_t)column->head.places;
}

static inline uint32_t column_at(const struct column *column, uint32_t i)
{
    return packed_get(column->places, column->head.places_width, i);
}

/* The value at [place] as shown; empty past the last. Borrows from the file. */
struct span column_value(const struct column *column, uint32_t place);

/* Whether the value at [place] is the first with its key. */
static inline bool column_first(const struct column *column, uint32_t place)
{
    return packed_get(column->first, 1, place);
}

#endif
