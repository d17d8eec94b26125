/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The course of an update: the walk over the files, and what is not to be read again. */
#include "indexer/update.h"

#include "indexer/caches.h"
#include "indexer/clock.h"
#include "indexer/filehash.h"
#include "indexer/globs.h"
#include "indexer/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SCRATCH_MAX = 256 * 1024,
    PROCESS_MEMORY = 60, /* MB a process takes for ordinary documents and names */
    BULK_LEAST = 16,     /* MB: with less, the runs are so short that merging them costs */
    BULK_MOST = 1024
};

static const char default_language[] = {LANGUAGE_TOLD, 'e', 'n', '\0'};

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* ---- the walk ---- */

static enum status on_file(void *context, const struct source_file *file)
{
    return run_visit(context, file);
}

static enum status on_folder(void *context, const char *relative, bool *enter)
{
    const struct run *run = context;
    *enter = !globs_leave_out(&run->options->globs, relative);
    return OK;
}

static enum status on_skipped(void *context, const char *path, const char *reason)
{
    run_skip(context, path, 0, SPAN(""), reason);
    return OK;
}

static enum status add_size(void *context, const struct source_file *file)
{
    struct run *run = context;
    if (file->named || globs_want(&run->options->globs, file->relative)) run->bytes_total += file->size;
    return run->options->stop && *run->options->stop ? STOPPED : OK;
}

/* So that a progress bar knows its end. What goes wrong here will be told by the walk itself. */
static void measure(struct run *run)
{
    struct source_visitor visitor = {.file = add_size, .folder = on_folder, .context = run};
    struct error ignored;
    if (!run->options->progress) return;
    for (size_t i = 0; i < run->options->path_count; i++) {
        if (is_standard_input(run->options->paths[i])) {
            run->bytes_total = 0;
            return;
        }
        source_walk(run->options->paths[i], &visitor, &ignored);
    }
}

/* The absolute path of [path], of which the last part may be gone. NULL with errno. */
static char *absolute_root(const char *path)
{
    if (is_standard_input(path)) return strdup("");
    char *whole = realpath(path, NULL);
    if (whole || (errno != ENOENT && errno != ENOTDIR)) return whole;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    const char *slash = memrchr(path, '/', length);
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    char *parent = folder ? realpath(folder, NULL) : NULL;
    const char *name = slash ? slash + 1 : path;
    free(folder);
    if (!parent) return NULL;
    char *joined;
    int written = asprintf(&joined, "%s/%.*s", strcmp(parent, "/") ? parent : "", (int)(path + length - name), name);
    free(parent);
    return written < 0 ? NULL : joined;
}

/* [missing] keeps the error of the first path where nothing is. */
static enum status walk_root(struct run *run, const char *path, struct error *missing)
{
    struct source_visitor visitor = {.file = on_file, .folder = on_folder, .skipped = on_skipped, .context = run};
    struct error why = {0};
    run->root = absolute_root(path);
    enum status status = run->root ? source_walk(path, &visitor, &why) : NOT_FOUND;
    if (status == NOT_FOUND) {
        /* A root that is gone is no mistake when what is gone is to be removed. */
        bool pruned = run->root && run->options->prune;
        if (!pruned && !missing->status)
            fail(missing, NOT_FOUND, "nothing at '%s' (check the path; --prune removes what was indexed there)", path);
        status = OK;
    } else if (status && why.status) {
        fail(run->error, status, "%s", why.message);
    }
    return status;
}

static enum status walk_all(struct run *run, struct error *missing)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < run->options->path_count; i++) {
        status = walk_root(run, run->options->paths[i], missing);
        free(run->root);
        run->root = NULL;
    }
    return status ? status : workers_finish(run->workers, run->error);
}

/* Reads once more the files with records whose ids belonged to files that had not been read yet. */
static enum status look_again(struct run *run)
{
    enum status status = OK;
    while (!status && run->second_first) {
        struct second_look look = *run->second_first;
        free(run->second_first);
        run->second_first = look.next;
        struct task *task = look.task;
        struct stat found;
        if (fstatat(AT_FDCWD, task->path, &found, task->named ? 0 : AT_SYMLINK_NOFOLLOW)) {
            task_free(task); /* gone meanwhile: the next run sees to it */
            continue;
        }
        char hash[HASH_BYTES];
        bool hashed = file_hash(hash, task->path, task->named) == OK;
        status = run_begin_file(run, task, &found, hashed ? hash : NULL, &look);
        if (status) {
            task_free(task);
            break;
        }
        status = workers_submit(run->workers, task, run->error);
    }
    return status ? status : workers_finish(run->workers, run->error);
}

static enum status prune_all(struct run *run)
{
    enum status status = OK;
    for (size_t i = 0; !status && run->options->prune && i < run->options->path_count; i++) {
        char *root = absolute_root(run->options->paths[i]);
        if (root && root[0]) status = run_prune(run, root);
        free(root);
    }
    return status;
}

/* ---- the whole ---- */

static enum status check_options(const struct index_options *options, struct error *error)
{
    if (!options->database || !options->database[0]) return fail(error, INVALID, "no index is named");
    if (!options->path_count) return fail(error, INVALID, "no path to index is named");
    return OK;
}

