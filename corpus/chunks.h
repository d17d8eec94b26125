/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file read piece by piece, as UTF-8: what the record readers stand on.
 *
 * Takes an open file; gives pieces, and lines put together from them; never holds more than one piece and one line.
 */
#ifndef CORPUS_CHUNKS_H
#define CORPUS_CHUNKS_H

#include "corpus/text.h"

#include <iconv.h>

struct chunks {
    int fd;
    const char *data; /* the piece: bytes [at, end) of it are not yet taken */
    size_t at, end;
    uint64_t line;       /* of the byte at [at], from 1; counted by whoever takes the bytes */
    char *raw;           /* as read from the file */
    char *converted;     /* the same in UTF-8, when the file is UTF-16 */
    size_t carried;      /* bytes of an unfinished character at the start of [raw] */
    iconv_t converter;   /* (iconv_t)-1 when the file is UTF-8 */
    int error;           /* errno of a failed read */
    struct buffer whole; /* a line that did not fit into one piece */
};

/* Reads the first piece, drops a byte order mark, and converts when that says UTF-16. Returns OK, IO (see [error]),
 * NO_MEMORY. [maximum] bytes is the longest line that is given. Release it in any case. */
enum status chunks_init(struct chunks *chunks, int fd, size_t maximum);
void chunks_release(struct chunks *chunks);

/* Makes at < end by reading on. Returns OK, NOT_FOUND at the end of the file, IO. */
enum status chunks_fill(struct chunks *chunks);

/* Gives the next line without its LF or CRLF, and its number. It borrows until the next call. LIMIT for a line over the
 * maximum, which is passed over without being held. Returns OK, LIMIT, NOT_FOUND (no line is left), IO, NO_MEMORY. */
enum status chunks_line(struct chunks *chunks, struct span *line, uint64_t *number);

#endif
