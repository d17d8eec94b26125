/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms of one person's or one body's name in a document: "Anwar Ibrahim" and "Anwar", "Nissan Motor Co." and
 * "Nissan". */
#include "indexer/entities/names/work.h"

#include <string.h>

enum status shared_clear(struct work *work, size_t words)
{
    size_t wanted = 64;
    while (wanted < words * 2) wanted *= 2;
    if (!ARRAY_ROOM(work->shared, wanted)) return NO_MEMORY;
    work->shared.count = wanted;
    memset(work->shared.data, 0, wanted * sizeof *work->shared.data);
    return OK;
}

static struct shared *shared_slot(const struct work *work, uint64_t hash)
{
    size_t mask = work->shared.count - 1, at = hash & mask;
    while (work->shared.data[at].hash && work->shared.data[at].hash != hash) at = (at + 1) & mask;
    return &work->shared.data[at];
}

void shared_put(struct work *work, uint64_t hash, uint32_t name)
{
    struct shared *slot = shared_slot(work, hash);
    slot->hash = hash;
    for (uint32_t i = 0; i < slot->count && i < SHARED_MAX; i++)
        if (slot->name[i] == name) return;
    if (slot->count < SHARED_MAX) slot->name[slot->count] = name;
    if (slot->count <= SHARED_MAX) slot->count++;
}

const struct shared *shared_get(const struct work *work, uint64_t hash)
{
    const struct shared *slot = shared_slot(work, hash);
    return slot->hash ? slot : NULL;
}

static size_t claim_words(const struct work *work, const struct candidate *claim)
{
    size_t words = 0;
    for (size_t i = claim->first; i <= claim->last; i++) words += (work->pieces.data[i].flags & PIECE_WORD) != 0;
    return words;
}

static bool same_word(const struct work *work, size_t a, size_t b)
{
    const struct piece *x = &work->pieces.data[a], *y = &work->pieces.data[b];
    if (x->hash == y->hash) return true;
    struct span s = piece_text(work, a), t = piece_text(work, b);
    bool initial = (s.length == 2 && s.data[1] == '.') || s.length == 1;
    return initial && s.data[0] == t.data[0]; /* S. for Subramaniam */
}

/* Whether [part] can be a shorter form of [whole]: its words in order without a gap, or the first and the last with
 * some of those between, or the two turned round. */
static bool fits(const struct work *work, const struct candidate *part, const struct candidate *whole)
{
    size_t n = part->last + 1 - part->first, m = whole->last + 1 - whole->first;
    if (n > m) return false;
    for (size_t start = 0; start + n <= m; start++) {
        size_t i = 0;
        while (i < n && same_word(work, part->first + i, whole->first + start + i)) i++;
        if (i == n) return true;
    }
    if (n < 2) return false;
    if (n == 2 && m == 2)
        return work->pieces.data[part->first].hash == work->pieces.data[whole->last].hash &&
               work->pieces.data[part->last].hash == work->pieces.data[whole->first].hash;
    if (!same_word(work, part->first, whole->first) || !same_word(work, part->last, whole->last)) return false;
    size_t i = 0;
    for (size_t w = 0; w < m && i < n; w++)
        if (same_word(work, part->first + i, whole->first + w)) i++;
    return i == n;
}

