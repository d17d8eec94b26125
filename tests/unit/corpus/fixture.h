/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A temporary folder, files in it, and what source_read and source_walk make of them. */
#ifndef TESTS_CORPUS_FIXTURE_H
#define TESTS_CORPUS_FIXTURE_H

#include "corpus/source.h"

/* cmocka.h needs the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
/* clang-format on */

enum { CAUGHT_MAX = 16 };

/* What a reader delivered. */
struct caught {
    enum status status;
    struct error error;
    size_t documents, bad; /* also counted past CAUGHT_MAX */
    char *field[CAUGHT_MAX][FIELD_COUNT], *text[CAUGHT_MAX];
    size_t text_length[CAUGHT_MAX];
    struct range title_range[CAUGHT_MAX];
    enum document_why title_why[CAUGHT_MAX], date_why[CAUGHT_MAX];
    uint64_t where[CAUGHT_MAX], bad_where[CAUGHT_MAX];
    char *reason[CAUGHT_MAX];
};

int folder_setup(void **state);    /* *state is the path of a new temporary folder */
int folder_teardown(void **state); /* removes it with all that is in it */

/* Writes [folder]/[name] and returns its path, which the caller frees. */
char *file_write(const char *folder, const char *name, const char *bytes, size_t length);

/* Writes the file and reads it. Release the result with caught_release. */
struct caught *read_bytes(const char *folder, const char *name, const char *bytes, size_t length);
struct caught *read_string(const char *folder, const char *name, const char *text);
struct caught *read_path(const char *path, const char *relative);

/* The same through dossier-read, in a process of its own; the others read everything in this one. */
struct caught *read_path_apart(const char *path, const char *relative, const struct source_options *options);
void caught_release(struct caught *caught);

#endif
