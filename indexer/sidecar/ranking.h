/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranking.cache: what ranking asks of every posting and libxapian answers slowly. Shapes only.
 *
 * "lengths"  uint32_t for each docid from 0 to the last: the document's length (its sum of wdf), 0 where there is no
 *            document. Left out when the docids are too sparse for it (RANKING_SPARSE_MAX).
 */
#ifndef INDEXER_SIDECAR_RANKING_H
#define INDEXER_SIDECAR_RANKING_H

#define RANKING_CACHE   "ranking"
#define RANKING_LENGTHS "lengths"

enum { RANKING_SPARSE_MAX = 16 /* docids for each document: an array by docid would mostly hold nothing */ };

#endif
