/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier-read's side of isolate/wire.h: one process that parses nothing, and a fresh child of it for each file.
 *
 * Takes requests from its control socket; gives each file to a child that is shut in first; never reads the file
 * itself, so that nothing in a file can touch the next.
 */
#ifndef CORPUS_READ_SERVER_H
#define CORPUS_READ_SERVER_H

#include "corpus/reader.h"

/* Serves until the control socket closes; returns the program's exit status. [complex] is the reading of what has no
 * function in the table of source.h. */
int server_run(int control, enum status (*complex)(struct source_session *session, struct read_job *job));

#endif
