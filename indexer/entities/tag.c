/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/tag.h"

#include "indexer/entities/features.h"
#include "indexer/entities/viterbi.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    TYPES_MAX = 1 << 15,                    /* words remembered, from one document to the next */
    TYPES_FULL = TYPES_MAX - TYPES_MAX / 4, /* more, and they are forgotten before the next window */
    LANE_BYTES = MODEL_LANES * sizeof(int16_t),
    LINE_BYTES = 64, /* of a cache line */
    STEPS = 3        /* of scoring a token */
};

/* Sixteen scores, added at once where the machine can. */
typedef int16_t lanes __attribute__((vector_size(LANE_BYTES)));
typedef int8_t row __attribute__((vector_size(MODEL_LANES)));

/* A word and the sums of its own features' weights, for each offset once they were needed. */
struct scored_type {
    _Alignas(LINE_BYTES) struct word_type type;
    uint32_t ready; /* a bit for each offset */
    int16_t scores[OFFSETS][MODEL_LANES];
};

/* What a token, or a word at an offset, is scored by: three steps, so that other work can be done while memory is
 * fetched. */
struct scoring {
    size_t at; /* the token */
    size_t feature_count, row_count;
    uint64_t features[FEATURES_MAX];
    const int8_t *rows[FEATURES_MAX];
};

struct tagger {
    void *memory; /* what it lies in */
    struct window window;
    struct tag_token tokens[WINDOW_TOKENS_MAX];
    uint64_t words[WINDOW_TOKENS_MAX]; /* keys of the tokens' words */
    struct tag_span spans[WINDOW_TOKENS_MAX];
    int16_t scores[WINDOW_TOKENS_MAX][MODEL_LANES];
    uint8_t back[WINDOW_TOKENS_MAX][MODEL_LABELS];
    uint8_t labels[WINDOW_TOKENS_MAX];
    uint8_t moves[WINDOW_TOKENS_MAX + 1];
    size_t type_count;
    uint64_t keys[TYPES_MAX]; /* of the types, apart so that a search stays in the cache; 0 for an empty place */
    struct scoring tokens_scored[STEPS], word;
    struct scored_type types[TYPES_MAX]; /* [0] is the border; the others by open addressing */
};

enum status tagger_new(struct tagger **out, const struct model *model)
{
    /* Large enough to come as pages of zeros that take no room until they are touched. */
    char *memory = calloc(1, sizeof(struct tagger) + LINE_BYTES);
    if (!memory) return NO_MEMORY;
    struct tagger *tagger = (void *)(memory + LINE_BYTES - (uintptr_t)memory % LINE_BYTES);
    tagger->memory = memory;
    tagger->window.model = model;
    tagger->window.types = &tagger->types[0].type;
    tagger->window.type_stride = sizeof tagger->types[0];
    type_describe_border(&tagger->types[0].type);
    tagger->keys[0] = tagger->types[0].type.key;
    *out = tagger;
    return OK;
}

void tagger_free(struct tagger *tagger)
{
    if (tagger) free(tagger->memory);
}

size_t tagger_bytes(const struct tagger *tagger)
{
    return sizeof *tagger;
}

const char *tag_type_name(enum tag_type type)
{
    static const char *const names[TAG_TYPES] = {"none", "person", "organization", "place", "other"};
    return (unsigned)type < TAG_TYPES ? names[type] : names[0];
}

static uint32_t type_of(struct tagger *tagger, struct span word, uint64_t key)
{
    size_t at = key % TYPES_MAX;
    while (tagger->keys[at]) {
        if (tagger->keys[at] == key) return (uint32_t)at;
        at = (at + 1) % TYPES_MAX;
    }
    tagger->keys[at] = key;
    type_describe(&tagger->types[at].type, word, key, tagger->window.model);
    tagger->types[at].ready = 0;
    tagger->type_count++;
    return (uint32_t)at;
}

static void forget_types(struct tagger *tagger)
{
    if (tagger->type_count + WINDOW_TOKENS_MAX < TYPES_FULL) return;
    memset(tagger->keys + 1, 0, sizeof tagger->keys - sizeof *tagger->keys);
    tagger->type_count = 0;
}

/* Begins to fetch the buckets of the features. */
static void scoring_begin(const struct scoring *scoring, const struct model *model)
{
    for (size_t i = 0; i < scoring->feature_count; i++)
        __builtin_prefetch(&model->tags[model_bucket(model->header, scoring->features[i])]);
}

