/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages, read by gmime: headers, the text or else the HTML, and what is attached.
 *
 * Takes a parsed message; gives one document, and one for each attachment that has text; never follows a reference and
 * never asks a server.
 */
#ifndef CORPUS_FORMATS_MAIL_H
#define CORPUS_FORMATS_MAIL_H

#include "corpus/reader.h"

#include <gmime/gmime.h>

/* Once. */
void mail_prepare(void);

/* Delivers [message] as a document with the id [id], and its attachments with ids below it. [where] as in job_deliver;
 * not [wanted]: only the attachments. Returns what a reader returns. */
enum status mail_deliver(struct read_job *job, GMimeMessage *message, struct span id, uint64_t where, bool wanted);

#endif
