/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an index holds, as figures: for `dossier info` and the page's entry. */
#ifndef SEARCHER_INFO_H
#define SEARCHER_INFO_H

#include "searcher/reader.h"
#include "searcher/search.h"

struct index_info {
    char uuid[40];
    uint64_t revision;
    uint32_t documents;
    uint32_t undated;
    double average_words;   /* indexed words a document, title weight included */
    uint64_t words;         /* different exact forms */
    uint64_t stems;         /* different stems */
    uint64_t bytes;         /* of the index's files */
    char first[9], last[9]; /* YYYYMMDD of the earliest and latest document; empty when none is dated */
};

/* Reads the figures; counting words walks the whole list of terms (a second for some millions). Returns OK, CHANGED,
 * DAMAGED, IO, NO_MEMORY. */
enum status index_info(struct index_info *out, struct reader *reader, struct error *error);

/* The same without what takes time: words, stems and bytes are 0. Returns as index_info. */
enum status index_state(struct index_info *out, struct reader *reader, struct error *error);

#endif
