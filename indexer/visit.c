/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update does with each file of the walk: leave it out, know it again, or have it read. */
#include "indexer/filehash.h"
#include "indexer/globs.h"
#include "indexer/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static char *absolute_path(const struct run *run, const struct source_file *file)
{
    if (is_standard_input(file->path)) return strdup("");
    if (file->named) return realpath(file->path, NULL);
    char *joined;
    const char *slash = strcmp(run->root, "/") == 0 ? "" : "/";
    return asprintf(&joined, "%s%s%s", run->root, slash, file->relative) < 0 ? NULL : joined;
}

/* Whether many documents are to be expected of a file, by its extension: then its records are shared out. */
static bool holds_records(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (!dot || strchr(dot, '/')) return false;
    struct span extension = span_of(dot + 1);
    for (const struct reader *reader = source_readers; reader->type; reader++) {
        if (!reader->records) continue;
        for (const char *word = reader->extensions; *word;) {
            size_t length = strcspn(word, " ");
            if (span_equal_fold(extension, (struct span){word, length})) return true;
            word += length + (word[length] == ' ');
        }
    }
    return false;
}

/* A file as it was found, before anything is known of it. */
struct visit {
    const struct source_file *file;
    const char *absolute;
    struct stat found;
    int64_t at; /* nanoseconds since the epoch: when that was */
    char hash[HASH_BYTES];
    bool hashed;
};

static void count_unchanged(struct run *run, const struct source_file *file, const struct filestate *state)
{
    run->report->unchanged += state->documents;
    if (state->skipped) {
        run_note(run, INDEX_SKIPPED, file->path, 0, SPAN(""),
                 "%llu of its records gave no document when it was read, and it has not changed since",
                 (unsigned long long)state->skipped);
        run->report->skipped += state->skipped;
    }
    run_progress(run, file->path, file->size);
    run->bytes_done += file->size;
}

static enum status make_task(struct task **out, const struct source_file *file, const char *absolute,
                             struct span relative, struct span language)
{
    struct task *task = task_new();
    if (!task) return NO_MEMORY;
    task->path = strdup(file->path);
    task->relative = strndup(relative.data, relative.length);
    task->absolute = strdup(absolute);
    task->language = strndup(language.data ? language.data : "", language.length);
    task->size = file->size;
    task->modified = file->modified;
    task->named = file->named;
    task->spread = absolute[0] && holds_records(file->relative);
    if (task->path && task->relative && task->absolute && task->language) {
        *out = task;
        return OK;
    }
    task_free(task);
    return NO_MEMORY;
}

static enum status have_read(struct run *run, const struct visit *visit, struct span relative, struct span language)
{
    struct task *task;
    if (make_task(&task, visit->file, visit->absolute, relative, language))
        return fail(run->error, NO_MEMORY, "out of memory");
    enum status status = run_begin_file(run, task, &visit->found, visit->hashed ? visit->hash : NULL, NULL);
    if (status) {
        task_free(task);
        return status;
    }
    return workers_submit(run->workers, task, run->error);
}

/* A file that was only touched, or given another inode, is known by its content, and its new facts are kept. */
static enum status know_again(bool *out, struct run *run, const struct visit *visit, const struct filestate *state)
{
    *out = visit->hashed && span_equal(state->hash, (struct span){visit->hash, HASH_BYTES});
    if (!*out) return OK;
    struct filestate now = *state;
    now.modified = nanoseconds_of(visit->found.st_mtim);
    now.size = (uint64_t)visit->found.st_size;
    now.inode = (uint64_t)visit->found.st_ino;
    count_unchanged(run, visit->file, &now);
    return run_save_state(run, &now, visit->at);
}

/* A file that is new to the index and has the content of one that is gone is that one: *[relative], of which its id is
 * made, stays what it was. */
static enum status find_old_place(struct span *relative, struct run *run, const struct visit *visit)
{
    if (!visit->hashed || !visit->found.st_size || !run->store.documents_at_open) return OK;
    if (!run->moved.filled) {
        enum xc_status failure;
        struct xc_error cause = {0};
        enum status status = moved_files_fill(&run->moved, run->store.view, &failure, &cause);
        if (failure) return store_failure(run->error, failure, &cause, run->options->database);
        if (status) return fail(run->error, status, "out of memory for the files the index remembers");
    }
    const struct moved_file *old = moved_files_take(&run->moved, (uint64_t)visit->found.st_size, visit->hash);
    if (!old) return OK;
    run->report->renamed++;
    run_note(run, INDEX_RENAMED, visit->file->path, 0, span_of(old->relative), "it was %s", old->path);
    *relative = span_of(old->relative);
    return OK;
}

/* The path of [absolute] below the root at hand; the whole path for what lies elsewhere. */
static const char *below_root(const struct run *run, const char *absolute)
{
    size_t length = run->root ? strlen(run->root) : 0;
    if (!length || !path_is_under(span_of(absolute), (struct span){run->root, length})) return absolute;
    const char *rest = absolute + length;
    return *rest == '/' ? rest + 1 : rest;
}

/* The file at [path] was renamed once and has kept its old path as its id. Another file now stands at that old path:
 * the renamed one is read again under the path it has. */
