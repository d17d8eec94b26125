/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/annotated.h"
#include "indexer/entities/train/cluster.h"
#include "indexer/entities/train/crf.h"
#include "indexer/entities/train/lexicon.h"
#include "indexer/entities/train/samples.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is learnt from, and how much each counts. */
struct corpus {
    const char *name;
    float weight;
    bool by_sentence, no_other, train;
};
static const struct corpus corpora[] = {
    {"ww.train", 1, false, false, true},
    {"ewt.dev", 1, false, true, true},
    {"crossner.ai", 0.5f, true, false, true},
    {"crossner.literature", 0.5f, true, false, true},
    {"crossner.music", 0.5f, true, false, true},
    {"crossner.politics", 0.5f, true, false, true},
    {"crossner.science", 0.5f, true, false, true},
    {"wnut.train", 0.5f, true, true, true},
    {"btc", 0.3f, true, true, true},
    {"ww.dev", 0, false, false, false},
    {"wnut.dev", 0, true, true, false},
};
enum { CORPORA = sizeof corpora / sizeof *corpora };

struct silver {
    const char *path;
    size_t skip, tokens;
    float weight;
    unsigned document;
};

struct plan {
    const char *shared, *classes, *out;
    const char *without[16];
    int without_count;
    struct silver silver[8];
    int silver_count;
    unsigned passes, teacher_passes;
    float rate, decay, start, cut, silver_cut, upper, title, sure;
    size_t rows;
    uint64_t date;
};

static bool left_out(const struct plan *plan, const char *name)
{
    for (int i = 0; i < plan->without_count; i++)
        if (strncmp(name, plan->without[i], strlen(plan->without[i])) == 0) return true;
    return false;
}

static void read_corpus(struct annotated *text, const struct plan *plan, const struct corpus *corpus)
{
    char path[4096];
    struct annotated_options options = {.by_sentence = corpus->by_sentence};
    annotated_init(text);
    snprintf(path, sizeof path, "%s/annotated/%s", plan->shared, corpus->name);
    annotated_read(text, path, &options);
}

/* Writes the labels [crf] gives to all tokens of [samples] to [labels], one for each token of its text. */
static void label_all(uint8_t *labels, float *sure, const struct crf *crf, const struct samples *samples)
{
    for (size_t i = 0; i < samples->island_count; i++) {
        const struct island *island = &samples->islands[i];
        crf_label(labels + island->text_first, sure ? sure + island->text_first : NULL, crf, samples, island);
    }
}

static size_t name_end(const struct annotated *text, size_t at)
{
    size_t end = at + 1;
    while (end < text->length && text->tokens[end].type == text->tokens[at].type && !text->tokens[end].begins &&
           !text->tokens[end].sentence)
        end++;
    return end;
}

static size_t label_end(const uint8_t *labels, size_t at)
{
    if ((labels[at] - 1) % 4 == BILOU_U) return at + 1;
    while ((labels[at] - 1) % 4 != BILOU_L) at++;
    return at + 1;
}

static void score(const char *name, const struct annotated *text, const uint8_t *labels)
{
    static const char *const names[] = {"", "PER", "ORG", "LOC"};
    size_t right[4] = {0}, found[4] = {0}, gold[4] = {0};
    for (size_t at = 0; at < text->length; at++) {
        const struct annotated_token *token = &text->tokens[at];
        unsigned type = labels[at] ? (labels[at] - 1) / 4 + 1u : 0;
        bool begins = labels[at] && ((labels[at] - 1) % 4 == BILOU_B || (labels[at] - 1) % 4 == BILOU_U);
        if (token->type && token->begins && token->type < LABEL_OTHER) gold[token->type]++;
        if (begins && type < LABEL_OTHER) {
            found[type]++;
            right[type] += token->type == type && token->begins && name_end(text, at) == label_end(labels, at);
        }
    }
    size_t sum[3] = {0};
    printf("%-22s", name);
    for (int t = 1; t < 4; t++) {
        printf(" %s %5.2f", names[t], 200.0 * (double)right[t] / ((double)(found[t] + gold[t]) + 1e-9));
        sum[0] += right[t], sum[1] += found[t], sum[2] += gold[t];
    }
    printf("  all P %5.2f R %5.2f F %5.2f\n", 100.0 * (double)sum[0] / (double)sum[1],
           100.0 * (double)sum[0] / (double)sum[2], 200.0 * (double)sum[0] / (double)(sum[1] + sum[2]));
    fflush(stdout);
}

