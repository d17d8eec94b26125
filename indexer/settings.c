/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/settings.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20, JOBS_MAX = 64 };

enum kind { LIST_OF_PATHS, LIST, PATH, WORD, NUMBER, YES, NO };

/* The keys, in the order in which they are written. */
static const struct key {
    const char *name;
    enum kind kind;
    size_t offset; /* in struct settings */
    const char *help;
} keys[] = {
    {"path", LIST_OF_PATHS, offsetof(struct settings, paths), "a file or folder to index; one a line"},
    {"include", LIST, offsetof(struct settings, include), "only files like this, such as *.pdf; one a line"},
    {"exclude", LIST, offsetof(struct settings, exclude), "no files or folders like this, such as drafts; one a line"},
    {"language", WORD, offsetof(struct settings, language), "of documents that state none, such as en"},
    {"names", PATH, offsetof(struct settings, names), "folder of aliases.tsv, hide.tsv, add.tsv and types.tsv"},
    {"tag", NO, offsetof(struct settings, no_tag), "no: leave out the search for names"},
    {"jobs", NUMBER, offsetof(struct settings, jobs), "worker processes"},
    {"prune", YES, offsetof(struct settings, prune), "yes: remove the documents of files that are gone"},
};

enum { KEYS = sizeof keys / sizeof keys[0] };

static void *field(const struct settings *settings, const struct key *key)
{
    return (char *)(uintptr_t)settings + key->offset;
}

static char *settings_path(const char *database)
{
    size_t length = strlen(database);
    char *path;
    while (length > 1 && database[length - 1] == '/') length--;
    return asprintf(&path, "%.*s.conf", (int)length, database) < 0 ? NULL : path;
}

/* ---- reading ---- */

struct reading {
    struct settings *settings;
    const char *path; /* of the file */
    const char *folder;
    unsigned line;
    struct error *error;
};

static enum status wrong(const struct reading *reading, const char *what, struct span value)
{
    return fail(reading->error, INVALID, "%s:%u: %s '%.*s'", reading->path, reading->line, what,
                (int)(value.length < 60 ? value.length : 60), value.data);
}

static enum status no_memory(const struct reading *reading)
{
    return fail(reading->error, NO_MEMORY, "out of memory for %s", reading->path);
}

static char *whole_path(struct reading *reading, struct span value)
{
    const char *home = getenv("HOME");
    struct buffer path;
    buffer_init(&path, 2 * PATH_MAX);
    enum status status = OK;
    if (span_starts(value, SPAN("~/")) && home) {
        status = buffer_append_string(&path, home);
        value = span_cut(value, 1, value.length);
    } else if (value.data[0] != '/' && !span_equal(value, SPAN("-"))) {
        status = buffer_append_string(&path, reading->folder);
    }
    if (!status) status = buffer_append_span(&path, value);
    char *copy = status ? NULL : arena_copy(&reading->settings->arena, buffer_span(&path));
    buffer_release(&path);
    return copy;
}

static enum status add(struct reading *reading, struct settings_list *list, char *value)
{
    if (!value) return no_memory(reading);
    if (list->count == SETTINGS_VALUES_MAX)
        return fail(reading->error, INVALID, "%s:%u: more than %d values (put the files into fewer folders)",
                    reading->path, reading->line, SETTINGS_VALUES_MAX);
    if (!list->items) list->items = arena_take(&reading->settings->arena, SETTINGS_VALUES_MAX * sizeof *list->items);
    if (!list->items) return no_memory(reading);
    list->items[list->count++] = value;
    return OK;
}

static enum status set_switch(struct reading *reading, bool *out, struct span value, bool meaning)
{
    bool yes = span_equal_fold(value, SPAN("yes"));
    if (!yes && !span_equal_fold(value, SPAN("no"))) return wrong(reading, "yes or no is expected, not", value);
    *out = yes == meaning;
    return OK;
}

static enum status set_number(struct reading *reading, unsigned *out, struct span value)
{
    unsigned number = 0;
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' || number > JOBS_MAX) number = JOBS_MAX + 1;
        if (number <= JOBS_MAX) number = number * 10 + (unsigned)(value.data[i] - '0');
    }
    if (!number || number > JOBS_MAX) return wrong(reading, "a number from 1 to 64 is expected, not", value);
    *out = number;
    return OK;
}

static enum status set(struct reading *reading, const struct key *key, struct span value)
{
    void *out = field(reading->settings, key);
    char *text = NULL;
    switch (key->kind) {
    case LIST_OF_PATHS:
        return add(reading, out, whole_path(reading, value));
    case LIST:
        return add(reading, out, arena_copy(&reading->settings->arena, value));
    case PATH:
        text = whole_path(reading, value);
        break;
    case WORD:
        text = arena_copy(&reading->settings->arena, value);
        break;
    case NUMBER:
        return set_number(reading, out, value);
    case YES:
        return set_switch(reading, out, value, true);
    case NO:
        return set_switch(reading, out, value, false);
    }
    *(const char **)out = text;
    return text ? OK : no_memory(reading);
}

