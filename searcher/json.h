/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers as JSON, the shape that scripts and the page rely on (schema_version 1).
 *
 * Takes a response; gives a jansson value the caller owns, or NULL when out of memory; never prints.
 */
#ifndef SEARCHER_JSON_H
#define SEARCHER_JSON_H

#include "searcher/search.h"

#include <jansson.h>

enum { JSON_SCHEMA_VERSION = 1 };

json_t *json_of_response(const struct search_request *request, const struct search_response *response);
json_t *json_of_hit(const struct hit *hit, bool snippet);
json_t *json_of_text(struct span text); /* a string; ill-formed bytes become U+FFFD */
json_t *json_of_text_or_null(struct span text);

#endif
