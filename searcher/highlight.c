/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/highlight.h"

#include "searcher/highlight_table.h"

#include <stdlib.h>
#include <string.h>

enum {
    ARENA_BYTES_MAX = 256 * 1024 * 1024, /* bytes: evidence of the largest queries takes a few MB */
    PLACES_MAX = 64                      /* places of a group whose words are marked one by one: bits of a mask */
};

/* How a group is followed through the text. */
enum follow {
    FOLLOW_WORD,   /* one place */
    FOLLOW_PHRASE, /* side by side in order */
    FOLLOW_ORDER,  /* in order, within the window */
    FOLLOW_NEAR,   /* in any order, within the window */
    FOLLOW_NOT     /* given up */
};

/* The beginning of a match in order, up to one place. */
struct chain {
    bool valid;
    uint32_t end, gaps;   /* the position after it, and the positions left out in it */
    uint32_t first, last; /* tokens */
};

/* What stands at one place of a group at the moment. */
struct standing {
    struct chain chain[2]; /* the two latest; of ordered groups */
    uint32_t *members[2];  /* the tokens of each, of FOLLOW_ORDER */
    uint32_t token;        /* of FOLLOW_NEAR: the token, and … */
    uint64_t places;       /* … the places it could stand at; 0 for none */
    bool told;             /* the token is among the hits already */
};

struct group_state {
    enum follow follow;
    struct standing *standing; /* [count] */
    uint64_t steps;
};

struct highlighter {
    struct evidence evidence;
    struct arena arena;
    struct table table;
    struct group_state *groups;
    struct use_list uses;
    struct highlight_hit *hits;
    size_t hit_count, hit_capacity;
    struct range *ranges;
    size_t range_capacity;
};

static enum status copy_place(struct evidence_place *out, struct arena *arena, const struct evidence_place *place)
{
    struct evidence_term *terms = arena_take(arena, (place->count + 1) * sizeof *terms);
    if (!terms) return NO_MEMORY;
    for (size_t i = 0; i < place->count; i++) {
        char *text = arena_copy(arena, place->terms[i].text);
        if (!text) return NO_MEMORY;
        terms[i] = (struct evidence_term){place->terms[i].kind, {text, place->terms[i].text.length}};
    }
    *out = (struct evidence_place){terms, place->count};
    return OK;
}

static enum follow follow_of(const struct evidence_group *group)
{
    if (!group->count) return FOLLOW_NOT;
    if (group->count == 1) return FOLLOW_WORD;
    if (group->ordered && group->window <= group->count) return FOLLOW_PHRASE;
    if (group->count > PLACES_MAX) return group->ordered ? FOLLOW_PHRASE : FOLLOW_NOT;
    return group->ordered ? FOLLOW_ORDER : FOLLOW_NEAR;
}

static enum status copy_group(struct evidence_group *out, struct group_state *state, struct arena *arena,
                              const struct evidence_group *group)
{
    struct evidence_place *places = arena_take(arena, (group->count + 1) * sizeof *places);
    if (!places) return NO_MEMORY;
    *out = *group;
    out->places = places;
    for (size_t i = 0; i < group->count; i++) {
        enum status status = copy_place(&places[i], arena, &group->places[i]);
        if (status) return status;
    }
    state->follow = follow_of(group);
    if (state->follow == FOLLOW_WORD || state->follow == FOLLOW_NOT) return OK;
    state->standing = arena_take(arena, group->count * sizeof *state->standing);
    if (!state->standing) return NO_MEMORY;
    memset(state->standing, 0, group->count * sizeof *state->standing);
    for (size_t i = 0; i < group->count && state->follow == FOLLOW_ORDER; i++)
        for (size_t j = 0; j < 2; j++) {
            state->standing[i].members[j] = arena_take(arena, (i + 1) * sizeof(uint32_t));
            if (!state->standing[i].members[j]) return NO_MEMORY;
        }
    return OK;
}

