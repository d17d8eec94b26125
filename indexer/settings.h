/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an index is made of, kept in a text file beside it, so that it can be brought up to date without saying it all
 * again: news.db.conf for news.db.
 *
 * A line is "key = value"; empty lines and those that begin with # are passed over. [path], [include] and [exclude] may
 * stand more than once. Relative paths start from the folder that holds the file, "~/" from the home folder.
 */
#ifndef INDEXER_SETTINGS_H
#define INDEXER_SETTINGS_H

#include "corpus/text.h"

enum { SETTINGS_VALUES_MAX = 256 /* of one key */ };

struct settings_list {
    const char **items;
    size_t count;
};

/* What the file says; what it does not say is empty, NULL or 0. */
struct settings {
    struct settings_list paths, include, exclude;
    const char *language, *names;
    unsigned jobs;
    bool prune, no_tag;
    struct arena arena; /* owns the strings */
};

/* Reads the settings of the index at [database]. Returns OK, also when there are none ([*found] tells); INVALID with
 * the file, the line and the cure; IO; NO_MEMORY. Released with settings_release, also after a failure. */
enum status settings_read(struct settings *out, bool *found, const char *database, struct error *error);
void settings_release(struct settings *settings);

/* Writes [settings] for the index at [database], in the place of those there are. Paths become absolute. Returns OK,
 * INVALID (a value with a line feed), IO, NO_MEMORY. */
enum status settings_write(const struct settings *settings, const char *database, struct error *error);

#endif
