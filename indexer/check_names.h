/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the terms of names that lead to a document are those that the names in its record make.
 *
 * Takes a document and its record; gives the first term that one of them lacks; never repairs anything.
 */
#ifndef INDEXER_CHECK_NAMES_H
#define INDEXER_CHECK_NAMES_H

#include "indexer/schema.h"
#include "xapian-c/xapian-c.h"

enum name_terms { NAME_TERMS_SOUND, NAME_TERMS_MISSING, NAME_TERMS_FOREIGN };

/* [term] gets the term that is missing, or that is there and in no name of the record. Returns OK; DAMAGED when the
 * names of the record or the document's terms cannot be read; NO_MEMORY. */
enum status check_name_terms(enum name_terms *out, struct buffer *term, struct xc_document *document,
                             const struct record *record);

#endif
