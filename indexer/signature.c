/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/signature.h"

#include <string.h>
#include <xxhash.h>

/* Stafford's thirteenth mixer of 64 bits, as splitmix64 uses it. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

void signer_begin(struct signer *signer)
{
    memset(signer->least, 0xFF, sizeof signer->least);
    signer->before[0] = signer->before[1] = 0;
    signer->words = 0;
}

void signer_word(struct signer *signer, struct span form)
{
    uint64_t word = XXH3_64bits(form.data, form.length);
    uint64_t run = mix(mix(signer->before[0] ^ word << 1) + mix(signer->before[1] + 1) * 3 + word);
    unsigned cell = run >> 56;
    uint64_t rest = run << 8;
    if (rest < signer->least[cell]) signer->least[cell] = rest;
    signer->before[0] = signer->before[1];
    signer->before[1] = word;
    signer->words++;
}

/* For each cell the nearest one at or after it that is not empty, going round. */
static void nearest_after(uint8_t out[SIGNATURE_CELLS], const struct signer *signer, bool backwards)
{
    unsigned last = 0;
    for (unsigned i = 0; i < 2 * SIGNATURE_CELLS; i++) {
        unsigned cell = (backwards ? i : 2 * SIGNATURE_CELLS - 1 - i) % SIGNATURE_CELLS;
        if (signer->least[cell] != UINT64_MAX) last = cell;
        out[cell] = (uint8_t)last;
    }
}

bool signer_finish(char out[SIGNATURE_BYTES], const struct signer *signer)
{
    uint8_t before[SIGNATURE_CELLS], after[SIGNATURE_CELLS];
    if (!signer->words) return false;
    nearest_after(before, signer, true);
    nearest_after(after, signer, false);
    unsigned words = signer->words > UINT16_MAX ? UINT16_MAX : (unsigned)signer->words;
    memset(out, 0, SIGNATURE_BYTES);
    out[0] = (char)(words >> 8);
    out[1] = (char)(words & 0xFF);
    for (unsigned cell = 0; cell < SIGNATURE_CELLS; cell++) {
        uint64_t lot = mix(cell + 1);
        uint64_t least = signer->least[lot & 1 ? before[cell] : after[cell]];
        /* The cell's number goes in as well: one run that fills many cells gives each other bits. */
        unsigned bits = mix(least ^ lot) & 3;
        out[2 + cell / 4] = (char)((unsigned char)out[2 + cell / 4] | bits << cell % 4 * 2);
    }
    return true;
}

unsigned signature_agreement(const char a[SIGNATURE_BYTES], const char b[SIGNATURE_BYTES])
{
    unsigned differ = 0;
    for (size_t i = 2; i < SIGNATURE_BYTES; i += sizeof(uint64_t)) {
        uint64_t x, y;
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        x ^= y;
        differ += (unsigned)__builtin_popcountll((x | x >> 1) & 0x5555555555555555u);
    }
    return SIGNATURE_CELLS - differ;
}

static bool is_long(const char signature[SIGNATURE_BYTES])
{
    return ((unsigned char)signature[0] << 8 | (unsigned char)signature[1]) >= SIGNATURE_WORDS_LONG;
}

bool signature_near(const char a[SIGNATURE_BYTES], const char b[SIGNATURE_BYTES])
{
    unsigned needed = is_long(a) && is_long(b) ? SIGNATURE_NEAR_LONG : SIGNATURE_NEAR_SHORT;
    return signature_agreement(a, b) >= needed;
}

double signature_resemblance(unsigned agreement)
{
    double share = (double)agreement / SIGNATURE_CELLS;
    return share <= 0.25 ? 0 : (share - 0.25) / 0.75;
}
