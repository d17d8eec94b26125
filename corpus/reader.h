/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader gets and what it may call: the inside of source_read.
 *
 * Takes an open file; gives documents to the job's sink; never opens another file and never holds more than the limits
 * of document.h and source.h.
 */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "corpus/source.h"

struct read_job {
    const struct source_file *file;
    const struct reader *reader;
    const struct source_sink *sink;
    struct error *error; /* may be NULL */
    int fd;              /* at the start of the file; closed by the caller */
    struct document document;
    struct buffer raw;     /* the bytes of a whole file */
    struct buffer decoded; /* the same in UTF-8, when they were not */
};

/* The table's functions. All return what source_read returns. */
enum status read_text(struct read_job *job);
enum status read_markdown(struct read_job *job);
enum status read_html(struct read_job *job);
enum status read_jsonl(struct read_job *job);
enum status read_json(struct read_job *job);

/* Reads the whole file into [job->raw]. A file that shrinks while it is read gives what was there.
 * Returns OK, LIMIT (over DOCUMENT_TEXT_MAX: told from the size, before reading), UNSUPPORTED (empty), IO, NO_MEMORY.
 */
enum status job_load(struct read_job *job);

/* Loads the file and gives its text as UTF-8. [declared] is the charset the file itself states, or empty. *[text]
 * borrows from the job. Returns what job_load and charset_decode return. */
enum status job_load_text(struct read_job *job, struct span *text);

/* Empties the job's document and sets what is the same for every document of the file: path, type, and the id of a
 * whole file. Returns OK, NO_MEMORY. */
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
