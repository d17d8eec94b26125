/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A user's own lists of names: other names, names to hide, names to add, types to correct.
 *
 * Takes a folder of tab-separated files; gives what to do with a name; never fails on a bad line: it is reported with
 * file and line, and left out.
 *
 *   aliases.tsv   alias, canonical name, type (may be left out: any)
 *   hide.tsv      name, type (may be left out: any)
 *   add.tsv       type, name, other names separated by |     found in texts wherever they stand
 *   types.tsv     name, type
 *
 * Each file may be missing. A line that is empty or begins with # is skipped. Types: person, organization, place.
 * Names compare by name_key: case, marks and spacing do not matter.
 */
#ifndef NAMES_USER_H
#define NAMES_USER_H

#include "indexer/entities/names/fold.h"
#include "indexer/entities/names/lists.h"
#include "indexer/entities/tag.h"

struct user_names;

/* A user's list: which (a place in user_list_names), its content, and how messages call it. */
struct user_list {
    size_t which;
    struct span content;
    const char *called;
};

enum { USER_LISTS = 4 };
extern const char *const user_list_names[USER_LISTS]; /* file names, in the order in which they are read */

/* Appends the content of list [which] of [folder] to [out], nothing when there is no such file. Returns OK; IO; LIMIT
 * for a file over 64 MB; NO_MEMORY. */
enum status user_list_read(struct buffer *out, const char *folder, size_t which, struct error *error);

/* Told of each line that was left out. */
typedef void user_names_report(void *context, const char *message);

/* Reads the lists in [folder]. Returns OK; MISSING when there is no such folder; IO; LIMIT for a file over 64 MB;
 * NO_MEMORY. */
enum status user_names_load(struct user_names **out, const char *folder, user_names_report *report, void *context,
                            struct error *error);

/* Makes the names of [lists]; of lines about the same name the later ones win. Returns OK, NO_MEMORY. */
enum status user_names_make(struct user_names **out, const struct user_list *lists, size_t count,
                            user_names_report *report, void *context, struct error *error);
void user_names_free(struct user_names *user);

/* The user's names to find in texts, NULL for none. */
const struct lists *user_names_lists(const struct user_names *user);

/* What the user wants of an entity: its name and type, changed or not. False when it is to be hidden. *[name] borrows
 * from [user] or is as given. [user] may be NULL. */
bool user_names_apply(const struct user_names *user, enum tag_type *type, struct span *name);

/* The canonical name that [query] stands for as a name of [type] (0: any): the user's, then the lists', else [query]
 * itself. Acronyms that mean several things stay as they are. [user] may be NULL. */
struct span names_expand(const struct user_names *user, enum tag_type type, struct span query);

/* The type called [name], 0 for none. */
enum tag_type type_of_name(struct span name);

#endif
