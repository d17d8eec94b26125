/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates and ranges of dates: 2014, 2014-10, 2014-10-08, a..b, ..b, a.., none. */
#include "searcher/syntax_scan.h"

#include <string.h>

enum {
    DATE_BYTES_MAX = 32, /* characters: two days and the dots between are 22 */
    DAY_MAX = 31
};

/* A date as written, in ASCII, and where its characters stand in the query. */
struct written {
    char text[DATE_BYTES_MAX];
    size_t place[DATE_BYTES_MAX + 1];
    size_t length;
    struct range range;
};

static bool is_leap(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static uint32_t days_in_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static enum status not_a_date(struct parser *parser, const struct written *written)
{
    return fail_at(parser->error, INVALID, written->range.start,
                   "date '%s' is not understood: write 2014, 2014-10, 2014-10-08, 2013-09..2014-10, ..2015, 2015.. or "
                   "none",
                   scan_shown(parser, written->range));
}

static bool read_digits(const char *text, size_t count, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *out = *out * 10 + (uint32_t)(text[i] - '0');
    }
    return true;
}

/* Reads the date in characters [start, end) as its first and last day, YYYYMMDD. */
static enum status read_date(struct parser *parser, const struct written *written, size_t start, size_t end,
                             uint32_t *first, uint32_t *last)
{
    const char *text = written->text + start;
    size_t length = end - start;
    uint32_t year, month = 0, day = 0;
    bool compact = length == 8; /* 20141008 */
    size_t month_at = compact ? 4 : 5, day_at = compact ? 6 : 8;
    bool shape =
        length == 4 || compact || (length == 7 && text[4] == '-') || (length == 10 && text[4] == '-' && text[7] == '-');
    if (!shape || !read_digits(text, 4, &year) || (length > 4 && !read_digits(text + month_at, 2, &month)) ||
        (length > 7 && !read_digits(text + day_at, 2, &day)))
        return not_a_date(parser, written);
    const char *shown = scan_shown(parser, written->range);
    if (!year)
        return fail_at(parser->error, INVALID, written->place[start], "date '%s': there is no year 0 (0001 to 9999)",
                       shown);
    if (length > 4 && (month < 1 || month > 12))
        return fail_at(parser->error, INVALID, written->place[start + month_at],
                       "date '%s': month %u does not exist (01 to 12)", shown, month);
    uint32_t days = length > 4 ? days_in_month(year, month) : DAY_MAX;
    if (length > 7 && (day < 1 || day > days))
        return fail_at(parser->error, INVALID, written->place[start + day_at],
                       "date '%s': day %u does not exist in %04u-%02u (01 to %02u)", shown, day, year, month, days);
    *first = year * 10000 + (month ? month : 1) * 100 + (day ? day : 1);
    *last = year * 10000 + (month ? month : 12) * 100 + (day ? day : days);
    return OK;
}

/* Copies [value] as ASCII; false when it cannot be a date. */
static bool read_written(struct written *written, struct span query, struct range value)
{
    written->length = 0;
    written->range = value;
    for (size_t at = value.start; at < value.end;) {
        size_t place = at;
        uint32_t rune = scan_rune(query, &at);
        if (rune > 0x7F || written->length == DATE_BYTES_MAX) return false;
        written->place[written->length] = place;
        written->text[written->length++] = (char)rune;
    }
    written->place[written->length] = value.end;
    return true;
}

enum status query_date_parse(struct syntax_node **out, struct parser *parser, struct range value)
{
    struct span query = parser->query;
    while (value.end > value.start && strchr(",;!?", query.data[value.end - 1]) && query.data[value.end - 1])
        value.end--;                                                                 /* of the sentence around it */
    while (value.end > value.start && query.data[value.end - 1] == ' ') value.end--; /* inside quotes */
    while (value.end > value.start && query.data[value.start] == ' ') value.start++;
    struct written written;
    *out = NULL;
    if (!read_written(&written, query, value)) return not_a_date(parser, &written);
    struct syntax_node node = {.kind = SYNTAX_RANGE, .range = value, .text = {"", 0}};
    size_t dots = 0;
    while (dots + 1 < written.length && !(written.text[dots] == '.' && written.text[dots + 1] == '.')) dots++;
    uint32_t ignored;
    enum status status = OK;
    if (span_equal_fold((struct span){written.text, written.length}, SPAN("none"))) {
        node.undated = true;
    } else if (dots + 1 >= written.length) {
        status = read_date(parser, &written, 0, written.length, &node.since, &node.until);
    } else if (written.length == 2) {
        return fail_at(parser->error, INVALID, value.start,
                       "date '..' has no end: write 2013..2014, ..2014, 2013.. or none");
    } else {
        if (dots > 0) status = read_date(parser, &written, 0, dots, &node.since, &ignored);
        if (!status && dots + 2 < written.length)
            status = read_date(parser, &written, dots + 2, written.length, &ignored, &node.until);
    }
    if (status) return status;
    if (node.since && node.until && node.since > node.until)
        return fail_at(parser->error, INVALID, value.start,
                       "date range '%s' ends before it begins: write the earlier date first",
                       scan_shown(parser, value));
    *out = scan_node(parser, SYNTAX_RANGE, value);
    if (!*out) return NO_MEMORY;
    **out = node;
    return scan_count_terms(parser, 1, value.start);
}
