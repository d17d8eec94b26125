/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of evaluation that need no index: eval, compare and pool.
 *
 * Takes a command's arguments; gives its output, its messages and an exit status; never exits, and prints to the two
 * files it is given alone.
 */
#ifndef EVAL_COMMAND_H
#define EVAL_COMMAND_H

#include "corpus/status.h"

#include <stdio.h>

/* Runs a command. [argv] is the command's own: argv[0] its name, argv[argc] NULL; the words are put in another order.
 * *[exit_status] is 0 when done, 2 for wrong usage or input, 4 when reading, writing or memory failed. Returns OK, or
 * what failed when that was not the input (the message is on [err] already). Not to be run by two threads at once.
 */
enum status eval_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status);    /* dossier eval */
enum status compare_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status); /* dossier compare */
enum status pool_main(int argc, char **argv, FILE *out, FILE *err, int *exit_status);    /* dossier pool */

/* Prints `dossier COMMAND: message` to [err], or nothing when [out] failed because its reader went away. */
void eval_complain(FILE *err, FILE *out, const char *command, const struct error *error);

/* The exit status of interface and manual for an outcome: 0, 2 or 4. */
int eval_exit_status(enum status status);

#endif
