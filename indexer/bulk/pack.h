/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers, keys and positions as Xapian's glass format writes them.
 *
 * Takes numbers; gives bytes at the end of a buffer; never touches a file. The format: facts measured on libxapian
 * 1.4.22; tests/unit/bulk compares every encoding with what the library writes.
 */
#ifndef INDEXER_BULK_PACK_H
#define INDEXER_BULK_PACK_H

#include "corpus/text.h"

#include <stdint.h>

enum {
    PACK_KEY_MAX = 255,    /* bytes: a key's length is one byte */
    PACK_NUMBER_BYTES = 10 /* a number of 64 bits, at most */
};

/* U: 7 bits a byte, the least significant first, 0x80 on all bytes but the last. [out] has room for PACK_NUMBER_BYTES.
 * Returns the bytes written. */
static inline size_t pack_number_at(unsigned char *out, uint64_t number)
{
    size_t length = 0;
    for (; number >= 0x80; number >>= 7) out[length++] = (unsigned char)(number | 0x80);
    out[length++] = (unsigned char)number;
    return length;
}

/* Reads such a number from [*at], which must hold one, and moves past it. */
static inline uint64_t unpack_number(const unsigned char **at)
{
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = *(*at)++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
}

/* The following return OK, NO_MEMORY, LIMIT (the buffer's). */
enum status pack_number(struct buffer *out, uint64_t number);
enum status pack_string(struct buffer *out, struct span text); /* S: U(length) and the bytes */

/* A document's number so that bytes sort as numbers do: 2 bytes below 0x8000, then 3, 4 or 5, whose first bits tell. */
enum status pack_docid(struct buffer *out, uint32_t docid);

/* A term as a key begins: a NUL is followed by 0xff. */
enum status pack_term(struct buffer *out, struct span term);

/* The tag of a position list: [positions] ascend, [count] is at least 1. The last one, and when there are more, the
 * first one, their number and the rest by interpolative coding (Moffat and Stuiver 2000). */
enum status pack_positions(struct buffer *out, const uint32_t *positions, size_t count);

#endif
