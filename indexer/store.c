/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/store.h"

#include "indexer/bulk/bulk.h"
#include "indexer/commit.h"
#include "indexer/varint.h"
#include "indexer/store_bulk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    enum xc_status from;
    enum status to;
    const char *format; /* of the path and the binding's own words */
} failures[] = {
    {XC_LOCKED, LOCKED, "cannot open index '%s': locked by another indexer (retry later, or stop the other one)"},
    {XC_MISSING, MISSING, "no index at '%s': %s (make one with dossier index)"},
    {XC_FOREIGN, INVALID, "'%s' is not an index: %s (name another folder)"},
    {XC_INVALID, INVALID, "cannot use index '%s': %s"},
    {XC_DAMAGED, DAMAGED, "index '%s' is damaged: %s (rebuild it: index into a new folder)"},
    {XC_VERSION, DAMAGED, "index '%s' is of another version of Xapian: %s (rebuild it: index into a new folder)"},
    {XC_CHANGED, CHANGED, "index '%s' changed while it was read: %s (try again)"},
    {XC_GONE, MISSING, "index '%s' was removed meanwhile: %s"},
    {XC_LIMIT, LIMIT, "index '%s' is at a limit: %s"},
    {XC_STOPPED, STOPPED, "work on index '%s' was stopped: %s"},
    {XC_NO_MEMORY, NO_MEMORY, "out of memory while working on index '%s': %s"},
    {XC_IO, IO,
     "cannot read or write index '%s': %s (free some room or check the disk, then run again: what was "
     "committed is kept)"},
};

enum status store_failure(struct error *error, enum xc_status status, const struct xc_error *cause, const char *path)
{
    const char *words = cause && cause->message[0] ? cause->message : xc_status_name(status);
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        if (failures[i].from != status) continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        return fail(error, failures[i].to, failures[i].format, path, words);
#pragma GCC diagnostic pop
    }
    return fail(error, DAMAGED, "index '%s' fails: %s (check it with dossier check)", path, words);
}

static enum status failed(const struct store *store, enum xc_status status, const struct xc_error *cause,
                          struct error *error)
{
    return store_failure(error, status, cause, store->options.path);
}

/* What libxapian leaves in a folder when it is killed while making a database there. */
static bool is_half_made(const char *name)
{
    size_t length = strlen(name);
    return !strcmp(name, "flintlock") || !strcmp(name, "iamglass.tmp") || !strcmp(name, "iamglass") ||
           (length > 6 && !strcmp(name + length - 6, ".glass"));
}

/* An index is made where nothing is, never among files of other kinds. */
static enum status check_place(const char *path, struct error *error)
{
    struct stat found;
    if (stat(path, &found)) return OK;
    if (!S_ISDIR(found.st_mode)) return fail(error, INVALID, "'%s' is a file, not an index (name a folder)", path);
    DIR *folder = opendir(path);
    if (!folder) return fail(error, IO, "cannot open index '%s': %s", path, strerror(errno));
    bool index = false, other = false;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (!strcmp(entry->d_name, "iamglass")) index = true;
        if (!is_half_made(entry->d_name)) other = true;
    }
    closedir(folder);
    if (index || !other) return OK;
    return fail(error, INVALID, "'%s' is not an index: the folder holds other files (name a new folder)", path);
}

enum status store_check_schema(struct xc_database *database, const char *path, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_bytes version;
    uint32_t documents;
    enum xc_status status = xc_database_metadata(&version, database, METADATA_SCHEMA, strlen(METADATA_SCHEMA), &cause);
    if (!status) status = xc_database_document_count(&documents, database, &cause);
    if (status) return store_failure(error, status, &cause, path);
    if (!version.length && documents)
        return fail(error, INVALID, "'%s' is a Xapian database that dossier did not make (name another folder)", path);
    if (version.length && !span_equal((struct span){version.data, version.length}, SPAN(SCHEMA_VERSION)))
        return fail(error, DAMAGED,
                    "index '%s' has the schema version %.*s, and this program writes %s (rebuild it: index into a new "
                    "folder)",
                    path, (int)(version.length < 20 ? version.length : 20), version.data, SCHEMA_VERSION);
    return OK;
}

/* Starts a batch unless one is open. */
static enum status begin(struct store *store, struct error *error)
{
    if (xc_writer_in_batch(store->writer)) return OK;
    struct xc_error cause = {0};
    enum xc_status status = xc_writer_begin(store->writer, &cause);
    return status ? failed(store, status, &cause, error) : OK;
}

