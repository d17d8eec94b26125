/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables in text (RFC 4180 and what programs make of it): fields between commas, semicolons, tabs or bars, in quotes
 * where they hold one of these, a quote or a line end. A row is a document when the first row names columns that a
 * document can have, or the caller says which columns they are; else the whole table is one document. */
#include "corpus/chunks.h"
#include "corpus/keys.h"
#include "corpus/reader.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS_MAX = 1024,                   /* of a row; what stands in further ones is left out */
    WHOLE_MAX = 64 * 1024 * 1024,         /* bytes of a file that is loaded, so that its charset can be found */
    MAP_ITEM_MAX = 256                    /* bytes of a column's name in the map */
};

struct table {
    struct chunks chunks;
    bool loaded;
    char separator;
    struct buffer cells; /* of one row, one after another */
    size_t start[COLUMNS_MAX + 1];
    size_t columns;
    bool too_long;
    uint64_t line;                  /* where the row begins */
    int meaning[COLUMNS_MAX];       /* KEY_COUNT for none */
    struct buffer names;            /* of the columns, likewise */
    size_t name[COLUMNS_MAX + 1], named;
};

static enum status next_piece(struct table *table)
{
    if (table->chunks.at < table->chunks.end) return OK;
    return table->loaded ? NOT_FOUND : chunks_fill(&table->chunks);
}

static struct span cell(const struct table *table, size_t column)
{
    return span_cut(buffer_span(&table->cells), table->start[column], table->start[column + 1]);
}

static struct span column_name(const struct table *table, size_t column)
{
    return column < table->named ? span_cut(buffer_span(&table->names), table->name[column], table->name[column + 1])
                                 : SPAN("");
}

static void end_cell(struct table *table)
{
    if (table->columns < COLUMNS_MAX) table->start[++table->columns] = table->cells.length;
}

static enum status put(struct table *table, char c)
{
    if (table->too_long || table->columns == COLUMNS_MAX) return OK;
    enum status status = buffer_append_byte(&table->cells, c);
    if (status == LIMIT) table->too_long = true;
    return status == LIMIT ? OK : status;
}

/* Reads a row. NOT_FOUND when none is left. */
static enum status next_row(struct table *table)
{
    struct chunks *chunks = &table->chunks;
    bool quoted = false, quote = false, any = false; /* [quote]: the last byte closed a quotation, or is half a "" */
    buffer_clear(&table->cells);
    table->columns = 0;
    table->start[0] = 0;
    table->too_long = false;
    table->line = chunks->line;
    for (;;) {
        enum status status = next_piece(table);
        if (status == NOT_FOUND && any) break;
        if (status) return status;
        char c = chunks->data[chunks->at++];
        chunks->line += c == '\n';
        if (!any && (c == '\n' || c == '\r')) { /* blank lines part nothing */
            table->line = chunks->line;
            continue;
        }
        any = true;
        if (quote && c == '"') {
            quoted = true, quote = false;
            status = put(table, c);
        } else if (quoted) {
            quoted = c != '"', quote = c == '"';
            if (quoted) status = put(table, c);
        } else if (c == '"' && table->cells.length == table->start[table->columns]) {
            quoted = true;
        } else if (c == table->separator) {
            end_cell(table);
            quote = false;
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            quote = false;
            status = put(table, c);
        }
        if (status) return status;
    }
    end_cell(table);
    return OK;
}

/* The separator that stands most often in the first line, outside quotes. */
static char find_separator(struct span head, struct span name)
{
    static const char marks[] = {',', ';', '\t', '|'};
    size_t count[sizeof marks] = {0}, best = 0;
    bool quoted = false;
    if (name.length > 4 && span_equal_fold(span_cut(name, name.length - 4, name.length), SPAN(".tsv"))) return '\t';
    for (size_t i = 0; i < head.length && (quoted || head.data[i] != '\n'); i++) {
        quoted ^= head.data[i] == '"';
        for (size_t mark = 0; mark < sizeof marks && !quoted; mark++) count[mark] += head.data[i] == marks[mark];
    }
    for (size_t mark = 1; mark < sizeof marks; mark++)
        if (count[mark] > count[best]) best = mark;
    return marks[best];
}

