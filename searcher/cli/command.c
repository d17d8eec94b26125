/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPTIONS_MAX = 48, FIRST_LONG = 256 /* past every character */ };

static const struct option_row help_row = {"help", 'h', NULL, "show this help"};

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fputs("dossier: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

enum exit_status exit_status_of(enum status status)
{
    switch (status) {
    case OK:
        return EXIT_DONE;
    case NOT_FOUND:
    case INVALID:
    case LIMIT:
    case UNSUPPORTED:
        return EXIT_USAGE;
    case MISSING:
    case LOCKED:
    case DAMAGED:
    case CHANGED:
        return EXIT_INDEX;
    default:
        return EXIT_MACHINE;
    }
}

int exit_with(const struct error *error)
{
    complain("%s", error->message);
    return exit_status_of(error->status);
}

int exit_with_index(const struct error *error)
{
    int status = exit_with(error);
    return error->status == INVALID ? EXIT_INDEX : status;
}

int finish_output(int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    /* The failure may lie further back, and what it was is gone. */
    struct pollfd reader = {.fd = STDOUT_FILENO, .events = POLLOUT};
    bool closed = errno == EPIPE || (poll(&reader, 1, 0) > 0 && reader.revents & POLLERR);
    if (!closed)
        complain("cannot write the output: %s (see that it is open and has room)",
                 errno ? strerror(errno) : "a write failed");
    return EXIT_MACHINE;
}

const char *option_value(const struct command_line *line, const char *name)
{
    for (size_t i = line->given_count; i--;)
        if (strcmp(line->given[i].row->name, name) == 0) return line->given[i].value;
    return NULL;
}

size_t option_values(const char **out, const struct command_line *line, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].row->name, name) == 0) out[count++] = line->given[i].value;
    return count;
}

bool option_given(const struct command_line *line, const char *name)
{
    for (size_t i = 0; i < line->given_count; i++)
        if (strcmp(line->given[i].row->name, name) == 0) return true;
    return false;
}

static enum status read_standard_input(struct buffer *out)
{
    char bytes[64 * 1024];
    enum status status = OK;
    for (size_t count; !status && (count = fread(bytes, 1, sizeof bytes, stdin)) > 0;)
        status = buffer_append(out, bytes, count);
    return !status && ferror(stdin) ? IO : status;
}

enum status command_query(struct buffer *out, const struct command_line *line)
{
    enum status status = OK;
    if (line->operand_count == 1 && strcmp(line->operands[0], "-") == 0) return read_standard_input(out);
    for (size_t i = 0; !status && i < line->operand_count; i++) {
        if (i) status = buffer_append_byte(out, ' ');
        if (!status) status = buffer_append_string(out, line->operands[i]);
    }
    return status;
}

const char *option_database(const struct command_line *line)
{
    const char *path = option_value(line, "database");
    if (!path) path = getenv("DOSSIER_DB");
    return path && *path ? path : "./dossier.db";
}

bool option_number(size_t *out, const struct command_line *line, const char *name, size_t least, size_t most)
{
    const char *text = option_value(line, name);
    if (!text) return true;
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno || *end || end == text || *text == '-' || number < least || number > most) {
        complain("--%s takes a whole number from %zu to %zu, not '%s'", name, least, most, text);
        return false;
    }
    *out = (size_t)number;
    return true;
}

bool option_choice(size_t *out, const struct command_line *line, const char *name, const char *const *words)
{
    const char *text = option_value(line, name);
    if (!text) return true;
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0) {
            *out = i;
            buffer_release(&list);
            return true;
        }
        buffer_printf(&list, "%s%s", i ? ", " : "", words[i]);
    }
    complain("--%s '%s' is unknown (there are: %s)", name, text, list.data);
    buffer_release(&list);
    return false;
}

static void print_option(const struct option_row *row, FILE *out)
{
    char left[64];
    if (row->letter)
        snprintf(left, sizeof left, "-%c, --%s%s%s", row->letter, row->name, row->argument ? " " : "",
                 row->argument ? row->argument : "");
    else
        snprintf(left, sizeof left, "    --%s%s%s", row->name, row->argument ? " " : "",
                 row->argument ? row->argument : "");
    int extra = 0; /* bytes that take no column: printf counts bytes */
    for (const char *byte = left; *byte; byte++) extra += (*byte & 0xC0) == 0x80;
    fprintf(out, "  %-*s %s\n", 26 + extra, left, row->help);
}

void print_help(const struct command *command, FILE *out)
{
    fprintf(out, "usage: dossier %s [options]%s%s\n\n%s\n\noptions:\n", command->name, *command->operands ? " " : "",
            command->operands, command->summary);
    for (const struct option_row *row = command->options; row && row->name; row++) print_option(row, out);
    print_option(&help_row, out);
    if (command->notes) fprintf(out, "\n%s", command->notes);
}

