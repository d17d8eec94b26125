/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/docset.h"

#include <stdlib.h>
#include <string.h>

enum status docset_init(struct docset *set, uint32_t last)
{
    size_t count = (size_t)last / 64 + 1;
    *set = (struct docset){calloc(count, sizeof *set->words), count, last};
    return set->words ? OK : NO_MEMORY;
}

enum status docset_copy(struct docset *out, const struct docset *set)
{
    *out = (struct docset){malloc(set->count * sizeof *set->words), set->count, set->last};
    if (!out->words) return NO_MEMORY;
    memcpy(out->words, set->words, set->count * sizeof *set->words);
    return OK;
}

void docset_release(struct docset *set)
{
    free(set->words);
    *set = (struct docset){0};
}

void docset_and(struct docset *set, const struct docset *other)
{
    for (size_t i = 0; i < set->count; i++) set->words[i] &= other->words[i];
}

void docset_or(struct docset *set, const struct docset *other)
{
    for (size_t i = 0; i < set->count; i++) set->words[i] |= other->words[i];
}

void docset_and_not(struct docset *set, const struct docset *other)
{
    for (size_t i = 0; i < set->count; i++) set->words[i] &= ~other->words[i];
}

void docset_xor(struct docset *set, const struct docset *other)
{
    for (size_t i = 0; i < set->count; i++) set->words[i] ^= other->words[i];
}

uint32_t docset_size(const struct docset *set)
{
    size_t size = 0;
    for (size_t i = 0; i < set->count; i++) size += (size_t)__builtin_popcountll(set->words[i]);
    return (uint32_t)size;
}

uint32_t docset_next(const struct docset *set, uint32_t from)
{
    size_t word = from / 64;
    if (word >= set->count) return 0;
    uint64_t bits = set->words[word] & (UINT64_MAX << from % 64);
    while (!bits && ++word < set->count) bits = set->words[word];
    return bits ? (uint32_t)(64 * word) + (uint32_t)__builtin_ctzll(bits) : 0;
}
