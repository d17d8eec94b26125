/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/filestate.h"

#include "indexer/varint.h"

enum { FILESTATE_VERSION = 2 };

enum status filestate_encode(struct buffer *out, const struct filestate *state)
{
    const uint64_t numbers[] = {(uint64_t)state->modified, state->size, state->inode, state->documents, state->skipped};
    enum status status = buffer_append_byte(out, FILESTATE_VERSION);
    for (size_t i = 0; !status && i < sizeof numbers / sizeof numbers[0]; i++) status = varint_append(out, numbers[i]);
    if (!status) status = varint_append_span(out, state->hash);
    if (!status) status = varint_append_span(out, state->language);
    if (!status) status = varint_append_span(out, state->relative);
    return status ? status : varint_append_span(out, state->path);
}

enum status filestate_decode(struct filestate *out, struct span bytes)
{
    struct filestate state;
    uint64_t modified;
    if (!bytes.length || bytes.data[0] != FILESTATE_VERSION) return DAMAGED;
    struct span rest = {bytes.data + 1, bytes.length - 1};
    if (!varint_read(&rest, &modified) || !varint_read(&rest, &state.size) || !varint_read(&rest, &state.inode) ||
        !varint_read(&rest, &state.documents) || !varint_read(&rest, &state.skipped) ||
        !varint_read_span(&rest, &state.hash) || !varint_read_span(&rest, &state.language) ||
        !varint_read_span(&rest, &state.relative) || !varint_read_span(&rest, &state.path) || rest.length ||
        (state.hash.length && state.hash.length != HASH_BYTES))
        return DAMAGED;
    state.modified = (int64_t)modified;
    *out = state;
    return OK;
}

int64_t nanoseconds_of(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

bool filestate_matches(const struct filestate *state, const struct stat *found)
{
    return state->modified == nanoseconds_of(found->st_mtim) && state->size == (uint64_t)found->st_size &&
           state->inode == (uint64_t)found->st_ino;
}

enum status filestate_key(struct buffer *out, struct span path)
{
    return schema_term(out, METADATA_FILE, path);
}

bool path_is_under(struct span path, struct span root)
{
    if (!span_starts(path, root)) return false;
    return path.length == root.length || root.data[root.length - 1] == '/' || path.data[root.length] == '/';
}
