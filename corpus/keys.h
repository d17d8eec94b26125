/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names under which records, front matter and page metadata state the fields of a document.
 *
 * Takes a key as written; gives the field it means; never looks at the value.
 */
#ifndef CORPUS_KEYS_H
#define CORPUS_KEYS_H

#include "corpus/document.h"

enum {
    KEY_TEXT = FIELD_COUNT, /* the document's text */
    KEY_COUNT               /* as many things can be stated; also "none of them" */
};

/* What [name] states, without regard to ASCII case, '-' and '_' being alike: an enum document_field, KEY_TEXT, or
 * KEY_COUNT. *[rank] orders several keys of one record that state the same: the lowest counts. */
int key_meaning(struct span name, int *rank);

#endif
