/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier's side of dossier-read: starts it, has it read files, and outlives whatever becomes of it.
 *
 * Takes an open file; gives its documents to the job's sink; never parses the file in this process, and never waits
 * longer than the limits say.
 */
#ifndef CORPUS_ISOLATE_CLIENT_H
#define CORPUS_ISOLATE_CLIENT_H

#include "corpus/reader.h"

#include <sys/types.h>

struct isolate {
    pid_t owner; /* the process that started it: a child that was forked since starts its own */
    pid_t pid;   /* of dossier-read, 0 when none runs */
    int control;
};

void isolate_init(struct isolate *isolate);
void isolate_end(struct isolate *isolate);

/* Has dossier-read read [job]'s file. Returns what source_read returns; IO when the process that parsed it died, was
 * killed for what it took, or could not be started. */
enum status isolate_read(struct isolate *isolate, struct read_job *job);

#endif
