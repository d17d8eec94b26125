/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line's frame: a table of commands, each with a table of options; parsing, help and exit statuses.
 *
 * Takes argv; gives a command its options and operands; the only folder beside the page that prints.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "corpus/status.h"
#include "corpus/text.h"

#include <stdbool.h>
#include <stdio.h>

/* Exit statuses of every command; scripts rely on them. */
enum exit_status {
    EXIT_DONE = 0,    /* also with no hit */
    EXIT_SKIPPED = 1, /* some inputs were skipped, each named on stderr */
    EXIT_USAGE = 2,   /* usage or query error */
    EXIT_INDEX = 3,   /* index missing, locked or damaged */
    EXIT_MACHINE = 4  /* input/output or memory failure */
};

struct option_row {
    const char *name;     /* long, without dashes */
    char letter;          /* short, or 0 */
    const char *argument; /* its name in --help, NULL for a switch */
    const char *help;
};

struct given {
    const struct option_row *row;
    const char *value; /* NULL for a switch */
};

struct command_line {
    const struct command *command;
    struct given *given; /* in the order of the command line */
    size_t given_count;
    char **operands;
    size_t operand_count;
};

struct command {
    const char *name;
    const char *operands;             /* as shown in the usage line */
    const char *summary;              /* one line */
    const struct option_row *options; /* ended by a row without a name; NULL when the command parses for itself */
    const char *notes;                /* shown under the options: examples, limits */
    /* One of these two; neither where the command is the other program's (WITH_READERS). [raw] gets its arguments
     * unparsed, with the command's name as argv[0]. */
    int (*run)(const struct command_line *line);
    int (*raw)(int argc, char **argv);
};

/* The readers of document formats bring in libraries that take longer to load than most searches. So there are two
 * programs from the same sources: dossier, and beside it dossier-index with everything. What needs the readers is a
 * row `.run = WITH_READERS(run)`, which dossier leaves to dossier-index. */
#ifdef DOSSIER_WITHOUT_READERS
#define WITH_READERS(function) (1 ? NULL : (function))
#else
#define WITH_READERS(function) function
#endif

/* Becomes the other program, with the same arguments. Returns an exit status after saying why it could not. */
int run_elsewhere(char **argv);

extern const struct command *const commands[]; /* in the order of --help, ended by NULL */

/* The rows every command that reads an index begins with. */
#define OPTION_DATABASE                                                                                                \
    {                                                                                                                  \
        "database", 'd', "DIR", "the index (default: $DOSSIER_DB, else ./dossier.db)"                                  \
    }

/* The last value given for [name], or NULL. */
const char *option_value(const struct command_line *line, const char *name);
/* All values given for [name], in their order, into [out], which has room for as many as there are options. */
size_t option_values(const char **out, const struct command_line *line, const char *name);

bool option_given(const struct command_line *line, const char *name);

/* -d, else the environment, else the default. */
const char *option_database(const struct command_line *line);

/* Reads a whole number between [least] and [most] into *[out], which keeps its value when the option was not given.
 * False after saying on stderr what is wrong. */
bool option_number(size_t *out, const struct command_line *line, const char *name, size_t least, size_t most);

/* Picks the place of the option's value in [words] (ended by NULL) into *[out]. False after saying what there is. */
bool option_choice(size_t *out, const struct command_line *line, const char *name, const char *const *words);

/* Appends the operands with blanks between: they are a query, so that plain words need no quotes. A single - stands for
 * standard input: a text pasted in. Returns OK, LIMIT, IO, NO_MEMORY. */
enum status command_query(struct buffer *out, const struct command_line *line);

/* Prints `dossier: message` to stderr. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints the message of [error] and returns the exit status that goes with it. */
int exit_with(const struct error *error);
enum exit_status exit_status_of(enum status status);

/* The same where INVALID means that what was named is no index. */
int exit_with_index(const struct error *error);

/* After the last output: flushes stdout and tells a full disk or a closed pipe. Returns [status], or EXIT_MACHINE. */
int finish_output(int status);

/* Runs argv; all of main. */
int cli_main(int argc, char **argv);

/* Prints what `dossier COMMAND --help` shows. */
void print_help(const struct command *command, FILE *out);

/* Each is defined in cmd_NAME.c. */
extern const struct command command_index, command_search, command_show, command_run, command_eval, command_compare,
    command_pool, command_judge, command_tune, command_info, command_entities, command_check, command_compact,
    command_retag, command_tag, command_export;

#endif