static enum status give_way(struct run *run, const char *path)
{
    struct visit visit = {.absolute = path, .at = run_now()};
    if (fstatat(AT_FDCWD, path, &visit.found, AT_SYMLINK_NOFOLLOW) || !S_ISREG(visit.found.st_mode)) return OK;
    struct source_file file = {.path = path,
                               .relative = below_root(run, path),
                               .size = (uint64_t)visit.found.st_size,
                               .modified = nanoseconds_of(visit.found.st_mtim)};
    visit.file = &file;
    visit.hashed = file_hash(visit.hash, path, false) == OK;
    bool fresh;
    enum status status = hashset_add(&fresh, &run->files, span_of(path));
    if (status) return fail(run->error, status, "out of memory");
    if (!fresh) return OK;
    run->report->files++;
    struct filestate state;
    bool known;
    status = run_file_state(&state, &known, run, path);
    if (status) return status;
    struct span language = run->language[0] ? span_of(run->language)
                           : known          ? state.language
                                            : span_of(run->store.language);
    char kept[STORE_LANGUAGE_MAX] = "";
    memcpy(kept, language.data, language.length < sizeof kept ? language.length : 0);
    return have_read(run, &visit, span_of(file.relative), span_of(kept));
}

/* Whether a file has another place than when its id was made: its path would end in that otherwise. */
static bool was_renamed(const struct filestate *state)
{
    size_t length = state->path.length, tail = state->relative.length;
    return tail > length || !span_equal(span_cut(state->path, length - tail, length), state->relative);
}

/* Whether the id that [file], new to the index, would have is that of a renamed file, which is then dealt with. */
static enum status settle_id(struct run *run, const struct visit *visit)
{
    uint32_t docid;
    struct record record;
    if (!run->store.documents_at_open || !visit->absolute[0]) return OK;
    enum status status = run_find_id(&docid, run, span_of(visit->file->relative));
    if (!status) status = store_record(&record, &run->store, docid, run->error);
    if (status) return status == NOT_FOUND ? OK : status;
    struct span holder = record.field[RECORD_PATH];
    if (!holder.length || span_equal(holder, span_of(visit->absolute)) || !recorded_path_exists(holder)) return OK;
    char *path = strndup(holder.data, holder.length);
    if (!path) return fail(run->error, NO_MEMORY, "out of memory");
    struct filestate state;
    bool known;
    status = run_file_state(&state, &known, run, path);
    if (!status && known && was_renamed(&state) && span_equal(state.relative, span_of(visit->file->relative)))
        status = give_way(run, path);
    free(path);
    return status;
}

static enum status visit_unknown(struct run *run, const struct visit *visit)
{
    struct span relative = span_of(visit->file->relative);
    enum status status = find_old_place(&relative, run, visit);
    if (!status && relative.data == visit->file->relative) status = settle_id(run, visit);
    if (status) return status;
    return have_read(run, visit, relative, span_of(run->language[0] ? run->language : run->store.language));
}

/* Reads the file unless it is as it was the last time. */
static enum status visit_file(struct run *run, const struct source_file *file, const char *absolute)
{
    struct visit visit = {.file = file, .absolute = absolute, .at = run_now()};
    struct filestate state = {0};
    bool known = false;
    const char *language = run->language[0] ? run->language : NULL;
    if (!absolute[0]) return visit_unknown(run, &visit);
    if (fstatat(AT_FDCWD, file->path, &visit.found, file->named ? 0 : AT_SYMLINK_NOFOLLOW)) {
        run_note(run, INDEX_SKIPPED, file->path, 0, SPAN(""), "it cannot be examined: %s", strerror(errno));
        run->report->skipped++;
        return OK;
    }
    enum status status = run_file_state(&state, &known, run, absolute);
    if (status) return status;
    bool same_language = known && (!language || span_equal(state.language, span_of(language)));
    if (same_language && filestate_matches(&state, &visit.found)) {
        count_unchanged(run, file, &state);
        return OK;
    }
    visit.hashed = file_hash(visit.hash, file->path, file->named) == OK;
    if (!known) return visit_unknown(run, &visit);
    bool again = false;
    if (same_language) status = know_again(&again, run, &visit, &state);
    if (status || again) return status;
    return have_read(run, &visit, state.relative, language ? span_of(language) : state.language);
}

static bool is_wanted(const struct run *run, const struct source_file *file, const char *absolute)
{
    const char *left = run->options->leave_out;
    size_t length = left ? strlen(left) : 0;
    /* A report is written as NAME.new before it is put in its place. */
    if (left && !strncmp(absolute, left, length) && (!absolute[length] || !strcmp(absolute + length, ".new")))
        return false;
    return file->named || globs_want(&run->options->globs, file->relative);
}

enum status run_visit(struct run *run, const struct source_file *file)
{
    if (run->options->stop && *run->options->stop) return STOPPED;
    char *absolute = absolute_path(run, file);
    if (!absolute) {
        run_skip(run, file->path, 0, SPAN(""), errno == ENOMEM ? "out of memory" : strerror(errno));
        return OK;
    }
    bool fresh = true;
    enum status status = OK;
    if (is_wanted(run, file, absolute)) {
        status = hashset_add(&fresh, &run->files, span_of(absolute[0] ? absolute : "-"));
        if (status) fail(run->error, status, "out of memory");
        if (!status && fresh) {
            run->report->files++;
            status = visit_file(run, file, absolute);
        }
    }
    free(absolute);
    return status;
}
