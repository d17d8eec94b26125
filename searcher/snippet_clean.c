/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text made safe to show: no control characters, white space folded, bidi controls only where they are balanced. */
#include "searcher/snippet_parts.h"

#include <string.h>

enum {
    BIDI_DEPTH_MAX = 16, /* controls within each other: the rest is left out; real texts have one or two */
    BIDI_KEPT_MAX = 64   /* controls kept in a text: the same */
};

bool snippet_is_blank(uint32_t rune)
{
    if (rune <= 0x20) return true;
    if (rune < 0x7F) return false;
    if (rune <= 0xA0) return true;
    return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F ||
           rune == 0x205F || rune == 0x3000;
}

static bool is_one_of(uint32_t rune, const uint16_t *set)
{
    for (; *set; set++)
        if (*set == rune) return true;
    return false;
}

bool snippet_is_clause_end(uint32_t rune)
{
    static const uint16_t ends[] = {'.',    ',',    ';',    ':',    '!',    '?',    0x2026, 0x3001, 0x3002,
                                    0xFF0C, 0xFF0E, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F, 0xFF61, 0xFF64, 0x060C,
                                    0x061B, 0x061F, 0x06D4, 0x0964, 0x104A, 0x104B, 0};
    return is_one_of(rune, ends);
}

bool snippet_is_opening(uint32_t rune)
{
    static const uint16_t openings[] = {'(',    '[',    '{',    0x00AB, 0x2018, 0x201A, 0x201C, 0x201E, 0x3008,
                                        0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0xFF3B, 0xFF5B, 0};
    return is_one_of(rune, openings);
}

struct range snippet_trim(struct span text, struct range range)
{
    while (range.start < range.end) {
        size_t next = range.start;
        if (!snippet_is_blank(utf8_next(text, &next))) break;
        range.start = next;
    }
    while (range.end > range.start && snippet_is_blank(snippet_rune_before(text, range.end)))
        range.end = utf8_floor(text, range.end - 1);
    return range;
}

