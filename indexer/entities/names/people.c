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

/* "Latta of Data Resources" taken for one body, where the document has a Cynthia Latta: person and body. */
static enum status part_member(struct work *work, size_t index)
{
    struct candidate *claim = &work->claims.data[index];
    size_t first = claim->first;
    if (claim->gone || claim->type != TAG_ORGANIZATION || claim->record || claim->last < first + 2) return OK;
    if (!piece_equals(work, first + 1, "of") && !piece_equals(work, first + 1, "at")) return OK;
    if (piece_classes(work, first) & (IS_HEAD | IS_GENERIC)) return OK;
    struct candidate probe = {
        .first = (uint32_t)first, .last = (uint32_t)first, .type = TAG_PERSON, .why = WHY_BACK_REFERENCE};
    bool many;
    probe.name = find_person(work, &probe, &many);
    if (probe.name == NO_NAME) return OK;
    const struct lists *lists = NULL;
    const struct list_record *record = phrase_whole(work, first + 2, claim->last, IS_ORGANIZATION, &lists);
    struct span rest = record ? lists_name(lists, record) : name_text(work, first + 2, claim->last);
    if (record && !rest.length) rest = name_text(work, first + 2, claim->last);
    if (!rest.data || !ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
    claim = &work->claims.data[index];
    claim->first = (uint32_t)first + 2;
    claim->why = WHY_SPLIT;
    enum status status = name_intern(work, &claim->name, rest, record != NULL);
    if (status != OK) return status;
    if (claim->name == NO_NAME) {
        claim->gone = true;
    } else {
        work->names.data[claim->name].votes[TAG_ORGANIZATION]++;
        work->names.data[claim->name].plain++;
    }
    work->names.data[probe.name].votes[TAG_PERSON]++;
    work->claims.data[work->claims.count++] = probe;
    work->owner.data[first] = (uint32_t)work->claims.count;
    work->owner.data[first + 1] = 0;
    return OK;
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
    for (size_t c = 0, claims = work->claims.count; c < claims && status == OK; c++) status = part_member(work, c);
    return status == OK ? loose(work) : status;
}
