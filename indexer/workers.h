/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has files read and prepared, by worker processes or in this one, and gives the results in the order of the files.
 *
 * Takes tasks; gives their documents, bad records and ends to a sink, in the order in which the tasks were submitted
 * and the records stand in the files, whatever the number of workers; never writes to an index.
 *
 * A worker that dies costs the record it was at: the sink is told, another takes its place, and the work goes on.
 * Memory: a worker waits when its results are not taken, so between the processes there is never more than what their
 * sockets hold.
 */
#ifndef INDEXER_WORKERS_H
#define INDEXER_WORKERS_H

#include "indexer/reading.h"

#include <signal.h>

struct workers_sink {
    enum status (*document)(void *context, struct task *task, const struct reading_result *result);
    /* [crashed]: a worker died of it, or of something else at that moment; another try may go well. */
    enum status (*bad_record)(void *context, struct task *task, uint64_t where, const char *reason, bool crashed);
    /* The end of a file. [status] is what source_read returned, with its reason; OK means that every record was given
     * to one of the two above. The task is freed afterwards. */
    enum status (*end)(void *context, struct task *task, enum status status, const char *reason);
    void *context;
};

struct workers_options {
    unsigned jobs;               /* worker processes; 1 does the work in this process */
    const char *index;           /* to compare with, or NULL */
    const struct naming *naming; /* what finds names, or NULL; outlives the workers */
    const struct source_options *source; /* how files are read; outlives the workers */
    const volatile sig_atomic_t *stop;
    struct workers_sink sink;
};

struct workers;

/* Starts the workers. Returns OK, NO_MEMORY, IO (no more processes), what reading_init returns. */
enum status workers_new(struct workers **out, const struct workers_options *options, struct error *error);

/* Has a file read; takes [task] over, also on failure. Calls the sink for this or earlier files as results come in.
 * Returns OK, STOPPED, IO, NO_MEMORY, or what the sink returned. */
enum status workers_submit(struct workers *workers, struct task *task, struct error *error);

/* Waits for all files submitted. Same returns. */
enum status workers_finish(struct workers *workers, struct error *error);

/* Ends the workers, whatever they are doing. */
void workers_free(struct workers *workers);

#endif
