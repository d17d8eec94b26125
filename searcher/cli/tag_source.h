/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The texts that `dossier tag` is given: files, folders, standard input.
 *
 * Takes operands; gives documents one at a time; names on stderr what it cannot read, and goes on.
 */
#ifndef CLI_TAG_SOURCE_H
#define CLI_TAG_SOURCE_H

#include "corpus/status.h"
#include "corpus/text.h"

#include <stdbool.h>

/* A document to be tagged, borrowed from its reader. */
struct tag_input {
    struct span id;
    struct span title; /* empty when the title is part of the text */
    struct span text;
};

/* Receives a document; a status other than OK ends the reading and becomes its result. */
typedef enum status tag_use(void *context, const struct tag_input *input);

/* Reads the documents of the file or folder [path] as index does; "-" is standard input as one text, as it is, so
 * that offsets are those of its bytes. *[skipped] becomes true when something could not be read. Returns OK, NO_MEMORY
 * with a message in [error], or what [use] returned. */
enum status tag_source_read(const char *path, tag_use *use, void *context, bool *skipped, struct error *error);

/* Says on stderr that [path] is skipped. */
void tag_source_skip(const char *path, const char *reason);

#endif
