/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that capitals and the words among them show: what is built around "Ministry", what follows a title. */
#include "indexer/entities/names/work.h"

enum { PERSON_WORDS_MAX = 6, SHORT_RUN_WORDS = 8 };

bool is_name_adjective(const struct work *work, size_t piece)
{
    static const char *const words[] = {"National", "International", "Regional", "Global",  "European", "Asian",
                                        "African",  "World",         "Islamic",  "Western", "Eastern",  "Northern",
                                        "Southern", "Christian",     "Chinese",  "English"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

static bool is_particle(const struct work *work, size_t piece)
{
    static const char *const words[] = {"bin", "binti", "bint", "binte", "ibn", "al", "de",  "del", "van",
                                        "von", "der",   "da",   "dos",   "la",  "el", "a/l", "ng"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

/* The last piece of the person's name that begins at [first]; SIZE_MAX for none. */
static size_t person_end(const struct work *work, size_t first, uint32_t stop)
{
    const struct piece *piece = work->pieces.data;
    size_t end = SIZE_MAX;
    for (size_t i = first, words = 0; i < work->pieces.count && words < PERSON_WORDS_MAX; i++) {
        if (i > first && piece[i].flags & PIECE_SENTENCE) break;
        if (i > first && piece[i].flags & PIECE_LINE && piece[first].flags & PIECE_LINE) break;
        if (end != SIZE_MAX && is_particle(work, i)) continue;
        if (!piece_capital(work, i) || piece[i].flags & PIECE_DIGIT) break;
        uint32_t classes = piece_classes(work, i);
        if (classes & stop && !(classes & (IS_GIVEN | IS_FAMILY) && !(classes & (IS_NEVER | IS_GENERIC)))) break;
        if (words && phrase_at(work, i, work->pieces.count, IS_TITLE | IS_ROLE, NULL, NULL) &&
            !(classes & (IS_GIVEN | IS_FAMILY)))
            break;
        end = i;
        words++;
    }
    return end;
}

static enum status titled(struct work *work, size_t *at)
{
    const struct piece *piece = work->pieces.data;
    uint32_t classes = IS_TITLE | IS_TITLE_TWO | IS_ROLE, stop = IS_NEVER | IS_GENERIC | IS_HEAD | IS_COUNTRY |
                                                                 IS_ORGANIZATION | IS_EVENT | IS_PAPER | IS_DEMONYM |
                                                                 IS_SUFFIX;
    const struct list_record *record;
    size_t first = *at, two = 0, role = 0;
    for (size_t length; first < work->pieces.count && (first == *at || !(piece[first].flags & PIECE_SENTENCE)) &&
                        (length = phrase_at(work, first, work->pieces.count, classes, &record, NULL)) != 0;) {
        if (!piece_capital(work, first)) break;
        two = !(record->classes & (IS_TITLE | IS_ROLE));
        role = record->classes & IS_ROLE;
        first += length;
    }
    if (first == *at) return OK;
    size_t end =
        first < work->pieces.count && !(piece[first].flags & PIECE_SENTENCE) ? person_end(work, first, stop) : SIZE_MAX;
    *at = first - 1;
    if (end == SIZE_MAX || (two && end == first)) return OK;
    if (role && (end == first || piece[first].flags & PIECE_HEADLINE) &&
        !(piece_classes(work, first) & (IS_GIVEN | IS_FAMILY)))
        return OK;
    *at = end;
    return work_candidate(work, first, end, TAG_PERSON, WHY_TITLE, 2, NULL, NULL);
}

/* "Nagoya Harbor Transportation Association", "Institute for Global Affairs": capitals around a head noun. */
static enum status headed(struct work *work, size_t *at)
{
    const struct piece *piece = work->pieces.data;
    uint32_t weak = IS_GENERIC | IS_DEMONYM | IS_NEVER | IS_TITLE | IS_ROLE;
    size_t first = *at, last = first, head = SIZE_MAX, words = 0, strong = 0;
    bool of = false;
    size_t listed = phrase_at(work, first, work->pieces.count, IS_ORGANIZATION, NULL, NULL);
    if (listed > 1 && piece_classes(work, first + listed - 1) & IS_HEAD && piece_capital(work, first)) {
        *at = first + listed - 1; /* a body by itself: what follows is another name */
        return OK;
    }
    for (size_t i = first; i < work->pieces.count && i - first < CLAIM_PIECES_MAX; i++) {
        if (i > first && piece[i].flags & PIECE_SENTENCE) break;
        if (piece_joins(work, i)) {
            bool and = piece_equals(work, i, "and") || piece_equals(work, i, "&") || piece_equals(work, i, "the");
            bool starts_of = piece_equals(work, i, "of") || piece_equals(work, i, "for");
            if (i + 1 >= work->pieces.count || (!starts_of && !and) || (and&&!of)) break;
            if (starts_of && head != last) break;
            if (piece_equals(work, i, "and") && phrase_at(work, i + 1, work->pieces.count, IS_KNOWN, NULL, NULL)) break;
            if (!piece_capital(work, i + 1) && !(starts_of && piece_equals(work, i + 1, "the"))) break;
            of = of || starts_of;
            continue;
        }
        if (!piece_capital(work, i)) break;
        uint32_t classes = piece_classes(work, i);
        if (words && classes & (IS_TITLE | IS_ROLE) && !(classes & IS_HEAD)) break;
        last = i;
        words++;
        if (!(classes & weak)) strong++;
        if (classes & IS_HEAD && !of) head = i;
    }
    if (words > SHORT_RUN_WORDS) *at = last;
    /* "Justice Party" has no other words than weak ones, and is a name. */
    bool party = head != SIZE_MAX && head > first && piece_equals(work, head, "Party");
    if (head == SIZE_MAX || words < 2 || words > SHORT_RUN_WORDS || !(strong || party)) return OK;
    size_t end = of ? last : head;
    bool begins = head == first && of;
    if (!begins && head == first) return OK;
    uint32_t class;
    size_t event = event_end(work, first, end, &class);
    if (event != SIZE_MAX) return OK;
    *at = last;
    return work_span(work, first, end, TAG_ORGANIZATION, WHY_KEYWORD);
}

/* Who reports, in brackets before a dateline's dash or behind the last sentence: "TOKYO, June 2 (Sample Wire) —". */
static enum status credited(struct work *work, size_t open)
{
    static const char *const dashes[] = {"—", "–", "-", "--"};
    size_t close = open + 1;
    bool names = false;
    for (; close < work->pieces.count && close - open <= 4 && piece_capital(work, close); close++) {
        uint32_t classes = piece_classes(work, close);
        if (classes & (IS_DEMONYM | IS_COUNTRY | IS_NEVER | IS_REGION)) return OK;
        names = names || classes & (IS_GIVEN | IS_FAMILY);
    }
    if (close == open + 1 || close >= work->pieces.count || !piece_equals(work, close, ")")) return OK;
    bool dash = false, ends = !names && open > 0 && piece_equals(work, open - 1, ".");
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes && close + 1 < work->pieces.count; i++)
        dash = dash || piece_equals(work, close + 1, dashes[i]);
    if (!dash && (!ends || close == open + 2)) return OK;
    return work_span(work, open + 1, close - 1, TAG_ORGANIZATION, WHY_KEYWORD);
}

enum status work_runs(struct work *work)
{
    const struct piece *piece = work->pieces.data;
    uint32_t no_name = IS_COUNTRY | IS_ORGANIZATION | IS_NEVER | IS_GENERIC | IS_HEAD;
    enum status status = OK;
    for (size_t i = 0; i < work->pieces.count && status == OK; i++) {
        if (piece_equals(work, i, "(")) status = credited(work, i);
        if (!piece_capital(work, i)) continue;
        uint32_t classes = piece_classes(work, i);
        size_t at = i;
        if (phrase_at(work, i, work->pieces.count, IS_TITLE | IS_TITLE_TWO | IS_ROLE, NULL, NULL)) {
            status = titled(work, &at);
            if (at > i) {
                i = at;
                continue;
            }
        }
        if (work->alone && classes & IS_GIVEN && !(classes & no_name)) {
            size_t end = person_end(work, i, no_name);
            if (end != SIZE_MAX && end > i && piece_classes(work, end) & IS_FAMILY) {
                status = work_candidate(work, i, end, TAG_PERSON, WHY_LIST, 3, NULL, NULL);
                i = end;
                continue;
            }
        }
        if (piece[i].flags & (PIECE_HEADLINE | PIECE_SHOUT)) continue;
        if (classes & IS_NEVER && !(classes & IS_HEAD)) {
            if (!is_name_adjective(work, i)) continue;
        }
        if (status == OK) status = headed(work, &at);
        i = at;
    }
    return status;
}
