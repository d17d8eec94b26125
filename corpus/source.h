/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walks files and folders, and reads the documents in them through a table of readers.
 *
 * Takes paths; gives documents one at a time, and a reason for each file that gives none; never follows a link out of
 * the tree, never opens a device, socket or FIFO, and never stops for one bad file.
 */
#ifndef CORPUS_SOURCE_H
#define CORPUS_SOURCE_H

#include "corpus/document.h"

#include <signal.h>
#include <stdint.h>

/* One file as the walk found it. */
struct source_file {
    const char *path;     /* as it can be opened */
    const char *relative; /* relative to the root the walk was given: the document's id; a root that is itself a file
                             gives its own path as stated */
    uint64_t size;        /* bytes */
    int64_t modified;     /* nanoseconds since the epoch; 0 for standard input */
    bool named;           /* the walk's root itself: if it is a link, it is followed */
};

/* What the walk reports to its caller. Any callback may be NULL. A callback that returns anything but OK ends the walk
 * with that status. */
struct source_visitor {
    /* A regular file that a reader may read; called in byte order of the path. Skip it by returning OK without reading.
     */
    enum status (*file)(void *context, const struct source_file *file);
    /* A folder below the root, by its path relative to that; *[enter] is true, and false leaves out all that is in it. */
    enum status (*folder)(void *context, const char *relative, bool *enter);
    /* Something that will not be read, with the reason in words. */
    enum status (*skipped)(void *context, const char *path, const char *reason);
    void *context;
};

enum { SOURCE_DEPTH_MAX = 64 /* folders inside folders; deeper ones are reported as skipped */ };

/* Walks [path]: a file, a folder, or "-" for standard input as a stream of JSONL records.
 *
 * Hidden files and folders are left out silently unless named outright, and so are folders that hold an index. Links
 * below [path], devices, sockets, FIFOs, what cannot be opened, and folders deeper than SOURCE_DEPTH_MAX are reported
 * as skipped. Paths keep their bytes, whatever these are. Memory: the names of the folders on the way down.
 *
 * Returns OK, NOT_FOUND (nothing at [path]), NO_MEMORY, or what a callback returned.
 */
enum status source_walk(const char *path, const struct source_visitor *visitor, struct error *error);

/* How files are to be read. Zero-initialise for the defaults; strings are borrowed. */
struct source_options {
    bool ocr;                          /* have tesseract read pictures and pages without text */
    const char *columns;               /* what the columns of CSV files state: "title=Headline,text=Body"; may be NULL */
    const volatile sig_atomic_t *stop; /* set to non-zero to end early; may be NULL */
    unsigned wait_seconds;             /* for one file's next document; 0 means LIMIT_WAIT_SECONDS */
};

struct read_job;

/* One format that dossier reads. */
struct reader {
    const char *type;       /* the document's type field: "text", "markdown", "html", "jsonl" */
    const char *extensions; /* space separated, lower case, without dots */
    const char *help;       /* one line */
    bool records; /* the file holds many records, each a document with an id of its own, numbered for sharing out */
    enum status (*read)(struct read_job *job); /* see reader.h; NULL: read by dossier-read, in a process of its own */
};

/* The table, ended by a row whose type is NULL. */
extern const struct reader source_readers[];

struct source_sink {
    /* A complete document; borrowed for the call. [where] is the line of the record, 1 for a whole file. */
    enum status (*document)(void *context, const struct document *document, uint64_t where);
    /* A record that could not be read, with its line and the reason; the rest of the file goes on. */
    enum status (*bad_record)(void *context, uint64_t where, const char *reason);
    void *context;
};

/* One process's means of reading: the options, and the process beside it that parses what is complex. */
struct source_session;

/* NULL when out of memory. [options] (may be NULL) is copied. */
struct source_session *source_session_new(const struct source_options *options);
void source_session_free(struct source_session *session);

/* Reads every document of [file]; [session] may be NULL for the defaults. What a file is, its content decides, and its
 * name only between kinds of text that content does not tell apart. Text and records are read in this process;
 * everything else by dossier-read, in a process without network, without files, and with the limits of
 * isolate/limits.h: what that process does or suffers costs this file alone. Records are streamed: memory is bounded by the largest one (a line of a record file
 * over RECORD_BYTES_MAX is a bad record). Returns OK, UNSUPPORTED (binary content, or no reader), LIMIT, INVALID, IO
 * (could not be opened or read), NO_MEMORY, or what a callback returned; [error] says why in words. */
enum status source_read(struct source_session *session, const struct source_file *file, const struct source_sink *sink,
                        struct error *error);

enum { RECORD_BYTES_MAX = 64 * 1024 * 1024 };

#endif
