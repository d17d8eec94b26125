/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/names.h"

#include "indexer/entities/names/work.h"

#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BYTES_MAX = 256 << 20,  /* names of one part, however odd: far more than its text */
    ENTITY_BYTES_MAX = 256 << 20, /* names of one document */
    PART_SLACK = 4096             /* bytes before a part's end where a line's end is looked for */
};

struct found {
    struct name_mention mention;
    uint32_t entity;
};

struct entity_key {
    struct span key;
    uint64_t hash;
};

struct namer {
    struct work work;
    struct arena arena; /* names of the document */
    ARRAY(struct tag_token) tokens;
    ARRAY(struct tag_span) spans;
    ARRAY(struct found) found;
    ARRAY(struct name_entity) entities;
    ARRAY(struct entity_key) keys;
    ARRAY(uint32_t) slots; /* hash table over entities, number and one */
    ARRAY(struct name_mention) mentions;
};

const char *name_why_name(enum name_why why)
{
    static const char *const names[WHY_COUNT] = {
        [WHY_MODEL] = "model",     [WHY_LIST] = "list",       [WHY_ALIAS] = "alias",
        [WHY_KEYWORD] = "keyword", [WHY_TITLE] = "title",     [WHY_ACRONYM] = "acronym",
        [WHY_SPLIT] = "split",     [WHY_INSIDE] = "inside",   [WHY_BACK_REFERENCE] = "back-reference",
        [WHY_USER] = "user list",  [WHY_COMPANY] = "company",
    };
    return (unsigned)why < WHY_COUNT ? names[why] : "";
}

enum status namer_new(struct namer **out, const struct user_names *user)
{
    struct namer *namer = calloc(1, sizeof *namer);
    if (!namer) return NO_MEMORY;
    namer->work.user = user;
    arena_init(&namer->work.arena, ARENA_BYTES_MAX);
    arena_init(&namer->arena, ENTITY_BYTES_MAX);
    *out = namer;
    return OK;
}

void namer_free(struct namer *namer)
{
    if (!namer) return;
    struct work *work = &namer->work;
    arena_release(&work->arena);
    arena_release(&namer->arena);
    void *arrays[] = {work->found.data,      work->shunned.data,   work->pieces.data,  work->token_piece.data,
                      work->candidates.data, work->claims.data,    work->owner.data,   work->names.data,
                      work->name_slots.data, work->shared.data,    namer->tokens.data, namer->spans.data,
                      namer->found.data,     namer->entities.data, namer->keys.data,   namer->slots.data,
                      namer->mentions.data};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) free(arrays[i]);
    free(namer);
}

static void begin(struct namer *namer)
{
    arena_reset(&namer->arena);
    namer->found.count = namer->entities.count = namer->keys.count = 0;
    if (namer->slots.capacity) memset(namer->slots.data, 0, namer->slots.capacity * sizeof *namer->slots.data);
}

static uint32_t *entity_slot(const struct namer *namer, struct span key, uint64_t hash, enum tag_type type)
{
    size_t mask = namer->slots.capacity - 1, at = hash & mask;
    for (;; at = (at + 1) & mask) {
        uint32_t entity = namer->slots.data[at];
        if (entity == 0) return &namer->slots.data[at];
        const struct entity_key *other = &namer->keys.data[entity - 1];
        if (other->hash == hash && namer->entities.data[entity - 1].type == type && span_equal(other->key, key))
            return &namer->slots.data[at];
    }
}

