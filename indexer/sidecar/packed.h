/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of so many bits each, one after the other, least significant bit first.
 *
 * Takes an array of bytes; gives numbers by their place; never checks the place.
 */
#ifndef INDEXER_SIDECAR_PACKED_H
#define INDEXER_SIDECAR_PACKED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PACKED_BITS_MAX = 32 };

/* Bits that hold any number up to [most]; at least 1. */
static inline unsigned packed_width(uint32_t most)
{
    unsigned width = 1;
    while (most >>= 1) width++;
    return width;
}

/* Bytes of [count] numbers: a number is read with the seven bytes after its first. */
static inline uint64_t packed_bytes(uint64_t count, unsigned width)
{
    return (count * width + 7) / 8 + 8;
}

static inline uint32_t packed_get(const char *bytes, unsigned width, uint64_t place)
{
    uint64_t bit = place * width, word;
    memcpy(&word, bytes + bit / 8, sizeof word);
    return (uint32_t)(word >> bit % 8) & (uint32_t)((1ULL << width) - 1);
}

/* Puts a number where only zeros were. */
static inline void packed_put(char *bytes, unsigned width, uint64_t place, uint32_t number)
{
    uint64_t bit = place * width, word;
    memcpy(&word, bytes + bit / 8, sizeof word);
    word |= (uint64_t)number << bit % 8;
    memcpy(bytes + bit / 8, &word, sizeof word);
}

#endif
