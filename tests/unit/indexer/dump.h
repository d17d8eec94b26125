/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index as text, for comparing two: every byte that matters, in an order that does not depend on how it was made. */
#ifndef TESTS_INDEXER_DUMP_H
#define TESTS_INDEXER_DUMP_H

#include <stdio.h>

/* Writes a line for each document's record, value and term (with wdf and positions), by ascending document number and
 * term, and one for each recorded file. Returns 0, or -1 with a message on stderr. */
int dump_index(FILE *out, const char *path);

/* Writes the documents' ids by ascending document number, separated by blanks. Likewise. */
int dump_ids(FILE *out, const char *path);

#endif
