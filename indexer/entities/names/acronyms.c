/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Acronyms that a document explains, as in "Association of Southeast Asian Nations (ASEAN)". */
#include "indexer/entities/names/work.h"

#include <string.h>

enum { LONG_FORM_EXTRA = 5 /* words a long form may have beyond the acronym's letters, Schwartz & Hearst 2003 */ };

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static bool is_alnum(char byte)
{
    byte = lower(byte);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

/* Where in [text] the long form of [acronym] begins when it ends with the text: the letters are matched from the end,
 * the first one at a word's start (Schwartz & Hearst 2003). SIZE_MAX for no match. */
static size_t long_form(struct span text, struct span acronym)
{
    size_t at = text.length;
    for (size_t a = acronym.length; a-- > 0;) {
        char letter = lower(acronym.data[a]);
        if (!is_alnum(letter)) continue;
        for (;; at--) {
            if (at == 0) return SIZE_MAX;
            bool starts = at == 1 || !is_alnum(text.data[at - 2]);
            if (lower(text.data[at - 1]) == letter && (a > 0 || starts)) break;
        }
        at--;
    }
    return at;
}

static bool is_acronym(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    if (!(p->flags & PIECE_WORD) || p->length < 2 || p->length > ACRONYM_LETTERS_MAX) return false;
    size_t capitals = 0;
    struct span text = piece_text(work, piece);
    for (size_t i = 0; i < text.length; i++) capitals += text.data[i] >= 'A' && text.data[i] <= 'Z';
    return capitals >= 2;
}

/* The first explanation holds: later ones are only noted behind it. */
static enum status bind(struct work *work, uint64_t hash, uint32_t name)
{
    shared_put(work, hash, name);
    work->bindings++;
    return OK;
}

static struct candidate *claim_of(struct work *work, size_t piece)
{
    uint32_t owner = work->owner.data[piece];
    return owner && owner != BLOCKED && !work->claims.data[owner - 1].gone ? &work->claims.data[owner - 1] : NULL;
}

/* Makes [first, last] one organization, instead of what is claimed inside. */
static enum status widen(struct work *work, uint32_t *name, size_t first, size_t last)
{
    if (last - first >= CLAIM_PIECES_MAX) return OK;
    for (size_t i = first; i <= last; i++) {
        struct candidate *claim = claim_of(work, i);
        if (claim && (claim->first < first || claim->last > last)) return OK;
    }
    for (size_t i = first; i <= last; i++) {
        struct candidate *claim = claim_of(work, i);
        if (claim) claim->gone = true;
    }
    struct span shown = name_text(work, first, last);
    if (!shown.data || !ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
    enum status status = name_intern(work, name, shown, false);
    if (status != OK || *name == NO_NAME) return status;
    struct known *known = &work->names.data[*name];
    known->votes[TAG_ORGANIZATION]++;
    known->plain++;
    known->claim = (uint32_t)work->claims.count;
    work->claims.data[work->claims.count++] = (struct candidate){
        .first = (uint32_t)first, .last = (uint32_t)last, .type = TAG_ORGANIZATION, .why = WHY_ACRONYM, .name = *name};
    for (size_t i = first; i <= last; i++) work->owner.data[i] = (uint32_t)work->claims.count;
    return OK;
}

/* What the acronym in brackets at [acronym] stands for; the bracket opens at [open]. */
static enum status explain(struct work *work, size_t open, size_t acronym)
{
    struct piece *piece = work->pieces.data;
    uint64_t hash = piece[acronym].hash;
    if (open == 0) return OK;
    size_t end = open - 1;
    while (end > 0 && piece[end].flags & (PIECE_SIGN | PIECE_POSSESSIVE)) end--;
    struct span short_form = piece_text(work, acronym);
    size_t words = short_form.length + LONG_FORM_EXTRA, first = end;
    if (words > short_form.length * 2) words = short_form.length * 2;
    for (size_t n = 1; n < words && first > 0 && !(piece[first].flags & PIECE_SENTENCE); first--)
        if (piece[first - 1].flags & PIECE_WORD && !piece_joins(work, first - 1)) n++;
    size_t found = long_form(pieces_text(work, first, end), short_form), start = SIZE_MAX;
    if (found != SIZE_MAX)
        for (start = end; start > first && piece[start].start > piece[first].start + found;) start--;
    struct candidate *claim = claim_of(work, end);
    uint32_t classes = piece_classes(work, acronym), name = NO_NAME;
    if (claim && claim->last == end && claim->type == TAG_PERSON && claim->first < end) return OK;
    if (claim && claim->last == end && claim->type == TAG_ORGANIZATION) {
        bool wider = start != SIZE_MAX && start < claim->first && piece_capital(work, start) && !claim->record;
        for (size_t i = wider ? start : claim->first; i < claim->first && wider; i++)
            wider = (piece_capital(work, i) || piece_joins(work, i) || piece_equals(work, i, ",")) &&
                    !(piece[i].flags & PIECE_SHUT);
        if (wider) {
            enum status status = widen(work, &name, start, end);
            return status != OK || name == NO_NAME ? status : bind(work, hash, name);
        }
        bool other = classes & IS_PLACE && start == SIZE_MAX;
        bool letters = piece[acronym].flags & PIECE_UPPER && piece[acronym].length >= 3;
        if (claim->last == claim->first && piece[end].flags & PIECE_UPPER) return OK; /* PNA (AFP) */
        if (other || (start == SIZE_MAX && (!letters || classes & IS_ORGANIZATION) && !claim->record)) return OK;
        if (start == SIZE_MAX && classes & IS_ORGANIZATION) return OK;
        return bind(work, hash, claim->name);
    }
    if (start == SIZE_MAX) return OK;
    if (start == end) { /* "thermophotovoltaic (TPV)" */
        bool common = !(piece[end].flags & PIECE_CAPITAL) && piece[end].length > piece[acronym].length + 3;
        return common && !(classes & IS_KNOWN) ? bind(work, hash, NO_NAME) : OK;
    }
    uint32_t class = 0;
    size_t capitals = 0, small = 0;
    for (size_t i = start; i <= end; i++) {
        if (piece_capital(work, i))
            capitals++;
        else if (piece[i].flags & PIECE_WORD && !piece_joins(work, i) && !(piece[i].flags & PIECE_HYPHEN))
            small++;
    }
    size_t event = capitals ? event_end(work, start, end, &class) : SIZE_MAX;
    if (event != SIZE_MAX || (capitals == 0 && !(classes & IS_ORGANIZATION))) return bind(work, hash, NO_NAME);
    if (small || !piece_capital(work, start)) return OK;
    struct candidate *inside = claim_of(work, start);
    struct candidate *typed = claim_of(work, acronym);
    bool head = false;
    for (size_t i = start; i <= end; i++) head = head || piece_classes(work, i) & IS_HEAD;
    if (!head && !(typed && typed->type == TAG_ORGANIZATION) && !(inside && inside->type == TAG_ORGANIZATION))
        return OK;
    enum status status = widen(work, &name, start, end);
    return status != OK || name == NO_NAME ? status : bind(work, hash, name);
}

/* "Brunei AJCD", where the acronym is a meeting's: the place alone is a name. */
static enum status leave_place(struct work *work, struct candidate *claim, size_t acronym)
{
    if (claim->last != acronym || claim->first == acronym || claim->why != WHY_MODEL) return OK;
    const struct lists *lists = NULL;
    const struct list_record *record = phrase_whole(work, claim->first, acronym - 1, IS_PLACE, &lists);
    work->owner.data[acronym] = 0;
    if (!record) {
        claim->gone = true;
        return OK;
    }
    struct span shown = lists_name(lists, record);
    if (!shown.length) shown = name_text(work, claim->first, acronym - 1);
    if (!shown.data) return NO_MEMORY;
    claim->last = (uint32_t)acronym - 1;
    claim->type = TAG_PLACE;
    claim->why = WHY_SPLIT;
    enum status status = name_intern(work, &claim->name, shown, true);
    if (status != OK || claim->name == NO_NAME) return status;
    work->names.data[claim->name].votes[TAG_PLACE] += 8;
    work->names.data[claim->name].plain++;
    return OK;
}

/* Gives all places where an explained acronym stands its meaning. */
static enum status apply(struct work *work)
{
    enum status status = OK;
    for (size_t i = 0; i < work->pieces.count; i++) {
        const struct piece *piece = &work->pieces.data[i];
        if (!(piece->flags & PIECE_CAPITAL) || piece->flags & PIECE_SHUT || piece->length < 2) continue;
        if (!is_acronym(work, i) && piece->length < 4) continue;
        const struct shared *binding = shared_get(work, piece->hash);
        if (!binding) continue;
        uint32_t name = binding->name[0];
        struct candidate *claim = claim_of(work, i);
        if (claim && (claim->first != i || claim->last != i)) { /* inside a longer name */
            status = name == NO_NAME ? leave_place(work, claim, i) : OK;
            if (status != OK) return status;
            continue;
        }
        if (name == NO_NAME) {
            if (claim && claim->why != WHY_USER) claim->gone = true;
            continue;
        }
        if (claim) {
            if (claim->name == name) continue;
            claim->name = name;
            claim->type = TAG_ORGANIZATION;
            claim->why = WHY_ACRONYM;
        } else if (work->owner.data[i] == 0) {
            if (!ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
            work->claims.data[work->claims.count++] = (struct candidate){
                .first = (uint32_t)i, .last = (uint32_t)i, .type = TAG_ORGANIZATION, .why = WHY_ACRONYM, .name = name};
            work->owner.data[i] = (uint32_t)work->claims.count;
        } else {
            continue;
        }
        work->names.data[name].votes[TAG_ORGANIZATION]++;
        work->names.data[name].plain++;
    }
    return OK;
}

enum status work_acronyms(struct work *work)
{
    size_t brackets = 0;
    for (size_t i = 0; i < work->pieces.count; i++)
        brackets += piece_equals(work, i, "(") || piece_equals(work, i, "known") || piece_equals(work, i, "or") ||
                    (piece_equals(work, i, ",") && i + 1 < work->pieces.count && is_acronym(work, i + 1));
    work->bindings = 0;
    if (brackets == 0) return OK;
    enum status status = shared_clear(work, brackets * 2);
    for (size_t i = 0; i + 2 < work->pieces.count && status == OK; i++) {
        if (!piece_equals(work, i, "(")) continue;
        size_t at = i + 1, close = i + 2;
        if (piece_equals(work, at, "“") || piece_equals(work, at, "\"")) at++, close += 2;
        if (close >= work->pieces.count || !is_acronym(work, at)) continue;
        /* "(ETDA)" and "(ETDA, Thailand)"; "(PNA/Kyodo)" explains nothing. */
        if (!piece_equals(work, close, ")") && !piece_equals(work, close, ",") && !piece_equals(work, close, ";"))
            continue;
        status = explain(work, i, at);
    }
    /* "…, known as ACTIP", "…, or AJCCBC,". */
    for (size_t i = 3; i < work->pieces.count && status == OK; i++) {
        if (!is_acronym(work, i) || !(work->pieces.data[i].flags & PIECE_UPPER)) continue;
        size_t words = piece_equals(work, i - 1, "as") && piece_equals(work, i - 2, "known") ? 2
                       : piece_equals(work, i - 1, "or") && piece_equals(work, i - 2, ",")   ? 1
                                                                                             : 0;
        if (words) status = explain(work, i - words, i);
    }
    /* "Workers Commissions, WC, have": between commas, when the letters are those of the name before. */
    for (size_t i = 3; i + 1 < work->pieces.count && status == OK; i++) {
        if (!piece_equals(work, i - 1, ",") || !is_acronym(work, i) || !(work->pieces.data[i].flags & PIECE_UPPER))
            continue;
        struct candidate *claim = claim_of(work, i - 2);
        if (!claim || claim->type != TAG_ORGANIZATION || claim->last != i - 2 || claim->first == claim->last) continue;
        if (piece_equals(work, i + 1, ",") && shared_get(work, work->pieces.data[i].hash) == NULL &&
            long_form(pieces_text(work, claim->first, claim->last), piece_text(work, i)) == 0)
            status = bind(work, work->pieces.data[i].hash, claim->name);
    }
    /* "AJCD (ASEAN-Japan Cybercrime Dialogue)": a short form before its long one. */
    for (size_t i = 1; i + 2 < work->pieces.count && status == OK; i++) {
        if (!piece_equals(work, i, "(") || !is_acronym(work, i - 1)) continue;
        struct candidate *claim = claim_of(work, i + 1);
        if (!claim || claim->type != TAG_ORGANIZATION || claim->first != i + 1 || claim->last == claim->first ||
            claim->last + 1u >= work->pieces.count || !piece_equals(work, claim->last + 1, ")"))
            continue;
        if (long_form(pieces_text(work, claim->first, claim->last), piece_text(work, i - 1)) == 0)
            status = bind(work, work->pieces.data[i - 1].hash, claim->name);
    }
    return status == OK && work->bindings ? apply(work) : status;
}
