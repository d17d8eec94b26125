/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/update.h"
#include "searcher/cli/command.h"
#include "searcher/cli/terminal.h"

#include <inttypes.h>

static const struct option_row options[] = {OPTION_DATABASE, {0}};

static void on_finding(void *context, const char *message)
{
    progress_bar_clear(context);
    complain("%s", message);
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    progress_bar_draw(context, (double)done, (double)total, "documents");
}

static int run(const struct command_line *line)
{
    const char *path = option_database(line);
    struct progress_bar bar;
    struct index_check_result result = {0};
    struct error error = {0};
    if (line->operand_count) {
        complain("check takes no operands: choose the index with -d DIR");
        return EXIT_USAGE;
    }
    const volatile sig_atomic_t *stop = catch_stop();
    progress_bar_start(&bar, "checking");
    enum status status = index_check(&result, path, on_finding, on_progress, &bar, stop, &error);
    progress_bar_clear(&bar);
    if (status == STOPPED) die_of_stop();
    if (status) return exit_with_index(&error);
    if (result.findings) {
        printf("%s: %" PRIu64 " faults in %" PRIu64 " documents; rebuild it with dossier index into a new folder\n",
               path, result.findings, result.documents);
        return finish_output(EXIT_INDEX);
    }
    printf("%s: sound, %" PRIu64 " documents checked\n", path, result.documents);
    return finish_output(EXIT_DONE);
}

const struct command command_check = {
    .name = "check",
    .operands = "",
    .summary = "tell whether an index is sound",
    .options = options,
    .notes = "Reads every table and compares each stored document with its checksum. Exit status 3 when anything is\n"
             "wrong. Nothing is repaired: an index is rebuilt from its documents.\n\n"
             "example:\n  dossier check -d news.db && dossier compact -d news.db\n",
    .run = WITH_READERS(run),
};