static void evaluate(const struct plan *plan, const struct crf *crf, struct reader *reader,
                     const struct inventory *inventory)
{
    for (int i = 0; i < CORPORA; i++) {
        if (corpora[i].train && !left_out(plan, corpora[i].name)) continue;
        for (int variant = 0; variant < 3; variant++) {
            struct annotated text, varied;
            struct samples samples = {0};
            struct sample_options options = {.weight = 1};
            if (variant && strncmp(corpora[i].name, "ww", 2) != 0) continue;
            read_corpus(&text, plan, &corpora[i]);
            annotated_init(&varied);
            if (variant) annotated_vary(&varied, &text, variant == 1 ? 2 : 0, variant == 2 ? 2 : 0);
            const struct annotated *used = variant ? &varied : &text;
            samples_add(&samples, reader, inventory, used, &options);
            uint8_t *labels = take(used->length);
            label_all(labels, NULL, crf, &samples);
            char name[64];
            snprintf(name, sizeof name, "%s%s", corpora[i].name,
                     variant == 1   ? " upper"
                     : variant == 2 ? " title"
                                    : "");
            score(name, used, labels);
            if (!variant)
                fprintf(stderr, "%s: %zu of %zu names inside islands, %zu of %zu tokens\n", name, samples.names_kept,
                        samples.names, samples.token_count, used->length);
            free(labels);
            samples_release(&samples);
            annotated_release(&text);
            annotated_release(&varied);
        }
    }
}

struct gold {
    struct annotated text[CORPORA], varied[CORPORA];
};

static void read_gold(struct gold *gold, const struct plan *plan)
{
    for (int i = 0; i < CORPORA; i++) {
        annotated_init(&gold->text[i]);
        annotated_init(&gold->varied[i]);
        if (!corpora[i].train || left_out(plan, corpora[i].name)) continue;
        read_corpus(&gold->text[i], plan, &corpora[i]);
        annotated_vary(&gold->varied[i], &gold->text[i], plan->upper, plan->title);
    }
}

static void add_gold(struct samples *samples, struct reader *reader, const struct inventory *inventory,
                     const struct gold *gold)
{
    for (int i = 0; i < CORPORA; i++) {
        struct sample_options options = {.weight = corpora[i].weight, .no_other = corpora[i].no_other};
        samples_add(samples, reader, inventory, &gold->text[i], &options);
        samples_add(samples, reader, inventory, &gold->varied[i], &options);
    }
}

static void count_gold(struct inventory *inventory, struct reader *reader, const struct gold *gold)
{
    for (int i = 0; i < CORPORA; i++) {
        samples_count(inventory, reader, &gold->text[i], 1);
        samples_count(inventory, reader, &gold->varied[i], 0.5f);
    }
}

/* Writes what [labels] say into the tokens of [text]; names the labeller is not [sure] of make their tokens free. */
static void take_labels(struct annotated *text, const uint8_t *labels)
{
    for (size_t at = 0; at < text->length; at++) {
        text->tokens[at].type = labels[at] ? (uint8_t)((labels[at] - 1) / 4 + 1) : 0;
        text->tokens[at].begins = labels[at] && ((labels[at] - 1) % 4 == BILOU_B || (labels[at] - 1) % 4 == BILOU_U);
    }
}

static struct {
    const uint64_t *keys;
    const float *importance;
} ranked;

static int by_importance(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    float p = ranked.importance[x], q = ranked.importance[y];
    return p < q ? 1 : p > q ? -1 : x < y ? -1 : x > y;
}

/* The features of [inventory] that matter most by weight and frequency, at most [rows] of them, in order. */
static uint32_t *rank(const struct crf *crf, const struct inventory *inventory)
{
    float *importance = take(crf->features * sizeof *importance);
    uint32_t *order = take(crf->features * sizeof *order);
    for (size_t i = 0; i < crf->features; i++) {
        float sum = 0;
        for (int lane = 0; lane < MODEL_LANES; lane++) sum += crf->weights[i][lane] * crf->weights[i][lane];
        importance[i] = sum * sqrtf(inventory->counts[i]);
        order[i] = (uint32_t)i;
    }
    ranked.importance = importance;
    qsort(order, crf->features, sizeof *order, by_importance);
    free(importance);
    return order;
}

