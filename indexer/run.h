/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of one update of an index, and its parts: the walk (update.c), which files are read
 * (visit.c), what is done with each document and file
 * (incoming.c), what finds names (run_naming.c), what is gone (run.c).
 *
 * Takes events from the walk and the workers; gives changes to the store, counts to the report and notes to the caller.
 */
#ifndef INDEXER_RUN_H
#define INDEXER_RUN_H

#include "indexer/filestate.h"
#include "indexer/hashset.h"
#include "indexer/moved.h"
#include "indexer/naming_lists.h"
#include "indexer/store.h"
#include "indexer/update.h"
#include "indexer/workers.h"

#include <sys/stat.h>

/* A file on its way through the workers: the context of its task. */
struct file_work {
    struct stat before;    /* of the file when it was found; zeroed for standard input */
    int64_t found_at;      /* nanoseconds since the epoch: when that was */
    char hash[HASH_BYTES]; /* of its content then */
    bool hashed;
    bool again;     /* read a second time, for the records that waited for another file */
    bool waiting;   /* some wait: their ids belong to a file that may yet give them up */
    bool unsettled; /* some were left out for what another run may do better: look again the next time */
    uint32_t *held; /* the documents the index had of it, ascending */
    bool *kept;     /* which of them it still has */
    size_t held_count;
    uint64_t documents, skipped;
    uint32_t number;     /* of the file among those that gave documents; 0 before its first */
    uint64_t bytes_seen; /* of it, for the progress */
};

/* A file to be read again at the end. */
struct second_look {
    struct task *task;
    uint64_t documents, skipped; /* counted the first time */
    bool unsettled;
    struct second_look *next;
};

struct run {
    struct source_options source; /* how files are read */
    const struct index_options *options;
    struct index_report *report;
    struct error *error;
    struct store store;
    struct workers *workers;
    struct naming *naming; /* NULL: names are not looked for */
    struct naming_choice choice;
    struct naming_lists lists;
    char language[STORE_LANGUAGE_MAX]; /* asked for, as a code; empty when none was */
    struct hashset ids;                /* met in this run, each with its place: see run_meet */
    char **met_paths;                  /* of the files that gave documents, absolute, by their number from 1 */
    size_t met_count, met_capacity;
    struct hashset files;     /* likewise, by absolute path */
    struct moved_files moved; /* what it may have found again at another place */
    struct hashset waiting;   /* ids that wait for another file, each with the path of its own */
    struct second_look *second_first, *second_last;
    char *root;                     /* absolute path of the root at hand; empty for standard input */
    struct buffer key, state, path; /* scratch */
    uint64_t bytes_done, bytes_total;
    struct slow_file *slowest; /* ascending, INDEX_SLOWEST_MAX at most */
    size_t slowest_count;
};

/* How long a file took. */
struct slow_file {
    char *path;
    double seconds;
};

/* Looks at a file of the walk: counts it as unchanged, or has it read. Returns OK, STOPPED, what the store and the
 * workers return. */
enum status run_visit(struct run *run, const struct source_file *file);

/* The workers' sink; the context is the run. */
enum status run_document(void *context, struct task *task, const struct reading_result *result);
enum status run_bad_record(void *context, struct task *task, uint64_t where, const char *reason, bool crashed);
enum status run_end(void *context, struct task *task, enum status status, const char *reason);

/* Gives [task] its context: what the index holds of the file; [hash] is of its content, or NULL, and [look] is NULL
 * unless it is read again. Returns OK, what store_list returns. */
enum status run_begin_file(struct run *run, struct task *task, const struct stat *found, const char *hash,
                           const struct second_look *look);

/* Notes how long a file took, and forgets the fastest of those that took longest. */
void run_time_file(struct run *run, const char *path, double seconds);

/* Tells the slowest files. */
void run_tell_slowest(struct run *run);

/* Writes [state], which has the numbers and the hash of the file when it was found at [found_at]; a file that had just
 * changed then is not taken for settled. Returns what store_set_metadata returns. */
enum status run_save_state(struct run *run, struct filestate *state, int64_t found_at);

/* The document called [id]. Returns OK, NOT_FOUND, what store_find returns. */
enum status run_find_id(uint32_t *docid, struct run *run, struct span id);

/* Nanoseconds since the epoch. */
int64_t run_now(void);

/* Reads the recorded state of the file at [path], absolute; *[known] is false when there is none. Borrowed until the
 * next call. */
enum status run_file_state(struct filestate *out, bool *known, struct run *run, const char *path);

/* Removes the documents of recorded files under [root], absolute, that are gone. */
enum status run_prune(struct run *run, const char *root);

/* Opens the model and lists, if names are looked for. Returns OK, what naming_open returns. */
enum status run_open_naming(struct run *run);

/* Records what names are found with in the open store, and tells when it has names found with something else. Returns
 * OK, what store_metadata returns. */
enum status run_settle_naming(struct run *run);

void run_note(struct run *run, enum index_note_kind kind, const char *path, uint64_t where, struct span id,
              const char *format, ...) __attribute__((format(printf, 6, 7)));
void run_skip(struct run *run, const char *path, uint64_t where, struct span id, const char *reason);
void run_progress(struct run *run, const char *path, uint64_t bytes_of_file);

/* Whether a recorded path, with its odd bytes written as %0A, names a regular file that is there. */
bool recorded_path_exists(struct span path);

#endif
