/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a file, unpacked when it is compressed, read from front to back.
 *
 * Takes an open file; gives its bytes piece by piece; never holds more than one piece.
 */
#ifndef CORPUS_FORMATS_STREAM_H
#define CORPUS_FORMATS_STREAM_H

#include "corpus/reader.h"

#include <archive.h>

struct stream {
    struct archive *archive;
    const char *data; /* of the piece at hand, [at, end) not yet taken */
    size_t at, end;
    const char *fault; /* why it ended early, or NULL */
};

/* Opens a file, or with [fd] -1 the [bytes]. False when it cannot be. */
bool stream_open(struct stream *stream, int fd, struct span bytes);
void stream_close(struct stream *stream);

/* Makes at < end. False at the end, or after a fault. */
bool stream_fill(struct stream *stream);

/* Lets libarchive unpack gzip, bzip2, xz, zstd, lzma and compress, by itself and without programs. */
void stream_filters(struct archive *archive);

#endif