/* Finds the features that have weights, and begins to fetch these. */
static void scoring_find(struct scoring *scoring, const struct model *model)
{
    size_t length = 0;
    for (size_t i = 0; i < scoring->feature_count; i++) {
        const int8_t *weights = model_row(model, scoring->features[i]);
        if (!weights) continue;
        __builtin_prefetch(weights);
        scoring->rows[length++] = weights;
    }
    scoring->row_count = length;
}

/* Adds the weights to [sum]. */
static void scoring_add(int16_t *sum, const struct scoring *scoring)
{
    lanes total;
    memcpy(&total, sum, sizeof total);
    for (size_t i = 0; i < scoring->row_count; i++) {
        row weights;
        memcpy(&weights, scoring->rows[i], sizeof weights);
        total += __builtin_convertvector(weights, lanes);
    }
    memcpy(sum, &total, sizeof total);
}

static void add_scores(int16_t *sum, const int16_t *scores)
{
    lanes total, more;
    memcpy(&total, sum, sizeof total);
    memcpy(&more, scores, sizeof more);
    total += more;
    memcpy(sum, &total, sizeof total);
}

/* The sums of what the words around token [at] say on their own, each found once for all its occurrences. */
static void score_words(struct tagger *tagger, size_t at)
{
    const struct model *model = tagger->window.model;
    struct scoring *scoring = &tagger->word;
    int16_t *sum = tagger->scores[at];
    memset(sum, 0, LANE_BYTES);
    for (int offset = -REACH; offset <= REACH; offset++) {
        /* The window borrows the types as constants; they are this tagger's own. */
        struct scored_type *type = (struct scored_type *)(uintptr_t)window_type(&tagger->window, at, offset);
        unsigned place = (unsigned)(offset + REACH);
        if (!(type->ready >> place & 1)) {
            scoring->feature_count = features_of_type(scoring->features, &type->type, offset);
            memset(type->scores[place], 0, LANE_BYTES);
            scoring_begin(scoring, model);
            scoring_find(scoring, model);
            scoring_add(type->scores[place], scoring);
            type->ready |= 1u << place;
        }
        add_scores(sum, type->scores[place]);
    }
}

/* Scores all candidates of the window, three at a time, each a step behind the one after it. */
static void score_window(struct tagger *tagger)
{
    const struct model *model = tagger->window.model;
    size_t begun = 0, found = 0, added = 0;
    for (size_t at = 0; at < tagger->window.length; at++) {
        if (!tagger->window.places[at].candidate) continue;
        struct scoring *scoring = &tagger->tokens_scored[begun++ % STEPS];
        scoring->at = at;
        scoring->feature_count = features_at(scoring->features, &tagger->window, at);
        scoring_begin(scoring, model);
        score_words(tagger, at);
        if (begun - found == 2) scoring_find(&tagger->tokens_scored[found++ % STEPS], model);
        if (begun - added < STEPS) continue;
        scoring = &tagger->tokens_scored[added++ % STEPS];
        scoring_add(tagger->scores[scoring->at], scoring);
    }
    while (found < begun) scoring_find(&tagger->tokens_scored[found++ % STEPS], model);
    for (; added < begun; added++) {
        const struct scoring *scoring = &tagger->tokens_scored[added % STEPS];
        scoring_add(tagger->scores[scoring->at], scoring);
    }
}

/* The lists that the tokens [first, last] are on as a whole. */
static uint32_t lists_of(const struct tagger *tagger, size_t first, size_t last)
{
    uint64_t hash = window_type(&tagger->window, first, 0)->look.lower;
    for (size_t at = first + 1; at <= last; at++)
        hash = phrase_join(hash, window_type(&tagger->window, at, 0)->look.lower);
    return model_phrase(tagger->window.model, hash) & ~(1u << PHRASE_PREFIX);
}

