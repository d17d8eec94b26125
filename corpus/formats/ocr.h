/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text read off pictures by tesseract, where it is installed and was asked for.
 *
 * Takes pictures and PDF pages; gives the text; never keeps more than one page.
 */
#ifndef CORPUS_FORMATS_OCR_H
#define CORPUS_FORMATS_OCR_H

#include "corpus/reader.h"

/* Appends the text of the pages of [job]'s PDF, or of its picture, to [out]. Returns OK, UNSUPPORTED (no tesseract, no
 * pdftoppm), LIMIT, INVALID (not a picture it reads), IO, NO_MEMORY; [job->error] says why. */
enum status ocr_pages(struct buffer *out, struct read_job *job);
enum status ocr_picture(struct buffer *out, struct read_job *job);

#endif
