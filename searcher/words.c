/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/words.h"

#include <string.h>

struct span vocabulary_language(const struct vocabulary *vocabulary, size_t i)
{
    if (vocabulary->language) return i ? (struct span){NULL, 0} : span_of(vocabulary->language);
    if (i == 0 && !vocabulary->reader->language_count) return SPAN("en");
    return i < vocabulary->reader->language_count ? span_of(vocabulary->reader->language[i]) : (struct span){NULL, 0};
}

bool vocabulary_is_language(struct span text)
{
    size_t letters = 0;
    while (letters < text.length && (text.data[letters] | 0x20) >= 'a' && (text.data[letters] | 0x20) <= 'z') letters++;
    bool ends = letters == text.length || text.data[letters] == '-' || text.data[letters] == '_';
    return ((letters == 2 || letters == 3) && ends) || analysis_has_stemmer(text);
}

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while reading the query");
}

enum status vocabulary_frequency(uint32_t *out, const struct vocabulary *vocabulary, const char *prefix,
                                 struct span text, struct error *error)
{
    char term[TERM_BYTES_MAX];
    size_t length = strlen(prefix);
    *out = 0;
    if (!text.length || length + text.length > sizeof term) return OK;
    memcpy(term, prefix, length);
    memcpy(term + length, text.data, text.length);
    struct reader *reader = vocabulary->reader;
    struct span whole = {term, length + text.length};
    if (frequencies_find(out, reader->frequencies, whole)) return OK;
    struct xc_error cause = {0};
    enum xc_status status = xc_database_term_frequency(out, reader->database, term, whole.length, &cause);
    if (status) return reader_failure(error, status, &cause, reader->path);
    frequencies_keep(reader->frequencies, whole, *out);
    return OK;
}

static bool copy_span(struct span *out, struct arena *arena, struct span text)
{
    char *copy = arena_copy(arena, text);
    if (copy) *out = (struct span){copy, text.length};
    return copy != NULL;
}

static bool add_stem(struct word *word, struct arena *arena, struct span stem)
{
    if (!stem.length || word->stem_count == WORD_STEMS_MAX) return true;
    for (size_t i = 0; i < word->stem_count; i++)
        if (span_equal(word->stem[i], stem)) return true;
    return copy_span(&word->stem[word->stem_count], arena, stem) && ++word->stem_count;
}

/* One word for each position, and before its parts each compound and address. A bigram stands for its position; the
 * unigram beside it is left out. */
static size_t select_tokens(struct word *words, const struct analysis *analysis, struct arena *arena, bool *full)
{
    size_t count = 0;
    for (size_t i = 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        if (token->kind == TOKEN_UNIGRAM && i && token[-1].kind == TOKEN_BIGRAM &&
            token[-1].position == token->position)
            continue;
        struct word *word = &words[count];
        *word = (struct word){.source = {token->start, token->end},
                              .kind = (enum token_kind)token->kind,
                              .position = token->position,
                              .marked = token->marked};
        *full = !copy_span(&word->form, arena, token->form) || !add_stem(word, arena, token->stem) ||
                !add_stem(word, arena, token->plain_stem);
        if (*full) return 0;
        count++;
    }
    return count;
}

static void count_parts(struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].kind != TOKEN_COMPOUND && words[i].kind != TOKEN_ADDRESS) continue;
        for (size_t k = i + 1; k < count && words[k].source.end <= words[i].source.end; k++)
            if (words[k].kind != TOKEN_COMPOUND) words[i].parts = k - i;
    }
}

/* Adds the stems of another language to words found before; tokens are the same in all languages. */
static bool add_language(struct words *words, const struct analysis *analysis, struct arena *arena)
{
    size_t next = 0;
    for (size_t i = 0; i < analysis->count && next < words->count; i++) {
        const struct token *token = &analysis->tokens[i];
        struct word *word = &words->items[next];
        if (token->kind != (uint8_t)word->kind || token->start != word->source.start || token->end != word->source.end)
            continue;
        if (!add_stem(word, arena, token->stem) || !add_stem(word, arena, token->plain_stem)) return false;
        next++;
    }
    return true;
}

/* Drops the stems that the index does not have; the first stays when it has none. */
static enum status keep_known_stems(struct word *word, const struct vocabulary *vocabulary, struct error *error)
{
    size_t kept = 0;
    enum status status = OK;
    for (size_t i = 0; !status && i < word->stem_count; i++) {
        uint32_t documents;
        status = vocabulary_frequency(&documents, vocabulary, PREFIX_STEM, word->stem[i], error);
        if (status || !documents) continue;
        if (documents > word->documents) word->documents = documents;
        word->stem[kept++] = word->stem[i];
    }
    word->stem_count = kept ? kept : word->stem_count ? 1 : 0;
    return status;
}

