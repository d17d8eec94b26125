/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of an update share: notes, progress, recorded states; and the removal of what is gone. */
#include "indexer/run.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_ROOT_MAX = 150 /* bytes of a root that are sure to stand in the key of a file below it */ };

void run_note(struct run *run, enum index_note_kind kind, const char *path, uint64_t where, struct span id,
              const char *format, ...)
{
    if (!run->options->note) return;
    char reason[ERROR_BYTES_MAX], name[ERROR_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    snprintf(name, sizeof name, "%.*s", (int)(id.length < sizeof name ? id.length : sizeof name - 1), id.data);
    struct index_note note = {
        .kind = kind, .path = path, .where = where, .id = id.length ? name : NULL, .reason = reason[0] ? reason : NULL};
    run->options->note(run->options->context, &note);
}

void run_skip(struct run *run, const char *path, uint64_t where, struct span id, const char *reason)
{
    run->report->skipped++;
    run_note(run, INDEX_SKIPPED, path, where, id, "%s", reason);
}

void run_time_file(struct run *run, const char *path, double seconds)
{
    if (!run->options->note || !path) return;
    if (!run->slowest) run->slowest = calloc(INDEX_SLOWEST_MAX, sizeof *run->slowest);
    bool full = run->slowest_count == INDEX_SLOWEST_MAX;
    if (!run->slowest || (full && seconds <= run->slowest[0].seconds)) return;
    char *copy = strdup(path);
    if (!copy) return; /* a note the less */
    size_t place = 0;
    if (full) {
        free(run->slowest[0].path);
        while (place + 1 < run->slowest_count && run->slowest[place + 1].seconds < seconds) {
            run->slowest[place] = run->slowest[place + 1];
            place++;
        }
    } else {
        place = run->slowest_count++;
        for (; place && run->slowest[place - 1].seconds > seconds; place--)
            run->slowest[place] = run->slowest[place - 1];
    }
    run->slowest[place] = (struct slow_file){copy, seconds};
}

void run_tell_slowest(struct run *run)
{
    for (size_t i = run->slowest_count; i-- > 0;) {
        struct index_note note = {.kind = INDEX_SLOW, .path = run->slowest[i].path, .seconds = run->slowest[i].seconds};
        run->options->note(run->options->context, &note);
    }
}

void run_progress(struct run *run, const char *path, uint64_t bytes_of_file)
{
    if (!run->options->progress) return;
    const struct index_report *report = run->report;
    struct index_progress progress = {.bytes_done = run->bytes_done + bytes_of_file,
                                      .bytes_total = run->bytes_total,
                                      .documents = report->added + report->updated + report->unchanged,
                                      .path = path};
    run->options->progress(run->options->context, &progress);
}

enum status run_file_state(struct filestate *out, bool *known, struct run *run, const char *path)
{
    struct span value;
    *known = false;
    buffer_clear(&run->key);
    if (filestate_key(&run->key, span_of(path))) return fail(run->error, NO_MEMORY, "out of memory");
    enum status status = store_metadata(&value, &run->store, buffer_span(&run->key), run->error);
    if (status || !value.length) return status;
    /* A state that cannot be read is one that is not there: the file is read again. */
    *known = filestate_decode(out, value) == OK && span_equal(out->path, span_of(path));
    return OK;
}

static bool is_gone(const char *path)
{
    struct stat found;
    if (lstat(path, &found)) return errno == ENOENT || errno == ENOTDIR;
    return !S_ISREG(found.st_mode);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool recorded_path_exists(struct span path)
{
    char *name = strndup(path.data, path.length);
    if (!name) return true; /* nothing is taken from a file that may be there */
    bool exists = !is_gone(name);
    char *to = name;
    bool odd = false;
    for (const char *from = name; *from;) {
        int high = *from == '%' ? hex_digit(from[1]) : -1, low = high >= 0 ? hex_digit(from[2]) : -1;
        odd |= low >= 0;
        *to++ = low >= 0 ? (char)(high << 4 | low) : *from;
        from += low >= 0 ? 3 : 1;
    }
    *to = '\0';
    if (!exists && odd) exists = !is_gone(name);
    free(name);
    return exists;
}

/* ---- what is gone ---- */

struct gone {
    struct arena names;
    char **paths;
    size_t count, capacity;
};

static enum status add_gone(struct gone *gone, struct span path)
{
    if (gone->count == gone->capacity) {
        size_t capacity = gone->capacity ? gone->capacity * 2 : 64;
        char **larger = realloc(gone->paths, capacity * sizeof *larger);
        if (!larger) return NO_MEMORY;
        gone->paths = larger;
        gone->capacity = capacity;
    }
    char *name = arena_copy(&gone->names, path);
    if (!name) return NO_MEMORY;
    gone->paths[gone->count++] = name;
    return OK;
}

/* Whether the patterns leave out what lies at [path], below [root]; the root itself was named, and is wanted. */
static bool is_unwanted(struct run *run, struct span path, struct span root)
{
    if (path.length == root.length) return false;
    const char *relative = run->path.data + root.length; /* with a NUL after it */
    return !globs_want(&run->options->globs, *relative == '/' ? relative + 1 : relative);
}

/* Looks at every recorded file under [root]. */
static enum status find_gone(struct gone *gone, struct run *run, struct span root)
{
    struct xc_error cause = {0};
    struct xc_terms *keys = NULL;
    buffer_clear(&run->key);
    enum status status = buffer_append_string(&run->key, METADATA_FILE);
    if (!status) status = buffer_append_span(&run->key, span_cut(root, 0, KEY_ROOT_MAX));
    if (status) return fail(run->error, status, "out of memory");
    enum xc_status found = xc_database_metadata_keys(&keys, run->store.view, run->key.data, run->key.length, &cause);
    while (!found && !(found = xc_terms_next(keys, &cause))) {
        struct xc_bytes key = xc_terms_term(keys);
        struct span value;
        struct filestate state;
        status = store_metadata(&value, &run->store, (struct span){key.data, key.length}, run->error);
        if (status) break;
        if (filestate_decode(&state, value) || !path_is_under(state.path, root) || !state.path.length) continue;
        buffer_clear(&run->path);
        status = buffer_append_span(&run->path, state.path);
        if (!status && (is_gone(run->path.data) || is_unwanted(run, state.path, root)))
            status = add_gone(gone, state.path);
        if (status) {
            fail(run->error, status, "out of memory for the files that are gone");
            break;
        }
    }
    xc_terms_free(keys);
    if (status || !found || found == XC_NOT_FOUND) return status;
    return store_failure(run->error, found, &cause, run->options->database);
}

static enum status remove_file(struct run *run, const char *path)
{
    uint32_t *docids = NULL;
    size_t count = 0;
    buffer_clear(&run->key);
    if (terms_file(&run->key, span_of(path))) return fail(run->error, NO_MEMORY, "out of memory");
    enum status status = store_list(&docids, &count, &run->store, buffer_span(&run->key), run->error);
    for (size_t i = 0; !status && i < count; i++) status = store_delete(&run->store, docids[i], run->error);
    free(docids);
    if (status) return status;
    run->report->removed += count;
    run_note(run, INDEX_REMOVED, path, 0, SPAN(""), "the file is %s, and its documents with it: %zu",
             is_gone(path) ? "gone" : "not wanted any more", count);
    buffer_clear(&run->key);
    if (filestate_key(&run->key, span_of(path))) return fail(run->error, NO_MEMORY, "out of memory");
    return store_set_metadata(&run->store, buffer_span(&run->key), SPAN(""), run->error);
}

enum status run_prune(struct run *run, const char *root)
{
    struct gone gone = {0};
    arena_init(&gone.names, SIZE_MAX / 2);
    enum status status = find_gone(&gone, run, span_of(root));
    for (size_t i = 0; !status && i < gone.count; i++) {
        if (run->options->stop && *run->options->stop) status = STOPPED;
        if (!status) status = remove_file(run, gone.paths[i]);
    }
    free(gone.paths);
    arena_release(&gone.names);
    return status;
}
