/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the names of an index's documents anew. */
#include "indexer/clock.h"
#include "indexer/naming_lists.h"
#include "indexer/terms.h"
#include "indexer/update.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARK_BYTES_MAX = 64 };

struct retag {
    const struct retag_options *options;
    struct retag_report report;
    struct error *error;
    struct naming_choice choice;
    struct naming_lists lists;
    struct naming *naming;
    struct store store;
    struct preparer preparer;
    struct buffer prepared;
    uint32_t *docids;
    size_t count;
    uint32_t last; /* document seen to */
};

static void warn(void *context, const char *path, const char *message)
{
    const struct retag *retag = context;
    struct index_note note = {.kind = INDEX_WARNING, .path = path, .reason = message};
    if (retag->options->note) retag->options->note(retag->options->context, &note);
}

static enum status open_all(struct retag *retag)
{
    const struct retag_options *options = retag->options;
    retag->choice = (struct naming_choice){.database = options->database,
                                           .model = options->model,
                                           .names = options->names,
                                           .warn = warn,
                                           .context = retag};
    struct store_options store = {.path = options->database,
                                  .existing = true,
                                  .wait = options->wait,
                                  .batch_bytes = options->batch_bytes ? options->batch_bytes : INDEX_BATCH_BYTES,
                                  .batch_documents =
                                      options->batch_documents ? options->batch_documents : INDEX_BATCH_DOCUMENTS};
    enum status status = store_open(&retag->store, &store, retag->error);
    if (!status) status = naming_lists_open(&retag->naming, &retag->lists, &retag->choice, retag->error);
    if (status) return status;
    status = preparer_init(&retag->preparer);
    if (!status) status = preparer_use_names(&retag->preparer, retag->naming);
    if (status) return fail(retag->error, status, "out of memory");
    return store_list(&retag->docids, &retag->count, &retag->store, SPAN(""), retag->error);
}

/* ---- where an earlier one stopped ---- */

/* The last document that a retag with the same model and lists saw to; 0 for none. */
static enum status read_mark(uint32_t *out, struct retag *retag)
{
    struct span mark, identity = span_of(naming_identity(retag->naming));
    char digits[MARK_BYTES_MAX];
    *out = 0;
    enum status status = store_metadata(&mark, &retag->store, SPAN(METADATA_RETAG), retag->error);
    if (status || mark.length >= sizeof digits || mark.length <= identity.length || !span_starts(mark, identity))
        return status;
    mark = span_cut(mark, identity.length, mark.length);
    memcpy(digits, mark.data, mark.length);
    digits[mark.length] = '\0';
    *out = (uint32_t)strtoul(digits, NULL, 10);
    return OK;
}

static enum status write_mark(struct retag *retag, uint32_t docid)
{
    char mark[MARK_BYTES_MAX + NAMING_IDENTITY];
    snprintf(mark, sizeof mark, "%s %" PRIu32, naming_identity(retag->naming), docid);
    return store_set_metadata(&retag->store, SPAN(METADATA_RETAG), span_of(mark), retag->error);
}

/* ---- one document ---- */

static enum status write_names(struct retag *retag, uint32_t docid)
{
    struct prepared prepared;
    buffer_clear(&retag->prepared);
    enum status status = preparer_finish(&retag->prepared, &retag->preparer, retag->error);
    if (status) return status;
    if (prepared_read(&prepared, buffer_span(&retag->prepared)))
        return fail(retag->error, DAMAGED, "a prepared document is damaged");
    status = store_put_names(&retag->store, docid, &prepared, retag->error);
    if (!status) retag->report.changed++;
    return status;
}

/* A document with more names than fit keeps those it has. */
static enum status leave_out(struct retag *retag, const struct record *record)
{
    struct error why = *retag->error;
    struct span id = record->field[RECORD_ID];
    char name[ERROR_BYTES_MAX];
    snprintf(name, sizeof name, "%.*s", (int)(id.length < sizeof name ? id.length : sizeof name - 1), id.data);
    struct index_note note = {
        .kind = INDEX_WARNING, .path = retag->options->database, .id = name, .reason = why.message};
    if (retag->options->note) retag->options->note(retag->options->context, &note);
    *retag->error = (struct error){0};
    return OK;
}

