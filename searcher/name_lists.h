/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lists of names, as queries use them: the user's own, and the built-in ones.
 *
 * Takes an opened index and texts; gives the names that aliases stand for; never changes a list.
 */
#ifndef SEARCHER_NAME_LISTS_H
#define SEARCHER_NAME_LISTS_H

#include "searcher/reader.h"

struct user_names;

/* Loads what says other names: the lists that the index's names were found with, as it has kept them, and over those
 * the lists beside it, which may have been edited since. *[out] is NULL when there are none. Lines that are no good are
 * left out: indexing tells them. Returns OK, IO, LIMIT, NO_MEMORY. */
enum status name_lists_load(struct user_names **out, struct reader *reader, struct error *error);
void name_lists_free(struct user_names *names);

/* The name that [text] stands for as a name of [type], or [text] itself. [names] may be NULL. */
struct span name_lists_expand(const struct user_names *names, enum name_type type, struct span text);

/* Which rule found a mention, in a word, by the number that a record keeps. */
const char *name_lists_why(unsigned why);

#endif
