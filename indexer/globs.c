/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/globs.h"

#include <fnmatch.h>
#include <string.h>

/* FNM_LEADING_DIR lets a pattern that matches a folder match all that is in it. */
static bool matches(const char *pattern, const char *relative)
{
    while (*pattern == '/') pattern++;
    if (strchr(pattern, '/')) {
        char whole[4096]; /* PATH_MAX; no longer path is ever walked */
        size_t length = strlen(pattern);
        while (length > 1 && pattern[length - 1] == '/') length--;
        if (length >= sizeof whole) return false;
        memcpy(whole, pattern, length);
        whole[length] = '\0';
        if (strchr(whole, '/')) return fnmatch(whole, relative, FNM_LEADING_DIR | FNM_CASEFOLD) == 0;
        return fnmatch(whole, relative, FNM_LEADING_DIR | FNM_CASEFOLD | FNM_PATHNAME) == 0;
    }
    for (const char *name = relative; name; name = strchr(name, '/')) {
        if (*name == '/') name++;
        if (fnmatch(pattern, name, FNM_LEADING_DIR | FNM_CASEFOLD | FNM_PATHNAME) == 0) return true;
    }
    return false;
}

static bool any(const char *const *patterns, size_t count, const char *relative)
{
    for (size_t i = 0; i < count; i++)
        if (matches(patterns[i], relative)) return true;
    return false;
}

bool globs_want(const struct globs *globs, const char *relative)
{
    if (globs->include_count && !any(globs->include, globs->include_count, relative)) return false;
    return !any(globs->exclude, globs->exclude_count, relative);
}

bool globs_leave_out(const struct globs *globs, const char *relative)
{
    return any(globs->exclude, globs->exclude_count, relative);
}
