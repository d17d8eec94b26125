/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a model is made of: which texts, how much each counts, how long it learns. The recipe as shipped is the
 * default of every field.
 */
#ifndef INDEXER_ENTITIES_TRAIN_RECIPE_H
#define INDEXER_ENTITIES_TRAIN_RECIPE_H

#include "indexer/entities/train/crf.h"
#include "indexer/entities/train/lexicon.h"

enum { CORPORA_MAX = 16, SILVER_MAX = 8, WITHOUT_MAX = 16 };

/* An annotated text. */
struct corpus {
    const char *name;
    float weight;
    bool by_sentence; /* its sentences do not belong together */
    bool no_other;    /* it leaves LABEL_OTHER out */
    bool learn;       /* for learning; the others are for measuring */
};

extern const struct corpus corpora[];
extern const size_t corpora_count;

/* Plain text that a first model labels for a second one. */
struct silver {
    const char *path;
    size_t skip, tokens; /* tokens passed over; tokens read */
    float weight;
    unsigned sentences; /* of a document */
};

struct recipe {
    const char *shared, *classes, *out;
    const char *names;                /* file of learnt names, or NULL */
    const char *without[WITHOUT_MAX]; /* corpora whose names begin so are kept for measuring */
    size_t without_count;
    struct silver silver[SILVER_MAX];
    size_t silver_count;
    struct crf_options first, second, last; /* of the labelling model, the labelled one, the narrowed one */
    double first_least, second_least;       /* features counted less are not learnt */
    double upper, title;                    /* shares of copies in capitals, in headline case */
    double bias;                            /* what finding a name is favoured by */
    bool sweep;                             /* print scores with other biases too */
    size_t rows;                            /* features the model has room for */
    uint64_t date;
};

void recipe_init(struct recipe *recipe);

/* Reads "PATH:SKIP:TOKENS:WEIGHT:SENTENCES" as one more silver text; false when it is no such thing. */
bool recipe_add_silver(struct recipe *recipe, char *text);

/* Whether the corpus [number] is learnt from. */
bool recipe_learns(const struct recipe *recipe, size_t number);

/* Learns as [recipe] says, prints scores on what is kept for measuring, and writes the model. Returns an exit
 * status. */
int recipe_run(const struct recipe *recipe);

#endif
