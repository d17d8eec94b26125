/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Web archives (ISO 28500, WARC 1.0 and 1.1), compressed or not: the pages and documents that were fetched, each with
 * its address. Requests, metadata, redirections and errors are passed over, and so is what pages are dressed with:
 * pictures, styles, scripts. */
#include "corpus/formats/container.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/stream.h"
#include "corpus/isolate/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { LINE_MAX = 64 * 1024, HEADERS_MAX = 1000, VALUE_MAX = 4096 };

struct record {
    char type[32], uri[VALUE_MAX], content_type[256];
    uint64_t length;
    bool has_length;
};

/* Takes a line off the stream, without its end. False at the end of the stream, or when it is too long. */
static bool next_line(struct stream *stream, struct buffer *line, uint64_t *left)
{
    buffer_clear(line);
    while ((!left || *left) && stream_fill(stream)) {
        size_t room = stream->end - stream->at;
        if (left && room > *left) room = (size_t)*left;
        const char *start = stream->data + stream->at, *feed = memchr(start, '\n', room);
        size_t length = feed ? (size_t)(feed - start) : room;
        if (buffer_append(line, start, length)) return false;
        stream->at += length + (feed != NULL);
        if (left) *left -= length + (feed != NULL);
        if (!feed) continue;
        while (line->length && line->data[line->length - 1] == '\r') line->data[--line->length] = '\0';
        return true;
    }
    return line->length > 0;
}

static struct span header_value(struct span line, const char *name)
{
    size_t length = strlen(name);
    if (line.length <= length || line.data[length] != ':' ||
        !span_equal_fold(span_cut(line, 0, length), (struct span){name, length}))
        return (struct span){NULL, 0};
    return span_trim(span_cut(line, length + 1, line.length));
}

static void keep(char *out, size_t room, struct span value)
{
    if (!value.data) return;
    if (value.length > 2 && value.data[0] == '<' && value.data[value.length - 1] == '>')
        value = span_cut(value, 1, value.length - 1);
    snprintf(out, room, "%.*s", (int)(value.length < room ? value.length : room - 1), value.data);
}

/* Reads the head of the next record. False at the end, or where there is none. */
static bool next_record(struct record *record, struct stream *stream, struct buffer *line)
{
    *record = (struct record){.length = 0};
    do {
        if (!next_line(stream, line, NULL)) return false;
    } while (!line->length);
    if (!span_starts(buffer_span(line), SPAN("WARC/"))) return false;
    for (int i = 0; i < HEADERS_MAX && next_line(stream, line, NULL) && line->length; i++) {
        struct span text = buffer_span(line), value;
        keep(record->type, sizeof record->type, header_value(text, "WARC-Type"));
        keep(record->uri, sizeof record->uri, header_value(text, "WARC-Target-URI"));
        keep(record->content_type, sizeof record->content_type, header_value(text, "Content-Type"));
        value = header_value(text, "Content-Length");
        if (value.data && value.length && value.length < 16 && value.data[0] >= '0' && value.data[0] <= '9') {
            record->length = strtoull(value.data, NULL, 10);
            record->has_length = true;
        }
    }
    return record->has_length;
}

static void pass_over(struct stream *stream, uint64_t length)
{
    while (length && stream_fill(stream)) {
        size_t step = stream->end - stream->at;
        if (step > length) step = (size_t)length;
        stream->at += step;
        length -= step;
    }
}

/* What the answer of a web server says of itself. */
struct answer {
    int code;
    bool chunked, packed;
    char content_type[256];
};

static void read_answer(struct answer *answer, struct stream *stream, struct buffer *line, uint64_t *left)
{
    *answer = (struct answer){.code = 0};
    if (!next_line(stream, line, left)) return;
    const char *space = strchr(line->length ? line->data : "", ' ');
    answer->code = space ? atoi(space + 1) : 0;
    for (int i = 0; i < HEADERS_MAX && next_line(stream, line, left) && line->length; i++) {
        struct span text = buffer_span(line), value;
        keep(answer->content_type, sizeof answer->content_type, header_value(text, "Content-Type"));
        value = header_value(text, "Transfer-Encoding");
        if (value.length && memmem(value.data, value.length, "chunked", 7)) answer->chunked = true;
        value = header_value(text, "Content-Encoding");
        if (value.length && !span_equal_fold(value, SPAN("identity"))) answer->packed = true;
    }
}

static bool is_dress(const char *type)
{
    static const char *const kinds[] = {"image/", "text/css", "application/javascript", "text/javascript", "font/",
                                        "audio/", "video/", "application/x-javascript", "application/font",
                                        "application/x-font", "application/vnd.ms-fontobject"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncasecmp(type, kinds[i], strlen(kinds[i])) == 0) return true;
    return false;
}