/* The number of the entity called [name], made when it is new. */
static enum status find_entity(struct namer *namer, uint32_t *out, enum tag_type type, struct span name)
{
    char bytes[NAME_BYTES_MAX];
    struct span key = {bytes, name_key(bytes, name)};
    uint64_t hash = key_hash(key) + (uint64_t)type * 0x9E3779B97F4A7C15u;
    if (namer->entities.count * 2 + 2 > namer->slots.capacity) {
        size_t wanted = namer->slots.capacity ? namer->slots.capacity * 2 : 256;
        if (!ARRAY_ROOM(namer->slots, wanted)) return NO_MEMORY;
        memset(namer->slots.data, 0, namer->slots.capacity * sizeof *namer->slots.data);
        for (uint32_t i = 0; i < namer->entities.count; i++)
            *entity_slot(namer, namer->keys.data[i].key, namer->keys.data[i].hash, namer->entities.data[i].type) =
                i + 1;
    }
    uint32_t *slot = entity_slot(namer, key, hash, type);
    if (*slot == 0) {
        if (!ARRAY_ROOM(namer->entities, namer->entities.count + 1)) return NO_MEMORY;
        if (!ARRAY_ROOM(namer->keys, namer->keys.count + 1)) return NO_MEMORY;
        char *shown = arena_copy(&namer->arena, name), *copy = arena_copy(&namer->arena, key);
        if (!shown || !copy) return NO_MEMORY;
        namer->entities.data[namer->entities.count++] =
            (struct name_entity){.type = type, .name = {shown, name.length}};
        namer->keys.data[namer->keys.count++] = (struct entity_key){{copy, key.length}, hash};
        *slot = (uint32_t)namer->entities.count;
    }
    *out = *slot - 1;
    return OK;
}

static int by_start(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Turns the claims that are left into mentions; [base] is where the part begins in the document. */
static enum status gather(struct namer *namer, size_t base)
{
    struct work *work = &namer->work;
    for (uint32_t n = 1; n < work->names.count; n++) {
        uint32_t root = name_root(work, n);
        if (root == n) continue;
        for (int type = 0; type < TAG_TYPES; type++)
            work->names.data[root].votes[type] += work->names.data[n].votes[type];
        work->names.data[root].plain += work->names.data[n].plain;
    }
    if (work->claims.count) qsort(work->claims.data, work->claims.count, sizeof *work->claims.data, by_start);
    for (size_t c = 0; c < work->claims.count; c++) {
        const struct candidate *claim = &work->claims.data[c];
        if (claim->gone || claim->name == NO_NAME) continue;
        const struct known *known = &work->names.data[name_root(work, claim->name)];
        if (known->plain == 0) continue;
        enum tag_type type = TAG_PERSON;
        for (enum tag_type t = TAG_PERSON; t < TAG_OTHER; t++)
            if (known->votes[t] > known->votes[type]) type = t;
        struct span name = known->shown;
        if (claim->why == WHY_USER) type = (enum tag_type)claim->type;
        if (!user_names_apply(work->user, &type, &name)) continue;
        if (namer->found.count >= NAMES_MENTIONS_MAX) return OK;
        uint32_t entity;
        enum status status = find_entity(namer, &entity, type, name);
        if (status != OK) return status;
        struct span text = pieces_text(work, claim->first, claim->last);
        size_t start = base + (size_t)(text.data - work->text.data);
        if (!ARRAY_ROOM(namer->found, namer->found.count + 1)) return NO_MEMORY;
        namer->found.data[namer->found.count++] =
            (struct found){{start, start + text.length, (enum name_why)claim->why}, entity};
    }
    return OK;
}

static enum status find_part(struct namer *namer, struct span text, size_t base, const struct tag_token *tokens,
                             size_t count, const struct tag_span *spans, size_t span_count)
{
    struct work *work = &namer->work;
    work->text = text;
    work->alone = spans == NULL;
    work->candidates.count = work->claims.count = work->shunned.count = 0;
    arena_reset(&work->arena);
    enum status status = work_pieces(work, tokens, count);
    if (status != OK) return status;
    work_lines(work);
    work_tickers(work);
    static enum status (*const steps[])(struct work *) = {work_runs,     work_companies,     work_claims, work_names,
                                                          work_acronyms, work_organizations, work_people};
    status = work_lists(work);
    if (status == OK && spans) status = work_spans(work, spans, span_count);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == OK; i++) status = steps[i](work);
    return status == OK ? gather(namer, base) : status;
}