static void inventory_keep(struct inventory *inventory, const uint32_t *order, size_t rows)
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

static void write_model(const struct plan *plan, const struct crf *crf, const struct inventory *inventory,
                        const struct lexicon *lexicon)
{
    int8_t *rows = take(crf->features * MODEL_LANES);
    uint64_t *features = take(crf->features * sizeof *features);
    int16_t moves[MODEL_TRANSITIONS][MODEL_LABELS][MODEL_LABELS];
    uint32_t *order = rank(crf, inventory);
    size_t bytes, lost;
    for (size_t i = 0; i < crf->features; i++) {
        features[i] = inventory->index.keys[order[i]];
        for (int lane = 0; lane < MODEL_LANES; lane++)
            rows[i * MODEL_LANES + (size_t)lane] = (int8_t)rounded(crf->weights[order[i]][lane], 127);
    }
    for (int k = 0; k < MODEL_TRANSITIONS; k++)
        for (int x = 0; x < MODEL_LABELS; x++)
            for (int y = 0; y < MODEL_LABELS; y++) moves[k][x][y] = (int16_t)rounded(crf->moves[k][x][y], 2000);
    struct weights weights = {features, rows, crf->features, &moves[0][0][0]};
    uint32_t buckets = (uint32_t)((double)crf->features / MODEL_BUCKET / 0.85) + 1;
    void *data = model_build(&bytes, &lost, lexicon, &weights, buckets, plan->date);
    fprintf(stderr, "%s: %zu bytes, %zu features, %zu without a place\n", plan->out, bytes, crf->features, lost);
    FILE *file = fopen(plan->out, "wb");
    if (!file || fwrite(data, 1, bytes, file) != bytes || fclose(file) != 0) {
        fprintf(stderr, "dossier-train: cannot write '%s'\n", plan->out);
        exit(4);
    }
    free(data);
    free(order);
    free(features);
    free(rows);
}

static int command_model(struct plan *plan)
{
    struct lexicon lexicon = {0};
    struct model model;
    struct error error;
    struct gold *gold = take(sizeof *gold);
    struct inventory inventory = {0};
    struct samples samples = {0};
    int16_t moves[MODEL_TRANSITIONS * MODEL_LABELS * MODEL_LABELS] = {0};
    struct weights none = {.moves = moves};
    size_t bytes, lost;
    lexicon_read(&lexicon, plan->classes, plan->shared);
    fprintf(stderr, "%zu words in %u slots, %zu phrases and beginnings in %u slots\n", lexicon.word_count,
            lexicon.word_slots, lexicon.phrase_count, lexicon.phrase_slots);
    void *data = model_build(&bytes, &lost, &lexicon, &none, 1, plan->date);
    if (model_from_memory(&model, data, bytes, &error) != OK) {
        fprintf(stderr, "dossier-train: %s\n", error.message);
        return 4;
    }
    struct reader *reader = reader_new(&model);
    read_gold(gold, plan);
    count_gold(&inventory, reader, gold);
    inventory_cut(&inventory, plan->cut);
    add_gold(&samples, reader, &inventory, gold);
    fprintf(stderr, "gold: %zu features, %zu tokens in %zu islands, %zu of %zu names inside\n", inventory.index.length,
            samples.token_count, samples.island_count, samples.names_kept, samples.names);
    struct crf_options options = {
        .passes = plan->teacher_passes, .average = 3, .rate = plan->rate, .decay = plan->decay, .start = plan->start};
    struct crf *crf = crf_new(inventory.index.length);
    crf_learn(crf, &inventory, &samples, &options);
    printf("teacher\n");
    evaluate(plan, crf, reader, &inventory);
    if (plan->silver_count) {
        struct annotated raw[8];
        for (int i = 0; i < plan->silver_count; i++) {
            const struct silver *silver = &plan->silver[i];
            struct annotated_options how = {.document_sentences = silver->document};
            struct samples unlabelled = {0};
            struct sample_options one = {.weight = 1};
            annotated_init(&raw[i]);
            annotated_read_plain(&raw[i], silver->path, &how, silver->skip, silver->tokens);
            samples_add(&unlabelled, reader, &inventory, &raw[i], &one);
            uint8_t *labels = take(raw[i].length);
            label_all(labels, NULL, crf, &unlabelled);
            take_labels(&raw[i], labels);
            free(labels);
            samples_release(&unlabelled);
            annotated_vary(&raw[i], &raw[i], plan->upper / 2, plan->title / 2);
        }
        crf_free(crf);
        samples_release(&samples);
        inventory_release(&inventory);
        count_gold(&inventory, reader, gold);
        for (int i = 0; i < plan->silver_count; i++) samples_count(&inventory, reader, &raw[i], plan->silver[i].weight);
        inventory_cut(&inventory, plan->silver_cut);
        add_gold(&samples, reader, &inventory, gold);
        for (int i = 0; i < plan->silver_count; i++) {
            struct sample_options how = {.weight = plan->silver[i].weight};
            samples_add(&samples, reader, &inventory, &raw[i], &how);
            annotated_release(&raw[i]);
        }
        fprintf(stderr, "gold and silver: %zu features, %zu tokens in %zu islands\n", inventory.index.length,
                samples.token_count, samples.island_count);
        crf = crf_new(inventory.index.length);
        options.passes = plan->passes;
        crf_learn(crf, &inventory, &samples, &options);
        printf("student\n");
        evaluate(plan, crf, reader, &inventory);
    }
    if (plan->rows && plan->rows < inventory.index.length) {
        uint32_t *order = rank(crf, &inventory);
        inventory_keep(&inventory, order, plan->rows);
        free(order);
        crf_free(crf);
        /* The samples are made again, with the features that are left. */
        struct samples fewer = {0};
        if (plan->silver_count == 0) {
            add_gold(&fewer, reader, &inventory, gold);
            samples_release(&samples);
            samples = fewer;
        }
        crf = crf_new(inventory.index.length);
        crf_learn(crf, &inventory, &samples, &options);
        printf("pruned\n");
        evaluate(plan, crf, reader, &inventory);
    }
    if (plan->out) write_model(plan, crf, &inventory, &lexicon);
    return 0;
}

