/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names learnt from plain text: what a model tags often becomes a list that the next model looks at. */
#ifndef INDEXER_ENTITIES_TRAIN_NAMES_H
#define INDEXER_ENTITIES_TRAIN_NAMES_H

#include <stddef.h>

/* Tags the tokenised texts at [paths], a sentence a line, with the model at [model], and writes the names found at
 * least [least] times to [out]: name, how often it was a person, an organization, a place, another name,
 * tab-separated, the most frequent first. Returns an exit status. */
int names_run(const char *model, const char *out, char **paths, size_t count, size_t least);

#endif
