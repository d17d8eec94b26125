/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/recipe.h"

#include "indexer/entities/train/pack.h"
#include "indexer/entities/train/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct corpus corpora[] = {
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
const size_t corpora_count = sizeof corpora / sizeof *corpora;

void recipe_init(struct recipe *recipe)
{
    *recipe = (struct recipe){
        .first = {.passes = 8, .average = 3, .rate = 0.1f, .decay = 1, .start = 5, .report = true},
        .second = {.passes = 6, .average = 3, .rate = 0.1f, .decay = 1, .start = 5, .report = true},
        .last = {.passes = 3, .average = 3, .rate = 0.1f, .decay = 1, .start = 5, .report = true},
        .first_least = 2,
        .second_least = 1,
        .upper = 0.12,
        .title = 0.05,
        .bias = 0.2,
        .rows = 236000,
        .date = 20261128,
    };
}

bool recipe_add_silver(struct recipe *recipe, char *text)
{
    char *colon = strchr(text, ':');
    if (!colon || recipe->silver_count == SILVER_MAX) return false;
    struct silver *silver = &recipe->silver[recipe->silver_count];
    if (sscanf(colon, ":%zu:%zu:%f:%u", &silver->skip, &silver->tokens, &silver->weight, &silver->sentences) != 4 ||
        silver->sentences == 0)
        return false;
    *colon = 0;
    silver->path = text;
    recipe->silver_count++;
    return true;
}

bool recipe_learns(const struct recipe *recipe, size_t number)
{
    const char *name = corpora[number].name;
    for (size_t i = 0; i < recipe->without_count; i++)
        if (strncmp(name, recipe->without[i], strlen(recipe->without[i])) == 0) return false;
    return corpora[number].learn;
}

/* One run: what the models learnt one after the other share. */
struct run {
    const struct recipe *recipe;
    struct lexicon lexicon;
    struct model model; /* words and phrases alone */
    void *model_data;
    struct reader *reader;
    struct annotated gold[CORPORA_MAX], varied[CORPORA_MAX], silver[SILVER_MAX];
    struct inventory inventory;
    struct samples samples;
    struct crf *crf;
    size_t buckets; /* of the narrowed model; 0: as many as its features need */
};

static void read_corpus(struct annotated *text, const struct recipe *recipe, const struct corpus *corpus)
{
    char path[4096];
    struct annotated_options options = {.by_sentence = corpus->by_sentence, .mend = corpus->learn};
    annotated_init(text);
    snprintf(path, sizeof path, "%s/annotated/%s", recipe->shared, corpus->name);
    annotated_read(text, path, &options);
}

static void label_all(uint8_t *labels, const struct crf *crf, const struct samples *samples)
{
    for (size_t i = 0; i < samples->island_count; i++) {
        const struct island *island = &samples->islands[i];
        crf_label(labels + island->text_first, NULL, crf, samples, island);
    }
}

static void measure(struct run *run, const char *name, const struct annotated *text)
{
    struct samples samples = {0};
    struct sample_options options = {.weight = 1};
    struct score score;
    uint8_t *labels = take(text->length);
    samples_add(&samples, run->reader, &run->inventory, text, &options);
    label_all(labels, run->crf, &samples);
    score_labels(&score, text, labels);
    score_print(&score, name);
    free(labels);
    samples_release(&samples);
}

/* Scores on every corpus that is not learnt from, newswire also in capitals and in headline case. */
static void measure_all(struct run *run, const char *stage)
{
    printf("%s\n", stage);
    for (size_t i = 0; i < corpora_count; i++) {
        struct annotated text, upper, title;
        char name[64];
        if (recipe_learns(run->recipe, i)) continue;
        read_corpus(&text, run->recipe, &corpora[i]);
        measure(run, corpora[i].name, &text);
        if (!corpora[i].by_sentence) {
            annotated_init(&upper);
            annotated_init(&title);
            annotated_vary(&upper, &text, 2, 0);
            annotated_vary(&title, &text, 0, 2);
            snprintf(name, sizeof name, "%s upper", corpora[i].name);
            measure(run, name, &upper);
            snprintf(name, sizeof name, "%s title", corpora[i].name);
            measure(run, name, &title);
            annotated_release(&upper);
            annotated_release(&title);
        }
        annotated_release(&text);
    }
}

static void read_gold(struct run *run)
{
    for (size_t i = 0; i < corpora_count; i++) {
        annotated_init(&run->gold[i]);
        annotated_init(&run->varied[i]);
        if (!recipe_learns(run->recipe, i)) continue;
        read_corpus(&run->gold[i], run->recipe, &corpora[i]);
        annotated_vary(&run->varied[i], &run->gold[i], run->recipe->upper, run->recipe->title);
    }
}

