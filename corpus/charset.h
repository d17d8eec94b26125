/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells text from other bytes, finds the charset of text, and converts it to UTF-8.
 *
 * Takes the bytes of a file; gives UTF-8 text; never looks at the file's name.
 */
#ifndef CORPUS_CHARSET_H
#define CORPUS_CHARSET_H

#include "corpus/text.h"

/* What [head], the first bytes of a file, are when they are not text: "a PDF document", "a zip archive or office
 * document", "binary data"; NULL for text in any charset. A known signature decides, else NUL bytes that are not those
 * of UTF-16 or UTF-32, else a share of control characters that no text has. Static string. */
const char *charset_binary(struct span head);

/* Gives [bytes] as UTF-8 without a byte order mark. *[text] borrows from [bytes] when they are UTF-8 already, else from
 * [out], which is overwritten. The order: a byte order mark; well-formed UTF-8; [declared], the charset stated by the
 * file, when iconv knows it; UTF-8 with a few faults, which are left for document_set_text to repair; what uchardet
 * says; windows-1252. Sequences that the charset does not have become U+FFFD.
 *
 * Returns OK, UNSUPPORTED (not text), LIMIT (over out->maximum), NO_MEMORY; [error] may be NULL.
 */
enum status charset_decode(struct span *text, struct span bytes, struct span declared, struct buffer *out,
                           struct error *error);

#endif
