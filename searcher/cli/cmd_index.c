/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/settings.h"
#include "indexer/update.h"
#include "indexer/watch.h"
#include "searcher/cli/command.h"
#include "searcher/cli/data.h"
#include "searcher/cli/index_report.h"
#include "searcher/cli/terminal.h"
#include "searcher/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_row options[] = {
    {"database", 'd', "DIR", "the index to make or update (default: $DOSSIER_DB, else ./dossier.db)"},
    {"jobs", 'j', "N", "worker processes (default: one for each core)"},
    {"language", 'L', "L", "of documents that state none, such as en, de, id, ja (default: told from each text)"},
    {"no-tag", 0, NULL, "leave out the search for organizations, people and places in the texts"},
    {"names", 0, "DIR", "your own aliases.tsv, hide.tsv, add.tsv and types.tsv (default: DATABASE.names, if there)"},
    {"model", 0, "FILE", "the tagging model (default: $DOSSIER_MODEL, else the one installed with dossier)"},
    {"columns", 0, "MAP", "what the columns of CSV files state: title=Headline,text=Body (default: by their names)"},
    {"ocr", 0, NULL, "read pictures and scanned pages with tesseract, where it is installed"},
    {"include", 0, "GLOB", "of folders, only files like this (*.pdf, press/*); may be repeated"},
    {"exclude", 0, "GLOB", "leave out files and folders like this (drafts, *.tmp); may be repeated"},
    {"prune", 0, NULL, "remove the documents of files that are gone from the given paths, or left out now"},
    {"dry-run", 0, NULL, "only tell what would be done; -v names each document"},
    {"watch", 0, NULL, "go on, and update whenever something changes, with --prune"},
    {"report", 0, "FILE", "write what was done with each input to FILE: JSON, or text to NAME.txt; - is stdout"},
    {"save", 0, NULL, "keep paths and options in DATABASE.conf: then 'dossier index -d DATABASE' is enough"},
    {"memory", 0, "MB", "about what the whole may take (default: 512)"},
    {"bulk", 0, "WHEN", "auto: load a new index in one go; no: by transactions (default: auto)"},
    {"wait", 0, NULL, "wait for another indexer to finish instead of failing"},
    {"verbose", 'v', NULL, "name every document that is added, updated, removed or undated, and the slowest files"},
    {"quiet", 'q', NULL, "no progress bar and no summary; skipped inputs are still named"},
    {0},
};

struct index_run {
    const struct command_line *line;
    struct index_options index;
    struct progress_bar bar;
    struct index_report_file *report;
    bool verbose, quiet;
};

static void on_progress(void *context, const struct index_progress *progress)
{
    struct index_run *run = context;
    progress_bar_draw(&run->bar, (double)progress->bytes_done / 1e6, (double)progress->bytes_total / 1e6, "MB");
}

static bool is_for_everyone(enum index_note_kind kind)
{
    return kind == INDEX_SKIPPED || kind == INDEX_WARNING;
}

static void on_note(void *context, const struct index_note *note)
{
    struct index_run *run = context;
    if (run->report) index_report_note(run->report, note);
    if (!run->verbose && !is_for_everyone(note->kind)) return;
    progress_bar_clear(&run->bar);
    fputs("dossier: ", stderr);
    print_note(stderr, note);
}

/* The absolute path of a file that may not be there yet; NULL when its folder is not. The caller's to free. */
static char *absolute_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash + (slash == path) - path)) : strdup(".");
    char *whole = folder ? realpath(folder, NULL) : NULL, *joined = NULL;
    if (whole && asprintf(&joined, "%s/%s", strcmp(whole, "/") ? whole : "", slash ? slash + 1 : path) < 0)
        joined = NULL;
    free(whole);
    free(folder);
    return joined;
}

/* Where the tagging model is. Without a model that was named, an
 * index goes without names, and that is said. */