enum status highlighter_new(struct highlighter **out, const struct evidence *evidence)
{
    struct highlighter *made = calloc(1, sizeof *made);
    if (!made) return NO_MEMORY;
    arena_init(&made->arena, ARENA_BYTES_MAX);
    struct evidence_group *groups = arena_take(&made->arena, (evidence->count + 1) * sizeof *groups);
    made->groups = calloc(evidence->count + 1, sizeof *made->groups);
    enum status status = groups && made->groups ? OK : NO_MEMORY;
    for (size_t i = 0; i < evidence->count && !status; i++)
        status = copy_group(&groups[i], &made->groups[i], &made->arena, &evidence->groups[i]);
    struct evidence_name *names = arena_take(&made->arena, (evidence->name_count + 1) * sizeof *names);
    for (size_t i = 0; i < evidence->name_count && names; i++) {
        char *key = arena_copy(&made->arena, evidence->names[i].key);
        names[i] = evidence->names[i];
        names[i].key.data = key;
        if (!key) names = NULL;
    }
    if (!names) status = NO_MEMORY;
    made->evidence = (struct evidence){.groups = groups,
                                       .count = status ? 0 : evidence->count,
                                       .names = names,
                                       .name_count = status ? 0 : evidence->name_count};
    bool *given_up = calloc(evidence->count + 1, sizeof *given_up);
    if (!status)
        status = given_up ? highlight_table_build(&made->table, &made->arena, &made->evidence, given_up) : NO_MEMORY;
    for (size_t i = 0; i < made->evidence.count && !status; i++)
        if (given_up[i] && groups[i].count > 1) made->groups[i].follow = FOLLOW_NOT;
    free(given_up);
    if (status) {
        highlighter_free(made);
        return status;
    }
    *out = made;
    return OK;
}

void highlighter_free(struct highlighter *highlighter)
{
    if (!highlighter) return;
    arena_release(&highlighter->arena);
    free(highlighter->groups);
    free(highlighter->uses.uses);
    free(highlighter->hits);
    free(highlighter->ranges);
    free(highlighter);
}

const struct evidence *highlighter_evidence(const struct highlighter *highlighter)
{
    return &highlighter->evidence;
}

static enum status add_hit(struct highlighter *highlighter, const struct analysis *analysis, uint32_t group,
                           uint32_t first, uint32_t last)
{
    if (highlighter->hit_count == highlighter->hit_capacity) {
        size_t capacity = highlighter->hit_capacity ? highlighter->hit_capacity * 2 : 64;
        struct highlight_hit *grown = realloc(highlighter->hits, capacity * sizeof *grown);
        if (!grown) return NO_MEMORY;
        highlighter->hits = grown;
        highlighter->hit_capacity = capacity;
    }
    uint32_t start = analysis->tokens[first].start, end = analysis->tokens[last].end;
    highlighter->hits[highlighter->hit_count++] = (struct highlight_hit){start, end > start ? end : start, group};
    return OK;
}

