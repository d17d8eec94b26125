/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The content of a file in sixteen bytes: tells a file that was only touched or moved from one that changed. */
#ifndef INDEXER_FILEHASH_H
#define INDEXER_FILEHASH_H

#include "indexer/schema.h"

/* Sixteen bytes of XXH3-128, big-endian, over the content of the regular file at [path]; a link is followed only when
 * it was [named] outright. Reads the file once, 256 KB at a time.
 *
 * Returns OK; IO when it is no regular file or cannot be read to its end; NO_MEMORY. Without a message: whoever reads
 * the file will meet the same fault and say so. */
enum status file_hash(char out[HASH_BYTES], const char *path, bool named);

#endif
