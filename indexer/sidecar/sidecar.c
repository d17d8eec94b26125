/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/sidecar/sidecar.h"

#include "indexer/sidecar/layout.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum xc_status sidecar_key_read(struct sidecar_key *out, struct xc_database *database, struct xc_error *error)
{
    struct sidecar_key key = {.revision = 0};
    struct xc_statistics statistics;
    struct xc_bytes uuid;
    enum xc_status status = xc_database_revision(&key.revision, database, error);
    if (!status) status = xc_database_statistics(&statistics, database, error);
    if (!status) status = xc_database_uuid(&uuid, database, error);
    if (status) return status;
    memcpy(key.uuid, uuid.data, uuid.length < sizeof key.uuid ? uuid.length : sizeof key.uuid - 1);
    key.total_length = statistics.total_length;
    key.documents = statistics.documents;
    key.last_docid = statistics.last_docid;
    *out = key;
    return XC_OK;
}

char *layout_path(const char *index, const char *name, const char *more)
{
    char *path;
    return asprintf(&path, "%s/%s" SIDECAR_SUFFIX "%s", index, name, more) < 0 ? NULL : path;
}

uint64_t layout_checksum(const struct layout_header *header, const struct layout_section *table)
{
    struct layout_header blank = *header;
    blank.checksum = 0;
    uint64_t sum = XXH3_64bits(&blank, sizeof blank);
    return XXH3_64bits_withSeed(table, header->sections * sizeof *table, sum);
}

static const struct layout_header *header_of(const struct sidecar *sidecar)
{
    return (const void *)sidecar->bytes;
}

static const struct layout_section *table_of(const struct sidecar *sidecar)
{
    return (const void *)(sidecar->bytes + sizeof(struct layout_header));
}

/* Whether the header is whole, of this format and of [key], and every section lies within the file. */
static bool is_usable(const struct sidecar *sidecar, const struct sidecar_key *key)
{
    const struct layout_header *header = header_of(sidecar);
    const struct layout_section *table = table_of(sidecar);
    if (memcmp(header->magic, LAYOUT_MAGIC, sizeof header->magic) || header->version != LAYOUT_VERSION) return false;
    if (header->length != sidecar->length || header->sections > SIDECAR_SECTIONS_MAX) return false;
    if (memcmp(&header->key, key, sizeof *key)) return false;
    if (sizeof *header + header->sections * sizeof *table > sidecar->length) return false;
    if (header->checksum != layout_checksum(header, table)) return false;
    for (uint32_t i = 0; i < header->sections; i++)
        if (table[i].start % SIDECAR_ALIGNMENT || table[i].start > sidecar->length ||
            table[i].length > sidecar->length - table[i].start)
            return false;
    return true;
}

enum status sidecar_open(struct sidecar *out, const char *index, const char *name, const struct sidecar_key *key)
{
    struct sidecar sidecar = {NULL, 0};
    *out = sidecar;
    char *path = layout_path(index, name, "");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    free(path);
    if (file < 0) return NOT_FOUND;
    struct stat found;
    if (!fstat(file, &found) && S_ISREG(found.st_mode) && found.st_size >= (off_t)sizeof(struct layout_header)) {
        void *mapped = mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) sidecar = (struct sidecar){mapped, (size_t)found.st_size};
    }
    close(file);
    if (!sidecar.bytes) return NOT_FOUND;
    if (!is_usable(&sidecar, key)) {
        sidecar_close(&sidecar);
        return NOT_FOUND;
    }
    *out = sidecar;
    return OK;
}

void sidecar_close(struct sidecar *sidecar)
{
    if (sidecar->bytes) munmap((void *)(uintptr_t)sidecar->bytes, sidecar->length);
    *sidecar = (struct sidecar){NULL, 0};
}

struct span sidecar_section(const struct sidecar *sidecar, const char *name)
{
    if (!sidecar->bytes) return (struct span){NULL, 0};
    const struct layout_section *table = table_of(sidecar);
    for (uint32_t i = 0; i < header_of(sidecar)->sections; i++)
        if (!strncmp(table[i].name, name, sizeof table[i].name))
            return (struct span){sidecar->bytes + table[i].start, table[i].length};
    return (struct span){NULL, 0};
}

bool sidecar_intact(const struct sidecar *sidecar)
{
    if (!sidecar->bytes) return false;
    const struct layout_section *table = table_of(sidecar);
    for (uint32_t i = 0; i < header_of(sidecar)->sections; i++)
        if (XXH3_64bits(sidecar->bytes + table[i].start, table[i].length) != table[i].checksum) return false;
    return true;
}
