/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/output.h"

#include "searcher/cli/command.h"
#include "searcher/eval/run.h"
#include "searcher/json.h"
#include "searcher/phases.h"

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

static bool hit_jsonl(struct hit_writer *writer, const struct hit *hit)
{
    return write_json_line(writer->out, json_of_hit(hit, writer->request->snippet_bytes > 0));
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

static bool begin_csv(struct hit_writer *writer)
{
    return fputs("rank,score,id,title,date,source,path,language,url\r\n", writer->out) != EOF;
}

static bool hit_csv(struct hit_writer *writer, const struct hit *hit)
{
    static const enum record_field fields[] = {RECORD_ID,   RECORD_TITLE,    RECORD_DATE, RECORD_SOURCE,
                                               RECORD_PATH, RECORD_LANGUAGE, RECORD_URL};
    fprintf(writer->out, "%zu,%.6f", hit->rank, hit->score);
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
        fputc(',', writer->out);
        write_cell(writer->out, hit->field[fields[k]]);
    }
    return fputs("\r\n", writer->out) != EOF;
}

/* A run of one topic called 1, written as `run` writes it. */
static bool begin_trec(struct hit_writer *writer)
{
    struct error error;
    run_writer_init(writer->run, writer->out, "dossier");
    enum status status = run_write_topic(writer->run, SPAN("1"), &error);
    if (status && !ferror(writer->out)) complain("%s", error.message);
    return !status;
}

static bool hit_trec(struct hit_writer *writer, const struct hit *hit)
{
    struct error error;
    enum status status = run_write(writer->run, hit->id, hit->score, &error);
    if (status && !ferror(writer->out)) complain("%s", error.message);
    return !status;
}

static bool hit_paths(struct hit_writer *writer, const struct hit *hit)
{
    struct span path = hit->field[RECORD_PATH];
    fwrite(path.data ? path.data : "", 1, path.length, writer->out);
    return fputc('\n', writer->out) != EOF;
}

/* Hits on their way to stdout. */
struct stream {
    const struct output_format *format;
    struct hit_writer writer;
    bool begun, failed;
};

static bool begin(struct stream *stream)
{
    if (!stream->begun && stream->format->begin) stream->failed = !stream->format->begin(&stream->writer);
    stream->begun = true;
    return !stream->failed;
}

static bool on_hit(void *context, const struct hit *hit)
{
    struct stream *stream = context;
    if (!begin(stream)) return false;
    stream->failed = !stream->format->hit(&stream->writer, hit);
    return !stream->failed;
}

enum status output_search(bool *written, FILE *out, const struct output_format *format, struct searcher *searcher,
                          const struct search_request *request, struct error *error)
{
    struct search_response response;
    struct run_writer run;
    struct stream stream = {format, {out, request, &run}, false, false};
    run_writer_init(&run, out, "dossier");
    enum status status = format->hit ? search_stream(&response, searcher, request, on_hit, &stream, error)
                                     : search_run(&response, searcher, request, error);
    if (!status) {
        phases_enter(searcher_phases(searcher), PHASE_WRITE);
        *written = format->hit ? begin(&stream) : format->write(out, request, &response);
        search_response_release(&response);
    }
    run_writer_release(&run);
    return status;
}

const struct output_format output_formats[] = {
    {"text", "for reading", true, true, true, write_text, NULL, NULL},
    {"json", "one object with everything", true, true, true, write_json_response, NULL, NULL},
    {"jsonl", "a line for each hit", true, true, false, NULL, hit_jsonl, NULL},
    {"csv", "for spreadsheets", true, false, false, NULL, hit_csv, begin_csv},
    {"trec", "a TREC run of one topic", false, false, false, NULL, hit_trec, begin_trec},
    {"paths", "the hits' files, one a line", true, false, false, NULL, hit_paths, NULL},
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
