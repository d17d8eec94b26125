/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collapsing: of near-copies among the hits, the best one alone, with the count of the others.
 *
 * Takes a match; gives the same in order without the hits that are near-copies of an earlier one that is shown, and for
 * a hit how many other matches are its near-copies; never changes scores.
 */
#ifndef SEARCHER_COLLAPSE_H
#define SEARCHER_COLLAPSE_H

#include "searcher/search_work.h"

enum {
    COLLAPSE_DEPTH_MAX = 10000, /* hits shown, all pages together: each hit is compared with all shown before it */
    COLLAPSE_IDS_MAX = 10       /* near-copies named with a hit; the others are a query away */
};

/* Runs the match as match_run, with offset and count over what is left. Pages fit together: a hit is left out or shown
 * whatever the page. Totals and spies are over all matches. Returns as match_run, and LIMIT past COLLAPSE_DEPTH_MAX. */
enum status collapse_run(struct match_result *out, struct reader *reader, const struct match_request *request,
                         struct error *error);

/* Tells for each hit of the response how many other matches of the query are its near-copies, the best of them by id,
 * and the query that finds them. Returns OK, CHANGED, DAMAGED, IO, NO_MEMORY. */
enum status collapse_count(struct work *work);

#endif
