/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/work.h"

#include <stdlib.h>

enum status work_candidate(struct work *work, size_t first, size_t last, unsigned type, enum name_why why,
                           unsigned rank, const struct list_record *record, const struct lists *lists)
{
    if (last - first >= CLAIM_PIECES_MAX) return OK;
    if (!ARRAY_ROOM(work->candidates, work->candidates.count + 1)) return NO_MEMORY;
    work->candidates.data[work->candidates.count++] = (struct candidate){.first = (uint32_t)first,
                                                                         .last = (uint32_t)last,
                                                                         .type = (uint8_t)type,
                                                                         .why = (uint8_t)why,
                                                                         .rank = (uint8_t)rank,
                                                                         .record = record,
                                                                         .lists = lists};
    return OK;
}

/* Whether [first, last] is written as the record wants it: an acronym in capitals, a name with capitals. */
static bool is_written(const struct work *work, size_t first, size_t last, const struct list_record *record)
{
    const struct piece *piece = work->pieces.data;
    unsigned shape = 0, letters = 0;
    bool upper = record->capitals == WRITTEN_UPPER;
    for (size_t i = first; i <= last; i++) {
        if (piece[i].flags & PIECE_SHUT) return false;
        if (!(piece[i].flags & PIECE_WORD)) continue;
        letters += piece[i].length;
        if (upper && !(piece[i].flags & PIECE_UPPER)) return false;
        shape |= piece[i].flags;
    }
    if (upper && shape & PIECE_SHOUT && !(shape & PIECE_DOTTED) && letters <= 4) return false; /* A PLAN, US */
    if (record->capitals == WRITTEN_ANY) return true;
    while (last > first && piece[last].flags & PIECE_POSSESSIVE) last--;
    if (is_money(work, last)) return false;
    unsigned edge = PIECE_CAPITAL | PIECE_DIGIT;
    return piece[first].flags & edge && (piece[last].flags & edge || last > first);
}

/* "Great America", "Captain Sydney": a capital right before it that no rule explains may make it another name, which
 * the model saw and did not take for a place. */
static bool is_led(const struct work *work, size_t first)
{
    const struct piece *piece = work->pieces.data;
    if (work->alone || first == 0 ||
        piece[first].flags & (PIECE_SENTENCE | PIECE_HEADLINE | PIECE_SHOUT | PIECE_HYPHEN))
        return false;
    if (!piece_capital(work, first - 1) || piece[first - 1].flags & (PIECE_SENTENCE | PIECE_SHOUT)) return false;
    return !(piece_classes(work, first - 1) & ~(uint32_t)(IS_GIVEN | IS_FAMILY | IS_CITY_SMALL));
}

/* A word that a sentence begins with, and a city that is also somebody's name, need more than a list. */
static bool is_sure(const struct work *work, size_t first, size_t last, const struct list_record *record)
{
    bool acronym = record->capitals == WRITTEN_UPPER && record->classes & IS_ORGANIZATION; /* Goldome FSB */
    if (first == last && (record->classes & IS_PLACE || acronym) && is_led(work, first)) return false;
    if (first != last || record->capitals || record->classes & (IS_COUNTRY | IS_ADDED)) return true;
    uint32_t classes = piece_classes(work, first);
    bool starts = work->pieces.data[first].flags & PIECE_SENTENCE && !(work->pieces.data[first].flags & PIECE_UPPER);
    if (classes & IS_NEVER) return false;
    if (record->classes & IS_ORGANIZATION) return !starts || record->kind == KIND_MEDIA;
    return record->name || (!starts && !(classes & (IS_GIVEN | IS_FAMILY | IS_TITLE | IS_TITLE_TWO | IS_GENERIC)));
}

/* Inside a hyphenated word, only names of their own: "Tokyo-based", "ASEAN-Japan", not "Al-Jakarta". */
static bool is_free(const struct work *work, size_t first, size_t last)
{
    const struct piece *piece = work->pieces.data;
    if (first > 0 && piece[first].flags & PIECE_HYPHEN && piece[first - 1].flags & PIECE_CAPITAL &&
        !(piece_classes(work, first - 1) & (IS_KNOWN | IS_DEMONYM | IS_PREFIX)) &&
        !phrase_whole(work, first - 1, first - 1, IS_KNOWN, NULL))
        return first >= 2 && phrase_whole(work, first - 2, first - 1, IS_KNOWN, NULL);
    if (last + 1 < work->pieces.count && piece[last + 1].flags & PIECE_HYPHEN &&
        piece[last + 1].flags & PIECE_CAPITAL && !(piece_classes(work, last + 1) & (IS_KNOWN | IS_DEMONYM)) &&
        !phrase_at(work, last + 1, work->pieces.count, IS_KNOWN, NULL, NULL))
        return false;
    return true;
}

/* "Irvine, Calif.", "Miami, FL": a state's short form behind a capital and a comma; how many pieces, with its full stop
 * left out. */
static size_t abbreviation_at(const struct work *work, size_t piece, const struct list_record **record,
                              const struct lists **lists)
{
    if (piece < 2 || !piece_equals(work, piece - 1, ",") || !piece_capital(work, piece - 2)) return 0;
    size_t length = phrase_at(work, piece, work->pieces.count, IS_ABBREVIATION, record, lists), end = piece + length;
    if (length == 0 || !piece_capital(work, piece)) return 0;
    bool dotted =
        work->pieces.data[end - 1].flags & PIECE_DOTTED || (end < work->pieces.count && piece_equals(work, end, "."));
    return dotted || work->pieces.data[piece].flags & PIECE_UPPER ? length : 0;
}