static enum status read_line(struct reading *reading, struct span line)
{
    line = span_trim(line);
    if (!line.length || line.data[0] == '#') return OK;
    const char *equals = memchr(line.data, '=', line.length);
    if (!equals) return wrong(reading, "'key = value' is expected, not", line);
    if (memchr(line.data, '\0', line.length)) return wrong(reading, "a NUL byte in", line);
    struct span name = span_trim((struct span){line.data, (size_t)(equals - line.data)});
    struct span value = span_trim((struct span){equals + 1, line.length - (size_t)(equals + 1 - line.data)});
    for (size_t i = 0; i < KEYS; i++) {
        if (!span_equal(name, span_of(keys[i].name))) continue;
        return value.length ? set(reading, &keys[i], value) : wrong(reading, "no value for", name);
    }
    char known[256] = "";
    for (size_t i = 0; i < KEYS; i++) {
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s", i ? ", " : "", keys[i].name);
    }
    return fail(reading->error, INVALID, "%s:%u: unknown key '%.*s' (there are %s)", reading->path, reading->line,
                (int)(name.length < 60 ? name.length : 60), name.data, known);
}

static enum status load(struct buffer *out, const char *path, bool *found, struct error *error)
{
    FILE *file = fopen(path, "re");
    *found = file != NULL;
    if (!file)
        return errno == ENOENT || errno == ENOTDIR ? OK : fail(error, IO, "cannot open %s: %s", path, strerror(errno));
    char piece[4096];
    enum status status = OK;
    for (size_t got; !status && (got = fread(piece, 1, sizeof piece, file));) status = buffer_append(out, piece, got);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed) return fail(error, IO, "cannot read %s", path);
    return status ? fail(error, INVALID, "%s is too long for settings", path) : OK;
}

enum status settings_read(struct settings *out, bool *found, const char *database, struct error *error)
{
    *out = (struct settings){0};
    arena_init(&out->arena, 16 * FILE_MAX);
    struct buffer text;
    buffer_init(&text, FILE_MAX);
    char *path = settings_path(database);
    const char *slash = path ? strrchr(path, '/') : NULL;
    char *folder = slash ? strndup(path, (size_t)(slash + 1 - path)) : strdup("");
    struct reading reading = {.settings = out, .path = path, .folder = folder, .error = error};
    enum status status = path && folder ? load(&text, path, found, error) : fail(error, NO_MEMORY, "out of memory");
    struct span rest = buffer_span(&text), line;
    while (!status && span_next_line(&rest, &line)) {
        reading.line++;
        status = read_line(&reading, line);
    }
    buffer_release(&text);
    free(folder);
    free(path);
    return status;
}

void settings_release(struct settings *settings)
{
    arena_release(&settings->arena);
    *settings = (struct settings){0};
}

/* ---- writing ---- */

static enum status write_value(FILE *file, const struct key *key, const char *value, struct error *error)
{
    char *whole = NULL;
    if (key->kind == LIST_OF_PATHS || key->kind == PATH) {
        whole = realpath(value, NULL);
        if (!whole) return fail(error, IO, "cannot remember '%s': %s", value, strerror(errno));
        value = whole;
    }
    enum status status = OK;
    struct span text = span_of(value);
    if (memchr(text.data, '\n', text.length) || !span_equal(text, span_trim(text)))
        status =
            fail(error, INVALID, "'%s' cannot stand in a file of settings: blanks at its ends, or a line feed", value);
    else
        fprintf(file, "%s = %s\n", key->name, value);
    free(whole);
    return status;
}

static enum status write_key(FILE *file, const struct settings *settings, const struct key *key, struct error *error)
{
    const void *at = field(settings, key);
    const struct settings_list *list = at;
    enum status status = OK;
    switch (key->kind) {
    case LIST_OF_PATHS:
    case LIST:
        for (size_t i = 0; !status && i < list->count; i++) status = write_value(file, key, list->items[i], error);
        return status;
    case PATH:
    case WORD:
        return *(const char *const *)at ? write_value(file, key, *(const char *const *)at, error) : OK;
    case NUMBER:
        if (*(const unsigned *)at) fprintf(file, "%s = %u\n", key->name, *(const unsigned *)at);
        return OK;
    case YES:
    case NO:
        if (*(const bool *)at) fprintf(file, "%s = %s\n", key->name, key->kind == YES ? "yes" : "no");
        return OK;
    }
    return OK;
}

enum status settings_write(const struct settings *settings, const char *database, struct error *error)
{
    char *path = settings_path(database), *fresh = NULL;
    if (!path || asprintf(&fresh, "%s.new", path) < 0) {
        free(path);
        return fail(error, NO_MEMORY, "out of memory");
    }
    FILE *file = fopen(fresh, "we");
    enum status status = file ? OK : fail(error, IO, "cannot write %s: %s", fresh, strerror(errno));
    if (file) {
        fprintf(file, "# What 'dossier index -d %s' brings up to date.\n", database);
        for (size_t i = 0; i < KEYS; i++) fprintf(file, "# %-8s %s\n", keys[i].name, keys[i].help);
        for (size_t i = 0; !status && i < KEYS; i++) status = write_key(file, settings, &keys[i], error);
        bool failed = fflush(file) || fsync(fileno(file));
        failed |= fclose(file) != 0;
        if (!status && (failed || rename(fresh, path)))
            status = fail(error, IO, "cannot write %s: %s", path, strerror(errno));
        if (status) unlink(fresh);
    }
    free(fresh);
    free(path);
    return status;
}
