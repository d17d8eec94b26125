/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk of source.h. Each folder is opened once, relative to its parent and without following links, read whole,
 * sorted, and then visited; so the order does not depend on the file system, and a folder that is moved or replaced by
 * a link meanwhile cannot lead the walk elsewhere. */
#include "corpus/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
    char *name;
    mode_t mode; /* 0 when it could not be examined; then [error] says why */
    int error;
    uint64_t size;
    int64_t modified;
};

struct folder {
    struct entry *entries;
    size_t count, capacity;
    struct arena names;
};

struct walk {
    const struct source_visitor *visitor;
    struct error *error;
    char path[PATH_MAX]; /* of what is being visited */
    size_t length;       /* of the path */
    size_t root;         /* bytes of the path before its relative part */
};

/* All names of one folder: ten million of them are far below it. */
static const size_t folder_names_max = (size_t)1 << 30;

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static enum status no_memory(struct walk *walk)
{
    return fail(walk->error, NO_MEMORY, "out of memory while reading folder '%s'", walk->path);
}

static enum status skip(struct walk *walk, const char *reason)
{
    return walk->visitor->skipped ? walk->visitor->skipped(walk->visitor->context, walk->path, reason) : OK;
}

static enum status skip_for_errno(struct walk *walk, const char *what, int error)
{
    char reason[256];
    snprintf(reason, sizeof reason, "%s: %s", what, strerror(error));
    return skip(walk, reason);
}

/* Whole paths are compared, so a folder's name goes on with the slash that follows it. */
static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    const unsigned char *x = (const unsigned char *)a->name, *y = (const unsigned char *)b->name;
    while (*x && *x == *y) x++, y++;
    int next_x = *x ? *x : S_ISDIR(a->mode) ? '/' : 0;
    int next_y = *y ? *y : S_ISDIR(b->mode) ? '/' : 0;
    return next_x - next_y;
}

static void folder_release(struct folder *folder)
{
    free(folder->entries);
    arena_release(&folder->names);
}

static enum status folder_add(struct folder *folder, int fd, const char *name)
{
    if (folder->count == folder->capacity) {
        size_t capacity = folder->capacity ? folder->capacity * 2 : 32;
        struct entry *entries = realloc(folder->entries, capacity * sizeof *entries);
        if (!entries) return NO_MEMORY;
        folder->entries = entries;
        folder->capacity = capacity;
    }
    struct entry entry = {.name = arena_copy(&folder->names, span_of(name))};
    if (!entry.name) return NO_MEMORY;
    struct stat found;
    if (fstatat(fd, name, &found, AT_SYMLINK_NOFOLLOW)) {
        entry.error = errno;
        if (entry.error == ENOENT) return OK; /* removed since it was listed */
    } else {
        entry.mode = found.st_mode;
        entry.size = (uint64_t)found.st_size;
        entry.modified = nanoseconds(found.st_mtim);
    }
    folder->entries[folder->count++] = entry;
    return OK;
}

/* Reads the names in [directory]. [*index] tells whether they are those of an index. */
static enum status folder_read(struct folder *folder, DIR *directory, bool *index, int *read_error)
{
    *index = false;
    for (;;) {
        errno = 0;
        struct dirent *found = readdir(directory);
        if (!found) break;
        if (strcmp(found->d_name, "iamglass") == 0) *index = true; /* the file that marks a glass database */
        if (found->d_name[0] == '.') continue;
        enum status status = folder_add(folder, dirfd(directory), found->d_name);
        if (status) return status;
    }
    *read_error = errno;
    if (folder->count) qsort(folder->entries, folder->count, sizeof *folder->entries, compare_entries);
    return OK;
}

static const char *odd_entry(mode_t mode)
{
    return S_ISLNK(mode)    ? "a link: links are not followed (name its target instead)"
           : S_ISFIFO(mode) ? "a named pipe, not a file"
           : S_ISSOCK(mode) ? "a socket, not a file"
                            : "a device, not a file";
}

static enum status visit_file(struct walk *walk, const struct entry *entry, const char *relative, bool named)
{
    if (!walk->visitor->file) return OK;
    struct source_file file = {
        .path = walk->path, .relative = relative, .size = entry->size, .modified = entry->modified, .named = named};
    return walk->visitor->file(walk->visitor->context, &file);
}

