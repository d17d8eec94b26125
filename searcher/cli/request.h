/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that search and run share: one reading of them, so that both rank alike. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include "searcher/cli/command.h"
#include "searcher/search.h"

// clang-format off
#define OPTIONS_RANKING \
    {"rank", 'r', "SCHEME", "ranking scheme and parameters (default: ineb2; --rank list shows all)"}, \
    {"expand", 'x', NULL, "add words that the best hits share: finds more; the first two hits keep their places"}, \
    {"recent", 0, "DAYS", "prefer young documents: up to 30% of the score, half of it DAYS before the newest one"}, \
    {"language", 'L', "L", "language of the query (default: those of the index)"}
// clang-format on

/* Reads --match (with [match] as default), --rank, --expand, --recent and --language. False after complaining, or after --rank
 * list: then *[status] is the exit status. */
bool request_ranking(struct search_request *request, const struct command_line *line, enum match_mode match,
                     int *status);

/* Reads `year:5,source,person:20:/kishi/` into [facets], which borrow from [text]; without the option the usual ones,
 * `none` for no facet. False after complaining. */
bool request_facets(struct facet_request facets[FACETS_MAX], size_t *count, const char *text);

/* Reads each --filter (`place:Tokyo`) into [filters], which borrow from [line]. False after complaining. */
bool request_filters(struct filter filters[FILTERS_MAX], size_t *count, const struct command_line *line);

#endif
