/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The outcomes every function of dossier can have, and the message that goes with a failure.
 *
 * Takes nothing; gives one vocabulary of failures to all folders; never prints and never exits.
 */
#ifndef CORPUS_STATUS_H
#define CORPUS_STATUS_H

#include <stddef.h>

enum status {
    OK = 0,
    NOT_FOUND,   /* what was asked for is not there; not a failure of the machine */
    INVALID,     /* malformed input: a record, a query, an option */
    LIMIT,       /* input larger than a stated maximum */
    UNSUPPORTED, /* well-formed, but not something dossier reads or offers */
    MISSING,     /* the index is not there */
    LOCKED,      /* another writer holds the index */
    DAMAGED,     /* the index is there, and broken or of another version */
    CHANGED,     /* the index changed under a reader: reopen and try again */
    STOPPED,     /* a callback, a signal or a deadline ended the work */
    IO,          /* reading or writing failed */
    NO_MEMORY,
    STATUS_COUNT
};

enum {
    ERROR_BYTES_MAX = 1024 /* bytes of a message with its NUL: a path of the usual length and a sentence */
};

/* What went wrong, for people. Callers own it; functions fill it only when they fail. */
struct error {
    enum status status;
    size_t position; /* byte in the query or line in the file, where one is known; else SIZE_MAX */
    char message[ERROR_BYTES_MAX];
};

/* Fills [error] (which may be NULL) with [status] and a printf-style message, and returns [status], so that a failing
 * function can end with `return fail(error, INVALID, "…", …)`. The message is cut at ERROR_BYTES_MAX on a character
 * border; control characters in it (a hostile file name) become '?'.
 */
enum status fail(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, with the position in the input. */
enum status fail_at(struct error *error, enum status status, size_t position, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A short English name of [status], static. */
const char *status_name(enum status status);

#endif
