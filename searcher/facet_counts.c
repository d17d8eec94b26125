/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/facet_counts.h"

#include "indexer/analysis/analyse.h"

#include <stdlib.h>
#include <string.h>

static const size_t value_bytes_max = 4 * 1024 * 1024; /* bytes of a folded value: far above any a document can have */

/* ---- dates ---- */

/* The day's number in the Gregorian calendar, from 1 March of year 0. */
static long day_number(long year, long month, long day)
{
    if (month < 3) year--, month += 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1;
}

static bool is_day(struct span value)
{
    bool digits = value.length == 8;
    for (size_t i = 0; digits && i < 8; i++) digits = value.data[i] >= '0' && value.data[i] <= '9';
    return digits;
}

static long number_of(const char *digits, size_t count)
{
    long number = 0;
    for (size_t i = 0; i < count; i++) number = 10 * number + (digits[i] - '0');
    return number;
}

static enum facet_kind grain_of(const char *first, const char *last, size_t bars)
{
    long years[2] = {number_of(first, 4), number_of(last, 4)};
    long months[2] = {number_of(first + 4, 2), number_of(last + 4, 2)};
    long days = day_number(years[1], months[1], number_of(last + 6, 2)) -
                day_number(years[0], months[0], number_of(first + 6, 2)) + 1;
    if ((size_t)days <= bars) return FACET_DAY;
    return (size_t)(12 * (years[1] - years[0]) + months[1] - months[0] + 1) <= bars ? FACET_MONTH : FACET_YEAR;
}

enum status facet_dates(enum facet_kind *grain, struct value_count *items, size_t *count, struct arena *arena,
                        enum facet_kind kind, size_t bars)
{
    size_t days = 0, made = 0;
    for (size_t i = 0; i < *count; i++)
        if (is_day(items[i].value)) items[days++] = items[i];
    *grain = kind != FACET_DATE ? kind
             : days             ? grain_of(items[0].value.data, items[days - 1].value.data, bars)
                                : FACET_DAY;
    size_t digits = *grain == FACET_YEAR ? 4 : *grain == FACET_MONTH ? 6 : 8;
    struct span last = {0};
    for (size_t i = 0; i < days; i++) {
        struct span day = span_cut(items[i].value, 0, digits);
        if (made && span_equal(day, last)) {
            items[made - 1].count += items[i].count;
            continue;
        }
        char shown[10];
        size_t length = 0;
        for (size_t k = 0; k < digits; k++) {
            if (k == 4 || k == 6) shown[length++] = '-';
            shown[length++] = day.data[k];
        }
        char *copy = arena_copy(arena, (struct span){shown, length});
        if (!copy) return NO_MEMORY;
        items[made++] = (struct value_count){{copy, length}, {copy, length}, items[i].count};
        last = day;
    }
    *count = made;
    return OK;
}

/* ---- what is listed ---- */

static int by_count(const void *a, const void *b)
{
    const struct value_count *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return span_compare(left->key, right->key);
}

static int by_key(const void *a, const void *b)
{
    const struct value_count *left = a, *right = b;
    return span_compare(left->key, right->key);
}

/* Moves [item] down in the heap [items], whose root is the one listed last. */
static void sift(struct value_count *items, size_t count, struct value_count item)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && by_count(&items[child + 1], &items[child]) > 0) child++;
        if (by_count(&items[child], &item) <= 0) break;
        items[at] = items[child];
    }
    items[at] = item;
}

/* Brings the first [wanted] in the order of listing to the front, in that order. */
static void take_first(struct value_count *items, size_t count, size_t wanted)
{
    if (!wanted) return;
    if (wanted < count) { /* a heap of so many: a facet of a large index has a hundred thousand values and shows ten */
        qsort(items, wanted, sizeof *items, by_count);
        for (size_t i = 0; i < wanted / 2; i++) { /* falling order is a heap */
            struct value_count swapped = items[i];
            items[i] = items[wanted - 1 - i];
            items[wanted - 1 - i] = swapped;
        }
        for (size_t i = wanted; i < count; i++)
            if (items[i].count >= items[0].count && by_count(&items[i], &items[0]) < 0) sift(items, wanted, items[i]);
    }
    qsort(items, wanted < count ? wanted : count, sizeof *items, by_count);
}

/* Keeps those that contain [wanted]. */
static enum status keep_containing(struct value_count *items, size_t *count, struct span wanted)
{
    struct buffer pattern, value;
    size_t kept = 0;
    buffer_init(&pattern, value_bytes_max);
    buffer_init(&value, value_bytes_max);
    enum status status = fold(&pattern, wanted);
    for (size_t i = 0; !status && i < *count; i++) {
        buffer_clear(&value);
        status = fold(&value, items[i].value);
        if (!status &&
            (!pattern.length || (value.length && memmem(value.data, value.length, pattern.data, pattern.length))))
            items[kept++] = items[i];
    }
    *count = kept;
    buffer_release(&pattern);
    buffer_release(&value);
    return status ? NO_MEMORY : OK;
}

enum status facet_choose(struct facet *out, struct arena *arena, const struct facet_request *request,
                         struct value_count *items, size_t count)
{
    struct facet facet = {.kind = request->kind, .grain = request->kind};
    if (request->containing.length) {
        char *copy = arena_copy(arena, request->containing);
        if (!copy || keep_containing(items, &count, request->containing)) return NO_MEMORY;
        facet.containing = (struct span){copy, request->containing.length};
    }
    size_t kept = count < request->values ? count : request->values;
    take_first(items, count, kept);
    if (request->kind == FACET_DATE && kept) qsort(items, kept, sizeof *items, by_key);
    struct facet_value *values = arena_take(arena, (kept + 1) * sizeof *values);
    if (!values) return NO_MEMORY;
    for (size_t i = 0; i < kept; i++) {
        char *copy = arena_copy(arena, items[i].value);
        if (!copy) return NO_MEMORY;
        values[i] = (struct facet_value){{copy, items[i].value.length}, items[i].count};
    }
    facet.distinct = count;
    facet.values = values;
    facet.value_count = kept;
    *out = facet;
    return OK;
}
