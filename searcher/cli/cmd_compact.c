/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/update.h"
#include "searcher/cli/command.h"
#include "searcher/cli/terminal.h"

static const struct option_row options[] = {OPTION_DATABASE, {0}};

static int run(const struct command_line *line)
{
    const char *path = option_database(line);
    struct index_sizes sizes;
    struct error error = {0};
    if (line->operand_count) {
        complain("compact takes no operands: choose the index with -d DIR");
        return EXIT_USAGE;
    }
    const volatile sig_atomic_t *stop = catch_stop();
    enum status status = index_compact(&sizes, path, NULL, NULL, stop, &error);
    if (status == STOPPED) die_of_stop();
    if (status) return exit_with_index(&error);
    printf("%s: %.1f MB, was %.1f MB\n", path, (double)sizes.after / 1e6, (double)sizes.before / 1e6);
    return finish_output(EXIT_DONE);
}

const struct command command_compact = {
    .name = "compact",
    .operands = "",
    .summary = "rewrite an index in as little room as it takes",
    .options = options,
    .notes = "Needs room for both while it runs; searches go on meanwhile. Useful after many updates.\n\n"
             "example:\n  dossier compact -d news.db\n",
    .run = WITH_READERS(run),
};
