/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/request.h"

#include "searcher/cgi/html.h"
#include "searcher/facets.h"

#include <string.h>

const char *const page_formats[FORMAT_COUNT + 1] = {
    [FORMAT_HTML] = "html", [FORMAT_JSON] = "json", [FORMAT_ATOM] = "atom", [FORMAT_CSV] = "csv"};
static const char *const sorts[] = {
    [SORT_RELEVANCE] = "relevance", [SORT_NEWEST] = "newest", [SORT_OLDEST] = "oldest", NULL};
static const char *const matches[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any", NULL};
static const char *const switches[] = {"on", "off", NULL};

struct parameter;

/* A parameter: how it is called in an address, how it is read, how it is written when it is not the default. */
struct parameter {
    const char *name, *omega; /* [omega]: what Omega calls it, or NULL */
    enum status (*read)(struct page_request *, const struct parameter *, struct span, struct error *);
    enum status (*write)(struct buffer *, const struct page_request *, const struct parameter *);
    size_t offset;             /* of the field */
    size_t maximum;            /* bytes of a text; largest number */
    const char *const *choice; /* NULL at the end */
    enum facet_kind kind;      /* of a filter */
};

static enum status begin(struct buffer *out, const char *name)
{
    enum status status = out->length ? buffer_append_byte(out, '&') : OK;
    if (!status) status = buffer_append_string(out, name);
    return status ? status : buffer_append_byte(out, '=');
}

static void *field(const struct page_request *request, const struct parameter *row)
{
    return (char *)(uintptr_t)request + row->offset;
}

/* ---- Texts */

static enum status read_text(struct page_request *request, const struct parameter *row, struct span value,
                             struct error *error)
{
    if (value.length > row->maximum)
        return fail(error, INVALID, "%s is longer than %zu bytes: shorten it", row->name, row->maximum);
    *(struct span *)field(request, row) = value;
    return OK;
}

static enum status write_text(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    struct span value = *(const struct span *)field(request, row);
    if (!value.length) return OK;
    enum status status = begin(out, row->name);
    return status ? status : url_component(out, value);
}

/* ---- Filters */

static enum status read_filter(struct page_request *request, const struct parameter *row, struct span value,
                               struct error *error)
{
    enum status status = OK;
    if (!value.length) return OK; /* a form's empty field */
    if (value.length > row->maximum)
        return fail(error, INVALID, "%s is longer than %zu bytes: shorten it", row->name, row->maximum);
    if (page_request_has(request, row->kind, value)) return OK;
    if (request->filter_count == FILTERS_MAX)
        status = fail(error, INVALID, "more than %d filters: remove some", FILTERS_MAX);
    else
        request->filters[request->filter_count++] = (struct filter){row->kind, value};
    return status;
}

static enum status write_filter(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    enum status status = OK;
    for (size_t i = 0; !status && i < request->filter_count; i++) {
        if (request->filters[i].kind != row->kind) continue;
        status = begin(out, row->name);
        if (!status) status = url_component(out, request->filters[i].value);
    }
    return status;
}

/* ---- Numbers */

static enum status read_number(struct page_request *request, const struct parameter *row, struct span value,
                               struct error *error)
{
    size_t number = 0;
    if (!value.length) return OK;
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return fail(error, INVALID, "%s is not a number: write it in digits, such as %s=20", row->name, row->name);
        number = number * 10 + (size_t)(value.data[i] - '0');
        if (number > row->maximum) number = row->maximum;
    }
    *(size_t *)field(request, row) = number;
    return OK;
}

static enum status read_count(struct page_request *request, const struct parameter *row, struct span value,
                              struct error *error)
{
    enum status status = read_number(request, row, value, error);
    if (!status && value.length && request->count < PER_PAGE_MIN) request->count = PER_PAGE_MIN;
    return status;
}

static enum status write_number(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    size_t number = *(const size_t *)field(request, row);
    if (!number) return OK;
    enum status status = begin(out, row->name);
    return status ? status : buffer_printf(out, "%zu", number);
}

