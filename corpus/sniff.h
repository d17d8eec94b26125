/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells what a file is by its first bytes, and by its name only where several kinds of text begin alike.
 *
 * Takes the head of a file and its name; gives the row of the table of source.h; never reads on.
 */
#ifndef CORPUS_SNIFF_H
#define CORPUS_SNIFF_H

#include "corpus/text.h"

enum { SNIFF_HEAD_BYTES = 4096 };

struct sniffed {
    const char *type;    /* of a row; NULL when it takes more than the head to tell, or it is refused; static */
    const char *refused; /* "a PNG picture": nothing dossier reads, in words; static */
    bool picture;        /* refused, but text may be read off it */
};

struct sniffed sniff(struct span head, struct span name);

#endif
