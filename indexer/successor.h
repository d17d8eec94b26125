/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder made beside an index to take its place: the two change names in one step of the file system.
 *
 * Takes the folder of an index whose lock is held; gives the place for a new one and the exchange; never leaves a state
 * in which there is no index.
 */
#ifndef INDEXER_SUCCESSOR_H
#define INDEXER_SUCCESSOR_H

#include "corpus/text.h"

struct successor {
    char *real;   /* the index, without links on the way */
    char *parent; /* the folder that holds it */
    char *fresh;  /* where the new one is made: .news.db.new for news.db */
};

/* Where the successor of the index at [path] belongs; removes what a killed process left there. Returns OK, IO,
 * NO_MEMORY, with a message. */
enum status successor_init(struct successor *out, const char *path, struct error *error);

/* Puts [fresh] in the place of the index: with its owner and mode, with what others keep beside its tables, durable.
 * Afterwards the old one is at [fresh]. Returns OK, IO with a message; then the index is as it was. */
enum status successor_install(const struct successor *successor, struct error *error);

/* Removes the folder at [fresh], if it is there. */
void successor_clear(const struct successor *successor);

void successor_release(struct successor *successor);

#endif
