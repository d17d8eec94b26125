/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rewrites an index in as little room as it takes. The new one is made beside the old, under the old one's lock, and
 * the two folders change names in one step of the file system. */
#include "indexer/caches.h"
#include "indexer/store.h"
#include "indexer/update.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* A file that libxapian or caches_build makes anew, unlike those that others keep beside it. */
static bool is_made_anew(const char *name)
{
    size_t length = strlen(name);
    return !strncmp(name, "iamglass", 8) || !strcmp(name, "flintlock") ||
           (length > 6 && !strcmp(name + length - 6, ".glass")) || caches_is_file(name);
}

/* Calls [each] with every entry of [folder] until one gives a status. IO when it cannot be listed. */
static enum status each_entry(const char *folder, enum status (*each)(void *context, int fd, const char *name),
                              void *context)
{
    DIR *directory = opendir(folder);
    if (!directory) return IO;
    enum status status = OK;
    for (struct dirent *entry; !status && (entry = readdir(directory));)
        if (!is_dots(entry->d_name)) status = each(context, dirfd(directory), entry->d_name);
    closedir(directory);
    return status;
}

static enum status add_size(void *context, int fd, const char *name)
{
    uint64_t *sum = context;
    struct stat found;
    if (!fstatat(fd, name, &found, AT_SYMLINK_NOFOLLOW) && S_ISREG(found.st_mode)) *sum += (uint64_t)found.st_size;
    return OK;
}

static enum status remove_entry(void *context, int fd, const char *name)
{
    (void)context;
    return unlinkat(fd, name, 0) ? IO : OK;
}

/* Removes a folder of files. One that is not there is fine. */
static enum status remove_folder(const char *path)
{
    struct stat found;
    if (lstat(path, &found)) return errno == ENOENT ? OK : IO;
    enum status status = each_entry(path, remove_entry, NULL);
    return status || rmdir(path) ? IO : OK;
}

/* The new folder as it is made ready to take the old one's place. */
struct successor {
    int fd;
    struct stat old;
};

/* Keeps what others have put beside the tables. */
static enum status keep_entry(void *context, int fd, const char *name)
{
    struct successor *to = context;
    if (is_made_anew(name)) return OK;
    return linkat(fd, name, to->fd, name, 0) ? IO : OK;
}

/* Gives a file the owner of the old index, as far as that is allowed, and makes it durable. */
static enum status settle_entry(void *context, int fd, const char *name)
{
    struct successor *to = context;
    int file = openat(fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return IO;
    int ignored = fchown(file, to->old.st_uid, to->old.st_gid);
    (void)ignored;
    int failed = fsync(file);
    close(file);
    return failed ? IO : OK;
}

static enum status settle(const char *old, const char *fresh)
{
    struct successor to = {.fd = open(fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (to.fd < 0) return IO;
    enum status status = stat(old, &to.old) ? IO : OK;
    if (!status) status = each_entry(old, keep_entry, &to);
    if (!status) status = each_entry(fresh, settle_entry, &to);
    if (!status && fchmod(to.fd, to.old.st_mode & 07777)) status = IO;
    int ignored = status ? 0 : fchown(to.fd, to.old.st_uid, to.old.st_gid);
    (void)ignored;
    if (!status && fsync(to.fd)) status = IO;
    close(to.fd);
    return status;
}

/* Puts [fresh] in the place of [old], and [old] in that of [fresh]. */
static int exchange(const char *old, const char *fresh, const char *parent)
{
    if (renameat2(AT_FDCWD, old, AT_FDCWD, fresh, RENAME_EXCHANGE)) return -1;
    int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return 0;
    fsync(folder);
    close(folder);
    return 0;
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

static enum status compact_into(const char *fresh, const char *parent, const char *real, const char *path,
                                struct compacting *compacting, struct error *error)
{
    struct xc_error cause = {0};
    struct xc_compact_options options = {.progress = on_progress, .context = compacting, .keep_docids = true};
    if (remove_folder(fresh)) /* left by one that was killed: its lock is gone, and ours is held */
        return fail(error, IO, "cannot compact index '%s': cannot remove '%s': %s", path, fresh, strerror(errno));
    enum xc_status compacted = xc_compact(fresh, &real, 1, &options, &cause);
    if (compacted == XC_STOPPED) return fail(error, STOPPED, "stopped; index '%s' is as it was", path);
    if (compacted) return store_failure(error, compacted, &cause, path);
    struct error ignored;
    caches_build(fresh, &ignored); /* without them searches are slower, and the next run of the indexer tries again */
    if (settle(real, fresh))
        return fail(error, IO, "cannot compact index '%s': %s (it is as it was)", path, strerror(errno));
    if (exchange(real, fresh, parent))
        return fail(error, IO,
                    "cannot put the compacted index in the place of '%s': %s (this file system cannot exchange two "
                    "folders: copy the index elsewhere to compact it)",
                    path, strerror(errno));
    return OK;
}

enum status index_compact(struct index_sizes *out, const char *path, void (*progress)(void *context, const char *table),
                          void *context, const volatile sig_atomic_t *stop, struct error *error)
{
    struct compacting compacting = {progress, context, stop};
    struct index_sizes sizes = {0};
    struct store store = {0};
    struct store_options options = {.path = path, .existing = true};
    char *parent = NULL, *fresh = NULL;
    enum status status = store_open(&store, &options, error);
    if (status) return status;
    char *real = realpath(path, NULL);
    char *scratch = real ? strdup(real) : NULL;
    if (scratch) parent = strdup(dirname(scratch));
    if (!parent || asprintf(&fresh, "%s/.%s.compact", parent, strrchr(real, '/') + 1) < 0) {
        fresh = NULL;
        status = fail(error, NO_MEMORY, "cannot compact index '%s': %s", path, strerror(errno));
        goto out;
    }
    each_entry(real, add_size, &sizes.before);
    status = compact_into(fresh, parent, real, path, &compacting, error);
    each_entry(real, add_size, &sizes.after);
out:
    store_close(&store);
    /* After success the old index is there, else what was made of the new one. */
    if (fresh) remove_folder(fresh);
    free(fresh);
    free(parent);
    free(scratch);
    free(real);
    if (!status) *out = sizes;
    return status;
}
