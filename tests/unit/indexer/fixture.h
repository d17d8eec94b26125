/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the indexer's tests share: a folder of their own, files in it, runs of the indexer, an index as text.
 *
 * Everything asserts; nothing returns a failure.
 */
#ifndef TESTS_INDEXER_FIXTURE_H
#define TESTS_INDEXER_FIXTURE_H

#include "indexer/update.h"

/* cmocka.h wants these before it. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

/* A test's folder, which is the working folder too. */
int folder_setup(void **state);
int folder_teardown(void **state);

/* Writes a file in it; missing folders on the way are made. The file's time is long past, and another one each time, so
 * that a change of content shows as one. */
void write_file(const char *path, const char *content);
void append_file(const char *path, const char *content);

struct notes {
    char text[16384]; /* a line a note: kind path:where id: reason */
    size_t count;
    size_t slow, renamed; /* of those kinds, which make no line */
};

struct index_run {
    struct index_report report;
    struct error error;
    enum status status;
    struct notes notes;
};

/* Indexes the paths (ended by NULL) into "x.db" in this process, unless [options] say otherwise. */
struct index_run index_paths(const struct index_options *options, const char *const *paths);

#define INDEX(...)               index_paths(NULL, (const char *const[]){__VA_ARGS__, NULL})
#define INDEX_WITH(options, ...) index_paths(&(options), (const char *const[]){__VA_ARGS__, NULL})

/* The whole index as text, the caller's to free: every document by its number with its record's bytes, values, terms,
 * wdf and positions, and every metadata entry but those that a path or a time makes different. */
char *index_text(const char *path);

/* The ids in the index, ascending by document, separated by blanks. */
char *index_ids(const char *path);

/* Asserts that index_check finds nothing in it. */
void assert_sound(const char *path);

#endif
