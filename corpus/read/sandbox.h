/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shuts a process in before it parses a file that may be hostile.
 *
 * Takes nothing; gives a process without network, without writing or removing files, without signals to others and with
 * limits on its memory, time and descriptors (isolate/limits.h); where the kernel has Landlock it can read nothing but
 * the system's libraries and data, and run nothing but the three tools that readers use. What it starts is shut in too.
 */
#ifndef CORPUS_READ_SANDBOX_H
#define CORPUS_READ_SANDBOX_H

/* Once, in the process that will fork the others. */
void sandbox_prepare(void);

/* In the child. NULL, or what could not be done. */
const char *sandbox_enter(void);

#endif
