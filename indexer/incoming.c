/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update does with each document and at the end of each file. */
#include "indexer/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A file changed so shortly before it was read may change again without its time showing it: FAT counts in 2 s. */
static const int64_t settled_after = 2000000000; /* nanoseconds */

static void file_work_free(void *context)
{
    struct file_work *work = context;
    if (!work) return;
    free(work->held);
    free(work->kept);
    free(work);
}

static enum status no_memory(struct run *run)
{
    return fail(run->error, NO_MEMORY, "out of memory");
}

int64_t run_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds_of(now);
}

enum status run_begin_file(struct run *run, struct task *task, const struct stat *found, const char *hash,
                           const struct second_look *look)
{
    struct file_work *work = calloc(1, sizeof *work);
    if (!work) return no_memory(run);
    work->before = *found;
    work->found_at = run_now();
    if (hash) memcpy(work->hash, hash, HASH_BYTES);
    work->hashed = hash != NULL;
    task->context = work;
    task->free_context = file_work_free;
    if (look) {
        work->again = true;
        work->documents = look->documents;
        work->skipped = look->skipped;
        work->unsettled = look->unsettled;
    }
    if (!task->absolute[0] || !run->store.documents_at_open) return OK;
    buffer_clear(&run->key);
    if (terms_file(&run->key, span_of(task->absolute))) return no_memory(run);
    enum status status = store_list(&work->held, &work->held_count, &run->store, buffer_span(&run->key), run->error);
    if (status || !work->held_count) return status;
    work->kept = calloc(work->held_count, sizeof *work->kept);
    return work->kept ? OK : no_memory(run);
}

