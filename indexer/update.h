/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The indexer's public face: brings an index up to date with files, makes it small, and checks that it is sound.
 *
 * Takes paths of files and folders; gives an index that holds their documents and a report of what was done with each;
 * never prints, never touches a source file, and never leaves anything but the last committed state behind a failure.
 */
#ifndef INDEXER_UPDATE_H
#define INDEXER_UPDATE_H

#include "corpus/text.h"
#include "indexer/globs.h"

#include <signal.h>

enum {
    INDEX_JOBS_MAX = 64,          /* worker processes: more would only wait for the one writer */
    INDEX_SLOWEST_MAX = 10,       /* files told as the slowest */
    INDEX_JOBS_DEFAULT_MAX = 16,  /* the default is the number of cores, at most this */
    INDEX_BATCH_DOCUMENTS = 20000 /* documents in a transaction unless the caller says otherwise */
};

#define INDEX_MEMORY      ((size_t)512 * 1024 * 1024)
#define INDEX_BATCH_BYTES ((uint64_t)16 * 1024 * 1024) /* bytes of text in a transaction, likewise; see "Memory" */

struct index_progress {
    uint64_t bytes_done;
    uint64_t bytes_total; /* of the files found by a first walk; 0 while nobody knows (standard input) */
    uint64_t documents;   /* dealt with so far */
    const char *path;     /* the file at hand; borrowed for the call */
};

enum index_note_kind {
    INDEX_SKIPPED, /* not indexed: a file, or one record of it; counts in the report's [skipped] */
    INDEX_UNDATED, /* a document was added or updated without a date */
    INDEX_REMOVED, /* a document is gone from its file, or its file is gone */
    INDEX_WARNING, /* something to know that cost nothing */
    INDEX_ADDED,   /* a document; without a reason, as the next one */
    INDEX_UPDATED,
    INDEX_RENAMED, /* a file that stood elsewhere when it was last read; it keeps the ids made from its old path */
    INDEX_SLOW     /* at the end: one of the files that took longest, the slowest first */
};

/* Something that happened to one input. Everything is borrowed for the call. */
struct index_note {
    enum index_note_kind kind;
    const char *path;   /* of the file, as the walk found it */
    uint64_t where;     /* line of the record, 0 for the file as a whole */
    const char *id;     /* of the document where there is one, else NULL */
    const char *reason; /* in words: what, and what to do about it */
    double seconds;     /* INDEX_SLOW: of wall time, to read, analyse and tag it */
};

/* Zero-initialise for the defaults. */
struct index_options {
    const char *database;     /* folder of the index; created when nothing is there */
    const char *const *paths; /* files, folders, or "-" for JSONL on standard input */
    size_t path_count;
    unsigned jobs;            /* worker processes; 1 does everything in this process, 0 takes the number of cores */
    const char *language;     /* of documents that state none; NULL: what the file was last read as, else what the index
                                 was made with, else the one their text tells, English where it tells none */
    const char *model;        /* path of the tagging model; NULL: no names are looked for */
    const char *names;        /* folder of the user's own lists of names; NULL: the one named for an earlier run, else
                                 the one beside the index, see schema_names_folder, if it is there */
    struct globs globs;       /* which files of folders are wanted */
    const char *leave_out;    /* absolute path of a report, never read as a document; may be NULL */
    bool prune;               /* remove the documents of files under [paths] that are gone, or not wanted any more */
    bool dry_run;             /* only find out: nothing is written, not even a new index made */
    bool ocr;                 /* have tesseract read pictures and scanned pages */
    const char *columns;      /* what the columns of CSV files state, "title=Headline,text=Body"; NULL: their names say */
    bool no_bulk;             /* a new index is made by ordinary transactions too */
    size_t memory;            /* bytes for the whole, as far as the documents allow; 0 means INDEX_MEMORY */
    bool wait;                /* wait for another indexer to finish instead of returning LOCKED */
    uint64_t batch_bytes;     /* of text in a transaction; 0 means INDEX_BATCH_BYTES */
    uint32_t batch_documents; /* 0 means INDEX_BATCH_DOCUMENTS */
    const volatile sig_atomic_t *stop; /* set to non-zero from a signal handler to end early; may be NULL */
    void (*progress)(void *context, const struct index_progress *progress); /* after each document; may be NULL */
    void (*note)(void *context, const struct index_note *note);             /* may be NULL */
    void *context;
};

struct index_report {
    uint64_t files;   /* looked at */
    uint64_t added;   /* documents, here and below */
    uint64_t updated; /* changed content, or moved from a file that is gone */
    uint64_t removed;
    uint64_t unchanged;  /* those of files known as unchanged too */
    uint64_t skipped;    /* files and records that gave no document, each with a note */
    uint64_t undated;    /* among the added and updated */
    uint64_t untagged;   /* likewise: no names were looked for */
    uint64_t renamed;    /* files */
    uint64_t text_bytes; /* of the added and updated */
    uint64_t documents;  /* in the index at the end */
    double seconds;      /* of wall time */
    double cpu_seconds;  /* of this process and its workers */
};

