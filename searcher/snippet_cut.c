/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a fragment begins and ends: at sentences where they fit, else between words. */
#include "searcher/snippet_parts.h"

#include <stdlib.h>

enum {
    INSIDE_COMPOUND = 1, /* of a compound or an address: better whole */
    INSIDE_WORD = 2,     /* of a word */
    BACK_TOKENS = 64     /* tokens before the zone that may reach into it: an address is followed by its parts */
};

/* The bytes around a window, and for each border in it what it would cut through. */
struct zone {
    struct span text;
    const struct analysis *analysis;
    struct range range;
    unsigned char *inside; /* [range.end - range.start + 1] */
};

static void mark_inside(struct zone *zone, const struct token *token, unsigned char what)
{
    size_t start = token->start + 1, end = token->end;
    if (start < zone->range.start) start = zone->range.start;
    if (end > zone->range.end) end = zone->range.end + 1;
    for (size_t at = start; at < end; at++)
        if (zone->inside[at - zone->range.start] < what) zone->inside[at - zone->range.start] = what;
}

static enum status zone_init(struct zone *zone, struct span text, const struct analysis *analysis, struct range range)
{
    *zone = (struct zone){text, analysis, range, calloc(range.end - range.start + 1, 1)};
    if (!zone->inside) return NO_MEMORY;
    size_t low = 0, high = analysis->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (analysis->tokens[middle].start < range.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low > BACK_TOKENS ? low - BACK_TOKENS : 0; i < analysis->count; i++) {
        const struct token *token = &analysis->tokens[i];
        if (token->start >= range.end) break;
        if (token->kind == TOKEN_BIGRAM) continue; /* its characters come as unigrams */
        mark_inside(zone, token,
                    token->kind == TOKEN_COMPOUND || token->kind == TOKEN_ADDRESS ? INSIDE_COMPOUND : INSIDE_WORD);
    }
    return OK;
}

/* True when the text can be cut at [at] through nothing worse than [allowed]. */
static bool can_cut(const struct zone *zone, size_t at, int allowed)
{
    return zone->inside[at - zone->range.start] <= allowed && snippet_border_is_safe(zone->text, at);
}

/* True when a clause ends right before [at], blanks aside. */
static bool after_clause(struct span text, size_t at)
{
    uint32_t rune = snippet_rune_before(text, at);
    bool blank = at > 0 && snippet_is_blank(rune);
    while (at > 0 && snippet_is_blank(rune)) {
        at = utf8_floor(text, at - 1);
        rune = snippet_rune_before(text, at);
    }
    return snippet_is_clause_end(rune) && (blank || rune > 0x7F); /* not the point of 1.5 */
}

/* The last good place to end in (low, high] that cuts through nothing worse than [allowed]; 0 when there is none. */
static size_t last_end(const struct zone *zone, size_t low, size_t high, int allowed)
{
    struct span text = zone->text;
    size_t near = high - (high - low) / 5, last = 0; /* a clause's end in the last fifth costs little room */
    for (size_t at = high; at > low && !(last && at < near); at--) {
        if (!can_cut(zone, at, allowed)) continue;
        uint32_t before = snippet_rune_before(text, at);
        if (snippet_is_blank(before) || snippet_is_opening(before)) continue;
        if (!last) last = at;
        size_t next = at;
        bool blank_next = at < text.length && snippet_is_blank(utf8_next(text, &next));
        if (at >= near && snippet_is_clause_end(before) && (blank_next || before > 0x7F)) return at;
    }
    return last;
}

/* The best place to end in (start, high], at or after [window_end] when that parts no word. */
static size_t find_end(const struct zone *zone, size_t start, size_t window_end, size_t high)
{
    size_t end = 0, low = window_end > start ? window_end - 1 : start;
    for (int allowed = 0; allowed < INSIDE_WORD && !end; allowed++) end = last_end(zone, low, high, allowed);
    for (int allowed = 0; allowed <= INSIDE_WORD && !end; allowed++) end = last_end(zone, start, high, allowed);
    if (end) return end;
    size_t floor = utf8_floor(zone->text, high); /* nothing but marks: between characters then */
    return floor > start ? floor : high;
}

