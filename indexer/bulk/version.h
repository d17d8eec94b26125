/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that makes tables a database: where each begins, and the figures of the whole.
 *
 * Takes roots and figures; gives the file iamglass; and tells whether the library that is installed writes the same
 * version of the format.
 */
#ifndef INDEXER_BULK_VERSION_H
#define INDEXER_BULK_VERSION_H

#include "indexer/bulk/btree.h"

/* The tables, in the order of the file. */
enum version_table { TABLE_POSTLIST, TABLE_DOCDATA, TABLE_TERMLIST, TABLE_POSITION, TABLE_SPELLING, TABLE_SYNONYM };
enum { VERSION_TABLES = 6, VERSION_UUID = 16 };

/* The file of a table within its folder, and the size from which its tags are deflated. */
struct version_row {
    const char *file;
    size_t compress_min; /* bytes; 0: never */
};
extern const struct version_row version_rows[VERSION_TABLES];

/* Figures of the database. Lengths are in occurrences. */
struct version_figures {
    uint64_t documents, last_docid, total_length;
    uint32_t length_least; /* of the documents that are not empty; 0 when all are */
    uint32_t length_most;
    uint32_t wdf_most;
};

/* Appends the bytes of the file. Returns OK, NO_MEMORY. */
enum status version_pack(struct buffer *out, const unsigned char uuid[VERSION_UUID],
                         const struct btree_root roots[VERSION_TABLES], const struct version_figures *figures);

/* Writes them to [folder]/iamglass, durable, as the last step of making a database, with a new random UUID. Returns OK,
 * IO with a message, NO_MEMORY. */
enum status version_write(const char *folder, const struct btree_root roots[VERSION_TABLES],
                          const struct version_figures *figures, struct error *error);

/* Whether the database in [folder], made by the installed library, is of the format that is written here: version,
 * block size, deflated tables. */
bool version_matches(const char *folder);

#endif
