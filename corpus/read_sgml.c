/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collections of records in SGML, as information retrieval has them: TREC's <DOC> elements and Reuters-21578's
 * <REUTERS> ones. A record is read by its tags alone; no declaration is needed and none is looked at. */
#include "corpus/chunks.h"
#include "corpus/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the elements of a record state, in upper case. [text]: its words are part of the text. */
static const struct {
    const char *name;
    int field; /* FIELD_COUNT for none */
    bool text;
} elements[] = {
    {"DOCNO", FIELD_ID, false},       {"DOCID", FIELD_COUNT, false},     {"TITLE", FIELD_TITLE, false},
    {"HEADLINE", FIELD_TITLE, false}, {"HEAD", FIELD_TITLE, false},      {"HL", FIELD_TITLE, false},
    {"TI", FIELD_TITLE, false},       {"TTL", FIELD_TITLE, false},       {"DATE", FIELD_DATE, false},
    {"DATE1", FIELD_DATE, false},     {"DATE_TIME", FIELD_DATE, false},  {"PUBDATE", FIELD_DATE, false},
    {"DD", FIELD_DATE, false},        {"AUTHOR", FIELD_AUTHOR, false},   {"BYLINE", FIELD_AUTHOR, false},
    {"SOURCE", FIELD_SOURCE, false},  {"SO", FIELD_SOURCE, false},       {"PUB", FIELD_SOURCE, false},
    {"LANGUAGE", FIELD_LANGUAGE, false}, {"URL", FIELD_URL, false},      {"TEXT", FIELD_COUNT, true},
    {"BODY", FIELD_COUNT, true},      {"DATELINE", FIELD_COUNT, true},   {"LEADPARA", FIELD_COUNT, true},
    {"LP", FIELD_COUNT, true},        {"CONTENT", FIELD_COUNT, true},    {"ABSTRACT", FIELD_COUNT, true},
    {"GRAPHIC", FIELD_COUNT, true},
};

/* Elements whose words nobody searches for: topics and codes as Reuters keeps them. */
static const char *const passed_over[] = {"TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES", "UNKNOWN",
                                          "MKNOTE", "D", "DOCHDR"};

static const char *const block_elements[] = {"P", "BR", "DATELINE", "LP", "LEADPARA", "TEXT", "BODY", "DIV", "TR"};

struct tag {
    struct span name, attributes;
    bool closing;
    size_t end; /* past its '>' */
};

static bool is_name_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* A tag that begins at text[at], where '<' stands. False for a '<' that is one. */
static bool tag_at(struct tag *tag, struct span text, size_t at)
{
    size_t i = at + 1;
    tag->closing = i < text.length && text.data[i] == '/';
    i += tag->closing;
    size_t start = i;
    while (i < text.length && is_name_byte(text.data[i])) i++;
    if (i == start || (text.data[start] >= '0' && text.data[start] <= '9')) return false;
    tag->name = span_cut(text, start, i);
    const char *end = memchr(text.data + i, '>', text.length - i);
    if (!end) return false;
    tag->attributes = span_cut(text, i, (size_t)(end - text.data));
    if (tag->attributes.length && !strchr(" \t\r\n/", tag->attributes.data[0])) return false;
    tag->end = (size_t)(end - text.data) + 1;
    return true;
}

static bool in_list(struct span name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal_fold(name, span_of(list[i]))) return true;
    return false;
}

/* A character reference at text[*at], where '&' stands: moves past it. */
static uint32_t reference(struct span text, size_t *at)
{
    static const struct {
        const char *name;
        uint32_t rune;
    } known[] = {{"lt", '<'},      {"gt", '>'},        {"amp", '&'},       {"quot", '"'},      {"apos", '\''},
                 {"nbsp", 0xA0},   {"hyph", '-'},      {"blank", ' '},     {"mdash", 0x2014},  {"ndash", 0x2013},
                 {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C},  {"rdquo", 0x201D},  {"sect", 0xA7},
                 {"para", 0xB6},   {"cir", 0x25CB},    {"bull", 0x2022},   {"pound", 0xA3},    {"cent", 0xA2},
                 {"eacute", 0xE9}, {"ntilde", 0xF1},   {"uuml", 0xFC},     {"ouml", 0xF6},     {"auml", 0xE4}};
    struct span rest = span_cut(text, *at + 1, *at + 12);
    const char *end = memchr(rest.data, ';', rest.length);
    struct span name = end ? span_cut(rest, 0, (size_t)(end - rest.data)) : SPAN("");
    uint32_t rune = 0;
    if (name.length > 1 && name.data[0] == '#') {
        char digits[12];
        snprintf(digits, sizeof digits, "%.*s", (int)name.length - 1, name.data + 1);
        char *stop;
        bool hex = digits[0] == 'x' || digits[0] == 'X';
        rune = (uint32_t)strtoul(digits + hex, &stop, hex ? 16 : 10);
        if (*stop) rune = 0;
        if (!*stop && rune < 32) rune = ' '; /* &#3; ends texts of Reuters */
    }
    for (size_t i = 0; name.length && !rune && i < sizeof known / sizeof *known; i++)
        if (span_equal(name, span_of(known[i].name))) rune = known[i].rune;
    if (!rune) {
        ++*at;
        return '&';
    }
    *at += name.length + 2;
    return rune;
}

