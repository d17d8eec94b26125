/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One worker process: its start, its loop and its end.
 *
 * Takes tasks from its channel; gives their documents back through it; never writes to an index and never outlives its
 * parent.
 */
#ifndef INDEXER_WORKER_H
#define INDEXER_WORKER_H

#include "indexer/channel.h"
#include "indexer/reading.h"

struct worker {
    pid_t pid; /* 0 when there is none */
    struct channel channel;
    volatile uint64_t *at; /* shared with it: the line of the record it is at, 0 before the first */
};

/* In a message from a worker, [flags] of MESSAGE_DOCUMENT; above them stand the bytes of the record. */
enum { WORKER_UNCHANGED = 1, WORKER_COMPARED = 2, WORKER_BYTES_SHIFT = 8 };

/* Forks a worker that compares with [index] and finds names with [naming] (either may be NULL),
 * and reads files as [source] says. Returns OK, IO (with a
 * message), NO_MEMORY. */
enum status worker_start(struct worker *worker, const char *index, const struct naming *naming,
                         const struct source_options *source, struct error *error);

/* Has it read [share] of [task]'s file. A worker that is gone is noticed when its results are asked for. */
void worker_send(struct worker *worker, const struct task *task, struct share share);

/* The bytes worker_send needs in the socket. */
size_t worker_request_bytes(const struct task *task);

/* Ends it and waits for that. *[reason] (of [room] bytes, may be NULL) tells how it had ended if it was dead already.
 */
void worker_end(struct worker *worker, char *reason, size_t room);

#endif
