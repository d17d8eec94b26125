/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What becomes of a span that the model gives: trimmed, stripped of titles, split, or recognised as no name. */
#include "indexer/entities/names/work.h"

#include <string.h>

enum { SPAN_PIECES_MAX = 256 /* more in one name of the model's is a table or a text without spaces */ };

/* Signs that part names; "&", full stops and apostrophes belong to them. */
static bool parts(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    return p->flags & PIECE_SIGN && !(p->flags & PIECE_POSSESSIVE) && !piece_equals(work, piece, "&") &&
           !piece_equals(work, piece, ".") && !piece_equals(work, piece, "+");
}

static bool is_comma_inside(const struct work *work, size_t first, size_t at, size_t last)
{
    if (!piece_equals(work, at, ",") || at == last) return false;
    if (phrase_at(work, at + 1, last + 1, IS_SUFFIX, NULL, NULL)) return true;
    if (!(piece_classes(work, first) & IS_HEAD)) return false;
    if (piece_equals(work, first, "University") && phrase_whole(work, first + 2, at - 1, IS_REGION, NULL)) return true;
    for (size_t i = at + 1; i <= last; i++) /* Ministry of Transport, Communications and Works */
        if (piece_equals(work, i, "and")) return true;
    return false;
}

/* How many pieces of titles [first, last] begins with; a nationality may stand before an office. */
static size_t titles(const struct work *work, size_t first, size_t last)
{
    size_t at = first;
    while (at <= last) {
        const struct list_record *record = NULL;
        size_t length = phrase_at(work, at, last + 1, IS_TITLE | IS_TITLE_TWO | IS_ROLE, &record, NULL);
        if (length) {
            if (!(record->classes & (IS_TITLE | IS_ROLE)) && last + 1 - (at + length) < 2) break;
            at += length;
            if (at <= last && piece_equals(work, at, ".")) at++;
            continue;
        }
        length = phrase_at(work, at, last + 1, IS_DEMONYM | IS_COUNTRY, NULL, NULL);
        if (length && at + length <= last && phrase_at(work, at + length, last + 1, IS_TITLE | IS_ROLE, NULL, NULL)) {
            at += length;
            continue;
        }
        break;
    }
    return at - first;
}

static bool all_of(const struct work *work, size_t first, size_t last, uint32_t classes)
{
    for (size_t i = first; i <= last;) {
        size_t length = phrase_at(work, i, last + 1, classes, NULL, NULL);
        if (length) {
            i += length;
            continue;
        }
        if (work->pieces.data[i].flags & PIECE_WORD && !piece_joins(work, i)) return false;
        i++;
    }
    return true;
}

/* "ASEAN-Japan", "Tokyo-based", "U.S.-led": each known part on its own. False when a part is unknown. */
static bool split_hyphens(struct work *work, size_t first, size_t last, enum status *status)
{
    const struct piece *piece = work->pieces.data;
    size_t hyphens = 0, known = 0;
    for (int emit = 0; emit < 2; emit++)
        for (size_t i = first; i <= last;) {
            const struct list_record *record = NULL;
            const struct lists *lists = NULL;
            if (!emit && i > first && !(piece[i].flags & PIECE_HYPHEN)) return false;
            hyphens += !emit && i > first;
            size_t length = phrase_at(work, i, last + 1, IS_KNOWN | IS_DEMONYM | IS_CITY_SMALL, &record, &lists);
            if (!length || !(piece[i].flags & PIECE_CAPITAL)) {
                if (!emit && piece[i].flags & PIECE_CAPITAL && !(piece_classes(work, i) & IS_PREFIX)) return false;
                i++;
                continue;
            }
            if (!emit) known++;
            enum tag_type type = record_type(record);
            if (emit && type) *status = work_candidate(work, i, i + length - 1, type, WHY_SPLIT, 1, record, lists);
            if (*status != OK) return true;
            i += length;
            if (!emit && i > last && (hyphens == 0 || known == 0)) return false;
        }
    return hyphens > 0;
}

