/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader gets and what it may call: the inside of source_read.
 *
 * Takes an open file; gives documents to the job's sink; never opens another file and never holds more than the limits
 * of document.h, source.h and isolate/limits.h.
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "corpus/source.h"

/* The members of a file that is a container, counted from its top; see formats/container.h. */
struct tally {
    uint64_t number;    /* of the last member begun */
    uint64_t pass_over; /* members up to this number are not wanted (again) */
    uint64_t members;   /* nested ones too */
    uint64_t unpacked;  /* bytes */
    uint64_t packed;    /* bytes of the file */
    void (*begun)(void *context, uint64_t number, const char *name); /* may be NULL */
    void *context;
};

struct read_job {
    const struct source_file *file;
    const struct source_options *options;
    const struct reader *reader; /* NULL while nobody knows what the file is */
    const struct source_sink *sink;
    struct error *error; /* may be NULL */
    int fd;              /* a file, at its start; closed by the caller */
    /* Reads what has no function in the table. */
    enum status (*complex)(struct source_session *session, struct read_job *job);
    struct source_session *session; /* the same for all; NULL inside dossier-read */
    struct tally *tally;            /* of the outermost container */
    unsigned depth;                 /* of containers around this file */
    uint64_t member;                /* number of the outermost container's member at hand; 0 outside */
    struct span url, parent;        /* stated by the container, or empty */
    struct document document;
    struct buffer raw;     /* the bytes of a whole file */
    struct buffer decoded; /* the same in UTF-8, when they were not */
};

void job_init(struct read_job *job);
void job_release(struct read_job *job);

/* Has [session] read what is complex by [complex] in this process: for tests of the readers themselves. */
void source_session_read_here(struct source_session *session,
                              enum status (*complex)(struct source_session *session, struct read_job *job));

/* Finds the reader by the file's content and name, and runs it. Returns what source_read returns. */
enum status job_read(struct read_job *job);

/* The table's functions. All return what source_read returns. */
enum status read_text(struct read_job *job);
enum status read_markdown(struct read_job *job);
enum status read_jsonl(struct read_job *job);
enum status read_json(struct read_job *job);
enum status read_csv(struct read_job *job);
enum status read_sgml(struct read_job *job);

/* The row of the table called [type], or NULL. */
const struct reader *reader_named(const char *type);

/* Reads the whole file into [job->raw]. A file that shrinks while it is read gives what was there.
 * Returns OK, LIMIT (over DOCUMENT_TEXT_MAX: told from the size, before reading), UNSUPPORTED (empty), IO, NO_MEMORY.
 */
enum status job_load(struct read_job *job);

/* Loads the file and gives its text as UTF-8. *[text] borrows from the job. Returns what job_load and charset_decode
 * return. */
enum status job_load_text(struct read_job *job, struct span *text);

/* Empties the job's document and sets what is the same for every document of the file: path, type, what the container
 * states, and the id of a whole file. Returns OK, NO_MEMORY. */
enum status job_begin(struct read_job *job);

/* Completes the job's document and hands it to the sink. UNSUPPORTED for a whole file that has neither text nor title.
 */
enum status job_deliver(struct read_job *job, uint64_t where);

/* Reports a bad record to the sink. */
enum status job_bad_record(struct read_job *job, uint64_t where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* read() that goes on after a signal. Bytes read, 0 at the end, or -1 with errno set. */
ptrdiff_t read_some(int fd, char *data, size_t size);

/* Fills [job->error] for a reader's step that failed without a message of its own (out of memory, a limit). */
enum status job_failed(struct read_job *job, enum status status);

#endif
