/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the files that come with dossier are: the tagging model and the lists of names.
 *
 * Takes a file's name; gives a path that exists, without any configuration; never opens the file.
 */
#ifndef CLI_DATA_H
#define CLI_DATA_H

#include "corpus/status.h"
#include "corpus/text.h"

/* A file or folder that is installed with the program. */
struct data_file {
    const char *what;      /* in messages: "the tagging model" */
    const char *installed; /* its path below share/dossier */
    const char *source;    /* its path in the source tree, for a program that is run where it was built */
    const char *variable;  /* of the environment, that names another one */
    const char *option;    /* the same on the command line, without dashes */
};

extern const struct data_file data_model;

/* Writes the path of [file] to [path]: [stated] when that is not NULL, else what the environment names, else
 * ../share/dossier beside the program, the source tree it was built from, the data folder it was installed to: the
 * first that is there. What is stated is not looked at.
 *
 * Returns OK; MISSING when there is none, with a message that says where it was looked for; NO_MEMORY.
 */
enum status data_find(struct buffer *path, const struct data_file *file, const char *stated, struct error *error);

#endif
