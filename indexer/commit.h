/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commits a batch, and outlives what libxapian makes of a full disk.
 *
 * When a write fails while libxapian 1.4 merges value slots, a destructor throws, and the C++ run-time calls abort().
 * That is caught here. The batch is lost, the index on disk is as it was last committed, and the writer must never be
 * touched again, not even to be freed: its lock goes with the process.
 */
#ifndef INDEXER_COMMIT_H
#define INDEXER_COMMIT_H

#include "xapian-c/xapian-c.h"

/* Returns what xc_writer_commit returns. *[lost] tells that it ended in an abort: then XC_IO is returned and [writer],
 * with all that was made from it, is to be left alone. Changes the process's way with SIGABRT for the time of the call.
 */
enum xc_status commit_batch(bool *lost, struct xc_writer *writer, struct xc_error *error);

#endif
