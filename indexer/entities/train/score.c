/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/score.h"

#include <stdio.h>
#include <string.h>

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
    while (label_part(labels[at]) == BILOU_B || label_part(labels[at]) == BILOU_I) at++;
    return at + 1;
}

void score_labels(struct score *score, const struct annotated *text, const uint8_t *labels)
{
    memset(score, 0, sizeof *score);
    for (size_t at = 0; at < text->length; at++) {
        const struct annotated_token *token = &text->tokens[at];
        unsigned type = labels[at] ? label_type(labels[at]) : 0;
        bool begins = type && (label_part(labels[at]) == BILOU_B || label_part(labels[at]) == BILOU_U);
        if (token->type && token->begins && token->type < LABEL_OTHER) score->gold[token->type]++;
        if (!begins || type >= LABEL_OTHER) continue;
        score->found[type]++;
        score->right[type] += token->type == type && token->begins && name_end(text, at) == label_end(labels, at);
    }
    for (unsigned type = 1; type < LABEL_OTHER; type++) {
        score->right[0] += score->right[type];
        score->found[0] += score->found[type];
        score->gold[0] += score->gold[type];
    }
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

double score_f1(const struct score *score, unsigned type)
{
    return percent(2 * score->right[type], score->found[type] + score->gold[type]);
}

void score_print(const struct score *score, const char *name)
{
    printf("%-22s PER %5.2f ORG %5.2f LOC %5.2f  all P %5.2f R %5.2f F %5.2f\n", name, score_f1(score, 1),
           score_f1(score, 2), score_f1(score, 3), percent(score->right[0], score->found[0]),
           percent(score->right[0], score->gold[0]), score_f1(score, 0));
    fflush(stdout);
}

void labels_put(uint8_t *labels, unsigned type, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        enum bilou part = length == 1 ? BILOU_U : i == 0 ? BILOU_B : i + 1 == length ? BILOU_L : BILOU_I;
        labels[i] = (uint8_t)label_of(type, part);
    }
}