static enum status find_model(const char **out, struct buffer *path, const struct command_line *line)
{
    struct error error;
    *out = NULL;
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

static bool begin_report(struct index_run *run)
{
    const char *path = option_value(run->line, "report");
    if (path) run->report = index_report_begin(path, run->index.database);
    return !path || run->report;
}

/* The exit status of an update that ended with [status]. */
static int outcome(const struct index_run *run, enum status status, const struct error *error, uint64_t skipped)
{
    const char *language = run->index.language;
    if (status == STOPPED) {
        complain("stopped; everything up to the last batch is in the index, run the same command again to go on");
        die_of_stop();
    }
    if (status == NOT_FOUND) {
        complain("%s", error->message);
        return EXIT_SKIPPED;
    }
    /* The language aside, what is invalid is the place of the index. */
    if (status == INVALID && (!language || vocabulary_is_language(span_of(language)))) return exit_with_index(error);
    if (status) return exit_with(error);
    return finish_output(skipped ? EXIT_SKIPPED : EXIT_DONE);
}

static int index_all(struct index_run *run)
{
    struct index_report report = {0};
    struct error error = {0};
    if (!begin_report(run)) return EXIT_MACHINE;
    progress_bar_start(&run->bar, "indexing");
    if (run->quiet) run->bar.shown = false;
    enum status status = index_update(&report, &run->index, &error);
    progress_bar_clear(&run->bar);
    bool reported = true;
    if (run->report) reported = index_report_end(run->report, &report, status ? error.message : NULL);
    run->report = NULL;
    bool listed = option_value(run->line, "report") && !strcmp(option_value(run->line, "report"), "-");
    if (!run->quiet && !listed && (report.documents || !status))
        print_sums(stdout, &report, run->index.database, run->index.dry_run);
    int exit_status = outcome(run, status, &error, report.skipped);
    return reported || exit_status > EXIT_SKIPPED ? exit_status : EXIT_MACHINE;
}

/* ---- --watch ---- */

static void on_updated(void *context, const struct index_report *report, bool changed)
{
    struct index_run *run = context;
    progress_bar_clear(&run->bar);
    if (run->report) index_report_end(run->report, report, NULL);
    run->report = NULL;
    if (!run->quiet && changed) print_sums(stdout, report, run->index.database, false);
    fflush(stdout);
    begin_report(run);
}

static void on_word(void *context, const char *message)
{
    struct index_run *run = context;
    progress_bar_clear(&run->bar);
    complain("%s", message);
}

static int watch_all(struct index_run *run)
{
    struct index_watch watch = {.updated = on_updated, .say = on_word, .context = run};
    struct error error = {0};
    if (!begin_report(run)) return EXIT_MACHINE;
    progress_bar_start(&run->bar, "indexing");
    if (run->quiet) run->bar.shown = false;
    if (!run->quiet) complain("watching; Ctrl-C ends it");
    enum status status = index_watch_run(&run->index, &watch, &error);
    progress_bar_clear(&run->bar);
    index_report_drop(run->report);
    if (status == STOPPED) {
        die_of_stop();
        return EXIT_DONE;
    }
    return outcome(run, status, &error, 0);
}

/* ---- what is asked for: the command line, then the settings beside the index ---- */

static void take_list(const char *const **out, size_t *count, const struct settings_list *list)
{
    if (*count) return;
    *out = list->items;
    *count = list->count;
}

static void take_settings(struct index_options *index, const struct settings *settings, const struct command_line *line)
{
    take_list(&index->paths, &index->path_count, &settings->paths);
    take_list(&index->globs.include, &index->globs.include_count, &settings->include);
    take_list(&index->globs.exclude, &index->globs.exclude_count, &settings->exclude);
    if (!index->language) index->language = settings->language;
    if (!index->names && !option_given(line, "no-tag")) index->names = settings->names;
    if (!index->jobs) index->jobs = settings->jobs;
    index->prune |= settings->prune;
}

static int remember(const struct index_options *index, bool no_tag)
{
    struct error error = {0};
    struct settings settings = {.paths = {(const char **)(uintptr_t)index->paths, index->path_count},
                                .include = {(const char **)(uintptr_t)index->globs.include, index->globs.include_count},
                                .exclude = {(const char **)(uintptr_t)index->globs.exclude, index->globs.exclude_count},
                                .language = index->language,
                                .names = index->names,
                                .jobs = index->jobs,
                                .prune = index->prune,
                                .no_tag = no_tag};
    return settings_write(&settings, index->database, &error) ? exit_with(&error) : EXIT_DONE;
}

/* Standard input may fall silent: read in a process of its own it does not keep this one from being stopped. */
static void mind_standard_input(struct index_options *index)
{
    bool alone = index->jobs == 1 || (!index->jobs && sysconf(_SC_NPROCESSORS_ONLN) < 2);
    for (size_t i = 0; alone && i < index->path_count; i++)
        if (strcmp(index->paths[i], "-") == 0) index->jobs = 2;
}

static int start(struct index_run *run, bool no_tag)
{
    struct index_options *index = &run->index;
    if (!index->path_count) {
        complain("index: name the files or folders to index (dossier index --help); --save keeps them in %s.conf",
                 index->database);
        return EXIT_USAGE;
    }
    if (option_given(run->line, "save")) {
        int saved = remember(index, no_tag);
        if (saved) return saved;
    }
    struct buffer model;
    buffer_init(&model, 1 << 16);
    enum status status = no_tag ? OK : find_model(&index->model, &model, run->line);
    mind_standard_input(index);
    const char *report = option_value(run->line, "report");
    char *leave_out = report && strcmp(report, "-") ? absolute_of(report) : NULL;
    index->leave_out = leave_out;
    index->stop = catch_stop();
    bool watch = option_given(run->line, "watch");
    int exit_status = status ? (int)exit_status_of(status) : watch ? watch_all(run) : index_all(run);
    free(leave_out);
    buffer_release(&model);
    return exit_status;
}

static int check_line(const struct command_line *line)
{
    static const struct {
        const char *one, *other, *why;
    } clashes[] = {
        {"names", "no-tag", "--names says what to do with names, --no-tag that none are looked for (leave one out)"},
        {"watch", "dry-run", "--watch goes on updating, --dry-run writes nothing (leave one out)"},
        {"save", "dry-run", "--save writes settings, --dry-run writes nothing (leave one out)"},
    };
    for (size_t i = 0; i < sizeof clashes / sizeof clashes[0]; i++) {
        if (!option_given(line, clashes[i].one) || !option_given(line, clashes[i].other)) continue;
        complain("index: %s", clashes[i].why);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < line->operand_count; i++) {
        if (strcmp(line->operands[i], "-") != 0) continue;
        if (!option_given(line, "watch") && !option_given(line, "save")) continue;
        complain("index: standard input can be neither watched nor remembered (name files or folders)");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int run(const struct command_line *line)
{
    struct index_run state = {
        .line = line, .verbose = option_given(line, "verbose"), .quiet = option_given(line, "quiet")};
    const char **include = calloc(line->given_count + 1, sizeof *include);
    const char **exclude = calloc(line->given_count + 1, sizeof *exclude);
    struct settings settings = {0};
    struct error error = {0};
    static const char *const bulk_words[] = {"auto", "no", NULL};
    size_t jobs = 0, memory = 0, bulk = 0;
    bool found;
    int exit_status = check_line(line);
    if (!exit_status && !option_number(&jobs, line, "jobs", 1, INDEX_JOBS_MAX)) exit_status = EXIT_USAGE;
    if (!exit_status && !option_number(&memory, line, "memory", 64, 1 << 20)) exit_status = EXIT_USAGE;
    if (!exit_status && !option_choice(&bulk, line, "bulk", bulk_words)) exit_status = EXIT_USAGE;
    if (!exit_status && settings_read(&settings, &found, option_database(line), &error))
        exit_status = exit_with(&error);
    if (!exit_status && include && exclude) {
        state.index = (struct index_options){
            .database = option_database(line),
            .paths = (const char *const *)line->operands,
            .path_count = line->operand_count,
            .jobs = (unsigned)jobs,
            .memory = memory << 20,
            .no_bulk = bulk == 1,
            .language = option_value(line, "language"),
            .names = option_value(line, "names"),
            .globs = {include, option_values(include, line, "include"), exclude,
                      option_values(exclude, line, "exclude")},
            .ocr = option_given(line, "ocr"),
            .columns = option_value(line, "columns"),
            .prune = option_given(line, "prune"),
            .dry_run = option_given(line, "dry-run"),
            .wait = option_given(line, "wait"),
            .progress = on_progress,
            .note = on_note,
            .context = &state,
        };
        take_settings(&state.index, &settings, line);
        bool untagged = settings.no_tag && !option_given(line, "names") && !option_given(line, "model");
        exit_status = start(&state, untagged || option_given(line, "no-tag"));
    }
    settings_release(&settings);
    free(include);
    free(exclude);
    return exit_status;
}

const struct command command_index = {
    .name = "index",
    .operands = "[PATH…]",
    .summary = "add and update what changed under files and folders",
    .options = options,
    .notes =
        "A folder is read with all its subfolders; hidden files and symbolic links are left out. What is read: plain\n"
        "text, Markdown (with front matter), HTML, PDF, Word, OpenDocument, PowerPoint, Excel, EPUB, RTF, e-mail and\n"
        "mailboxes with what is attached, CSV, TREC and Reuters records, web archives, archives as folders, and JSON\n"
        "Lines with one document a line ({\"id\", \"title\", \"text\", \"date\", \"source\", \"author\", \"language\",\n"
        "\"url\"}); - reads JSON Lines from standard input.\n"
        "Unchanged files are not read again. Ctrl-C leaves a sound index; the same command then goes on.\n"
        "A file that was renamed keeps the id it had. Settings in DATABASE.conf hold where the command line is "
        "silent.\n"
        "Organizations, people and places are found in English texts; in other languages, those on the lists are.\n\n"
        "examples:\n"
        "  dossier index -d news.db ~/articles\n"
        "  dossier index -d news.db --prune ~/articles     after files were deleted\n"
        "  dossier index -d news.db --save --exclude drafts ~/articles ~/reports; dossier index -d news.db\n"
        "  dossier index -d news.db --watch --report news.json\n"
        "  zcat export.jsonl.gz | dossier index -d news.db -\n",
    .run = WITH_READERS(run),
};
