/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gives every document back, so that nobody is locked in: what is exported as JSON Lines can be indexed again. */
#include "searcher/cli/command.h"
#include "searcher/cli/output.h"
#include "searcher/cli/show_names.h"
#include "searcher/cli/terminal.h"
#include "searcher/json.h"
#include "searcher/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"format", 'f', "FORMAT", "jsonl (a document a line) or csv (default: jsonl)"},
    {"mentions", 0, NULL, "with jsonl, also each mention of each name: where it is, and by which rule"},
    {"output", 'o', "FILE", "write to FILE, which is complete or not there (default: stdout)"},
    {"quiet", 'q', NULL, "no progress bar"},
    {0},
};

enum { TRIES = 8 /* to read one document from under an indexer that commits */ };

static const enum record_field fields[] = {RECORD_ID,       RECORD_TITLE, RECORD_DATE, RECORD_SOURCE, RECORD_AUTHOR,
                                           RECORD_LANGUAGE, RECORD_PATH,  RECORD_URL,  RECORD_TYPE,   RECORD_PARENT};
static const char *const field_names[] = {"id",       "title", "date", "source", "author",
                                          "language", "path",  "url",  "type",   "parent"};
enum { FIELDS = sizeof fields / sizeof *fields };

/* As in the JSON of a hit. */
static const enum name_type types[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};
enum { TYPES = sizeof types / sizeof *types };

struct export
{
    struct reader reader;
    FILE *out;
    bool (*write)(struct export * export, const struct record *record, const struct shown_names *names);
    bool mentions;
    struct error error;
};

static bool write_jsonl(struct export *export, const struct record *record, const struct shown_names *names)
{
    json_t *object = json_object();
    for (int i = 0; object && i < FIELDS; i++)
        if (record->field[fields[i]].length)
            json_object_set_new(object, field_names[i], json_of_text(record->field[fields[i]]));
    json_object_set_new(object, "text", json_of_text(record->text));
    for (int i = 0; object && i < TYPES; i++) {
        json_t *list = json_array();
        for (size_t k = 0; k < names->count; k++)
            if (names->items[k].type == types[i]) json_array_append_new(list, json_of_text(names->items[k].name));
        json_object_set_new(object, name_places[types[i]].field, list);
    }
    json_t *whole = export->mentions ? json_object() : NULL;
    if (whole) shown_names_json(whole, names, record, true);
    if (whole) json_object_set_new(object, "names", whole);
    return write_json_line(export->out, object);
}

static bool write_csv(struct export *export, const struct record *record, const struct shown_names *names)
{
    for (int i = 0; i < FIELDS; i++) {
        write_cell(export->out, record->field[fields[i]]);
        fputc(',', export->out);
    }
    for (int i = 0; i < TYPES; i++) {
        struct buffer cell;
        bool any = false;
        buffer_init(&cell, SIZE_MAX / 2);
        enum status status = OK;
        for (size_t k = 0; !status && k < names->count; k++) {
            if (names->items[k].type != types[i]) continue;
            if (any) status = buffer_append_string(&cell, "; ");
            if (!status) status = buffer_append_span(&cell, names->items[k].name);
            any = true;
        }
        write_cell(export->out, buffer_span(&cell));
        buffer_release(&cell);
        if (status) return complain("out of memory"), false;
        fputc(',', export->out);
    }
    write_cell(export->out, record->text);
    fputs("\r\n", export->out);
    return !ferror(export->out);
}

static void write_csv_head(FILE *out)
{
    for (int i = 0; i < FIELDS; i++) fprintf(out, "%s,", field_names[i]);
    for (int i = 0; i < TYPES; i++) fprintf(out, "%s,", name_places[types[i]].field);
    fputs("text\r\n", out);
}

static enum status export_one(struct export *export, uint32_t docid)
{
    struct record record;
    struct xc_document *document = NULL;
    struct shown_names names = {0};
    enum status status = reader_record(&record, &document, &export->reader, docid, &export->error);
    if (!status) status = shown_names_read(&names, &record, &export->error);
    if (!status && !export->write(export, &record, &names)) status = fail(&export->error, IO, "cannot write");
    shown_names_release(&names);
    xc_document_free(document);
    return status;
}