int main(int count, char **arguments)
{
    struct plan plan = {.passes = 8,
                        .teacher_passes = 8,
                        .rate = 0.1f,
                        .decay = 1,
                        .start = 5,
                        .cut = 2,
                        .silver_cut = 2,
                        .upper = 0.12,
                        .title = 0.05,
                        .date = 20261122};
    for (int i = 1; i < count; i++) {
        const char *name = arguments[i], *value = i + 1 < count ? arguments[i + 1] : "";
        if (strcmp(name, "--shared") == 0)
            plan.shared = value;
        else if (strcmp(name, "--classes") == 0)
            plan.classes = value;
        else if (strcmp(name, "--out") == 0)
            plan.out = value;
        else if (strcmp(name, "--without") == 0)
            plan.without[plan.without_count++] = value;
        else if (strcmp(name, "--passes") == 0)
            plan.passes = (unsigned)atoi(value);
        else if (strcmp(name, "--teacher-passes") == 0)
            plan.teacher_passes = (unsigned)atoi(value);
        else if (strcmp(name, "--rate") == 0)
            plan.rate = (float)atof(value);
        else if (strcmp(name, "--decay") == 0)
            plan.decay = (float)atof(value);
        else if (strcmp(name, "--start") == 0)
            plan.start = (float)atof(value);
        else if (strcmp(name, "--cut") == 0)
            plan.cut = (float)atof(value);
        else if (strcmp(name, "--silver-cut") == 0)
            plan.silver_cut = (float)atof(value);
        else if (strcmp(name, "--upper") == 0)
            plan.upper = (float)atof(value);
        else if (strcmp(name, "--title") == 0)
            plan.title = (float)atof(value);
        else if (strcmp(name, "--rows") == 0)
            plan.rows = (size_t)atol(value);
        else if (strcmp(name, "--silver") == 0) {
            static char path[8][1024];
            struct silver *s = &plan.silver[plan.silver_count];
            s->document = 15;
            sscanf(value, "%1023[^:]:%zu:%zu:%f:%u", path[plan.silver_count], &s->skip, &s->tokens, &s->weight,
                   &s->document);
            s->path = path[plan.silver_count++];
        } else {
            fprintf(stderr, "what is %s?\n", name);
            return 2;
        }
        i++;
    }
    return command_model(&plan);
}
