/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving up rights: after this a process can read the folders it names, answer on what it has open, and little else.
 *
 * Takes folders and a limit of memory; takes rights away for good; a right that this kernel cannot take away is told.
 */
#ifndef CGI_SANDBOX_H
#define CGI_SANDBOX_H

#include "corpus/text.h"

struct sandbox {
    const char *const *folders; /* that may be read, with all in them */
    size_t folder_count;
    size_t memory; /* bytes of address space */
};

/* No new privileges, resource limits, Landlock (no file system but the folders, no TCP) and seccomp (an allow-list of
 * system calls; others fail with EPERM). Each that cannot be had is named in [warning], separated by semicolons; the
 * rest is in force all the same. */
void sandbox_enter(const struct sandbox *sandbox, struct buffer *warning);

#endif