/* The documents from [*next] on, as they are in one state of the index; CHANGED when that is gone. */
static enum status export_from(struct export *export, uint64_t *next, uint64_t *done, struct progress_bar *bar,
                               const volatile sig_atomic_t *stop)
{
    struct xc_error cause = {0};
    struct xc_postings *postings = NULL;
    enum status status = OK;
    enum xc_status found = xc_database_postings(&postings, export->reader.database, "", 0, &cause);
    if (!found)
        found = *next ? xc_postings_skip_to(postings, (uint32_t)*next, &cause) : xc_postings_next(postings, &cause);
    while (!found && !status) {
        uint32_t docid = xc_postings_docid(postings);
        status = *stop ? STOPPED : export_one(export, docid);
        if (status == NOT_FOUND) status = OK;
        if (status) break;
        *next = (uint64_t)docid + 1;
        progress_bar_draw(bar, (double)++*done, (double)export->reader.documents, "documents");
        if (*next > UINT32_MAX) break;
        found = xc_postings_next(postings, &cause);
    }
    xc_postings_free(postings);
    if (found && found != XC_NOT_FOUND && !status)
        status = reader_failure(&export->error, found, &cause, export->reader.path);
    return status;
}

/* An indexer may go on meanwhile: each document is given as it is when its turn comes. */
static enum status export_all(struct export *export, struct progress_bar *bar)
{
    const volatile sig_atomic_t *stop = catch_stop();
    uint64_t next = 0, done = 0, before;
    enum status status;
    int tries = 0;
    do {
        before = next;
        status = export_from(export, &next, &done, bar, stop);
        if (status != CHANGED) break;
        tries = next > before ? 0 : tries + 1;
        enum status fresh = reader_refresh(&export->reader, &export->error);
        if (fresh && fresh != CHANGED) return fresh;
    } while (tries < TRIES);
    return status;
}

static int run_export(struct export *export, const char *output, bool quiet)
{
    char *fresh = NULL;
    struct progress_bar bar;
    export->out = stdout;
    if (output) {
        if (asprintf(&fresh, "%s.new", output) < 0) return complain("out of memory"), EXIT_MACHINE;
        export->out = fopen(fresh, "we");
        if (!export->out) {
            complain("cannot write '%s': %s", fresh, strerror(errno));
            free(fresh);
            return EXIT_MACHINE;
        }
    }
    progress_bar_start(&bar, "exporting");
    if (quiet) bar.shown = false;
    if (export->write == write_csv) write_csv_head(export->out);
    enum status status = export_all(export, &bar);
    progress_bar_clear(&bar);
    int result = EXIT_DONE;
    if (output) {
        bool good = fflush(export->out) == 0 && !ferror(export->out);
        good = fclose(export->out) == 0 && good;
        if (!status && (!good || rename(fresh, output))) {
            complain("cannot write '%s': %s", output, strerror(errno));
            result = EXIT_MACHINE;
        }
        if (status || result) unlink(fresh);
        free(fresh);
    } else {
        result = finish_output(EXIT_DONE);
    }
    if (status == STOPPED) die_of_stop();
    if (status && !result) result = exit_with(&export->error);
    return result;
}

static int run(const struct command_line *line)
{
    static const char *const formats[] = {"jsonl", "csv", NULL};
    size_t format = 0;
    if (!option_choice(&format, line, "format", formats)) return EXIT_USAGE;
    if (line->operand_count) {
        complain("export takes no operands: it gives every document (dossier search --format jsonl gives hits)");
        return EXIT_USAGE;
    }
    struct export export = {.write = format ? write_csv : write_jsonl, .mentions = option_given(line, "mentions")};
    if (reader_open(&export.reader, option_database(line), &export.error)) return exit_with(&export.error);
    int result = run_export(&export, option_value(line, "output"), option_given(line, "quiet"));
    reader_close(&export.reader);
    return result;
}

const struct command command_export = {
    .name = "export",
    .operands = "",
    .summary = "give back every document with its fields and names",
    .options = options,
    .notes =
        "One line of JSON a document, by default: the fields that it has, its text, and its names as lists. What is\n"
        "exported so can be indexed again, here or elsewhere. The CSV has all fields, names separated by \"; \".\n\n"
        "examples:\n"
        "  dossier export -d news.db > news.jsonl\n"
        "  dossier export -d news.db --format csv -o news.csv\n",
    .run = run,
};
