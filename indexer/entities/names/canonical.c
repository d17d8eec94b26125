/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name that each claim bears, and the table in which forms of one name meet. */
#include "indexer/entities/names/work.h"

#include <string.h>

static uint32_t *name_slot(const struct work *work, struct span key, uint64_t hash)
{
    size_t mask = work->name_slots.capacity - 1, at = hash & mask;
    for (;; at = (at + 1) & mask) {
        uint32_t name = work->name_slots.data[at];
        if (name == NO_NAME) return &work->name_slots.data[at];
        if (work->names.data[name].hash == hash && span_equal(work->names.data[name].key, key))
            return &work->name_slots.data[at];
    }
}

uint32_t name_find(const struct work *work, struct span name)
{
    char key[NAME_BYTES_MAX];
    size_t length = name_key(key, name);
    if (length == 0 || work->name_slots.capacity == 0) return NO_NAME;
    return *name_slot(work, (struct span){key, length}, key_hash((struct span){key, length}));
}

enum status name_intern(struct work *work, uint32_t *out, struct span shown, bool listed)
{
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, shown)};
    *out = NO_NAME;
    if (key.length == 0) return OK;
    uint64_t hash = key_hash(key);
    if (!ARRAY_ROOM(work->names, work->names.count + 2)) return NO_MEMORY;
    if (work->names.count * 2 + 4 > work->name_slots.capacity) {
        size_t wanted = work->name_slots.capacity ? work->name_slots.capacity * 2 : 1024;
        if (!ARRAY_ROOM(work->name_slots, wanted)) return NO_MEMORY;
        memset(work->name_slots.data, 0, work->name_slots.capacity * sizeof *work->name_slots.data);
        for (uint32_t i = 1; i < work->names.count; i++)
            *name_slot(work, work->names.data[i].key, work->names.data[i].hash) = i;
    }
    uint32_t *slot = name_slot(work, key, hash);
    if (*slot != NO_NAME) {
        struct known *known = &work->names.data[*slot];
        if (listed && !known->listed) {
            known->shown = shown;
            known->listed = true;
        }
        *out = *slot;
        return OK;
    }
    char *copy = arena_copy(&work->arena, key);
    if (!copy) return NO_MEMORY;
    *slot = *out = (uint32_t)work->names.count;
    work->names.data[work->names.count++] = (struct known){
        .shown = shown, .key = {copy, key.length}, .hash = hash, .same = *out, .listed = listed, .claim = UINT32_MAX};
    return OK;
}

uint32_t name_root(struct work *work, uint32_t name)
{
    while (work->names.data[name].same != name) {
        uint32_t up = work->names.data[name].same;
        work->names.data[name].same = work->names.data[up].same;
        name = up;
    }
    return name;
}

void name_merge(struct work *work, uint32_t from, uint32_t into)
{
    from = name_root(work, from);
    into = name_root(work, into);
    if (from == into || from == NO_NAME || into == NO_NAME) return;
    work->names.data[from].same = into;
}

/* A list's or a text's words with single spaces, without quotes at the ends; capitals that shout become a name. */
struct span name_text(struct work *work, size_t first, size_t last)
{
    struct span text = pieces_text(work, first, last);
    char *out = arena_bytes(&work->arena, text.length + 1);
    size_t length = 0;
    bool shout = true, space = false;
    if (!out) return (struct span){NULL, 0};
    for (size_t i = first; i <= last; i++)
        if (work->pieces.data[i].flags & PIECE_WORD && !(work->pieces.data[i].flags & PIECE_UPPER)) shout = false;
    shout = shout && last > first && text.length > 7 && !memchr(text.data, '.', text.length);
    bool begins = true;
    for (size_t i = 0; i < text.length && length < NAME_BYTES_MAX; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte <= ' ' || byte == 0x7F) {
            space = true;
            continue;
        }
        if (space && length) out[length++] = ' ';
        if (space || byte == '-') begins = true;
        space = false;
        out[length++] = shout && !begins && byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : (char)byte;
        if (byte != '-') begins = false;
    }
    return (struct span){out, utf8_floor((struct span){out, length}, length)};
}

/* MANILA as Manila. */
static struct span title_case(struct work *work, struct span text)
{
    char *out = arena_copy(&work->arena, text);
    for (size_t i = 1; out && i < text.length; i++)
        if (out[i] >= 'A' && out[i] <= 'Z' && out[i - 1] != ' ' && out[i - 1] != '-')
            out[i] = (char)(out[i] + ('a' - 'A'));
    return (struct span){out, out ? text.length : 0};
}

static struct span join(struct work *work, struct span a, struct span b)
{
    char *out = arena_bytes(&work->arena, a.length + b.length + 1);
    if (!out) return (struct span){NULL, 0};
    memcpy(out, a.data, a.length);
    out[a.length] = ' ';
    memcpy(out + a.length + 1, b.data, b.length);
    return (struct span){out, a.length + 1 + b.length};
}