/* "Ministry of Education" in "Ministry of Education and Higher Education", which no list has: the last piece of the
 * longer name, or [last]. */
static size_t ministry_end(const struct work *work, size_t first, size_t last)
{
    const struct piece *piece = work->pieces.data;
    size_t at = last + 1, end = last;
    uint32_t other = IS_TITLE | IS_ROLE | IS_HEAD | IS_NEVER | IS_DEMONYM | IS_PLACE;
    if (!(piece_classes(work, first) & IS_HEAD) || last < first + 2 || !piece_equals(work, first + 1, "of"))
        return last;
    if (at + 1 >= work->pieces.count || !piece_equals(work, at, "and")) return last;
    if (phrase_at(work, at + 1, work->pieces.count, IS_KNOWN, NULL, NULL)) return last;
    for (at++; at < work->pieces.count && piece_capital(work, at) && !(piece[at].flags & PIECE_SENTENCE); at++) {
        if (phrase_at(work, at, work->pieces.count, other, NULL, NULL)) return last;
        end = at;
    }
    return end;
}

enum status work_lists(struct work *work)
{
    const struct piece *piece = work->pieces.data;
    uint32_t classes = IS_KNOWN | IS_ADDED;
    for (size_t i = 0; i < work->pieces.count;) {
        const struct list_record *record;
        const struct lists *lists;
        size_t step = 1, state = abbreviation_at(work, i, &record, &lists);
        if (state) {
            enum status status = work_candidate(work, i, i + state - 1, TAG_PLACE, WHY_ALIAS, 0, record, lists);
            if (status != OK) return status;
            i += state;
            continue;
        }
        if (piece[i].flags & (PIECE_CAPITAL | PIECE_DIGIT) || user_names_lists(work->user)) {
            size_t length = phrase_at(work, i, work->pieces.count, classes, &record, &lists);
            bool added = length && record->classes & IS_ADDED;
            if (length && is_written(work, i, i + length - 1, record) && is_sure(work, i, i + length - 1, record) &&
                (added || is_free(work, i, i + length - 1))) {
                size_t last = i + length - 1;
                enum name_why why = added ? WHY_USER : WHY_LIST;
                if (!added && lists_name(lists, record).length) {
                    char a[NAME_BYTES_MAX], b[NAME_BYTES_MAX];
                    size_t n = name_key(a, lists_name(lists, record)), m = name_key(b, pieces_text(work, i, last));
                    if (!span_equal((struct span){a, n}, (struct span){b, m})) why = WHY_ALIAS;
                }
                size_t longer = added ? last : ministry_end(work, i, last);
                if (longer > last) {
                    why = WHY_KEYWORD;
                    record = NULL;
                    last = longer;
                }
                unsigned rank = added ? 0 : 2;
                enum status status = OK;
                uint32_t class;
                size_t end = added || !record ? SIZE_MAX : event_end(work, i, last, &class);
                if (end != SIZE_MAX && end > last) {
                    status = work_candidate(work, i, end, TAG_NONE, why, 1, NULL, NULL);
                    if (status == OK) status = harvest(work, i, end, class);
                    last = end;
                } else {
                    enum tag_type type = record ? record_type(record) : TAG_ORGANIZATION;
                    status = work_candidate(work, i, last, type, why, rank, record, lists);
                }
                if (status != OK) return status;
                step = last + 1 - i;
            }
        }
        i += step;
    }
    return OK;
}

/* The type that wins at equal length: a list's country or body over the model's guess, the model's person over a city
 * that is also a name. */
static unsigned weight(const struct candidate *c)
{
    if (!c->record) return c->type == TAG_NONE ? 0 : c->why == WHY_COMPANY ? 1 : 2;
    if (c->record->classes & (IS_COUNTRY | IS_ORGANIZATION | IS_ADDED | IS_REGION)) return 1;
    return c->record->name ? 1 : 3;
}

static int by_strength(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    uint32_t lx = x->last - x->first, ly = y->last - y->first;
    if (lx != ly) return lx > ly ? -1 : 1;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    unsigned wx = weight(x), wy = weight(y);
    if (wx != wy) return wx < wy ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    return x->why < y->why ? -1 : x->why > y->why;
}

static int by_place(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Claims pieces for the strongest candidates: rank, then length, then weight. O(n log n). */
enum status work_claims(struct work *work)
{
    struct candidate *candidates = work->candidates.data;
    uint32_t *owner = work->owner.data;
    work->claims.count = 0;
    if (work->candidates.count == 0) return OK;
    qsort(candidates, work->candidates.count, sizeof *candidates, by_strength);
    if (!ARRAY_ROOM(work->claims, work->candidates.count)) return NO_MEMORY;
    for (size_t c = 0; c < work->candidates.count; c++) {
        bool free = true;
        if (candidates[c].type == TAG_NONE) { /* keeps whatever is still free from being a name */
            for (size_t i = candidates[c].first; i <= candidates[c].last; i++)
                if (owner[i] == 0) owner[i] = BLOCKED;
            continue;
        }
        for (size_t i = candidates[c].first; i <= candidates[c].last && free; i++) free = owner[i] == 0;
        if (!free) continue;
        work->claims.data[work->claims.count++] = candidates[c];
        for (size_t i = candidates[c].first; i <= candidates[c].last; i++) owner[i] = 1;
    }
    qsort(work->claims.data, work->claims.count, sizeof *work->claims.data, by_place);
    for (size_t c = 0; c < work->claims.count; c++)
        for (size_t i = work->claims.data[c].first; i <= work->claims.data[c].last; i++) owner[i] = (uint32_t)c + 1;
    return OK;
}