/* The column that [wanted] names, by its name or its number from 1; [columns] when there is none. */
static size_t find_column(const struct table *table, const char *wanted)
{
    for (size_t i = 0; i < table->named; i++)
        if (span_equal_fold(span_trim(column_name(table, i)), span_of(wanted))) return i;
    char *end;
    unsigned long number = strtoul(wanted, &end, 10);
    return !*end && number >= 1 && number <= table->named ? number - 1 : table->named;
}

/* Reads "title=Headline,text=Body". */
static enum status read_map(struct read_job *job, struct table *table)
{
    for (const char *at = job->options->columns; *at;) {
        char field[MAP_ITEM_MAX], wanted[MAP_ITEM_MAX];
        size_t length = strcspn(at, ","), name = strcspn(at, "=");
        if (name >= length || name >= sizeof field || length - name > sizeof wanted)
            return fail(job->error, INVALID, "the map of columns is not understood at '%.60s' (write title=Headline,…)",
                        at);
        snprintf(field, sizeof field, "%.*s", (int)name, at);
        snprintf(wanted, sizeof wanted, "%.*s", (int)(length - name - 1), at + name + 1);
        int rank, meaning = key_meaning(span_of(field), &rank);
        if (meaning == KEY_COUNT)
            return fail(job->error, INVALID, "the map of columns names '%.60s', which no document has", field);
        size_t column = find_column(table, wanted);
        if (column == table->named)
            return fail(job->error, INVALID, "'%s' has no column '%.60s'", job->file->path, wanted);
        table->meaning[column] = meaning;
        at += length + (at[length] == ',');
    }
    return OK;
}

/* Takes the first row for the names of the columns. *[rows] is whether the others are documents. */
static enum status read_head(struct read_job *job, struct table *table, bool *rows)
{
    int best[KEY_COUNT];
    bool found[KEY_COUNT] = {false};
    size_t column[KEY_COUNT] = {0};
    table->named = table->columns;
    enum status status = buffer_append_span(&table->names, buffer_span(&table->cells));
    if (status) return job_failed(job, status);
    memcpy(table->name, table->start, sizeof table->name);
    for (size_t i = 0; i < COLUMNS_MAX; i++) table->meaning[i] = KEY_COUNT;
    *rows = true;
    if (job->options->columns) return read_map(job, table);
    for (size_t i = 0; i < table->named; i++) {
        int rank, meaning = key_meaning(span_trim(column_name(table, i)), &rank);
        if (meaning == KEY_COUNT || (found[meaning] && best[meaning] <= rank)) continue;
        if (found[meaning]) table->meaning[column[meaning]] = KEY_COUNT;
        found[meaning] = true;
        best[meaning] = rank;
        column[meaning] = i;
        table->meaning[i] = meaning;
    }
    *rows = found[KEY_TEXT] || found[FIELD_TITLE];
    return OK;
}

/* Columns that state nothing a document has, where no column is its text: "name: value" lines. */
static enum status other_columns(struct buffer *out, const struct table *table)
{
    enum status status = OK;
    for (size_t i = 0; i < table->columns && !status; i++) {
        struct span value = span_trim(cell(table, i)), name = span_trim(column_name(table, i));
        if (i >= table->named || table->meaning[i] != KEY_COUNT || !value.length) continue;
        status = buffer_append_span(out, name);
        if (!status && name.length) status = buffer_append_string(out, ": ");
        if (!status) status = buffer_append_span(out, value);
        if (!status) status = buffer_append_byte(out, '\n');
    }
    return status;
}

static enum status deliver_row(struct read_job *job, struct table *table)
{
    struct document *document = &job->document;
    struct buffer *text = &job->raw;
    bool has_text = false;
    char number[32];
    enum status status = job_begin(job);
    buffer_clear(text);
    for (size_t i = 0; i < table->columns && !status; i++) {
        int meaning = i < table->named ? table->meaning[i] : KEY_COUNT;
        if (meaning == KEY_TEXT && text->length) status = buffer_append_string(text, "\n\n");
        if (meaning == KEY_TEXT && !status) status = buffer_append_span(text, cell(table, i));
        has_text |= meaning == KEY_TEXT;
        if (meaning < FIELD_COUNT && !status)
            status = document_state(document, (enum document_field)meaning, cell(table, i), WHY_STATED);
    }
    if (!status && !has_text) status = other_columns(text, table);
    if (!status) status = document_set_text(document, buffer_span(text));
    if (!status && !document_get(document, FIELD_ID).length) {
        snprintf(number, sizeof number, "#%llu", (unsigned long long)table->line);
        buffer_clear(text);
        status = buffer_append_string(text, job->file->relative);
        if (!status) status = buffer_append_string(text, number);
        if (!status) status = document_set_path(document, FIELD_ID, buffer_span(text));
    }
    return status ? job_failed(job, status) : job_deliver(job, table->line);
}