/* An organization that no list knows: "U.S. Fish Service" is written out, "Japanese Water Ministry" turned. */
static struct span organization_text(struct work *work, const struct candidate *claim, bool *listed)
{
    const struct list_record *record = NULL;
    const struct lists *lists = NULL;
    size_t first = claim->first;
    if (is_company(work, claim)) return name_text(work, first, claim->last);
    size_t lead = phrase_at(work, first, claim->last + 1, IS_COUNTRY | IS_DEMONYM, &record, &lists);
    if (claim->last > first && piece_equals(work, claim->last, "Ministry")) {
        if (lead && first + lead < claim->last) first += lead;
        struct span rest = name_text(work, first, claim->last - 1);
        *listed = true;
        return rest.data ? join(work, SPAN("Ministry of"), rest) : rest;
    }
    if (lead && first + lead <= claim->last && piece_equals(work, first + lead, "Ministry") &&
        record->classes & IS_DEMONYM)
        return name_text(work, first + lead, claim->last);
    if (!lead || !(record->classes & IS_COUNTRY) || !record->capitals)
        lead = phrase_at(work, first, first + 1, IS_ORGANIZATION, &record, &lists);
    if (lead && first + lead <= claim->last && record->capitals && lists_name(lists, record).length &&
        (record->classes & IS_COUNTRY || work->pieces.data[first].hash == word_hash(SPAN("UN")))) {
        struct span rest = name_text(work, first + lead, claim->last);
        return rest.data ? join(work, lists_name(lists, record), rest) : rest;
    }
    return name_text(work, claim->first, claim->last);
}

/* The one meaning of an acronym that several bodies share: the one the document names in full, or in a credit the
 * agency. NULL when nothing tells. */
static const struct list_record *resolve(struct work *work, const struct candidate *claim)
{
    const struct list_record *named = NULL, *agency = NULL, *record = claim->record;
    size_t named_count = 0, agencies = 0;
    for (; record; record = lists_record(claim->lists, record->next)) {
        if (!(record->classes & IS_ORGANIZATION)) continue;
        uint32_t name = name_find(work, lists_name(claim->lists, record));
        if (name != NO_NAME && work->names.data[name].claim != UINT32_MAX) {
            named = record;
            named_count++;
        }
        if (record->kind == KIND_MEDIA) {
            agency = record;
            agencies++;
        }
    }
    if (named_count == 1) return named;
    static const char *const credits[] = {"(", ")", "/", "—", "–", "--", "-"};
    for (size_t i = 0; i < sizeof credits / sizeof *credits && agencies == 1; i++) {
        if (claim->first && piece_equals(work, claim->first - 1, credits[i])) return agency;
        if (claim->last + 1 < work->pieces.count && piece_equals(work, claim->last + 1, credits[i])) return agency;
    }
    return NULL;
}

static bool is_ambiguous(const struct candidate *claim)
{
    size_t meanings = 0;
    if (!claim->record || !(claim->record->classes & IS_ORGANIZATION) || claim->type != TAG_ORGANIZATION) return false;
    for (const struct list_record *r = claim->record; r; r = lists_record(claim->lists, r->next))
        if (r->classes & IS_ORGANIZATION) meanings++;
    return meanings > 1;
}

static enum status give_name(struct work *work, size_t index)
{
    struct candidate *claim = &work->claims.data[index];
    struct span shown = {NULL, 0};
    bool listed = false;
    const struct list_record *record = claim->record;
    if (is_ambiguous(claim)) record = resolve(work, claim);
    if (record && record_type(record) == (enum tag_type)claim->type) {
        shown = lists_name(claim->lists, record);
        listed = shown.length > 0;
    }
    if (!listed)
        shown = claim->type == TAG_ORGANIZATION ? organization_text(work, claim, &listed)
                                                : name_text(work, claim->first, claim->last);
    unsigned flags = work->pieces.data[claim->first].flags;
    bool shouted = claim->type == TAG_PERSON && flags & PIECE_SHOUT && flags & PIECE_UPPER;
    if (!listed && ((claim->type == TAG_PLACE && claim->record && flags & PIECE_UPPER) || shouted) && shown.length > 3)
        shown = title_case(work, shown);
    if (!shown.data) return NO_MEMORY;
    enum status status = name_intern(work, &claim->name, shown, listed);
    if (status != OK) return status;
    if (claim->name == NO_NAME) {
        claim->gone = true;
        return OK;
    }
    for (size_t i = 0; i < work->shunned.count && claim->first == claim->last && !claim->record; i++)
        if (work->shunned.data[i] == work->pieces.data[claim->first].hash) {
            claim->gone = true;
            return OK;
        }
    if (listed && (claim->why == WHY_MODEL || claim->why == WHY_LIST) &&
        !span_equal(work->names.data[claim->name].shown, pieces_text(work, claim->first, claim->last))) {
        char surface[NAME_BYTES_MAX];
        size_t length = name_key(surface, pieces_text(work, claim->first, claim->last));
        bool same = span_equal(work->names.data[claim->name].key, (struct span){surface, length});
        claim->why = same ? claim->why : WHY_ALIAS;
    }
    struct known *known = &work->names.data[claim->name];
    if (known->claim == UINT32_MAX) known->claim = (uint32_t)index;
    bool company = is_company(work, claim);
    known->votes[claim->type] += claim->record ? 8 : company ? 4 : 1;
    known->company = known->company || company;
    if (claim->record || company || !(work->pieces.data[claim->first].flags & PIECE_SHOUT)) known->plain++;
    if (!known->listed && work->pieces.data[claim->first].flags & PIECE_UPPER && known->claim != index) return OK;
    if (!known->listed && !(work->pieces.data[claim->first].flags & PIECE_UPPER)) known->shown = shown;
    return OK;
}

enum status work_names(struct work *work)
{
    work->names.count = 0;
    if (work->name_slots.capacity)
        memset(work->name_slots.data, 0, work->name_slots.capacity * sizeof *work->name_slots.data);
    if (!ARRAY_ROOM(work->names, 2)) return NO_MEMORY;
    work->names.data[0] = (struct known){.same = NO_NAME};
    work->names.count = 1;
    for (int late = 0; late < 2; late++)
        for (size_t c = 0; c < work->claims.count; c++) {
            if (is_ambiguous(&work->claims.data[c]) != late) continue;
            enum status status = give_name(work, c);
            if (status != OK) return status;
        }
    return OK;
}
