/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a request to its answer: which page it is, whether the browser has it already, what an error becomes.
 *
 * Takes a configuration and a request; gives a response, whatever happens; opens indexes that the configuration names
 * and no others.
 */
#ifndef CGI_RESPOND_H
#define CGI_RESPOND_H

#include "searcher/cgi/config.h"
#include "searcher/cgi/web.h"

/* The indexes of a configuration, opened when first asked for. */
struct site;

/* [config] must outlive it. NULL when out of memory. */
struct site *site_new(const struct config *config);
void site_free(struct site *site);

/* Opens the index of [request] if it can be opened, so that the process can give up rights before it answers. */
void site_open(struct site *site, const struct web_request *request);

/* What an answer tells the one who keeps the process. */
enum outcome {
    OUTCOME_DONE,
    OUTCOME_STALE /* the index cannot be read by this process: a fresh one may be able to */
};

/* Answers [request]. The response is always whole. What the keeper of the server should know goes to stderr as one
 * line. */
enum outcome respond(struct web_response *out, struct site *site, const struct web_request *request);

/* Writes one line to stderr: the time is the web server's affair; control characters, also of [text], are left out. */
void cgi_log(int status, const struct web_request *request, const char *text);

#endif
