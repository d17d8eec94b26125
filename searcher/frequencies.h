/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many documents have a term, remembered for as long as the index stays as it is.
 *
 * Takes terms; gives counts; never tells a count of another state of the index: its owner clears it when that changes.
 */
#ifndef SEARCHER_FREQUENCIES_H
#define SEARCHER_FREQUENCIES_H

#include "corpus/text.h"

enum {
    FREQUENCIES_ROOM = 8192, /* terms: the words of some thousand queries with their other spellings, 450 KB */
    FREQUENCIES_BYTES = 48   /* bytes of a term that is remembered; longer ones are rare */
};

struct frequencies;

struct frequencies *frequencies_new(void); /* NULL when out of memory: everything then goes on without */
void frequencies_free(struct frequencies *frequencies);
void frequencies_clear(struct frequencies *frequencies);

/* True when [term] is remembered, with its count in *[out]. [frequencies] may be NULL. */
bool frequencies_find(uint32_t *out, const struct frequencies *frequencies, struct span term);
void frequencies_keep(struct frequencies *frequencies, struct span term, uint32_t documents);

#endif
