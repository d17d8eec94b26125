/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/check_names.h"

#include "indexer/entities/names/fold.h"

#include <stdlib.h>
#include <string.h>

/* Terms, each once, in byte order. */
struct terms {
    struct arena arena;
    struct span *list;
    size_t count, capacity;
};

static enum status add(struct terms *terms, struct span term)
{
    if (terms->count == terms->capacity) {
        size_t capacity = terms->capacity ? terms->capacity * 2 : 64;
        struct span *grown = reallocarray(terms->list, capacity, sizeof *grown);
        if (!grown) return NO_MEMORY;
        terms->list = grown;
        terms->capacity = capacity;
    }
    char *copy = arena_copy(&terms->arena, term);
    if (!copy) return NO_MEMORY;
    terms->list[terms->count++] = (struct span){copy, term.length};
    return OK;
}

static int by_bytes(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static void sort_once(struct terms *terms)
{
    size_t kept = 0;
    if (terms->count) qsort(terms->list, terms->count, sizeof *terms->list, by_bytes);
    for (size_t i = 0; i < terms->count; i++)
        if (!kept || !span_equal(terms->list[kept - 1], terms->list[i])) terms->list[kept++] = terms->list[i];
    terms->count = kept;
}

static enum status terms_of_record(struct terms *terms, const struct record *record)
{
    struct names_walk walk;
    struct record_name name;
    struct buffer term;
    enum status status;
    buffer_init(&term, (size_t)4 * TERM_BYTES_MAX);
    names_walk_start(&walk, record);
    while (!(status = record_names_next(&name, &walk))) {
        char key[NAME_BYTES_MAX];
        buffer_clear(&term);
        status = schema_term(&term, name_places[name.type].prefix, (struct span){key, name_key(key, name.name)});
        if (!status) status = add(terms, buffer_span(&term));
        if (status) break;
    }
    buffer_release(&term);
    if (status != NOT_FOUND) return status;
    sort_once(terms);
    return OK;
}

static enum status terms_of_document(struct terms *terms, struct xc_document *document)
{
    struct xc_terms *walk = NULL;
    enum xc_status walked = xc_document_terms(&walk, document, NULL);
    enum status status = OK;
    while (!status && !walked && !(walked = xc_terms_next(walk, NULL))) {
        struct xc_bytes bytes = xc_terms_term(walk);
        struct span term = {bytes.data, bytes.length};
        for (int type = NAME_PERSON; !status && type < NAME_TYPES; type++)
            if (span_starts(term, span_of(name_places[type].prefix))) status = add(terms, term);
    }
    xc_terms_free(walk);
    if (status) return status;
    if (walked != XC_NOT_FOUND) return DAMAGED;
    sort_once(terms);
    return OK;
}

enum status check_name_terms(enum name_terms *out, struct buffer *term, struct xc_document *document,
                             const struct record *record)
{
    struct terms wanted = {0}, found = {0};
    arena_init(&wanted.arena, SIZE_MAX / 2);
    arena_init(&found.arena, SIZE_MAX / 2);
    enum status status = terms_of_record(&wanted, record);
    if (!status) status = terms_of_document(&found, document);
    size_t i = 0;
    *out = NAME_TERMS_SOUND;
    if (!status) {
        while (i < wanted.count && i < found.count && span_equal(wanted.list[i], found.list[i])) i++;
        bool lacks = i < wanted.count && (i == found.count || span_compare(wanted.list[i], found.list[i]) < 0);
        if (lacks)
            *out = NAME_TERMS_MISSING;
        else if (i < found.count)
            *out = NAME_TERMS_FOREIGN;
        if (*out) status = buffer_append_span(term, lacks ? wanted.list[i] : found.list[i]);
    }
    free(wanted.list);
    free(found.list);
    arena_release(&wanted.arena);
    arena_release(&found.arena);
    return status;
}
