/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/train/annotated.h"

#include "indexer/entities/shape.h"
#include "indexer/entities/train/mend.h"
#include "indexer/entities/train/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void annotated_init(struct annotated *text)
{
    memset(text, 0, sizeof *text);
    arena_init(&text->arena, SIZE_MAX);
}

void annotated_release(struct annotated *text)
{
    free(text->tokens);
    arena_release(&text->arena);
}

static struct annotated_token *append(struct annotated *text, struct span word)
{
    text->tokens = grow_to(text->tokens, &text->capacity, text->length + 1, sizeof *text->tokens);
    struct annotated_token *token = &text->tokens[text->length++];
    *token = (struct annotated_token){.text = {arena_copy(&text->arena, word), word.length}};
    return token;
}

static FILE *opened(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr,
                "dossier-train: cannot open '%s' (is the first argument the folder with annotated/ and raw/?)\n", path);
        exit(4);
    }
    return file;
}

static uint8_t type_named(struct span tag)
{
    static const char *const names[] = {"PER", "ORG", "LOC", "MISC"};
    for (uint8_t i = 0; i < 4; i++)
        if (tag.length > 2 && span_equal(span_cut(tag, 2, tag.length), span_of(names[i]))) return (uint8_t)(i + 1);
    return 0;
}

void annotated_read(struct annotated *text, const char *path, const struct annotated_options *options)
{
    FILE *file = opened(path);
    char *line = NULL;
    size_t room = 0, sentence_start = text->length;
    ssize_t got;
    bool sentence = true, document = true;
    uint8_t last = 0;
    while ((got = getline(&line, &room, file)) >= 0) {
        struct span rest = span_trim((struct span){line, (size_t)got});
        const char *tab = rest.length ? memchr(rest.data, '\t', rest.length) : NULL;
        struct span word = tab ? span_cut(rest, 0, (size_t)(tab - rest.data)) : rest;
        struct span tag = tab ? span_cut(rest, (size_t)(tab - rest.data) + 1, rest.length) : SPAN("O");
        if (word.length == 0) {
            if (options->mend) mend_sentence(text, sentence_start);
            sentence = true;
            sentence_start = text->length;
            continue;
        }
        if (span_equal(word, SPAN("-DOCSTART-"))) {
            document = true;
            continue;
        }
        struct annotated_token *token = append(text, word);
        token->sentence = sentence;
        token->document = document || (sentence && options->by_sentence);
        token->type = type_named(tag);
        token->begins = token->type && (tag.data[0] == 'B' || sentence || last != token->type);
        last = token->type;
        sentence = document = false;
    }
    if (options->mend) mend_sentence(text, sentence_start);
    free(line);
    fclose(file);
}

void annotated_read_plain(struct annotated *text, const char *path, const struct annotated_options *options,
                          size_t skip, size_t limit)
{
    FILE *file = opened(path);
    char *line = NULL;
    size_t room = 0, sentences = 0, start = text->length, passed = 0;
    ssize_t got;
    while ((got = getline(&line, &room, file)) >= 0 && text->length - start < limit) {
        struct span rest = span_trim((struct span){line, (size_t)got});
        if (rest.length == 0 || memmem(rest.data, rest.length, "& lt ;", 6) ||
            memmem(rest.data, rest.length, "= =", 3) || memmem(rest.data, rest.length, "UNK", 3) ||
            memmem(rest.data, rest.length, " , , ", 5))
            continue;
        bool sentence = true;
        while (rest.length) {
            const char *end = memchr(rest.data, ' ', rest.length);
            size_t length = end ? (size_t)(end - rest.data) : rest.length;
            if (length && passed >= skip) {
                struct annotated_token *token = append(text, span_cut(rest, 0, length));
                token->sentence = sentence;
                token->document = sentence && sentences % options->document_sentences == 0;
                sentence = false;
            }
            passed += length != 0;
            rest = span_cut(rest, length + (end != NULL), rest.length);
        }
        sentences += !sentence;
    }
    free(line);
    fclose(file);
}

static uint32_t rune_upper(uint32_t rune)
{
    if (rune < 0x80) return rune >= 'a' && rune <= 'z' ? rune - 32 : rune;
    /* The inverse of a small map, by search near: training only. */
    for (uint32_t distance = 1; distance <= 80; distance++)
        if (rune > distance && rune_lower(rune - distance) == rune) return rune - distance;
    return rune;
}

static struct span recased(struct arena *arena, struct span word, bool whole)
{
    char *out = arena_take(arena, word.length * 2 + 5);
    size_t length = 0;
    for (size_t at = 0; at < word.length;) {
        bool change = whole || at == 0;
        uint32_t rune = utf8_next(word, &at);
        length += utf8_write(out + length, change ? rune_upper(rune) : rune);
    }
    return (struct span){out, length};
}

/* Words that headlines leave small. */
static bool stays_small(struct span word)
{
    static const char *const small[] = {"a",  "an", "and", "as", "at",   "but", "by", "for",  "from", "in", "of",
                                        "on", "or", "the", "to", "with", "n't", "'s", "into", "over", "vs", "’s"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (span_equal(word, span_of(small[i]))) return true;
    return false;
}

static double share_of(size_t at, uint64_t salt)
{
    return (double)(hash_mix(at, salt) >> 11) / (double)(1ull << 53);
}

void annotated_vary(struct annotated *text, const struct annotated *from, double share, double titles)
{
    bool upper = false, title = false;
    size_t length = from->length; /* [from] may be [text] */
    for (int pass = 0; pass < 2; pass++) {
        size_t document = 0;
        for (size_t at = 0; at < length; at++) {
            struct annotated_token token = from->tokens[at];
            if (token.document) {
                document = at;
                upper = share_of(document, 1) < share;
            }
            if (token.sentence) title = share_of(at, 2) < titles;
            if (pass == 0 ? !upper : !title) continue;
            bool whole = pass == 0;
            struct span word = whole || !stays_small(token.text) || token.sentence
                                   ? recased(&text->arena, token.text, whole)
                                   : token.text;
            struct annotated_token *copy = append(text, word);
            struct span kept = copy->text;
            *copy = token;
            copy->text = kept;
            if (pass == 1) copy->document = token.sentence;
        }
    }
}
