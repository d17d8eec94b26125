/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rewrites an index in as little room as it takes. The new one is made beside the old, under the old one's lock, and
 * takes its place in one step. */
#include "indexer/caches.h"
#include "indexer/store.h"
#include "indexer/successor.h"
#include "indexer/update.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

/* Bytes of the files in [folder]. */
static uint64_t folder_bytes(const char *folder)
{
    uint64_t sum = 0;
    DIR *directory = opendir(folder);
    if (!directory) return 0;
    for (struct dirent *entry; (entry = readdir(directory));) {
        struct stat found;
        if (fstatat(dirfd(directory), entry->d_name, &found, AT_SYMLINK_NOFOLLOW)) continue;
        if (S_ISREG(found.st_mode)) sum += (uint64_t)found.st_size;
    }
    closedir(directory);
    return sum;
}

struct compacting {
    void (*progress)(void *context, const char *table);
    void *context;
    const volatile sig_atomic_t *stop;
};

static enum xc_status on_progress(void *context, const char *table, const char *status)
{
    struct compacting *compacting = context;
    if (!status[0] && compacting->progress) compacting->progress(compacting->context, table);
    return compacting->stop && *compacting->stop ? XC_STOPPED : XC_OK;
}

static enum status compact_into(const struct successor *successor, const char *path, struct compacting *compacting,
                                struct error *error)
{
    struct xc_error cause = {0};
    struct xc_compact_options options = {.progress = on_progress, .context = compacting, .keep_docids = true};
    const char *source = successor->real;
    enum xc_status compacted = xc_compact(successor->fresh, &source, 1, &options, &cause);
    if (compacted == XC_STOPPED) return fail(error, STOPPED, "stopped; index '%s' is as it was", path);
    if (compacted) return store_failure(error, compacted, &cause, path);
    struct error ignored;
    caches_build(successor->fresh, &ignored); /* without them searches are slower, and the next run tries again */
    return successor_install(successor, error);
}

enum status index_compact(struct index_sizes *out, const char *path, void (*progress)(void *context, const char *table),
                          void *context, const volatile sig_atomic_t *stop, struct error *error)
{
    struct compacting compacting = {progress, context, stop};
    struct index_sizes sizes = {0};
    struct store store = {0};
    struct store_options options = {.path = path, .existing = true};
    struct successor successor = {0};
    enum status status = store_open(&store, &options, error);
    if (status) return status;
    status = successor_init(&successor, path, error);
    if (!status) {
        sizes.before = folder_bytes(successor.real);
        status = compact_into(&successor, path, &compacting, error);
        sizes.after = folder_bytes(successor.real);
    }
    store_close(&store);
    /* After success the old index is there, else what was made of the new one. */
    successor_clear(&successor);
    successor_release(&successor);
    if (!status) *out = sizes;
    return status;
}
