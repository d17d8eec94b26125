/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/date.h"

#include "corpus/date_words.h"

#include <stdio.h>
#include <string.h>

enum {
    BUDDHIST_YEARS = 543,     /* the Thai calendar counts from 543 BC */
    BUDDHIST_YEAR_MIN = 2400, /* 1857: before, hardly anything was printed in Thai */
    BUDDHIST_YEAR_MAX = 2699,
    DAYS_MAX = 8 /* named one after another: "5, 6, 7 and 8 October" */
};

bool date_exists(struct date date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.year < DATE_YEAR_MIN || date.year > DATE_YEAR_MAX || date.month < 1 || date.month > 12) return false;
    bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    return date.day >= 1 && date.day <= days[date.month - 1] + (date.month == 2 && leap);
}

void date_iso(char out[DATE_ISO_BYTES], struct date date)
{
    unsigned year = (unsigned)date.year % 10000, month = (unsigned)date.month % 100, day = (unsigned)date.day % 100;
    snprintf(out, DATE_ISO_BYTES, "%04u-%02u-%02u", year, month, day);
}

static char at(struct span text, size_t offset)
{
    return offset < text.length ? text.data[offset] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A day or month in numbers: one or two digits. */
static bool small_number(struct span text, size_t *offset, int *value)
{
    size_t i = *offset;
    int digits;
    *value = word_number(text, &i, &digits);
    if (*value < 0 || digits > 2) return false;
    *offset = i;
    return true;
}

/* Four digits, with what names the calendar before them. [thai] after a Thai month. */
static bool year_number(struct span text, size_t *offset, bool thai, int *year)
{
    size_t i = *offset;
    int digits;
    bool buddhist = word_is(text, &i, "พ.ศ.") || word_is(text, &i, "b.e."), gregorian = word_is(text, &i, "ค.ศ.");
    word_spaces(text, &i);
    *year = word_number(text, &i, &digits);
    if (*year < 0 || digits != 4) return false;
    if (buddhist || (thai && !gregorian && *year >= BUDDHIST_YEAR_MIN && *year <= BUDDHIST_YEAR_MAX))
        *year -= BUDDHIST_YEARS;
    *offset = i;
    return true;
}

/* "th", "hb" (Malay), "." (German), and a weekday in brackets: "(Tue.)", "（水）". */
static void after_day(struct span text, size_t *offset)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "hb", "er", "º", "."};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (word_is(text, offset, endings[i])) break;
    size_t i = *offset;
    word_spaces(text, &i);
    bool wide = word_is(text, &i, "（");
    if (!wide && !word_is(text, &i, "(")) return;
    size_t limit = i + 12; /* bytes: the longest weekday */
    while (i < limit && i < text.length && at(text, i) != ')' && !span_starts(span_cut(text, i, i + 3), SPAN("）"))) {
        if (is_digit(at(text, i)) || at(text, i) == '\n') return;
        i++;
    }
    if (word_is(text, &i, ")") || word_is(text, &i, "）")) *offset = i;
}

/* One or more days of a month, "7", "7 and 8", "7-9"; the last counts. */
static bool days_of_month(struct span text, size_t *offset, int *day)
{
    if (!small_number(text, offset, day)) return false;
    after_day(text, offset);
    for (int i = 1; i < DAYS_MAX; i++) {
        size_t next = *offset;
        int more;
        if (!word_joins_days(text, &next) || !small_number(text, &next, &more) || more <= *day) break;
        if (at(text, next) == ':') break; /* "October 8, 10:15": a time of day */
        after_day(text, &next);
        *day = more;
        *offset = next;
    }
    return true;
}

/* What may stand between month and year: ",", ".", "-", "/", "de", "năm", "tahun", "of". */
static void before_year(struct span text, size_t *offset)
{
    static const char *const words[] = {"de", "del", "năm", "tahun", "of", "taong"};
    size_t i = *offset;
    word_spaces(text, &i);
    if (at(text, i) && strchr(",.-/", at(text, i))) i++;
    word_spaces(text, &i);
    for (size_t word = 0; word < sizeof words / sizeof *words; word++)
        if (word_is(text, &i, words[word])) break;
    word_spaces(text, &i);
    *offset = i;
}