struct record {
    struct buffer field[FIELD_COUNT], text;
    bool has_text;
};

/* Which buffer words go to now, or NULL. */
struct place {
    struct buffer *out;
    char name[16];
};

static void enter(struct record *record, struct place *place, const struct tag *tag)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (!span_equal_fold(tag->name, span_of(elements[i].name))) continue;
        struct buffer *out = elements[i].text                   ? &record->text
                             : elements[i].field < FIELD_COUNT ? &record->field[elements[i].field]
                                                                : NULL;
        if (elements[i].text) record->has_text = true;
        if (out && out != &record->text && out->length) return; /* the first one counts */
        snprintf(place->name, sizeof place->name, "%s", elements[i].name);
        place->out = out;
        return;
    }
    if (in_list(tag->name, passed_over, sizeof passed_over / sizeof *passed_over)) {
        snprintf(place->name, sizeof place->name, "%.*s", (int)tag->name.length, tag->name.data);
        place->out = NULL;
    }
}

static enum status scan(struct record *record, struct span text)
{
    struct place stack[8] = {{0}}, *place = stack; /* elements inside elements: TEXT with TITLE and BODY */
    enum status status = OK;
    for (size_t i = 0; i < text.length && !status;) {
        struct tag tag;
        char c = text.data[i];
        if (c == '<' && tag_at(&tag, text, i)) {
            if (place->out && in_list(tag.name, block_elements, sizeof block_elements / sizeof *block_elements))
                status = buffer_append_string(place->out, "\n");
            if (tag.closing && place > stack && span_equal_fold(tag.name, span_of(place->name))) {
                place--;
            } else if (!tag.closing && place < stack + 7) {
                struct place next = {.out = place->out};
                enter(record, &next, &tag);
                if (next.name[0]) *++place = next;
            }
            i = tag.end;
        } else if (!place->out) {
            const char *next = memchr(text.data + i + 1, '<', text.length - i - 1);
            i = next ? (size_t)(next - text.data) : text.length;
        } else if (c == '&') {
            status = buffer_append_rune(place->out, reference(text, &i));
        } else {
            size_t start = i++;
            while (i < text.length && text.data[i] != '<' && text.data[i] != '&') i++;
            status = buffer_append(place->out, text.data + start, i - start);
        }
        if (status == LIMIT && place->out != &record->text) status = OK;
    }
    return status;
}

static struct span attribute(struct span attributes, const char *name)
{
    const char *found = attributes.length ? memmem(attributes.data, attributes.length, name, strlen(name)) : NULL;
    if (!found) return SPAN("");
    struct span value = span_cut(attributes, (size_t)(found - attributes.data) + strlen(name), attributes.length);
    const char *end = memchr(value.data, '"', value.length);
    return end ? span_cut(value, 0, (size_t)(end - value.data)) : SPAN("");
}

/* A date with what stands around it in such records: "26-FEB-1987 15:01:01.79", "March 5, 1990, Monday, Late Edition".
 */
static enum status state_date(struct document *document, struct span value)
{
    value = span_trim(value);
    enum status status = document_state(document, FIELD_DATE, value, WHY_STATED);
    for (size_t i = value.length; !status && i > 7 && !document_get(document, FIELD_DATE).length; i--)
        if (strchr(" ,", value.data[i - 1]))
            status = document_state(document, FIELD_DATE, span_cut(value, 0, i - 1), WHY_STATED);
    return status;
}

static enum status deliver(struct read_job *job, struct record *record, const struct tag *open, uint64_t where)
{
    struct document *document = &job->document;
    struct span number = attribute(open->attributes, "NEWID=\"");
    char id[32];
    enum status status = job_begin(job);
    for (int field = 0; field < FIELD_COUNT && !status; field++) {
        struct span value = span_trim(buffer_span(&record->field[field]));
        if (!value.length) continue;
        status = field == FIELD_DATE ? state_date(document, value)
                                     : document_state(document, (enum document_field)field, value, WHY_STATED);
    }
    if (!status) status = document_set_text(document, span_trim(buffer_span(&record->text)));
    if (!status && !document_get(document, FIELD_ID).length && number.length)
        status = document_set_path(document, FIELD_ID, number);
    if (!status && !document_get(document, FIELD_ID).length) {
        snprintf(id, sizeof id, "#%llu", (unsigned long long)where);
        struct buffer *whole = &job->decoded;
        buffer_clear(whole);
        status = buffer_append_string(whole, job->file->relative);
        if (!status) status = buffer_append_string(whole, id);
        if (!status) status = document_set_path(document, FIELD_ID, buffer_span(whole));
    }
    return status ? job_failed(job, status) : job_deliver(job, where);
}

