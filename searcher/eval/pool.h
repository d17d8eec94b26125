/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pools: the documents the first ranks of several runs bring together, to be judged.
 *
 * Takes runs and a depth; gives each topic's documents once, in an order that tells nothing of their ranks.
 */
#ifndef EVAL_POOL_H
#define EVAL_POOL_H

#include "corpus/text.h"

struct qrels;

struct pool_topic {
    struct span name;
    struct span *documents; /* by name, bytewise */
    size_t count;
};

struct pool; /* opaque */

/* Pools the first [depth] documents of each topic of each run. Documents [judged] has a grade for are left out (NULL
 * leaves out none). Returns OK, INVALID for a malformed run, IO, LIMIT or NO_MEMORY.
 */
enum status pool_make(struct pool **out, const char *const *paths, size_t count, size_t depth,
                      const struct qrels *judged, struct error *error);
void pool_free(struct pool *pool);

size_t pool_count(const struct pool *pool); /* of topics, those without a document left included */
const struct pool_topic *pool_topic(const struct pool *pool, size_t index); /* by name, bytewise */

#endif