static enum status write_identity(struct store *store, struct error *error)
{
    const char *language = store->options.language ? store->options.language : "en";
    enum status status = store_set_metadata(store, SPAN(METADATA_SCHEMA), SPAN(SCHEMA_VERSION), error);
    if (!status) status = store_set_metadata(store, SPAN(METADATA_LANGUAGE), span_of(language), error);
    if (!status && store->options.model)
        status = store_set_metadata(store, SPAN(METADATA_MODEL), span_of(store->options.model), error);
    return status ? status : store_commit(store, error);
}

static enum status read_identity(struct store *store, struct error *error)
{
    enum status status = store_check_schema(store->view, store->options.path, error);
    struct span version, language;
    if (!status) status = store_metadata(&version, store, SPAN(METADATA_SCHEMA), error);
    if (!status && !version.length && store->writer) status = write_identity(store, error);
    if (!status) status = store_metadata(&language, store, SPAN(METADATA_LANGUAGE), error);
    if (status) return status;
    if (language.length >= sizeof store->language)
        return fail(error, DAMAGED, "index '%s' is damaged: its language is %zu bytes long", store->options.path,
                    language.length);
    memcpy(store->language, language.data, language.length);
    uint64_t documents;
    status = store_count(&documents, store, error);
    store->documents_at_open = status ? 0 : (uint32_t)documents;
    return status;
}

/* Without a writer, and without a lock: another indexer may be at work. */
static enum status open_dry(struct store *store, struct error *error)
{
    struct xc_error cause = {0};
    const char *language = store->options.language ? store->options.language : "en";
    enum xc_status opened = xc_document_new(&store->document, &cause);
    if (!opened) opened = xc_database_open(&store->view, store->options.path, &cause);
    if (opened == XC_MISSING && !store->options.existing) {
        memcpy(store->language, language, strnlen(language, sizeof store->language - 1));
        return OK;
    }
    return opened ? store_failure(error, opened, &cause, store->options.path) : read_identity(store, error);
}

enum status store_open(struct store *out, const struct store_options *options, struct error *error)
{
    struct store store = {.options = *options};
    struct xc_error cause = {0};
    enum status status = options->existing ? OK : check_place(options->path, error);
    if (status) return status;
    if (options->dry) {
        status = open_dry(&store, error);
        if (status)
            store_close(&store);
        else
            *out = store;
        return status;
    }
    /* libxapian writes its buffers out every 10,000 documents of a transaction; every 1,000 costs 20% less, because
       they stay in the processor's cache. The environment is the only way to say so, and a user's word goes first. */
    setenv("XAPIAN_FLUSH_THRESHOLD", "1000", 0);
    struct xc_writer_options writer = {.create = options->existing ? XC_OPEN_EXISTING : XC_CREATE_OR_OPEN,
                                       .wait = options->wait};
    enum xc_status opened = xc_writer_open(&store.writer, options->path, &writer, &cause);
    if (!opened) opened = xc_writer_database(&store.view, store.writer, &cause);
    if (!opened) opened = xc_document_new(&store.document, &cause);
    status = opened ? store_failure(error, opened, &cause, options->path) : read_identity(&store, error);
    if (!status && options->bulk_memory && !store.documents_at_open) status = store_bulk_begin(&store, error);
    if (status)
        store_close(&store);
    else
        *out = store;
    return status;
}

void store_close(struct store *store)
{
    store_bulk_drop(store);
    xc_document_free(store->document);
    xc_document_free(store->found);
    xc_database_free(store->view);
    xc_writer_free(store->writer);
    prepared_walk_release(&store->walk);
    *store = (struct store){0};
}

/* Most terms have as many positions as wdf, and go in at once. */
static enum xc_status add_term(struct xc_document *document, const struct prepared_term *term, struct xc_error *cause)
{
    bool plain = term->position_count == term->wdf;
    enum xc_status status = XC_OK;
    if (term->position_count)
        status = xc_document_add_postings(document, term->term.data, term->term.length, term->positions,
                                          term->position_count, plain ? 1 : 0, cause);
    if (!status && (!term->position_count || !plain))
        status = xc_document_add_term(document, term->term.data, term->term.length, term->wdf, cause);
    return status;
}

static enum status fill(struct store *store, const struct prepared *prepared, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_document *document = store->document;
    enum xc_status written = xc_document_clear(document, &cause);
    if (!written) written = xc_document_set_data(document, prepared->record.data, prepared->record.length, &cause);
    for (uint32_t slot = 0; !written && slot < SLOT_COUNT; slot++)
        if (prepared->value[slot].length)
            written =
                xc_document_set_value(document, slot, prepared->value[slot].data, prepared->value[slot].length, &cause);
    if (written) return failed(store, written, &cause, error);
    prepared_walk_start(&store->walk, prepared);
    struct prepared_term term;
    enum status status;
    while (!(status = prepared_next_term(&term, &store->walk))) {
        written = add_term(document, &term, &cause);
        if (written) return failed(store, written, &cause, error);
    }
    if (status == NOT_FOUND) return OK;
    return fail(error, status, status == DAMAGED ? "a prepared document is damaged" : "out of memory");
}

