/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stem.h"

#include "normalise.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOT_BITS_FIRST = 10, /* a search meets a thousand words: pages that are never touched cost nothing */
    SLOT_BITS = 17,
    SLOT_COUNT = 1 << SLOT_BITS,
    HOT_BITS = 12,
    HOT_COUNT = 1 << HOT_BITS,                     /* 32 kB */
    WORDS_MAX = SLOT_COUNT / 2,                    /* words before the cache starts afresh: probes stay short */
    ENTRY_BYTES_MAX = 8 + 4 * TOKEN_BYTES_MAX + 8, /* header, four strings, room to read eight bytes at a time */
    POOL_BYTES = 4 * 1024 * 1024 /* the words themselves: most take 20 to 40 bytes, so this rarely fills first */
};

/* A word in the pool. Its strings follow: key, form unless it is the key, stem unless it begins the form, plain stem.
 * Small, and packed in order of first use, so that the words of a text share a few cache lines. */
struct entry {
    uint8_t key, form, stem, plain; /* lengths in bytes */
    bool marked;                    /* the form is not the key */
    bool changed;                   /* the stem does not begin the form */
    char strings[];
};

struct slot {
    uint32_t tag;   /* low half of the hash */
    uint32_t entry; /* where it is in the pool, plus 1; 0: free */
};

/* The words between two fresh starts. Tokens point into them, so a full one is kept until the next analysis. */
struct generation {
    struct generation *next;
    size_t used; /* bytes of the pool */
    char pool[POOL_BYTES];
};

struct stemmer {
    struct sb_stemmer *snowball; /* NULL: words stay as they are */
    bool comma_below;            /* Romanian: libstemmer 2.2 knows s and t with the cedilla only */
    uint64_t lookups, misses;
    size_t count;
    struct generation *words;   /* the first is current */
    struct slot hot[HOT_COUNT]; /* by hash, the last one found: most words of a text are few, and these stay near */
    unsigned bits;              /* the table has 1 << bits slots */
    struct slot *slots;
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
    fresh->used = 0;
    fresh->next = stemmer->words;
    stemmer->words = fresh;
    if (stemmer->count) {
        memset(stemmer->slots, 0, sizeof *stemmer->slots << stemmer->bits);
        memset(stemmer->hot, 0, sizeof stemmer->hot);
    }
    stemmer->count = 0;
    return true;
}

static void free_generations(struct generation *generation)
{
    while (generation) {
        struct generation *next = generation->next;
        free(generation);
        generation = next;
    }
}

