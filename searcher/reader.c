/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/reader.h"

#include "searcher/matcher/matcher.h"

#include <stdlib.h>
#include <string.h>

enum status reader_failure(struct error *error, enum xc_status status, const struct xc_error *cause, const char *path)
{
    const char *why = cause && cause->message[0] ? cause->message : xc_status_name(status);
    switch (status) {
    case XC_OK:
        return OK;
    case XC_NOT_FOUND:
        return fail(error, NOT_FOUND, "not in index '%s'", path);
    case XC_MISSING:
        return fail(error, MISSING, "no index at '%s' (make one: dossier index -d '%s' FOLDER)", path, path);
    case XC_FOREIGN:
        return fail(error, DAMAGED, "'%s' is not an index (choose another with -d DIR)", path);
    case XC_DAMAGED:
        return fail(error, DAMAGED, "index '%s' is damaged: %s (rebuild it: dossier index into a new folder)", path,
                    why);
    case XC_VERSION:
        return fail(error, DAMAGED, "index '%s' was written by another version: %s (rebuild it)", path, why);
    case XC_CHANGED:
        return fail(error, CHANGED, "index '%s' changed while it was read (try again)", path);
    case XC_GONE:
        return fail(error, MISSING, "index '%s' was removed while it was read", path);
    case XC_LOCKED:
        return fail(error, LOCKED, "index '%s' is locked by another indexer (try again later)", path);
    case XC_NO_MEMORY:
        return fail(error, NO_MEMORY, "out of memory");
    case XC_LIMIT:
        return fail(error, LIMIT, "the query asks for too much: %s", why);
    case XC_STOPPED:
        return fail(error, STOPPED, "stopped");
    case XC_UNSUPPORTED:
        return fail(error, UNSUPPORTED, "not possible on index '%s': %s", path, why);
    default:
        return fail(error, IO, "cannot read index '%s': %s", path, why);
    }
}

struct language_count {
    char code[LANGUAGE_BYTES_MAX];
    uint32_t documents;
};

/* Keeps [top] sorted by falling count; the list of terms comes in byte order, so equal counts stay in that order. */
static void insert_language(struct language_count *top, size_t *count, const struct language_count *found)
{
    size_t at = *count;
    while (at && top[at - 1].documents < found->documents) at--;
    if (at >= READER_LANGUAGES_MAX) return;
    size_t last = *count < READER_LANGUAGES_MAX ? (*count)++ : READER_LANGUAGES_MAX - 1;
    memmove(&top[at + 1], &top[at], (last - at) * sizeof *top);
    top[at] = *found;
}

static enum status read_languages(struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_terms *terms = NULL;
    enum xc_status status =
        xc_database_terms(&terms, reader->database, PREFIX_LANGUAGE, strlen(PREFIX_LANGUAGE), &cause);
    struct language_count top[READER_LANGUAGES_MAX];
    size_t count = 0;
    while (!status && !(status = xc_terms_next(terms, &cause))) {
        struct xc_bytes term = xc_terms_term(terms);
        size_t length = term.length - strlen(PREFIX_LANGUAGE);
        struct language_count found = {0};
        if (length >= sizeof found.code) continue;
        memcpy(found.code, term.data + strlen(PREFIX_LANGUAGE), length);
        status = xc_terms_frequency(&found.documents, terms, &cause);
        if (!status) insert_language(top, &count, &found);
    }
    xc_terms_free(terms);
    if (status && status != XC_NOT_FOUND) return reader_failure(error, status, &cause, reader->path);
    while (count > 1 &&
           top[count - 1].documents * (uint64_t)100 < reader->documents * (uint64_t)READER_LANGUAGE_PERCENT)
        count--;
    reader->language_count = count;
    for (size_t i = 0; i < count; i++) memcpy(reader->language[i], top[i].code, sizeof top[i].code);
    return OK;
}

static enum xc_status read_names(struct reader *reader, struct xc_error *cause)
{
    struct xc_bytes model;
    enum xc_status status =
        xc_database_metadata(&model, reader->database, METADATA_MODEL, strlen(METADATA_MODEL), cause);
    reader->names = !status && model.length;
    for (int type = 1; !status && !reader->names && type < NAME_TYPES; type++) {
        uint32_t documents;
        status = xc_database_value_frequency(&documents, reader->database, name_places[type].slot, cause);
        reader->names = !status && documents;
    }
    return status;
}