bool store_batch_full(const struct store *store)
{
    return store->documents &&
           (store->bytes >= store->options.batch_bytes || store->documents >= store->options.batch_documents);
}

enum status store_put(uint32_t *given, struct store *store, uint32_t docid, const struct prepared *document,
                      struct error *error)
{
    enum status status = OK;
    if (store->options.dry) {
        store->balance += docid == 0;
        if (given) *given = docid;
        return OK;
    }
    if (store->bulk) return store_bulk_put(given, store, document, error);
    if (store_batch_full(store)) status = store_commit(store, error);
    if (!status) status = begin(store, error);
    if (!status) status = fill(store, document, error);
    if (status) return status;
    struct xc_error cause = {0};
    enum xc_status written = docid ? xc_writer_replace(store->writer, docid, store->document, &cause)
                                   : xc_writer_add(&docid, store->writer, store->document, &cause);
    if (written) return failed(store, written, &cause, error);
    store->bytes += document->text_bytes;
    store->documents++;
    if (given) *given = docid;
    return OK;
}

static bool is_name(struct span term)
{
    for (int type = NAME_PERSON; type < NAME_TYPES; type++)
        if (span_starts(term, span_of(name_places[type].prefix))) return true;
    return false;
}

/* Lists the terms of names of [document]: its own list may not change while it is walked. */
static enum xc_status list_names(struct buffer *out, struct xc_document *document, struct xc_error *cause)
{
    struct xc_terms *terms = NULL;
    enum xc_status status = xc_document_terms(&terms, document, cause);
    while (!status && !(status = xc_terms_next(terms, cause))) {
        struct xc_bytes term = xc_terms_term(terms);
        if (is_name((struct span){term.data, term.length}) &&
            varint_append_span(out, (struct span){term.data, term.length}))
            status = XC_NO_MEMORY;
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

static enum xc_status remove_names(struct xc_document *document, struct xc_error *cause)
{
    struct buffer names;
    buffer_init(&names, PREPARED_ENTRY_MAX);
    enum xc_status status = list_names(&names, document, cause);
    struct span rest = buffer_span(&names), term;
    while (!status && varint_read_span(&rest, &term))
        status = xc_document_remove_term(document, term.data, term.length, cause);
    buffer_release(&names);
    return status;
}

static enum status replace_names(struct xc_document *document, struct store *store, const struct prepared *prepared,
                                 struct error *error)
{
    struct xc_error cause = {0};
    enum xc_status written = remove_names(document, &cause);
    if (!written) written = xc_document_set_data(document, prepared->record.data, prepared->record.length, &cause);
    for (int type = NAME_PERSON; !written && type < NAME_TYPES; type++) {
        struct span value = prepared->value[name_places[type].slot];
        written = xc_document_set_value(document, name_places[type].slot, value.data, value.length, &cause);
    }
    if (written) return failed(store, written, &cause, error);
    prepared_walk_start(&store->walk, prepared);
    struct prepared_term term;
    enum status status;
    while (!(status = prepared_next_term(&term, &store->walk))) {
        if (!is_name(term.term)) continue;
        written = add_term(document, &term, &cause);
        if (written) return failed(store, written, &cause, error);
    }
    if (status == NOT_FOUND) return OK;
    return fail(error, status, status == DAMAGED ? "a prepared document is damaged" : "out of memory");
}

enum status store_put_names(struct store *store, uint32_t docid, const struct prepared *document, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_document *held = NULL;
    enum status status = begin(store, error);
    if (status) return status;
    enum xc_status found = xc_database_document(&held, store->view, docid, &cause);
    if (found) return found == XC_NOT_FOUND ? NOT_FOUND : failed(store, found, &cause, error);
    status = replace_names(held, store, document, error);
    if (!status) {
        enum xc_status written = xc_writer_replace(store->writer, docid, held, &cause);
        if (written) status = failed(store, written, &cause, error);
    }
    xc_document_free(held);
    if (status) return status;
    store->bytes += document->text_bytes;
    store->documents++;
    return OK;
}

enum status store_delete(struct store *store, uint32_t docid, struct error *error)
{
    struct xc_error cause = {0};
    if (store->options.dry) {
        store->balance--;
        return OK;
    }
    if (store->bulk) return OK; /* a new index has nothing yet that could be removed */
    enum status status = begin(store, error);
    if (status) return status;
    enum xc_status written = xc_writer_delete(store->writer, docid, &cause);
    store->documents++;
    return written && written != XC_NOT_FOUND ? failed(store, written, &cause, error) : OK;
}

/* Forgets a writer that may not be freed, and what was made from it. */
static void abandon(struct store *store)
{
    static const void *kept[3]; /* so that leak checkers see them held */
    kept[0] = store->writer;
    kept[1] = store->view;
    kept[2] = store->found;
    (void)kept;
    store->writer = NULL;
    store->view = NULL;
    store->found = NULL;
}

enum status store_commit(struct store *store, struct error *error)
{
    if (store->bulk) return store_bulk_commit(store, error);
    if (!store->writer || !xc_writer_in_batch(store->writer)) return OK;
    struct xc_error cause = {0};
    bool lost;
    enum xc_status status = commit_batch(&lost, store->writer, &cause);
    if (lost) abandon(store);
    if (status) return failed(store, status, &cause, error);
    store->bytes = store->documents = 0;
    return OK;
}

enum status store_find(uint32_t *docid, struct store *store, struct span term, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    if (!store->view) return NOT_FOUND;
    enum xc_status status = xc_database_postings(&postings, store->view, term.data, term.length, &cause);
    if (!status) status = xc_postings_next(postings, &cause);
    if (!status) *docid = xc_postings_docid(postings);
    xc_postings_free(postings);
    if (status == XC_NOT_FOUND) return NOT_FOUND;
    return status ? failed(store, status, &cause, error) : OK;
}

enum status store_list(uint32_t **docids, size_t *count, struct store *store, struct span term, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    uint32_t frequency, *list = NULL;
    size_t read = 0;
    *docids = NULL;
    *count = 0;
    if (!store->view) return OK;
    enum xc_status status = term.length
                                ? xc_database_term_frequency(&frequency, store->view, term.data, term.length, &cause)
                                : xc_database_document_count(&frequency, store->view, &cause);
    if (!status && frequency) {
        list = malloc(frequency * sizeof *list);
        if (!list) return fail(error, NO_MEMORY, "out of memory for the numbers of %u documents", (unsigned)frequency);
        status = xc_database_postings(&postings, store->view, term.data, term.length, &cause);
        if (!status) status = xc_postings_read(&read, postings, list, NULL, frequency, &cause);
        xc_postings_free(postings);
    }
    if (status) {
        free(list);
        return failed(store, status, &cause, error);
    }
    *docids = list;
    *count = read;
    return OK;
}

enum status store_record(struct record *out, struct store *store, uint32_t docid, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_bytes data;
    xc_document_free(store->found);
    store->found = NULL;
    if (!store->view) return NOT_FOUND;
    enum xc_status status = xc_database_document(&store->found, store->view, docid, &cause);
    if (!status) status = xc_document_data(&data, store->found, &cause);
    if (status == XC_NOT_FOUND) return NOT_FOUND;
    if (status) return failed(store, status, &cause, error);
    if (record_decode(out, (struct span){data.data, data.length}))
        return fail(error, DAMAGED,
                    "index '%s' is damaged: document %u cannot be decoded (rebuild it: index into a "
                    "new folder)",
                    store->options.path, (unsigned)docid);
    return OK;
}

enum status store_set_metadata(struct store *store, struct span key, struct span value, struct error *error)
{
    struct xc_error cause = {0};
    if (store->options.dry) return OK;
    if (store->bulk) return bulk_set_metadata(store->bulk, key, value, error);
    enum status status = begin(store, error);
    if (status) return status;
    enum xc_status written =
        xc_writer_set_metadata(store->writer, key.data, key.length, value.data, value.length, &cause);
    return written ? failed(store, written, &cause, error) : OK;
}

enum status store_metadata(struct span *out, struct store *store, struct span key, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_bytes value;
    *out = store->bulk ? bulk_metadata(store->bulk, key) : SPAN("");
    if (store->bulk || !store->view) return OK;
    enum xc_status status = xc_database_metadata(&value, store->view, key.data, key.length, &cause);
    if (status) return failed(store, status, &cause, error);
    *out = (struct span){value.data, value.length};
    return OK;
}

enum status store_count(uint64_t *out, struct store *store, struct error *error)
{
    struct xc_error cause = {0};
    uint32_t documents = 0;
    if (store->bulk) {
        *out = bulk_documents(store->bulk);
        return OK;
    }
    enum xc_status status = store->view ? xc_database_document_count(&documents, store->view, &cause) : XC_OK;
    if (status) return failed(store, status, &cause, error);
    *out = (uint64_t)((int64_t)documents + store->balance);
    return OK;
}
