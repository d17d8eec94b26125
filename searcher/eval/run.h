/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs in TREC form: read topic by topic, and written so that every evaluator sees our order.
 *
 * Takes lines `topic Q0 document rank score tag`; gives each topic's documents by falling score; never trusts the rank
 * column. A run whose topics come one after the other is read in the memory of its largest topic.
 */
#ifndef EVAL_RUN_H
#define EVAL_RUN_H

#include "corpus/text.h"

#include <stdio.h>

struct lines;

struct run_entry {
    double score; /* finite */
    struct span document;
    size_t line; /* in the file, from 1 */
};

/* Tells whether the topic is wanted; lines of other topics are checked and passed over. */
typedef bool (*run_wanted)(void *context, struct span topic);

/* Gets one topic with all its documents, by falling score, ties by document name from last to first in byte order (as
 * trec_eval ranks them). When a topic turns out to be spread over the file the reader starts again and may give
 * topics a second time: the last time counts. Another status than OK ends the reading and is passed up.
 */
typedef enum status (*run_topic)(void *context, struct span topic, struct run_entry *entries, size_t count,
                                 struct error *error);

struct run_reading {
    run_wanted wanted; /* NULL takes every topic */
    run_topic topic;
    void *context;
    struct buffer tag; /* out: the run tag in the last line; initialised and released by the caller */
    size_t lines;      /* out: lines with a result */
};

/* Reads the run of [path] ("-" is standard input).
 *
 * Lines that are blank or start with '#' are skipped. Malformed lines, scores that are no finite numbers, and a
 * document twice under one wanted topic are INVALID, named with their line; so is a run without a line. Also IO, LIMIT
 * or NO_MEMORY, and what the callback returns.
 */
enum status run_read(struct run_reading *reading, const char *path, struct error *error);
enum status run_read_lines(struct run_reading *reading, struct lines *lines, struct error *error);

/* Sorts entries as run_topic gets them. */
void run_sort(struct run_entry *entries, size_t count);

/* A run being written. Within a topic the scores written fall strictly, whatever the scores given: a score that would
 * not be below its predecessor is written as the next number below it that survives the printing.
 */
struct run_writer {
    FILE *file;
    const char *tag; /* without white space; see run_tag_check */
    struct buffer topic, line;
    size_t rank;
    float last; /* evaluators read scores as doubles or as floats: they fall strictly as either */
};

/* INVALID when [tag] is empty or holds white space. */
enum status run_tag_check(const char *tag, struct error *error);

void run_writer_init(struct run_writer *writer, FILE *file, const char *tag);
void run_writer_release(struct run_writer *writer);

/* Starts a topic. INVALID when its name is empty or holds white space. */
enum status run_write_topic(struct run_writer *writer, struct span topic, struct error *error);

/* Appends [name] as runs and qrels hold it: bytes that would end the field (white space and other controls) as %XX. */
enum status run_name_append(struct buffer *out, struct span name);

/* The reverse: appends [name] with %XX turned back where run_name_append would have made it. A name that held such a
 * sequence itself cannot be told apart: look for [name] as it is first. */
enum status run_name_restore(struct buffer *out, struct span name);

/* Writes the next document of the topic, its name as run_name_append has it. IO when the file cannot be written,
 * INVALID for an empty name or a score that is no finite number.
 */
enum status run_write(struct run_writer *writer, struct span document, double score, struct error *error);

#endif
