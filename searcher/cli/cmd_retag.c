/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/update.h"
#include "searcher/cli/command.h"
#include "searcher/cli/data.h"
#include "searcher/cli/terminal.h"

#include <inttypes.h>

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"names", 0, "DIR", "your own lists (default: those named when indexing, else DATABASE.names, if there)"},
    {"model", 0, "FILE", "the tagging model (default: $DOSSIER_MODEL, else the one installed with dossier)"},
    {"wait", 0, NULL, "wait for another indexer to finish instead of failing"},
    {"quiet", 'q', NULL, "no progress bar and no summary"},
    {0},
};

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    progress_bar_draw(context, (double)done, (double)total, "documents");
}

static void on_note(void *context, const struct index_note *note)
{
    progress_bar_clear(context);
    fputs("dossier: note ", stderr);
    print_safely(stderr, span_of(note->path));
    if (note->id) {
        fputs(" (", stderr);
        print_safely(stderr, span_of(note->id));
        fputc(')', stderr);
    }
    fputs(": ", stderr);
    print_safely(stderr, span_of(note->reason));
    fputc('\n', stderr);
}

static void print_report(const struct retag_report *report, const char *database)
{
    printf("%s: %" PRIu64 " documents looked at, %" PRIu64 " with other names than before", database, report->documents,
           report->changed);
    if (report->resumed) printf(", %" PRIu64 " done by an earlier run", report->resumed);
    printf("; %.1f s (%.1f s of processor time)\n", report->seconds, report->cpu_seconds);
}

static int retag_all(const struct command_line *line, const char *model)
{
    struct progress_bar bar;
    struct retag_options retag = {
        .database = option_database(line),
        .model = model,
        .names = option_value(line, "names"),
        .wait = option_given(line, "wait"),
        .stop = catch_stop(),
        .progress = on_progress,
        .note = on_note,
        .context = &bar,
    };
    bool quiet = option_given(line, "quiet");
    struct retag_report report;
    struct error error = {0};
    progress_bar_start(&bar, "finding names");
    if (quiet) bar.shown = false;
    enum status status = index_retag(&report, &retag, &error);
    progress_bar_clear(&bar);
    if (status == STOPPED) {
        complain("stopped; what was done is in the index, run the same command again to go on");
        die_of_stop();
    }
    if (status) return exit_with_index(&error);
    if (!quiet) print_report(&report, retag.database);
    return finish_output(EXIT_DONE);
}

static int run(const struct command_line *line)
{
    struct buffer model;
    struct error error;
    if (line->operand_count) {
        complain("retag takes no operands: choose the index with -d DIR");
        return EXIT_USAGE;
    }
    buffer_init(&model, 1 << 16);
    enum status status = data_find(&model, &data_model, option_value(line, "model"), &error);
    int exit_status = status ? exit_with(&error) : retag_all(line, model.data);
    buffer_release(&model);
    return exit_status;
}

const struct command command_retag = {
    .name = "retag",
    .operands = "",
    .summary = "find the names in an index anew, with changed lists or another model",
    .options = options,
    .notes =
        "Works on the texts that the index holds: no source file is read. Documents whose names stay the same are\n"
        "not written. Ctrl-C leaves a sound index; the same command then goes on. An index made with --no-tag gets\n"
        "its names this way too.\n\n"
        "example:\n  $EDITOR news.db.names/aliases.tsv\n  dossier retag -d news.db\n",
    .run = run,
};
