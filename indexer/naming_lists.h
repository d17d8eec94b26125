/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's lists of names that an index goes by: those of a folder named once, or of the one beside it.
 *
 * Takes an index and what was asked for; opens the model with the lists to use, and records them in the index, so that
 * a later run finds names with the same ones and a search knows their aliases; never changes a list.
 */
#ifndef INDEXER_NAMING_LISTS_H
#define INDEXER_NAMING_LISTS_H

#include "indexer/naming.h"
#include "indexer/store.h"

/* What to find names with. */
struct naming_choice {
    const char *database;
    const char *model; /* path */
    const char *names; /* folder of lists; NULL: the one the index remembers, else the one beside it, if it is there */
    void (*warn)(void *context, const char *path, const char *message); /* of lists that are gone or have bad lines */
    void *context;
};

/* The lists in use. Zero-initialise. */
struct naming_lists {
    const struct naming_choice *choice;
    struct buffer folder; /* empty for none */
    bool named;           /* by the user, now or for an earlier run: remembered */
};

/* Opens the model and the lists of [choice], which must outlive [lists]. A folder that the index remembers and that is
 * gone is told, and what it held then serves. Returns OK; as naming_open; what cannot be read of the index is left to
 * store_open to tell. */
enum status naming_lists_open(struct naming **out, struct naming_lists *lists, const struct naming_choice *choice,
                              struct error *error);
void naming_lists_release(struct naming_lists *lists);

/* Records the lists of [naming] in the open batch of [store], unless they are recorded. Returns as store_put. */
enum status naming_lists_record(const struct naming_lists *lists, struct store *store, const struct naming *naming,
                                struct error *error);

#endif
