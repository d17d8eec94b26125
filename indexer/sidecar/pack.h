/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers in as many bits as the greatest of them needs, the first in the lowest bits of the first byte.
 *
 * Takes up to RANKING_BLOCK numbers; gives bytes and back. Little-endian machines only, which layout.h asserts.
 */
#ifndef INDEXER_SIDECAR_PACK_H
#define INDEXER_SIDECAR_PACK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PACK_SLACK = 8 /* bytes after the last packed ones that unpacking may read */ };

/* Bits that every one of [numbers] fits in; 0 when all are 0. */
static inline unsigned pack_bits(const uint32_t *numbers, size_t count)
{
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) all |= numbers[i];
    return all ? 32u - (unsigned)__builtin_clz(all) : 0;
}

static inline size_t pack_bytes(size_t count, unsigned bits)
{
    return (count * bits + 7) / 8;
}

/* Writes pack_bytes(count, bits) bytes. [bits] is at most 32, and no number needs more. */
static inline void pack(unsigned char *out, const uint32_t *numbers, size_t count, unsigned bits)
{
    memset(out, 0, pack_bytes(count, bits));
    for (size_t i = 0, at = 0; i < count; i++, at += bits)
        for (unsigned k = 0; k < bits; k++)
            if (numbers[i] >> k & 1) out[(at + k) / 8] |= (unsigned char)(1u << (at + k) % 8);
}

/* Reads [count] numbers of [bits] (at most 32) each; may look at PACK_SLACK bytes past them. */
static inline void unpack(uint32_t *out, const unsigned char *bytes, size_t count, unsigned bits)
{
    uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (size_t i = 0, at = 0; i < count; i++, at += bits) {
        uint64_t word;
        memcpy(&word, bytes + at / 8, sizeof word);
        out[i] = (uint32_t)(word >> at % 8 & mask);
    }
}

#endif
