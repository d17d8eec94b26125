/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/lines.h"

#include "corpus/furniture.h"

#include <string.h>

enum {
    HEADING_RUNES_MAX = 200, /* longer lines are paragraphs; a headline of two sentences is about 180 */
    DATE_LINE_BYTES_MAX = 120,
    WRAP_MIN = 40, /* runes of a line that an editor broke at its right margin */
    WRAP_MAX = 100
};

static bool is_ideograph(uint32_t rune) /* or kana: written without spaces */
{
    return (rune >= 0x3040 && rune <= 0x30FF) || (rune >= 0x3400 && rune <= 0x9FFF) ||
           (rune >= 0xF900 && rune <= 0xFAFF);
}

size_t line_words(struct span line)
{
    size_t words = 0, ideographs = 0;
    bool inside = false;
    for (size_t i = 0; i < line.length;) {
        uint32_t rune = utf8_next(line, &i);
        bool space = rune == ' ' || rune == '\t' || rune == 0xA0 || rune == 0x3000;
        if (is_ideograph(rune)) {
            ideographs++;
            inside = false;
        } else if (space) {
            inside = false;
        } else if (!inside && (furniture_is_letter(rune) || (rune >= '0' && rune <= '9'))) {
            inside = true;
            words++;
        }
    }
    return words + (ideographs + 1) / 2;
}

bool line_ends_sentence(struct span line)
{
    line = span_trim(line);
    for (;;) { /* past closing quotes and brackets */
        size_t last = line.length ? utf8_floor(line, line.length - 1) : 0, next = last;
        if (!line.length) return false;
        uint32_t rune = utf8_next(line, &next);
        if (rune == '"' || rune == '\'' || rune == ')' || rune == ']' || rune == 0x2019 || rune == 0x201D ||
            rune == 0xBB || rune == 0xFF09 || rune == 0x300D) {
            line = span_trim(span_cut(line, 0, last));
            continue;
        }
        if (rune == 0x3002 || rune == 0xFF0E || rune == 0x2026) return true;
        if (rune != '.') return false;
        break;
    }
    size_t n = line.length;
    bool initial = n >= 2 && line.data[n - 2] >= 'A' && line.data[n - 2] <= 'Z' &&
                   (n == 2 || line.data[n - 3] == '.' || line.data[n - 3] == ' ');
    return !initial; /* "… trade with the U.S." */
}

bool line_is_name(struct span text)
{
    text = furniture_unbracketed(text);
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.length;) {
        uint32_t rune = utf8_next(text, &i);
        if (rune == ' ' || rune == ',' || rune == '/' || rune == 0x3001 || rune == 0x3000) {
            inside = false;
        } else if (!inside) {
            if (rune >= '0' && rune <= '9') return false;
            if (rune >= 'a' && rune <= 'z') return false;
            inside = true;
            words++;
        } else if (rune == ':' || rune == ';' || rune == '?' || rune == '!') {
            return false;
        }
    }
    return words >= 1 && words <= 5;
}

/* What may stand beside a date in its line. */
static bool is_beside_date(struct span text)
{
    text = furniture_unbracketed(text);
    return !text.length || furniture_is(text) || furniture_is_credit(text) || line_is_name(text);
}

/* Between a date and what stands beside it: punctuation, not a word ("Attack of 11 September 2001"). */
static bool is_separated(struct span text, bool at_end)
{
    text = span_trim(text);
    if (!text.length) return true;
    size_t last = at_end ? utf8_floor(text, text.length - 1) : 0;
    uint32_t rune = utf8_next(text, &last);
    return (rune < 0x80 && strchr(",|-/()*", (int)rune)) || rune == 0xB7 || (rune >= 0x2010 && rune <= 0x2015) ||
           rune == 0x2022 || rune == 0x3001 || rune == 0xFF08 || rune == 0xFF09 || (rune >= 0x2500 && rune <= 0x27BF);
}

static struct span without_separators(struct span text)
{
    text = furniture_bare(text);
    while (text.length && strchr(",|-/( )*", text.data[0])) text = span_cut(text, 1, text.length);
    while (text.length && strchr(",|-/( )*", text.data[text.length - 1])) text = span_cut(text, 0, text.length - 1);
    return furniture_bare(text);
}

bool line_has_year(struct span line)
{
    size_t digits = 0;
    for (size_t i = 0; i < line.length && digits < 4; i++) {
        unsigned char byte = (unsigned char)line.data[i];
        struct span sign = span_cut(line, i, i + 3);
        if (byte >= 0xE0 && (span_equal(sign, SPAN("年")) || span_starts(sign, SPAN("\xEF\xBC")) || /* full-width */
                             span_starts(sign, SPAN("\xE0\xB9"))))                                  /* Thai digits */
            return true;
        digits = byte >= '0' && byte <= '9' ? digits + 1 : 0;
    }
    return digits >= 4;
}

