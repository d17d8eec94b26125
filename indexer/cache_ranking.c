/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/cache_ranking.h"

#include "indexer/store.h"

#include <stdlib.h>

/* *[out], the caller's to free, gets the lengths by docid. libxapian keeps them in chunks by docid, so that asking in
 * that order reads each chunk once. */
static enum status read_lengths(uint32_t **out, const struct cache_source *source, struct error *error)
{
    struct xc_postings *documents = NULL;
    struct xc_error cause = {0};
    uint32_t *lengths = calloc((size_t)source->statistics.last_docid + 1, sizeof *lengths);
    if (!lengths) return fail(error, NO_MEMORY, "out of memory for %u documents", source->statistics.documents);
    enum xc_status status = xc_database_postings(&documents, source->database, "", 0, &cause);
    while (!status && !(status = xc_postings_next(documents, &cause))) {
        uint32_t docid = xc_postings_docid(documents), length;
        status = xc_postings_document_length(&length, documents, &cause);
        if (!status && docid <= source->statistics.last_docid) lengths[docid] = length;
    }
    xc_postings_free(documents);
    if (status && status != XC_NOT_FOUND) {
        free(lengths);
        return store_failure(error, status, &cause, source->path);
    }
    *out = lengths;
    return OK;
}

enum status cache_ranking_build(struct sidecar_writer *writer, const struct cache_source *source, struct error *error)
{
    const struct xc_statistics *statistics = &source->statistics;
    uint32_t *lengths = NULL;
    if (statistics->last_docid / RANKING_SPARSE_MAX > statistics->documents) return OK;
    enum status status = read_lengths(&lengths, source, error);
    if (!status) status = sidecar_begin(writer, RANKING_LENGTHS, error);
    if (!status)
        status = sidecar_append(writer, lengths, ((size_t)statistics->last_docid + 1) * sizeof *lengths, error);
    if (!status) status = cache_postings_build(writer, source, lengths, error);
    free(lengths);
    return status;
}
