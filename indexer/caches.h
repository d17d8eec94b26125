/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Builds the sidecars of an index (sidecar/sidecar.h).
 *
 * Takes a committed index; gives its cache files; never changes the index itself. A new cache is a row of the table in
 * caches.c.
 */
#ifndef INDEXER_CACHES_H
#define INDEXER_CACHES_H

#include "indexer/sidecar/sidecar.h"

/* What a builder works from. */
struct cache_source {
    struct xc_database *database;
    struct xc_statistics statistics;
    const char *path; /* of the index, for messages */
};

/* Writes the sections of one cache. Returns OK, DAMAGED, IO, NO_MEMORY and what store_failure and the writer return. */
typedef enum status cache_build_fn(struct sidecar_writer *writer, const struct cache_source *source,
                                   struct error *error);

/* Builds each cache of the index at [path] that is not there for its last committed state. The caller holds the index's
 * lock, or knows that nobody else can write. Returns OK, or the first failure, after which that cache is not there and
 * the others are. Nobody needs to fail for it: searches go on without, more slowly. */
enum status caches_build(const char *path, struct error *error);

/* Whether [name] is that of a cache's file, finished or not: such files are not carried over to another index. */
bool caches_is_file(const char *name);

/* ---- the builders ---- */

cache_build_fn cache_ranking_build;

#endif
