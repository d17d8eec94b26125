/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/store_bulk.h"

#include "indexer/bulk/bulk.h"
#include "indexer/bulk/version.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static enum status failed(const struct store *store, enum status status, const struct error *why, struct error *error)
{
    return fail(error, status,
                "cannot load index '%s': %s (free some room or check the disk, then run again: nothing was changed)",
                store->options.path, why->message);
}

/* What the empty index says of itself goes into the new one. */
static enum status copy_metadata(struct store *store, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_terms *keys = NULL;
    enum status status = OK;
    enum xc_status found = xc_database_metadata_keys(&keys, store->view, "", 0, &cause);
    while (!found && !status && !(found = xc_terms_next(keys, &cause))) {
        struct xc_bytes key = xc_terms_term(keys), value;
        found = xc_database_metadata(&value, store->view, key.data, key.length, &cause);
        if (found) break;
        status = bulk_set_metadata(store->bulk, (struct span){key.data, key.length},
                                   (struct span){value.data, value.length}, error);
    }
    xc_terms_free(keys);
    if (!found || found == XC_NOT_FOUND) return status;
    return store_failure(error, found, &cause, store->options.path);
}

enum status store_bulk_begin(struct store *store, struct error *error)
{
    struct error why = {0};
    /* The empty index was made by the library that is installed: it shows which format that writes. */
    if (!version_matches(store->options.path)) return OK;
    if (successor_init(&store->successor, store->options.path, &why)) return OK; /* transactions need no room beside */
    if (mkdir(store->successor.fresh, 0777)) {
        successor_release(&store->successor);
        return OK;
    }
    enum status status = bulk_new(&store->bulk, store->successor.fresh, store->options.bulk_memory, &why);
    if (status) return failed(store, status, &why, error);
    return copy_metadata(store, error);
}

static enum status load(uint32_t *given, struct store *store, const struct prepared *document, struct error *error)
{
    enum status status = bulk_begin(store->bulk, given, document->record, error);
    for (unsigned slot = 0; !status && slot < SLOT_COUNT; slot++)
        status = bulk_value(store->bulk, slot, document->value[slot], error);
    prepared_walk_start(&store->walk, document);
    struct prepared_term term;
    while (!status && !(status = prepared_next_term(&term, &store->walk)))
        status = bulk_posting(store->bulk, term.term, term.wdf, term.positions, term.position_count, error);
    if (status == DAMAGED) return fail(error, DAMAGED, "a prepared document is damaged");
    return status == NOT_FOUND ? bulk_end(store->bulk, error) : status;
}

enum status store_bulk_put(uint32_t *given, struct store *store, const struct prepared *document, struct error *error)
{
    struct error why = {0};
    uint32_t docid;
    enum status status = load(&docid, store, document, &why);
    if (status) return failed(store, status, &why, error);
    if (given) *given = docid;
    return OK;
}

enum status store_bulk_commit(struct store *store, struct error *error)
{
    struct error why = {0};
    struct xc_error cause = {0};
    enum status status = bulk_finish(store->bulk, &why);
    bulk_free(store->bulk);
    store->bulk = NULL;
    if (!status) status = successor_install(&store->successor, &why);
    if (status) return failed(store, status, &why, error);
    /* The lock goes with the empty index, which is at the successor's place now. */
    xc_document_free(store->found);
    xc_database_free(store->view);
    xc_writer_free(store->writer);
    store->found = NULL;
    store->view = NULL;
    store->writer = NULL;
    successor_clear(&store->successor);
    enum xc_status opened = xc_database_open(&store->view, store->options.path, &cause);
    return opened ? store_failure(error, opened, &cause, store->options.path) : OK;
}

void store_bulk_drop(struct store *store)
{
    bulk_free(store->bulk);
    store->bulk = NULL;
    successor_clear(&store->successor);
    successor_release(&store->successor);
}
