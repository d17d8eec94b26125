/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inversion: postings come document by document, and leave term by term.
 *
 * Takes (term, document, wdf, positions) in ascending order of documents; gives terms in byte order, each with its
 * postings in order; holds no more than a budget in memory, and the rest in sorted runs in a folder of the caller's.
 */
#ifndef INDEXER_BULK_RUNS_H
#define INDEXER_BULK_RUNS_H

#include "corpus/text.h"

#include <stdint.h>

struct runs;

/* A term with its figures, and where its postings are. */
struct runs_term {
    struct span term;
    uint32_t documents; /* that have it */
    uint64_t occurrences;
    uint32_t first; /* document */
};

struct runs_posting {
    uint32_t docid, wdf;
    struct span positions; /* packed; empty when there are none */
};

/* What a walk over the terms calls: [term] and then each of its postings. Anything but OK ends it with that status. */
struct runs_sink {
    enum status (*term)(void *context, const struct runs_term *term);
    enum status (*posting)(void *context, const struct runs_posting *posting);
    void *context;
};

/* [folder] outlives it; [memory] is in bytes. Returns OK, NO_MEMORY. */
enum status runs_new(struct runs **out, const char *folder, size_t memory, struct error *error);
void runs_free(struct runs *runs); /* removes its files */

/* Adds a posting; [positions] is packed already. A document's terms may come in any order, each once. Returns OK, IO
 * with a message, NO_MEMORY. */
enum status runs_add(struct runs *runs, struct span term, uint32_t docid, uint32_t wdf, struct span positions,
                     struct error *error);

/* Gives everything, once: nothing can be added afterwards. Returns OK, what the sink returned, IO with a message,
 * NO_MEMORY. */
enum status runs_walk(struct runs *runs, const struct runs_sink *sink, struct error *error);

#endif