static bool month_first(struct date *date, struct span text, size_t *offset, int depth);

/* "8 October 2014", "7-8 October 2014", "30 September – 1 October 2014", "26-FEB-1987", "8 tháng 10 năm 2014". */
static bool day_first(struct date *date, struct span text, size_t *offset, int depth)
{
    static const char *const words[] = {"of", "de", "bulan"};
    size_t i = *offset;
    bool thai = false;
    if (!days_of_month(text, &i, &date->day)) return false;
    word_spaces(text, &i);
    if (at(text, i) && strchr("-/,", at(text, i))) i++;
    word_spaces(text, &i);
    for (size_t word = 0; word < sizeof words / sizeof *words; word++)
        if (word_is(text, &i, words[word])) word_spaces(text, &i);
    if (word_is(text, &i, "tháng")) {
        word_spaces(text, &i);
        if (!small_number(text, &i, &date->month)) return false;
    } else {
        date->month = word_month(text, &i, &thai);
        if (!date->month) return false;
    }
    size_t year = i;
    before_year(text, &year);
    if (year_number(text, &year, thai, &date->year)) {
        *offset = year;
        return true;
    }
    if (depth || !word_joins_days(text, &i) || !day_first(date, text, &i, depth + 1)) return false;
    *offset = i;
    return true;
}

/* "October 8, 2014", "October 7 (Tue.) and 8 (Wed.), 2014", "September 30 – October 1, 2014". */
static bool month_first(struct date *date, struct span text, size_t *offset, int depth)
{
    size_t i = *offset;
    bool thai = false;
    date->month = word_month(text, &i, &thai);
    if (!date->month) return false;
    word_spaces(text, &i);
    if (!days_of_month(text, &i, &date->day)) return false;
    size_t year = i;
    before_year(text, &year);
    if (year_number(text, &year, thai, &date->year)) {
        *offset = year;
        return true;
    }
    if (depth || !word_joins_days(text, &i) || !month_first(date, text, &i, depth + 1)) return false;
    *offset = i;
    return true;
}

/* "2014年10月8日", "2014년 10월 8일", the year given or that of an era. */
static bool counted(struct date *date, struct span text, size_t *offset)
{
    size_t i = *offset;
    word_spaces(text, &i);
    bool korean = word_is(text, &i, "년");
    if (!korean && !word_is(text, &i, "年")) return false;
    word_spaces(text, &i);
    if (!small_number(text, &i, &date->month)) return false;
    word_spaces(text, &i);
    if (!word_is(text, &i, korean ? "월" : "月")) return false;
    word_spaces(text, &i);
    if (!days_of_month(text, &i, &date->day)) return false;
    word_spaces(text, &i);
    if (!word_is(text, &i, korean ? "일" : "日") && !word_is(text, &i, "号")) return false;
    after_day(text, &i);
    *offset = i;
    return true;
}

static bool era_date(struct date *date, struct span text, size_t *offset)
{
    size_t i = *offset;
    int years, digits, before = word_era(text, &i, &years), number = 1;
    if (!before) return false;
    if (!word_is(text, &i, "元")) number = word_number(text, &i, &digits);
    if (number < 1 || number > years) return false;
    date->year = before + number;
    if (!counted(date, text, &i)) return false;
    *offset = i;
    return true;
}

/* Year, month and day in numbers with one kind of separator. A four-digit year must come first or last; when it is
 * last, the other two must not be open to doubt: dots are day first everywhere, so are dates of the Buddhist Era and
 * those after a word of a language that writes so; else one of them must be over 12 or both the same. */
