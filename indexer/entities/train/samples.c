/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/samples.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct window window;
    struct table keys; /* type 0 is the border and has no key here */
    struct word_type *types;
    size_t capacity;
};

struct reader *reader_new(const struct model *model)
{
    struct reader *reader = take(sizeof *reader);
    reader->window.model = model;
    reader->window.type_stride = sizeof(struct word_type);
    reader->types = grow_to(NULL, &reader->capacity, 1 << 16, sizeof *reader->types);
    type_describe_border(&reader->types[0]);
    return reader;
}

void reader_free(struct reader *reader)
{
    if (!reader) return;
    table_release(&reader->keys);
    free(reader->types);
    free(reader);
}

static uint32_t type_of(struct reader *reader, struct span word)
{
    uint64_t key = bytes_hash(word);
    size_t before = reader->keys.length;
    uint32_t id = table_add(&reader->keys, key) + 1;
    if (reader->keys.length > before) {
        reader->types = grow_to(reader->types, &reader->capacity, id + 1, sizeof *reader->types);
        memset(&reader->types[id], 0, sizeof *reader->types);
        type_describe(&reader->types[id], word, key, reader->window.model);
    }
    return id;
}

/* Fills the window with the tokens of [text] from [start] on; returns the first token of the next one. */
static size_t fill(struct reader *reader, const struct annotated *text, size_t start)
{
    struct window *window = &reader->window;
    size_t at = start, sentence = 0;
    window->length = 0;
    for (; at < text->length && window->length < WINDOW_TOKENS_MAX; at++) {
        const struct annotated_token *token = &text->tokens[at];
        if (at > start && (token->document || (token->sentence && window->length >= WINDOW_TOKENS))) break;
        if (token->sentence) sentence = window->length;
        struct place *place = &window->places[window->length++];
        memset(place, 0, sizeof *place);
        place->type = type_of(reader, token->text);
        place->sentence = (uint32_t)sentence;
    }
    window->types = reader->types;
    window_prepare(window);
    return at;
}

static size_t features_all(uint64_t *out, const struct window *window, size_t at)
{
    size_t n = features_at(out, window, at);
    for (int offset = -REACH; offset <= REACH; offset++)
        n += features_of_type(out + n, window_type(window, at, offset), offset);
    return n;
}

enum { ALL_FEATURES_MAX = FEATURES_MAX + OFFSETS * TYPE_FEATURES_MAX };

void samples_count(struct inventory *inventory, struct reader *reader, const struct annotated *text, float weight)
{
    uint64_t found[ALL_FEATURES_MAX];
    for (size_t start = 0, next; start < text->length; start = next) {
        next = fill(reader, text, start);
        for (size_t at = 0; at < reader->window.length; at++) {
            if (!reader->window.places[at].candidate) continue;
            size_t n = features_all(found, &reader->window, at);
            for (size_t i = 0; i < n; i++) {
                size_t before = inventory->index.length;
                uint32_t id = table_add(&inventory->index, found[i]);
                if (inventory->index.length > before) {
                    inventory->counts =
                        grow_to(inventory->counts, &inventory->capacity, id + 1, sizeof *inventory->counts);
                    inventory->counts[id] = 0;
                }
                inventory->counts[id] += weight;
            }
        }
    }
}

void inventory_cut(struct inventory *inventory, float least)
{
    struct inventory kept = {0};
    for (size_t i = 0; i < inventory->index.length; i++) {
        if (inventory->counts[i] < least) continue;
        uint32_t id = table_add(&kept.index, inventory->index.keys[i]);
        kept.counts = grow_to(kept.counts, &kept.capacity, id + 1, sizeof *kept.counts);
        kept.counts[id] = inventory->counts[i];
    }
    inventory_release(inventory);
    *inventory = kept;
}

void inventory_release(struct inventory *inventory)
{
    table_release(&inventory->index);
    free(inventory->counts);
    memset(inventory, 0, sizeof *inventory);
}