/* The one person whose longer name [claim] fits; NO_NAME for none; [many] when there are several. */
static uint32_t find_person(struct work *work, const struct candidate *claim, bool *many)
{
    uint32_t best = NO_NAME, own = claim->name ? name_root(work, claim->name) : NO_NAME;
    size_t words = claim_words(work, claim);
    *many = false;
    size_t ends[] = {claim->last, claim->first};
    for (size_t e = 0; e < 2; e++) {
        const struct shared *slot = shared_get(work, work->pieces.data[ends[e]].hash);
        if (!slot) continue;
        if (slot->count > SHARED_MAX) {
            *many = true;
            return NO_NAME;
        }
        for (uint32_t i = 0; i < slot->count; i++) {
            uint32_t name = name_root(work, slot->name[i]);
            const struct candidate *whole = &work->claims.data[work->names.data[name].claim];
            size_t longer = claim_words(work, whole);
            if (name == own || name == best || longer < words || !fits(work, claim, whole)) continue;
            if (longer == words && name > own && own != NO_NAME && fits(work, whole, claim))
                continue; /* turned round: the first one stays */
            if (best != NO_NAME) {
                const struct candidate *other = &work->claims.data[work->names.data[best].claim];
                if (fits(work, other, whole))
                    best = name; /* the longer of two forms of one person */
                else if (!fits(work, whole, other)) {
                    *many = true;
                    return NO_NAME;
                }
                continue;
            }
            best = name;
        }
    }
    return best;
}

static bool is_person(const struct work *work, const struct candidate *claim)
{
    return !claim->gone && claim->name != NO_NAME && claim->type == TAG_PERSON &&
           work->names.data[claim->name].claim != UINT32_MAX;
}

/* A capital before a name that is no part of it: a title, or what a sentence begins with. */
static bool may_precede(const struct work *work, size_t piece)
{
    uint32_t classes = piece_classes(work, piece);
    if (classes & (IS_TITLE | IS_TITLE_TWO | IS_ROLE | IS_NEVER | IS_GENERIC)) return true;
    return work->pieces.data[piece].flags & PIECE_SENTENCE && !(classes & (IS_GIVEN | IS_FAMILY));
}

