/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an update tells, as lines for people and as a file: each input that got special treatment, and the sums.
 *
 * Takes the indexer's notes as they come and its report at the end; writes lines to stderr and stdout, and a file that
 * is complete or not there; keeps nothing in memory but the file's name.
 */
#ifndef CLI_INDEX_REPORT_H
#define CLI_INDEX_REPORT_H

#include "indexer/update.h"

#include <stdio.h>

struct index_report_file;

/* Begins the report at [path], "-" for stdout: JSON, or lines of text when the name ends in .txt. Returns NULL after
 * complaining. */
struct index_report_file *index_report_begin(const char *path, const char *database);

void index_report_note(struct index_report_file *file, const struct index_note *note);

/* Completes the report and puts it in its place. False after complaining. */
bool index_report_end(struct index_report_file *file, const struct index_report *report, const char *problem);

/* Drops it. NULL is fine. */
void index_report_drop(struct index_report_file *file);

/* A note as a line on [out]. */
void print_note(FILE *out, const struct index_note *note);

/* The sums as lines on [out]. */
void print_sums(FILE *out, const struct index_report *report, const char *database, bool dry_run);

#endif
