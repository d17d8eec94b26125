/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tiny.h"

#include "indexer/entities/features.h"
#include "indexer/entities/train/lexicon.h"
#include "indexer/entities/viterbi.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = 16, PHRASES = 32, PULL = 3 * MODEL_UNIT };

static const struct {
    const char *word;
    int offset;
    unsigned type;
    enum bilou part;
} pulls[] = {
    {"kishida", 0, 1, BILOU_U}, {"anwar", 0, 1, BILOU_U},  {"japan", 0, 3, BILOU_U}, {"tokyo", 0, 3, BILOU_U},
    {"kuala", 0, 3, BILOU_B},   {"lumpur", 0, 3, BILOU_L}, {"asean", 0, 2, BILOU_U}, {"festival", -1, 4, BILOU_U},
};
enum { PULLS = sizeof pulls / sizeof *pulls };

static void set(uint64_t *slots, uint32_t count, uint64_t hash, uint64_t value, unsigned bits)
{
    size_t at = model_slot(hash, count);
    while (slots[at]) at = at + 1 == count ? 0 : at + 1;
    slots[at] = hash >> bits << bits | value;
}

static void set_word(uint64_t *slots, const char *word, uint64_t fine, uint64_t coarse, uint64_t bucket)
{
    struct look look;
    look_at(&look, span_of(word));
    set(slots, WORDS, look.exact, fine | coarse << WORD_FINE_BITS | bucket << (WORD_FINE_BITS + WORD_COARSE_BITS),
        WORD_FINE_BITS + WORD_COARSE_BITS + WORD_CASE_BITS);
}

void *tiny_model(struct model *model, size_t *bytes)
{
    uint64_t words[WORDS] = {0}, phrases[PHRASES] = {0}, features[PULLS], found[TYPE_FEATURES_MAX];
    int8_t rows[PULLS][MODEL_LANES] = {0};
    int16_t moves[MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS] = {0};
    struct lexicon lexicon = {.words = words, .phrases = phrases, .word_slots = WORDS, .phrase_slots = PHRASES};
    struct weights weights = {.features = features, .rows = &rows[0][0], .count = PULLS, .moves = moves};
    struct error error;
    size_t lost;
    set_word(words, "Kishida", 7, 3, 6);
    set_word(words, "he", 9, 2, 1);
    uint64_t kuala = lower_hash(SPAN("kuala"));
    set(phrases, PHRASES, kuala, 1u << PHRASE_PREFIX, PHRASE_BITS);
    set(phrases, PHRASES, phrase_join(kuala, lower_hash(SPAN("lumpur"))), 1u << LIST_CITY_LARGE, PHRASE_BITS);
    set(phrases, PHRASES, lower_hash(SPAN("tokyo")), 1u << LIST_CITY_LARGE, PHRASE_BITS);
    set(phrases, PHRASES, lower_hash(SPAN("japan")), 1u << LIST_COUNTRY, PHRASE_BITS);
    for (size_t i = 0; i < PULLS; i++) {
        struct word_type type = {0};
        look_at(&type.look, span_of(pulls[i].word));
        features_of_type(found, &type, pulls[i].offset);
        features[i] = found[0]; /* the lower-cased word's */
        rows[i][4 * (pulls[i].type - 1) + pulls[i].part] = PULL;
    }
    void *data = model_build(bytes, &lost, &lexicon, &weights, 64, 20261122);
    if (lost == 0 && model_from_memory(model, data, *bytes, &error) == OK) return data;
    free(data);
    return NULL;
}
