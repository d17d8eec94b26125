/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/output.h"

#include "searcher/cli/command.h"
#include "searcher/eval/run.h"
#include "searcher/json.h"

#include <string.h>

static bool write_json(FILE *out, json_t *value, size_t flags)
{
    bool written = value && json_dumpf(value, out, flags | JSON_REAL_PRECISION(9)) == 0 && fputc('\n', out) != EOF;
    if (!written && !ferror(out)) complain("out of memory while writing JSON");
    json_decref(value);
    return written;
}

bool write_json_line(FILE *out, json_t *value)
{
    return write_json(out, value, JSON_COMPACT);
}

bool write_json_pretty(FILE *out, json_t *value)
{
    return write_json(out, value, JSON_INDENT(2));
}

static bool write_json_response(FILE *out, const struct search_request *request, const struct search_response *response)
{
    return write_json_pretty(out, json_of_response(request, response));
}

static bool write_jsonl(FILE *out, const struct search_request *request, const struct search_response *response)
{
    for (size_t i = 0; i < response->hit_count; i++)
        if (!write_json_line(out, json_of_hit(&response->hits[i], request->snippet_bytes > 0))) return false;
    return true;
}

void write_cell(FILE *out, struct span text)
{
    bool formula = text.length && memchr("=+-@\t\r", text.data[0], 6), quote = formula;
    for (size_t i = 0; !quote && i < text.length; i++) quote = memchr(",\"\r\n", text.data[i], 4) != NULL;
    if (!quote) {
        fwrite(text.data ? text.data : "", 1, text.length, out);
        return;
    }
    fputc('"', out);
    if (formula) fputc('\'', out);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') fputc('"', out);
        fputc(text.data[i], out);
    }
    fputc('"', out);
}

static bool write_csv(FILE *out, const struct search_request *request, const struct search_response *response)
{
    static const enum record_field fields[] = {RECORD_ID,   RECORD_TITLE,    RECORD_DATE, RECORD_SOURCE,
                                               RECORD_PATH, RECORD_LANGUAGE, RECORD_URL};
    (void)request;
    fputs("rank,score,id,title,date,source,path,language,url\r\n", out);
    for (size_t i = 0; i < response->hit_count; i++) {
        const struct hit *hit = &response->hits[i];
        fprintf(out, "%zu,%.6f", hit->rank, hit->score);
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            fputc(',', out);
            write_cell(out, hit->field[fields[k]]);
        }
        fputs("\r\n", out);
    }
    return true;
}

/* A run of one topic called 1, written as `run` writes it. */
static bool write_trec(FILE *out, const struct search_request *request, const struct search_response *response)
{
    struct run_writer writer;
    struct error error;
    (void)request;
    run_writer_init(&writer, out, "dossier");
    enum status status = run_write_topic(&writer, SPAN("1"), &error);
    for (size_t i = 0; !status && i < response->hit_count; i++)
        status = run_write(&writer, response->hits[i].id, response->hits[i].score, &error);
    run_writer_release(&writer);
    if (status && !ferror(out)) complain("%s", error.message);
    return !status;
}

static bool write_paths(FILE *out, const struct search_request *request, const struct search_response *response)
{
    (void)request;
    for (size_t i = 0; i < response->hit_count; i++) {
        struct span path = response->hits[i].field[RECORD_PATH];
        fwrite(path.data ? path.data : "", 1, path.length, out);
        fputc('\n', out);
    }
    return true;
}

const struct output_format output_formats[] = {
    {"text", "for reading", true, true, true, write_text},
    {"json", "one object with everything", true, true, true, write_json_response},
    {"jsonl", "a line for each hit", true, true, false, write_jsonl},
    {"csv", "for spreadsheets", true, false, false, write_csv},
    {"trec", "a TREC run of one topic", false, false, false, write_trec},
    {"paths", "the hits' files, one a line", true, false, false, write_paths},
    {0},
};

const struct output_format *output_format_named(const char *name)
{
    if (!name) return &output_formats[0];
    struct buffer list;
    buffer_init(&list, ERROR_BYTES_MAX);
    for (const struct output_format *format = output_formats; format->name; format++) {
        if (strcmp(format->name, name) == 0) {
            buffer_release(&list);
            return format;
        }
        buffer_printf(&list, "%s%s", list.length ? ", " : "", format->name);
    }
    complain("--format '%s' is unknown (there are: %s)", name, list.data);
    buffer_release(&list);
    return NULL;
}
