/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Misspelt words: one that no document has finds nothing as it stands, so the word most likely meant stands in for it. */
#include "searcher/query_build.h"
#include "searcher/suggest.h"

/* Adds [word] to the context, which keeps the rarest. */
static void add_context(struct suggest_context *context, size_t *count, const struct word *word)
{
    if (word->stop || !word->documents || !word->stem_count) return;
    size_t at = *count;
    while (at && context[at - 1].documents > word->documents) at--;
    if (at == SUGGEST_CONTEXT_MAX) return;
    if (*count < SUGGEST_CONTEXT_MAX) (*count)++;
    for (size_t i = *count - 1; i > at; i--) context[i] = context[i - 1];
    context[at] = (struct suggest_context){word->stem[0], word->documents};
}

static bool in_text(const struct builder *builder)
{
    return builder->field == FIELD_NONE || builder->field == FIELD_TEXT || builder->field == FIELD_TITLE;
}

enum status correct_word(struct word *out, bool *found, struct builder *builder, const struct word *word,
                         const struct word *const *others, size_t count)
{
    enum {
        CORRECTIONS_MAX = 8,    /* a query: a text full of unknown words is in another language */
        CORRECTED_RUNES_MIN = 4 /* characters: a shorter word, one edit away, is mostly another one */
    };
    *found = false;
    if (!builder->vocabulary->correct || builder->negations || !in_text(builder)) return OK;
    size_t runes = 0;
    for (size_t i = 0; i < word->form.length; runes++) utf8_next(word->form, &i);
    if (runes < CORRECTED_RUNES_MIN || word->documents || word->kind != TOKEN_WORD || builder->corrections == CORRECTIONS_MAX) return OK;
    builder->corrections++;
    struct word halves[2];
    enum status status = words_split(found, halves, builder->arena, builder->vocabulary, word, builder->error);
    if (status || *found) {
        *found = false; /* two words written as one: that is known, and searched for */
        return status;
    }
    struct suggest_context context[SUGGEST_CONTEXT_MAX];
    size_t known = 0;
    for (size_t i = 0; i < count; i++) add_context(context, &known, others[i]);
    struct buffer form;
    struct words words;
    buffer_init(&form, TERM_BYTES_MAX);
    status = suggest_word(&form, builder->vocabulary->reader, word->form, context, known, builder->error);
    if (!status)
        status = words_analyse(&words, builder->arena, builder->vocabulary, buffer_span(&form), builder->error);
    buffer_release(&form);
    if (status) return status == NOT_FOUND ? OK : status;
    if (words.count != 1 || !words.items[0].documents) return OK;
    *out = words.items[0];
    *found = true;
    return OK;
}
