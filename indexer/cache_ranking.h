/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the ranking cache's builder. */
#ifndef INDEXER_CACHE_RANKING_H
#define INDEXER_CACHE_RANKING_H

#include "indexer/caches.h"
#include "indexer/sidecar/ranking.h"

/* Writes the sections of terms and postings; [lengths] by docid up to the last. Returns as a builder does. */
enum status cache_postings_build(struct sidecar_writer *writer, const struct cache_source *source,
                                 const uint32_t *lengths, struct error *error);

#endif
