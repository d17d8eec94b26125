/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/filename.h"

#include <string.h>

enum { YEAR_MIN = 1900 /* earlier, eight digits are a number more often than a day */ };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool digits(struct span name, size_t *at, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, ++*at) {
        if (*at >= name.length || !is_digit(name.data[*at])) return false;
        *value = *value * 10 + (name.data[*at] - '0');
    }
    return true;
}

/* A date in numbers that begins at name[*at]. */
static bool numeric(struct date *date, struct span name, size_t *at)
{
    size_t i = *at;
    if (i && is_digit(name.data[i - 1])) return false;
    if (!digits(name, &i, 4, &date->year)) return false;
    char mark = i < name.length && strchr("-_. ", name.data[i]) ? name.data[i] : 0;
    i += mark != 0;
    if (!digits(name, &i, 2, &date->month)) return false;
    if (mark && (i >= name.length || name.data[i++] != mark)) return false;
    if (!digits(name, &i, 2, &date->day) || (i < name.length && is_digit(name.data[i]))) return false;
    if (date->year < YEAR_MIN || !date_exists(*date)) return false;
    *at = i;
    return true;
}

/* A date with its month in words, between '-' and '_' as well as spaces. */
static bool worded(struct date *date, struct span name, size_t *at)
{
    char plain[256];
    if (name.length >= sizeof plain) return false;
    memcpy(plain, name.data, name.length);
    for (size_t i = 0; i < name.length; i++)
        if (plain[i] == '_' || plain[i] == '-') plain[i] = ' ';
    struct span text = {plain, name.length};
    size_t i = *at;
    bool letters = false;
    if (!date_scan(date, text, &i) || date->year < YEAR_MIN) return false;
    for (size_t k = *at; k < i; k++) letters |= !is_digit(plain[k]) && !strchr(" .,/", plain[k]);
    if (letters) *at = i;
    return letters;
}

bool filename_date(struct date *date, struct span path)
{
    const char *slash = path.length ? memrchr(path.data, '/', path.length) : NULL;
    struct span name = slash ? span_cut(path, (size_t)(slash - path.data) + 1, path.length) : path;
    struct date found, first = {0, 0, 0};
    for (size_t i = 0; i < name.length; i++) {
        size_t at = i;
        if (!numeric(&found, name, &at) && !worded(&found, name, &at)) continue;
        if (first.year && memcmp(&first, &found, sizeof first) != 0) return false;
        first = found;
        i = at - 1;
    }
    if (first.year) *date = first;
    return first.year != 0;
}