static bool numeric(struct date *date, struct span text, size_t *offset, bool surely_day_first)
{
    size_t i = *offset;
    int number[3], digits[3];
    char separator = 0;
    for (int part = 0; part < 3; part++) {
        if (part) {
            char c = at(text, i);
            if ((c != '-' && c != '/' && c != '.') || (part == 2 && c != separator)) return false;
            separator = c;
            i++;
        }
        number[part] = word_number(text, &i, &digits[part]);
        if (number[part] < 0) return false;
    }
    if (is_digit(at(text, i)) || (at(text, i) == separator && is_digit(at(text, i + 1)))) return false;
    if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) {
        *date = (struct date){number[0], number[1], number[2]};
    } else if (digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4) {
        bool buddhist = number[2] >= BUDDHIST_YEAR_MIN && number[2] <= BUDDHIST_YEAR_MAX;
        int year = number[2] - (buddhist ? BUDDHIST_YEARS : 0);
        if (separator == '.' || buddhist || surely_day_first || number[0] > 12 || number[0] == number[1])
            *date = (struct date){year, number[1], number[0]};
        else if (number[1] > 12)
            *date = (struct date){year, number[0], number[1]};
        else
            return false;
    } else {
        return false;
    }
    *offset = i;
    return true;
}

static bool single_date(struct date *date, struct span text, size_t *offset)
{
    size_t i = *offset;
    bool surely_day_first = false;
    struct date found = {0, 0, 0};
    word_weekday(text, &i, &surely_day_first);
    size_t year = i;
    int digits;
    bool ok = numeric(&found, text, &i, surely_day_first) || month_first(&found, text, &i, 0) ||
              day_first(&found, text, &i, 0) || era_date(&found, text, &i);
    if (!ok) {
        found.year = word_number(text, &year, &digits);
        ok = found.year > 0 && digits == 4 && counted(&found, text, &year);
        i = year;
    }
    if (!ok || is_digit(at(text, i)) || !date_exists(found)) return false;
    *offset = i;
    *date = found;
    return true;
}

bool date_scan(struct date *date, struct span text, size_t *offset)
{
    if (*offset && *offset <= text.length) {
        char before = text.data[*offset - 1];
        bool number = *offset > 1 && is_digit(text.data[*offset - 2]) && strchr("-/.:,", before);
        if (is_digit(before) || is_letter(before) || number) return false;
    }
    if (!single_date(date, text, offset)) return false;
    size_t next = *offset;
    struct date last;
    if (word_joins_days(text, &next) && at(text, *offset) != ',' && single_date(&last, text, &next)) {
        int order = (last.year - date->year) * 400 + (last.month - date->month) * 32 + last.day - date->day;
        if (order > 0) {
            *date = last;
            *offset = next;
        }
    }
    return true;
}

/* "a.m.", "PM", "時" and the like. */
static bool half_of_day(struct span text, size_t *offset)
{
    static const char *const words[] = {"am", "pm", "a.m.", "p.m.", "hrs", "hours", "uhr", "น."};
    size_t i = *offset;
    word_spaces(text, &i);
    for (size_t word = 0; word < sizeof words / sizeof *words; word++)
        if (word_is(text, &i, words[word])) {
            *offset = i;
            return true;
        }
    return false;
}

/* "Z", "+09:00", "+0900", "JST", "(JST)", "GMT+8". */
static void zone(struct span text, size_t *offset)
{
    size_t i = *offset;
    word_spaces(text, &i);
    bool bracket = at(text, i) == '(';
    i += bracket;
    size_t letters = i;
    while (at(text, i) >= 'A' && at(text, i) <= 'Z') i++;
    letters = i - letters;
    if (letters > 5 || (letters == 1 && at(text, i - 1) != 'Z') || is_letter(at(text, i))) return;
    bool found = letters > 0;
    if ((at(text, i) == '+' || at(text, i) == '-') && is_digit(at(text, i + 1))) {
        i++;
        int digits;
        word_number(text, &i, &digits);
        if (digits <= 2 && at(text, i) == ':' && is_digit(at(text, i + 1))) {
            i++;
            word_number(text, &i, &digits);
        }
        found = true;
    }
    if (bracket && at(text, i++) != ')') return;
    if (found) *offset = i;
}

