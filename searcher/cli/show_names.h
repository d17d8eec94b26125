/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of one document, as `show` lists them.
 *
 * Takes a record; writes its names, those mentioned most first, on request with every mention and what found it.
 */
#ifndef CLI_SHOW_NAMES_H
#define CLI_SHOW_NAMES_H

#include "indexer/schema.h"

#include <jansson.h>
#include <stdio.h>

/* The names of a record, sorted: organizations, persons, places, those mentioned most first. */
struct shown_names {
    struct record_name *items; /* borrow from the record */
    size_t count;
};

/* Returns OK, DAMAGED, NO_MEMORY. */
enum status shown_names_read(struct shown_names *out, const struct record *record, struct error *error);
void shown_names_release(struct shown_names *names);

void shown_names_print(FILE *out, const struct shown_names *names, const struct record *record, bool why);

/* Sets organization, person and place of [object]: [{"name", "count"}], with [why] also "mentions". */
void shown_names_json(json_t *object, const struct shown_names *names, const struct record *record, bool why);

#endif
