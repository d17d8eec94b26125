/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a file was made, as its own metadata say: weaker than what the document says of itself.
 *
 * Takes a time as a format states it; gives the document's date unless the time is one that programs put in by
 * themselves; never in place of a day that the text states.
 */
#ifndef CORPUS_FORMATS_STAMP_H
#define CORPUS_FORMATS_STAMP_H

#include "corpus/document.h"

/* Remembers [value] as the date of making. Returns OK, NO_MEMORY. */
enum status stamp_state(struct document *document, struct span value);

#endif
