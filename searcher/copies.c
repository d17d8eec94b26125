/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/copies.h"

#include <stdlib.h>
#include <string.h>

void docid_list_release(struct docid_list *list)
{
    free(list->items);
    *list = (struct docid_list){0};
}

static bool list_add(struct docid_list *list, uint32_t docid)
{
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        uint32_t *grown = realloc(list->items, room * sizeof *grown);
        if (!grown) return false;
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = docid;
    return true;
}

enum status copies_original(struct original *out, struct reader *reader, uint32_t docid, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_document *document = NULL;
    struct xc_bytes value = {0};
    *out = (struct original){.docid = docid};
    enum xc_status status = xc_database_known_document(&document, reader->database, docid, &cause);
    if (!status) status = xc_document_value(&value, document, SLOT_SIGNATURE, &cause);
    if (!status && value.length == SIGNATURE_BYTES) {
        memcpy(out->signature, value.data, SIGNATURE_BYTES);
        out->is_signed = true;
    }
    xc_document_free(document);
    return reader_failure(error, status, &cause, reader->path);
}

enum status copies_find(struct original *originals, size_t count, struct reader *reader, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_values *values = NULL;
    bool any = false, full = false;
    for (size_t i = 0; i < count; i++) any = any || originals[i].is_signed;
    if (!any) return OK;
    enum xc_status status = xc_database_values(&values, reader->database, SLOT_SIGNATURE, &cause);
    while (!full && !status && !(status = xc_values_next(values, &cause))) {
        struct xc_bytes value = xc_values_value(values);
        uint32_t docid = xc_values_docid(values);
        if (value.length != SIGNATURE_BYTES) continue;
        for (size_t i = 0; !full && i < count; i++) {
            struct original *original = &originals[i];
            if (original->is_signed && original->docid != docid && signature_near(original->signature, value.data))
                full = !list_add(&original->copies, docid);
        }
    }
    xc_values_free(values);
    if (full) return fail(error, NO_MEMORY, "out of memory while looking for near-copies");
    return status == XC_NOT_FOUND ? OK : reader_failure(error, status, &cause, reader->path);
}

static enum xc_status seek(void *context, uint32_t *docid, double *weight, uint32_t from, double weight_min)
{
    const struct docid_list *list = context;
    size_t low = 0, high = list->count;
    (void)weight_min;
    *weight = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    *docid = low < list->count ? list->items[low] : 0;
    return XC_OK;
}

enum status docid_query(struct xc_query **out, const struct docid_list *list, struct reader *reader,
                        struct error *error)
{
    struct xc_error cause = {0};
    uint32_t count = (uint32_t)list->count;
    struct xc_source source = {.seek = seek,
                               .context = (void *)list,
                               .documents_least = count,
                               .documents_guess = count,
                               .documents_most = count};
    enum xc_status status = count ? xc_query_source(out, &source, &cause) : xc_query_none(out, &cause);
    return reader_failure(error, status, &cause, reader->path);
}
