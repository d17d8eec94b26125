/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a document mentions the names that a query asks for, in whatever words: an alias, a part, another spelling.
 *
 * Takes the names of a stored record and a query's evidence; gives ranges of bytes; never analyses a text.
 */
#ifndef SEARCHER_NAME_MARKS_H
#define SEARCHER_NAME_MARKS_H

#include "searcher/highlight.h"

/* The mentions in the text of [record], or with [title] in its title that is not part of the text, of the names in
 * [evidence]: hits whose group is an index of evidence->names. Ascending; memory from [arena]. Damaged names end the
 * list. Returns OK, NO_MEMORY. */
enum status name_marks(const struct highlight_hit **out, size_t *count, struct arena *arena,
                       const struct record *record, const struct evidence *evidence, bool title);

#endif
