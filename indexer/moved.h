/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files an index remembers, by content: where a file that is new to it may have come from.
 *
 * Takes the recorded states of files; gives the one that had a content and is gone from its place; never opens a file.
 */
#ifndef INDEXER_MOVED_H
#define INDEXER_MOVED_H

#include "indexer/filestate.h"
#include "xapian-c/xapian-c.h"

/* One recorded file. */
struct moved_file {
    const char *path;     /* where it was, absolute */
    const char *relative; /* the path its id was made of */
    struct moved_file *next;
};

/* Zero-initialise; filled at the first question. About 200 bytes for each file the index remembers. */
struct moved_files {
    struct moved_key *table; /* uthash */
    struct arena arena;
    bool filled;
};

/* Reads the states of all files from [view]. Those without a content, or of no bytes, are left out: empty files are all
 * alike. Returns OK, NO_MEMORY, or a status of xapian-c's in *[failure] with [cause]. */
enum status moved_files_fill(struct moved_files *files, struct xc_database *view, enum xc_status *failure,
                             struct xc_error *cause);

/* A file of [size] bytes and [hash] that is no longer at its place, and forgets it, so that it is found once; NULL when
 * there is none. Several are given in the order of their paths. */
const struct moved_file *moved_files_take(struct moved_files *files, uint64_t size, const char hash[HASH_BYTES]);

void moved_files_release(struct moved_files *files);

#endif
