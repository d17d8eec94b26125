/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The readers of complex formats: what dossier-read is made of.
 *
 * Takes open files; gives their documents to the job's sink; never opens a file by name and never follows what a file
 * refers to. Only to be called in a process that is shut in (read/sandbox.h), and by tests.
 */
#ifndef CORPUS_FORMATS_FORMATS_H
#define CORPUS_FORMATS_FORMATS_H

#include "corpus/reader.h"

/* Loads what all files need, once, before the process is shut in: libmagic's database, gmime. */
void formats_prepare(void);

/* Reads [job]'s file by its row, or finds out with libmagic and a look inside what it is. Returns what source_read
 * returns. [session] is not used: it is there for the pointer in struct read_job. */
enum status formats_read(struct source_session *session, struct read_job *job);

/* One reader each. */
enum status read_html(struct read_job *job);
enum status read_pdf(struct read_job *job);
enum status read_picture(struct read_job *job);
enum status read_rtf(struct read_job *job);
enum status read_email(struct read_job *job);
enum status read_mbox(struct read_job *job);
enum status read_warc(struct read_job *job);
enum status read_archive(struct read_job *job);
enum status read_zip(struct read_job *job); /* an office document, a book, or an archive: by its members */
enum status read_docx(struct read_job *job);
enum status read_odt(struct read_job *job);
enum status read_pptx(struct read_job *job);
enum status read_xlsx(struct read_job *job);
enum status read_ods(struct read_job *job);
enum status read_epub(struct read_job *job);

#endif