/* The code of the language that was asked for, as documents state theirs. */
static enum status read_language(struct run *run)
{
    struct document document;
    if (!run->options->language) return OK;
    document_init(&document);
    enum status status = document_state(&document, FIELD_LANGUAGE, span_of(run->options->language), WHY_STATED);
    struct span code = document_get(&document, FIELD_LANGUAGE);
    if (status)
        fail(run->error, status, "out of memory");
    else if (!code.length || code.length >= sizeof run->language)
        status = fail(run->error, INVALID, "unknown language '%.40s' (give its ISO 639-1 code, such as en, fr or th)",
                      run->options->language);
    else
        memcpy(run->language, code.data, code.length);
    document_release(&document);
    return status;
}

static unsigned jobs_of(const struct index_options *options)
{
    if (options->jobs) return options->jobs < INDEX_JOBS_MAX ? options->jobs : INDEX_JOBS_MAX;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > INDEX_JOBS_DEFAULT_MAX ? INDEX_JOBS_DEFAULT_MAX : (unsigned)cores;
}

/* What is left of the memory for the loader once each process has its means; half of that, as the loader's own tables
 * and the system's buffers take some too. */
static size_t bulk_memory(const struct index_options *options)
{
    size_t whole = (options->memory ? options->memory : INDEX_MEMORY) >> 20,
           processes = PROCESS_MEMORY * jobs_of(options);
    size_t left = whole > processes ? (whole - processes) / 2 : 0;
    return (left < BULK_LEAST ? BULK_LEAST : left > BULK_MOST ? BULK_MOST : left) << 20;
}

static enum status open_all(struct run *run)
{
    const struct index_options *options = run->options;
    enum status status = run_open_naming(run);
    if (status) return status;
    struct store_options store = {.path = options->database,
                                  .dry = options->dry_run,
                                  .language = run->language[0] ? run->language : default_language,
                                  .model = run->naming ? naming_identity(run->naming) : NULL,
                                  .wait = options->wait,
                                  .bulk_memory = options->no_bulk ? 0 : bulk_memory(options),
                                  .batch_bytes = options->batch_bytes ? options->batch_bytes : INDEX_BATCH_BYTES,
                                  .batch_documents =
                                      options->batch_documents ? options->batch_documents : INDEX_BATCH_DOCUMENTS};
    status = store_open(&run->store, &store, run->error);
    if (!status) status = run_settle_naming(run);
    if (status) return status;
    run->source = (struct source_options){.ocr = options->ocr, .columns = options->columns, .stop = options->stop};
    struct workers_options workers = {
        .jobs = jobs_of(options),
        .index = run->store.documents_at_open ? options->database : NULL,
        .naming = run->naming,
        .source = &run->source,
        .stop = options->stop,
        .sink = {.document = run_document, .bad_record = run_bad_record, .end = run_end, .context = run}};
    return workers_new(&run->workers, &workers, run->error);
}

/* What the walk came to is committed whatever ended it, unless the store itself failed. */
static enum status finish(struct run *run, enum status status)
{
    struct error late = {0};
    if (!run->store.document) return status;
    enum status committed = store_commit(&run->store, &late);
    if (committed && !status) {
        status = committed;
        fail(run->error, committed, "%s", late.message);
    }
    /* Still under the lock; a run that is stopped leaves them to the next. */
    if (!status && !run->options->dry_run && caches_build(run->options->database, &late))
        run_note(run, INDEX_WARNING, run->options->database, 0, SPAN(""), "searches will be slower: %s", late.message);
    struct error ignored;
    if (store_count(&run->report->documents, &run->store, &ignored)) run->report->documents = 0;
    return status;
}

static void release(struct run *run)
{
    workers_free(run->workers);
    naming_free(run->naming);
    store_close(&run->store);
    hashset_release(&run->ids);
    for (size_t i = 0; i < run->met_count; i++) free(run->met_paths[i]);
    free(run->met_paths);
    hashset_release(&run->files);
    hashset_release(&run->waiting);
    moved_files_release(&run->moved);
    for (size_t i = 0; i < run->slowest_count; i++) free(run->slowest[i].path);
    free(run->slowest);
    while (run->second_first) {
        struct second_look *look = run->second_first;
        run->second_first = look->next;
        task_free(look->task);
        free(look);
    }
    free(run->root);
    buffer_release(&run->key);
    buffer_release(&run->state);
    buffer_release(&run->path);
    naming_lists_release(&run->lists);
}

enum status index_update(struct index_report *out, const struct index_options *options, struct error *error)
{
    struct error local = {0}, missing = {0};
    bool opened = false;
    double cpu = clock_cpu_seconds(), wall = clock_wall_seconds();
    struct index_report report = {0};
    struct run run = {.options = options, .report = &report, .error = error ? error : &local};
    enum status status = check_options(options, run.error);
    if (status) return status;
    buffer_init(&run.key, SCRATCH_MAX);
    buffer_init(&run.state, SCRATCH_MAX);
    buffer_init(&run.path, SCRATCH_MAX);
    status = read_language(&run);
    if (!status) status = open_all(&run);
    if (!status) {
        opened = true;
        measure(&run);
        status = walk_all(&run, &missing);
    }
    if (!status) status = look_again(&run);
    if (!status) status = prune_all(&run);
    status = finish(&run, status);
    run_tell_slowest(&run);
    release(&run);
    report.seconds = clock_wall_seconds() - wall;
    report.cpu_seconds = clock_cpu_seconds() - cpu;
    if (opened) *out = report;
    if (status == STOPPED)
        return fail(error, STOPPED, "stopped; what was done is in the index, and the next run does the rest");
    if (!status && missing.status) return fail(error, missing.status, "%s", missing.message);
    return status;
}
