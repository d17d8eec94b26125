/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sidecars: files in an index's folder that hold what could be computed from it, so that a search need not.
 *
 * Takes named sections of bytes and the state of the index they were computed from; gives them back mapped into memory,
 * to that very state alone; never is the truth about anything: what is absent, stale or damaged is simply not there.
 *
 * A file NAME.cache, all numbers little-endian:
 *
 *   128 bytes  header: magic, format version, number of sections, state of the index, bytes of the file, checksum of
 *              header and table
 *   32 bytes   for each section: name of up to 8 bytes, where it starts, its bytes, checksum
 *   …          the sections, each at a multiple of SIDECAR_ALIGNMENT
 *
 * Reading checks header and table (a microsecond), so a section's place and size can be relied on. What is in it
 * cannot: a flipped bit shows in sidecar_intact alone, which `dossier check` asks. A reader therefore compares every
 * offset and ordinal it takes out of a section with its bounds before using it.
 *
 * To add a cache: describe its sections in a header of this folder (ranking.h is one), write a builder in indexer/ and
 * name it in the table of indexer/caches.c; it then runs at the end of every indexing run, and after compaction.
 * Reading it is sidecar_open once for each state of the index, then sidecar_section.
 */
#ifndef INDEXER_SIDECAR_SIDECAR_H
#define INDEXER_SIDECAR_SIDECAR_H

#include "corpus/text.h"
#include "xapian-c/xapian-c.h"

enum {
    SIDECAR_ALIGNMENT = 64,    /* bytes: a line of the processor's cache, enough for any type */
    SIDECAR_SECTIONS_MAX = 64, /* in a file */
    SIDECAR_NAME_MAX = 8       /* bytes of a section's name */
};

#define SIDECAR_SUFFIX ".cache"

/* A state of an index. Sizes are there beside the revision because a folder restored from a copy can reach the same
 * revision twice. */
struct sidecar_key {
    char uuid[40]; /* as text, the rest 0 */
    uint64_t revision;
    uint64_t total_length;
    uint32_t documents;
    uint32_t last_docid;
};

/* The state that [database] reads. Returns what the binding does; XC_UNSUPPORTED and XC_INVALID for databases that can
 * have no sidecar (remote, or several together). */
enum xc_status sidecar_key_read(struct sidecar_key *out, struct xc_database *database, struct xc_error *error);

/* ---- Reading ---- */

/* A mapped file. The zeroed one is closed, and has no sections. */
struct sidecar {
    const char *bytes;
    size_t length;
};

/* Opens [index]/[name].cache if it belongs to [key]. Returns OK, or NOT_FOUND for whatever reason it cannot be used;
 * then [out] is closed. */
enum status sidecar_open(struct sidecar *out, const char *index, const char *name, const struct sidecar_key *key);
void sidecar_close(struct sidecar *sidecar);

/* The section [name], at a multiple of SIDECAR_ALIGNMENT; empty, with NULL data, when there is none. Lives until the
 * sidecar is closed. */
struct span sidecar_section(const struct sidecar *sidecar, const char *name);

/* Whether every section is as it was written. Reads all of it. */
bool sidecar_intact(const struct sidecar *sidecar);

/* ---- Writing ---- */

struct sidecar_writer;

/* Starts [index]/[name].cache under another name. Returns OK, IO, NO_MEMORY. */
enum status sidecar_create(struct sidecar_writer **out, const char *index, const char *name, struct error *error);

/* Starts a section; what follows belongs to it. Its name must be new, and of 1 to SIDECAR_NAME_MAX bytes. Returns OK,
 * LIMIT (SIDECAR_SECTIONS_MAX), IO. */
enum status sidecar_begin(struct sidecar_writer *writer, const char *section, struct error *error);

/* Appends to the section. Returns OK, IO. */
enum status sidecar_append(struct sidecar_writer *writer, const void *data, size_t length, struct error *error);

/* Puts the file in its place in one step, as the cache of [key], and frees the writer. Returns OK, IO; after a failure
 * what was there before is still there. */
enum status sidecar_finish(struct sidecar_writer *writer, const struct sidecar_key *key, struct error *error);

/* Drops a file that was not finished. NULL is fine. */
void sidecar_discard(struct sidecar_writer *writer);

#endif
