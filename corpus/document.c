/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/document.h"

#include "corpus/date.h"
#include "corpus/dateline.h"
#include "corpus/language.h"
#include "corpus/title.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const field_names[FIELD_COUNT] = {
    [FIELD_ID] = "id",         [FIELD_TITLE] = "title",   [FIELD_DATE] = "date",
    [FIELD_SOURCE] = "source", [FIELD_AUTHOR] = "author", [FIELD_LANGUAGE] = "language",
    [FIELD_PATH] = "path",     [FIELD_URL] = "url",       [FIELD_TYPE] = "type",
    [FIELD_PARENT] = "parent",
};

static const char *const why_names[WHY_COUNT] = {
    [WHY_NONE] = "not found",
    [WHY_STATED] = "stated by the record or the front matter",
    [WHY_METADATA] = "stated by the file's metadata",
    [WHY_HEADING] = "the first heading",
    [WHY_LINE] = "the first line that reads like a title",
    [WHY_DATELINE] = "a date line or dateline of the text",
    [WHY_JSON_LD] = "stated by the page's JSON-LD",
    [WHY_META_TAG] = "stated by the page's meta elements",
    [WHY_TIME] = "stated by the page's time elements",
    [WHY_MAIL] = "the message's header",
    [WHY_NAME] = "the file's name",
    [WHY_STAMP] = "when the file was made, by its own metadata",
};

void document_init(struct document *document)
{
    *document = (struct document){0};
    for (int field = 0; field < FIELD_COUNT; field++) buffer_init(&document->field[field], DOCUMENT_FIELD_MAX);
    buffer_init(&document->text, DOCUMENT_TEXT_MAX);
}

void document_release(struct document *document)
{
    for (int field = 0; field < FIELD_COUNT; field++) buffer_release(&document->field[field]);
    buffer_release(&document->text);
}

void document_clear(struct document *document)
{
    for (int field = 0; field < FIELD_COUNT; field++) buffer_clear(&document->field[field]);
    buffer_clear(&document->text);
    document->title_range = (struct range){0, 0};
    document->title_why = document->date_why = WHY_NONE;
}

struct span document_get(const struct document *document, enum document_field field)
{
    return buffer_span(&document->field[field]);
}

enum document_field document_field_named(struct span name)
{
    enum document_field field = 0;
    while (field < FIELD_COUNT && !span_equal(name, span_of(field_names[field]))) field++;
    return field;
}

const char *document_field_name(enum document_field field)
{
    return (unsigned)field < FIELD_COUNT ? field_names[field] : "unknown field";
}

const char *document_why_name(enum document_why why)
{
    return (unsigned)why < WHY_COUNT ? why_names[why] : "unknown";
}

static bool is_control(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0);
}

/* White space of a single line: also the no-break and the typographic spaces, and what separates lines. */
static bool is_field_space(uint32_t rune)
{
    return rune == ' ' || is_control(rune) || rune == 0xA0 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 ||
           rune == 0x2029 || rune == 0x202F || rune == 0x205F || rune == 0x3000 || rune == 0xFEFF;
}

enum status document_set(struct document *document, enum document_field field, struct span value)
{
    struct buffer *out = &document->field[field];
    buffer_clear(out);
    bool space = false;
    for (size_t i = 0; i < value.length;) {
        uint32_t rune = utf8_next(value, &i);
        if (is_field_space(rune)) {
            space = true;
            continue;
        }
        char bytes[5] = " ";
        size_t length = space && out->length ? 1 : 0;
        length += utf8_write(bytes + length, rune);
        space = false;
        if (out->length + length > DOCUMENT_FIELD_MAX) break;
        enum status status = buffer_append(out, bytes, length);
        if (status) return status;
    }
    return OK;
}

enum status document_set_path(struct document *document, enum document_field field, struct span path)
{
    struct buffer *out = &document->field[field];
    buffer_clear(out);
    for (size_t i = 0; i < path.length;) {
        size_t start = i;
        uint32_t rune = utf8_next(path, &i);
        char bytes[3 * 4 + 1];
        size_t length = 0;
        if (is_control(rune) || !utf8_valid(span_cut(path, start, i)))
            for (size_t byte = start; byte < i; byte++)
                length += (size_t)snprintf(bytes + length, 4, "%%%02X", (unsigned char)path.data[byte]);
        else
            length = utf8_write(bytes, rune);
        if (out->length + length > DOCUMENT_FIELD_MAX) break;
        enum status status = buffer_append(out, bytes, length);
        if (status) return status;
    }
    return OK;
}

static bool is_web_address(struct span value)
{
    for (size_t i = 0; i < value.length; i++)
        if ((unsigned char)value.data[i] <= ' ') return false;
    return (value.length > 8 && span_equal_fold(span_cut(value, 0, 8), SPAN("https://"))) ||
           (value.length > 7 && span_equal_fold(span_cut(value, 0, 7), SPAN("http://")));
}

/* A day that has not begun anywhere on earth is no date of a document. */
static bool is_future(struct date date)
{
    time_t now = time(NULL) + 14 * 3600; /* the easternmost time zone */
    struct tm today;
    if (!gmtime_r(&now, &today)) return false;
    int order = (date.year - today.tm_year - 1900) * 400 + (date.month - today.tm_mon - 1) * 32 + date.day - today.tm_mday;
    return order > 0;
}