/* [token] stands at [place] of an ordered group: lengthens what stands before it there. */
static enum status follow_order(struct highlighter *highlighter, const struct analysis *analysis, struct use use,
                                uint32_t token)
{
    struct group_state *state = &highlighter->groups[use.group];
    const struct evidence_group *group = &highlighter->evidence.groups[use.group];
    const struct token *at = &analysis->tokens[token];
    uint32_t slack = group->window > group->count ? group->window - (uint32_t)group->count : 0;
    uint32_t end = at->position + (at->width ? at->width : 1);
    struct chain made = {true, end, 0, token, token};
    const uint32_t *members = NULL;
    state->steps++;
    if (use.place) {
        const struct standing *before = &state->standing[use.place - 1];
        made.valid = false;
        for (size_t i = 0; i < 2; i++) {
            const struct chain *chain = &before->chain[i];
            if (!chain->valid || chain->end > at->position) continue;
            uint32_t gaps = chain->gaps + (at->position - chain->end);
            if (gaps > slack || (made.valid && gaps >= made.gaps)) continue;
            made = (struct chain){true, end, gaps, chain->first, token};
            members = before->members[i];
        }
        if (!made.valid) return OK;
    }
    bool listed = state->follow == FOLLOW_ORDER;
    if (use.place + 1 == group->count) {
        if (!listed) return add_hit(highlighter, analysis, use.group, made.first, token);
        enum status status = add_hit(highlighter, analysis, use.group, token, token);
        for (size_t i = 0; i < use.place && !status; i++)
            status = add_hit(highlighter, analysis, use.group, members[i], members[i]);
        return status;
    }
    struct standing *here = &state->standing[use.place];
    here->chain[1] = here->chain[0];
    here->chain[0] = made;
    if (listed) {
        uint32_t *oldest = here->members[1];
        here->members[1] = here->members[0];
        here->members[0] = oldest;
        if (use.place) memcpy(oldest, members, use.place * sizeof *oldest);
        oldest[use.place] = token;
        state->steps += use.place;
    }
    return OK;
}

/* Gives [token], which can stand at [places], one of them, so that the latest tokens that can stand together do: found
 * as an augmenting path to a free place, or else to the place of the oldest token that can make room. Thus "a NEAR a"
 * needs two, and (a OR b) NEAR a finds "a b". */
static void stand(struct group_state *state, size_t count, uint32_t token, uint64_t places)
{
    unsigned char queue[PLACES_MAX], from[PLACES_MAX]; /* places reached, and by whose token */
    size_t head = 0, tail = 0, goal = SIZE_MAX;
    uint64_t reached = 0;
    uint64_t next = places;
    unsigned char by = UINT8_MAX; /* the new token */
    for (;;) {
        for (size_t i = 0; i < count; i++) {
            if (!(next >> i & 1) || reached >> i & 1) continue;
            reached |= (uint64_t)1 << i;
            from[i] = by;
            queue[tail++] = (unsigned char)i;
        }
        state->steps += count;
        if (head == tail) break;
        by = queue[head++];
        const struct standing *here = &state->standing[by];
        if (goal == SIZE_MAX || !here->places || here->token < state->standing[goal].token) goal = by;
        if (!here->places) break;
        next = here->places;
    }
    if (goal == SIZE_MAX) return;
    while (from[goal] != UINT8_MAX) { /* each token on the path moves on by one place */
        size_t before = from[goal];
        state->standing[goal].token = state->standing[before].token;
        state->standing[goal].places = state->standing[before].places;
        state->standing[goal].told = state->standing[before].told;
        goal = before;
    }
    state->standing[goal].token = token;
    state->standing[goal].places = places;
    state->standing[goal].told = false;
}

static enum status follow_near(struct highlighter *highlighter, const struct analysis *analysis, uint32_t group,
                               uint32_t token, uint64_t places)
{
    struct group_state *state = &highlighter->groups[group];
    const struct evidence_group *asked = &highlighter->evidence.groups[group];
    uint32_t now = analysis->tokens[token].position;
    stand(state, asked->count, token, places);
    for (size_t i = 0; i < asked->count; i++) {
        const struct standing *here = &state->standing[i];
        if (!here->places || now - analysis->tokens[here->token].position >= asked->window) return OK;
    }
    for (size_t i = 0; i < asked->count; i++) {
        struct standing *here = &state->standing[i];
        if (here->told) continue;
        enum status status = add_hit(highlighter, analysis, group, here->token, here->token);
        if (status) return status;
        here->told = true;
    }
    return OK;
}

