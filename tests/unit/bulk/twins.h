/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two databases of the same random documents: one made by libxapian's writer, the other by the loader.
 *
 * Everything asserts; the same seed gives the same documents.
 */
#ifndef TESTS_BULK_TWINS_H
#define TESTS_BULK_TWINS_H

#include "corpus/text.h"

#include <stdint.h>

/* What the documents are like. */
struct twins_plan {
    uint32_t documents;
    unsigned terms;     /* a document has at most; also how many different ones there are, times 4 */
    unsigned positions; /* of a term in a document, at most */
    uint32_t position_most;
    size_t data_most;  /* bytes of a document's data */
    size_t value_most; /* bytes of a value */
    size_t memory;     /* the loader's */
    unsigned metadata; /* entries */
    bool long_terms;   /* of 245 bytes, and with NULs */
};

/* Makes both in the working folder: "by.writer" and "by.loader". */
void twins_make(const struct twins_plan *plan, uint64_t seed);

/* Replaces, removes and adds the same documents in both, through the writer. */
void twins_update(const struct twins_plan *plan, uint64_t seed);

/* Asserts that two databases hold the same: statistics, metadata, documents with data, values and terms, and postings
 * term by term with wdf, lengths and positions; and that libxapian's check finds as
 * much in both: nothing, or positions in documents without length. */
void twins_compare(const char *first, const char *second);

#endif
