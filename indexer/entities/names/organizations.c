/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms of one body's name in a document: "Nissan Motor Co." and "Nissan"; two bodies taken for one. */
#include "indexer/entities/names/work.h"

#include <string.h>

/* Whether what [longer] has behind [length] bytes says only what kind of body it is, or what for: "Nissan Motor" is
 * "Nissan Motor Co", "Meiji Institute" is "Meiji Institute for Global Affairs", but "Texas Instruments" is not "Texas
 * Instruments Japan Ltd". */
static bool is_mere_rest(struct span longer, size_t length)
{
    static const char *const small[] = {"for", "of", "on", "de", "to"};
    const struct lists *lists = lists_builtin();
    for (size_t at = length + 1, end; at < longer.length; at = end + 1) {
        const char *space = memchr(longer.data + at, ' ', longer.length - at);
        end = space ? (size_t)(space - longer.data) : longer.length;
        struct span word = span_cut(longer, at, end);
        for (size_t i = 0; i < sizeof small / sizeof *small && at == length + 1; i++)
            if (span_equal(word, span_of(small[i]))) return true;
        const struct list_record *record = lists_record(lists, lists_find(lists, phrase_join(0, folded_hash(word))));
        uint32_t classes = 0;
        for (; record; record = lists_record(lists, record->next)) classes |= record->classes;
        if (!(classes & (IS_SUFFIX | IS_HEAD))) return false;
    }
    return true;
}

/* The one longer name that [key] begins or, with [tail], ends; NO_NAME for none and for several, unless one of them is
 * the beginning of the others. [end] is the piece that both begin or end with. */
static uint32_t longer_name(struct work *work, struct span key, uint32_t own, size_t end, bool tail)
{
    const struct shared *slot = shared_get(work, work->pieces.data[end].hash);
    bool words = memchr(key.data, ' ', key.length) != NULL;
    uint32_t whole = NO_NAME;
    for (uint32_t i = 0; slot && slot->count <= SHARED_MAX && i < slot->count; i++) {
        uint32_t name = name_root(work, slot->name[i]);
        struct span longer = work->names.data[name].key;
        if (name == own || longer.length <= key.length + 1) continue;
        size_t cut = longer.length - key.length;
        bool begins = !tail && longer.data[key.length] == ' ' && span_starts(longer, key) &&
                      (!words || is_mere_rest(longer, key.length));
        bool ends = tail && longer.data[cut - 1] == ' ' && span_equal(span_cut(longer, cut, longer.length), key);
        if (!begins && !ends) continue;
        if (whole == NO_NAME || whole == name) {
            whole = name;
            continue;
        }
        struct span other = work->names.data[whole].key;
        if (tail || !(span_starts(other, longer) || span_starts(longer, other))) return NO_NAME;
        work->names.data[longer.length < other.length ? name : whole].company |=
            work->names.data[name].company | work->names.data[whole].company;
        if (longer.length < other.length) whole = name;
    }
    return whole;
}

/* Whether [first, last] is a body by itself: listed, or named elsewhere in the document. */
static bool is_body(struct work *work, size_t first, size_t last)
{
    if (phrase_whole(work, first, last, IS_ORGANIZATION, NULL)) return true;
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, pieces_text(work, first, last))};
    if (key.length == 0) return false;
    uint32_t name = name_find(work, key);
    if (name != NO_NAME && work->names.data[name].votes[TAG_ORGANIZATION]) return true;
    return longer_name(work, key, NO_NAME, first, false) != NO_NAME;
}

