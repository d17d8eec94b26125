/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files in files: what archives, mailboxes, messages and web archives have in common.
 *
 * Takes the members of a container one by one; has each read as a file of its own, with the container's name before
 * its own; never lets one member cost another, and never goes deeper, counts further or unpacks more than
 * isolate/limits.h says.
 */
#ifndef CORPUS_FORMATS_CONTAINER_H
#define CORPUS_FORMATS_CONTAINER_H

#include "corpus/reader.h"

/* Begins the next member, which is called [name] in messages. *[wanted] is false when it is to be passed over. Returns
 * OK, LIMIT (too many). */
enum status container_begin(struct read_job *job, const char *name, bool *wanted);

/* Makes a member's name safe as the end of an id: no leading slash, no "." and "..", no NUL. False when it leads out of
 * the container or is too long or empty. [out] is overwritten. */
bool container_name(struct buffer *out, struct span name);

/* A file in memory for a member's bytes; -1 when there is none to be had. Close it. */
int container_file(void);

/* Writes to it and counts what is unpacked. Returns OK, LIMIT (the member is too large, or too much comes out of too
 * little: [error] says which), IO. */
enum status container_write(struct read_job *job, int file, const void *data, size_t length, uint64_t *written);

struct member {
    const char *name;  /* from container_name */
    int file;          /* its bytes */
    struct span url, parent;
};

/* Reads a member. What cannot be read is told to the sink as a bad record with its name. Returns OK, or what ends the
 * whole (NO_MEMORY, what the sink returned). */
enum status container_read(struct read_job *job, const struct member *member);

/* Tells the sink that the member at hand gives no document. */
enum status container_skip(struct read_job *job, const char *name, const char *reason);

#endif