static int compare_docids(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Whether [docid] is one of this file's documents; it is marked as still there. */
static bool keep(struct file_work *work, uint32_t docid)
{
    if (!work->held_count) return false;
    const uint32_t *found = bsearch(&docid, work->held, work->held_count, sizeof docid, compare_docids);
    if (found) work->kept[found - work->held] = true;
    return found != NULL;
}

enum status run_find_id(uint32_t *docid, struct run *run, struct span id)
{
    buffer_clear(&run->key);
    if (terms_id(&run->key, id)) return no_memory(run);
    return store_find(docid, &run->store, buffer_span(&run->key), run->error);
}

static int shown(struct span text)
{
    return (int)(text.length < 300 ? text.length : 300); /* bytes: a message has about a thousand */
}

/* Keeps in mind that the document called [id] was met, and where: the number of its file, and the line in it. */
static enum status meet(struct run *run, struct task *task, const struct reading_result *result)
{
    struct file_work *work = task->context;
    if (!work->number) {
        if (run->met_count == run->met_capacity) {
            size_t capacity = run->met_capacity ? 2 * run->met_capacity : 256;
            char **larger = realloc(run->met_paths, capacity * sizeof *larger);
            if (!larger) return no_memory(run);
            run->met_paths = larger;
            run->met_capacity = capacity;
        }
        run->met_paths[run->met_count] = strdup(task->absolute);
        if (!run->met_paths[run->met_count]) return no_memory(run);
        work->number = (uint32_t)++run->met_count;
    }
    uint64_t line = result->where < UINT32_MAX ? result->where : UINT32_MAX;
    return hashset_add_noted(NULL, &run->ids, result->id, (uint64_t)work->number << 32 | line) ? no_memory(run) : OK;
}

/* A second document with an id met before in this run: the first one stays. */
static void skip_duplicate(struct run *run, struct task *task, const struct reading_result *result)
{
    struct file_work *work = task->context;
    uint64_t place = hashset_note(&run->ids, result->id);
    const char *path = run->met_paths[(place >> 32) - 1];
    uint32_t line = (uint32_t)place;
    struct error reason;
    fail(&reason, OK, "its id '%.*s' is that of %.300s%s%.0u, which stays (give each document an id of its own)",
         shown(result->id), result->id.data, path[0] ? path : "another document of standard input",
         line < 2 ? "" : " line ", line < 2 ? 0 : line);
    run_skip(run, task->path, result->where, result->id, reason.message);
    work->skipped++;
    work->unsettled |= strcmp(path, task->absolute) != 0;
}

/* Whether the file with this recorded path will be read in this run, or has been: it may give its documents up. */
static enum status may_change(bool *out, struct run *run, struct span recorded)
{
    struct filestate state;
    struct stat found;
    bool known;
    *out = false;
    buffer_clear(&run->path);
    if (buffer_append_span(&run->path, recorded)) return no_memory(run);
    enum status status = run_file_state(&state, &known, run, run->path.data);
    if (status || !known) return status;
    *out = fstatat(AT_FDCWD, run->path.data, &found, AT_SYMLINK_NOFOLLOW) == 0 && !filestate_matches(&state, &found);
    return OK;
}

/* Names a waiting record in [run->key]: its file, and its id. */
static enum status waiting_key(struct run *run, const struct task *task, struct span id)
{
    buffer_clear(&run->key);
    enum status status = buffer_append(&run->key, task->absolute, strlen(task->absolute) + 1);
    if (!status) status = buffer_append_span(&run->key, id);
    return status ? no_memory(run) : OK;
}

/* A document whose id is that of a document of another file, [record]. *[taken] is whether it may replace that one. */
static enum status settle(bool *taken, struct run *run, struct task *task, const struct reading_result *result,
                          const struct record *record)
{
    struct file_work *work = task->context;
    struct span other = record->field[RECORD_PATH];
    bool wait = false;
    *taken = !other.length || !recorded_path_exists(other);
    if (*taken) return OK;
    if (!work->again && task->absolute[0]) {
        enum status status = may_change(&wait, run, other);
        if (status) return status;
    }
    if (wait) {
        work->waiting = true;
        enum status status = waiting_key(run, task, result->id);
        return status ? status : hashset_add(NULL, &run->waiting, buffer_span(&run->key));
    }
    struct error reason;
    fail(&reason, OK,
         "its id '%.*s' belongs to %.*s (index the folder that holds both, or give each document an id of its own)",
         shown(result->id), result->id.data, shown(other), other.data);
    run_skip(run, task->path, result->where, result->id, reason.message);
    work->skipped++;
    work->unsettled = true;
    return OK;
}

/* The file a document was moved from is not as it was recorded, should it come back. */
static enum status forget_file(struct run *run, struct span recorded)
{
    if (!recorded.length) return OK;
    buffer_clear(&run->key);
    if (filestate_key(&run->key, recorded)) return no_memory(run);
    return store_set_metadata(&run->store, buffer_span(&run->key), SPAN(""), run->error);
}

/* Finds what the index has under the document's id: *[docid] is what to replace, 0 for nothing, and *[wanted] whether
 * the document is to be written at all. */
static enum status find_place(uint32_t *docid, bool *wanted, struct run *run, struct task *task,
                              const struct reading_result *result)
{
    *wanted = true;
    *docid = result->existing;
    enum status status = OK;
    if (!result->compared) status = run_find_id(docid, run, result->id);
    if (status == NOT_FOUND) *docid = 0, status = OK;
    if (status || !*docid || keep(task->context, *docid)) return status;
    struct record record;
    status = store_record(&record, &run->store, *docid, run->error);
    if (status == NOT_FOUND) *docid = 0; /* removed since the worker saw it */
    if (status) return status == NOT_FOUND ? OK : status;
    status = settle(wanted, run, task, result, &record);
    if (status || !*wanted) return status;
    return forget_file(run, record.field[RECORD_PATH]);
}

static enum status write_document(struct run *run, struct task *task, const struct reading_result *result)
{
    struct file_work *work = task->context;
    struct prepared prepared;
    uint32_t docid;
    bool wanted;
    enum status status = find_place(&docid, &wanted, run, task, result);
    if (status || !wanted) return status;
    if (prepared_read(&prepared, result->prepared)) return fail(run->error, DAMAGED, "a prepared document is damaged");
    status = store_put(NULL, &run->store, docid, &prepared, run->error);
    if (status) return status;
    if (meet(run, task, result)) return NO_MEMORY;
    work->documents++;
    ++*(docid ? &run->report->updated : &run->report->added);
    run->report->text_bytes += prepared.text_bytes;
    run->report->untagged += (prepared.flags & PREPARED_UNTAGGED) != 0;
    run_note(run, docid ? INDEX_UPDATED : INDEX_ADDED, task->path, result->where, result->id, "%s", "");
    if (prepared.flags & PREPARED_UNDATED) {
        run->report->undated++;
        run_note(run, INDEX_UNDATED, task->path, result->where, result->id, "no date was found in it");
    }
    return OK;
}

/* A document with an id met before in this run. When the file is read again, that is so for all but those that waited.
 */
static enum status meet_again(struct run *run, struct task *task, const struct reading_result *result)
{
    const struct file_work *work = task->context;
    if (work->again) {
        enum status status = waiting_key(run, task, result->id);
        if (status || !hashset_has(&run->waiting, buffer_span(&run->key))) return status;
    }
    skip_duplicate(run, task, result);
    return OK;
}

enum status run_document(void *context, struct task *task, const struct reading_result *result)
{
    struct run *run = context;
    struct file_work *work = task->context;
    enum status status = OK;
    if (hashset_has(&run->ids, result->id)) {
        status = meet_again(run, task, result);
    } else if (result->unchanged) {
        keep(work, result->existing);
        work->documents++;
        run->report->unchanged++;
        status = meet(run, task, result);
    } else {
        status = write_document(run, task, result);
    }
    work->bytes_seen += result->bytes;
    if (work->bytes_seen > task->size) work->bytes_seen = task->size;
    run_progress(run, task->path, work->again ? 0 : work->bytes_seen);
    return status;
}

enum status run_bad_record(void *context, struct task *task, uint64_t where, const char *reason, bool crashed)
{
    struct file_work *work = task->context;
    work->unsettled |= crashed;
    if (work->again) return OK; /* told the first time */
    run_skip(context, task->path, where, SPAN(""), reason);
    work->skipped++;
    return OK;
}

/* Removes what the file, read to its end, no longer holds. */
static enum status remove_lost(struct run *run, struct task *task)
{
    struct file_work *work = task->context;
    for (size_t i = 0; i < work->held_count && !work->again; i++) {
        if (work->kept[i]) continue;
        struct record record;
        enum status status = store_record(&record, &run->store, work->held[i], run->error);
        if (status == NOT_FOUND) continue;
        if (status) return status;
        run_note(run, INDEX_REMOVED, task->path, 0, record.field[RECORD_ID], "it is no longer in the file");
        status = store_delete(&run->store, work->held[i], run->error);
        if (status) return status;
        run->report->removed++;
    }
    return OK;
}

/* Keeps the file in mind for when all others have been read. */
static enum status wait_for_others(struct run *run, const struct task *task)
{
    const struct file_work *work = task->context;
    struct second_look *look = calloc(1, sizeof *look);
    struct task *copy = task_new();
    if (!look || !copy) {
        free(look);
        task_free(copy);
        return no_memory(run);
    }
    *copy = *task;
    copy->context = NULL;
    copy->free_context = NULL;
    copy->path = strdup(task->path);
    copy->relative = strdup(task->relative);
    copy->absolute = strdup(task->absolute);
    copy->language = strdup(task->language);
    *look = (struct second_look){copy, work->documents, work->skipped, work->unsettled, NULL};
    if (!copy->path || !copy->relative || !copy->absolute || !copy->language) {
        free(look);
        task_free(copy);
        return no_memory(run);
    }
    *(run->second_last && run->second_first ? &run->second_last->next : &run->second_first) = look;
    run->second_last = look;
    return OK;
}

enum status run_save_state(struct run *run, struct filestate *state, int64_t found_at)
{
    if (found_at - state->modified < settled_after) state->modified = FILESTATE_UNSETTLED;
    buffer_clear(&run->key);
    buffer_clear(&run->state);
    if (filestate_key(&run->key, state->path) || filestate_encode(&run->state, state)) return no_memory(run);
    return store_set_metadata(&run->store, buffer_span(&run->key), buffer_span(&run->state), run->error);
}

/* Records the file as read, unless it has to be read again the next time anyway. */
static enum status save_state(struct run *run, struct task *task)
{
    const struct file_work *work = task->context;
    struct stat now;
    if (!task->absolute[0]) return OK;
    struct filestate state = {.modified = nanoseconds_of(work->before.st_mtim),
                              .size = (uint64_t)work->before.st_size,
                              .inode = (uint64_t)work->before.st_ino,
                              .documents = work->documents,
                              .skipped = work->skipped,
                              .hash = {work->hash, work->hashed ? HASH_BYTES : 0},
                              .language = span_of(task->language),
                              .relative = span_of(task->relative),
                              .path = span_of(task->absolute)};
    bool same = fstatat(AT_FDCWD, task->absolute, &now, AT_SYMLINK_NOFOLLOW) == 0 && filestate_matches(&state, &now);
    if (work->unsettled || work->waiting) state.hash.length = 0;
    if (!same || !state.hash.length) state.modified = FILESTATE_UNSETTLED;
    return run_save_state(run, &state, work->found_at);
}

/* A message about a file without the file's name, which stands beside it anyway. */
static void drop_name(struct error *out, const char *reason, const char *path)
{
    struct error quoted;
    fail(&quoted, OK, "'%s'", path);
    const char *found = strstr(reason, quoted.message);
    size_t length = strlen(quoted.message);
    const char *before = found ? reason : "", *after = found ? found + length : reason;
    int kept = found ? (int)(found - reason) : 0;
    if (kept && before[kept - 1] == ' ') kept--;
    if (!kept && (*after == ':' || *after == ' ')) after += strspn(after, ": ");
    fail(out, OK, "%.*s%s", kept, before, after);
}

enum status run_end(void *context, struct task *task, enum status status, const char *reason)
{
    struct run *run = context;
    struct file_work *work = task->context;
    enum status done = OK;
    if (status) {
        struct error why;
        drop_name(&why, reason, task->path);
        struct error whole;
        fail(&whole, OK, "%s%s", why.message, work->held_count ? "; what the index has of it stays" : "");
        if (!work->again) run_skip(run, task->path, 0, SPAN(""), whole.message);
    } else {
        done = remove_lost(run, task);
        if (!done && work->waiting) done = wait_for_others(run, task);
        if (!done) done = save_state(run, task);
    }
    run_time_file(run, task->path, task->seconds);
    if (!work->again) run->bytes_done += task->size;
    run_progress(run, task->path, 0);
    return done;
}