static void print_commands(FILE *out)
{
    fputs("usage: dossier COMMAND [options] …\n\n"
          "Full-text search over your documents and the names in them.\n\ncommands:\n",
          out);
    for (const struct command *const *command = commands; *command; command++)
        fprintf(out, "  %-10s %s\n", (*command)->name, (*command)->summary);
    fputs("\n  dossier COMMAND --help shows a command's options; dossier --version the version.\n\n"
          "exit status: 0 done (also with no hit) · 1 some inputs were skipped · 2 usage or query error ·\n"
          "             3 index missing, locked or damaged · 4 input/output or memory failure\n\n"
          "example:\n  dossier index -d news.db ~/articles\n  dossier search -d news.db 'cyber crime'\n",
          out);
}

/* Builds what getopt_long wants from the table. */
static size_t getopt_tables(const struct command *command, struct option *longs, char *shorts)
{
    size_t count = 0;
    *shorts++ = ':';
    for (const struct option_row *row = command->options; row->name && count < OPTIONS_MAX; row++, count++) {
        longs[count] =
            (struct option){row->name, row->argument ? required_argument : no_argument, NULL, FIRST_LONG + (int)count};
        if (!row->letter) continue;
        *shorts++ = row->letter;
        if (row->argument) *shorts++ = ':';
    }
    longs[count] = (struct option){"help", no_argument, NULL, 'h'};
    longs[count + 1] = (struct option){0};
    *shorts++ = 'h';
    *shorts = '\0';
    return count;
}

static const struct option_row *row_of(const struct command *command, int code)
{
    if (code >= FIRST_LONG) return &command->options[code - FIRST_LONG];
    for (const struct option_row *row = command->options; row->name; row++)
        if (row->letter == code) return row;
    return NULL;
}

static int usage_error(const struct command *command, int code, char **argv)
{
    const char *what = argv[optind - 1], *equals = strchr(what, '=');
    if (code == ':')
        complain("%s: option '%s' needs a value (dossier %s --help)", command->name, what, command->name);
    else if (optopt && equals && what[1] == '-')
        complain("%s: option '%.*s' takes no value (dossier %s --help)", command->name, (int)(equals - what), what,
                 command->name);
    else if (optopt)
        complain("%s: unknown option '-%c' (dossier %s --help lists them; what begins with - and is no option goes "
                 "after --)",
                 command->name, optopt > ' ' && optopt < 0x7F ? optopt : '?', command->name);
    else
        complain("%s: unknown or ambiguous option '%s' (dossier %s --help lists them; what begins with - and is no "
                 "option goes after --)",
                 command->name, what, command->name);
    return EXIT_USAGE;
}

static int run_command(const struct command *command, int argc, char **argv)
{
    if (command->raw) return command->raw(argc, argv);
    struct option longs[OPTIONS_MAX + 2];
    char shorts[2 * OPTIONS_MAX + 4];
    getopt_tables(command, longs, shorts);
    struct given *given = calloc((size_t)argc + 1, sizeof *given);
    if (!given) {
        complain("out of memory");
        return EXIT_MACHINE;
    }
    struct command_line line = {.command = command, .given = given};
    int code, status = -1;
    opterr = 0;
    optind = 1;
    while (status < 0 && (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct option_row *row = code == '?' || code == ':' || code == 'h' ? NULL : row_of(command, code);
        if (code == 'h') {
            print_help(command, stdout);
            status = finish_output(EXIT_DONE);
        } else if (!row) {
            status = usage_error(command, code, argv);
        } else {
            line.given[line.given_count++] = (struct given){row, row->argument ? optarg : NULL};
        }
    }
    if (status < 0) {
        line.operands = argv + optind;
        line.operand_count = (size_t)(argc - optind);
        status = command->run(&line);
    }
    free(given);
    return status;
}

static const struct command *command_named(const char *name)
{
    for (const struct command *const *command = commands; *command; command++)
        if (strcmp((*command)->name, name) == 0) return *command;
    return NULL;
}

static int run_named(const char *name, int argc, char **argv)
{
    const struct command *command = command_named(name);
    if (command && !command->run && !command->raw) return run_elsewhere(argv);
    if (command) return run_command(command, argc, argv);
    complain("unknown command '%s' (dossier --help lists them)", name);
    return EXIT_USAGE;
}

int cli_main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an output failure, told by finish_output */
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        puts("dossier " DOSSIER_VERSION);
        return finish_output(EXIT_DONE);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        if (argc > 2) return run_named(argv[2], 2, (char *[]){argv[2], "--help", NULL});
        print_commands(stdout);
        return finish_output(EXIT_DONE);
    }
    return run_named(name, argc - 1, argv + 1);
}
