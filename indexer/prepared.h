/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A prepared document: all that the index will hold of one document, as one run of bytes.
 *
 * Takes what terms.c gathered; gives bytes that cross a pipe, wait in a file, or are written to an index at once, and
 * reads them back; never opens an index.
 *
 * The bytes: 16 of the record's hash; U(flags); U(bytes of text); S(id); S(record); U(n) and n times U(slot) S(value);
 * then the terms as termtable_write gives them, in byte order. U is LEB128, S a U(length) and that many bytes.
 */
#ifndef INDEXER_PREPARED_H
#define INDEXER_PREPARED_H

#include "indexer/schema.h"

enum {
    PREPARED_UNDATED = 1,  /* flag: the document has no date */
    PREPARED_UNTAGGED = 2, /* flag: no names were looked for in it */
    /* bytes a stored record or a list of terms may take: glass holds at most 65,535 pieces of 2,030 bytes in one entry,
       133,036,050 bytes, compressed or not */
    PREPARED_ENTRY_MAX = 120 * 1024 * 1024
};

struct prepared {
    const char *hash; /* HASH_BYTES */
    uint64_t flags;
    uint64_t text_bytes;
    struct span id;
    struct span record; /* record_encode's bytes: what is stored */
    struct span value[SLOT_COUNT];
    struct span terms; /* to be walked with prepared_next_term */
    uint64_t term_count;
};

/* Reads the bytes; *[out] borrows from them. Returns OK, or DAMAGED. */
enum status prepared_read(struct prepared *out, struct span bytes);

struct prepared_term {
    struct span term;
    uint32_t wdf;
    const uint32_t *positions; /* ascending */
    size_t position_count;
};

/* Walks the terms of a prepared document. Zero-initialise; [positions] is the walk's memory, used again from document
 * to document, and freed by prepared_walk_release. */
struct prepared_walk {
    struct span rest;
    uint64_t left; /* terms */
    uint32_t *positions;
    size_t capacity;
};

void prepared_walk_start(struct prepared_walk *walk, const struct prepared *document);
void prepared_walk_release(struct prepared_walk *walk);

/* The next term; *[out] borrows from the document and the walk until the next call. Returns OK, NOT_FOUND past the
 * last, DAMAGED, NO_MEMORY. */
enum status prepared_next_term(struct prepared_term *out, struct prepared_walk *walk);

#endif
