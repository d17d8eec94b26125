/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads one file and prepares its documents: the work that can be done in any process.
 *
 * Takes a file, or a share of the records in it; gives prepared documents one at a time, or only the news that one is
 * in the index as it is; never writes to an index.
 */
#ifndef INDEXER_READING_H
#define INDEXER_READING_H

#include "corpus/source.h"
#include "indexer/terms.h"
#include "xapian-c/xapian-c.h"

/* A file to be read. The strings belong to the task. */
struct task {
    char *path, *relative; /* as in struct source_file */
    char *absolute;        /* empty for standard input */
    char *language;        /* of documents that state none */
    uint64_t size;
    int64_t modified;
    bool named;
    double seconds; /* of wall time that its reading took, once it has ended */
    bool spread;    /* many records: shared out among the workers */
    void *context;  /* the caller's, released by [free_context] unless that is NULL */
    void (*free_context)(void *context);
};

/* Which records of a file are wanted: those whose number, from 0, is at least [first] and leaves [part] when divided by
 * [parts]. Records that cannot be read are numbered too. */
struct share {
    uint32_t part, parts;
    uint64_t first;
};

/* A document that was read. Borrowed for the call. */
struct reading_result {
    uint64_t where;    /* line of the record, 1 for a whole file */
    uint64_t bytes;    /* of the stored record */
    bool compared;     /* whether the index could be asked: if not, the next two say nothing */
    bool unchanged;    /* the index has it with the same content; then there is only [id] */
    uint32_t existing; /* the document in the index with the same id, 0 for none */
    struct span id;
    struct span prepared; /* prepared.h's bytes */
};

/* What comes of a file. A callback that returns anything but OK ends the reading with that status. */
struct reading_sink {
    enum status (*document)(void *context, struct task *task, const struct reading_result *result);
    enum status (*bad_record)(void *context, struct task *task, uint64_t where, const char *reason);
    void *context;
};

/* One process's means of reading. */
struct reading {
    struct preparer preparer;
    struct source_session *source;
    struct xc_database *index; /* as it was when the run began or later; NULL when it was empty */
    struct buffer prepared, term;
    volatile uint64_t *at; /* where the line of the record at hand is left for a parent to see; may be NULL */
};

/* [index] is the path of the index to compare with, or NULL; [naming] finds names and outlives the reading, or is NULL;
 * [source] says how files are read, or is NULL.
 * Returns OK, NO_MEMORY, what store_failure returns. */
enum status reading_init(struct reading *reading, const char *index, const struct naming *naming,
                         const struct source_options *source, struct error *error);
void reading_release(struct reading *reading);

/* Reads [task]'s file and hands on the records of [share]. Returns what source_read returns, or what the sink
 * returned; [error] says why in words. */
enum status reading_run(struct reading *reading, struct task *task, struct share share, const struct reading_sink *sink,
                        struct error *error);

double wall_seconds(void); /* since some moment */

struct task *task_new(void); /* zeroed; NULL when out of memory */
void task_free(struct task *task);

#endif