enum status stemmer_new(struct stemmer **out, const char *algorithm)
{
    struct stemmer *stemmer = calloc(1, sizeof *stemmer);
    if (!stemmer) return NO_MEMORY;
    stemmer->bits = SLOT_BITS_FIRST;
    stemmer->slots = calloc((size_t)1 << stemmer->bits, sizeof *stemmer->slots);
    if (!stemmer->slots || !add_generation(stemmer)) goto failed;
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
    free(stemmer->slots);
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

static void keep(struct generation *words, uint8_t *length, struct span text)
{
    *length = (uint8_t)text.length;
    if (text.length) memcpy(words->pool + words->used, text.data, text.length);
    words->used += text.length;
}

/* Adds the word of [key] to the pool, which has room; NULL when the stemmer is out of memory. */
static struct entry *add_entry(struct stemmer *stemmer, const struct word_key *key)
{
    char form_room[TOKEN_BYTES_MAX], stem_room[TOKEN_BYTES_MAX], plain_room[TOKEN_BYTES_MAX];
    struct generation *words = stemmer->words;
    struct entry *entry = (struct entry *)(words->pool + words->used);
    struct span whole = {key->bytes, key->length}, form = whole, stemmed, plain = {0};
    if (!is_ascii(whole)) form = (struct span){form_room, fold_marks(form_room, sizeof form_room, whole)};
    if (!form.length) form = whole;
    bool marked = !span_equal(form, whole);
    if (!stem(stemmer, whole, stem_room, &stemmed)) return NULL;
    if (!stemmed.length) stemmed = form;
    if (marked && !stem(stemmer, form, plain_room, &plain)) return NULL;
    if (span_equal(plain, stemmed)) plain.length = 0;
    *entry = (struct entry){.marked = marked, .changed = !span_starts(form, stemmed)};
    words->used += sizeof *entry;
    keep(words, &entry->key, whole);
    if (marked) keep(words, &entry->form, form);
    if (entry->changed) keep(words, &entry->stem, stemmed);
    keep(words, &entry->plain, plain);
    entry->form = (uint8_t)form.length;
    entry->stem = (uint8_t)stemmed.length;
    return entry;
}

static struct word word_of(const struct entry *entry)
{
    const char *form = entry->strings + (entry->marked ? entry->key : 0);
    const char *stem = entry->changed ? form + entry->form : form;
    const char *plain = form + entry->form + (entry->changed ? entry->stem : 0);
    return (struct word){{form, entry->form}, {stem, entry->stem}, {plain, entry->plain}, entry->marked};
}

/* What follows the strings of the pool may be read, see ENTRY_BYTES_MAX. */
static bool is_entry_of(const struct entry *entry, const struct word_key *key)
{
    if (entry->key != key->length) return false;
    for (size_t i = 0; i < key->length; i += 8) {
        uint64_t ours, theirs;
        memcpy(&ours, entry->strings + i, 8);
        memcpy(&theirs, key->bytes + i, 8);
        if (first_bytes(ours, key->length - i < 8 ? key->length - i : 8) != theirs) return false;
    }
    return true;
}

static const struct entry *entry_at(const struct stemmer *stemmer, struct slot slot)
{
    return (const struct entry *)(stemmer->words->pool + slot.entry - 1);
}

/* Where a word begins to be looked for. */
static size_t home(const struct stemmer *stemmer, uint32_t tag)
{
    return tag >> (32 - stemmer->bits);
}

/* The slot of [key] in the table, or the free one where it belongs. */
static size_t find_slot(const struct stemmer *stemmer, const struct word_key *key, uint32_t tag)
{
    size_t last = ((size_t)1 << stemmer->bits) - 1, i = home(stemmer, tag);
    for (; stemmer->slots[i].entry; i = (i + 1) & last)
        if (stemmer->slots[i].tag == tag && is_entry_of(entry_at(stemmer, stemmer->slots[i]), key)) break;
    return i;
}

/* Makes the table eight times as large. False when out of memory. */
static bool grow(struct stemmer *stemmer)
{
    size_t count = (size_t)1 << stemmer->bits;
    unsigned bits = stemmer->bits + 3 < SLOT_BITS ? stemmer->bits + 3 : SLOT_BITS;
    size_t last = ((size_t)1 << bits) - 1;
    struct slot *old = stemmer->slots, *fresh = calloc(last + 1, sizeof *fresh);
    if (!fresh) return false;
    stemmer->slots = fresh;
    stemmer->bits = bits;
    for (size_t k = 0; k < count; k++) {
        if (!old[k].entry) continue;
        size_t i = home(stemmer, old[k].tag);
        while (fresh[i].entry) i = (i + 1) & last;
        fresh[i] = old[k];
    }
    free(old);
    return true;
}

enum status stemmer_word(struct word *out, struct stemmer *stemmer, const struct word_key *key)
{
    uint64_t hash = hash_key(key);
    struct slot *hot = &stemmer->hot[hash >> (64 - HOT_BITS)];
    stemmer->lookups++;
    if (hot->entry && hot->tag == (uint32_t)hash && is_entry_of(entry_at(stemmer, *hot), key)) {
        *out = word_of(entry_at(stemmer, *hot));
        return OK;
    }
    size_t i = find_slot(stemmer, key, (uint32_t)hash);
    if (!stemmer->slots[i].entry) {
        stemmer->misses++;
        if (stemmer->bits < SLOT_BITS && stemmer->count >= (size_t)1 << (stemmer->bits - 1)) {
            if (!grow(stemmer)) return NO_MEMORY;
            i = find_slot(stemmer, key, (uint32_t)hash);
        }
        if (stemmer->count == WORDS_MAX || stemmer->words->used + ENTRY_BYTES_MAX > POOL_BYTES) {
            if (!add_generation(stemmer)) return NO_MEMORY;
            i = home(stemmer, (uint32_t)hash);
        }
        const struct entry *entry = add_entry(stemmer, key);
        if (!entry) return NO_MEMORY;
        stemmer->slots[i] = (struct slot){(uint32_t)hash, (uint32_t)((const char *)entry - stemmer->words->pool + 1)};
        stemmer->count++;
    }
    *hot = stemmer->slots[i];
    *out = word_of(entry_at(stemmer, *hot));
    return OK;
}
