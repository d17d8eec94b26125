/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_query.h"

#include "indexer/entities/names/fold.h"
#include "searcher/name_lists.h"

#include <stdlib.h>
#include <string.h>

/* A name while the list is walked: it has room of its own, which the next better one takes over. */
struct candidate {
    uint32_t documents;
    size_t length;
    char key[TERM_BYTES_MAX];
};

/* A walk at work. */
struct walk {
    struct arena *arena;
    struct span words[NAME_BYTES_MAX / 2 + 1]; /* of the key asked for */
    size_t word_count;
    bool open; /* the last word is the beginning of one */
    struct candidate *best[NAME_MATCHES_MAX];
    size_t count, total;
};

enum name_type name_type_of_field(enum syntax_field field)
{
    switch (field) {
    case FIELD_PERSON:
        return NAME_PERSON;
    case FIELD_ORGANIZATION:
        return NAME_ORGANIZATION;
    case FIELD_PLACE:
        return NAME_PLACE;
    default:
        return 0;
    }
}

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while looking for a name");
}

static void cut_words(struct walk *walk, struct span key)
{
    walk->word_count = 0;
    while (key.length) {
        const char *space = memchr(key.data, ' ', key.length);
        size_t length = space ? (size_t)(space - key.data) : key.length;
        walk->words[walk->word_count++] = span_cut(key, 0, length);
        key = span_cut(key, length + (space ? 1 : 0), key.length);
    }
}

static bool has_word(struct span key, struct span word, bool open)
{
    while (key.length >= word.length) {
        const char *space = memchr(key.data, ' ', key.length);
        size_t length = space ? (size_t)(space - key.data) : key.length;
        if (open ? length >= word.length : length == word.length)
            if (memcmp(key.data, word.data, word.length) == 0) return true;
        key = span_cut(key, length + (space ? 1 : 0), key.length);
    }
    return false;
}

static bool fits(const struct walk *walk, struct span key)
{
    for (size_t i = 0; i < walk->word_count; i++)
        if (!has_word(key, walk->words[i], walk->open && i + 1 == walk->word_count)) return false;
    return true;
}

/* Keeps the best, sorted by falling documents; names come in byte order, so equal ones stay in that order. */
static bool keep(struct walk *walk, struct span key, uint32_t documents)
{
    walk->total++;
    size_t at = walk->count;
    while (at && walk->best[at - 1]->documents < documents) at--;
    if (at == NAME_MATCHES_MAX || key.length > TERM_BYTES_MAX) return true;
    bool full = walk->count == NAME_MATCHES_MAX;
    struct candidate *room = full ? walk->best[walk->count - 1] : arena_take(walk->arena, sizeof *room);
    if (!room) return false;
    size_t last = full ? walk->count - 1 : walk->count++;
    memmove(&walk->best[at + 1], &walk->best[at], (last - at) * sizeof(struct candidate *));
    memcpy(room->key, key.data, key.length);
    room->length = key.length;
    room->documents = documents;
    walk->best[at] = room;
    return true;
}

static enum status walk_names(struct walk *walk, const struct vocabulary *vocabulary, const char *prefix,
                              struct error *error)
{
    struct xc_terms *terms = NULL;
    struct xc_error cause = {0};
    size_t length = strlen(prefix);
    enum status status = OK;
    enum xc_status walked = xc_database_terms(&terms, vocabulary->reader->database, prefix, length, &cause);
    while (!status && !walked && !(walked = xc_terms_next(terms, &cause))) {
        struct xc_bytes term = xc_terms_term(terms);
        struct span key = {term.data + length, term.length - length};
        uint32_t documents;
        if (!fits(walk, key)) continue;
        walked = xc_terms_frequency(&documents, terms, &cause);
        if (!walked && !keep(walk, key, documents)) status = out_of_memory(error);
    }
    xc_terms_free(terms);
    if (status || walked == XC_NOT_FOUND) return status;
    return reader_failure(error, walked, &cause, vocabulary->reader->path);
}

static enum status find_key(struct walk *walk, const struct vocabulary *vocabulary, enum name_type type,
                            struct span key, enum name_match match, struct error *error)
{
    const char *prefix = name_places[type].prefix;
    walk->count = walk->total = 0;
    if (!key.length) return OK;
    if (match == NAME_IS) {
        uint32_t documents;
        enum status status = vocabulary_frequency(&documents, vocabulary, prefix, key, error);
        if (status || !documents) return status;
        return keep(walk, key, documents) ? OK : out_of_memory(error);
    }
    cut_words(walk, key);
    walk->open = match == NAME_BEGINS;
    return walk_names(walk, vocabulary, prefix, error);
}

enum status names_resolve(struct name_matches *out, struct arena *arena, const struct vocabulary *vocabulary,
                          enum name_type type, struct span text, enum name_match match, struct error *error)
{
    struct walk walk = {.arena = arena};
    char key[NAME_BYTES_MAX];
    struct span name = match == NAME_BEGINS ? text : name_lists_expand(vocabulary->names, type, text);
    enum status status = find_key(&walk, vocabulary, type, (struct span){key, name_key(key, name)}, match, error);
    if (!status && !walk.count && name.data != text.data)
        status = find_key(&walk, vocabulary, type, (struct span){key, name_key(key, text)}, match, error);
    if (status) return status;
    struct index_name *items = arena_take(arena, (walk.count + 1) * sizeof *items);
    if (!items) return out_of_memory(error);
    for (size_t i = 0; i < walk.count; i++)
        items[i] = (struct index_name){type, {walk.best[i]->key, walk.best[i]->length}, walk.best[i]->documents};
    *out = (struct name_matches){items, walk.count, walk.total};
    return OK;
}