static bool is_bidi(uint32_t rune)
{
    return (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
}

/* The places of bidi controls that may stay: opened and closed within the text, and not across each other. */
struct bidi {
    size_t kept[BIDI_KEPT_MAX];
    size_t count, next;
};

static void keep(struct bidi *bidi, size_t open, size_t close)
{
    if (bidi->count + 2 > BIDI_KEPT_MAX) return;
    size_t at = bidi->count;
    for (; at && bidi->kept[at - 1] > open; at--) bidi->kept[at] = bidi->kept[at - 1];
    bidi->kept[at] = open;
    bidi->kept[bidi->count + 1] = close;
    bidi->count += 2;
}

static void find_balanced(struct bidi *bidi, struct span text)
{
    struct {
        size_t place;
        bool isolate;
    } open[BIDI_DEPTH_MAX];
    size_t depth = 0;
    bidi->count = bidi->next = 0;
    if (!text.length) return;
    if (!memmem(text.data, text.length, "\xE2\x80", 2) && !memmem(text.data, text.length, "\xE2\x81", 2)) return;
    for (size_t at = 0; at < text.length;) {
        size_t place = at;
        uint32_t rune = utf8_next(text, &at);
        if (!is_bidi(rune)) continue;
        if (rune != 0x202C && rune != 0x2069) {
            if (depth == BIDI_DEPTH_MAX) return; /* what is open stays unbalanced */
            open[depth].place = place;
            open[depth++].isolate = rune >= 0x2066;
            continue;
        }
        size_t match = depth; /* a PDI closes the embeddings within its isolate too, which thus are unbalanced */
        while (rune == 0x2069 && match && !open[match - 1].isolate) match--;
        if (!match || open[match - 1].isolate != (rune == 0x2069)) continue;
        depth = match - 1;
        keep(bidi, open[depth].place, place);
    }
}

/* Writes text cleaned; a blank is held back until something follows it. */
struct cleaner {
    struct bidi bidi;
    char *out;
    size_t length, room;
    bool blank, any;
};

/* Cleans bytes [*at, end) of [text]; stops before what does not fit, and returns false then. */
static bool clean_run(struct cleaner *cleaner, struct span text, size_t *at, size_t end)
{
    while (*at < end) {
        size_t place = *at, next = place;
        uint32_t rune = utf8_next(text, &next);
        bool shown = true;
        if (snippet_is_blank(rune)) {
            cleaner->blank = cleaner->any;
            shown = false;
        } else if (is_bidi(rune)) {
            struct bidi *bidi = &cleaner->bidi;
            while (bidi->next < bidi->count && bidi->kept[bidi->next] < place) bidi->next++;
            shown = bidi->next < bidi->count && bidi->kept[bidi->next] == place;
        } else if (rune == 0xFEFF || (rune >= 0xFFF9 && rune <= 0xFFFB)) {
            shown = false; /* byte order mark, interlinear annotations */
        } else if ((rune & 0xFFFE) == 0xFFFE || (rune >= 0xFDD0 && rune <= 0xFDEF)) {
            rune = 0xFFFD; /* not characters */
        }
        if (shown) {
            char bytes[4];
            size_t length = utf8_write(bytes, rune);
            if (cleaner->length + cleaner->blank + length > cleaner->room) return false;
            if (cleaner->blank) cleaner->out[cleaner->length++] = ' ';
            cleaner->blank = false;
            cleaner->any = true;
            memcpy(cleaner->out + cleaner->length, bytes, length);
            cleaner->length += length;
        }
        *at = next;
    }
    return true;
}

/* Fills pieces[*count] on with the text up to what fits; returns where it stopped. */
static size_t fill_pieces(struct cleaner *cleaner, struct snippet_piece *pieces, size_t *count, struct span shown,
                          size_t origin, const struct range *marks, size_t mark_count)
{
    size_t at = 0;
    bool fits = true;
    for (size_t i = 0; at < shown.length && fits;) {
        bool more = i < mark_count;
        size_t start = more && marks[i].start > origin ? marks[i].start - origin : 0;
        bool mark = more && at >= start;
        size_t end = more && !mark ? start : shown.length, before = cleaner->length;
        if (mark && marks[i].end - origin < end) end = marks[i].end - origin;
        fits = clean_run(cleaner, shown, &at, end);
        if (!mark && more && fits && cleaner->blank && cleaner->length < cleaner->room) {
            cleaner->out[cleaner->length++] = ' '; /* belongs before the mark, not into it */
            cleaner->blank = false;
        }
        i += mark;
        struct span piece = {cleaner->out + before, cleaner->length - before};
        if (!piece.length) continue;
        if (*count && pieces[*count - 1].mark == mark)
            pieces[*count - 1].text.length += piece.length;
        else
            pieces[(*count)++] = (struct snippet_piece){piece, mark};
    }
    return at;
}

enum status snippet_pieces(struct snippet_fragment *fragment, struct arena *arena, struct span text,
                           const struct range *marks, size_t mark_count, size_t bytes)
{
    struct range range = fragment->range;
    struct span shown = span_cut(text, range.start, range.end);
    struct cleaner cleaner = {.room = shown.length * 3 < bytes ? shown.length * 3 : bytes};
    size_t first = 0, count = 0;
    while (first < mark_count && marks[first].end <= range.start) first++;
    size_t last = first;
    while (last < mark_count && marks[last].start < range.end) last++;
    struct snippet_piece *pieces = arena_take(arena, (2 * (last - first) + 1) * sizeof *pieces);
    cleaner.out = arena_bytes(arena, cleaner.room + 1);
    if (!pieces || !cleaner.out) return NO_MEMORY;
    find_balanced(&cleaner.bidi, shown);
    size_t stop = fill_pieces(&cleaner, pieces, &count, shown, range.start, marks + first, last - first);
    if (stop < shown.length && cleaner.bidi.count) { /* cut between controls, perhaps: do without */
        cleaner = (struct cleaner){.out = cleaner.out, .room = cleaner.room};
        count = 0;
        stop = fill_pieces(&cleaner, pieces, &count, shown, range.start, marks + first, last - first);
    }
    if (stop < shown.length) {
        fragment->more_after = true;
        fragment->range.end = range.start + stop;
        if (count && cleaner.length && cleaner.out[cleaner.length - 1] == ' ') /* before a mark that did not fit */
            if (!--pieces[count - 1].text.length) count--;
    }
    fragment->pieces = pieces;
    fragment->count = count;
    return OK;
}

enum status snippet_clean(struct buffer *out, struct span text)
{
    struct cleaner cleaner = {.room = text.length * 3};
    enum status status = buffer_reserve(out, cleaner.room);
    if (status == LIMIT) { /* it rarely grows: see whether the text as it is fits */
        cleaner.room = text.length < out->maximum - out->length ? text.length : out->maximum - out->length;
        status = buffer_reserve(out, cleaner.room);
    }
    if (status) return status;
    size_t at = 0;
    cleaner.out = out->data + out->length;
    find_balanced(&cleaner.bidi, text);
    if (!clean_run(&cleaner, text, &at, text.length)) {
        out->data[out->length] = '\0';
        return LIMIT;
    }
    out->length += cleaner.length;
    out->data[out->length] = '\0';
    return OK;
}
