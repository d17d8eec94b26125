/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/bulk/version.h"

#include "indexer/bulk/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* 0F 0D, the name, and the day of the format: 2016-03-14. */
static const char magic[] = "\x0f\x0dXapian Glass\x04\x6e";
enum { MAGIC = sizeof magic - 1, FILE_MAX = 4096 };

const struct version_row version_rows[VERSION_TABLES] = {
    [TABLE_POSTLIST] = {"postlist.glass", 0},  [TABLE_DOCDATA] = {"docdata.glass", 18},
    [TABLE_TERMLIST] = {"termlist.glass", 18}, [TABLE_POSITION] = {"position.glass", 0},
    [TABLE_SPELLING] = {"spelling.glass", 18}, [TABLE_SYNONYM] = {"synonym.glass", 18},
};

/* Nothing is free below the block after the last. */
static enum status pack_freelist(struct buffer *out, const struct btree_root *root)
{
    unsigned char list[2 * PACK_NUMBER_BYTES + 4] = {0};
    size_t length = 0;
    if (!root->empty) {
        length = pack_number_at(list, 1);
        length += pack_number_at(list + length, root->blocks);
        memset(list + length, 0, 4);
        length += 4;
    }
    return pack_string(out, (struct span){(const char *)list, length});
}

static enum status pack_root(struct buffer *out, const struct btree_root *root, size_t compress_min)
{
    const uint64_t numbers[] = {root->empty ? 0 : root->root, (root->empty ? 0 : root->level << 2) | 2u | root->empty,
                                root->items, TABLE_BLOCK >> 11, compress_min};
    enum status status = OK;
    for (size_t i = 0; !status && i < sizeof numbers / sizeof *numbers; i++) status = pack_number(out, numbers[i]);
    return status ? status : pack_freelist(out, root);
}

enum status version_pack(struct buffer *out, const unsigned char uuid[VERSION_UUID],
                         const struct btree_root roots[VERSION_TABLES], const struct version_figures *figures)
{
    enum status status = buffer_append(out, magic, MAGIC);
    if (!status) status = buffer_append(out, (const char *)uuid, VERSION_UUID);
    if (!status) status = pack_number(out, 1); /* revision */
    for (int i = 0; !status && i < VERSION_TABLES; i++)
        status = pack_root(out, &roots[i], version_rows[i].compress_min);
    const uint64_t numbers[] = {figures->documents,
                                figures->last_docid - figures->documents,
                                figures->length_least,
                                figures->wdf_most,
                                figures->length_most - figures->wdf_most,
                                0, /* changes kept for replication */
                                figures->total_length,
                                0 /* the most frequent word of the spelling table */};
    for (size_t i = 0; !status && i < sizeof numbers / sizeof *numbers; i++) status = pack_number(out, numbers[i]);
    return status;
}

static enum status write_file(const char *path, struct span bytes, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = fd >= 0 && write(fd, bytes.data, bytes.length) == (ssize_t)bytes.length && !fsync(fd);
    int why = errno;
    if (fd >= 0) close(fd);
    return good ? OK : fail(error, IO, "cannot write '%s': %s", path, strerror(why));
}

enum status version_write(const char *folder, const struct btree_root roots[VERSION_TABLES],
                          const struct version_figures *figures, struct error *error)
{
    unsigned char uuid[VERSION_UUID];
    struct buffer bytes;
    char *path = NULL;
    buffer_init(&bytes, FILE_MAX);
    if (getrandom(uuid, sizeof uuid, 0) != sizeof uuid)
        return fail(error, IO, "no random numbers: %s", strerror(errno));
    uuid[6] = (uuid[6] & 0x0f) | 0x40; /* a random UUID, RFC 4122 */
    uuid[8] = (uuid[8] & 0x3f) | 0x80;
    enum status status = version_pack(&bytes, uuid, roots, figures);
    if (!status && asprintf(&path, "%s/iamglass", folder) < 0) status = NO_MEMORY, path = NULL;
    status = status ? fail(error, status, "out of memory") : write_file(path, buffer_span(&bytes), error);
    free(path);
    buffer_release(&bytes);
    return status;
}

/* ---- the installed library ---- */

static bool take_number(uint64_t *out, const unsigned char **at, const unsigned char *end)
{
    const unsigned char *last = *at;
    while (last < end && *last >= 0x80) last++;
    if (last == end || last - *at >= PACK_NUMBER_BYTES) return false;
    *out = unpack_number(at);
    return true;
}

static bool row_matches(const unsigned char **at, const unsigned char *end, const struct version_row *row)
{
    uint64_t root, flags, items, block, compress_min, list;
    if (!take_number(&root, at, end) || !take_number(&flags, at, end) || !take_number(&items, at, end) ||
        !take_number(&block, at, end) || !take_number(&compress_min, at, end) || !take_number(&list, at, end) ||
        list > (uint64_t)(end - *at))
        return false;
    *at += list;
    return block == TABLE_BLOCK >> 11 && compress_min == row->compress_min;
}

bool version_matches(const char *folder)
{
    char path[4096];
    unsigned char bytes[FILE_MAX];
    int length = snprintf(path, sizeof path, "%s/iamglass", folder);
    if (length < 0 || (size_t)length >= sizeof path) return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    if (fd >= 0) close(fd);
    if (got < MAGIC + VERSION_UUID || memcmp(bytes, magic, MAGIC)) return false;
    const unsigned char *at = bytes + MAGIC + VERSION_UUID, *end = bytes + got;
    uint64_t number;
    bool same = take_number(&number, &at, end); /* revision */
    for (int i = 0; same && i < VERSION_TABLES; i++) same = row_matches(&at, end, &version_rows[i]);
    for (int i = 0; same && i < 8; i++) same = take_number(&number, &at, end);
    return same && at == end;
}
