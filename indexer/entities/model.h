/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trained model: word classes, name lists and weights in one file that is mapped, not read.
 *
 * Takes a path; gives look-ups that are safe whatever the file holds; never writes and never copies the tables, so
 * all processes share one copy. Files are little-endian.
 *
 * A file is a struct model_header and then, each at a multiple of 64 bytes and in this order: feature rows, their
 * tags, transitions, words, phrases. A damaged file, or one of another version, is refused as a whole.
 */
#ifndef INDEXER_ENTITIES_MODEL_H
#define INDEXER_ENTITIES_MODEL_H

#include "corpus/status.h"
#include "corpus/text.h"

#include <stdint.h>

enum {
    MODEL_VERSION = 1,     /* raise it whenever a feature, a hash or the layout changes: weights fit one version only */
    MODEL_LABELS = 17,     /* O, then B I L U of each type */
    MODEL_LANES = 16,      /* weights of a row: the labels without O, whose score is always 0 */
    MODEL_BUCKET = 4,      /* rows that share a bucket, told apart by 16-bit tags */
    MODEL_TRANSITIONS = 4, /* transition tables, chosen by the kind of token moved to */
    MODEL_UNIT = 32,       /* a weight of 1.0 is stored as this */
    MODEL_BYTES_MAX = 64 << 20
};

/* The lists a phrase may be on: bits of a mask. The names are those of the training program's list table. */
enum phrase_list {
    LIST_COUNTRY,
    LIST_SUBDIVISION,
    LIST_CITY_LARGE,
    LIST_CITY_SMALL,
    LIST_PLACE_ALIAS,
    LIST_NATIONALITY,
    LIST_GIVEN,
    LIST_SURNAME,
    LIST_COMPANY,
    LIST_COMPANY_BULK,
    LIST_UNIVERSITY,
    LIST_CLUB,
    LIST_TEAM,
    LIST_BODY,
    LIST_AGENCY,
    LIST_MEDIA,
    LIST_HONORIFIC,
    LIST_ORG_HEAD,
    LIST_ORG_SUFFIX,
    LIST_PLACE_HEAD,
    LIST_PLACE_CUE,
    LIST_ROLE,
    LIST_SAY,
    LIST_LEARNT_PERSON,
    LIST_LEARNT_ORGANIZATION,
    LIST_LEARNT_PLACE,
    LIST_LEARNT_OTHER,
    LIST_COUNT
};

enum {
    PHRASE_PREFIX = LIST_COUNT, /* the bit that says: a longer phrase begins like this */
    PHRASE_BITS = 28,
    WORD_FINE_BITS = 10,
    WORD_COARSE_BITS = 7,
    WORD_CASE_BITS = 3
};

struct model_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t bytes;    /* of the whole file */
    uint64_t checksum; /* of everything behind the header, and of the fields below */
    uint32_t buckets, word_slots, phrase_slots, reserved;
    uint64_t trained; /* date as yyyymmdd, for people */
    uint64_t spare[1];
};

struct model {
    void *map;
    size_t bytes;
    const struct model_header *header;
    const int8_t *rows;      /* [buckets][MODEL_BUCKET][MODEL_LANES] */
    const uint64_t *tags;    /* [buckets]: MODEL_BUCKET tags of 16 bits, 0 for none */
    const int16_t *moves;    /* [MODEL_TRANSITIONS][from][to] */
    const uint64_t *words;   /* slots; 0 for none */
    const uint64_t *phrases; /* slots; 0 for none */
};

/* What is known of a word. 0 everywhere: nothing. */
struct model_word {
    unsigned fine, coarse, case_bucket;
};

/* Maps the model at [path]. *[model] is filled on success only; release it with model_close. The file is checked
 * whole, about 1 ms for 6 MB.
 *
 * Returns OK; MISSING when there is no such file; DAMAGED for another version, a wrong size or checksum; IO.
 */
enum status model_open(struct model *model, const char *path, struct error *error);
void model_close(struct model *model);

/* Uses [bytes] at [data], 64-byte aligned, as a model; they stay the caller's. */
enum status model_from_memory(struct model *model, const void *data, size_t bytes, struct error *error);

uint64_t model_checksum(const struct model_header *header, const void *body, size_t bytes);

struct model_word model_word(const struct model *model, uint64_t exact);

/* The lists that the phrase [hash] is on, and PHRASE_PREFIX's bit. */
uint32_t model_phrase(const struct model *model, uint64_t hash);

/* The hash of a phrase made of the phrase [hash] and one more word, given by its lower-case hash. A phrase of one word
 * has that word's hash. */
uint64_t phrase_join(uint64_t hash, uint64_t lower);

/* The slot that [hash] is looked for at first, of [slots]. The low bits say it, the high ones are stored. */
static inline size_t model_slot(uint64_t hash, uint32_t slots)
{
    return (hash & 0xFFFFFFFFu) * slots >> 32;
}

static inline uint32_t model_bucket(const struct model_header *header, uint64_t feature)
{
    return (uint32_t)(((feature >> 32) * header->buckets) >> 32);
}

static inline uint16_t model_tag(uint64_t feature)
{
    return (uint16_t)(feature & 0xFFFF ? feature & 0xFFFF : 1);
}

/* The weights of [feature], or NULL when the model has none. */
static inline const int8_t *model_row(const struct model *model, uint64_t feature)
{
    uint32_t bucket = model_bucket(model->header, feature);
    uint64_t tags = model->tags[bucket] ^ model_tag(feature) * 0x0001000100010001u;
    /* The lowest zero among four 16-bit fields, if any. */
    uint64_t zero = (tags - 0x0001000100010001u) & ~tags & 0x8000800080008000u;
    if (!zero) return NULL;
    return model->rows + ((size_t)bucket * MODEL_BUCKET + (size_t)__builtin_ctzll(zero) / 16) * MODEL_LANES;
}

#endif
