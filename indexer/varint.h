/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as bytes: LEB128, seven bits a byte, the low ones first, the top bit set on all but the last byte.
 *
 * Takes numbers; gives bytes and back; allocates nothing and never reads past the bytes it is given.
 */
#ifndef INDEXER_VARINT_H
#define INDEXER_VARINT_H

#include "corpus/text.h"

enum { VARINT_BYTES_MAX = 10 }; /* bytes: a number of 64 bits */

/* Writes [number] to [out], which has room for VARINT_BYTES_MAX, and returns the bytes written. */
static inline size_t varint_write(char *out, uint64_t number)
{
    size_t n = 0;
    for (; number >= 0x80; number >>= 7) out[n++] = (char)(number | 0x80);
    out[n++] = (char)number;
    return n;
}

static inline enum status varint_append(struct buffer *out, uint64_t number)
{
    char bytes[VARINT_BYTES_MAX];
    return buffer_append(out, bytes, varint_write(bytes, number));
}

/* Takes a number off the front of [rest]. False when the bytes end too early or make no 64-bit number. */
static inline bool varint_read(struct span *rest, uint64_t *number)
{
    uint64_t value = 0;
    for (unsigned shift = 0; rest->length && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*rest->data;
        rest->data++;
        rest->length--;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) {
            *number = value;
            return true;
        }
    }
    return false;
}

/* A length and that many bytes. */
static inline enum status varint_append_span(struct buffer *out, struct span bytes)
{
    enum status status = varint_append(out, bytes.length);
    return status ? status : buffer_append_span(out, bytes);
}

static inline bool varint_read_span(struct span *rest, struct span *bytes)
{
    uint64_t length;
    if (!varint_read(rest, &length) || length > rest->length) return false;
    *bytes = (struct span){rest->data, (size_t)length};
    rest->data += length;
    rest->length -= length;
    return true;
}

#endif
