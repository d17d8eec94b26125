/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dossier-train: learns word classes and tagging models, and measures them. */
#include "indexer/entities/train/cluster.h"
#include "indexer/entities/train/evaluate.h"
#include "indexer/entities/train/names.h"
#include "indexer/entities/train/recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: dossier-train classes OUT TEXT...       learn word classes from tokenised text, a sentence a line\n"
    "       dossier-train model OPTION... OUT       learn a model\n"
    "       dossier-train names MODEL OUT TEXT...   list the names that a model finds in tokenised text\n"
    "       dossier-train evaluate MODEL GOLD...    score a model on annotated text\n"
    "options of model:\n";

enum { NAME_LEAST = 3 /* mentions of a name that is listed */ };

static int run_classes(const char *out, char **paths, size_t count)
{
    struct cluster_options options = {.report = true, .words = 50000, .coarse = 96, .fine = 512, .passes = 12};
    struct cluster_text *text = cluster_text_new();
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            FILE *file = fopen(paths[i], "r");
            char *line = NULL;
            size_t room = 0;
            ssize_t got;
            if (!file) {
                fprintf(stderr, "dossier-train: cannot open '%s'\n", paths[i]);
                return 4;
            }
            while ((got = getline(&line, &room, file)) >= 0) {
                struct span sentence = span_trim((struct span){line, (size_t)got});
                if (pass)
                    cluster_text_pairs(text, sentence);
                else
                    cluster_text_add(text, sentence);
            }
            free(line);
            fclose(file);
        }
        if (pass == 0) cluster_text_select(text, options.words);
    }
    FILE *file = fopen(out, "w");
    if (!file) {
        fprintf(stderr, "dossier-train: cannot write '%s'\n", out);
        return 4;
    }
    cluster_learn(text, &options, file);
    cluster_text_free(text);
    return fclose(file) == 0 ? 0 : 4;
}

static void set_shared(struct recipe *recipe, char *value)
{
    recipe->shared = value;
}

static void set_classes(struct recipe *recipe, char *value)
{
    recipe->classes = value;
}

static void set_names(struct recipe *recipe, char *value)
{
    recipe->names = value;
}

static void add_without(struct recipe *recipe, char *value)
{
    if (recipe->without_count < WITHOUT_MAX) recipe->without[recipe->without_count++] = value;
}

static void add_silver(struct recipe *recipe, char *value)
{
    if (!recipe_add_silver(recipe, value)) {
        fprintf(stderr, "dossier-train: '%s' is not PATH:SKIP:TOKENS:WEIGHT:SENTENCES\n", value);
        exit(2);
    }
}

static void set_passes(struct recipe *recipe, char *value)
{
    recipe->first.passes = recipe->second.passes = (unsigned)atoi(value);
}

static void set_rate(struct recipe *recipe, char *value)
{
    recipe->first.rate = recipe->second.rate = recipe->last.rate = (float)atof(value);
}

static void set_decay(struct recipe *recipe, char *value)
{
    recipe->first.decay = recipe->second.decay = recipe->last.decay = (float)atof(value);
}

static void set_start(struct recipe *recipe, char *value)
{
    recipe->first.start = recipe->second.start = recipe->last.start = (float)atof(value);
}

static void set_least(struct recipe *recipe, char *value)
{
    recipe->first_least = atof(value);
}

static void set_second_least(struct recipe *recipe, char *value)
{
    recipe->second_least = atof(value);
}

static void set_upper(struct recipe *recipe, char *value)
{
    recipe->upper = atof(value);
}

static void set_title(struct recipe *recipe, char *value)
{
    recipe->title = atof(value);
}

static void set_bias(struct recipe *recipe, char *value)
{
    recipe->bias = atof(value);
}

static void set_rows(struct recipe *recipe, char *value)
{
    recipe->rows = (size_t)atol(value);
}

static void set_sweep(struct recipe *recipe, char *value)
{
    recipe->sweep = strcmp(value, "yes") == 0;
}

static void set_date(struct recipe *recipe, char *value)
{
    recipe->date = (uint64_t)atoll(value);
}

static const struct option {
    const char *name;
    void (*set)(struct recipe *recipe, char *value);
    const char *help;
} options[] = {
    {"--shared", set_shared, "folder with annotated/, gazetteers/ and lists/"},
    {"--classes", set_classes, "file that `dossier-train classes` wrote"},
    {"--names", set_names, "file that `dossier-train names` wrote"},
    {"--silver", add_silver, "plain text to label and learn from: PATH:SKIP:TOKENS:WEIGHT:SENTENCES"},
    {"--without", add_without, "measure on the corpora whose names begin so instead of learning from them"},
    {"--rows", set_rows, "features to make room for"},
    {"--date", set_date, "date to write into the model, as yyyymmdd"},
    {"--passes", set_passes, "over the samples"},
    {"--rate", set_rate, "step of learning"},
    {"--decay", set_decay, "L2 on all weights"},
    {"--start", set_start, "what AdaGrad's sums start from"},
    {"--least", set_least, "features counted less are not learnt"},
    {"--second-least", set_second_least, "the same for the second model"},
    {"--upper", set_upper, "share of documents copied in capitals"},
    {"--title", set_title, "share of sentences copied in headline case"},
    {"--bias", set_bias, "what finding a name is favoured by"},
    {"--sweep", set_sweep, "yes: print scores with other biases too"},
};

static int show_usage(void)
{
    fputs(usage, stderr);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        fprintf(stderr, "  %-15s %s\n", options[i].name, options[i].help);
    return 2;
}

static int run_model(char **arguments, int count)
{
    struct recipe recipe;
    int at = 0;
    recipe_init(&recipe);
    for (; at + 1 < count; at += 2) {
        size_t i = 0;
        while (i < sizeof options / sizeof *options && strcmp(options[i].name, arguments[at]) != 0) i++;
        if (i == sizeof options / sizeof *options) return show_usage();
        options[i].set(&recipe, arguments[at + 1]);
    }
    if (at < count) recipe.out = arguments[at];
    if (!recipe.shared || !recipe.classes) return show_usage();
    return recipe_run(&recipe);
}

int main(int count, char **arguments)
{
    if (count >= 4 && strcmp(arguments[1], "classes") == 0)
        return run_classes(arguments[2], arguments + 3, (size_t)count - 3);
    if (count >= 3 && strcmp(arguments[1], "model") == 0) return run_model(arguments + 2, count - 2);
    if (count >= 5 && strcmp(arguments[1], "names") == 0)
        return names_run(arguments[2], arguments[3], arguments + 4, (size_t)count - 4, NAME_LEAST);
    if (count >= 4 && strcmp(arguments[1], "evaluate") == 0)
        return evaluate_run(arguments[2], arguments + 3, (size_t)count - 3);
    return show_usage();
}
