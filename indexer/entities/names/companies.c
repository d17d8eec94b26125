/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Companies as business news writes them: "Electrolux AB", "Rohm and Haas Co", "Corning <GLW>", "Abbott (NYSE: ABT)".
 */
#include "indexer/entities/names/work.h"

enum {
    TICKER_BYTES_MAX = 14, /* "<MITSUBISHI.T>" without its brackets */
    COMPANY_WORDS_MAX = 8, /* before the legal form */
    SHOUTED_WORDS_MAX = 4, /* of a name in a line of capitals: more are the headline */
    PAIR_LOOKS_MAX = 64,   /* "A and B Co" looked up in the text: bounds the time, whatever the text */
    PAIR_REACH = 1 << 14   /* pieces looked through for each */
};

static bool any_of(const struct work *work, size_t piece, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (piece_equals(work, piece, words[i])) return true;
    return false;
}

/* The piece that closes the exchange's code opened at [open], or 0 when there is none. */
static size_t ticker_end(const struct work *work, size_t open)
{
    static const char *const exchanges[] = {"NYSE", "NASDAQ", "Nasdaq", "AMEX", "LSE", "TSX", "TSE", "ASX",
                                            "TYO",  "HKEX",   "HKG",    "SGX",  "NSE", "BSE", "OTC", "JSE",
                                            "KLSE", "FWB",    "SEHK",   "PSX",  "SET", "BMV", "OMX", "Euronext"};
    const struct piece *piece = work->pieces.data;
    size_t at = open + 1;
    bool bracket = piece_equals(work, open, "(");
    if (!bracket && !piece_equals(work, open, "<")) return 0;
    if (bracket) {
        if (open + 4 >= work->pieces.count || !any_of(work, at, exchanges, sizeof exchanges / sizeof *exchanges))
            return 0;
        if (!piece_equals(work, at + 1, ":")) return 0;
        at += 2;
    }
    size_t first = at, bytes = 0;
    for (; at < work->pieces.count && at - first < 4 && !(piece[at].flags & PIECE_SIGN); at++) {
        bool code = piece[at].flags & (PIECE_UPPER | PIECE_DIGIT);
        bytes += piece[at].length;
        if (!code || bytes > TICKER_BYTES_MAX) return 0;
    }
    if (at == first || at >= work->pieces.count) return 0;
    return piece_equals(work, at, ")") || (!bracket && piece_equals(work, at, ">")) ? at : 0;
}

/* A legal form at [piece]: "Inc", "Ltd". Two capitals are one where the line does not shout. */
bool is_legal_form(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    uint32_t classes = piece_classes(work, piece);
    bool long_form = piece_equals(work, piece, "Company") || piece_equals(work, piece, "Corporation");
    if (!(classes & IS_SUFFIX) || (classes & IS_HEAD && !long_form) ||
        p->flags & (PIECE_SENTENCE | PIECE_HYPHEN | PIECE_SHUT))
        return false;
    if (piece_equals(work, piece, "PT") || piece_equals(work, piece, "CV") || piece_equals(work, piece, "Brothers") ||
        piece_equals(work, piece, "Bros") || piece_equals(work, piece, "GK"))
        return false; /* they stand before a name, or belong to people too */
    if (piece + 1 < work->pieces.count && work->pieces.data[piece + 1].flags & PIECE_HYPHEN) return false;
    if (p->length <= 2 && p->flags & PIECE_UPPER && p->flags & PIECE_SHOUT)
        return piece_equals(work, piece, "CO") || piece_equals(work, piece, "LP");
    return p->flags & PIECE_CAPITAL || piece_equals(work, piece, "plc");
}

/* Whether a company's name can have the word at [piece]. */
static bool may_be_in(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    if (p->flags & (PIECE_SHUT | PIECE_POSSESSIVE)) return false;
    if (!(p->flags & PIECE_WORD) || !(p->flags & (PIECE_CAPITAL | PIECE_DIGIT))) return false;
    uint32_t classes = piece_classes(work, piece);
    return !(classes & IS_NEVER) || is_name_adjective(work, piece);
}

/* "Rohm and Haas Co" is one name where the text never has the first without the second. */
static bool is_pair(struct work *work, size_t first, size_t *looks)
{
    const struct piece *piece = work->pieces.data;
    size_t start = first > PAIR_REACH ? first - PAIR_REACH : 0, together = 0;
    if (++*looks > PAIR_LOOKS_MAX) return false;
    for (size_t i = start; i + 2 < work->pieces.count && i < first + PAIR_REACH; i++) {
        if (piece[i].hash != piece[first].hash || !(piece[i].flags & PIECE_CAPITAL)) continue;
        bool with = piece[i + 2].hash == piece[first + 2].hash || piece_equals(work, i + 1, "/");
        if (!with) return false;
        together++;
    }
    return together > 1;
}

