/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child process that answers requests one after the other, so that its crash or its being late is an answer too.
 *
 * Takes requests; gives answers, or says that the child died or took too long; never runs the engine itself.
 */
#ifndef CGI_ENGINE_H
#define CGI_ENGINE_H

#include "searcher/cgi/web.h"

#include <sys/types.h>

/* What a child runs: before [first] is answered it may prepare and give up rights. */
struct engine_work {
    void (*prepare)(void *context, const struct web_request *first);
    /* Appends the whole answer to [out]; true when another process should be asked instead (a stale index). */
    bool (*answer)(void *context, struct buffer *out, const struct web_request *request);
    void *context;
};

struct engine {
    pid_t pid; /* 0: none */
    int socket;
    size_t served;
};

/* Answers [request] by the child of [engine], started when there is none, into [out] (emptied first). A child that had
 * answered before and now dies, or says that it is stale, is replaced and the new one is asked, once. After [recycle]
 * answers a child is ended. Returns OK, STOPPED (late by [deadline] milliseconds; the child is gone), IO (it died, or
 * could not be started), LIMIT, NO_MEMORY. */
enum status engine_ask(struct engine *engine, const struct engine_work *work, struct buffer *out,
                       const struct web_request *request, int deadline, size_t recycle);

/* Ends the child. */
void engine_stop(struct engine *engine);

#endif