static enum status visit_folder(struct walk *walk, int fd, int depth);

static enum status visit_entry(struct walk *walk, int fd, const struct entry *entry, int depth)
{
    if (!entry->mode) return skip_for_errno(walk, "cannot be examined", entry->error);
    if (S_ISREG(entry->mode)) return visit_file(walk, entry, walk->path + walk->root, false);
    if (!S_ISDIR(entry->mode)) return skip(walk, odd_entry(entry->mode));
    if (depth >= SOURCE_DEPTH_MAX) return skip(walk, "more folders inside folders than are followed");
    bool enter = true;
    enum status status =
        walk->visitor->folder ? walk->visitor->folder(walk->visitor->context, walk->path + walk->root, &enter) : OK;
    if (status || !enter) return status;
    int child = openat(fd, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (child < 0) return skip_for_errno(walk, "cannot open the folder", errno);
    return visit_folder(walk, child, depth + 1);
}

/* Takes [fd] over. */
static enum status visit_folder(struct walk *walk, int fd, int depth)
{
    DIR *directory = fdopendir(fd);
    if (!directory) {
        close(fd);
        return no_memory(walk);
    }
    struct folder folder = {0};
    arena_init(&folder.names, folder_names_max);
    bool index;
    int read_error = 0;
    size_t length = walk->length;
    enum status status = folder_read(&folder, directory, &index, &read_error);
    if (status) status = no_memory(walk);
    if (!status && read_error) status = skip_for_errno(walk, "cannot list the whole folder", read_error);
    if (index) folder.count = 0;
    if (!status && index && depth == 0) status = skip(walk, "an index, not a folder of documents");
    for (size_t i = 0; i < folder.count && !status; i++) {
        const char *name = folder.entries[i].name;
        size_t bytes = strlen(name), slash = length && walk->path[length - 1] != '/';
        if (length + slash + bytes >= sizeof walk->path) {
            status = skip(walk, "holds a path longer than the system opens");
            continue;
        }
        if (slash) walk->path[length] = '/';
        memcpy(walk->path + length + slash, name, bytes + 1);
        walk->length = length + slash + bytes;
        status = visit_entry(walk, fd, &folder.entries[i], depth);
        walk->length = length;
        walk->path[length] = '\0';
    }
    folder_release(&folder);
    closedir(directory);
    return status;
}

static enum status visit_root(struct walk *walk)
{
    struct stat found;
    if (stat(walk->path, &found)) {
        int why = errno;
        if (why == ENOENT || why == ENOTDIR)
            return fail(walk->error, NOT_FOUND, "nothing at '%s': %s", walk->path, strerror(why));
        return skip_for_errno(walk, "cannot be examined", why);
    }
    struct entry entry = {
        .mode = found.st_mode, .size = (uint64_t)found.st_size, .modified = nanoseconds(found.st_mtim)};
    if (S_ISREG(found.st_mode)) return visit_file(walk, &entry, walk->path, true);
    if (!S_ISDIR(found.st_mode)) return skip(walk, odd_entry(found.st_mode));
    int fd = open(walk->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return skip_for_errno(walk, "cannot open the folder", errno);
    walk->root = walk->length + (walk->path[walk->length - 1] != '/');
    return visit_folder(walk, fd, 0);
}

enum status source_walk(const char *path, const struct source_visitor *visitor, struct error *error)
{
    size_t length = strlen(path);
    if (!length) return fail(error, NOT_FOUND, "nothing at '': the path is empty");
    if (strcmp(path, "-") == 0) {
        struct source_file file = {.path = path, .relative = path, .named = true};
        return visitor->file ? visitor->file(visitor->context, &file) : OK;
    }
    struct walk *walk = malloc(sizeof *walk);
    if (!walk) return fail(error, NO_MEMORY, "out of memory");
    walk->visitor = visitor;
    walk->error = error;
    walk->length = length;
    walk->root = 0;
    enum status status;
    if (length >= sizeof walk->path) {
        status = fail(error, NOT_FOUND, "nothing at '%.100s…': the path is longer than the system opens", path);
    } else {
        memcpy(walk->path, path, length + 1);
        status = visit_root(walk);
    }
    free(walk);
    return status;
}
