/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which files of a folder are wanted: patterns of the shell for what to take in and what to leave out.
 *
 * A pattern without a slash is one for a name: "*.pdf" for files, "drafts" for whatever lies in a folder called so, at
 * any depth. One with a slash is for the path below the root, from its start: "2014/press" is that folder with all in
 * it, and a star also stands for slashes. Case does not matter. Patterns for what to leave out win.
 */
#ifndef INDEXER_GLOBS_H
#define INDEXER_GLOBS_H

#include <stdbool.h>
#include <stddef.h>

struct globs {
    const char *const *include; /* with none, everything is wanted */
    size_t include_count;
    const char *const *exclude;
    size_t exclude_count;
};

/* Whether the file at [relative], a path below a root, is wanted. */
bool globs_want(const struct globs *globs, const char *relative);

/* Whether all below the folder at [relative] is left out, so that it need not be entered. */
bool globs_leave_out(const struct globs *globs, const char *relative);

#endif