/* "J.P. Morgan and Bankers Trust" taken for one name: two claims where both are bodies. */
static enum status part_pair(struct work *work, size_t index)
{
    struct candidate *claim = &work->claims.data[index];
    if (claim->gone || claim->type != TAG_ORGANIZATION || claim->record || claim->why != WHY_MODEL) return OK;
    for (size_t i = claim->first + 1u; i < claim->last; i++) {
        if (!piece_equals(work, i, "and") && !piece_equals(work, i, "&")) continue;
        if (!is_body(work, claim->first, i - 1) || !is_body(work, i + 1, claim->last)) continue;
        struct candidate second = *claim;
        struct span left = name_text(work, claim->first, i - 1), right = name_text(work, i + 1, claim->last);
        if (!left.data || !right.data || !ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
        claim = &work->claims.data[index];
        second.first = (uint32_t)i + 1;
        claim->last = (uint32_t)i - 1;
        claim->why = second.why = WHY_SPLIT;
        enum status status = name_intern(work, &claim->name, left, false);
        if (status == OK) status = name_intern(work, &second.name, right, false);
        if (status != OK) return status;
        work->names.data[claim->name].votes[TAG_ORGANIZATION]++;
        work->names.data[second.name].votes[TAG_ORGANIZATION]++;
        work->names.data[claim->name].plain++;
        work->names.data[second.name].plain++;
        work->owner.data[i] = 0;
        work->claims.data[work->claims.count++] = second;
        for (size_t at = second.first; at <= second.last; at++) work->owner.data[at] = (uint32_t)work->claims.count;
        return OK;
    }
    return OK;
}

/* What the model takes for a person or a place may be a company's first words: "Electrolux" beside "Electrolux AB". */
static bool may_be_company(const struct candidate *claim)
{
    if (claim->type == TAG_ORGANIZATION) return true;
    return !claim->record || !(claim->record->classes & (IS_KNOWN | IS_ADDED));
}

/* How many pieces of a company's name stand before its legal form. */
static size_t without_form(const struct work *work, const struct candidate *claim)
{
    size_t end = claim->last + 1u;
    while (end > claim->first + 1u &&
           (piece_classes(work, end - 1) & IS_SUFFIX || !(work->pieces.data[end - 1].flags & PIECE_WORD)))
        end--;
    if (end > claim->first + 1u && piece_equals(work, end - 1, "and")) end--;
    return end - claim->first;
}

/* "J." */
static bool is_initial(const struct work *work, size_t piece)
{
    const struct piece *p = &work->pieces.data[piece];
    return p->flags & PIECE_UPPER && (p->length == 1 || (p->flags & PIECE_DOTTED && p->length < 6));
}

/* The company of the form "J. Name PLC" that the one word at [piece] is the name of; NO_NAME for none. */
static uint32_t family_firm(struct work *work, size_t piece)
{
    const struct shared *slot = shared_get(work, work->pieces.data[piece].hash);
    for (uint32_t i = 0; slot && slot->count == 1 && i < 1; i++) {
        uint32_t name = name_root(work, slot->name[i]);
        const struct known *known = &work->names.data[name];
        if (!known->company || known->claim == UINT32_MAX) continue;
        const struct candidate *claim = &work->claims.data[known->claim];
        size_t words = without_form(work, claim);
        for (size_t at = claim->first; words > 1 && at < claim->first + words - 1; at++)
            if (!is_initial(work, at) && work->pieces.data[at].flags & PIECE_WORD) words = 0;
        if (words > 1 && work->pieces.data[claim->first + words - 1].hash == work->pieces.data[piece].hash) return name;
    }
    return NO_NAME;
}

/* Notes the first and last words of bodies of two words and more. */
static enum status fill(struct work *work)
{
    size_t count = 1;
    for (size_t c = 0; c < work->claims.count; c++) count += work->claims.data[c].type == TAG_ORGANIZATION ? 3 : 0;
    enum status status = shared_clear(work, count);
    if (status != OK) return status;
    for (size_t c = 0; c < work->claims.count; c++) {
        const struct candidate *claim = &work->claims.data[c];
        if (claim->gone || claim->type != TAG_ORGANIZATION || claim->name == NO_NAME || claim->first == claim->last)
            continue;
        shared_put(work, work->pieces.data[claim->first].hash, name_root(work, claim->name));
        shared_put(work, work->pieces.data[claim->last].hash, name_root(work, claim->name));
        size_t words = is_company(work, claim) ? without_form(work, claim) : 0;
        if (words > 1 && is_initial(work, claim->first)) /* Sainsbury of J. Sainsbury PLC */
            shared_put(work, work->pieces.data[claim->first + words - 1].hash, name_root(work, claim->name));
    }
    return OK;
}

/* Whether the pieces from [at] on are those of [claim] before its legal form; case does not matter. */
static bool stands_at(const struct work *work, const struct candidate *claim, size_t words, size_t at)
{
    if (at + words > work->pieces.count) return false;
    for (size_t i = 0; i < words; i++)
        if (work->pieces.data[at + i].hash != work->pieces.data[claim->first + i].hash) return false;
    return piece_capital(work, at) && piece_capital(work, at + words - 1);
}

/* "Manufacturers Hanover noted": two words and more of a company's name are the company, whatever was seen in them. */
static enum status spread(struct work *work)
{
    for (size_t i = 0; i + 1 < work->pieces.count; i++) {
        if (!piece_capital(work, i) || work->owner.data[i] == BLOCKED) continue;
        const struct shared *slot = shared_get(work, work->pieces.data[i].hash);
        if (!slot || slot->count > SHARED_MAX) continue;
        for (uint32_t s = 0; s < slot->count; s++) {
            uint32_t name = name_root(work, slot->name[s]);
            const struct known *known = &work->names.data[name];
            if (!known->company || known->claim == UINT32_MAX) continue;
            struct candidate whole = work->claims.data[known->claim];
            size_t words = without_form(work, &whole), last = i + words - 1;
            if (words < 2 || whole.first == i || !stands_at(work, &whole, words, i)) continue;
            bool inside = true;
            for (size_t at = i; at <= last && inside; at++) {
                uint32_t owner = work->owner.data[at];
                const struct candidate *claim = owner && owner != BLOCKED ? &work->claims.data[owner - 1] : NULL;
                inside = owner != BLOCKED && (!claim || claim->gone || (claim->first >= i && claim->last <= last));
                inside = inside && !(claim && !claim->gone && claim->first == i && claim->last == last);
            }
            if (!inside) continue;
            if (!ARRAY_ROOM(work->claims, work->claims.count + 1)) return NO_MEMORY;
            work->claims.data[work->claims.count++] = (struct candidate){.first = (uint32_t)i,
                                                                         .last = (uint32_t)last,
                                                                         .type = TAG_ORGANIZATION,
                                                                         .why = WHY_BACK_REFERENCE,
                                                                         .name = name};
            for (size_t at = i; at <= last; at++) {
                uint32_t owner = work->owner.data[at];
                if (owner) work->claims.data[owner - 1].gone = true;
                work->owner.data[at] = (uint32_t)work->claims.count;
            }
            work->names.data[name].votes[TAG_ORGANIZATION]++;
            break;
        }
    }
    return OK;
}

/* A body's first words for the whole, its name without "Corp.": merged when just one longer name begins so. */
enum status work_organizations(struct work *work)
{
    enum status status = fill(work);
    for (size_t c = 0, claims = work->claims.count; c < claims && status == OK; c++) status = part_pair(work, c);
    if (status == OK) status = fill(work); /* without the pairs */
    if (status == OK) status = spread(work);
    for (size_t c = 0; c < work->claims.count && status == OK; c++) {
        struct candidate *claim = &work->claims.data[c];
        bool listed = claim->record && claim->record->classes & IS_ORGANIZATION;
        if (claim->gone || claim->name == NO_NAME || listed || !may_be_company(claim)) continue;
        /* Its first words, or its last ones when they are two or more: "Information Sharing Centre". */
        bool tail = claim->last > claim->first && piece_classes(work, claim->last) & IS_HEAD;
        uint32_t weak = IS_KNOWN | IS_GENERIC | IS_DEMONYM | IS_NEVER | IS_HEAD;
        if (!tail && claim->first == claim->last && piece_classes(work, claim->first) & weak) continue;
        uint32_t own = name_root(work, claim->name);
        struct span key = work->names.data[own].key;
        uint32_t whole = tail ? longer_name(work, key, own, claim->last, true) : NO_NAME;
        if (whole == NO_NAME) whole = longer_name(work, key, own, claim->first, false);
        if (whole == NO_NAME && claim->first == claim->last) whole = family_firm(work, claim->first);
        if (whole == NO_NAME || whole == own) continue;
        if (claim->type != TAG_ORGANIZATION) {
            if (!work->names.data[whole].company) continue;
            claim->type = TAG_ORGANIZATION;
            work->names.data[whole].votes[TAG_ORGANIZATION] += 4;
        }
        name_merge(work, own, whole);
        claim->why = WHY_BACK_REFERENCE;
    }
    return status;
}
