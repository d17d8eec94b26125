/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/moved.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct content {
    uint64_t size;
    char hash[HASH_BYTES];
};

struct moved_key {
    struct content content;
    struct moved_file *first, *last;
    UT_hash_handle hh;
};

static enum status add(struct moved_files *files, const struct filestate *state)
{
    struct content content = {.size = state->size};
    struct moved_key *key = NULL;
    memcpy(content.hash, state->hash.data, HASH_BYTES);
    HASH_FIND(hh, files->table, &content, sizeof content, key);
    if (!key) {
        key = calloc(1, sizeof *key);
        if (!key) return NO_MEMORY;
        key->content = content;
        HASH_ADD(hh, files->table, content, sizeof content, key);
    }
    struct moved_file *file = arena_take(&files->arena, sizeof *file);
    if (!file) return NO_MEMORY;
    *file =
        (struct moved_file){arena_copy(&files->arena, state->path), arena_copy(&files->arena, state->relative), NULL};
    if (!file->path || !file->relative) return NO_MEMORY;
    *(key->last ? &key->last->next : &key->first) = file;
    key->last = file;
    return OK;
}

enum status moved_files_fill(struct moved_files *files, struct xc_database *view, enum xc_status *failure,
                             struct xc_error *cause)
{
    struct xc_terms *keys = NULL;
    enum status status = OK;
    files->filled = true;
    arena_init(&files->arena, SIZE_MAX / 2);
    *failure = xc_database_metadata_keys(&keys, view, METADATA_FILE, strlen(METADATA_FILE), cause);
    while (!*failure && !status && !(*failure = xc_terms_next(keys, cause))) {
        struct xc_bytes key = xc_terms_term(keys), value;
        struct filestate state;
        *failure = xc_database_metadata(&value, view, key.data, key.length, cause);
        if (*failure || filestate_decode(&state, (struct span){value.data, value.length})) continue;
        if (state.size && state.hash.length == HASH_BYTES) status = add(files, &state);
    }
    xc_terms_free(keys);
    if (*failure == XC_NOT_FOUND) *failure = XC_OK;
    return status;
}

const struct moved_file *moved_files_take(struct moved_files *files, uint64_t size, const char hash[HASH_BYTES])
{
    struct content content = {.size = size};
    struct moved_key *key = NULL;
    memcpy(content.hash, hash, HASH_BYTES);
    HASH_FIND(hh, files->table, &content, sizeof content, key);
    if (!key) return NULL;
    for (struct moved_file **link = &key->first; *link; link = &(*link)->next) {
        struct stat found;
        struct moved_file *file = *link;
        if (lstat(file->path, &found) == 0 || (errno != ENOENT && errno != ENOTDIR)) continue;
        *link = file->next;
        return file;
    }
    return NULL;
}

void moved_files_release(struct moved_files *files)
{
    struct moved_key *key, *next;
    HASH_ITER(hh, files->table, key, next)
    {
        HASH_DEL(files->table, key);
        free(key);
    }
    if (files->filled) arena_release(&files->arena);
    *files = (struct moved_files){0};
}
