/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names put into an index by hand, as the indexer would, so that a test says what is found where. */
#ifndef TESTS_SEARCHER_NAMES_FIXTURE_H
#define TESTS_SEARCHER_NAMES_FIXTURE_H

#include "indexer/schema.h"

struct fixture_name {
    const char *id;
    enum name_type type;
    const char *name; /* canonical, as shown */
    const char *at;   /* stem of the first word of its mentions: each place of it in the document is one */
};

/* Adds names to the documents of the index [path]; those of one document and type in the order they are shown in. */
void put_names(const char *path, const struct fixture_name *names, size_t count);

#endif