/* ---- Dates */

static bool digits(struct span text, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        *out = *out * 10 + (unsigned)(text.data[i] - '0');
    }
    return true;
}

static bool is_date(struct span text)
{
    unsigned year, month = 1, day = 1;
    if (text.length != 4 && text.length != 7 && text.length != 10) return false;
    if (!digits(span_cut(text, 0, 4), &year)) return false;
    if (text.length >= 7 && (text.data[4] != '-' || !digits(span_cut(text, 5, 7), &month))) return false;
    if (text.length == 10 && (text.data[7] != '-' || !digits(span_cut(text, 8, 10), &day))) return false;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static enum status read_date(struct page_request *request, const struct parameter *row, struct span value,
                             struct error *error)
{
    value = span_trim(value);
    if (value.length && !is_date(value))
        return fail(error, INVALID, "%s is not a date: write 2014, 2014-10 or 2014-10-08", row->name);
    *(struct span *)field(request, row) = value;
    return OK;
}

/* ---- Choices */

static enum status read_choice(struct page_request *request, const struct parameter *row, struct span value,
                               struct error *error)
{
    struct buffer list;
    if (!value.length) return OK;
    for (unsigned i = 0; row->choice[i]; i++)
        if (span_equal(value, span_of(row->choice[i]))) {
            *(unsigned *)field(request, row) = i;
            return OK;
        }
    buffer_init(&list, ERROR_BYTES_MAX);
    for (size_t i = 0; row->choice[i]; i++) buffer_printf(&list, "%s%s", i ? ", " : "", row->choice[i]);
    enum status status = fail(error, INVALID, "%s is none of: %s", row->name, list.data ? list.data : "");
    buffer_release(&list);
    return status;
}

static enum status write_choice(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    unsigned chosen = *(const unsigned *)field(request, row);
    if (!chosen) return OK;
    enum status status = begin(out, row->name);
    return status ? status : buffer_append_string(out, row->choice[chosen]);
}

static enum status read_switch(struct page_request *request, const struct parameter *row, struct span value,
                               struct error *error)
{
    bool off = span_equal(value, SPAN("off"));
    if (!off && !span_equal(value, SPAN("on")) && value.length)
        return fail(error, INVALID, "%s is none of: %s, %s", row->name, row->choice[0], row->choice[1]);
    *(bool *)field(request, row) = off;
    return OK;
}

static enum status write_switch(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    if (!*(const bool *)field(request, row)) return OK;
    enum status status = begin(out, row->name);
    return status ? status : buffer_append_string(out, row->choice[1]);
}

/* ---- Kinds of facets */

static enum facet_kind kind_named(struct span name);

static enum status read_kind(struct page_request *request, const struct parameter *row, struct span value,
                             struct error *error)
{
    if (!value.length) return OK;
    enum facet_kind kind = kind_named(value);
    if (kind == FACET_COUNT)
        return fail(error, INVALID, "%s is none of: org, person, place, source, year, language, type", row->name);
    *(enum facet_kind *)field(request, row) = kind;
    return OK;
}

static enum status write_kind(struct buffer *out, const struct page_request *request, const struct parameter *row)
{
    enum facet_kind kind = *(const enum facet_kind *)field(request, row);
    if (kind == FACET_COUNT) return OK;
    enum status status = begin(out, row->name);
    return status ? status : buffer_append_string(out, page_filter_name(kind));
}

/* ---- The table, in the order of an address */

#define TEXT(name, omega, member, maximum)                                                                             \
    {                                                                                                                  \
        name, omega, read_text, write_text, offsetof(struct page_request, member), maximum, NULL, FACET_COUNT          \
    }
#define NUMBER(name, omega, read, member, maximum)                                                                     \
    {                                                                                                                  \
        name, omega, read, write_number, offsetof(struct page_request, member), maximum, NULL, FACET_COUNT             \
    }
#define DATE(name, member)                                                                                             \
    {                                                                                                                  \
        name, NULL, read_date, write_text, offsetof(struct page_request, member), VALUE_BYTES_MAX, NULL, FACET_COUNT   \
    }
#define CHOICE(name, member, choice)                                                                                   \
    {                                                                                                                  \
        name, NULL, read_choice, write_choice, offsetof(struct page_request, member), 0, choice, FACET_COUNT           \
    }
#define SWITCH(name, member)                                                                                           \
    {                                                                                                                  \
        name, NULL, read_switch, write_switch, offsetof(struct page_request, member), 0, switches, FACET_COUNT         \
    }
#define KIND(name, member)                                                                                             \
    {                                                                                                                  \
        name, NULL, read_kind, write_kind, offsetof(struct page_request, member), 0, NULL, FACET_COUNT                 \
    }
#define FILTER(name, kind)                                                                                             \
    {                                                                                                                  \
        name, NULL, read_filter, write_filter, 0, VALUE_BYTES_MAX, NULL, kind                                          \
    }

static const struct parameter parameters[] = {
    TEXT("db", "DB", index, 64),
    TEXT("q", "P", query, QUERY_BYTES_MAX),
    FILTER("org", FACET_ORGANIZATION),
    FILTER("person", FACET_PERSON),
    FILTER("place", FACET_PLACE),
    FILTER("source", FACET_SOURCE),
    FILTER("year", FACET_YEAR),
    FILTER("language", FACET_LANGUAGE),
    FILTER("type", FACET_TYPE),
    DATE("since", since),
    DATE("until", until),
    CHOICE("match", match, matches),
    CHOICE("sort", sort, sorts),
    NUMBER("n", "HITSPERPAGE", read_count, count, PER_PAGE_MAX),
    NUMBER("start", "TOPDOC", read_number, start, HITS_MAX),
    KIND("more", more),
    TEXT("find", NULL, containing, VALUE_BYTES_MAX),
    TEXT("id", NULL, id, VALUE_BYTES_MAX),
    KIND("kind", kind),
    TEXT("name", NULL, name, VALUE_BYTES_MAX),
    SWITCH("names", plain),
    CHOICE("format", format, page_formats),
};

enum { PARAMETER_ROWS = sizeof parameters / sizeof *parameters };

_Static_assert(sizeof(enum match_mode) == sizeof(unsigned) && sizeof(enum sort_order) == sizeof(unsigned) &&
                   sizeof(enum page_format) == sizeof(unsigned),
               "choices are read and written as unsigned numbers");

const char *page_filter_name(enum facet_kind kind)
{
    for (int row = 0; row < PARAMETER_ROWS; row++)
        if (parameters[row].read == read_filter && parameters[row].kind == kind) return parameters[row].name;
    return "?";
}

static enum facet_kind kind_named(struct span name)
{
    for (int row = 0; row < PARAMETER_ROWS; row++)
        if (parameters[row].read == read_filter && span_equal(name, span_of(parameters[row].name)))
            return parameters[row].kind;
    return FACET_COUNT;
}

/* ---- Reading */

void page_request_init(struct page_request *request)
{
    *request = (struct page_request){.more = FACET_COUNT, .kind = FACET_COUNT};
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

/* Undoes a form's encoding; a percent sign that begins none stands for itself. */
static enum status decode(struct span *out, struct arena *arena, struct span text)
{
    char *decoded = arena_bytes(arena, text.length + 1);
    size_t length = 0;
    if (!decoded) return NO_MEMORY;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '%' && i + 2 < text.length && hex_digit(text.data[i + 1]) >= 0 &&
            hex_digit(text.data[i + 2]) >= 0) {
            byte = (char)(hex_digit(text.data[i + 1]) * 16 + hex_digit(text.data[i + 2]));
            i += 2;
        } else if (byte == '+') {
            byte = ' ';
        }
        decoded[length++] = byte;
    }
    *out = (struct span){decoded, length};
    return OK;
}

