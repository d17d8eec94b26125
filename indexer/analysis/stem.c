/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stem.h"

#include "normalise.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOT_BITS = 16,
    SLOT_COUNT = 1 << SLOT_BITS,
    WORDS_MAX = SLOT_COUNT / 2,               /* words before the cache starts afresh: probes stay short */
    CACHE_BYTES_MAX = WORDS_MAX * (128 + 512) /* a word's record and its four strings at their longest */
};

struct slot {
    uint64_t hash;
    const struct word *word; /* NULL: free */
};

/* The words between two fresh starts. Tokens point into them, so a full one is kept until the next analysis. */
struct generation {
    struct generation *next;
    struct arena arena;
};

struct stemmer {
    struct sb_stemmer *snowball; /* NULL: words stay as they are */
    bool comma_below;            /* Romanian: libstemmer 2.2 knows s and t with the cedilla only */
    uint64_t lookups, misses;
    size_t count;
    struct generation *words; /* the first is current */
    struct slot slots[SLOT_COUNT];
};

bool stemmer_exists(const char *algorithm)
{
    for (const char **name = sb_stemmer_list(); *name; name++)
        if (strcmp(*name, algorithm) == 0) return true;
    return false;
}

static bool add_generation(struct stemmer *stemmer)
{
    struct generation *fresh = malloc(sizeof *fresh);
    if (!fresh) return false;
    arena_init(&fresh->arena, CACHE_BYTES_MAX);
    fresh->next = stemmer->words;
    stemmer->words = fresh;
    if (stemmer->count) memset(stemmer->slots, 0, sizeof stemmer->slots);
    stemmer->count = 0;
    return true;
}

static void free_generations(struct generation *generation)
{
    while (generation) {
        struct generation *next = generation->next;
        arena_release(&generation->arena);
        free(generation);
        generation = next;
    }
}

enum status stemmer_new(struct stemmer **out, const char *algorithm)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);
    if (!stemmer) return NO_MEMORY;
    if (!add_generation(stemmer)) goto failed;
    if (*algorithm && stemmer_exists(algorithm)) {
        stemmer->snowball = sb_stemmer_new(algorithm, "UTF_8");
        if (!stemmer->snowball) goto failed;
        stemmer->comma_below = strcmp(algorithm, "romanian") == 0;
    }
    *out = stemmer;
    return OK;
failed:
    stemmer_free(stemmer);
    return NO_MEMORY;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer) return;
    if (stemmer->snowball) sb_stemmer_delete(stemmer->snowball);
    free_generations(stemmer->words);
    free(stemmer);
}

void stemmer_begin(struct stemmer *stemmer)
{
    free_generations(stemmer->words->next);
    stemmer->words->next = NULL;
}

void stemmer_counts(const struct stemmer *stemmer, uint64_t *lookups, uint64_t *misses)
{
    *lookups = stemmer->lookups;
    *misses = stemmer->misses;
}

/* Multiplies and folds eight bytes at a time; the constant is 2^64 divided by the golden ratio. */
static uint64_t hash_key(const struct word_key *key)
{
    const uint64_t golden = 0x9E3779B97F4A7C15u;
    uint64_t hash = key->length * golden;
    for (size_t i = 0; i < key->length; i += 8) {
        uint64_t eight;
        memcpy(&eight, key->bytes + i, 8);
        hash = (hash ^ eight) * golden;
        hash ^= hash >> 32;
    }
    return hash * golden;
}

/* Copies [text] into the cache, unless it equals [same], which then stands for it. */
static bool keep(struct stemmer *stemmer, struct span *out, struct span text, struct span same)
{
    if (span_equal(text, same)) {
        *out = same;
        return true;
    }
    char *copy = arena_bytes(&stemmer->words->arena, text.length);
    if (!copy) return false;
    memcpy(copy, text.data, text.length);
    *out = (struct span){copy, text.length};
    return true;
}

static struct span without_possessive(struct span word)
{
    if (word.length > 2 && word.data[word.length - 1] == 's' && word.data[word.length - 2] == '\'') word.length -= 2;
    return word;
}

/* The stem of [word] by Snowball, folded, in [room] of TOKEN_BYTES_MAX bytes. False when out of memory. */
static bool stem(struct stemmer *stemmer, struct span word, char *room, struct span *out)
{
    char copy[TOKEN_BYTES_MAX];
    word = without_possessive(word);
    if (stemmer->snowball) {
        memcpy(copy, word.data, word.length);
        for (size_t i = 0; stemmer->comma_below && i + 1 < word.length; i++)
            if ((unsigned char)copy[i] == 0xC8 && ((unsigned char)copy[i + 1] & 0xFD) == 0x99) {
                bool t = (unsigned char)copy[i + 1] == 0x9B; /* U+021B to U+0163, U+0219 to U+015F */
                copy[i] = (char)0xC5;
                copy[i + 1] = (char)(t ? 0xA3 : 0x9F);
            }
        const sb_symbol *symbols = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)copy, (int)word.length);
        if (!symbols) return false;
        struct span stemmed = {(const char *)symbols, (size_t)sb_stemmer_length(stemmer->snowball)};
        if (stemmed.length) word = stemmed;
    }
    *out = (struct span){room, fold_marks(room, TOKEN_BYTES_MAX, word)};
    return true;
}

static bool is_ascii(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80) return false;
    return true;
}

static const struct word *add_word(struct stemmer *stemmer, const struct word_key *key)
{
    char form[TOKEN_BYTES_MAX], marked_stem[TOKEN_BYTES_MAX], plain_stem[TOKEN_BYTES_MAX];
    struct word *word = arena_take(&stemmer->words->arena, sizeof *word);
    char *bytes = arena_bytes(&stemmer->words->arena, key->length);
    if (!word || !bytes) return NULL;
    memcpy(bytes, key->bytes, key->length);
    *word = (struct word){.key = {bytes, key->length}};
    struct span stemmed, plain, folded = word->key;
    if (!is_ascii(word->key)) folded = (struct span){form, fold_marks(form, sizeof form, word->key)};
    if (!folded.length) folded = word->key;
    if (!keep(stemmer, &word->form, folded, word->key)) return NULL;
    word->marked = word->form.data != bytes;
    if (!stem(stemmer, word->key, marked_stem, &stemmed)) return NULL;
    if (!stemmed.length) stemmed = word->form;
    if (!keep(stemmer, &word->stem, stemmed, word->form)) return NULL;
    if (!word->marked) return word;
    if (!stem(stemmer, word->form, plain_stem, &plain)) return NULL;
    if (!plain.length || span_equal(plain, word->stem)) return word;
    return keep(stemmer, &word->plain_stem, plain, word->form) ? word : NULL;
}

const struct word *stemmer_word(struct stemmer *stemmer, struct word_key *key)
{
    memset(key->bytes + key->length, 0, 8);
    uint64_t hash = hash_key(key);
    size_t i = hash >> (64 - SLOT_BITS);
    stemmer->lookups++;
    for (; stemmer->slots[i].word; i = (i + 1) % SLOT_COUNT) {
        const struct word *word = stemmer->slots[i].word;
        if (stemmer->slots[i].hash == hash && word->key.length == key->length &&
            memcmp(word->key.data, key->bytes, key->length) == 0)
            return word;
    }
    stemmer->misses++;
    if (stemmer->count == WORDS_MAX) {
        if (!add_generation(stemmer)) return NULL;
        i = hash >> (64 - SLOT_BITS);
    }
    const struct word *word = add_word(stemmer, key);
    if (!word) return NULL;
    stemmer->slots[i] = (struct slot){hash, word};
    stemmer->count++;
    return word;
}
