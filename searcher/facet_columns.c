/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/facet_columns.h"

#include "searcher/facet_counts.h"
#include "searcher/facets.h"

#include <stdlib.h>
#include <string.h>

enum { PASS_SHARE = 16 /* with fewer documents than one for so many values, sorting what is met beats passing all */ };

void facet_counters_release(struct facet_counters *counters)
{
    free(counters->counts);
    free(counters->touched);
    *counters = (struct facet_counters){0};
}

static enum status make_room(struct facet_counters *counters, size_t room)
{
    if (room <= counters->room) return OK;
    facet_counters_release(counters);
    counters->counts = calloc(room + 1, sizeof *counters->counts);
    counters->touched = malloc((room + 1) * sizeof *counters->touched); /* one is written past the last that counts */
    if (!counters->counts || !counters->touched) {
        facet_counters_release(counters);
        return NO_MEMORY;
    }
    counters->room = room;
    return OK;
}

/* Counts each number of the column in [documents], which are many: which numbers are met is seen in the counts. */
static void count_many(uint32_t *counts, const struct column *column, const struct docset *documents)
{
    if (!column->head.many) {
        DOCSET_EACH(documents, docid) counts[column_of(column, docid)]++;
        counts[0] = 0;
        return;
    }
    DOCSET_EACH(documents, docid)
    {
        uint32_t from, to;
        column_range(column, docid, &from, &to);
        for (; from < to; from++) counts[column_at(column, from)]++;
    }
}

/* The same for few documents. Returns how many different numbers there are, listed in touched. */
static size_t count_few(struct facet_counters *counters, const struct column *column, const struct docset *documents)
{
    uint32_t *counts = counters->counts, *touched = counters->touched;
    size_t met = 0;
    if (!column->head.many) {
        DOCSET_EACH(documents, docid)
        {
            uint32_t number = column_of(column, docid);
            if (number && !counts[number]++) touched[met++] = number;
        }
        return met;
    }
    DOCSET_EACH(documents, docid)
    {
        uint32_t from, to;
        column_range(column, docid, &from, &to);
        for (; from < to; from++) {
            uint32_t number = column_at(column, from);
            if (!counts[number]++) touched[met++] = number;
        }
    }
    return met;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Lists in touched the places that have a count, ascending. Returns how many. */
static size_t places_passed(struct facet_counters *counters, const struct column *column)
{
    uint32_t *touched = counters->touched, values = column->head.values;
    const uint32_t *counts = counters->counts;
    size_t count = 0;
    if (column->head.many && column->head.variants)
        for (uint32_t place = 0; place < values; place++) {
            touched[count] = place;
            count += (counts[place] | counts[place + values]) != 0;
        }
    else
        for (uint32_t place = 0, first = !column->head.many; place < values; place++) {
            touched[count] = place;
            count += counts[place + first] != 0;
        }
    return count;
}

/* Turns the numbers met into places, each once, ascending. Returns how many. */
static size_t places_sorted(struct facet_counters *counters, const struct column *column, size_t met)
{
    uint32_t *touched = counters->touched, *counts = counters->counts, values = column->head.values;
    bool many = column->head.many;
    size_t count = 0;
    for (size_t i = 0; i < met; i++) {
        uint32_t number = touched[i];
        if (values && number <= values * (many ? 2 : 1) - many)
            touched[count++] = many ? number % values : number - 1;
        else
            counts[number] = 0; /* of a damaged file */
    }
    met = count;
    if (met) qsort(touched, met, sizeof *touched, by_number);
    count = 0;
    for (size_t i = 0; i < met; i++)
        if (!count || touched[i] != touched[count - 1]) touched[count++] = touched[i];
    return count;
}

static uint32_t count_at(const struct facet_counters *counters, const struct column *column, uint32_t place)
{
    return counters->counts[column->head.many ? place : place + 1];
}

/* Whether the value at [place] has the key of the one at [before], which stands ahead of it. */
static bool same_key(const struct column *column, uint32_t before, uint32_t place)
{
    while (place > before && !column_first(column, place)) place--;
    return place == before;
}

/* What becomes of the values by key: listed, or kept as days. */
struct sink {
    struct chooser *chooser;
    struct value_count *days;
    size_t day_count;
};

static enum status put(struct sink *sink, const struct column *column, uint32_t place, uint32_t count)
{
    if (!sink->days && chooser_passes(sink->chooser, count)) {
        chooser_pass(sink->chooser);
        return OK;
    }
    struct span value = column_value(column, place);
    if (!sink->days) return chooser_add(sink->chooser, value, count);
    sink->days[sink->day_count++] = (struct value_count){value, value, count};
    return OK;
}

/* Gives the values at the places touched to [sink], variants with one key as one. The variant in most documents is
 * shown, of equal ones the last in byte order. */
static enum status give(struct sink *sink, struct facet_counters *counters, const struct column *column, size_t places)
{
    const uint32_t *touched = counters->touched;
    enum status status = OK;
    if (!column->head.variants) {
        for (size_t i = 0; !status && i < places; i++)
            status = put(sink, column, touched[i], count_at(counters, column, touched[i]));
        return status;
    }
    for (size_t i = 0; !status && i < places;) {
        uint32_t count = 0, most = 0, shown = touched[i];
        size_t next = i;
        do {
            uint32_t place = touched[next++], here = count_at(counters, column, place);
            uint32_t variant = here + (column->head.many ? counters->counts[place + column->head.values] : 0);
            count += here;
            if (variant >= most) shown = place, most = variant;
        } while (next < places && same_key(column, touched[next - 1], touched[next]));
        status = put(sink, column, shown, count);
        i = next;
    }
    return status;
}

static void clear(struct facet_counters *counters, const struct column *column, bool all, size_t places)
{
    uint32_t *counts = counters->counts, values = column->head.values;
    if (all) {
        memset(counts, 0, column_numbers(column) * sizeof *counts);
        return;
    }
    for (size_t i = 0; i < places; i++) {
        uint32_t place = counters->touched[i];
        counts[column->head.many ? place : place + 1] = 0;
        if (column->head.many) counts[place + values] = 0;
    }
}

enum status facet_count(struct facet *out, struct arena *arena, const struct facet_request *request,
                        const struct column *column, const struct docset *documents, struct facet_counters *counters)
{
    bool dates = facet_kinds[request->kind].values == FACET_DATES;
    struct arena working;
    struct chooser chooser;
    struct sink sink = {.chooser = &chooser};
    enum facet_kind grain = request->kind;
    arena_init(&working, (size_t)1 << 30);
    enum status status = chooser_init(&chooser, request);
    if (!status) status = make_room(counters, column_numbers(column));
    if (!status) {
        bool all = docset_size(documents) > column->head.values / PASS_SHARE;
        size_t places;
        if (all) {
            count_many(counters->counts, column, documents);
            places = places_passed(counters, column);
        } else {
            places = places_sorted(counters, column, count_few(counters, column, documents));
        }
        if (dates && !(sink.days = arena_take(&working, (places + 1) * sizeof *sink.days))) status = NO_MEMORY;
        if (!status) status = give(&sink, counters, column, places);
        clear(counters, column, all, places);
    }
    if (!status && dates)
        status = facet_dates(&grain, sink.days, &sink.day_count, &working, request->kind, request->values);
    for (size_t i = 0; !status && i < sink.day_count; i++)
        status = chooser_add(&chooser, sink.days[i].value, sink.days[i].count);
    if (!status) status = chooser_finish(out, &chooser, arena);
    if (!status) out->grain = grain;
    chooser_release(&chooser);
    arena_release(&working);
    return status;
}
