/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of office documents share: a writer of paragraphs and cells, and the documents' own metadata.
 *
 * Takes what XML parts hold; gives lines of text and the fields of a document; never writes formatting.
 */
#ifndef CORPUS_FORMATS_OFFICE_H
#define CORPUS_FORMATS_OFFICE_H

#include "corpus/formats/package.h"
#include "corpus/formats/xml.h"

/* Text that grows. Breaks are due before the next word, so that none stand at either end. */
struct prose {
    struct buffer *out;
    int breaks; /* 1 a line, 2 a paragraph */
    bool tab;
};

void prose_break(struct prose *prose, int breaks);
void prose_tab(struct prose *prose); /* a cell ends */
enum status prose_put(struct prose *prose, struct span text);

/* Reads a part of metadata: Dublin Core's title, creator, language, date and what the office formats add. [dated]: its
 * dc:date is the day of publication, as in books. Returns OK, NO_MEMORY: a broken part states nothing. */
enum status office_metadata(struct document *document, struct span part, bool dated);

/* Reads [part] with [handler]; a failure is told as one of [job]'s file. */
enum status office_xml(struct read_job *job, const struct xml_handler *handler, struct span part);

/* Begins the job's document, sets its text and its metadata from [metadata], and delivers it. [title] is a range of
 * [text] set as a title, used when the metadata state none. */
enum status office_deliver(struct read_job *job, struct buffer *text, struct span metadata, struct range title);

#endif
