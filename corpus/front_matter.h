/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The block of "key: value" lines between two "---" lines that may open a text or Markdown file.
 *
 * Takes the start of a text; gives the fields it states; never fails a document: what is not front matter is text.
 */
#ifndef CORPUS_FRONT_MATTER_H
#define CORPUS_FRONT_MATTER_H

#include "corpus/document.h"

enum { FRONT_MATTER_BYTES_MAX = 65536 /* a block that is not closed by then is text that begins with a rule */ };

/* Moves *text past its front matter and sets [document]'s fields from it. When there is none, or it is broken (not
 * closed, a line that is neither "key: value", a list item, a comment nor blank), *text stays as it was.
 *
 * Known keys are title, date, source, author, language, url and their usual other names; other keys are passed over. A
 * value may be quoted ('…' or "…") or a list ([a, "b"], or "- a" lines), whose items are joined by "; ". Nested maps
 * and blocks ("|", ">") are passed over.
 * Returns OK, NO_MEMORY.
 */
enum status front_matter_take(struct document *document, struct span *text);

#endif
