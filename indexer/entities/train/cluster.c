/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/cluster.h"

#include "indexer/entities/shape.h"
#include "indexer/entities/train/exchange.h"
#include "indexer/entities/train/table.h"

#include <stdlib.h>
#include <string.h>

enum {
    STRANGERS = 5, /* pseudo-words: sentence border, then rare words by case: lower, capital, upper, digits or signs */
    STRANGER_BORDER = 0
};

struct word {
    uint64_t count, capital_count; /* capital_count: not at the start of a sentence */
    uint64_t lower;
    uint32_t stranger; /* the pseudo-word that stands for it when it is rare */
    char *text;
};

struct cluster_text {
    struct table index;
    struct word *words;
    size_t capacity;
    struct table lowers; /* lower-cased forms: how often written small, how often with a capital inside a sentence */
    uint64_t (*cases)[2];
    size_t case_capacity;
    uint32_t *rank; /* of each word: its number in the model, STRANGERS and on, or its pseudo-word */
    uint32_t *order;
    size_t selected;
    struct table pair_index;
    uint32_t *pair_counts;
    size_t pair_capacity;
};

struct cluster_text *cluster_text_new(void)
{
    return take(sizeof(struct cluster_text));
}

void cluster_text_free(struct cluster_text *text)
{
    if (!text) return;
    for (size_t i = 0; i < text->index.length; i++) free(text->words[i].text);
    table_release(&text->index);
    table_release(&text->lowers);
    table_release(&text->pair_index);
    free(text->words);
    free(text->cases);
    free(text->rank);
    free(text->order);
    free(text->pair_counts);
    free(text);
}

static bool next_token(struct span *rest, struct span *token)
{
    while (rest->length && rest->data[0] == ' ') rest->data++, rest->length--;
    const char *end = rest->length ? memchr(rest->data, ' ', rest->length) : NULL;
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    *token = (struct span){rest->data, length};
    rest->data += length;
    rest->length -= length;
    return length != 0;
}

/* Left-overs of mark-up, and the sign that some collections put for rare words. */
static bool is_debris(struct span line)
{
    return memmem(line.data, line.length, "& lt ;", 6) || memmem(line.data, line.length, "_ _", 3) ||
           memmem(line.data, line.length, "= =", 3);
}

static const struct span unknown_sign = {"UNK", 3};

static uint32_t stranger_of(const struct look *look)
{
    if (look->flags & LOOK_UPPER) return 3;
    if (look->flags & LOOK_CAPITAL) return 2;
    return look->flags & (LOOK_NUMBER | LOOK_PUNCT) ? 4 : 1;
}

void cluster_text_add(struct cluster_text *text, struct span line)
{
    struct span token;
    if (is_debris(line)) return;
    for (bool first = true; next_token(&line, &token); first = false) {
        struct look look;
        if (span_equal(token, unknown_sign)) continue;
        look_at(&look, token);
        size_t before = text->index.length;
        uint32_t id = table_add(&text->index, look.exact);
        if (text->index.length > before) {
            text->words = grow_to(text->words, &text->capacity, id + 1, sizeof *text->words);
            text->words[id] = (struct word){.lower = look.lower, .stranger = stranger_of(&look)};
            text->words[id].text = take(token.length + 1);
            memcpy(text->words[id].text, token.data, token.length);
        }
        text->words[id].count++;
        before = text->lowers.length;
        uint32_t lower = table_add(&text->lowers, look.lower);
        text->cases = grow_to(text->cases, &text->case_capacity, lower + 1, sizeof *text->cases);
        if (text->lowers.length > before) memset(text->cases[lower], 0, sizeof text->cases[lower]);
        if (look.flags & LOOK_LOWER)
            text->cases[lower][0]++;
        else if (look.flags & LOOK_CAPITAL && !first)
            text->cases[lower][1]++;
    }
}

static const struct cluster_text *sorted;

static int by_count(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    uint64_t p = sorted->words[x].count, q = sorted->words[y].count;
    return p < q ? 1 : p > q ? -1 : x < y ? -1 : x > y;
}

void cluster_text_select(struct cluster_text *text, size_t words)
{
    size_t n = text->index.length;
    text->order = take(n * sizeof *text->order);
    text->rank = take(n * sizeof *text->rank);
    for (size_t i = 0; i < n; i++) text->order[i] = (uint32_t)i;
    sorted = text;
    qsort(text->order, n, sizeof *text->order, by_count);
    text->selected = words < n ? words : n;
    for (size_t i = 0; i < n; i++)
        text->rank[text->order[i]] =
            i < text->selected ? (uint32_t)(STRANGERS + i) : text->words[text->order[i]].stranger;
}

static void count_pair(struct cluster_text *text, uint32_t left, uint32_t right)
{
    if (left == right) /* says nothing of how words differ, and keeps the exchange exact */
        return;
    size_t before = text->pair_index.length;
    uint32_t id = table_add(&text->pair_index, hash_mix(left, right)); /* tables go by the low bits */
    text->pair_counts = grow_to(text->pair_counts, &text->pair_capacity, (id + 1) * 3, sizeof *text->pair_counts);
    if (text->pair_index.length > before) {
        text->pair_counts[id * 3] = left;
        text->pair_counts[id * 3 + 1] = right;
        text->pair_counts[id * 3 + 2] = 0;
    }
    text->pair_counts[id * 3 + 2]++;
}

void cluster_text_pairs(struct cluster_text *text, struct span line)
{
    struct span token;
    uint32_t last = STRANGER_BORDER;
    if (is_debris(line)) return;
    while (next_token(&line, &token)) {
        struct look look;
        look_at(&look, token);
        int64_t id = table_find(&text->index, look.exact);
        uint32_t word = id >= 0 ? text->rank[id] : stranger_of(&look);
        count_pair(text, last, word);
        last = word;
    }
    count_pair(text, last, STRANGER_BORDER);
}

/* How often a word is written with a capital when nothing forces one, in seven steps; 0 when seen less than three
 * times. */
static unsigned case_bucket(const uint64_t cases[2])
{
    static const double steps[] = {0.01, 0.1, 0.5, 0.9, 0.99};
    uint64_t total = cases[0] + cases[1];
    if (total < 3) return 0;
    double share = (double)cases[1] / (double)total;
    unsigned bucket = 1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) bucket += share >= steps[i];
    return bucket;
}

void cluster_learn(struct cluster_text *text, const struct cluster_options *options, FILE *out)
{
    size_t n = STRANGERS + text->selected;
    struct exchange_counts counts = {n, text->pair_index.length, text->pair_counts, options->report};
    uint16_t *coarse = take(n * sizeof *coarse), *fine = take(n * sizeof *fine);
    exchange_learn(coarse, &counts, options->coarse, options->passes);
    exchange_learn(fine, &counts, options->fine, options->passes);
    for (size_t i = 0; i < text->selected; i++) {
        const struct word *word = &text->words[text->order[i]];
        int64_t lower = table_find(&text->lowers, word->lower);
        fprintf(out, "%s\t%llu\t%u\t%u\t%u\n", word->text, (unsigned long long)word->count, coarse[STRANGERS + i],
                fine[STRANGERS + i], case_bucket(text->cases[lower]));
    }
    free(coarse);
    free(fine);
}
