/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/name_suggest.h"

#include "indexer/entities/names/fold.h"
#include "searcher/name_query.h"

#include <string.h>

/* Keeps [out] sorted by falling documents; of equal ones the first stays first. */
static void insert(struct index_name *out, size_t *count, size_t room, const struct index_name *name)
{
    size_t at = *count;
    while (at && out[at - 1].documents < name->documents) at--;
    if (at == room) return;
    size_t last = *count < room ? (*count)++ : room - 1;
    memmove(&out[at + 1], &out[at], (last - at) * sizeof *out);
    out[at] = *name;
}

/* How the name is written in the first document that has it. */
static enum status shown(struct span *out, struct arena *arena, struct reader *reader, const struct index_name *name,
                         struct error *error)
{
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    struct xc_document *document = NULL;
    struct xc_bytes bytes = {0};
    struct buffer term;
    char key[NAME_BYTES_MAX];
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum xc_status status = schema_term(&term, name_places[name->type].prefix, name->key) ? XC_NO_MEMORY : XC_OK;
    if (!status) status = xc_database_postings(&postings, reader->database, term.data, term.length, &cause);
    if (!status) status = xc_postings_next(postings, &cause);
    if (!status) status = xc_database_known_document(&document, reader->database, xc_postings_docid(postings), &cause);
    if (!status) status = xc_document_value(&bytes, document, name_places[name->type].slot, &cause);
    *out = (struct span){0};
    struct span rest = {bytes.data, bytes.length}, value;
    while (!status && !out->length && value_names_next(&value, &rest))
        if (span_equal((struct span){key, name_key(key, value)}, name->key)) {
            char *copy = arena_copy(arena, value);
            if (!copy) status = XC_NO_MEMORY;
            if (copy) *out = (struct span){copy, value.length};
        }
    xc_document_free(document);
    xc_postings_free(postings);
    buffer_release(&term);
    return status && status != XC_NOT_FOUND ? reader_failure(error, status, &cause, reader->path) : OK;
}

enum status names_suggest(struct suggested_name *out, size_t *count, size_t room, struct arena *arena,
                          struct searcher *searcher, struct span typed, struct error *error)
{
    struct reader *reader = searcher_reader(searcher);
    struct vocabulary vocabulary = {.reader = reader, .names = searcher_names(searcher)};
    struct index_name *best = arena_take(arena, (room + 1) * sizeof *best);
    size_t found_count = 0, kept = 0;
    if (!best) return fail(error, NO_MEMORY, "out of memory while looking for a name");
    for (int type = 1; type < NAME_TYPES; type++) {
        struct name_matches found;
        enum status status = names_resolve(&found, arena, &vocabulary, (enum name_type)type, typed, NAME_BEGINS, error);
        if (status) return status;
        for (size_t i = 0; i < found.count; i++) insert(best, &found_count, room, &found.items[i]);
    }
    for (size_t i = 0; i < found_count; i++) {
        struct span value;
        enum status status = shown(&value, arena, reader, &best[i], error);
        if (status) return status;
        if (value.length) out[kept++] = (struct suggested_name){best[i].type, value, best[i].documents};
    }
    *count = kept;
    return OK;
}
