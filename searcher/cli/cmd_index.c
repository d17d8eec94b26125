/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/update.h"
#include "searcher/cli/command.h"
#include "searcher/cli/data.h"
#include "searcher/cli/terminal.h"
#include "searcher/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_row options[] = {
    {"database", 'd', "DIR", "the index to make or update (default: $DOSSIER_DB, else ./dossier.db)"},
    {"jobs", 'j', "N", "worker processes (default: one for each core)"},
    {"language", 'L', "L", "of documents that state none, such as en, de, id, ja (default: en)"},
    {"no-tag", 0, NULL, "leave out the search for organizations, people and places in the texts"},
    {"names", 0, "DIR", "your own aliases.tsv, hide.tsv, add.tsv and types.tsv (default: DATABASE.names, if there)"},
    {"model", 0, "FILE", "the tagging model (default: $DOSSIER_MODEL, else the one installed with dossier)"},
    {"prune", 0, NULL, "remove the documents of files that are gone from the given paths"},
    {"wait", 0, NULL, "wait for another indexer to finish instead of failing"},
    {"verbose", 'v', NULL, "name the undated and removed documents too"},
    {"quiet", 'q', NULL, "no progress bar and no summary; skipped inputs are still named"},
    {0},
};

struct index_run {
    struct progress_bar bar;
    bool verbose;
};

static void on_progress(void *context, const struct index_progress *progress)
{
    struct index_run *run = context;
    progress_bar_draw(&run->bar, (double)progress->bytes_done / 1e6, (double)progress->bytes_total / 1e6, "MB");
}

static const char *const note_words[] = {
    [INDEX_SKIPPED] = "skipped",
    [INDEX_UNDATED] = "undated",
    [INDEX_REMOVED] = "removed",
    [INDEX_WARNING] = "note",
};

static void on_note(void *context, const struct index_note *note)
{
    struct index_run *run = context;
    if (!run->verbose && (note->kind == INDEX_UNDATED || note->kind == INDEX_REMOVED)) return;
    progress_bar_clear(&run->bar);
    fprintf(stderr, "dossier: %s ", note_words[note->kind]);
    print_safely(stderr, span_of(note->path));
    if (note->where) fprintf(stderr, ":%" PRIu64, note->where);
    if (note->kind != INDEX_SKIPPED && note->id) {
        fputs(" (", stderr);
        print_safely(stderr, span_of(note->id));
        fputc(')', stderr);
    }
    if (note->reason) {
        fputs(": ", stderr);
        print_safely(stderr, span_of(note->reason));
    }
    fputc('\n', stderr);
}

static void print_report(const struct index_report *report, const char *database)
{
    printf("%" PRIu64 " added, %" PRIu64 " updated, %" PRIu64 " removed, %" PRIu64 " unchanged, %" PRIu64
           " skipped, %" PRIu64 " undated\n",
           report->added, report->updated, report->removed, report->unchanged, report->skipped, report->undated);
    if (report->untagged) printf("%" PRIu64 " without a search for names\n", report->untagged);
    printf("%s: %" PRIu64 " documents", database, report->documents);
    if (report->text_bytes) printf("; %.1f MB of text", (double)report->text_bytes / 1e6);
    printf(" in %.1f s (%.1f s of processor time)\n", report->seconds, report->cpu_seconds);
}

/* Where the tagging model is; *[out] is NULL when names are not to be looked for. Without a model that was named, an
 * index goes without names, and that is said. */
static enum status find_model(const char **out, struct buffer *path, const struct command_line *line)
{
    struct error error;
    *out = NULL;
    if (option_given(line, "no-tag")) return OK;
    enum status status = data_find(path, &data_model, option_value(line, "model"), &error);
    if (!status) *out = path->data;
    if (status == MISSING) {
        complain("%s; no names are looked for (--no-tag says so)", error.message);
        status = OK;
    } else if (status) {
        complain("%s", error.message);
    }
    return status;
}

static int index_all(const struct command_line *line, struct index_options *index, struct index_run *state)
{
    bool quiet = option_given(line, "quiet");
    progress_bar_start(&state->bar, "indexing");
    if (quiet) state->bar.shown = false;
    struct index_report report = {0};
    struct error error = {0};
    enum status status = index_update(&report, index, &error);
    progress_bar_clear(&state->bar);
    if (!quiet && (report.documents || !status)) print_report(&report, index->database);
    if (status == STOPPED) {
        complain("stopped; everything up to the last batch is in the index, run the same command again to go on");
        die_of_stop();
    }
    if (status == NOT_FOUND) {
        complain("%s", error.message);
        return EXIT_SKIPPED;
    }
    /* The language aside, what is invalid is the place of the index. */
    if (status == INVALID && (!index->language || vocabulary_is_language(span_of(index->language))))
        return exit_with_index(&error);
    if (status) return exit_with(&error);
    return finish_output(report.skipped ? EXIT_SKIPPED : EXIT_DONE);
}

static int run(const struct command_line *line)
{
    struct index_run state = {.verbose = option_given(line, "verbose")};
    struct index_options index = {
        .database = option_database(line),
        .paths = (const char *const *)line->operands,
        .path_count = line->operand_count,
        .language = option_value(line, "language"),
        .names = option_value(line, "names"),
        .prune = option_given(line, "prune"),
        .wait = option_given(line, "wait"),
        .progress = on_progress,
        .note = on_note,
        .context = &state,
    };
    size_t jobs = 0;
    if (!option_number(&jobs, line, "jobs", 1, INDEX_JOBS_MAX)) return EXIT_USAGE;
    if (!line->operand_count) {
        complain("index: name the files or folders to index (dossier index --help)");
        return EXIT_USAGE;
    }
    /* Standard input may fall silent: read in a process of its own it does not keep this one from being stopped. */
    bool alone = jobs == 1 || (!jobs && sysconf(_SC_NPROCESSORS_ONLN) < 2);
    for (size_t i = 0; alone && i < line->operand_count; i++)
        if (strcmp(line->operands[i], "-") == 0) jobs = 2;
    index.jobs = (unsigned)jobs;
    if (index.names && option_given(line, "no-tag")) {
        complain("index: --names says what to do with names, --no-tag that none are looked for (leave one out)");
        return EXIT_USAGE;
    }
    struct buffer model;
    buffer_init(&model, 1 << 16);
    enum status status = find_model(&index.model, &model, line);
    index.stop = catch_stop();
    int exit_status = status ? (int)exit_status_of(status) : index_all(line, &index, &state);
    buffer_release(&model);
    return exit_status;
}

const struct command command_index = {
    .name = "index",
    .operands = "PATH…",
    .summary = "add and update what changed under files and folders",
    .options = options,
    .notes =
        "A folder is read with all its subfolders; hidden files and symbolic links are left out. What is read: plain\n"
        "text, Markdown (with front matter), HTML, and JSON Lines with one document a line ({\"id\", \"title\",\n"
        "\"text\", \"date\", \"source\", \"author\", \"language\", \"url\"}); - reads JSON Lines from standard input.\n"
        "Unchanged files are not read again. Ctrl-C leaves a sound index; the same command then goes on.\n"
        "Organizations, people and places are found in English texts; in other languages, those on the lists are.\n\n"
        "examples:\n"
        "  dossier index -d news.db ~/articles\n"
        "  dossier index -d news.db --prune ~/articles     after files were deleted\n"
        "  zcat export.jsonl.gz | dossier index -d news.db -\n",
    .run = run,
};
