/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checking and compacting whole databases. */
#include "xapian-c/callbacks.hpp"

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <sys/stat.h>

using xc::guard;
using xc::need;

enum xc_status xc_check(size_t *faults, const char *path, xc_text_fn *report, void *context, struct xc_error *error)
{
    return guard(error, [&] {
        need(faults, "result", path, "path");
        xc::probe(path);
        if (!report) {
            *faults = Xapian::Database::check(path);
            return XC_OK;
        }
        xc::reporter buffer(report, context);
        std::ostream out(&buffer);
        /* Else a stream swallows what its buffer throws. */
        out.exceptions(std::ios::badbit);
        *faults = Xapian::Database::check(path, 0, &out);
        return XC_OK;
    });
}

/* libxapian overwrites what it finds; so nothing may be there, or an empty folder. */
static void check_target(const char *path, bool single_file)
{
    struct stat entry;
    if (lstat(path, &entry) != 0) {
        if (errno == ENOENT) return;
        throw xc::fault{XC_IO, std::string("cannot write '") + path + "': " + strerror(errno)};
    }
    const std::string taken = std::string("cannot compact into '") + path + "': ";
    if (!S_ISDIR(entry.st_mode)) throw xc::fault{XC_INVALID, taken + "something is there"};
    if (single_file) throw xc::fault{XC_INVALID, taken + "a folder is there"};
    DIR *folder = opendir(path);
    if (!folder) throw xc::fault{XC_IO, taken + strerror(errno)};
    bool empty = true;
    while (const struct dirent *found = readdir(folder)) {
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0) empty = false;
    }
    closedir(folder);
    if (!empty) throw xc::fault{XC_INVALID, taken + "the folder is not empty"};
}

enum xc_status xc_compact(const char *path, const char *const *sources, size_t count,
                          const struct xc_compact_options *options, struct xc_error *error)
{
    return guard(error, [&] {
        need(path, "path", sources, "array of sources");
        if (count == 0) throw xc::fault{XC_INVALID, "nothing to compact: no source was given"};
        const xc_compact_options normal = {};
        const xc_compact_options &o = options ? *options : normal;
        check_target(path, o.single_file);
        Xapian::Database all;
        for (size_t i = 0; i < count; i++) all.add_database(xc::open_glass(sources[i]));
        unsigned flags = Xapian::Compactor::FULL;
        if (o.keep_docids) flags |= Xapian::DBCOMPACT_NO_RENUMBER;
        if (o.multipass) flags |= Xapian::DBCOMPACT_MULTIPASS;
        if (o.single_file) flags |= Xapian::DBCOMPACT_SINGLE_FILE;
        xc::progress progress(o.progress, o.context);
        all.compact(path, flags, (int)o.block_size, progress);
        return XC_OK;
    });
}