/* All uses of one token in one group. */
static enum status follow_group(struct highlighter *highlighter, const struct analysis *analysis,
                                const struct use *uses, size_t count, uint32_t token)
{
    uint32_t group = uses->group;
    enum status status = OK;
    uint64_t places = 0;
    switch (highlighter->groups[group].follow) {
    case FOLLOW_WORD:
        return add_hit(highlighter, analysis, group, token, token);
    case FOLLOW_PHRASE:
    case FOLLOW_ORDER:
        for (size_t i = 0; i < count && !status; i++) status = follow_order(highlighter, analysis, uses[i], token);
        return status;
    case FOLLOW_NEAR:
        for (size_t i = 0; i < count; i++) places |= (uint64_t)1 << uses[i].place;
        return follow_near(highlighter, analysis, group, token, places);
    default:
        return OK;
    }
}

static void forget_text(struct highlighter *highlighter)
{
    highlighter->hit_count = 0;
    for (size_t g = 0; g < highlighter->evidence.count; g++) {
        struct group_state *state = &highlighter->groups[g];
        state->steps = 0;
        for (size_t i = 0; state->standing && i < highlighter->evidence.groups[g].count; i++) {
            struct standing *here = &state->standing[i];
            here->chain[0].valid = here->chain[1].valid = false;
            here->places = 0;
        }
    }
}

static int compare_hits(const void *left, const void *right)
{
    const struct highlight_hit *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return (a->group > b->group) - (a->group < b->group);
}

/* Brings the hits into order, each once. */
static void sort_hits(struct highlighter *highlighter)
{
    struct highlight_hit *hits = highlighter->hits;
    size_t count = highlighter->hit_count, kept = 0;
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++) sorted = compare_hits(&hits[i - 1], &hits[i]) <= 0;
    if (!sorted) qsort(hits, count, sizeof *hits, compare_hits);
    for (size_t i = 0; i < count; i++)
        if (!kept || compare_hits(&hits[kept - 1], &hits[i]) != 0) hits[kept++] = hits[i];
    highlighter->hit_count = kept;
}

enum status highlight_hits(const struct highlight_hit **out, size_t *count, struct highlighter *highlighter,
                           const struct analysis *analysis, struct range title)
{
    uint64_t steps_max = HIGHLIGHT_USES_MAX * ((uint64_t)analysis->count + 1);
    forget_text(highlighter);
    for (size_t t = 0; t < analysis->count; t++) {
        const struct token *token = &analysis->tokens[t];
        bool in_title = token->start >= title.start && token->end <= title.end;
        enum status status = highlight_table_find(&highlighter->uses, &highlighter->table, token);
        const struct use *uses = highlighter->uses.uses;
        for (size_t i = 0, next = 0; i < highlighter->uses.count && !status; i = next) {
            for (next = i; next < highlighter->uses.count && uses[next].group == uses[i].group;) next++;
            if (highlighter->evidence.groups[uses[i].group].title_only && !in_title) continue;
            if (highlighter->groups[uses[i].group].steps > steps_max) continue;
            status = follow_group(highlighter, analysis, uses + i, next - i, (uint32_t)t);
        }
        if (status) return status;
    }
    sort_hits(highlighter);
    *out = highlighter->hits;
    *count = highlighter->hit_count;
    return OK;
}

enum status highlight_ranges(const struct range **out, size_t *count, struct highlighter *highlighter,
                             const struct analysis *analysis, struct range title)
{
    const struct highlight_hit *hits;
    size_t hit_count, made = 0;
    enum status status = highlight_hits(&hits, &hit_count, highlighter, analysis, title);
    if (status) return status;
    if (hit_count > highlighter->range_capacity) {
        struct range *grown = realloc(highlighter->ranges, hit_count * sizeof *grown);
        if (!grown) return NO_MEMORY;
        highlighter->ranges = grown;
        highlighter->range_capacity = hit_count;
    }
    for (size_t i = 0; i < hit_count; i++) {
        struct range *last = made ? &highlighter->ranges[made - 1] : NULL;
        if (last && hits[i].start <= last->end) {
            if (hits[i].end > last->end) last->end = hits[i].end;
        } else {
            highlighter->ranges[made++] = (struct range){hits[i].start, hits[i].end};
        }
    }
    *out = highlighter->ranges;
    *count = made;
    return OK;
}
