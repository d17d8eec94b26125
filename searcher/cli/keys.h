/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single keys from a terminal, without Enter and unseen; from a file or pipe, its bytes.
 *
 * Takes standard input; gives bytes; leaves the terminal as it was on every way out: the end of input, exit, Ctrl-C,
 * Ctrl-Z (and takes it back after fg), and the signals that end a process.
 */
#ifndef CLI_KEYS_H
#define CLI_KEYS_H

#include <stdbool.h>

/* Begins to read keys. To be paired with keys_end. */
void keys_begin(void);

/* The next byte, or EOF at the end of input or after a signal that asks to stop. */
int keys_next(void);

/* Gives the terminal back. May be called again. */
void keys_end(void);

/* Ends the process by the signal that stopped the keys, so that a shell sees it; returns when there was none. */
void keys_die_of_signal(void);

#endif
