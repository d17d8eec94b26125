/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a file or of standard input, one at a time, and the fields and numbers in them.
 *
 * Takes a path; gives lines that borrow the reader's buffer; never holds more than one line beyond its block.
 */
#ifndef EVAL_LINES_H
#define EVAL_LINES_H

#include "corpus/text.h"

enum {
    LINE_BYTES_MAX = 1 << 20 /* bytes of one line: longer ones are no qrels or run */
};

struct lines; /* opaque; a file being read */

/* Opens [path] ("-" is standard input). [path] must outlive the reader. Returns OK, IO or NO_MEMORY. */
enum status lines_open(struct lines **out, const char *path, struct error *error);

/* Reads from memory instead; [name] stands for the path in messages. For tests and fuzzing. */
enum status lines_open_memory(struct lines **out, const char *name, struct span text, struct error *error);

void lines_close(struct lines *lines);

/* The next line, without its LF; it borrows until the next call. The byte after the line may be read, and is white
 * space. Returns OK, NOT_FOUND at the end, INVALID for a NUL byte, LIMIT for an overlong line, IO or NO_MEMORY.
 */
enum status lines_next(struct lines *lines, struct span *line, struct error *error);

size_t lines_number(const struct lines *lines);    /* of the line last given, from 1 */
const char *lines_path(const struct lines *lines); /* as opened, "standard input" for "-" */
bool lines_rewind(struct lines *lines);            /* to the first line; false when the input cannot be read twice */
bool lines_can_rewind(const struct lines *lines);

/* Fails with INVALID at the line last given: "FILE, line N: " and the message. */
enum status lines_fail(const struct lines *lines, struct error *error, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Splits [line] at ASCII white space into at most [max] fields; returns how many there are (up to [max]). When [rest]
 * is not NULL it gets what follows the last field stored, trimmed. */
size_t fields_split(struct span line, struct span *fields, size_t max, struct span *rest);

/* What keeps a field from being a number. */
enum number_fault { NUMBER_GOOD, NUMBER_NOT, NUMBER_NAN, NUMBER_INFINITE };

/* A decimal (or hexadecimal) floating-point number that fills [field], rounded as strtod does. The byte after [field]
 * must be readable and no part of a number. O(n), without a system call. */
enum number_fault number_parse(struct span field, double *value);

/* A whole number that fills [field], with an optional sign. False when it is none, or outside [low, high]. */
bool integer_parse(struct span field, long low, long high, long *value);

#endif
