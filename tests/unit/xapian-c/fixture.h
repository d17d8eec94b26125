/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes: nothing.
 * Gives: a folder per test that is gone afterwards, small databases in it, short ways to assert.
 * Never: leaves files behind, or depends on data outside itself. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "xapian-c/xapian-c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h wants those before it. */
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

struct fixture {
    char root[256]; /* a fresh folder */
    char path[300]; /* where the database of the test goes: root/x.db */
    struct xc_error error;
};

/* cmocka set-up and tear-down; *state becomes a struct fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* set-up that also builds the sample database below at path. */
int fixture_setup_sample(void **state);

/* The sample: words at positions 1, 2, ...; data "doc N"; slots 0 (a letter) and 1 (a year).
 *   1 red green blue      a 2010
 *   2 red red yellow      b 2012
 *   3 green blue blue     a 2011
 *   4 blue black          c 2014
 *   5 yellow white        - 2013
 * Each has the boolean term QN. Metadata: "name" = "sample". Words taught: blue 4, black 1. */
void fixture_build_sample(const char *path);

/* Adds one such document inside an open batch and returns its id. [values] has slots 0 and 1, NULL for none. */
uint32_t fixture_add(struct xc_writer *writer, const char *words, const char *data, const char *slot_0,
                     const char *slot_1);

/* The writer of [path] without syncing, created when need be. */
struct xc_writer *fixture_writer(const char *path);

/* A handle that reads [path]. */
struct xc_database *fixture_open(const char *path);

/* Writes a file; fails the test when it cannot. */
void fixture_write_file(const char *path, const char *data, size_t length);

/* Root joined with [name], in one of a few static buffers. */
const char *fixture_path(const struct fixture *fixture, const char *name);

/* Queries of one term, or of two joined, to be freed by the caller. */
struct xc_query *fixture_term(const char *term);
struct xc_query *fixture_join(enum xc_operator operator_, const char *a, const char *b, uint32_t parameter);

/* The ids of the hits of [query] in their order, as "3 1 2"; at most 100. In a static buffer. */
const char *fixture_hits(const struct xc_database *database, const struct xc_query *query);
const char *fixture_enquire_hits(const struct xc_enquire *enquire);

/* The terms of an iterator as "a b c", freeing it. In a static buffer. */
const char *fixture_terms(struct xc_terms *terms);

#define assert_bytes(expected, got)                                                                                    \
    do {                                                                                                               \
        struct xc_bytes got_ = (got);                                                                                  \
        assert_int_equal(sizeof(expected) - 1, got_.length);                                                           \
        assert_memory_equal(expected, got_.data, sizeof(expected) - 1);                                                \
    } while (0)

/* Asserts the status of a call whose last argument is &error, and shows the message when it differs. */
#define assert_status(expected, error, call)                                                                           \
    do {                                                                                                               \
        (error).message[0] = '\0';                                                                                     \
        enum xc_status status_ = (call);                                                                               \
        if (status_ != (expected)) print_message("%s: %s\n", xc_status_name(status_), (error).message);                \
        assert_string_equal(xc_status_name(expected), xc_status_name(status_));                                        \
    } while (0)

#define assert_ok(call) assert_string_equal("XC_OK", xc_status_name(call))

#endif
