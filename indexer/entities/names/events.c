/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Meetings, treaties, programmes and sums of money: no names themselves, but with names inside. */
#include "indexer/entities/names/work.h"

/* Whether the run of capitals goes on after [at]; *[next] is its next capital. */
static bool run_goes_on(const struct work *work, size_t at, size_t *next, bool *turns)
{
    const struct piece *piece = work->pieces.data;
    size_t i = at + 1, joins = 0;
    *turns = false;
    while (i < work->pieces.count && joins < 3 && !(piece[i].flags & PIECE_SENTENCE) && piece_joins(work, i))
        i++, joins++;
    if (i >= work->pieces.count || piece[i].flags & PIECE_SENTENCE) return false;
    if (!piece_capital(work, i) && !(piece[i].flags & PIECE_DIGIT && joins == 0)) return false;
    *turns = joins > 0;
    *next = i;
    return true;
}

/* Words behind which a name's head noun is not: "Convention Against …", "Meeting on …". */
static bool ends_head(const struct work *work, size_t piece)
{
    static const char *const words[] = {"Against", "Between", "On", "For", "Of", "In", "To", "With", "Among"};
    if (!(work->pieces.data[piece].flags & PIECE_CAPITAL)) return !piece_equals(work, piece, "and");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

size_t event_end(const struct work *work, size_t first, size_t last, uint32_t *class)
{
    const struct piece *piece = work->pieces.data;
    size_t at = last, end = SIZE_MAX, next;
    bool turns, headed = false;
    /* Inside the span, up to the first "of" or "on": what stands before it is the head. */
    for (size_t i = first; i <= last; i++)
        if (i > first && piece[i].flags & PIECE_WORD && ends_head(work, i)) {
            at = i - 1;
            headed = true;
            break;
        }
    /* "America's Cup", "Lord's Day" */
    if (!headed && last + 2 < work->pieces.count && piece[last + 1].flags & PIECE_POSSESSIVE &&
        piece_capital(work, last + 2) && piece_classes(work, last + 2) & IS_PAPER &&
        !(piece[first].flags & PIECE_SHOUT)) {
        *class = IS_PAPER;
        return last + 2;
    }
    for (;;) {
        uint32_t classes = piece_classes(work, at);
        bool shut = piece[at].flags & PIECE_SHUT;
        if (classes & IS_GIVEN && at + 1 < work->pieces.count && piece_capital(work, at + 1) &&
            piece_classes(work, at + 1) & IS_FAMILY)
            classes &= ~(uint32_t)(IS_EVENT | IS_PAPER); /* "U.S. President Bill Clinton" */
        if (!shut && (at > first || headed) && classes & (IS_EVENT | IS_PAPER) && piece[at].flags & PIECE_CAPITAL) {
            *class = classes & (IS_EVENT | IS_PAPER);
            end = at;
        } else if (end != SIZE_MAX && classes & IS_HEAD && piece[at].flags & PIECE_CAPITAL) {
            end = SIZE_MAX; /* "Dialogue Centre" is a body after all */
        }
        if (at - first >= RUN_PIECES_MAX || !run_goes_on(work, at, &next, &turns)) break;
        if (turns) {
            if (end == at) end = at; /* the head is settled before "of" */
            break;
        }
        at = next;
    }
    if (end == SIZE_MAX) return SIZE_MAX;
    if (phrase_at(work, end, end + 1, IS_KNOWN, NULL, NULL)) return SIZE_MAX;
    return end > last ? end : last;
}

enum status harvest(struct work *work, size_t first, size_t last, uint32_t class)
{
    const struct piece *piece = work->pieces.data;
    for (size_t i = first; i <= last;) {
        const struct list_record *record = NULL;
        const struct lists *lists = NULL;
        size_t length = phrase_at(work, i, last + 1, IS_KNOWN, &record, &lists);
        if (!length) {
            i++;
            continue;
        }
        size_t end = i + length - 1;
        bool pair = piece[i].flags & PIECE_HYPHEN || (end < last && piece[end + 1].flags & PIECE_HYPHEN);
        bool wanted = record->classes & IS_ORGANIZATION ? !record->capitals || piece[i].flags & PIECE_UPPER
                                                        : record->classes & IS_COUNTRY && (class & IS_EVENT || pair);
        if (wanted && piece[i].flags & PIECE_CAPITAL && !(piece[i].flags & PIECE_SHUT)) {
            enum status status = work_candidate(work, i, end, record_type(record), WHY_INSIDE, 0, record, lists);
            if (status != OK) return status;
        }
        i = end + 1;
    }
    return OK;
}

bool is_money(const struct work *work, size_t last)
{
    static const char *const words[] = {"$", "dollar", "dollars", "cents", "Dollar", "Dollars", "Cents"};
    for (size_t i = 0; i < sizeof words / sizeof *words && last + 1 < work->pieces.count; i++)
        if (piece_equals(work, last + 1, words[i])) return true;
    return false;
}