/* Appends the row to the text of the table: cells between tabs. */
static enum status append_row(struct buffer *text, const struct table *table)
{
    enum status status = OK;
    for (size_t i = 0; i < table->columns && !status; i++) {
        if (i) status = buffer_append_byte(text, '\t');
        if (!status) status = buffer_append_span(text, span_trim(cell(table, i)));
    }
    return status ? status : buffer_append_byte(text, '\n');
}

static enum status deliver_table(struct read_job *job, struct table *table)
{
    struct buffer text;
    buffer_init(&text, DOCUMENT_TEXT_MAX);
    enum status status = append_row(&text, table), got = OK;
    while (!status && !(got = next_row(table))) status = append_row(&text, table);
    if (got == IO) status = fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(table->chunks.error));
    else if (!status && got != NOT_FOUND) status = job_failed(job, got);
    else if (status) status = job_failed(job, status);
    if (!status) status = job_begin(job);
    if (!status && (document_set_path(&job->document, FIELD_ID, span_of(job->file->relative)) ||
                    document_set_text(&job->document, buffer_span(&text))))
        status = job_failed(job, NO_MEMORY);
    if (!status && !span_trim(buffer_span(&job->document.text)).length)
        status = fail(job->error, UNSUPPORTED, "'%s' has no text", job->file->path);
    buffer_release(&text);
    return status ? status : job_deliver(job, 1);
}

static enum status open_table(struct read_job *job, struct table *table)
{
    struct span text = {NULL, 0};
    enum status status;
    table->loaded = job->file->size <= WHOLE_MAX;
    if (table->loaded) {
        status = job_load_text(job, &text);
        if (status) return status;
        if (text.data == job->raw.data || (text.data >= job->raw.data && text.data <= job->raw.data + job->raw.length)) {
            /* The row's text is put together in [raw]. */
            struct buffer swap = job->raw;
            size_t offset = (size_t)(text.data - job->raw.data);
            job->raw = job->decoded;
            job->decoded = swap;
            text.data = job->decoded.data + offset;
        }
        table->chunks = (struct chunks){.fd = -1, .data = text.data, .end = text.length, .line = 1};
        table->chunks.converter = (iconv_t)-1;
    } else {
        status = chunks_init(&table->chunks, job->fd, RECORD_BYTES_MAX);
        if (status) return job_failed(job, status);
    }
    struct span head = span_cut((struct span){table->chunks.data, table->chunks.end}, table->chunks.at, 65536);
    table->separator = find_separator(head, span_of(job->file->relative));
    return OK;
}

enum status read_csv(struct read_job *job)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table) return job_failed(job, NO_MEMORY);
    bool rows = false;
    buffer_init(&table->cells, RECORD_BYTES_MAX);
    buffer_init(&table->names, RECORD_BYTES_MAX);
    enum status status = open_table(job, table), got = OK;
    if (!status) {
        got = next_row(table);
        if (got == NOT_FOUND)
            status = fail(job->error, UNSUPPORTED, "'%s' has no text", job->file->path);
        else
            status = got ? job_failed(job, got) : read_head(job, table, &rows);
        if (!status && !rows) status = deliver_table(job, table);
    }
    while (!status && rows && !(got = next_row(table))) {
        if (table->too_long)
            status = job_bad_record(job, table->line, "the row is longer than %d MB", RECORD_BYTES_MAX >> 20);
        else
            status = deliver_row(job, table);
    }
    if (!status && rows && got == IO)
        status = fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(table->chunks.error));
    else if (!status && rows && got != NOT_FOUND)
        status = job_failed(job, got);
    if (!table->loaded) chunks_release(&table->chunks);
    buffer_release(&table->names);
    buffer_release(&table->cells);
    free(table);
    return status;
}