static enum status place_or_organization(struct work *work, size_t first, size_t last, enum tag_type type,
                                         enum name_why why)
{
    const struct piece *piece = work->pieces.data;
    const struct lists *lists = NULL;
    const struct list_record *record = phrase_whole(work, first, last, IS_KNOWN, &lists);
    enum status status = OK;
    uint32_t class, drop = IS_GENERIC | IS_DEMONYM | IS_NEVER | IS_TITLE | IS_ROLE | IS_EVENT | IS_PAPER;
    if (is_money(work, last)) return OK;
    if (record && (!record->capitals || piece[first].flags & PIECE_UPPER)) {
        size_t end = event_end(work, first, last, &class);
        if (end != SIZE_MAX && end > last) {
            status = work_candidate(work, first, end, TAG_NONE, why, 1, NULL, NULL);
            return status == OK ? harvest(work, first, end, class) : status;
        }
        bool list_type = record->classes & (IS_COUNTRY | IS_ORGANIZATION | IS_REGION) || record->name;
        return work_candidate(work, first, last, list_type ? record_type(record) : type, why, 2, record, lists);
    }
    if (split_hyphens(work, first, last, &status)) return status;
    size_t end = event_end(work, first, last, &class);
    if (end != SIZE_MAX) {
        status = work_candidate(work, first, end, TAG_NONE, why, 1, NULL, NULL);
        return status == OK ? harvest(work, first, end, class) : status;
    }
    /* "Japanese Foreign Ministry", "Japan National Police Agency": the body as listed, and the country by itself. */
    size_t lead = phrase_at(work, first, last, IS_COUNTRY | IS_DEMONYM, &record, &lists);
    if (!lead) lead = phrase_at(work, first, last, IS_ORGANIZATION, &record, &lists); /* "ASEAN AHA Centre" */
    if (lead && first + lead <= last) {
        const struct lists *rest_lists = NULL;
        const struct list_record *rest = phrase_whole(work, first + lead, last, IS_ORGANIZATION, &rest_lists);
        if (rest) {
            status = work_candidate(work, first + lead, last, TAG_ORGANIZATION, WHY_LIST, 1, rest, rest_lists);
            if (status == OK && record->classes & IS_COUNTRY)
                status = work_candidate(work, first, first + lead - 1, TAG_PLACE, WHY_SPLIT, 1, record, lists);
            return status;
        }
    }
    bool of = last > first + 1 && piece_classes(work, first) & IS_HEAD && piece_joins(work, first + 1);
    if (piece_classes(work, last) & IS_HEAD && last > first) drop &= ~(uint32_t)(IS_EVENT | IS_PAPER); /* Law Council */
    if (!of && all_of(work, first, last, drop) &&
        !(type == TAG_ORGANIZATION && is_single_head(work, last) && last > first && piece_equals(work, last, "Party")))
        return OK;
    if (type == TAG_PLACE && piece_classes(work, last) & IS_DEMONYM) return OK; /* "West Papuan" */
    if (type == TAG_ORGANIZATION && last > first && is_office(work, first, last)) return OK;
    if (!of && all_of(work, first, last, drop | IS_COUNTRY) && type == TAG_ORGANIZATION && last > first &&
        !is_single_head(work, last)) {
        if (lead)
            return work_candidate(work, first, first + lead - 1, record_type(record), WHY_SPLIT, 2, record, lists);
        return OK;
    }
    record = type == TAG_ORGANIZATION ? company_record(work, first, last, &lists)
                                      : phrase_whole(work, first, last, IS_CITY_SMALL, &lists);
    return work_candidate(work, first, last, type, why, 2, record, lists);
}

static enum status shun(struct work *work, size_t first, size_t last)
{
    if (!ARRAY_ROOM(work->shunned, work->shunned.count + 1)) return NO_MEMORY;
    if (work->shunned.count < SHUNNED_MAX) work->shunned.data[work->shunned.count++] = work->pieces.data[last].hash;
    return work_candidate(work, first, last, TAG_NONE, WHY_MODEL, 1, NULL, NULL);
}

static enum status person(struct work *work, size_t first, size_t last, enum name_why why)
{
    const struct piece *piece = work->pieces.data;
    enum status status = OK;
    if (piece[last].flags & PIECE_HYPHEN && split_hyphens(work, first, last, &status)) return status;
    for (size_t back = 3; back > 0; back--) { /* "Datuk" before the span, "Seri" in it */
        size_t length = back <= first ? phrase_at(work, first - back, last + 1, IS_TITLE | IS_ROLE, NULL, NULL) : 0;
        if (length > back && first - back + length <= last) {
            first += length - back;
            break;
        }
    }
    if (piece_classes(work, first) & IS_MARKER && piece[first].flags & PIECE_CAPITAL && first < last)
        return shun(work, first, last);
    first += titles(work, first, last);
    while (first <= last && !(piece[first].flags & PIECE_WORD)) first++;
    while (last > first && piece_classes(work, last) & IS_NEVER &&
           !(piece_classes(work, last) & (IS_GIVEN | IS_FAMILY)))
        last--; /* "N.Z. Dlrs" */
    if (first > last) return OK;
    const struct lists *lists = NULL;
    const struct list_record *record =
        phrase_whole(work, first, last, IS_COUNTRY | IS_ORGANIZATION | IS_REGION, &lists);
    bool names = piece_classes(work, first) & (IS_GIVEN | IS_FAMILY);
    if (record && !names && (!record->capitals || piece[first].flags & PIECE_UPPER))
        return work_candidate(work, first, last, record_type(record), why, 2, record, lists);
    if (all_of(work, first, last, IS_GENERIC | IS_DEMONYM | IS_NEVER | IS_ROLE | IS_PAPER)) return OK;
    bool whole = false;
    for (size_t i = first; i <= last; i++) {
        if (piece[i].flags & PIECE_DIGIT && !(piece[i].flags & PIECE_WORD)) return OK;
        if (piece[i].flags & PIECE_WORD && piece[i].length > 2) whole = true;
    }
    if (!whole && last - first < 1) return OK; /* a reporter's initials */
    if (!(piece[first].flags & PIECE_CAPITAL) && first == last) return OK;
    return work_candidate(work, first, last, TAG_PERSON, why, 2, NULL, NULL);
}