static enum status look_at_document(struct retag *retag, uint32_t docid)
{
    struct record record;
    struct preparer *preparer = &retag->preparer;
    enum status status = store_record(&record, &retag->store, docid, retag->error);
    if (status) return status == NOT_FOUND ? OK : status;
    status = preparer_begin_stored(preparer, &record, retag->error);
    if (status) return status;
    status = preparer_find_names(preparer);
    if (status) return fail(retag->error, status, "out of memory for the names of document %" PRIu32, docid);
    retag->report.documents++;
    if (span_equal(preparer->naming.encoded, record.names)) return OK;
    status = write_names(retag, docid);
    return status == LIMIT ? leave_out(retag, &record) : status;
}

/* ---- all ---- */

static enum status go_through(struct retag *retag)
{
    const struct retag_options *options = retag->options;
    uint32_t done;
    enum status status = read_mark(&done, retag);
    for (size_t i = 0; !status && i < retag->count; i++) {
        if (options->stop && *options->stop) return STOPPED;
        if (retag->docids[i] <= done) {
            retag->report.resumed++;
            retag->last = retag->docids[i];
        } else {
            status = look_at_document(retag, retag->docids[i]);
            if (!status) retag->last = retag->docids[i];
            if (!status && store_batch_full(&retag->store)) {
                status = write_mark(retag, retag->docids[i]);
                if (!status) status = store_commit(&retag->store, retag->error);
            }
        }
        if (options->progress) options->progress(options->context, i + 1, retag->count);
    }
    return status;
}

/* Everything has its names: the index says so. */
static enum status settle(struct retag *retag)
{
    struct span recorded, mark, identity = span_of(naming_identity(retag->naming));
    struct store *store = &retag->store;
    enum status status = naming_lists_record(&retag->lists, store, retag->naming, retag->error);
    if (!status) status = store_metadata(&recorded, store, SPAN(METADATA_MODEL), retag->error);
    if (!status && !span_equal(recorded, identity))
        status = store_set_metadata(store, SPAN(METADATA_MODEL), identity, retag->error);
    if (!status) status = store_metadata(&mark, store, SPAN(METADATA_RETAG), retag->error);
    if (!status && mark.length) status = store_set_metadata(store, SPAN(METADATA_RETAG), SPAN(""), retag->error);
    return status ? status : store_commit(store, retag->error);
}

static void release(struct retag *retag)
{
    preparer_release(&retag->preparer);
    naming_free(retag->naming);
    naming_lists_release(&retag->lists);
    store_close(&retag->store);
    buffer_release(&retag->prepared);
    free(retag->docids);
}

enum status index_retag(struct retag_report *out, const struct retag_options *options, struct error *error)
{
    struct error local = {0};
    struct retag retag = {.options = options, .error = error ? error : &local};
    double cpu = clock_cpu_seconds(), wall = clock_wall_seconds();
    buffer_init(&retag.prepared, SIZE_MAX / 2);
    enum status status = open_all(&retag);
    bool opened = !status;
    if (!status) status = go_through(&retag);
    if (!status) status = settle(&retag);
    if (status == STOPPED) {
        /* What was done is kept: the mark tells where the next one goes on. */
        enum status kept = write_mark(&retag, retag.last);
        if (!kept) kept = store_commit(&retag.store, retag.error);
        status = kept ? kept : fail(retag.error, STOPPED, "stopped; the next retag goes on from here");
    }
    release(&retag);
    retag.report.seconds = clock_wall_seconds() - wall;
    retag.report.cpu_seconds = clock_cpu_seconds() - cpu;
    if (opened) *out = retag.report;
    return status;
}
