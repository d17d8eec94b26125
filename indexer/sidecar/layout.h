/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a sidecar, as sidecar.c reads and sidecar_write.c writes them; private to the two. */
#ifndef INDEXER_SIDECAR_LAYOUT_H
#define INDEXER_SIDECAR_LAYOUT_H

#include "indexer/sidecar/sidecar.h"

#define LAYOUT_MAGIC "dossier\xb5"

enum { LAYOUT_VERSION = 1 };

struct layout_header {
    char magic[8];
    uint32_t version;
    uint32_t sections;
    struct sidecar_key key; /* 64 bytes */
    uint64_t length;        /* of the file */
    uint64_t checksum;      /* of the header with this 0, and the table */
    char reserved[32];      /* 0 */
};

struct layout_section {
    char name[SIDECAR_NAME_MAX]; /* filled up with 0 */
    uint64_t start, length;
    uint64_t checksum;
};

_Static_assert(sizeof(struct layout_header) == 128 && sizeof(struct layout_section) == 32, "no padding in a file");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "sections are mapped as they are: little-endian only");

uint64_t layout_checksum(const struct layout_header *header, const struct layout_section *table);

/* Writes [index]/[name].cache, with [more] after it, as a new string. NULL when out of memory. */
char *layout_path(const char *index, const char *name, const char *more);

#endif
