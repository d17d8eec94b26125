/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/evaluate.h"

#include "indexer/entities/train/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the spans of a document go: labels of the tokens from [base] on. */
struct target {
    uint8_t *labels;
};

static enum status keep(void *user, const struct tag_span *spans, size_t count)
{
    const struct target *target = user;
    for (size_t i = 0; i < count; i++)
        labels_put(target->labels + spans[i].first, spans[i].type, spans[i].last - spans[i].first + 1);
    return OK;
}

/* Tags the tokens [start, end) of [text] as one document. */
static void tag_document(uint8_t *labels, struct tagger *tagger, const struct annotated *text, size_t start, size_t end)
{
    struct buffer bytes;
    struct tag_token *tokens = take((end - start) * sizeof *tokens);
    struct target target = {labels + start};
    buffer_init(&bytes, SIZE_MAX / 2);
    for (size_t at = start; at < end; at++) {
        struct span word = text->tokens[at].text;
        tokens[at - start] = (struct tag_token){bytes.length, (uint32_t)word.length, text->tokens[at].sentence};
        if (buffer_append_span(&bytes, word) != OK || buffer_append_byte(&bytes, ' ') != OK) exit(4);
    }
    tagger_tag_tokens(tagger, buffer_span(&bytes), tokens, end - start, NULL, keep, &target);
    buffer_release(&bytes);
    free(tokens);
}

void evaluate_text(struct score *score, struct tagger *tagger, const struct annotated *text)
{
    uint8_t *labels = take(text->length);
    for (size_t start = 0, end; start < text->length; start = end) {
        for (end = start + 1; end < text->length && !text->tokens[end].document;) end++;
        tag_document(labels, tagger, text, start, end);
    }
    score_labels(score, text, labels);
    free(labels);
}

int evaluate_run(const char *path, char **paths, size_t count)
{
    struct model model;
    struct tagger *tagger;
    struct error error;
    if (model_open(&model, path, &error) != OK || tagger_new(&tagger, &model) != OK) {
        fprintf(stderr, "dossier-train: %s\n", error.message);
        return 4;
    }
    for (size_t i = 0; i < count; i++) {
        struct annotated text;
        struct annotated_options options = {0};
        struct score score;
        const char *slash = strrchr(paths[i], '/');
        annotated_init(&text);
        annotated_read(&text, paths[i], &options);
        evaluate_text(&score, tagger, &text);
        score_print(&score, slash ? slash + 1 : paths[i]);
        annotated_release(&text);
    }
    tagger_free(tagger);
    model_close(&model);
    return 0;
}
