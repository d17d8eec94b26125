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

/* A value that may be listed, and the how manieth it came. */
struct facet_choice {
    struct span value;
    uint32_t count, order;
};

static int by_count(const void *a, const void *b)
{
    const struct facet_choice *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return (left->order > right->order) - (left->order < right->order);
}

static int by_order(const void *a, const void *b)
{
    const struct facet_choice *left = a, *right = b;
    return (left->order > right->order) - (left->order < right->order);
}

enum status chooser_init(struct chooser *chooser, const struct facet_request *request)
{
    *chooser = (struct chooser){.request = request};
    buffer_init(&chooser->pattern, value_bytes_max);
    buffer_init(&chooser->folded, value_bytes_max);
    chooser->kept = malloc((request->values + 1) * sizeof *chooser->kept);
    if (!chooser->kept || fold(&chooser->pattern, request->containing)) return NO_MEMORY;
    return OK;
}

void chooser_release(struct chooser *chooser)
{
    buffer_release(&chooser->pattern);
    buffer_release(&chooser->folded);
    free(chooser->kept);
    *chooser = (struct chooser){0};
}

/* Whether [value] contains what is asked for. */
static enum status contains(bool *out, struct chooser *chooser, struct span value)
{
    buffer_clear(&chooser->folded);
    if (fold(&chooser->folded, value)) return NO_MEMORY;
    struct span pattern = buffer_span(&chooser->pattern), text = buffer_span(&chooser->folded);
    *out = !pattern.length || (text.length && memmem(text.data, text.length, pattern.data, pattern.length));
    return OK;
}

/* Puts [choice] into the heap from its root down. */
static void sift_down(struct chooser *chooser, struct facet_choice choice)
{
    struct facet_choice *kept = chooser->kept;
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < chooser->count; at = child) {
        if (child + 1 < chooser->count && by_count(&kept[child + 1], &kept[child]) > 0) child++;
        if (by_count(&kept[child], &choice) <= 0) break;
        kept[at] = kept[child];
    }
    kept[at] = choice;
}

static void sift_up(struct chooser *chooser, struct facet_choice choice)
{
    struct facet_choice *kept = chooser->kept;
    size_t at = chooser->count++;
    for (size_t parent; at && by_count(&choice, &kept[parent = (at - 1) / 2]) > 0; at = parent) kept[at] = kept[parent];
    kept[at] = choice;
}

bool chooser_passes(const struct chooser *chooser, uint32_t count)
{
    if (chooser->pattern.length || chooser->count < chooser->request->values) return false;
    return !chooser->count || count <= chooser->kept[0].count; /* of equal ones the earlier is listed */
}

void chooser_pass(struct chooser *chooser)
{
    chooser->seen++;
    chooser->distinct++;
}

enum status chooser_add(struct chooser *chooser, struct span value, uint32_t count)
{
    struct facet_choice choice = {value, count, chooser->seen++};
    if (chooser->pattern.length) {
        bool fits;
        if (contains(&fits, chooser, value)) return NO_MEMORY;
        if (!fits) return OK;
    }
    chooser->distinct++;
    if (chooser->count < chooser->request->values)
        sift_up(chooser, choice);
    else if (chooser->count && count > chooser->kept[0].count)
        sift_down(chooser, choice);
    return OK;
}

enum status chooser_finish(struct facet *out, struct chooser *chooser, struct arena *arena)
{
    const struct facet_request *request = chooser->request;
    size_t count = chooser->count;
    char *containing = arena_copy(arena, request->containing);
    struct facet_value *values = arena_take(arena, (count + 1) * sizeof *values);
    if (!containing || !values) return NO_MEMORY;
    if (count) qsort(chooser->kept, count, sizeof *chooser->kept, request->kind == FACET_DATE ? by_order : by_count);
    for (size_t i = 0; i < count; i++) {
        struct span value = chooser->kept[i].value;
        char *copy = arena_copy(arena, value);
        if (!copy) return NO_MEMORY;
        values[i] = (struct facet_value){{copy, value.length}, chooser->kept[i].count};
    }
    *out = (struct facet){.kind = request->kind,
                          .grain = request->kind,
                          .distinct = chooser->distinct,
                          .values = values,
                          .value_count = count,
                          .containing = {containing, request->containing.length}};
    return OK;
}