/* "AHA Centre of ASEAN", "Interpol di Singapura", "Le Luong Minh of Vietnam": a whole name, a small word, and a name
 * on a list. "Bank of Japan" is one name, on the list or with a head. */
static bool is_two_names(const struct work *work, size_t first, size_t at, size_t rest, size_t last)
{
    if (phrase_whole(work, first, last, IS_KNOWN, NULL) || !phrase_whole(work, rest, last, IS_KNOWN, NULL))
        return false;
    if (phrase_whole(work, first, at - 1, IS_KNOWN, NULL)) return true;
    for (size_t i = first; i < at; i++)
        if (piece_classes(work, i) & (IS_HEAD | IS_PLACE_HEAD | IS_GENERIC)) return false;
    return piece_equals(work, at, "of") && piece_classes(work, first) & (IS_GIVEN | IS_FAMILY) &&
           piece_classes(work, at - 1) & (IS_GIVEN | IS_FAMILY);
}

/* Behind "Typhoon" or "USS" stands no name. */
static bool is_after_marker(const struct work *work, size_t first)
{
    return first > 0 && piece_capital(work, first - 1) && piece_classes(work, first - 1) & IS_MARKER;
}

enum status work_span(struct work *work, size_t first, size_t last, enum tag_type type, enum name_why why)
{
    const struct piece *piece = work->pieces.data;
    if (last - first >= SPAN_PIECES_MAX) return OK;
    for (size_t i = first; i <= last; i++) {
        if (!is_unspaced(work, i)) continue;
        enum status status = i > first ? work_span(work, first, i - 1, type, why) : OK;
        return status == OK && i < last ? work_span(work, i + 1, last, type, why) : status;
    }
    for (bool trimmed = true; trimmed && first <= last;) {
        trimmed = false;
        if (!(piece[first].flags & (PIECE_WORD | PIECE_DIGIT)) || piece[first].flags & PIECE_POSSESSIVE ||
            piece_equals(work, first, "the") ||
            (piece_equals(work, first, "The") && !phrase_whole(work, first, last, IS_KNOWN, NULL))) {
            first++;
            trimmed = true;
        } else if (last > first && (piece[last].flags & (PIECE_SIGN | PIECE_POSSESSIVE) || piece_joins(work, last) ||
                                    (type != TAG_PERSON && piece[last].flags & PIECE_HYPHEN &&
                                     !(piece[last].flags & (PIECE_CAPITAL | PIECE_DIGIT))))) {
            last--;
            trimmed = true;
        }
    }
    if (first > last || first >= work->pieces.count) return OK;
    /* "Bangkok-based U.N. Women": the place is a name of its own. */
    for (size_t i = first + 1; i < last && i < first + 5; i++)
        if (piece[i].flags & PIECE_HYPHEN && piece[i].flags & PIECE_WORD && !(piece[i].flags & PIECE_CAPITAL) &&
            phrase_whole(work, first, i - 1, IS_PLACE, NULL)) {
            enum status status = work_span(work, first, i - 1, TAG_PLACE, WHY_SPLIT);
            return status == OK ? work_span(work, i + 1, last, type, why) : status;
        }
    if (is_doctrine(work, first, last)) return OK;
    /* "Peabody and Co Inc. Standard and Poor's": two names, though no sentence was seen to end. */
    for (size_t i = first + 1; i < last && type == TAG_ORGANIZATION; i++)
        if (is_legal_form(work, i) && piece_capital(work, i + 1) && !is_legal_form(work, i + 1) &&
            piece[i].length > 2 && !(piece[i].flags & PIECE_SHOUT)) {
            enum status status = work_span(work, first, i, type, why);
            return status == OK ? work_span(work, i + 1, last, type, why) : status;
        }
    /* "Lincoln Commission in Washington": where it is belongs to no name that a list does not have. */
    for (size_t i = first + 1; i < last && type == TAG_ORGANIZATION; i++)
        if (piece_equals(work, i, "in") && phrase_whole(work, i + 1, last, IS_PLACE, NULL) &&
            !phrase_whole(work, first, last, IS_KNOWN, NULL)) {
            enum status status = work_span(work, first, i - 1, type, why);
            return status == OK ? work_span(work, i + 1, last, TAG_PLACE, WHY_SPLIT) : status;
        }
    if (why == WHY_MODEL) last = span_extended(work, first, last, type);
    if (last > first && !phrase_whole(work, first, last, IS_KNOWN, NULL)) {
        if (type == TAG_ORGANIZATION && is_venue(work, last)) type = TAG_PLACE;
        if (type == TAG_PLACE && is_inhabited(work, first, last)) type = TAG_ORGANIZATION;
    }
    if (last - first >= CLAIM_PIECES_MAX) return OK;
    struct candidate whole = {.first = (uint32_t)first, .last = (uint32_t)last, .type = TAG_ORGANIZATION};
    for (; type == TAG_PLACE && whole.last > first; whole.last--) /* "Shuwa Corp of California" */
        if (is_company(work, &whole)) type = TAG_ORGANIZATION;
    if (piece[first].flags & PIECE_SHUT || piece[last].flags & (PIECE_SHUT | PIECE_POSSESSIVE)) return OK;
    if (!phrase_whole(work, first, last, IS_KNOWN, NULL))
        for (size_t i = first; i <= last; i++) {
            bool owner = i > first && i < last && piece[i].flags & PIECE_POSSESSIVE &&
                         phrase_whole(work, first, i - 1, IS_PLACE, NULL);
            bool cut = i > first && piece[i].flags & PIECE_SENTENCE;
            if (!cut && !owner && (!parts(work, i) || is_comma_inside(work, first, i, last))) continue;
            enum status status = OK;
            enum name_why how = piece_equals(work, i, ",") || piece_equals(work, i, "/") ? WHY_SPLIT : why;
            if (i > first) status = work_span(work, first, i - 1, type, how);
            if (status == OK && i + !cut <= last) status = work_span(work, i + !cut, last, type, how);
            return status;
        }
    for (size_t i = first + 1; i < last; i++) {
        if (piece[i].flags & PIECE_CAPITAL || !(piece[i].flags & PIECE_WORD)) continue;
        size_t rest = i + 1 < last && piece_equals(work, i + 1, "the") ? i + 2 : i + 1;
        if (!is_two_names(work, first, i, rest, last)) continue;
        bool known = phrase_whole(work, first, i - 1, IS_KNOWN, NULL);
        enum status status = work_span(work, first, i - 1, known ? type : TAG_PERSON, WHY_SPLIT);
        return status == OK ? work_span(work, rest, last, TAG_PLACE, WHY_SPLIT) : status;
    }
    if (is_after_marker(work, first)) return shun(work, first, last);
    if (type == TAG_PERSON) return person(work, first, last, why);
    if (type == TAG_OTHER) {
        uint32_t class;
        if (last == first || event_end(work, first, last, &class) == SIZE_MAX) return OK;
    }
    /* "Japan and China" taken for one name. */
    for (size_t i = first + 1; i < last; i++)
        if (piece_equals(work, i, "and") && phrase_whole(work, first, i - 1, IS_KNOWN, NULL) &&
            !phrase_whole(work, first, last, IS_KNOWN, NULL) && !(piece_classes(work, last) & (IS_HEAD | IS_SUFFIX))) {
            enum status status = work_span(work, first, i - 1, type, WHY_SPLIT);
            return status == OK ? work_span(work, i + 1, last, type, WHY_SPLIT) : status;
        }
    for (size_t i = first + 1; i < last && type == TAG_PLACE; i++) /* "East and Southeast Asia" */
        if (piece_equals(work, i, "and") && phrase_whole(work, i + 1, last, IS_PLACE, NULL))
            return work_span(work, i + 1, last, type, WHY_SPLIT);
    return place_or_organization(work, first, last, type, why);
}

enum status work_spans(struct work *work, const struct tag_span *spans, size_t count)
{
    enum status status = OK;
    for (size_t i = 0; i < count && status == OK; i++) {
        if (spans[i].last + 1 >= work->token_piece.capacity || spans[i].first > spans[i].last) continue;
        size_t first = work->token_piece.data[spans[i].first], end = work->token_piece.data[spans[i].last + 1];
        if (end > first) status = work_span(work, first, end - 1, spans[i].type, WHY_MODEL);
    }
    return status;
}