enum status document_state(struct document *document, enum document_field field, struct span value,
                           enum document_why why)
{
    value = span_trim(value);
    if (!value.length) return OK;
    char iso[DATE_ISO_BYTES], code[3];
    if (field == FIELD_DATE) {
        struct date date;
        if (!date_parse(&date, value) || is_future(date)) return OK;
        date_iso(iso, date);
        value = span_of(iso);
        document->date_why = why;
    } else if (field == FIELD_LANGUAGE) {
        value = span_of(language_code(value, code));
        if (!value.length) return OK;
    } else if (field == FIELD_URL && !is_web_address(value)) {
        return OK;
    }
    enum status status = document_set(document, field, value);
    if (field == FIELD_TITLE) document->title_why = document_get(document, field).length ? why : WHY_NONE;
    return status;
}

enum status document_set_text(struct document *document, struct span text)
{
    struct buffer *out = &document->text;
    buffer_clear(out);
    if (span_starts(text, SPAN("\xEF\xBB\xBF"))) text = span_cut(text, 3, text.length);
    if (text.length > DOCUMENT_TEXT_MAX) return LIMIT;
    enum status status = buffer_reserve(out, text.length);
    size_t good = 0; /* start of the run that needs no change and is not yet copied */
    for (size_t i = 0; i < text.length && !status;) {
        size_t start = i;
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte >= ' ' && byte < 0x7F) || byte == '\n' || byte == '\t') {
            i++;
            continue;
        }
        uint32_t rune = utf8_next(text, &i), put = rune;
        if (rune == '\r')
            put = i < text.length && text.data[i] == '\n' ? 0 : '\n';
        else if (rune == '\f')
            put = '\n';
        else if (is_control(rune))
            put = ' ';
        if (rune == put && rune != 0xFFFD) continue;
        status = buffer_append_span(out, span_cut(text, good, start));
        if (!status && put) status = buffer_append_rune(out, put);
        good = i;
    }
    if (!status) status = buffer_append_span(out, span_cut(text, good, text.length));
    if (status) buffer_clear(out);
    return status;
}

/* "example.org" of "https://www.example.org:443/page"; empty when there is none. */
static struct span url_host(struct span url)
{
    const char *start = url.length ? memmem(url.data, url.length, "://", 3) : NULL;
    if (!start) return (struct span){NULL, 0};
    struct span host = span_cut(url, (size_t)(start - url.data) + 3, url.length);
    size_t end = 0;
    while (end < host.length && !strchr("/?#", host.data[end])) end++;
    host = span_cut(host, 0, end);
    const char *at = host.length ? memrchr(host.data, '@', host.length) : NULL; /* a name and password before it */
    if (at) host = span_cut(host, (size_t)(at - host.data) + 1, host.length);
    for (end = 0; end < host.length && host.data[end] != ':'; end++) continue;
    host = span_cut(host, 0, end);
    if (span_equal_fold(span_cut(host, 0, 4), SPAN("www."))) host = span_cut(host, 4, host.length);
    return host;
}

enum status document_complete(struct document *document)
{
    struct span text = buffer_span(&document->text);
    enum status status = OK;
    if (!document_get(document, FIELD_TITLE).length) {
        struct range range = title_find(text);
        if (range.end > range.start) {
            status = document_set(document, FIELD_TITLE, span_cut(text, range.start, range.end));
            document->title_range = range;
            document->title_why = WHY_LINE;
        }
    } else if (document->title_range.end == 0) {
        document->title_range = title_locate(text, document_get(document, FIELD_TITLE));
    }
    struct span host = url_host(document_get(document, FIELD_URL));
    if (!status && host.length && !document_get(document, FIELD_SOURCE).length)
        status = document_set(document, FIELD_SOURCE, host);
    struct date date;
    /* When a file was made says less of a document than what its text states. */
    bool open = !document_get(document, FIELD_DATE).length || document->date_why == WHY_STAMP;
    if (!status && open && dateline_find(&date, text)) {
        char iso[DATE_ISO_BYTES];
        date_iso(iso, date);
        status = document_state(document, FIELD_DATE, span_of(iso), WHY_DATELINE);
    }
    return status;
}

enum status document_label(struct buffer *out, const struct document *document)
{
    struct span title = document_get(document, FIELD_TITLE);
    if (title.length) return buffer_append_span(out, title);
    struct span text = span_trim(buffer_span(&document->text));
    if (!text.length) return buffer_append_span(out, document_get(document, FIELD_ID));
    const char *ellipsis = "…";
    size_t room = DOCUMENT_LABEL_MAX - strlen(ellipsis), length = 0, border = 0;
    struct span line = title_opening(text);
    while (length < line.length) {
        size_t next = length;
        uint32_t rune = utf8_next(line, &next);
        if (next > room) break;
        if (is_field_space(rune)) border = length;
        length = next;
    }
    bool cut = length < line.length;
    if (cut && border > room / 2) length = border; /* a script without spaces is cut between characters */
    enum status status = buffer_append(out, line.data, length);
    if (!status && (cut || line.length < text.length)) status = buffer_append_string(out, ellipsis);
    return status;
}