/* Where the company's name that ends at [end] begins; [end] + 1 when there is none. */
static size_t company_start(struct work *work, size_t end, bool form, size_t *looks)
{
    const struct piece *piece = work->pieces.data;
    size_t first = end, words = 0;
    bool shouts = piece[end].flags & PIECE_SHOUT;
    while (form && first > 0 && is_legal_form(work, first - 1)) first--; /* Co Inc */
    size_t forms = first;
    if (!may_be_in(work, end) && !form) return end + 1;
    while (first > 0 && words < COMPANY_WORDS_MAX && !(piece[first].flags & PIECE_SENTENCE)) {
        size_t before = first - 1;
        bool near_end = first == forms && form;
        if (piece[first].flags & PIECE_HYPHEN && piece[before].flags & PIECE_WORD) {
            first = before;
        } else if (near_end && piece_equals(work, before, ",") && before && may_be_in(work, before - 1)) {
            first = before - 1;
        } else if (before && piece_equals(work, before, "&") && may_be_in(work, before - 1)) {
            first = before - 1;
        } else if (before && !shouts && piece_equals(work, before, "and") && may_be_in(work, before - 1) &&
                   (near_end || is_pair(work, before - 1, looks))) {
            first = before - 1;
            /* "Dillon, Read and Co": a comma in a firm's name. */
            if (near_end && first >= 2 && piece_equals(work, first - 1, ",") && may_be_in(work, first - 2) &&
                !(work->pieces.data[first].flags & PIECE_SENTENCE))
                first -= 2;
        } else if (may_be_in(work, before) &&
                   (piece[before].flags & PIECE_SHOUT) == (piece[first].flags & PIECE_SHOUT)) {
            if (first < end && phrase_at(work, before, end + 1, IS_ROLE, NULL, NULL) &&
                !piece_equals(work, before, "General"))
                break; /* "Chairman Quimble" */
            first = before;
        } else {
            break;
        }
        words++;
    }
    bool apart = first == 0 || piece[first].flags & PIECE_LINE || piece_equals(work, first - 1, ",");
    if (shouts && (words > SHOUTED_WORDS_MAX || !apart)) return end + 1;
    if (form && first == forms) return end + 1;
    while (first < end && piece_equals(work, first, "The")) first++;
    return first;
}

bool is_company(const struct work *work, const struct candidate *claim)
{
    if (claim->type != TAG_ORGANIZATION) return false;
    if (claim->last > claim->first && is_legal_form(work, claim->last)) return true;
    if (claim->why == WHY_COMPANY) return true;
    return claim->last + 1u < work->pieces.count && work->pieces.data[claim->last + 1].flags & PIECE_TICKER;
}

void work_tickers(struct work *work)
{
    for (size_t i = 0; i + 2 < work->pieces.count; i++) {
        size_t end = ticker_end(work, i);
        for (size_t at = i; end && at <= end; at++) work->pieces.data[at].flags |= PIECE_SHUT | PIECE_TICKER;
        if (end) i = end;
    }
}

/* "<Thai Shell Exploration and Production Co Ltd>": a company without a code; its last piece, or 0. */
static size_t bracketed_end(const struct work *work, size_t open)
{
    const struct piece *piece = work->pieces.data;
    if (!piece_equals(work, open, "<") || open + 2 >= work->pieces.count || !may_be_in(work, open + 1)) return 0;
    bool lower = false;
    for (size_t at = open + 1; at < work->pieces.count && at - open <= COMPANY_WORDS_MAX + 4u; at++) {
        if (piece_equals(work, at, ">")) return lower && piece[at - 1].flags & PIECE_WORD ? at - 1 : 0;
        bool inner = piece_joins(work, at) || piece_equals(work, at, "/") || piece_equals(work, at, ",") ||
                     piece[at].flags & (PIECE_POSSESSIVE | PIECE_HYPHEN);
        if (!inner && !may_be_in(work, at)) return 0;
        lower = lower || !(piece[at].flags & PIECE_UPPER);
    }
    return 0;
}

const struct list_record *company_record(const struct work *work, size_t first, size_t last, const struct lists **lists)
{
    const struct list_record *record = phrase_whole(work, first, last, IS_ORGANIZATION, lists);
    for (size_t bare = last; !record && bare > first; bare--) { /* "Chrysler Corp" is listed as Chrysler */
        if (!(piece_classes(work, bare) & IS_SUFFIX) && may_be_in(work, bare)) break;
        record = phrase_whole(work, first, bare - 1, IS_ORGANIZATION, lists);
    }
    return record && record->capitals && !(work->pieces.data[first].flags & PIECE_UPPER) ? NULL : record;
}

static enum status company_found(struct work *work, size_t first, size_t last, unsigned rank)
{
    const struct lists *lists = NULL;
    const struct list_record *record = company_record(work, first, last, &lists);
    return work_candidate(work, first, last, TAG_ORGANIZATION, WHY_COMPANY, rank, record, lists);
}

enum status work_companies(struct work *work)
{
    const struct piece *piece = work->pieces.data;
    enum status status = OK;
    size_t looks = 0;
    for (size_t i = 0; i < work->pieces.count && status == OK; i++) {
        size_t bracketed = bracketed_end(work, i);
        if (bracketed) {
            status = company_found(work, i + 1, bracketed, 1);
            i = bracketed;
            continue;
        }
        bool ticker = i && piece[i].flags & PIECE_TICKER && !(piece[i - 1].flags & PIECE_TICKER);
        if (!ticker && !(i && piece[i].flags & PIECE_WORD && is_legal_form(work, i))) continue;
        size_t end = ticker ? i - 1 : i;
        if (ticker && (piece[end].flags & PIECE_HEADLINE || is_legal_form(work, end))) continue;
        size_t first = company_start(work, end, !ticker, &looks);
        if (first > end) continue;
        while (!ticker && end + 1 < work->pieces.count && !(piece[end + 1].flags & PIECE_SENTENCE)) {
            size_t next = piece_equals(work, end + 1, ",") ? end + 2 : end + 1; /* "Co., Ltd." */
            if (next >= work->pieces.count || !is_legal_form(work, next)) break;
            end = next;
        }
        status = company_found(work, first, end, 2);
        if (end > i) i = end;
    }
    return status;
}
