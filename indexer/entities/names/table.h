/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes the table that lists.h searches, from lines of the lists.
 *
 * Takes phrases with what they are; gives the bytes of a table, the same for the same input; used when building
 * dossier and when loading a user's lists.
 */
#ifndef NAMES_TABLE_H
#define NAMES_TABLE_H

#include "indexer/entities/names/lists.h"

enum { TABLE_PHRASES_MAX = 1 << 20 }; /* phrases with their beginnings: far more than people write by hand */

struct table;

enum status table_new(struct table **out);
void table_free(struct table *table);

/* Adds [phrase], which is [classes] and stands for [name] (empty: for itself). A phrase may be added several times.
 * Returns OK, INVALID when it has no word or more than LIST_PHRASE_MAX pieces, LIMIT, NO_MEMORY. */
enum status table_add(struct table *table, struct span phrase, struct span name, uint32_t classes, unsigned kind);

/* Appends the table's bytes to [out], which must be empty. */
enum status table_write(struct table *table, struct buffer *out);

/* Reads the lines of one of dossier's lists. Returns OK, or what a bad line is, with its number in [error]. */
enum status table_read(struct table *table, const char *list, struct span content, struct error *error);

/* Takes the fields of [line] apart at tabs; returns how many, at most [room]; white space around them is dropped. */
size_t line_fields(struct span *fields, size_t room, struct span line);

/* Takes the next of the names in [names], which are separated by |. False at the end. */
bool next_name(struct span *names, struct span *name);

#endif
