/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dump.h"

#include "indexer/filestate.h"
#include "indexer/schema.h"
#include "xapian-c/xapian-c.h"

#include <string.h>

/* Bytes with everything odd as \xx, so that a line stays a line. */
static void put_bytes(FILE *out, const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)data[i];
        if (byte < ' ' || byte >= 0x7F || byte == '\\')
            fprintf(out, "\\%02x", byte);
        else
            putc(byte, out);
    }
}

static enum xc_status put_terms(FILE *out, const struct xc_database *database, uint32_t docid, struct xc_error *error)
{
    struct xc_terms *terms = NULL;
    enum xc_status status = xc_database_document_terms(&terms, database, docid, error);
    while (!status && !(status = xc_terms_next(terms, error))) {
        struct xc_bytes term = xc_terms_term(terms);
        struct xc_positions *positions = NULL;
        uint32_t wdf = 0;
        xc_terms_wdf(&wdf, terms, error);
        fprintf(out, "%u term ", (unsigned)docid);
        put_bytes(out, term.data, term.length);
        fprintf(out, " %u", (unsigned)wdf);
        status = xc_terms_positions(&positions, terms, error);
        while (!status && !(status = xc_positions_next(positions, error)))
            fprintf(out, " @%u", (unsigned)xc_positions_position(positions));
        xc_positions_free(positions);
        putc('\n', out);
        if (status != XC_NOT_FOUND) break;
        status = XC_OK;
    }
    xc_terms_free(terms);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

static enum xc_status put_document(FILE *out, const struct xc_database *database, uint32_t docid,
                                   struct xc_error *error)
{
    struct xc_document *document = NULL;
    struct xc_values *values = NULL;
    struct xc_bytes data;
    uint32_t length = 0;
    enum xc_status status = xc_database_document(&document, database, docid, error);
    if (!status) status = xc_document_data(&data, document, error);
    if (!status) {
        fprintf(out, "%u data ", (unsigned)docid);
        put_bytes(out, data.data, data.length);
        status = xc_database_document_length(&length, database, docid, error);
        fprintf(out, "\n%u length %u\n", (unsigned)docid, (unsigned)length);
    }
    if (!status) status = xc_document_values(&values, document, error);
    while (!status && !(status = xc_values_next(values, error))) {
        struct xc_bytes value = xc_values_value(values);
        fprintf(out, "%u value %u ", (unsigned)docid, (unsigned)xc_values_slot(values));
        put_bytes(out, value.data, value.length);
        putc('\n', out);
    }
    xc_values_free(values);
    xc_document_free(document);
    return status == XC_NOT_FOUND ? put_terms(out, database, docid, error) : status;
}

static enum xc_status put_files(FILE *out, struct xc_database *database, struct xc_error *error)
{
    struct xc_terms *keys = NULL;
    enum xc_status status = xc_database_metadata_keys(&keys, database, METADATA_FILE, strlen(METADATA_FILE), error);
    while (!status && !(status = xc_terms_next(keys, error))) {
        struct xc_bytes key = xc_terms_term(keys), value;
        struct filestate state;
        status = xc_database_metadata(&value, database, key.data, key.length, error);
        if (status || filestate_decode(&state, (struct span){value.data, value.length})) continue;
        fprintf(out, "file %.*s size %llu documents %llu skipped %llu language %.*s\n", (int)state.relative.length,
                state.relative.data, (unsigned long long)state.size, (unsigned long long)state.documents,
                (unsigned long long)state.skipped, (int)state.language.length, state.language.data);
    }
    xc_terms_free(keys);
    return status == XC_NOT_FOUND ? XC_OK : status;
}

typedef enum xc_status each_fn(FILE *out, const struct xc_database *database, uint32_t docid, struct xc_error *error);

static int each_document(FILE *out, const char *path, each_fn *each, bool files)
{
    struct xc_error error = {0};
    struct xc_database *database = NULL;
    struct xc_postings *all = NULL;
    enum xc_status status = xc_database_open(&database, path, &error);
    if (!status) status = xc_database_postings(&all, database, NULL, 0, &error);
    while (!status && !(status = xc_postings_next(all, &error)))
        status = each(out, database, xc_postings_docid(all), &error);
    if (status == XC_NOT_FOUND) status = files ? put_files(out, database, &error) : XC_OK;
    xc_postings_free(all);
    xc_database_free(database);
    if (status) fprintf(stderr, "%s: %s\n", path, error.message);
    return status ? -1 : 0;
}

int dump_index(FILE *out, const char *path)
{
    return each_document(out, path, put_document, true);
}

static enum xc_status put_id(FILE *out, const struct xc_database *database, uint32_t docid, struct xc_error *error)
{
    struct xc_document *document = NULL;
    struct xc_bytes data;
    struct record record;
    enum xc_status status = xc_database_document(&document, database, docid, error);
    if (!status) status = xc_document_data(&data, document, error);
    if (!status && !record_decode(&record, (struct span){data.data, data.length}))
        fprintf(out, "%s%.*s", ftell(out) ? " " : "", (int)record.field[RECORD_ID].length,
                record.field[RECORD_ID].data);
    xc_document_free(document);
    return status;
}

int dump_ids(FILE *out, const char *path)
{
    return each_document(out, path, put_id, false);
}