static int row_named(struct span name)
{
    for (int row = 0; row < PARAMETER_ROWS; row++)
        if (span_equal(name, span_of(parameters[row].name)) ||
            (parameters[row].omega && span_equal(name, span_of(parameters[row].omega))))
            return row;
    return -1;
}

static enum status read_parameter(struct page_request *request, bool seen[PARAMETER_ROWS], struct arena *arena,
                                  struct span text, struct error *error)
{
    const char *equals = memchr(text.data, '=', text.length);
    size_t length = equals ? (size_t)(equals - text.data) : text.length;
    struct span name, value;
    enum status status = decode(&name, arena, span_cut(text, 0, length));
    if (!status) status = decode(&value, arena, span_cut(text, length + 1, text.length));
    if (status) return fail(error, status, "out of memory");
    int row = row_named(name);
    if (row < 0) return OK;
    const struct parameter *parameter = &parameters[row];
    if (memchr(value.data, '\0', value.length))
        return fail(error, INVALID, "%s holds a NUL byte (%%00): leave it out", parameter->name);
    if (!utf8_valid(value))
        return fail(error, INVALID, "%s is not UTF-8: write the address in UTF-8 and percent-encode it",
                    parameter->name);
    if (seen[row] && parameter->read != read_filter)
        return fail(error, INVALID, "%s is given twice: give it once", parameter->name);
    seen[row] = true;
    return parameter->read(request, parameter, value, error);
}

