/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/index_report.h"

#include "searcher/cli/command.h"
#include "searcher/cli/terminal.h"
#include "searcher/json.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* By enum index_note_kind. */
static const char *const kind_words[] = {
    [INDEX_SKIPPED] = "skipped", [INDEX_UNDATED] = "undated", [INDEX_REMOVED] = "removed", [INDEX_WARNING] = "note",
    [INDEX_ADDED] = "added",     [INDEX_UPDATED] = "updated", [INDEX_RENAMED] = "renamed", [INDEX_SLOW] = "slow",
};

/* The sums, in the order in which they are written to a file. */
static const struct sum {
    const char *name;
    size_t offset; /* of an uint64_t in struct index_report */
} sums[] = {
    {"files", offsetof(struct index_report, files)},         {"added", offsetof(struct index_report, added)},
    {"updated", offsetof(struct index_report, updated)},     {"removed", offsetof(struct index_report, removed)},
    {"unchanged", offsetof(struct index_report, unchanged)}, {"renamed", offsetof(struct index_report, renamed)},
    {"skipped", offsetof(struct index_report, skipped)},     {"undated", offsetof(struct index_report, undated)},
    {"untagged", offsetof(struct index_report, untagged)},   {"text_bytes", offsetof(struct index_report, text_bytes)},
    {"documents", offsetof(struct index_report, documents)},
};

void print_note(FILE *out, const struct index_note *note)
{
    fprintf(out, "%s ", kind_words[note->kind]);
    print_safely(out, span_of(note->path));
    if (note->where) fprintf(out, ":%" PRIu64, note->where);
    if (note->kind != INDEX_SKIPPED && note->id) {
        fputs(" (", out);
        print_safely(out, span_of(note->id));
        fputc(')', out);
    }
    if (note->kind == INDEX_SLOW) fprintf(out, ": %.2f s", note->seconds);
    if (note->reason) {
        fputs(": ", out);
        print_safely(out, span_of(note->reason));
    }
    fputc('\n', out);
}

void print_sums(FILE *out, const struct index_report *report, const char *database, bool dry_run)
{
    fprintf(out,
            "%s%" PRIu64 " added, %" PRIu64 " updated, %" PRIu64 " removed, %" PRIu64 " unchanged, %" PRIu64
            " skipped, %" PRIu64 " undated\n",
            dry_run ? "would be: " : "", report->added, report->updated, report->removed, report->unchanged,
            report->skipped, report->undated);
    if (report->renamed)
        fprintf(out, "%" PRIu64 " %s renamed; ids stay\n", report->renamed,
                report->renamed == 1 ? "file was" : "files were");
    if (report->untagged) fprintf(out, "%" PRIu64 " without a search for names\n", report->untagged);
    fprintf(out, "%s: %" PRIu64 " documents", database, report->documents);
    if (report->text_bytes) fprintf(out, "; %.1f MB of text", (double)report->text_bytes / 1e6);
    fprintf(out, " in %.1f s (%.1f s of processor time)\n", report->seconds, report->cpu_seconds);
}

struct index_report_file {
    FILE *out;
    char *path, *fresh; /* where it will be, and where it is written; NULL for stdout */
    const char *database;
    bool json, any, failed;
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

struct index_report_file *index_report_begin(const char *path, const char *database)
{
    struct index_report_file *file = calloc(1, sizeof *file);
    bool standard = strcmp(path, "-") == 0;
    if (file && !standard) {
        file->path = strdup(path);
        if (asprintf(&file->fresh, "%s.new", path) < 0) file->fresh = NULL;
    }
    if (!file || (!standard && (!file->path || !file->fresh))) {
        complain("out of memory for the report");
        index_report_drop(file);
        return NULL;
    }
    file->database = database;
    file->json = !ends_with(path, ".txt");
    file->out = standard ? stdout : fopen(file->fresh, "we");
    if (!file->out) {
        complain("cannot write the report '%s': %s (name another file for --report)", path, strerror(errno));
        index_report_drop(file);
        return NULL;
    }
    if (file->json) fputs("{\"notes\": [", file->out);
    return file;
}

static json_t *json_of_string(const char *text)
{
    return text ? json_of_text(span_of(text)) : json_null();
}

static void write_value(struct index_report_file *file, json_t *value)
{
    if (!value || json_dumpf(value, file->out, JSON_ENCODE_ANY | JSON_ENSURE_ASCII)) file->failed = true;
    json_decref(value);
}

void index_report_note(struct index_report_file *file, const struct index_note *note)
{
    if (!file->json) {
        print_note(file->out, note);
        return;
    }
    json_t *object =
        json_pack("{s:s, s:o, s:o, s:o}", "kind", kind_words[note->kind], "path", json_of_string(note->path), "id",
                  json_of_string(note->id), "reason", json_of_string(note->reason));
    if (object && note->where) json_object_set_new(object, "line", json_integer((json_int_t)note->where));
    if (object && note->kind == INDEX_SLOW) json_object_set_new(object, "seconds", json_real(note->seconds));
    fputs(file->any ? ",\n  " : "\n  ", file->out);
    file->any = true;
    write_value(file, object);
}

static void write_sums(struct index_report_file *file, const struct index_report *report, const char *problem)
{
    fputs("\n],\n\"schema_version\": 1,\n\"database\": ", file->out);
    write_value(file, json_of_string(file->database));
    fputs(",\n\"problem\": ", file->out);
    write_value(file, json_of_string(problem));
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        const uint64_t *sum = (const void *)((const char *)report + sums[i].offset);
        fprintf(file->out, ",\n\"%s\": %" PRIu64, sums[i].name, *sum);
    }
    fprintf(file->out, ",\n\"seconds\": %.3f,\n\"cpu_seconds\": %.3f}\n", report->seconds, report->cpu_seconds);
}

bool index_report_end(struct index_report_file *file, const struct index_report *report, const char *problem)
{
    if (file->json)
        write_sums(file, report, problem);
    else
        print_sums(file->out, report, file->database, false);
    if (!file->json && problem) fprintf(file->out, "%s\n", problem);
    bool good = !file->failed && !ferror(file->out) && fflush(file->out) == 0;
    int why = errno;
    if (file->path) {
        good = fclose(file->out) == 0 && good;
        file->out = NULL;
        if (good && rename(file->fresh, file->path)) good = false, why = errno;
    }
    if (!good) complain("cannot write the report '%s': %s", file->path ? file->path : "-", strerror(why));
    index_report_drop(file);
    return good;
}

void index_report_drop(struct index_report_file *file)
{
    if (!file) return;
    if (file->path && file->out) {
        fclose(file->out);
        file->out = NULL;
    }
    if (file->fresh) unlink(file->fresh);
    free(file->fresh);
    free(file->path);
    free(file);
}