static enum status read_state(struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_bytes bytes;
    if (reader->frequencies)
        frequencies_clear(reader->frequencies);
    else
        reader->frequencies = frequencies_new();
    enum xc_status status = xc_database_uuid(&bytes, reader->database, &cause);
    if (!status) {
        size_t length = bytes.length < sizeof reader->uuid ? bytes.length : sizeof reader->uuid - 1;
        memcpy(reader->uuid, bytes.data, length);
        reader->uuid[length] = '\0';
        status = xc_database_document_count(&reader->documents, reader->database, &cause);
    }
    if (!status)
        status = xc_database_metadata(&bytes, reader->database, METADATA_SCHEMA, strlen(METADATA_SCHEMA), &cause);
    if (status) return reader_failure(error, status, &cause, reader->path);
    if (!span_equal((struct span){bytes.data, bytes.length}, SPAN(SCHEMA_VERSION)))
        return fail(error, DAMAGED,
                    bytes.length ? "index '%s' has another layout (%.*s, this program reads " SCHEMA_VERSION
                                   "): rebuild it with dossier index into a new folder"
                                 : "'%s' is a Xapian database, but not an index of dossier's%.*s",
                    reader->path, (int)bytes.length, bytes.data);
    matcher_free(reader->matcher);
    if (matcher_open(&reader->matcher, reader->path, reader->database)) return fail(error, NO_MEMORY, "out of memory");
    status = read_names(reader, &cause);
    return status ? reader_failure(error, status, &cause, reader->path) : read_languages(reader, error);
}

enum status reader_open(struct reader *out, const char *path, struct error *error)
{
    struct reader reader = {.path = strdup(path)};
    if (!reader.path) return fail(error, NO_MEMORY, "out of memory");
    struct xc_error cause = {0};
    enum xc_status opened = xc_database_open(&reader.database, path, &cause);
    enum status status = opened ? reader_failure(error, opened, &cause, path) : read_state(&reader, error);
    if (status)
        reader_close(&reader);
    else
        *out = reader;
    return status;
}

void reader_close(struct reader *reader)
{
    xc_database_free(reader->database);
    frequencies_free(reader->frequencies);
    matcher_free(reader->matcher);
    free(reader->path);
    *reader = (struct reader){0};
}

enum status reader_refresh(struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    char uuid[37];
    bool changed = true;
    enum xc_status status = xc_path_uuid(uuid, reader->path, &cause);
    if (!status && strcmp(uuid, reader->uuid) == 0) {
        status = xc_database_reopen(&changed, reader->database, &cause);
        if (!status) return changed ? read_state(reader, error) : OK;
    }
    struct reader fresh;
    enum status opened = reader_open(&fresh, reader->path, error);
    if (opened) return opened;
    reader_close(reader);
    *reader = fresh;
    return OK;
}

enum status reader_record(struct record *out, struct xc_document **document, struct reader *reader, uint32_t docid,
                          struct error *error)
{
    struct xc_error cause = {0};
    struct xc_document *found = NULL;
    struct xc_bytes data = {0};
    enum xc_status status = xc_database_known_document(&found, reader->database, docid, &cause);
    if (!status) status = xc_document_data(&data, found, &cause);
    if (!status && !data.length) { /* no record is empty: either there is no such document, or it is damaged */
        xc_document_free(found);
        found = NULL;
        status = xc_database_document(&found, reader->database, docid, &cause);
    }
    if (status) {
        xc_document_free(found);
        return reader_failure(error, status, &cause, reader->path);
    }
    if (record_decode(out, (struct span){data.data, data.length})) {
        xc_document_free(found);
        return fail(error, DAMAGED, "document %u of index '%s' is damaged (dossier check tells more; rebuild it)",
                    (unsigned)docid, reader->path);
    }
    *document = found;
    return OK;
}

enum status reader_find(uint32_t *out, struct reader *reader, struct span id, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    struct buffer term;
    buffer_init(&term, 4 * TERM_BYTES_MAX);
    enum status status = schema_term(&term, PREFIX_ID, id);
    if (status) {
        buffer_release(&term);
        return fail(error, status, "out of memory");
    }
    enum xc_status found = xc_database_postings(&postings, reader->database, term.data, term.length, &cause);
    if (!found) found = xc_postings_next(postings, &cause);
    if (!found) *out = xc_postings_docid(postings);
    xc_postings_free(postings);
    buffer_release(&term);
    if (found == XC_NOT_FOUND)
        return fail(error, NOT_FOUND, "no document '%.*s' in index '%s' (dossier search shows the ids)",
                    (int)(id.length < 300 ? id.length : 300), id.data, reader->path);
    return found ? reader_failure(error, found, &cause, reader->path) : OK;
}