/* Collects the features of all texts and turns them into samples. */
static void gather(struct run *run, size_t silver_count, double least)
{
    for (size_t i = 0; i < corpora_count; i++) {
        samples_count(&run->inventory, run->reader, &run->gold[i], 1);
        samples_count(&run->inventory, run->reader, &run->varied[i], 0.5f);
    }
    for (size_t i = 0; i < silver_count; i++)
        samples_count(&run->inventory, run->reader, &run->silver[i], run->recipe->silver[i].weight);
    inventory_cut(&run->inventory, (float)least);
    for (size_t i = 0; i < corpora_count; i++) {
        struct sample_options options = {.weight = corpora[i].weight, .no_other = corpora[i].no_other};
        samples_add(&run->samples, run->reader, &run->inventory, &run->gold[i], &options);
        samples_add(&run->samples, run->reader, &run->inventory, &run->varied[i], &options);
    }
    for (size_t i = 0; i < silver_count; i++) {
        struct sample_options options = {.weight = run->recipe->silver[i].weight};
        samples_add(&run->samples, run->reader, &run->inventory, &run->silver[i], &options);
    }
    fprintf(stderr, "%zu features, %zu tokens in %zu islands\n", run->inventory.index.length, run->samples.token_count,
            run->samples.island_count);
}

static void learn(struct run *run, const struct crf_options *options)
{
    crf_learn(run->crf, &run->inventory, &run->samples, options);
    crf_favour_names(run->crf, (float)run->recipe->bias);
}

static void forget(struct run *run)
{
    crf_free(run->crf);
    run->crf = NULL;
    samples_release(&run->samples);
    inventory_release(&run->inventory);
}

/* Reads the silver texts and labels them with the model learnt so far. */
static void read_silver(struct run *run)
{
    for (size_t i = 0; i < run->recipe->silver_count; i++) {
        const struct silver *silver = &run->recipe->silver[i];
        struct annotated *text = &run->silver[i];
        struct annotated_options how = {.document_sentences = silver->sentences};
        struct sample_options options = {.weight = 1};
        struct samples samples = {0};
        annotated_init(text);
        annotated_read_plain(text, silver->path, &how, silver->skip, silver->tokens);
        samples_add(&samples, run->reader, &run->inventory, text, &options);
        uint8_t *labels = take(text->length);
        label_all(labels, run->crf, &samples);
        for (size_t at = 0; at < text->length; at++) {
            if (!labels[at]) continue;
            text->tokens[at].type = (uint8_t)label_type(labels[at]);
            text->tokens[at].begins = label_part(labels[at]) == BILOU_B || label_part(labels[at]) == BILOU_U;
        }
        free(labels);
        samples_release(&samples);
        annotated_vary(text, text, run->recipe->upper / 2, run->recipe->title / 2);
    }
}

static void measure_biases(struct run *run)
{
    static const double biases[] = {0, 0.2, 0.6, 0.8, 1.0, 1.3};
    double now = run->recipe->bias;
    char stage[64];
    for (size_t i = 0; i < sizeof biases / sizeof *biases; i++) {
        crf_favour_names(run->crf, (float)(biases[i] - now));
        now = biases[i];
        snprintf(stage, sizeof stage, "with a bias of %.1f", now);
        measure_all(run, stage);
    }
    crf_favour_names(run->crf, (float)(run->recipe->bias - now));
}

/* Keeps the features that matter most and learns on with them alone. */
static void narrow(struct run *run)
{
    size_t features = run->inventory.index.length;
    if (run->recipe->rows == 0 || run->recipe->rows >= features) return;
    uint32_t *order = features_by_importance(run->crf, &run->inventory);
    int64_t *numbers = take(features * sizeof *numbers);
    run->buckets = run->recipe->rows / MODEL_BUCKET;
    size_t rows = features_that_fit(order, &run->inventory, run->buckets);
    for (size_t i = 0; i < features; i++) numbers[i] = -1;
    for (size_t i = 0; i < rows; i++) numbers[order[i]] = (int64_t)i;
    inventory_keep(&run->inventory, order, rows);
    samples_renumber(&run->samples, numbers);
    crf_favour_names(run->crf, -(float)run->recipe->bias);
    struct crf *fewer = crf_narrow(run->crf, numbers, rows);
    crf_free(run->crf);
    run->crf = fewer;
    free(order);
    free(numbers);
    learn(run, &run->recipe->last);
    measure_all(run, "narrowed");
    if (run->recipe->sweep) measure_biases(run);
}

int recipe_run(const struct recipe *recipe)
{
    struct run *run = take(sizeof *run);
    struct error error;
    run->recipe = recipe;
    lexicon_read(&run->lexicon, recipe->classes, recipe->shared, recipe->names);
    run->model_data = model_of_lexicon(&run->model, &run->lexicon);
    run->reader = reader_new(&run->model);
    read_gold(run);
    gather(run, 0, recipe->first_least);
    run->crf = crf_new(run->inventory.index.length);
    learn(run, &recipe->first);
    measure_all(run, "first model");
    if (recipe->silver_count) {
        read_silver(run);
        forget(run);
        gather(run, recipe->silver_count, recipe->second_least);
        run->crf = crf_new(run->inventory.index.length);
        learn(run, &recipe->second);
        measure_all(run, "second model");
    }
    narrow(run);
    enum status status = OK;
    if (recipe->out)
        status = model_write(run->crf, &run->inventory, &run->lexicon, run->buckets, recipe->date, recipe->out, &error);
    if (status != OK) fprintf(stderr, "dossier-train: %s\n", error.message);
    forget(run);
    for (size_t i = 0; i < corpora_count; i++) {
        annotated_release(&run->gold[i]);
        annotated_release(&run->varied[i]);
    }
    for (size_t i = 0; i < recipe->silver_count; i++) annotated_release(&run->silver[i]);
    reader_free(run->reader);
    free(run->model_data);
    lexicon_release(&run->lexicon);
    free(run);
    return status == OK ? 0 : 4;
}
