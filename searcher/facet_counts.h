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

/* The values that a request asks for, chosen as they come. */
struct chooser {
    const struct facet_request *request;
    struct facet_choice *kept; /* a heap, the one listed last at its root */
    size_t count, distinct;
    uint32_t seen;
    struct buffer pattern, folded;
};

/* Starts choosing: the most frequent, by falling count and then in the order in which they come, which is that of their
 * keys; of FACET_DATE, which come by time, the most frequent in that order. Returns OK, NO_MEMORY; chooser_release is
 * due in any case. */
enum status chooser_init(struct chooser *chooser, const struct facet_request *request);
void chooser_release(struct chooser *chooser);

/* Whether a value with this count would not be listed: chooser_pass will do, and what the value is need not be known.
 */
bool chooser_passes(const struct chooser *chooser, uint32_t count);
void chooser_pass(struct chooser *chooser);

/* The next value (each key once); borrowed until chooser_finish. O(1), or O(log values). Returns OK, NO_MEMORY. */
enum status chooser_add(struct chooser *chooser, struct span value, uint32_t count);

/* Fills [out] with what was chosen, copied into [arena]. Returns OK, NO_MEMORY. */
enum status chooser_finish(struct facet *out, struct chooser *chooser, struct arena *arena);

/* Turns days as slots hold them ("20141008"; ascending, each once) into what the facet [kind] shows, in place: years,
 * months ("2014-10"), days, or for FACET_DATE whichever are the finest of which [bars] reach from the first day to the
 * last. Texts are [arena]'s. What is no day is left out. *[grain] is the kind they are now. Returns OK, NO_MEMORY. */
enum status facet_dates(enum facet_kind *grain, struct value_count *items, size_t *count, struct arena *arena,
                        enum facet_kind kind, size_t bars);

#endif
