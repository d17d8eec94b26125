/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the index remembers of a file it has read, so that a file that did not change is not read again.
 *
 * Takes facts about a file; gives the bytes of its metadata and back; never touches the file.
 */
#ifndef INDEXER_FILESTATE_H
#define INDEXER_FILESTATE_H

#include "indexer/schema.h"

#include <sys/stat.h>

enum { FILESTATE_UNSETTLED = -1 }; /* a time no file has: read it again the next time */

struct filestate {
    int64_t modified; /* nanoseconds since the epoch, or FILESTATE_UNSETTLED */
    uint64_t size, inode;
    uint64_t documents;   /* that it gave */
    uint64_t skipped;     /* records that gave none */
    struct span hash;     /* HASH_BYTES over its content before it was read; empty: it has to be read again */
    struct span language; /* what its undeclared documents were taken for */
    struct span relative; /* the path its id was made of: it keeps that whatever root it is found under later */
    struct span path;     /* absolute; the key may hold only the start of it */
};

/* Appends the bytes. Returns OK, LIMIT, NO_MEMORY. */
enum status filestate_encode(struct buffer *out, const struct filestate *state);

/* Reads them; *[out] borrows. Returns OK, or DAMAGED. */
enum status filestate_decode(struct filestate *out, struct span bytes);

/* Whether the file [found] is the one that was read, as far as its size, time and inode tell. */
bool filestate_matches(const struct filestate *state, const struct stat *found);

/* Nanoseconds since the epoch. */
int64_t nanoseconds_of(struct timespec time);

/* Appends the metadata key of the file at [path], absolute. Returns OK, LIMIT, NO_MEMORY. */
enum status filestate_key(struct buffer *out, struct span path);

/* Whether [path] is [root] or below it, both absolute. */
bool path_is_under(struct span path, struct span root);

#endif
