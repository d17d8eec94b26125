/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/sidecar/layout.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

struct sidecar_writer {
    char *path, *temporary;
    FILE *file;
    uint64_t at; /* bytes written, gaps included */
    XXH3_state_t *sum;
    uint32_t sections;
    struct layout_section table[SIDECAR_SECTIONS_MAX];
};

static enum status io_failure(const struct sidecar_writer *writer, struct error *error)
{
    return fail(error, IO, "cannot write '%s': %s (free some room or check the disk)", writer->temporary,
                strerror(errno));
}

static void release(struct sidecar_writer *writer)
{
    if (writer->file) fclose(writer->file);
    XXH3_freeState(writer->sum);
    free(writer->path);
    free(writer->temporary);
    free(writer);
}

enum status sidecar_create(struct sidecar_writer **out, const char *index, const char *name, struct error *error)
{
    struct sidecar_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return fail(error, NO_MEMORY, "out of memory");
    writer->path = layout_path(index, name, "");
    writer->temporary = layout_path(index, name, ".tmp");
    writer->sum = XXH3_createState();
    if (!writer->path || !writer->temporary || !writer->sum) {
        release(writer);
        return fail(error, NO_MEMORY, "out of memory");
    }
    /* Whoever builds holds the index's lock: what lies there was left by one that was killed. */
    unlink(writer->temporary);
    int file = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    writer->file = file < 0 ? NULL : fdopen(file, "wb");
    writer->at = sizeof(struct layout_header) + sizeof writer->table;
    if (!writer->file || fseek(writer->file, (long)writer->at, SEEK_SET)) {
        enum status status = io_failure(writer, error);
        if (file >= 0 && !writer->file) close(file);
        sidecar_discard(writer);
        return status;
    }
    *out = writer;
    return OK;
}

static enum status pad(struct sidecar_writer *writer, struct error *error)
{
    static const char zeros[SIDECAR_ALIGNMENT];
    size_t gap = (size_t)(-writer->at % SIDECAR_ALIGNMENT);
    if (gap && fwrite(zeros, 1, gap, writer->file) != gap) return io_failure(writer, error);
    writer->at += gap;
    return OK;
}

/* Ends the section at hand. */
static void seal(struct sidecar_writer *writer)
{
    if (writer->sections) writer->table[writer->sections - 1].checksum = XXH3_64bits_digest(writer->sum);
}

enum status sidecar_begin(struct sidecar_writer *writer, const char *section, struct error *error)
{
    size_t length = strlen(section);
    assert(length && length <= SIDECAR_NAME_MAX);
    for (uint32_t i = 0; i < writer->sections; i++) assert(strncmp(writer->table[i].name, section, SIDECAR_NAME_MAX));
    if (writer->sections == SIDECAR_SECTIONS_MAX)
        return fail(error, LIMIT, "'%s' would have more than %d sections", writer->path, SIDECAR_SECTIONS_MAX);
    seal(writer);
    enum status status = pad(writer, error);
    if (status) return status;
    struct layout_section *row = &writer->table[writer->sections++];
    memcpy(row->name, section, length);
    row->start = writer->at;
    XXH3_64bits_reset(writer->sum);
    return OK;
}

enum status sidecar_append(struct sidecar_writer *writer, const void *data, size_t length, struct error *error)
{
    assert(writer->sections);
    if (!length) return OK;
    if (fwrite(data, 1, length, writer->file) != length) return io_failure(writer, error);
    XXH3_64bits_update(writer->sum, data, length);
    writer->table[writer->sections - 1].length += length;
    writer->at += length;
    return OK;
}

/* The header and the table, which is followed by unused rows. */
static enum status write_head(struct sidecar_writer *writer, const struct sidecar_key *key, struct error *error)
{
    struct layout_header header = {
        .version = LAYOUT_VERSION, .sections = writer->sections, .key = *key, .length = writer->at};
    memcpy(header.magic, LAYOUT_MAGIC, sizeof header.magic);
    header.checksum = layout_checksum(&header, writer->table);
    if (fseek(writer->file, 0, SEEK_SET) || fwrite(&header, sizeof header, 1, writer->file) != 1 ||
        fwrite(writer->table, sizeof writer->table, 1, writer->file) != 1 || fflush(writer->file) ||
        fsync(fileno(writer->file)))
        return io_failure(writer, error);
    return OK;
}

enum status sidecar_finish(struct sidecar_writer *writer, const struct sidecar_key *key, struct error *error)
{
    seal(writer);
    enum status status = pad(writer, error);
    if (!status) status = write_head(writer, key, error);
    if (!status && rename(writer->temporary, writer->path)) status = io_failure(writer, error);
    if (status)
        sidecar_discard(writer);
    else
        release(writer);
    return status;
}

void sidecar_discard(struct sidecar_writer *writer)
{
    if (!writer) return;
    unlink(writer->temporary);
    release(writer);
}