enum status page_request_read(struct page_request *out, struct arena *arena, struct span query_string,
                              struct error *error)
{
    struct page_request request;
    bool seen[PARAMETER_ROWS] = {false};
    size_t count = 0;
    enum status status = OK;
    if (query_string.length > QUERY_STRING_BYTES_MAX)
        return fail(error, LIMIT, "the address is too long: at most %d bytes after the question mark",
                    QUERY_STRING_BYTES_MAX);
    page_request_init(&request);
    for (size_t from = 0; !status && from < query_string.length;) {
        size_t end = from;
        while (end < query_string.length && query_string.data[end] != '&') end++;
        if (end > from && ++count > PARAMETERS_MAX)
            status = fail(error, INVALID, "more than %d parameters: remove some", PARAMETERS_MAX);
        else if (end > from)
            status = read_parameter(&request, seen, arena, span_cut(query_string, from, end), error);
        from = end + 1;
    }
    if (!status) *out = request;
    return status;
}

enum status page_request_write(struct buffer *out, const struct page_request *request)
{
    struct buffer text;
    buffer_init(&text, 1024 * 1024 /* bytes: 64 filters of the longest kind, encoded */);
    enum status status = OK;
    for (int row = 0; !status && row < PARAMETER_ROWS; row++)
        status = parameters[row].write(&text, request, &parameters[row]);
    if (!status) status = buffer_append_span(out, buffer_span(&text));
    buffer_release(&text);
    return status;
}

/* ---- Steps */

bool page_request_has(const struct page_request *request, enum facet_kind kind, struct span value)
{
    for (size_t i = 0; i < request->filter_count; i++)
        if (request->filters[i].kind == kind && span_equal(request->filters[i].value, value)) return true;
    return false;
}

void page_request_add(struct page_request *request, enum facet_kind kind, struct span value)
{
    request->start = 0;
    if (request->filter_count < FILTERS_MAX && !page_request_has(request, kind, value))
        request->filters[request->filter_count++] = (struct filter){kind, value};
}

void page_request_remove(struct page_request *request, enum facet_kind kind, struct span value)
{
    size_t kept = 0;
    for (size_t i = 0; i < request->filter_count; i++)
        if (request->filters[i].kind != kind || !span_equal(request->filters[i].value, value))
            request->filters[kept++] = request->filters[i];
    request->filter_count = kept;
    request->start = 0;
}

void page_request_clear(struct page_request *request)
{
    request->filter_count = 0;
    request->since = request->until = (struct span){0};
    request->start = 0;
}

bool page_request_is_empty(const struct page_request *request)
{
    return !request->query.length && !request->filter_count && !request->since.length && !request->until.length &&
           request->sort == SORT_RELEVANCE && !request->start && request->more == FACET_COUNT;
}
