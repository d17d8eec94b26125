/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside facets: counting slots that hold several names each.
 *
 * Takes a spy's serialised values; gives names with the number of documents that have each; never counts a document
 * twice for one name, in however many spellings it has it.
 */
#ifndef SEARCHER_FACET_NAMES_H
#define SEARCHER_FACET_NAMES_H

#include "searcher/facet_counts.h"
#include "xapian-c/xapian-c.h"

/* Gives all names that [spy] has seen, by falling count, then by key. Spellings with one key are one name. Memory is
 * [arena]'s. Returns OK, NO_MEMORY. */
enum status facet_names_count(struct value_count **out, size_t *count, struct arena *arena, const struct xc_spy *spy);

#endif
