/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Annotated text in memory: documents of sentences of tokens, each with the labels it may have.
 *
 * Takes files of one token and its IOB2 tag a line, or plain tokenised text; gives tokens with sets of BILOU labels;
 * makes altered copies (capitals, headlines); never touches features.
 */
#ifndef INDEXER_ENTITIES_TRAIN_ANNOTATED_H
#define INDEXER_ENTITIES_TRAIN_ANNOTATED_H

#include "corpus/text.h"
#include "indexer/entities/viterbi.h"

#include <stdint.h>

enum { LABEL_O = 0, LABEL_OTHER = 4 /* the last type: names that are neither person, organization nor place */ };

static inline unsigned label_of(unsigned type, enum bilou part)
{
    return 1 + (type - 1) * 4 + (unsigned)part;
}

/* A token; [type] 0 for none, 1 to 4 for PER ORG LOC MISC; [begins]: the first of its name. */
struct annotated_token {
    struct span text;
    uint8_t type;
    bool begins, sentence, document;
};

struct annotated {
    struct annotated_token *tokens;
    size_t length, capacity;
    struct arena arena;
};

struct annotated_options {
    bool mend;                   /* repair what mend.h knows of */
    bool by_sentence;            /* each sentence is a document of its own */
    unsigned document_sentences; /* else, when not 0, a document ends after so many sentences */
};

void annotated_init(struct annotated *text);
void annotated_release(struct annotated *text);

/* Appends the file at [path]; a program's end when it cannot be read. */
void annotated_read(struct annotated *text, const char *path, const struct annotated_options *options);

/* Appends at most [limit] tokens of the plain text at [path], a sentence a line, from the [skip]-th on, all O. Lines
 * with left-overs of mark-up are passed over. */
void annotated_read_plain(struct annotated *text, const char *path, const struct annotated_options *options,
                          size_t skip, size_t limit);

/* Appends copies in capitals of [share] of the documents of [from], and headline copies of [titles] of its sentences;
 * which ones is settled by their place, not by chance. */
void annotated_vary(struct annotated *text, const struct annotated *from, double share, double titles);

#endif