/* Brings the index at [options->database] up to date with [options->paths].
 *
 * A file whose size, time and inode are those of the last time is not opened, and one with the same content is not read
 * again. A file that is new and has the content of one that is gone is taken for that one, renamed: its documents keep
 * their ids. Of the other files each document is compared
 * with the index by its content: unchanged, updated, added; documents that a completely read file no longer holds are
 * removed. A new index is loaded in one go (indexer/bulk) and is there when the run ends, by itself or by
 * [options->stop]; an index that is there is written in batches, each a transaction: whatever ends the run, the index
 * holds the last batch committed, and the next run completes the rest to the same index. The result does not depend on
 * [jobs].
 *
 * With [options->model], names are found in what is added or updated; documents that do not change keep the names they
 * have, and a note tells when those were found with another model or other lists.
 *
 * Memory: this process and each worker need up to about 12 times the largest document, and 20 MB more to find names; a
 * batch of large documents takes about 8 times its text in this process (small ones are written out every 1,000
 * documents, and need 50 MB or so in all); each document and file of the run 24 to 48 bytes, and
 * as soon as a file is new, each file the index remembers about 250.
 *
 * *[out] is filled whenever the index could be opened, also on failure. Returns OK (also when inputs were skipped: see
 * the report), STOPPED (by [options->stop]; what was done until then is committed), NOT_FOUND (a path where nothing is;
 * the others are done first), INVALID (no path, an unknown language, a folder that is not an index), MISSING (the
 * model, the folder of lists), LOCKED, DAMAGED (broken, or of another schema version; the model likewise), IO (disk
 * full and the like), LIMIT, NO_MEMORY.
 */
enum status index_update(struct index_report *out, const struct index_options *options, struct error *error);

/* Zero-initialise for the defaults; as in index_options. */
struct retag_options {
    const char *database;
    const char *model; /* path of the tagging model */
    const char *names; /* folder of the user's own lists of names */
    bool wait;
    uint64_t batch_bytes;
    uint32_t batch_documents;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *context, uint64_t done, uint64_t total); /* documents; may be NULL */
    void (*note)(void *context, const struct index_note *note);     /* INDEX_WARNING alone; may be NULL */
    void *context;
};

struct retag_report {
    uint64_t documents; /* looked at, here and below */
    uint64_t changed;   /* given other names */
    uint64_t resumed;   /* left out: an earlier retag with the same model and lists that did not end saw to them */
    double seconds, cpu_seconds;
};

/* Finds the names of every document of an index anew, from the texts it holds: no source file is read. A document whose
 * names stay the same is not written. Writing goes in batches as in index_update; one that was cut short goes on where
 * the last batch ended when it is started again with the same model and lists.
 *
 * *[out] is filled whenever the index could be opened. Returns OK, STOPPED, MISSING (index, model, folder of lists),
 * INVALID, LOCKED, DAMAGED, IO, LIMIT, NO_MEMORY. */
enum status index_retag(struct retag_report *out, const struct retag_options *options, struct error *error);

struct index_sizes {
    uint64_t before, after; /* bytes of the index's files */
};

/* Rewrites the index at [path] in as little room as it takes, and puts the new one in the place of the old in one step.
 * Needs room for both while it runs. Readers that have the old one open keep reading it until they open afresh.
 * [progress] (may be NULL) gets the table at work; [stop] as above.
 *
 * Returns OK, MISSING, INVALID, LOCKED, DAMAGED, STOPPED, IO, NO_MEMORY; unless OK the index is as before. */
enum status index_compact(struct index_sizes *out, const char *path, void (*progress)(void *context, const char *table),
                          void *context, const volatile sig_atomic_t *stop, struct error *error);

struct index_check_result {
    uint64_t documents; /* looked at */
    uint64_t findings;  /* faults; 0 for a sound index */
};

/* Checks the index at [path]: every table's structure, the schema version, each stored document against its checksum,
 * its values, its id, and the recorded files. [finding] (may be NULL) gets each fault in words, [progress] (may be
 * NULL) the documents done and to do. Nothing is repaired: an index with findings is to be rebuilt.
 *
 * Returns OK when it could be checked to the end, whatever was found; MISSING, INVALID (not an index), DAMAGED (cannot
 * be opened at all, or another schema version), LOCKED (an indexer is at work), STOPPED, IO, NO_MEMORY. */
enum status index_check(struct index_check_result *out, const char *path,
                        void (*finding)(void *context, const char *message),
                        void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                        const volatile sig_atomic_t *stop, struct error *error);

#endif