/* The body without the lengths of its chunks, in place. What is not so written stays as it is. */
static void join_chunks(struct buffer *body)
{
    size_t from = 0, to = 0;
    while (from < body->length) {
        char *end;
        unsigned long long size = strtoull(body->data + from, &end, 16);
        const char *feed = memchr(body->data + from, '\n', body->length - from);
        if (!feed || end == body->data + from) break;
        from = (size_t)(feed - body->data) + 1;
        if (!size || size > body->length - from) break;
        memmove(body->data + to, body->data + from, (size_t)size);
        to += (size_t)size;
        from += (size_t)size;
        while (from < body->length && (body->data[from] == '\r' || body->data[from] == '\n')) from++;
    }
    if (!to) return;
    body->length = to;
    body->data[to] = '\0';
}

static enum status take_body(struct read_job *job, struct buffer *body, struct stream *stream, uint64_t *left)
{
    buffer_clear(body);
    while (*left && stream_fill(stream)) {
        size_t step = stream->end - stream->at;
        if (step > *left) step = (size_t)*left;
        enum status status = buffer_append(body, stream->data + stream->at, step);
        if (status == LIMIT) return fail(job->error, LIMIT, "it has more than %d MB", (int)(LIMIT_WRITTEN >> 20));
        if (status) return status;
        stream->at += step;
        *left -= step;
    }
    return OK;
}

/* Writes the body, unpacked where the server had packed it. */
static enum status write_body(struct read_job *job, int file, const struct buffer *body, bool packed)
{
    uint64_t written = 0;
    struct stream stream = {0};
    if (!packed || !body->length || !stream_open(&stream, -1, buffer_span(body))) {
        stream_close(&stream);
        return container_write(job, file, body->data, body->length, &written);
    }
    enum status status = OK;
    while (!status && stream_fill(&stream)) {
        status = container_write(job, file, stream.data + stream.at, stream.end - stream.at, &written);
        stream.at = stream.end;
    }
    stream_close(&stream);
    return status;
}

static enum status read_response(struct read_job *job, struct stream *stream, struct record *record,
                                 struct buffer *line, struct buffer *body, uint64_t *left)
{
    struct answer answer = {.code = 200};
    bool wanted, web = strncasecmp(record->content_type, "application/http", 16) == 0;
    if (web) read_answer(&answer, stream, line, left);
    if (!web) snprintf(answer.content_type, sizeof answer.content_type, "%s", record->content_type);
    if (answer.code != 200 || is_dress(answer.content_type) || strncmp(record->uri, "dns:", 4) == 0) return OK;
    struct buffer name;
    buffer_init(&name, CONTAINER_NAME_MAX + 1);
    if (!container_name(&name, span_of(record->uri))) {
        buffer_clear(&name);
        buffer_printf(&name, "record-%llu", (unsigned long long)job->tally->members + 1);
    }
    enum status status = container_begin(job, record->uri, &wanted);
    if (!status && wanted) {
        struct error why = {0}, *kept = job->error;
        int file = container_file();
        job->error = &why;
        enum status taken = take_body(job, body, stream, left);
        if (!taken && answer.chunked) join_chunks(body);
        if (!taken) taken = file < 0 ? IO : write_body(job, file, body, answer.packed);
        job->error = kept;
        struct member member = {.name = name.data, .file = file, .url = span_of(record->uri)};
        status = taken ? container_skip(job, record->uri, why.message) : body->length ? container_read(job, &member) : OK;
        if (file >= 0) close(file);
    }
    buffer_release(&name);
    return status;
}

enum status read_warc(struct read_job *job)
{
    struct stream stream;
    struct buffer line, body;
    struct record record;
    buffer_init(&line, LINE_MAX);
    buffer_init(&body, (size_t)LIMIT_WRITTEN);
    enum status status = OK;
    size_t records = 0;
    if (!stream_open(&stream, job->fd, SPAN("")))
        status = fail(job->error, INVALID, "'%s' is a broken web archive", job->file->path);
    while (!status && next_record(&record, &stream, &line)) {
        records++;
        uint64_t left = record.length;
        if (strcasecmp(record.type, "response") == 0 || strcasecmp(record.type, "resource") == 0 ||
            strcasecmp(record.type, "conversion") == 0)
            status = read_response(job, &stream, &record, &line, &body, &left);
        pass_over(&stream, left);
    }
    bool whole = !stream.fault && !stream_fill(&stream);
    if (!status && !records)
        status = fail(job->error, INVALID, "'%s' is a broken web archive: it has no record", job->file->path);
    else if (!status && !whole)
        status = fail(job->error, INVALID, "'%s' is a broken web archive after its record %zu%s%s; what came before is "
                      "read", job->file->path, records, stream.fault ? ": " : "", stream.fault ? stream.fault : "");
    stream_close(&stream);
    buffer_release(&body);
    buffer_release(&line);
    return status;
}
