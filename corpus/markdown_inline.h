/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The marks within a line of Markdown. */
#ifndef CORPUS_MARKDOWN_INLINE_H
#define CORPUS_MARKDOWN_INLINE_H

#include "corpus/text.h"

/* Appends [line] without emphasis, code marks, HTML tags, and addresses of links and pictures; a link's text, a
 * picture's description and an address in angle brackets stay. Backslash escapes and the commonest character
 * references are resolved. Marks are matched within the line, at most MARK_REACH bytes apart.
 *
 * *[work] is the bytes that may still be looked through for partners; it falls, and at 0 marks stay as they are, so
 * that a text made of opening brackets takes no longer than another. Returns OK, LIMIT, NO_MEMORY. */
enum status markdown_inline(struct buffer *out, struct span line, size_t *work);

enum { MARK_REACH = 2000 /* bytes between a mark and its partner: more than a paragraph of emphasis */ };

#endif