/* The first good place to begin in [low, high], right after a clause if one ends early in it; [high] itself when there
 * is none. */
static size_t find_start(const struct zone *zone, size_t low, size_t high)
{
    struct span text = zone->text;
    size_t first = high, near = low + (high - low) / 2;
    for (size_t at = low; at < high; at++) {
        if (first < high && at > near) break;
        if (!can_cut(zone, at, 0)) continue;
        size_t next = at;
        uint32_t rune = utf8_next(text, &next), before = snippet_rune_before(text, at);
        bool word = rune > 0x7F || (rune >= '0' && rune <= '9') || ((rune | 0x20) >= 'a' && (rune | 0x20) <= 'z');
        if (snippet_is_blank(rune) || snippet_is_clause_end(rune) || snippet_is_opening(before)) continue;
        if (!word && !snippet_is_opening(rune) && !snippet_is_blank(before)) continue;
        if (first == high) first = at;
        if (after_clause(text, at)) return at;
    }
    return first;
}

/* The index of the sentence that [at] is in, or of the next. */
static size_t sentence_at(const struct analysis *analysis, size_t at)
{
    size_t low = 0, high = analysis->sentence_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (analysis->sentences[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t choose_start(const struct zone *zone, struct range window, struct range room, size_t bytes)
{
    const struct analysis *analysis = zone->analysis;
    size_t length = window.end - window.start, spare = bytes > length ? bytes - length : 0;
    size_t sentence = sentence_at(analysis, window.start);
    bool begins = sentence < analysis->sentence_count && analysis->sentences[sentence].start <= window.start;
    size_t start = begins ? analysis->sentences[sentence].start : window.start;
    if (start < room.start) start = room.start;
    if (window.end - start <= bytes) {
        /* the sentence from its start; and those before it, when the text ends before the room does */
        while (sentence > 0 && room.end - start < bytes) {
            size_t earlier = analysis->sentences[--sentence].start;
            if (earlier < room.start || room.end - earlier > bytes) break;
            start = earlier;
        }
        return start;
    }
    size_t behind = room.end - window.end, lead = spare / 3;
    if (behind < spare - lead) lead = spare - behind;
    size_t low = window.start - room.start > lead ? window.start - lead : room.start;
    return find_start(zone, low, window.start);
}

static size_t choose_end(const struct zone *zone, size_t start, struct range window, struct range room, size_t bytes)
{
    const struct analysis *analysis = zone->analysis;
    size_t high = room.end - start > bytes ? start + bytes : room.end, best = 0;
    if (high == room.end) return high;
    for (size_t i = sentence_at(analysis, window.start); i < analysis->sentence_count; i++) {
        struct range sentence = snippet_trim(zone->text, analysis->sentences[i]);
        if (sentence.end > high) break;
        if (sentence.end >= window.end) best = sentence.end;
    }
    if (best > start && best - start >= bytes / 5 * 3) return best; /* shorter would waste the room */
    return find_end(zone, start, window.end, high);
}

enum status snippet_cut(struct range *out, struct span text, const struct analysis *analysis, struct range window,
                        struct range room, size_t bytes)
{
    if (window.end > room.end) window.end = room.end;
    if (window.end - window.start > bytes) window.end = window.start + bytes;
    struct range around = {window.start - room.start > bytes ? window.start - bytes : room.start,
                           room.end - window.end > bytes ? window.end + bytes : room.end};
    struct zone zone;
    if (zone_init(&zone, text, analysis, around)) return NO_MEMORY;
    size_t start = choose_start(&zone, window, room, bytes);
    size_t end = choose_end(&zone, start, window, room, bytes);
    *out = snippet_trim(text, (struct range){start, end});
    free(zone.inside);
    return OK;
}
