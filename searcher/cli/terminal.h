/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a terminal can show: colour, a progress bar, text without control characters; and Ctrl-C. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "corpus/text.h"

#include <signal.h>
#include <stdio.h>

/* True when [out] is a terminal that takes colours, and NO_COLOR is not set. */
bool terminal_colour(FILE *out);

/* Columns of the terminal behind [out]; 80 when it is none. */
unsigned terminal_width(FILE *out);

/* Writes [text] so that a terminal shows it and obeys none of it: control characters and those that reverse the writing
 * direction become U+FFFD, white space blanks. */
void print_safely(FILE *out, struct span text);

/* A bar on stderr with rate and time left, drawn at most ten times a second, and only on a terminal. */
struct progress_bar {
    bool shown;
    const char *label;
    double started, drawn; /* seconds */
};

void progress_bar_start(struct progress_bar *bar, const char *label);

/* Draws [done] of [total] (0: unknown) units of [scale] bytes or documents each; [unit] is "MB" or "documents". */
void progress_bar_draw(struct progress_bar *bar, double done, double total, const char *unit);

/* Takes the bar off the line, so that other output can follow; it comes back with the next drawing. */
void progress_bar_clear(struct progress_bar *bar);

/* Counts Ctrl-C and SIGTERM instead of dying: the first asks the work to stop soundly, the second ends the process. */
const volatile sig_atomic_t *catch_stop(void);

/* Ends the process by the signal that stop caught, so that a shell sees it; returns when there was none. */
void die_of_stop(void);

#endif
