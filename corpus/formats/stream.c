/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/formats/stream.h"

#include <archive_entry.h>
#include <unistd.h>

enum { BLOCK = 65536 };

void stream_filters(struct archive *archive)
{
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_compress(archive);
}

bool stream_open(struct stream *stream, int fd, struct span bytes)
{
    struct archive_entry *entry;
    *stream = (struct stream){.archive = archive_read_new()};
    if (!stream->archive) return false;
    stream_filters(stream->archive);
    archive_read_support_format_raw(stream->archive);
    if (fd >= 0) lseek(fd, 0, SEEK_SET);
    int result = fd >= 0 ? archive_read_open_fd(stream->archive, fd, BLOCK)
                         : archive_read_open_memory(stream->archive, bytes.data, bytes.length);
    return result == ARCHIVE_OK && archive_read_next_header(stream->archive, &entry) == ARCHIVE_OK;
}

void stream_close(struct stream *stream)
{
    if (stream->archive) archive_read_free(stream->archive);
    stream->archive = NULL;
}

bool stream_fill(struct stream *stream)
{
    while (stream->at == stream->end) {
        const void *data = NULL;
        size_t size = 0;
        la_int64_t offset;
        if (stream->fault) return false;
        int result = archive_read_data_block(stream->archive, &data, &size, &offset);
        if (result == ARCHIVE_EOF) return false;
        if (result < ARCHIVE_WARN) {
            const char *why = archive_error_string(stream->archive);
            stream->fault = why ? why : "it cannot be unpacked";
            return false;
        }
        stream->data = data;
        stream->at = 0;
        stream->end = size;
    }
    return true;
}
