/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/names.h"

#include "indexer/entities/features.h"
#include "indexer/entities/tag.h"
#include "indexer/entities/train/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_TOKENS = 400, /* of a make-believe document: about the length of a news item */
    BLOCK_TOKENS_MAX = 4096,
    NAME_TOKENS_MAX = 5
};

struct name {
    uint32_t counts[TAG_TYPES];
    uint32_t total;
    char *text;
};

struct names {
    struct table index;
    struct name *list;
    size_t capacity;
    /* The block being tagged. */
    struct buffer text;
    struct tag_token tokens[BLOCK_TOKENS_MAX];
    size_t length;
};

static enum status count_spans(void *user, const struct tag_span *spans, size_t count)
{
    struct names *names = user;
    for (size_t i = 0; i < count; i++) {
        const struct tag_span *span = &spans[i];
        uint64_t hash = 0;
        if (span->last - span->first >= NAME_TOKENS_MAX) continue;
        for (size_t at = span->first; at <= span->last; at++) {
            const struct tag_token *token = &names->tokens[at];
            uint64_t lower = lower_hash((struct span){names->text.data + token->start, token->length});
            hash = at > span->first ? phrase_join(hash, lower) : lower;
        }
        size_t before = names->index.length;
        uint32_t id = table_add(&names->index, hash);
        names->list = grow_to(names->list, &names->capacity, id + 1, sizeof *names->list);
        struct name *name = &names->list[id];
        if (names->index.length > before) {
            memset(name, 0, sizeof *name);
            name->text = take(span->end - span->start + 1);
            memcpy(name->text, names->text.data + span->start, span->end - span->start);
        }
        name->counts[span->type]++;
        name->total++;
    }
    return OK;
}

static void flush(struct names *names, struct tagger *tagger)
{
    static const struct tag_options options = {.others = true};
    tagger_tag_tokens(tagger, buffer_span(&names->text), names->tokens, names->length, &options, count_spans, names);
    buffer_clear(&names->text);
    names->length = 0;
}

static void add_line(struct names *names, struct tagger *tagger, struct span line)
{
    bool sentence = true;
    if (names->length >= BLOCK_TOKENS) flush(names, tagger);
    while (line.length) {
        const char *end = memchr(line.data, ' ', line.length);
        size_t length = end ? (size_t)(end - line.data) : line.length;
        if (length && names->length < BLOCK_TOKENS_MAX) {
            names->tokens[names->length++] = (struct tag_token){names->text.length, (uint32_t)length, sentence};
            if (buffer_append(&names->text, line.data, length) != OK || buffer_append_byte(&names->text, ' ') != OK)
                exit(4);
            sentence = false;
        }
        line = span_cut(line, length + 1, line.length);
    }
}

static const struct names *sorted;

static int by_total(const void *a, const void *b)
{
    const struct name *x = &sorted->list[*(const uint32_t *)a], *y = &sorted->list[*(const uint32_t *)b];
    if (x->total != y->total) return x->total < y->total ? 1 : -1;
    return strcmp(x->text, y->text);
}

static int write_names(const struct names *names, const char *out, size_t least)
{
    size_t count = names->index.length;
    uint32_t *order = take(count * sizeof *order);
    FILE *file = fopen(out, "w");
    if (!file) {
        fprintf(stderr, "dossier-train: cannot write '%s'\n", out);
        return 4;
    }
    for (size_t i = 0; i < count; i++) order[i] = (uint32_t)i;
    sorted = names;
    qsort(order, count, sizeof *order, by_total);
    for (size_t i = 0; i < count && names->list[order[i]].total >= least; i++) {
        const struct name *name = &names->list[order[i]];
        fprintf(file, "%s\t%u\t%u\t%u\t%u\n", name->text, name->counts[TAG_PERSON], name->counts[TAG_ORGANIZATION],
                name->counts[TAG_PLACE], name->counts[TAG_OTHER]);
    }
    free(order);
    return fclose(file) == 0 ? 0 : 4;
}

int names_run(const char *path, const char *out, char **paths, size_t count, size_t least)
{
    struct model model;
    struct tagger *tagger;
    struct error error;
    struct names *names = take(sizeof *names);
    if (model_open(&model, path, &error) != OK || tagger_new(&tagger, &model) != OK) {
        fprintf(stderr, "dossier-train: %s\n", error.message);
        return 4;
    }
    buffer_init(&names->text, 1 << 24);
    for (size_t i = 0; i < count; i++) {
        FILE *file = fopen(paths[i], "r");
        char *line = NULL;
        size_t room = 0;
        ssize_t got;
        if (!file) {
            fprintf(stderr, "dossier-train: cannot open '%s'\n", paths[i]);
            return 4;
        }
        while ((got = getline(&line, &room, file)) >= 0)
            add_line(names, tagger, span_trim((struct span){line, (size_t)got}));
        free(line);
        fclose(file);
        flush(names, tagger);
    }
    int status = write_names(names, out, least);
    for (size_t i = 0; i < names->index.length; i++) free(names->list[i].text);
    free(names->list);
    table_release(&names->index);
    buffer_release(&names->text);
    free(names);
    tagger_free(tagger);
    model_close(&model);
    return status;
}
