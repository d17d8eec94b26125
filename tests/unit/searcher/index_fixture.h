/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of searching share: a folder of their own, an index of a few records in it, searches as text.
 *
 * Everything asserts; nothing returns a failure.
 */
#ifndef TESTS_SEARCHER_INDEX_FIXTURE_H
#define TESTS_SEARCHER_INDEX_FIXTURE_H

#include "searcher/search.h"

/* cmocka.h wants these before it. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

/* A test program's folder, which is the working folder too. */
int folder_setup(void **state);
int folder_teardown(void **state);

/* Makes the index [path] anew from [records], JSON Lines. */
void make_index(const char *path, const char *records);

/* Brings the index [path] up to date with [records] in the place of those it had. */
void update_index(const char *path, const char *records);

void remove_index(const char *path);

struct searcher *open_index(const char *path);

/* Runs [request] with [query]; the response is the caller's to release. */
struct search_response search_with(struct searcher *searcher, struct search_request *request, const char *query);

/* The ids of the hits of [query] in their order with blanks between, or "error STATUS @POSITION: message". Static
 * memory, until the next call. */
const char *hits_of(struct searcher *searcher, const char *query, enum match_mode match);
const char *hits_with(struct searcher *searcher, struct search_request *request, const char *query);

/* The same with the ids in byte order: for tests of what matches, not of how it ranks. */
const char *found(struct searcher *searcher, const char *query);
const char *found_any(struct searcher *searcher, const char *query);

#endif