/* Sorts the mentions under their entities. */
static enum status finish(struct namer *namer, struct names *out)
{
    if (!ARRAY_ROOM(namer->mentions, namer->found.count + 1)) return NO_MEMORY;
    struct name_entity *entities = namer->entities.data;
    for (size_t i = 0; i < namer->found.count; i++) entities[namer->found.data[i].entity].count++;
    for (size_t i = 0, first = 0; i < namer->entities.count; i++) {
        entities[i].first = first;
        first += entities[i].count;
        entities[i].count = 0;
    }
    for (size_t i = 0; i < namer->found.count; i++) {
        struct name_entity *entity = &entities[namer->found.data[i].entity];
        namer->mentions.data[entity->first + entity->count++] = namer->found.data[i].mention;
    }
    *out = (struct names){entities, namer->entities.count, namer->mentions.data, namer->found.count};
    return OK;
}

enum status namer_find(struct namer *namer, struct names *out, struct span text, const struct tag_token *tokens,
                       size_t count, const struct tag_span *spans, size_t span_count)
{
    if (text.length > NAMES_PART_BYTES) return LIMIT;
    begin(namer);
    enum status status = find_part(namer, text, 0, tokens, count, spans, span_count);
    return status == OK ? finish(namer, out) : status;
}

static enum status take_spans(void *user, const struct tag_span *spans, size_t count)
{
    struct namer *namer = user;
    if (!ARRAY_ROOM(namer->spans, namer->spans.count + count)) return NO_MEMORY;
    memcpy(namer->spans.data + namer->spans.count, spans, count * sizeof *spans);
    namer->spans.count += count;
    return OK;
}

static enum status tokenise_part(struct namer *namer, struct span part)
{
    struct tokeniser tokeniser;
    struct tag_token token;
    tokeniser_init(&tokeniser, part);
    namer->tokens.count = 0;
    while (tokeniser_next(&tokeniser, &token)) {
        if (!ARRAY_ROOM(namer->tokens, namer->tokens.count + 2)) return NO_MEMORY;
        size_t seam = token_seam(span_cut(part, token.start, token.start + token.length));
        if (seam) {
            struct tag_token second = {token.start + seam, token.length - (uint32_t)seam, false};
            char byte = part.data[second.start];
            second.sentence = byte >= 'A' && byte <= 'Z';
            token.length = (uint32_t)seam;
            namer->tokens.data[namer->tokens.count++] = token;
            token = second;
        }
        namer->tokens.data[namer->tokens.count++] = token;
    }
    return OK;
}

/* Where the part that begins at [start] ends: at a line's end when one is near, else at white space, else between
 * characters. */
static size_t part_end(struct span text, size_t start)
{
    if (text.length - start <= NAMES_PART_BYTES) return text.length;
    size_t end = start + NAMES_PART_BYTES;
    for (size_t at = end; at > end - PART_SLACK; at--)
        if (text.data[at - 1] == '\n') return at;
    for (size_t at = end; at > end - PART_SLACK; at--)
        if (text.data[at - 1] == ' ') return at;
    return utf8_floor(text, end);
}

enum status namer_text(struct namer *namer, struct names *out, struct tagger *tagger, struct span text)
{
    static const struct tag_options options = {.others = true};
    enum status status = OK;
    begin(namer);
    for (size_t start = 0, end; start < text.length && status == OK; start = end) {
        end = part_end(text, start);
        struct span part = span_cut(text, start, end);
        namer->spans.count = 0;
        status = tokenise_part(namer, part);
        if (status == OK && !ARRAY_ROOM(namer->spans, 1)) status = NO_MEMORY;
        if (status == OK && tagger)
            status =
                tagger_tag_tokens(tagger, part, namer->tokens.data, namer->tokens.count, &options, take_spans, namer);
        if (status == OK)
            status = find_part(namer, part, start, namer->tokens.data, namer->tokens.count,
                               tagger ? namer->spans.data : NULL, namer->spans.count);
    }
    return status == OK ? finish(namer, out) : status;
}