/* Reads the record whose bytes, tags included, are [text]. */
static enum status read_record(struct read_job *job, struct span text, uint64_t where)
{
    struct record record = {.has_text = false};
    struct tag open, close;
    if (!tag_at(&open, text, 0)) return OK;
    for (int i = 0; i < FIELD_COUNT; i++) buffer_init(&record.field[i], DOCUMENT_FIELD_MAX);
    buffer_init(&record.text, RECORD_BYTES_MAX);
    const char *last = memrchr(text.data, '<', text.length);
    size_t end = last && tag_at(&close, text, (size_t)(last - text.data)) ? (size_t)(last - text.data) : text.length;
    struct span inner = span_cut(text, open.end, end);
    enum status status = scan(&record, inner);
    if (!status && !record.has_text && !record.field[FIELD_TITLE].length)
        status = job_bad_record(job, where, "the record has neither <TEXT> nor a title");
    else
        status = status ? job_failed(job, status) : deliver(job, &record, &open, where);
    for (int i = 0; i < FIELD_COUNT; i++) buffer_release(&record.field[i]);
    buffer_release(&record.text);
    return status;
}

/* Where in [line] a record begins, or its length. */
static size_t find_open(struct span line)
{
    for (size_t i = 0; i < line.length; i++) {
        struct tag tag;
        bool doc = line.data[i] == '<' && (span_equal_fold(span_cut(line, i, i + 5), SPAN("<DOC>")) ||
                                           span_equal_fold(span_cut(line, i, i + 5), SPAN("<DOC ")) ||
                                           span_equal_fold(span_cut(line, i, i + 9), SPAN("<REUTERS ")));
        if (doc && tag_at(&tag, line, i)) return i;
    }
    return line.length;
}

static size_t find_close(struct span line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (line.data[i] != '<') continue;
        if (span_equal_fold(span_cut(line, i, i + 6), SPAN("</DOC>"))) return i + 6;
        if (span_equal_fold(span_cut(line, i, i + 10), SPAN("</REUTERS>"))) return i + 10;
    }
    return 0;
}

struct cutter {
    struct buffer record;
    uint64_t start, records; /* line of the record's first byte; records so far */
    bool open, too_long;
};

static enum status take_line(struct read_job *job, struct cutter *cutter, struct span line, uint64_t number)
{
    enum status status = OK;
    while (!status) {
        if (!cutter->open) {
            size_t at = find_open(line);
            if (at == line.length) return OK;
            line = span_cut(line, at, line.length);
            cutter->open = true;
            cutter->start = number;
            cutter->records++;
        }
        size_t end = find_close(line);
        struct span part = span_cut(line, 0, end ? end : line.length);
        if (!cutter->too_long) {
            status = buffer_append_span(&cutter->record, part);
            if (!status && !end) status = buffer_append_byte(&cutter->record, '\n');
            cutter->too_long = status == LIMIT;
            if (status == LIMIT) status = OK;
        }
        if (status) return job_failed(job, status);
        if (!end) return OK;
        if (cutter->too_long)
            status = job_bad_record(job, cutter->start, "the record is longer than %d MB", RECORD_BYTES_MAX >> 20);
        else
            status = read_record(job, buffer_span(&cutter->record), cutter->start);
        buffer_clear(&cutter->record);
        cutter->open = cutter->too_long = false;
        line = span_cut(line, end, line.length);
    }
    return status;
}

enum status read_sgml(struct read_job *job)
{
    struct chunks chunks;
    struct cutter cutter = {.open = false};
    buffer_init(&cutter.record, RECORD_BYTES_MAX);
    enum status status = chunks_init(&chunks, job->fd, RECORD_BYTES_MAX), got = OK;
    if (status) status = job_failed(job, status);
    while (!status) {
        struct span line;
        uint64_t number;
        got = chunks_line(&chunks, &line, &number);
        if (got == NOT_FOUND) break;
        if (got == LIMIT)
            status = job_bad_record(job, number, "the line is longer than %d MB", RECORD_BYTES_MAX >> 20);
        else if (got == IO)
            status = fail(job->error, IO, "cannot read '%s': %s", job->file->path, strerror(chunks.error));
        else
            status = got ? job_failed(job, got) : take_line(job, &cutter, line, number);
    }
    if (!status && cutter.open) status = job_bad_record(job, cutter.start, "the file ends within this record");
    if (!status && !cutter.records) status = fail(job->error, UNSUPPORTED, "'%s' holds no records", job->file->path);
    chunks_release(&chunks);
    buffer_release(&cutter.record);
    return status;
}