size_t date_time_end(struct span text, size_t offset)
{
    static const char *const leads[] = {"t", ",", "at", "-", "–", "|", "·", "•", "pukul", "jam", "lúc", "เวลา"};
    size_t i = offset;
    int hour, minute, second;
    if (at(text, i) == 'T' && is_digit(at(text, i + 1))) i++;
    word_spaces(text, &i);
    for (size_t lead = 1; lead < sizeof leads / sizeof *leads; lead++)
        if (word_is(text, &i, leads[lead])) word_spaces(text, &i);
    if (!small_number(text, &i, &hour) || hour > 24) return offset;
    if ((at(text, i) == ':' || at(text, i) == '.' || at(text, i) == 'h') && is_digit(at(text, i + 1))) {
        i++;
        if (!small_number(text, &i, &minute) || minute > 59) return offset;
        if (at(text, i) == ':' && is_digit(at(text, i + 1))) {
            i++;
            if (!small_number(text, &i, &second) || second > 60) return offset;
            if ((at(text, i) == '.' || at(text, i) == ',') && is_digit(at(text, i + 1))) {
                i++;
                while (is_digit(at(text, i))) i++;
            }
        }
        half_of_day(text, &i);
    } else if (!half_of_day(text, &i)) {
        return offset;
    }
    zone(text, &i);
    return i;
}

static struct date day_of_seconds(int64_t seconds)
{
    int64_t days = seconds / 86400; /* since 1970-01-01; seconds are not negative here */
    struct date date = {1970, 1, 1};
    for (;; date.year++) {
        bool leap = date_exists((struct date){date.year, 2, 29});
        if (days < 365 + leap) break;
        days -= 365 + leap;
    }
    for (;; date.month++) {
        int length = 28;
        while (date_exists((struct date){date.year, date.month, length + 1})) length++;
        if (days < length) break;
        days -= length;
    }
    date.day += (int)days;
    return date;
}

/* Digits alone: 20141008, or a Unix time. */
static bool digits_alone(struct date *date, struct span text)
{
    int64_t value = 0;
    if (text.length > 13) return false;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i])) return false;
        value = value * 10 + (text.data[i] - '0');
    }
    struct date found;
    if (text.length == 8)
        found = (struct date){(int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100)};
    else if (text.length == 10)
        found = day_of_seconds(value);
    else if (text.length == 13)
        found = day_of_seconds(value / 1000);
    else
        return false;
    if (!date_exists(found)) return false;
    *date = found;
    return true;
}

/* "Wed Oct  8 10:00:00 2014", as asctime and version control systems write it. */
static bool year_after_time(struct date *date, struct span text)
{
    size_t i = 0, end;
    bool ignored = false;
    struct date found;
    int digits;
    word_weekday(text, &i, &ignored);
    found.month = word_month(text, &i, &ignored);
    word_spaces(text, &i);
    if (!found.month || !small_number(text, &i, &found.day)) return false;
    end = date_time_end(text, i);
    if (end == i) return false;
    word_spaces(text, &end);
    found.year = word_number(text, &end, &digits);
    if (digits != 4) return false;
    zone(text, &end);
    if (end != text.length || !date_exists(found)) return false;
    *date = found;
    return true;
}

bool date_parse(struct date *date, struct span text)
{
    text = span_trim(text);
    if (digits_alone(date, text) || year_after_time(date, text)) return true;
    size_t i = 0;
    struct date found;
    if (!date_scan(&found, text, &i)) return false;
    i = date_time_end(text, i);
    after_day(text, &i);
    word_spaces(text, &i);
    bool ignored;
    if (at(text, i) == ',' || at(text, i) == '.') i++;
    word_spaces(text, &i);
    word_weekday(text, &i, &ignored);
    if (i != text.length) return false;
    *date = found;
    return true;
}