bool line_date(struct date *date, bool *alone, struct span line)
{
    line = furniture_bare(line);
    if (line.length > DATE_LINE_BYTES_MAX || !line_has_year(line)) return false;
    for (size_t i = 0; i < line.length; utf8_next(line, &i)) {
        size_t end = i;
        struct date found;
        if (!date_scan(&found, line, &end)) continue;
        end = date_time_end(line, end);
        struct span before = span_cut(line, 0, i), after = span_cut(line, end, line.length);
        if (!is_separated(before, true) || !is_separated(after, false)) return false;
        if (!is_beside_date(without_separators(before)) || !is_beside_date(without_separators(after))) return false;
        *date = found;
        *alone = !without_separators(before).length && !without_separators(after).length;
        return true;
    }
    return false;
}

static bool is_long(struct span line)
{
    size_t runes = 0;
    for (size_t i = 0; i < line.length && runes <= HEADING_RUNES_MAX; runes++) utf8_next(line, &i);
    return runes > HEADING_RUNES_MAX;
}

/* "TOKYO: …", "Kuala Lumpur (PNA/Kyodo) — …": a place, then a dash or colon, then the story. */
static bool begins_with_dateline(struct span line)
{
    static const char *const marks[] = {" — ", " -- ", " – ", ") - ", ": "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *mark = memmem(line.data, line.length < 80 ? line.length : 80, marks[i], strlen(marks[i]));
        if (!mark) continue;
        struct span place = {line.data, (size_t)(mark - line.data)};
        bool shouted = place.length > 2;
        for (size_t j = 0; j < place.length && place.data[j] != '('; j++)
            if (place.data[j] >= 'a' && place.data[j] <= 'z') shouted = false;
        bool credited = memchr(place.data, '(', place.length) && line_is_name(span_cut(place, 0, place.length));
        size_t rest = place.length + strlen(marks[i]);
        if ((shouted || credited) && line_words(span_cut(line, rest, line.length)) >= 8) return true;
    }
    return false;
}

static enum line_kind kind_of(struct line *line)
{
    if (line_date(&line->date, &line->date_alone, line->text))
        return LINE_DATE; /* first: "2014-10-08" has no letters either */
    if (furniture_is(line->text)) return LINE_FURNITURE;
    if (furniture_is_credit(line->text)) return LINE_CREDIT;
    if (is_long(line->text) || (line_ends_sentence(line->text) && line_words(line->text) >= 6)) return LINE_BODY;
    return begins_with_dateline(line->text) ? LINE_BODY : LINE_SHORT;
}

/* Marks lines that are one paragraph broken at the right margin: of [lines], those without blank lines between them. */
static void mark_wrapped(struct line *lines, size_t count)
{
    bool continued = false;
    for (size_t i = 0; i < count; i++) {
        size_t length = lines[i].text.length;
        if (i + 1 < count && (length < WRAP_MIN || length > WRAP_MAX)) return;
        if (i && lines[i].text.data[0] >= 'a' && lines[i].text.data[0] <= 'z') continued = true;
    }
    if (count < 2 || !continued || (count == 2 && !line_ends_sentence(lines[1].text))) return;
    for (size_t i = 0; i < count; i++)
        if (lines[i].kind == LINE_SHORT) lines[i].kind = LINE_BODY;
}

static void mark_all_wrapped(struct line *lines, size_t count)
{
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && !lines[end - 1].blank_after) end++;
        mark_wrapped(lines + start, end - start);
        start = end;
    }
}

static bool take_line(struct line *line, struct span text, struct span raw)
{
    struct span bare = furniture_bare(span_cut(raw, 0, LINE_BYTES_MAX));
    if (!bare.length) return false;
    *line = (struct line){.text = bare, .offset = (size_t)(bare.data - text.data)};
    line->kind = raw.length > LINE_BYTES_MAX ? LINE_BODY : kind_of(line);
    /* "• Kyodo": agencies are too many to list them all */
    bool bulleted = line->text.data != span_trim(raw).data;
    if (line->kind == LINE_SHORT && bulleted && line_words(bare) <= 3 && line_is_name(bare)) line->kind = LINE_CREDIT;
    return true;
}

size_t lines_top(struct line *lines, size_t room, struct span text)
{
    struct span rest = text, raw;
    size_t count = 0, body = 0;
    while (count < room && body < LINES_TOP_AFTER && span_next_line(&rest, &raw)) {
        if (!span_trim(raw).length) {
            if (count) lines[count - 1].blank_after = true;
        } else if (take_line(&lines[count], text, raw)) {
            body += lines[count++].kind == LINE_BODY;
        }
    }
    mark_all_wrapped(lines, count);
    return count;
}

size_t lines_end(struct line *lines, size_t room, struct span text)
{
    size_t first = room, end = text.length;
    while (first && end) {
        size_t start = end;
        while (start && text.data[start - 1] != '\n') start--;
        if (take_line(&lines[first - 1], text, span_cut(text, start, end))) first--;
        end = start ? start - 1 : 0;
        if (!start) break;
    }
    memmove(lines, lines + first, (room - first) * sizeof *lines);
    mark_all_wrapped(lines, room - first);
    return room - first;
}
