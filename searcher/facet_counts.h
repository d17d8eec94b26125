/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside facets: from counted values to what a facet lists.
 *
 * Takes values with the number of documents that have each; gives the most frequent, or those of a histogram; never
 * counts. Nobody outside the searcher includes this.
 */
#ifndef SEARCHER_FACET_COUNTS_H
#define SEARCHER_FACET_COUNTS_H

#include "searcher/search.h"

/* A value counted. Variants with one key are one value. */
struct value_count {
    struct span value; /* as shown: the most frequent variant, of equal ones the last in byte order */
    struct span key;   /* as filtered */
    uint32_t count;
};

/* Fills [out] with those of [items] (each key once) that [request] asks for, copied into [arena]: the most frequent by
 * falling count, then by key; of FACET_DATE, whose values are in the order of time, the most frequent in that order.
 * Reorders [items]. O(count log values). Returns OK, NO_MEMORY. */
enum status facet_choose(struct facet *out, struct arena *arena, const struct facet_request *request,
                         struct value_count *items, size_t count);

/* Turns days as slots hold them ("20141008"; ascending, each once) into what the facet [kind] shows, in place: years,
 * months ("2014-10"), days, or for FACET_DATE whichever are the finest of which [bars] reach from the first day to the
 * last. Texts are [arena]'s. What is no day is left out. *[grain] is the kind they are now. Returns OK, NO_MEMORY. */
enum status facet_dates(enum facet_kind *grain, struct value_count *items, size_t *count, struct arena *arena,
                        enum facet_kind kind, size_t bars);

#endif
