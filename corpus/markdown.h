/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Markdown as readable text: the marks go, the words stay.
 *
 * Takes CommonMark with the usual extensions (tables, footnotes, strike-through); gives text with the same lines; never
 * renders, and what only looks like a mark stays as it is.
 */
#ifndef CORPUS_MARKDOWN_H
#define CORPUS_MARKDOWN_H

#include "corpus/document.h"

/* Sets [document]'s text from [source], without the marks of headings, emphasis, code, quotations and tables, without
 * the addresses of links and pictures, link definitions and comments. Lists keep their bullets and numbers.
 *
 * The title, unless it is stated already, is the first heading of the first level, or another heading that no paragraph
 * stands before. Returns OK, LIMIT, NO_MEMORY.
 */
enum status markdown_read(struct document *document, struct span source);

#endif
