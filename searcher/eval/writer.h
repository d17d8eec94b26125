/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that is put together piece by piece, with one check at the end: after a failure nothing more is added. */
#ifndef EVAL_WRITER_H
#define EVAL_WRITER_H

#include "corpus/text.h"

#include <stdio.h>

struct writer {
    struct buffer text;
    enum status status;
};

void writer_init(struct writer *writer);
void writer_release(struct writer *writer);
void writer_printf(struct writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void writer_string(struct writer *writer, const char *string); /* as it is */
void writer_json(struct writer *writer, struct span text);     /* as a JSON string */
void writer_number(struct writer *writer, double number);      /* as a JSON number, null when it is none */
void writer_markdown(struct writer *writer, struct span text); /* escaped for Markdown */
void writer_html(struct writer *writer, struct span text);     /* escaped for HTML and its attributes */

/* Writes what was put together to [file]. Returns OK, or what went wrong then or before. */
enum status writer_flush(struct writer *writer, FILE *file, struct error *error);

/* The same to a file named [path], which takes its place only when whole. */
enum status writer_save(struct writer *writer, const char *path, struct error *error);

#endif
