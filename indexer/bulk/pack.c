/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/pack.h"

#include <string.h>

enum status pack_number(struct buffer *out, uint64_t number)
{
    unsigned char bytes[PACK_NUMBER_BYTES];
    return buffer_append(out, (const char *)bytes, pack_number_at(bytes, number));
}

enum status pack_string(struct buffer *out, struct span text)
{
    enum status status = pack_number(out, text.length);
    return status ? status : buffer_append_span(out, text);
}

enum status pack_docid(struct buffer *out, uint32_t docid)
{
    unsigned char bytes[5];
    size_t length = docid < 0x8000 ? 2 : docid < 1u << 22 ? 3 : docid < 1u << 29 ? 4 : 5;
    static const unsigned char marks[] = {0, 0, 0, 0x80, 0xc0, 0xe0}; /* by length */
    for (size_t i = length; i--; docid >>= 8) bytes[i] = (unsigned char)docid;
    bytes[0] |= marks[length];
    return buffer_append(out, (const char *)bytes, length);
}

enum status pack_term(struct buffer *out, struct span term)
{
    const char *nul;
    while (term.length && (nul = memchr(term.data, '\0', term.length))) {
        size_t length = (size_t)(nul + 1 - term.data);
        enum status status = buffer_append(out, term.data, length);
        if (!status) status = buffer_append_byte(out, '\xff');
        if (status) return status;
        term = span_cut(term, length, term.length);
    }
    return buffer_append_span(out, term);
}

/* Bits, the least significant first. */
struct bits {
    unsigned char *at; /* where the next whole byte goes; there is room */
    uint64_t pending;
    unsigned count; /* of bits pending, below 8 between calls */
};

static inline void put_bits(struct bits *bits, uint64_t value, unsigned count)
{
    bits->pending |= value << bits->count;
    bits->count += count;
    for (; bits->count >= 8; bits->count -= 8, bits->pending >>= 8) *bits->at++ = (unsigned char)bits->pending;
}

/* One of [outof] values. Where these are no power of two, those in the middle take a bit less. */
static inline void put_choice(struct bits *bits, uint64_t value, uint64_t outof)
{
    if (outof <= 1) return;
    unsigned width = 64 - (unsigned)__builtin_clzll(outof - 1);
    uint64_t spare = ((uint64_t)1 << width) - outof, middle = (outof - spare) / 2;
    if (value >= middle + spare)
        put_bits(bits, (value - middle - spare) | (uint64_t)1 << (width - 1), width);
    else
        put_bits(bits, value, spare && value >= middle ? width - 1 : width);
}

/* What lies between positions [low] and [high], which are known: the middle one, then each half. */
static void put_between(struct bits *bits, const uint32_t *positions, size_t low, size_t high)
{
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        uint64_t outof = (uint64_t)positions[high] - positions[low] + 1 - (high - low);
        put_choice(bits, positions[middle] - (positions[low] + (middle - low)), outof);
        put_between(bits, positions, low, middle);
        low = middle;
    }
}

enum status pack_positions(struct buffer *out, const uint32_t *positions, size_t count)
{
    uint32_t first = positions[0], last = positions[count - 1];
    enum status status = pack_number(out, last);
    if (status || count == 1) return status;
    /* No position takes more than 33 bits. */
    size_t room = 5 * count + 16;
    status = buffer_reserve(out, room);
    if (status) return status;
    struct bits bits = {.at = (unsigned char *)out->data + out->length};
    put_choice(&bits, first, last);
    put_choice(&bits, count - 2, last - first);
    put_between(&bits, positions, 0, count - 1);
    if (bits.count) *bits.at++ = (unsigned char)bits.pending;
    out->length = (size_t)((char *)bits.at - out->data);
    out->data[out->length] = '\0';
    return OK;
}
