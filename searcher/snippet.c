/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/snippet.h"

#include "searcher/snippet_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    WHOLE_BYTES_MAX = 256 * 1024, /* bytes: shorter texts are analysed whole, in some 5 ms */
    PART_BYTES = 128 * 1024,      /* bytes of longer ones analysed at a time */
    OVERLAP_BYTES = 2 * 1024,     /* bytes of a part that are read again with the next: phrases across the border */
    READ_BYTES_MAX = 8 << 20,     /* bytes: a text with hits is read so far in the hope of more of the query */
    CUTS_MAX = 4,                 /* times a fragment of ill-formed text is cut shorter; then wherever it is full */
    MARGIN_BYTES = 4096           /* bytes of a long text around a fragment analysed with it: a long sentence */
};

/* One call's work. */
struct work {
    struct analyser *analyser;
    struct highlighter *highlighter;
    struct span text, language;
    struct range title;
    size_t bytes, fragments;
    const struct highlight_hit *mentions; /* of names asked for */
    size_t mention_count;
    struct found_list list;
    bool *seen;                   /* of each item */
    const struct analysis *whole; /* of a text that is analysed in one part */
    struct arena *arena;
};

static int compare_items(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Numbers the items of the evidence from 0 and takes their weights. */
static enum status number_items(struct work *work)
{
    const struct evidence *evidence = highlighter_evidence(work->highlighter);
    struct found_list *list = &work->list;
    size_t count = evidence->count + evidence->name_count; /* groups, then names */
    uint32_t *items = malloc((count + 1) * sizeof *items);
    list->item_of = calloc(count + 1, sizeof *list->item_of);
    list->weight = calloc(count + 1, sizeof *list->weight);
    work->seen = calloc(count + 1, sizeof *work->seen);
    bool made = items && list->item_of && list->weight && work->seen;
    for (size_t i = 0; i < evidence->count && made; i++) items[i] = evidence->groups[i].item;
    for (size_t i = 0; i < evidence->name_count && made; i++) items[evidence->count + i] = evidence->names[i].item;
    if (made) qsort(items, count, sizeof *items, compare_items);
    for (size_t i = 0; i < count && made; i++)
        if (!i || items[i] != items[list->items - 1]) items[list->items++] = items[i];
    for (size_t i = 0; i < list->items && made; i++) work->seen[i] = true; /* unless it can be in the text */
    for (size_t i = 0; i < evidence->count && made; i++) {
        const struct evidence_group *group = &evidence->groups[i];
        const uint32_t *item = bsearch(&group->item, items, list->items, sizeof *items, compare_items);
        uint32_t number = (uint32_t)(item - items);
        list->item_of[i] = number;
        if (group->weight > list->weight[number]) list->weight[number] = group->weight;
        if (!group->title_only) work->seen[number] = false;
    }
    for (size_t i = 0; i < evidence->name_count && made; i++) {
        const struct evidence_name *name = &evidence->names[i];
        const uint32_t *item = bsearch(&name->item, items, list->items, sizeof *items, compare_items);
        uint32_t number = (uint32_t)(item - items);
        list->item_of[evidence->count + i] = number;
        if (name->weight > list->weight[number]) list->weight[number] = name->weight;
    }
    for (size_t i = 0; i < list->items && made; i++)
        if (list->weight[i] < 1e-6) list->weight[i] = 1e-6; /* worth showing when there is nothing else */
    free(items);
    return made ? OK : NO_MEMORY;
}

static int compare_found(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

/* Adds a hit unless it is in the title; [*sentence] is where its sentence is looked for from. */
static void add_found(struct work *work, const struct analysis *analysis, size_t *sentence, struct highlight_hit hit,
                      uint32_t item)
{
    if (hit.start < work->title.end && hit.end > work->title.start) return;
    while (*sentence + 1 < analysis->sentence_count && analysis->sentences[*sentence + 1].start <= hit.start)
        ++*sentence;
    bool inside = *sentence < analysis->sentence_count && analysis->sentences[*sentence].start <= hit.start;
    size_t start = inside ? analysis->sentences[*sentence].start : hit.start;
    work->list.found[work->list.count++] = (struct found){hit.start, hit.end, item, (uint32_t)start};
}

/* Adds the hits of one part of the text from [part.start] on, and the mentions that begin in [part]. */
static enum status collect(struct work *work, const struct analysis *analysis, struct range part)
{
    const struct highlight_hit *hits;
    size_t count, sentence = 0, first = 0, last;
    enum status status = highlight_hits(&hits, &count, work->highlighter, analysis, work->title);
    if (status) return status;
    while (first < work->mention_count && work->mentions[first].start < part.start) first++;
    for (last = first; last < work->mention_count && work->mentions[last].start < part.end;) last++;
    struct found_list *list = &work->list;
    if (list->count + count + (last - first) > list->capacity) {
        size_t capacity = 2 * (list->count + count + (last - first));
        struct found *grown = realloc(list->found, capacity * sizeof *grown);
        if (!grown) return NO_MEMORY;
        list->found = grown;
        list->capacity = capacity;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t item = list->item_of[hits[i].group];
        work->seen[item] = true;
        if (hits[i].end > part.start) /* else known from the part before */
            add_found(work, analysis, &sentence, hits[i], item);
    }
    size_t groups = highlighter_evidence(work->highlighter)->count;
    sentence = 0;
    for (size_t i = first; i < last; i++) {
        uint32_t item = list->item_of[groups + work->mentions[i].group];
        if (work->mentions[i].end > work->text.length || work->mentions[i].start >= work->mentions[i].end) continue;
        work->seen[item] = true;
        add_found(work, analysis, &sentence, work->mentions[i], item);
    }
    if (first < last && list->count) qsort(list->found, list->count, sizeof *list->found, compare_found);
    return OK;
}

static bool all_seen(const struct work *work)
{
    for (size_t i = 0; i < work->list.items; i++)
        if (!work->seen[i]) return false;
    return true;
}

/* Reads a long text part by part until everything asked for has been seen. */
static enum status collect_parts(struct work *work)
{
    size_t done = 0;
    while (done < work->text.length) {
        struct range part = {done > OVERLAP_BYTES ? done - OVERLAP_BYTES : 0, done + PART_BYTES};
        if (part.end > work->text.length) part.end = work->text.length;
        const struct analysis *analysis;
        enum status status = analyse_range(&analysis, work->analyser, work->text, part, work->language);
        if (!status) status = collect(work, analysis, (struct range){done, part.end});
        if (status) return status;
        done = part.end;
        if (analysis->count && analysis->tokens[analysis->count - 1].start >= done) /* widened to the next blank */
            done = analysis->tokens[analysis->count - 1].end;
        if (done >= WHOLE_BYTES_MAX && work->list.count && (all_seen(work) || done >= READ_BYTES_MAX)) break;
    }
    /* phrases across the borders of parts came late */
    if (work->list.count) qsort(work->list.found, work->list.count, sizeof *work->list.found, compare_found);
    return OK;
}

/* The room for a fragment around [window]: between the fragment before, the next window, and the title. */
static struct range room_of(const struct work *work, struct range window, size_t from, size_t to)
{
    struct range room = {from, to};
    if (work->title.end > work->title.start) {
        if (window.start >= work->title.end && room.start < work->title.end) room.start = work->title.end;
        if (window.start < work->title.start && room.end > work->title.start) room.end = work->title.start;
    }
    return room;
}

static enum status merge_marks(struct range **out, size_t *count, const struct found *found, size_t found_count,
                               struct range range)
{
    struct range *marks = malloc((found_count + 1) * sizeof *marks);
    if (!marks) return NO_MEMORY;
    size_t made = 0;
    for (size_t i = 0; i < found_count; i++) {
        if (found[i].end <= range.start || found[i].start >= range.end) continue;
        struct range mark = {found[i].start > range.start ? found[i].start : range.start,
                             found[i].end < range.end ? found[i].end : range.end};
        if (made && mark.start <= marks[made - 1].end) {
            if (mark.end > marks[made - 1].end) marks[made - 1].end = mark.end;
        } else {
            marks[made++] = mark;
        }
    }
    *out = marks;
    *count = made;
    return OK;
}

/* How much of [range] can be shown in [bytes]: ill-formed bytes grow to U+FFFD. */
static size_t shown_length(struct span text, struct range range, size_t bytes)
{
    size_t at = range.start;
    for (size_t shown = 0, next = at; at < range.end; at = next) {
        char written[4];
        shown += utf8_write(written, utf8_next(text, &next));
        if (shown > bytes) break;
    }
    return at - range.start;
}

/* Cuts the fragment around [window] and makes its pieces. */
static enum status make_fragment(struct work *work, struct snippet_fragment *fragment, struct range window,
                                 struct range room, size_t bytes)
{
    const struct analysis *analysis = work->whole;
    struct range *marks = NULL;
    size_t mark_count = 0, around = bytes + MARGIN_BYTES;
    struct range part = {window.start > around ? window.start - around : 0,
                         work->text.length - window.end > around ? window.end + around : work->text.length};
    enum status status = OK;
    if (!analysis) status = analyse_range(&analysis, work->analyser, work->text, part, work->language);
    if (!status && !work->whole) { /* also what was not read before */
        work->list.count = 0;
        status = collect(work, analysis, part);
    }
    size_t length = bytes;
    for (int tries = 0; tries < CUTS_MAX && !status; tries++) {
        status = snippet_cut(&fragment->range, work->text, analysis, window, room, length);
        if (status) break;
        length = shown_length(work->text, fragment->range, bytes);
        if (length == fragment->range.end - fragment->range.start) break;
    }
    if (!status) status = merge_marks(&marks, &mark_count, work->list.found, work->list.count, fragment->range);
    if (!status) {
        struct range left = snippet_trim(work->text, (struct range){fragment->range.end, work->text.length});
        fragment->more_after = left.start < left.end;
        left = snippet_trim(work->text, (struct range){0, fragment->range.start});
        bool only_title = left.start >= work->title.start && left.end <= work->title.end;
        fragment->more_before = left.start < left.end && !only_title;
        status = snippet_pieces(fragment, work->arena, work->text, marks, mark_count, bytes);
    }
    free(marks);
    return status;
}

/* Where a text without hits is shown from: behind the title, or before it when nothing follows. False when there is
 * nothing but the title. */
static bool beginning(const struct work *work, struct range *window)
{
    struct range rest = snippet_trim(work->text, (struct range){work->title.end, work->text.length});
    if (rest.start == rest.end) rest = snippet_trim(work->text, (struct range){0, work->title.start});
    *window = (struct range){rest.start, rest.start};
    return rest.start < rest.end;
}

/* Makes one of [last] and [next], between which nothing but [blank] stands. */
static enum status join(struct arena *arena, struct snippet_fragment *last, const struct snippet_fragment *next,
                        bool blank)
{
    size_t count = 0;
    struct snippet_piece *pieces = arena_take(arena, (last->count + next->count + 1) * sizeof *pieces);
    if (!pieces) return NO_MEMORY;
    for (size_t i = 0; i < last->count; i++) pieces[count++] = last->pieces[i];
    if (blank) pieces[count++] = (struct snippet_piece){SPAN(" "), false};
    for (size_t i = 0; i < next->count; i++) pieces[count++] = next->pieces[i];
    last->pieces = pieces;
    last->count = count;
    last->range.end = next->range.end;
    last->more_after = next->more_after;
    return OK;
}

static enum status write_snippet(struct work *work, struct snippet *out)
{
    struct range windows[SNIPPET_FRAGMENTS_MAX];
    size_t count = 0, left = work->bytes, from = 0;
    enum status status = snippet_choose(windows, &count, &work->list, work->bytes, work->fragments, work->title);
    if (status) return status;
    if (!count && !beginning(work, &windows[count++])) return OK;
    struct snippet_fragment *fragments = arena_take(work->arena, count * sizeof *fragments);
    if (!fragments) return NO_MEMORY;
    memset(fragments, 0, count * sizeof *fragments);
    out->fragments = fragments;
    for (size_t i = 0; i < count; i++) {
        size_t to = i + 1 < count ? windows[i + 1].start : work->text.length;
        struct snippet_fragment *fragment = &fragments[out->count];
        struct range window = windows[i];
        if (window.start < from) window.start = from;
        if (window.end < window.start) window.end = window.start;
        status = make_fragment(work, fragment, window, room_of(work, window, from, to), left / (count - i));
        if (status) return status;
        if (!fragment->count) continue;
        struct range between = {from, fragment->range.start};
        struct range kept = snippet_trim(work->text, between);
        bool titled = work->title.start < between.end && work->title.end > between.start;
        bool touches = out->count && kept.start == kept.end && !titled;
        from = fragment->range.end;
        size_t shown = 0;
        for (size_t j = 0; j < fragment->count; j++) shown += fragment->pieces[j].text.length;
        left -= shown; /* never more than was allowed */
        if (touches)
            status = join(work->arena, fragment - 1, fragment, between.end > between.start);
        else
            out->count++;
        if (status) return status;
    }
    return OK;
}

enum status snippet_best(struct snippet *out, struct analyser *analyser, struct highlighter *highlighter,
                         struct span text, struct span language, const struct snippet_options *options)
{
    static const struct snippet_options none;
    if (!options) options = &none;
    *out = (struct snippet){0};
    if (text.length >= UINT32_MAX) return LIMIT;
    struct work work = {.analyser = analyser,
                        .highlighter = highlighter,
                        .text = text,
                        .language = language,
                        .title = options->title,
                        .mentions = options->mentions,
                        .mention_count = options->mention_count,
                        .bytes = options->max_bytes ? options->max_bytes : SNIPPET_BYTES_DEFAULT,
                        .fragments = options->max_fragments ? options->max_fragments : SNIPPET_FRAGMENTS_DEFAULT,
                        .arena = &out->arena};
    if (work.bytes > SNIPPET_BYTES_MAX) work.bytes = SNIPPET_BYTES_MAX;
    if (work.fragments > SNIPPET_FRAGMENTS_MAX) work.fragments = SNIPPET_FRAGMENTS_MAX;
    if (work.title.end > text.length) work.title.end = text.length;
    if (work.title.start > work.title.end) work.title.start = work.title.end;
    if (work.title.start == work.title.end) work.title = (struct range){0, 0};
    arena_init(&out->arena, SNIPPET_BYTES_MAX * 64 /* bytes: pieces of one byte, each with its record */);
    enum status status = number_items(&work);
    if (!status && text.length <= WHOLE_BYTES_MAX) {
        status = analyse(&work.whole, analyser, text, language);
        if (!status) status = collect(&work, work.whole, (struct range){0, text.length});
    } else if (!status) {
        status = collect_parts(&work);
    }
    if (!status) status = write_snippet(&work, out);
    free(work.list.found);
    free(work.list.item_of);
    free(work.list.weight);
    free(work.seen);
    if (status) snippet_release(out);
    return status;
}

void snippet_release(struct snippet *snippet)
{
    arena_release(&snippet->arena);
    *snippet = (struct snippet){0};
}