static void add_token(struct samples *samples, const struct inventory *inventory, const struct window *window,
                      size_t at, uint32_t allowed)
{
    uint64_t found[ALL_FEATURES_MAX];
    size_t n = features_all(found, window, at), id = samples->token_count;
    if (id + 2 > samples->token_capacity) {
        samples->starts = grow_to(samples->starts, &samples->token_capacity, id + 2, sizeof *samples->starts);
        samples->allowed = grow(samples->allowed, samples->token_capacity * sizeof *samples->allowed);
        samples->moves = grow(samples->moves, samples->token_capacity * sizeof *samples->moves);
    }
    samples->features =
        grow_to(samples->features, &samples->feature_capacity, samples->feature_count + n, sizeof *samples->features);
    samples->starts[id] = samples->feature_count;
    for (size_t i = 0; i < n; i++) {
        int64_t number = table_find(&inventory->index, found[i]);
        if (number >= 0) samples->features[samples->feature_count++] = (uint32_t)number;
    }
    samples->starts[id + 1] = samples->feature_count;
    samples->allowed[id] = allowed;
    samples->moves[id] = (uint8_t)window_move(window, at);
    samples->token_count++;
}

/* Writes the label sets of the tokens of the window that begins at token [start] of [text]. */
static void label(uint32_t *allowed, struct samples *samples, const struct window *window, const struct annotated *text,
                  size_t start, bool no_other)
{
    uint32_t free_labels = 1u << LABEL_O;
    if (no_other)
        for (int part = 0; part < 4; part++) free_labels |= 1u << label_of(LABEL_OTHER, (enum bilou)part);
    for (size_t at = 0; at < window->length; at++) allowed[at] = free_labels;
    for (size_t at = 0, end; at < window->length; at = end) {
        const struct annotated_token *token = &text->tokens[start + at];
        end = at + 1;
        if (!token->type) continue;
        while (end < window->length && text->tokens[start + end].type == token->type &&
               !text->tokens[start + end].begins && !text->tokens[start + end].sentence)
            end++;
        bool inside = true;
        for (size_t i = at; i < end; i++) inside &= window->places[i].candidate;
        samples->names++;
        if (!inside) {
            for (size_t i = at; i < end; i++) allowed[i] = 1u << LABEL_O;
            continue;
        }
        samples->names_kept++;
        for (size_t i = at; i < end; i++) {
            enum bilou part = end - at == 1 ? BILOU_U : i == at ? BILOU_B : i + 1 == end ? BILOU_L : BILOU_I;
            allowed[i] = 1u << label_of(token->type, part);
        }
    }
}

void samples_add(struct samples *samples, struct reader *reader, const struct inventory *inventory,
                 const struct annotated *text, const struct sample_options *options)
{
    static uint32_t allowed[WINDOW_TOKENS_MAX];
    struct window *window = &reader->window;
    for (size_t start = 0, next; start < text->length; start = next) {
        next = fill(reader, text, start);
        label(allowed, samples, window, text, start, options->no_other);
        for (size_t at = 0; at < window->length;) {
            if (!window->places[at].candidate) {
                at++;
                continue;
            }
            size_t end = at + 1;
            while (end < window->length && window->places[end].candidate &&
                   window->places[end].sentence == window->places[at].sentence)
                end++;
            struct island island = {.first = samples->token_count,
                                    .text_first = start + at,
                                    .length = (uint32_t)(end - at),
                                    .weight = options->weight,
                                    .leave = (uint8_t)island_leave(window, end)};
            samples->islands = grow_to(samples->islands, &samples->island_capacity, samples->island_count + 1,
                                       sizeof *samples->islands);
            samples->islands[samples->island_count++] = island;
            for (; at < end; at++) add_token(samples, inventory, window, at, allowed[at]);
        }
    }
}

void samples_renumber(struct samples *samples, const int64_t *numbers)
{
    size_t kept = 0, from = 0;
    for (size_t token = 0; token < samples->token_count; token++) {
        size_t end = samples->starts[token + 1];
        samples->starts[token] = kept;
        for (; from < end; from++)
            if (numbers[samples->features[from]] >= 0)
                samples->features[kept++] = (uint32_t)numbers[samples->features[from]];
    }
    if (samples->token_count) samples->starts[samples->token_count] = kept;
    samples->feature_count = kept;
}

void samples_release(struct samples *samples)
{
    free(samples->islands);
    free(samples->starts);
    free(samples->allowed);
    free(samples->moves);
    free(samples->features);
    memset(samples, 0, sizeof *samples);
}
