/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts whose spans are marked by hand, so that the rules are tested without a model. */
#ifndef TESTS_NAMES_MARKED_H
#define TESTS_NAMES_MARKED_H

#include "indexer/entities/names/names.h"

/* Finds the names of [marked], where [PER …], [ORG …], [LOC …] and [OTH …] stand around what a model would give, and
 * writes them as "person Anwar Ibrahim: Anwar Ibrahim (title), Anwar (back-reference)", a line each, to a static
 * buffer. Without any mark, the lists work alone. */
const char *names_of(const char *marked, const struct user_names *user);

/* The same through namer_text, without a model. */
const char *names_of_text(const char *text);

#define assert_names(marked, expected) assert_string_equal(names_of(marked, NULL), expected)

#endif
