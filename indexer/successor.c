/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/successor.h"

#include "indexer/caches.h"

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
struct heir {
    int fd;
    struct stat old;
};

/* Keeps what others have put beside the tables. */
static enum status keep_entry(void *context, int fd, const char *name)
{
    struct heir *to = context;
    if (is_made_anew(name)) return OK;
    return linkat(fd, name, to->fd, name, 0) ? IO : OK;
}

/* Gives a file the owner of the old index, as far as that is allowed, and makes it durable. */
static enum status settle_entry(void *context, int fd, const char *name)
{
    struct heir *to = context;
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
    struct heir to = {.fd = open(fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
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

enum status successor_init(struct successor *out, const char *path, struct error *error)
{
    struct successor successor = {.real = realpath(path, NULL)};
    char *scratch = successor.real ? strdup(successor.real) : NULL;
    if (scratch) successor.parent = strdup(dirname(scratch));
    if (!successor.parent ||
        asprintf(&successor.fresh, "%s/.%s.new", successor.parent, strrchr(successor.real, '/') + 1) < 0)
        successor.fresh = NULL;
    free(scratch);
    enum status status = OK;
    if (!successor.fresh)
        status =
            fail(error, errno == ENOMEM ? NO_MEMORY : IO, "cannot work beside index '%s': %s", path, strerror(errno));
    else if (remove_folder(successor.fresh)) /* left by one that was killed: its lock is gone, and ours is held */
        status =
            fail(error, IO, "cannot remove '%s', left beside index '%s': %s", successor.fresh, path, strerror(errno));
    if (status)
        successor_release(&successor);
    else
        *out = successor;
    return status;
}

enum status successor_install(const struct successor *successor, struct error *error)
{
    if (settle(successor->real, successor->fresh))
        return fail(error, IO, "cannot complete the new index for '%s': %s (the old one is as it was)", successor->real,
                    strerror(errno));
    if (exchange(successor->real, successor->fresh, successor->parent))
        return fail(error, IO,
                    "cannot put the new index in the place of '%s': %s (this file system cannot exchange two folders: "
                    "put the index elsewhere)",
                    successor->real, strerror(errno));
    return OK;
}

void successor_clear(const struct successor *successor)
{
    if (successor->fresh) remove_folder(successor->fresh);
}

void successor_release(struct successor *successor)
{
    free(successor->real);
    free(successor->parent);
    free(successor->fresh);
    *successor = (struct successor){0};
}
