/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/pack.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WEIGHT_MAX = 127, /* of a row, in MODEL_UNITs: what a signed byte holds */
    MOVE_MAX = 2000   /* of a transition, in MODEL_UNITs: far beyond any learnt, far below overflow */
};

static const double bucket_fill = 0.85; /* of the rows: fuller, too many features find their bucket taken */

static const float *importance;

static int by_importance(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    float p = importance[x], q = importance[y];
    return p < q ? 1 : p > q ? -1 : x < y ? -1 : x > y;
}

uint32_t *features_by_importance(const struct crf *crf, const struct inventory *inventory)
{
    float *values = take(crf->features * sizeof *values);
    uint32_t *order = take(crf->features * sizeof *order);
    for (size_t i = 0; i < crf->features; i++) {
        float sum = 0;
        for (int lane = 0; lane < MODEL_LANES; lane++) sum += crf->rows[i].weights[lane] * crf->rows[i].weights[lane];
        values[i] = sum * sqrtf(inventory->counts[i]);
        order[i] = (uint32_t)i;
    }
    importance = values;
    qsort(order, crf->features, sizeof *order, by_importance);
    importance = NULL;
    free(values);
    return order;
}

size_t features_that_fit(uint32_t *order, const struct inventory *inventory, size_t buckets)
{
    const struct model_header header = {.buckets = (uint32_t)buckets};
    uint16_t(*tags)[MODEL_BUCKET] = take(buckets * sizeof *tags);
    size_t kept = 0;
    for (size_t i = 0; i < inventory->index.length; i++) {
        uint64_t feature = inventory->index.keys[order[i]];
        uint16_t *slot = tags[model_bucket(&header, feature)], tag = model_tag(feature);
        unsigned lane = 0;
        while (lane < MODEL_BUCKET && slot[lane] && slot[lane] != tag) lane++;
        if (lane == MODEL_BUCKET || slot[lane]) continue;
        slot[lane] = tag;
        order[kept++] = order[i];
    }
    free(tags);
    return kept;
}

void inventory_keep(struct inventory *inventory, const uint32_t *order, size_t rows)
{
    struct inventory kept = {0};
    for (size_t i = 0; i < rows && i < inventory->index.length; i++) {
        uint32_t id = table_add(&kept.index, inventory->index.keys[order[i]]);
        kept.counts = grow_to(kept.counts, &kept.capacity, id + 1, sizeof *kept.counts);
        kept.counts[id] = inventory->counts[order[i]];
    }
    inventory_release(inventory);
    *inventory = kept;
}

static float rounded(float weight, float limit)
{
    float value = roundf(weight * MODEL_UNIT);
    return value > limit ? limit : value < -limit ? -limit : value;
}

void *model_of_lexicon(struct model *model, const struct lexicon *lexicon)
{
    static const int16_t moves[MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS];
    struct weights none = {.moves = moves};
    struct error error;
    size_t bytes, lost;
    void *data = model_build(&bytes, &lost, lexicon, &none, 1, 0);
    if (model_from_memory(model, data, bytes, &error) != OK) {
        fprintf(stderr, "dossier-train: %s\n", error.message);
        exit(4);
    }
    return data;
}

enum status model_write(const struct crf *crf, const struct inventory *inventory, const struct lexicon *lexicon,
                        size_t buckets, uint64_t date, const char *path, struct error *error)
{
    int8_t *rows = take(crf->features * MODEL_LANES);
    uint64_t *features = take(crf->features * sizeof *features);
    int16_t moves[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
    uint32_t *order = features_by_importance(crf, inventory);
    size_t bytes, lost;
    enum status status = OK;
    for (size_t i = 0; i < crf->features; i++) {
        features[i] = inventory->index.keys[order[i]];
        for (size_t lane = 0; lane < MODEL_LANES; lane++)
            rows[i * MODEL_LANES + lane] = (int8_t)rounded(crf->rows[order[i]].weights[lane], WEIGHT_MAX);
    }
    for (int k = 0; k < MODEL_TRANSITIONS; k++)
        for (int x = 0; x < MODEL_LABELS; x++)
            for (int y = 0; y < MODEL_LABELS; y++) moves[k][x][y] = (int16_t)rounded(crf->moves[k][x][y], MOVE_MAX);
    struct weights weights = {features, rows, crf->features, &moves[0][0][0]};
    if (!buckets) buckets = (size_t)((double)crf->features / MODEL_BUCKET / bucket_fill) + 1;
    void *data = model_build(&bytes, &lost, lexicon, &weights, (uint32_t)buckets, date);
    FILE *file = fopen(path, "wb");
    bool written = file && fwrite(data, 1, bytes, file) == bytes;
    if (file && fclose(file) != 0) written = false;
    if (!written)
        status = fail(error, IO, "cannot write '%s': %s", path, strerror(errno));
    else
        fprintf(stderr, "%s: %zu bytes, %zu features, %zu of them without a place\n", path, bytes, crf->features, lost);
    free(data);
    free(order);
    free(features);
    free(rows);
    return status;
}
