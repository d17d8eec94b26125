/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One JSON object as one document.
 *
 * Takes the bytes of a record; gives the job's document or the reason why there is none; never reads from the file.
 */
#ifndef CORPUS_RECORD_H
#define CORPUS_RECORD_H

#include "corpus/reader.h"

/* Reads [json], the record that begins on line [where], and delivers it to the job's sink, or reports it there as a bad
 * record. Keys are those of keys.h, others are passed over. Strings, numbers and lists of strings are values; a lone
 * half of a surrogate pair becomes U+FFFD. A record without an id has "<path>#<where>".
 * Returns OK (also for a bad record), NO_MEMORY, or what the sink returned. */
enum status record_read(struct read_job *job, struct span json, uint64_t where);

#endif