enum status words_analyse(struct words *out, struct arena *arena, const struct vocabulary *vocabulary, struct span text,
                          struct error *error)
{
    const struct analysis *analysis;
    struct span language = vocabulary_language(vocabulary, 0);
    enum status status = analyse(&analysis, vocabulary->analyser, text, language);
    if (status) return fail(error, status, status == LIMIT ? "the query is too long" : "out of memory");
    struct words words = {.items = arena_take(arena, (analysis->count + 1) * sizeof *words.items)};
    bool full = !words.items;
    if (!full) words.count = select_tokens(words.items, analysis, arena, &full);
    if (full) return out_of_memory(error);
    count_parts(words.items, words.count);
    for (size_t i = 0; i < words.count; i++) words.items[i].stop = analysis_is_stop_word(words.items[i].form, language);
    for (size_t k = 1; (language = vocabulary_language(vocabulary, k)).length; k++) {
        if (!analysis_has_stemmer(language)) continue;
        status = analyse(&analysis, vocabulary->analyser, text, language);
        if (status || !add_language(&words, analysis, arena)) return out_of_memory(error);
    }
    for (size_t i = 0; i < words.count; i++) {
        status = keep_known_stems(&words.items[i], vocabulary, error);
        if (status) return status;
    }
    *out = words;
    return OK;
}

enum status words_join(struct word *out, struct arena *arena, const struct vocabulary *vocabulary,
                       const struct word *left, const struct word *right, struct error *error)
{
    *out = (struct word){.stem_count = 0};
    if (left->kind != TOKEN_WORD || right->kind != TOKEN_WORD) return OK;
    size_t length = left->form.length + right->form.length;
    if (length > TOKEN_BYTES_MAX) return OK;
    char *joined = arena_bytes(arena, length);
    if (!joined) return out_of_memory(error);
    memcpy(joined, left->form.data, left->form.length);
    memcpy(joined + left->form.length, right->form.data, right->form.length);
    struct words words;
    enum status status = words_analyse(&words, arena, vocabulary, (struct span){joined, length}, error);
    if (status) return status;
    if (words.count != 1 || !words.items[0].documents) return OK;
    *out = words.items[0];
    out->source = (struct range){left->source.start, right->source.end};
    return OK;
}

/* Tries the border at byte [at]; better than *[best] when its rarer part is in more documents. */
static enum status try_split(uint32_t *best, struct word out[2], struct arena *arena,
                             const struct vocabulary *vocabulary, const struct word *word, size_t at,
                             struct error *error)
{
    struct span left = span_cut(word->form, 0, at), right = span_cut(word->form, at, word->form.length);
    uint32_t known;
    enum status status = vocabulary_frequency(&known, vocabulary, "", left, error);
    if (status || !known) return status;
    struct words halves[2];
    status = words_analyse(&halves[0], arena, vocabulary, left, error);
    if (!status) status = words_analyse(&halves[1], arena, vocabulary, right, error);
    if (status || halves[0].count != 1 || halves[1].count != 1) return status;
    const struct word *first = halves[0].items, *second = halves[1].items;
    uint32_t rarer = first->documents < second->documents ? first->documents : second->documents;
    if (rarer <= *best || rarer > WORD_SPLIT_DOCUMENTS || first->stop || second->stop) return OK;
    *best = rarer;
    out[0] = *first;
    out[1] = *second;
    return OK;
}

enum status words_split(bool *found, struct word out[2], struct arena *arena, const struct vocabulary *vocabulary,
                        const struct word *word, struct error *error)
{
    *found = false;
    uint32_t frequent = vocabulary->reader->documents / WORD_FREQUENT_SHARE;
    if (word->kind != TOKEN_WORD || word->form.length < 2 * WORD_PART_MIN) return OK;
    if (word->documents > WORD_FREQUENT && word->documents > frequent) return OK;
    uint32_t best = 0;
    size_t runes = 0, total = 0;
    for (size_t i = 0; i < word->form.length; total++) utf8_next(word->form, &i);
    for (size_t at = 0; at < word->form.length;) {
        utf8_next(word->form, &at);
        if (++runes < WORD_PART_MIN || total - runes < WORD_PART_MIN) continue;
        enum status status = try_split(&best, out, arena, vocabulary, word, at, error);
        if (status) return status;
    }
    /* A word more frequent than its parts is a word of its own: "forget" is not "for get". */
    *found = best > 0 && word->documents <= best;
    return OK;
}