/* A word of a full name that stands alone and that nobody claimed: "Hornung said". */
static enum status loose(struct work *work)
{
    const struct piece *piece = work->pieces.data;
    uint32_t no_name = IS_KNOWN | IS_DEMONYM | IS_GENERIC | IS_NEVER | IS_TITLE | IS_ROLE | IS_HEAD | IS_EVENT |
                       IS_PAPER | IS_COMMON | IS_PLACE_HEAD;
    for (size_t i = 0; i < work->pieces.count; i++) {
        uint32_t owner = work->owner.data[i];
        if (!piece_capital(work, i) || owner == BLOCKED || piece[i].length < 3) continue;
        struct candidate *claim = owner ? &work->claims.data[owner - 1] : NULL;
        bool retype = claim && !claim->gone && claim->first == i && claim->last == i && !claim->record &&
                      claim->type != TAG_PERSON;
        if (claim && !claim->gone && !retype) continue;
        const struct shared *slot = shared_get(work, piece[i].hash);
        if (!slot || piece_classes(work, i) & no_name) continue;
        bool beside =
            (i > 0 && piece_capital(work, i - 1) && !(piece[i].flags & PIECE_SENTENCE) && !work->owner.data[i - 1] &&
             !(piece[i].flags & PIECE_SHOUT) && !may_precede(work, i - 1)) ||
            (i + 1 < work->pieces.count && piece_capital(work, i + 1) && !(piece[i + 1].flags & PIECE_SENTENCE) &&
             !work->owner.data[i + 1] && !(piece[i].flags & (PIECE_SHOUT | PIECE_HEADLINE)));
        if (beside && !retype) continue;
        struct candidate probe = {
            .first = (uint32_t)i, .last = (uint32_t)i, .type = TAG_PERSON, .why = WHY_BACK_REFERENCE};
        bool many;
        uint32_t name = find_person(work, &probe, &many);
        if (name == NO_NAME) continue;
        probe.name = name;
        if (retype) {
            *claim = probe;
        } else {
            if (!ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
            work->claims.data[work->claims.count++] = probe;
            work->owner.data[i] = (uint32_t)work->claims.count;
        }
        work->names.data[name].votes[TAG_PERSON]++;
    }
    return OK;
}

enum status work_people(struct work *work)
{
    size_t words = 0;
    for (size_t c = 0; c < work->claims.count; c++)
        if (is_person(work, &work->claims.data[c])) words += claim_words(work, &work->claims.data[c]);
    if (words == 0) return OK;
    enum status status = shared_clear(work, words + 1);
    if (status != OK) return status;
    for (size_t c = 0; c < work->claims.count; c++) {
        const struct candidate *claim = &work->claims.data[c];
        if (!is_person(work, claim) || claim_words(work, claim) < 2) continue;
        for (size_t i = claim->first; i <= claim->last; i++)
            if (work->pieces.data[i].flags & PIECE_WORD && work->pieces.data[i].length > 2)
                shared_put(work, work->pieces.data[i].hash, claim->name);
    }
    for (size_t c = 0; c < work->claims.count; c++) {
        struct candidate *claim = &work->claims.data[c];
        bool many;
        if (!is_person(work, claim)) continue;
        uint32_t name = find_person(work, claim, &many);
        if (name != NO_NAME) {
            if (claim_words(work, claim) > 1)
                name_merge(work, claim->name, name);
            else if (work->pieces.data[claim->first].flags & PIECE_SHOUT)
                work->names.data[name].plain++;
            claim->name = name;
            claim->why = WHY_BACK_REFERENCE;
            work->names.data[name].votes[TAG_PERSON]++;
        } else if (many && claim_words(work, claim) == 1) {
            claim->gone = true;
        }
    }
    return loose(work);
}

/* A body's first words for the whole, its name without "Corp.": merged when just one longer name begins so. */
enum status work_organizations(struct work *work)
{
    size_t count = 1;
    for (size_t c = 0; c < work->claims.count; c++) count += work->claims.data[c].type == TAG_ORGANIZATION ? 2 : 0;
    enum status status = shared_clear(work, count);
    if (status != OK) return status;
    for (size_t c = 0; c < work->claims.count; c++) {
        const struct candidate *claim = &work->claims.data[c];
        if (claim->gone || claim->type != TAG_ORGANIZATION || claim->name == NO_NAME || claim->first == claim->last)
            continue;
        shared_put(work, work->pieces.data[claim->first].hash, name_root(work, claim->name));
        shared_put(work, work->pieces.data[claim->last].hash, name_root(work, claim->name));
    }
    for (size_t c = 0; c < work->claims.count; c++) {
        struct candidate *claim = &work->claims.data[c];
        if (claim->gone || claim->type != TAG_ORGANIZATION || claim->name == NO_NAME || claim->record) continue;
        /* Its first words, or its last ones when they are two or more: "Information Sharing Centre". */
        bool tail = claim->last > claim->first && piece_classes(work, claim->last) & IS_HEAD;
        uint32_t weak = IS_KNOWN | IS_GENERIC | IS_DEMONYM | IS_NEVER | IS_HEAD;
        if (!tail && piece_classes(work, claim->first) & weak) continue;
        size_t end = tail ? claim->last : claim->first;
        const struct shared *slot = shared_get(work, work->pieces.data[end].hash);
        uint32_t whole = NO_NAME, own = name_root(work, claim->name);
        struct span key = work->names.data[own].key;
        for (uint32_t i = 0; slot && slot->count <= SHARED_MAX && i < slot->count; i++) {
            uint32_t name = name_root(work, slot->name[i]);
            struct span longer = work->names.data[name].key;
            if (name == own || longer.length <= key.length + 1) continue;
            size_t cut = longer.length - key.length;
            bool begins = !tail && longer.data[key.length] == ' ' && span_starts(longer, key);
            bool ends = tail && longer.data[cut - 1] == ' ' && span_equal(span_cut(longer, cut, longer.length), key);
            if (!begins && !ends) continue;
            if (whole != NO_NAME && whole != name) {
                whole = NO_NAME;
                break;
            }
            whole = name;
        }
        if (whole == NO_NAME) continue;
        name_merge(work, own, whole);
        claim->why = WHY_BACK_REFERENCE;
    }
    return OK;
}
