/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of an office document or book: a zip file of XML parts, taken apart by libarchive.
 *
 * Takes an open file; gives the parts that hold text; never holds more than PACKAGE_BYTES_MAX of them.
 */
#ifndef CORPUS_FORMATS_PACKAGE_H
#define CORPUS_FORMATS_PACKAGE_H

#include "corpus/reader.h"

struct part {
    char *name;
    struct span bytes;
};

struct package {
    struct part *parts; /* in the order of the file */
    size_t count, capacity;
    size_t total; /* bytes of all parts */
    bool encrypted;
};

/* Reads the parts for which [wanted] is true. Returns OK, INVALID (not a sound zip file: a file that is cut off gives
 * this too), UNSUPPORTED (encrypted), LIMIT (too many, too large, a bomb), IO, NO_MEMORY; with a message in job->error.
 * Release it in any case. */
enum status package_read(struct package *package, struct read_job *job, bool (*wanted)(const char *name));
void package_release(struct package *package);

/* The part called [name], or an empty span. */
struct span package_part(const struct package *package, const char *name);

/* What the members' names say a zip file is: a type of the table of source.h, "archive" for anything else. NULL when
 * it cannot be opened; then the caller's reader says why. */
const char *package_type(int file);

#endif
