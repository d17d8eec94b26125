/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside facets: counting slots that hold several names each.
 *
 * Takes a spy's serialised values; gives names with the number of documents that have each; never counts a document
 * twice for one name, in however many spellings it has it.
 */
#ifndef SEARCHER_FACET_NAMES_H
#define SEARCHER_FACET_NAMES_H

#include "searcher/search.h"
#include "xapian-c/xapian-c.h"

/* A name counted. Spellings with one key are one name. */
struct name_count {
    struct span value; /* as shown: the most frequent spelling, of equal ones the one with fewer capitals */
    struct span key;   /* as filtered */
    uint32_t count;
};

/* Gives all names that [spy] has seen, by falling count, then by key. Memory is [arena]'s. Returns OK, NO_MEMORY. */
enum status facet_names_count(struct name_count **out, size_t *count, struct arena *arena, const struct xc_spy *spy);

#endif
