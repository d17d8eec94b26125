/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs that readers have do their work: pdftotext, pdftoppm, tesseract.
 *
 * Takes a program of the table and fixed arguments; gives what it prints; never runs a shell and never passes on a name
 * from a file: the input is a descriptor. The program is shut in as its caller is.
 */
#ifndef CORPUS_FORMATS_TOOL_H
#define CORPUS_FORMATS_TOOL_H

#include "corpus/text.h"

#include <stdbool.h>

enum tool { TOOL_PDFTOTEXT, TOOL_PDFTOPPM, TOOL_TESSERACT };

/* Whether it is installed, and the Debian package it is in. */
bool tool_exists(enum tool tool);
const char *tool_package(enum tool tool);

/* Runs [tool] with [arguments] (NULL-terminated, without its name) and [input] as its standard input from the start;
 * appends its standard output to [out] and the start of its complaints to [complaints]. *[exit] is its exit status, or
 * 128 and the signal that ended it. Returns OK, UNSUPPORTED (not installed), LIMIT ([out] is full; it is ended), IO,
 * NO_MEMORY. */
enum status tool_run(int *exit, struct buffer *out, struct buffer *complaints, enum tool tool,
                     const char *const *arguments, int input);

#endif
