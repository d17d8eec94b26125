/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/dateline.h"

#include "corpus/lines.h"

#include <string.h>

enum {
    LABEL_LINE_MAX = 160, /* bytes: a longer line that begins with "Date" is a sentence */
    OPENING_BYTES = 100,  /* of a paragraph in which a dateline must begin and end */
    SIGNATURE_LINES = 5   /* from the end, in which a line that is a date counts */
};

/* Lower case. They state when the text was given out, wherever they stand in its head or foot. */
static const char *const release_labels[] = {
    "release date",
    "date of release",
    "date released",
    "released on",
    "released",
    "publication date",
    "date of publication",
    "date published",
    "published on",
    "published",
    "first published",
    "posted on",
    "posted",
    "date posted",
    "date of issue",
    "date issued",
    "issued on",
    "issued",
    "発表日",
    "公表日",
    "公開日",
    "掲載日",
    "発行日",
    "発信日",
    "发布日期",
    "发布时间",
    "tanggal terbit",
    "tanggal rilis",
    "tanggal publikasi",
    "diterbitkan pada",
    "diterbitkan",
    "dipublikasikan",
    "dirilis",
    "tarikh siaran",
    "tarikh terbit",
    "disiarkan pada",
    "ngày đăng",
    "ngày phát hành",
    "ngày ban hành",
    "วันที่เผยแพร่",
    "เผยแพร่เมื่อ",
    "เผยแพร่",
};

/* These mean the document only in its head: further down, "Date" is that of some event. */
static const char *const head_labels[] = {
    "date and time", "date and place", "date and venue", "date & time", "date/time",    "date of meeting",
    "meeting date",  "date",           "dated",          "held on",     "hari/tanggal", "tanggal",
    "tarikh",        "thời gian",      "ngày",           "วันที่",         "วันและเวลา",    "開催日時",
    "開催日",        "日時",           "日付",           "日期",        "時間",
};

/* What follows the label in [line], past its colon; false when the line does not begin with one. */
static bool after_label(struct span *rest, struct span line, const char *const *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(labels[i]);
        if (!span_equal_fold(span_cut(line, 0, length), (struct span){labels[i], length})) continue;
        struct span after = span_cut(line, length, line.length);
        struct span trimmed = span_trim(after);
        bool separated = !after.length || trimmed.length < after.length || strchr(":-*", after.data[0]) ||
                         (unsigned char)after.data[0] >= 0x80;
        if (!separated) continue;
        while (trimmed.length && (strchr(":-*| \t", trimmed.data[0]))) trimmed = span_cut(trimmed, 1, trimmed.length);
        if (span_starts(trimmed, SPAN("：")) || span_starts(trimmed, SPAN("　")))
            trimmed = span_cut(trimmed, 3, trimmed.length);
        *rest = span_trim(trimmed);
        return true;
    }
    return false;
}

/* The date of a labelled line: behind the label, or all of the next line. */
static bool labelled_date(struct date *date, const struct line *lines, size_t count, size_t i, bool release)
{
    struct span rest;
    const char *const *labels = release ? release_labels : head_labels;
    size_t labels_count =
        release ? sizeof release_labels / sizeof *release_labels : sizeof head_labels / sizeof *head_labels;
    if (lines[i].text.length > LABEL_LINE_MAX || !after_label(&rest, lines[i].text, labels, labels_count)) return false;
    if (!rest.length && (i + 1 == count || lines[i + 1].kind != LINE_DATE)) return false;
    if (!rest.length) {
        *date = lines[i + 1].date;
        return true;
    }
    if (line_ends_sentence(rest) && line_words(rest) > 8) return false;
    size_t end = 0;
    struct date found;
    if (!date_scan(&found, rest, &end)) return false;
    struct span after = span_trim(span_cut(rest, end, rest.length));
    bool word = after.length && ((after.data[0] >= 'a' && after.data[0] <= 'z'));
    size_t time = date_time_end(rest, end);
    if (word && time == end) return false; /* "Published 8 October 2014 in the Gazette was …" */
    *date = found;
    return true;
}

/* "TOKYO, Oct. 8, 2014 (Kyodo) --": a place or nothing, the date, credits in brackets, a dash or a colon. */
static bool opening_dateline(struct date *date, struct span line)
{
    struct span opening = span_cut(line, 0, OPENING_BYTES);
    if (!line_has_year(opening)) return false;
    for (size_t i = 0; i < opening.length; utf8_next(opening, &i)) {
        size_t end = i;
        struct date found;
        if (!date_scan(&found, opening, &end)) continue;
        struct span place = span_trim(span_cut(opening, 0, i));
        while (place.length && strchr("(,", place.data[place.length - 1])) place.length--;
        if (place.length && place.data[0] == '(') place = span_cut(place, 1, place.length);
        if (place.length && !line_is_name(place)) return false;
        struct span rest = span_trim(span_cut(opening, end, opening.length));
        if (span_starts(rest, SPAN(")"))) rest = span_trim(span_cut(rest, 1, rest.length));
        if (span_starts(rest, SPAN("("))) {
            const char *close = memchr(rest.data, ')', rest.length);
            if (!close) return false;
            rest = span_trim(span_cut(rest, (size_t)(close - rest.data) + 1, rest.length));
        }
        bool marked = span_starts(rest, SPAN("-")) || span_starts(rest, SPAN("–")) || span_starts(rest, SPAN("—")) ||
                      (place.length && span_starts(rest, SPAN(":")));
        if (marked) *date = found;
        return marked;
    }
    return false;
}

static bool same_day(struct date a, struct date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static bool release_date(struct date *date, const struct line *top, size_t head, const struct line *end, size_t ended)
{
    for (size_t i = 0; i < head; i++)
        if (labelled_date(date, top, head, i, true)) return true;
    bool found = false;
    for (size_t i = 0; i < ended; i++) {
        struct date other;
        if (!labelled_date(&other, end, ended, i, true)) continue;
        if (found && !same_day(*date, other)) return false; /* a list of several texts */
        *date = other;
        found = true;
    }
    return found;
}

static bool signature_date(struct date *date, const struct line *end, size_t ended, size_t after)
{
    bool found = false;
    struct date only = {0, 0, 0};
    for (size_t i = ended > SIGNATURE_LINES ? ended - SIGNATURE_LINES : 0; i < ended; i++) {
        if (end[i].kind != LINE_DATE || end[i].offset <= after) continue;
        if (found && !same_day(only, end[i].date)) return false;
        only = end[i].date;
        found = true;
    }
    if (found) *date = only;
    return found;
}

/* Without a heading of its own, "Bali, 12 October 2002" may be one, and the day what the text is about. */
static bool has_heading(const struct line *top, size_t head)
{
    for (size_t i = 0; i < head; i++)
        if (top[i].kind == LINE_SHORT) return true;
    return false;
}

bool dateline_find(struct date *date, struct span text)
{
    struct line top[LINES_TOP], end[LINES_END];
    size_t count = lines_top(top, LINES_TOP, text), ended = lines_end(end, LINES_END, text), head = 0;
    while (head < count && top[head].kind != LINE_BODY) head++;
    if (release_date(date, top, head, end, ended)) return true;
    for (size_t i = 0; i < head; i++) {
        if (labelled_date(date, top, head, i, false)) return true;
        if (top[i].kind != LINE_DATE || (!top[i].date_alone && !has_heading(top, head))) continue;
        *date = top[i].date;
        return true;
    }
    if (head < count && opening_dateline(date, top[head].text)) return true;
    return head < count && signature_date(date, end, ended, top[head].offset);
}