static size_t collect(struct tagger *tagger, size_t start, size_t end, size_t count, size_t base, bool others)
{
    for (size_t at = start, first = start; at < end; at++) {
        unsigned label = tagger->labels[at - start];
        if (label == 0) continue;
        enum bilou part = label_part(label);
        if (part == BILOU_B || part == BILOU_U) first = at;
        if (part == BILOU_B || part == BILOU_I || (label_type(label) == TAG_OTHER && !others)) continue;
        uint32_t lists = lists_of(tagger, first, at);
        tagger->spans[count++] = (struct tag_span){.start = tagger->tokens[first].start,
                                                   .end = tagger->tokens[at].start + tagger->tokens[at].length,
                                                   .first = base + first,
                                                   .last = base + at,
                                                   .type = (enum tag_type)label_type(label),
                                                   .why = lists ? TAG_BY_MODEL_AND_LIST : TAG_BY_MODEL,
                                                   .lists = lists};
    }
    return count;
}

/* Adds a token to the window; its first one begins a sentence whatever it says. */
static void window_add(struct tagger *tagger, struct span text, const struct tag_token *token, size_t *sentence)
{
    struct window *window = &tagger->window;
    size_t at = window->length++;
    if (token->sentence || at == 0) *sentence = at;
    tagger->tokens[at] = *token;
    tagger->words[at] = bytes_hash(span_cut(text, token->start, token->start + token->length));
    __builtin_prefetch(&tagger->keys[tagger->words[at] % TYPES_MAX]);
    window->places[at] = (struct place){.sentence = (uint32_t)*sentence};
}

/* Looks up the words of the window, all at once: their places in memory are far apart. */
static void window_look_up(struct tagger *tagger, struct span text)
{
    for (size_t at = 0; at < tagger->window.length; at++) {
        const struct tag_token *token = &tagger->tokens[at];
        struct span word = span_cut(text, token->start, token->start + token->length);
        uint32_t type = type_of(tagger, word, tagger->words[at]);
        __builtin_prefetch(&tagger->types[type]);
        tagger->window.places[at].type = type;
    }
}

static bool window_is_full(const struct window *window, const struct tag_token *next)
{
    return window->length == WINDOW_TOKENS_MAX || (window->length >= WINDOW_TOKENS && next->sentence);
}

/* Tags the window and empties it. */
static enum status window_tag(struct tagger *tagger, struct span text, size_t base, const struct tag_options *options,
                              tag_take *take, void *user)
{
    struct window *window = &tagger->window;
    size_t count = 0;
    window_look_up(tagger, text);
    window_prepare(window);
    score_window(tagger);
    for (size_t start = 0, end; start < window->length; start = end) {
        end = start + 1;
        if (!window->places[start].candidate) continue;
        while (end < window->length && window->places[end].candidate &&
               window->places[end].sentence == window->places[start].sentence)
            end++;
        for (size_t at = start; at < end; at++) tagger->moves[at - start] = (uint8_t)window_move(window, at);
        tagger->moves[end - start] = (uint8_t)island_leave(window, end);
        viterbi(tagger->labels, tagger->scores + start, tagger->moves, end - start, window->model, tagger->back);
        count = collect(tagger, start, end, count, base, options && options->others);
    }
    window->length = 0;
    forget_types(tagger);
    return count ? take(user, tagger->spans, count) : OK;
}

enum status tagger_tag_tokens(struct tagger *tagger, struct span text, const struct tag_token *tokens, size_t count,
                              const struct tag_options *options, tag_take *take, void *user)
{
    size_t base = 0, sentence = 0;
    for (size_t at = 0; at < count; at++) {
        assert(tokens[at].start <= text.length && tokens[at].length <= text.length - tokens[at].start);
        if (at > base && window_is_full(&tagger->window, &tokens[at])) {
            enum status status = window_tag(tagger, text, base, options, take, user);
            if (status != OK) return status;
            base = at;
        }
        window_add(tagger, text, &tokens[at], &sentence);
    }
    return count ? window_tag(tagger, text, base, options, take, user) : OK;
}

enum status tagger_tag_text(struct tagger *tagger, struct span text, const struct tag_options *options, tag_take *take,
                            void *user)
{
    struct tokeniser tokeniser;
    struct tag_token token;
    size_t base = 0, sentence = 0, at = 0;
    tokeniser_init(&tokeniser, text);
    for (; tokeniser_next(&tokeniser, &token); at++) {
        if (at > base && window_is_full(&tagger->window, &token)) {
            enum status status = window_tag(tagger, text, base, options, take, user);
            if (status != OK) return status;
            base = at;
        }
        window_add(tagger, text, &token, &sentence);
    }
    return at ? window_tag(tagger, text, base, options, take, user) : OK;
}
