/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/view.h"

#include "searcher/highlight_text.h"
#include "searcher/name_marks.h"
#include "searcher/search_work.h"
#include "searcher/snippet_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    VIEW_BYTES_MAX = (1 << 30) - 1, /* bytes: pieces of ten million matches */
    TRIES = 4                       /* with an indexer that commits underneath, as search_run */
};

/* A mention of view.names[name]. */
struct mention {
    struct range range;
    uint32_t name;
};

/* What is to be marked in one text: both lists ascending and apart. */
struct marks {
    const struct range *matches;
    size_t match_count;
    uint32_t first; /* number of the first match */
    const struct mention *mentions;
    size_t mention_count;
};

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while reading the document");
}

/* ---- pieces ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static enum status cut(const struct view_piece **out, size_t *count, struct arena *arena, struct span text,
                       const struct marks *marks)
{
    size_t room = 2 * (marks->match_count + marks->mention_count) + 1, made = 0;
    struct view_piece *pieces = arena_take(arena, room * sizeof *pieces);
    if (!pieces) return NO_MEMORY;
    for (size_t at = 0, i = 0, k = 0; at < text.length;) {
        while (i < marks->match_count && marks->matches[i].end <= at) i++;
        while (k < marks->mention_count && marks->mentions[k].range.end <= at) k++;
        const struct range *match = i < marks->match_count ? &marks->matches[i] : NULL;
        const struct mention *mention = k < marks->mention_count ? &marks->mentions[k] : NULL;
        bool matched = match && match->start <= at, named = mention && mention->range.start <= at;
        size_t end = text.length;
        if (match) end = least(end, matched ? match->end : match->start);
        if (mention) end = least(end, named ? mention->range.end : mention->range.start);
        pieces[made++] = (struct view_piece){
            .text = span_cut(text, at, end),
            .match = matched ? marks->first + (uint32_t)i : 0,
            .match_starts = matched && match->start == at,
            .name = named ? mention->name + 1 : 0,
            .name_starts = named && mention->range.start == at,
            .name_ends = named && mention->range.end == end,
        };
        at = end;
    }
    *out = pieces;
    *count = made;
    return OK;
}

/* ---- names ---- */

static int by_place(const void *a, const void *b)
{
    const struct mention *left = a, *right = b;
    if (left->range.start != right->range.start) return left->range.start < right->range.start ? -1 : 1;
    return (left->range.end < right->range.end) - (left->range.end > right->range.end); /* the longer first */
}

/* Sorts mentions and drops those that lie across another. */
static size_t apart(struct mention *mentions, size_t count)
{
    size_t kept = 0;
    if (count) qsort(mentions, count, sizeof *mentions, by_place);
    for (size_t i = 0; i < count; i++)
        if (!kept || mentions[i].range.start >= mentions[kept - 1].range.end) mentions[kept++] = mentions[i];
    return kept;
}

struct name_list {
    struct view_name *names;
    size_t count, room;
    struct mention *mentions[2]; /* in the text; in a title that is not part of it */
    size_t mention_count[2], mention_room[2];
};

static bool grow(void **items, size_t count, size_t *room, size_t size)
{
    if (count < *room) return true;
    size_t larger = *room ? 2 * *room : 64;
    void *grown = realloc(*items, larger * size);
    if (grown) *items = grown, *room = larger;
    return grown != NULL;
}

static enum status read_names(struct name_list *list, const struct record *record)
{
    struct names_walk walk;
    struct record_name name;
    struct record_mention mention;
    names_walk_start(&walk, record);
    while (!record_names_next(&name, &walk)) {
        if (!grow((void **)&list->names, list->count, &list->room, sizeof *list->names)) return NO_MEMORY;
        list->names[list->count] = (struct view_name){name.type, name.name, name.mentions};
        while (!record_mentions_next(&mention, &name)) {
            int where = mention.in_title;
            if (!grow((void **)&list->mentions[where], list->mention_count[where], &list->mention_room[where],
                      sizeof(struct mention)))
                return NO_MEMORY;
            list->mentions[where][list->mention_count[where]++] =
                (struct mention){{mention.start, mention.end}, (uint32_t)list->count};
        }
        list->count++;
    }
    for (int where = 0; where < 2; where++)
        list->mention_count[where] = apart(list->mentions[where], list->mention_count[where]);
    return OK;
}

static void name_list_release(struct name_list *list)
{
    free(list->names);
    free(list->mentions[0]);
    free(list->mentions[1]);
}

/* ---- matches ---- */

/* Where the context before a match may begin: at its line's start, or at a word. */
static size_t context_start(struct span text, size_t line, size_t match)
{
    if (match - line <= VIEW_CONTEXT_BYTES) return line;
    size_t least_start = utf8_floor(text, match - VIEW_CONTEXT_BYTES);
    for (size_t at = least_start; at < match; at++)
        if (snippet_is_blank(snippet_rune_before(text, at))) return at;
    while (least_start < match && !snippet_border_is_safe(text, least_start)) least_start++;
    return least_start;
}

static size_t context_end(struct span text, size_t match, size_t line)
{
    if (line - match <= VIEW_CONTEXT_BYTES) return line;
    size_t most = utf8_floor(text, match + VIEW_CONTEXT_BYTES);
    for (size_t at = most; at > match; at--)
        if (text.data[at] == ' ' || text.data[at] == '\t') return at;
    while (most > match && !snippet_border_is_safe(text, most)) most--;
    return most;
}

/* Describes the matches of one text. */
static void describe(struct view_match *out, struct span text, const struct range *ranges, size_t count, bool title)
{
    size_t line_start = 0, counted = 0;
    uint32_t line = 1;
    for (size_t i = 0; i < count; i++) {
        struct range range = ranges[i];
        for (const char *feed;
             counted < range.start && (feed = memchr(text.data + counted, '\n', range.start - counted)) != NULL;) {
            counted = line_start = (size_t)(feed - text.data) + 1;
            line++;
        }
        const char *feed = memchr(text.data + range.end, '\n', text.length - range.end);
        size_t line_end = feed ? (size_t)(feed - text.data) : text.length;
        size_t from = context_start(text, line_start, range.start), to = context_end(text, range.end, line_end);
        out[i] = (struct view_match){.range = range,
                                     .in_title = title,
                                     .line = title ? 0 : line,
                                     .before = span_cut(text, from, range.start),
                                     .match = span_cut(text, range.start, range.end),
                                     .after = span_cut(text, range.end, to),
                                     .more_before = from > line_start,
                                     .more_after = to < line_end};
    }
}

/* What a query looks for in a document. */
struct finder {
    struct analyser *analyser;
    struct highlighter *highlighter;
    struct syntax *syntax;
    struct query_plan plan;
};

static enum status finder_init(struct finder *finder, struct searcher *searcher, const struct view_request *request,
                               struct error *error)
{
    enum status status = syntax_parse(&finder->syntax, request->query, NULL, error);
    if (!status && analyser_new(&finder->analyser)) status = out_of_memory(error);
    struct vocabulary vocabulary = {.reader = &searcher->reader,
                                    .analyser = finder->analyser,
                                    .language = request->language,
                                    .names = searcher->names,
                                    .correct = true};
    if (!status) status = query_plan_make(&finder->plan, finder->syntax, &vocabulary, MATCH_ANY, error);
    if (!status && highlighter_new(&finder->highlighter, &finder->plan.evidence)) status = out_of_memory(error);
    return status;
}

static void finder_release(struct finder *finder)
{
    highlighter_free(finder->highlighter);
    query_plan_release(&finder->plan);
    analyser_free(finder->analyser);
    syntax_free(finder->syntax);
}

/* The ranges that match in the text, or in the title field; the caller's to free. */
static enum status find(struct range **out, size_t *count, struct finder *finder, struct arena *arena,
                        const struct record *record, bool in_title)
{
    struct span text = in_title ? record->field[RECORD_TITLE] : record->text;
    struct range title = in_title ? (struct range){0, text.length} : record->title_range;
    const struct highlight_hit *named;
    size_t found, named_count;
    struct range *ranges = NULL;
    enum status status = highlight_text(&ranges, &found, finder->highlighter, finder->analyser, text,
                                        record->field[RECORD_LANGUAGE], title);
    if (!status) status = name_marks(&named, &named_count, arena, record, &finder->plan.evidence, in_title);
    if (!status && named_count) {
        struct range *grown = realloc(ranges, (found + named_count) * sizeof *ranges);
        if (grown) ranges = grown;
        if (!grown) status = NO_MEMORY;
        for (size_t i = 0; grown && i < named_count; i++)
            ranges[found++] = (struct range){named[i].start, named[i].end};
        if (grown) found = highlight_merge(ranges, found);
    }
    if (status) {
        free(ranges);
        return status;
    }
    *out = ranges;
    *count = found;
    return OK;
}

/* ---- the whole ---- */

static bool title_is_in_text(const struct record *record)
{
    return record->title_range.end > record->title_range.start;
}

/* Pieces of the title field. One that is part of the text shows what is marked there. */
static enum status cut_title(struct view *view, const struct marks *text, const struct marks *own)
{
    struct span title = view->record.field[RECORD_TITLE];
    struct range place = view->record.title_range;
    if (!title_is_in_text(&view->record)) return cut(&view->title, &view->title_count, &view->arena, title, own);
    struct marks none = {0};
    if (!span_equal(span_cut(view->record.text, place.start, place.end), title)) /* cleaned of white space, say */
        return cut(&view->title, &view->title_count, &view->arena, title, &none);
    size_t first = 0, last, mention = 0, mention_last;
    while (first < text->match_count && text->matches[first].end <= place.start) first++;
    for (last = first; last < text->match_count && text->matches[last].start < place.end;) last++;
    while (mention < text->mention_count && text->mentions[mention].range.end <= place.start) mention++;
    for (mention_last = mention;
         mention_last < text->mention_count && text->mentions[mention_last].range.start < place.end;)
        mention_last++;
    struct range *matches = arena_take(&view->arena, (last - first + 1) * sizeof *matches);
    struct mention *mentions = arena_take(&view->arena, (mention_last - mention + 1) * sizeof *mentions);
    if (!matches || !mentions) return NO_MEMORY;
    struct marks shifted = {matches, last - first, text->first + (uint32_t)first, mentions, mention_last - mention};
    for (size_t i = 0; i < shifted.match_count; i++) {
        struct range range = text->matches[first + i];
        matches[i] = (struct range){range.start > place.start ? range.start - place.start : 0, range.end - place.start};
    }
    for (size_t i = 0; i < shifted.mention_count; i++) {
        struct mention one = text->mentions[mention + i];
        one.range.start = one.range.start > place.start ? one.range.start - place.start : 0;
        one.range.end -= place.start;
        mentions[i] = one;
    }
    return cut(&view->title, &view->title_count, &view->arena, title, &shifted);
}

static enum status fill(struct view *view, struct searcher *searcher, const struct view_request *request,
                        struct error *error)
{
    struct finder finder = {0};
    struct name_list names = {0};
    struct range *ranges[2] = {NULL, NULL}; /* of the text; of a title that is not part of it */
    size_t count[2] = {0, 0};
    const struct record *record = &view->record;
    bool separate = !title_is_in_text(record) && record->field[RECORD_TITLE].length;
    enum status status = request->query.length ? finder_init(&finder, searcher, request, error) : OK;
    bool told = status != OK; /* in [error] already */
    if (!status && request->query.length) {
        status = find(&ranges[0], &count[0], &finder, &view->arena, record, false);
        if (!status && separate) status = find(&ranges[1], &count[1], &finder, &view->arena, record, true);
    }
    if (!status && request->names) status = read_names(&names, record);
    struct view_match *matches = status ? NULL : arena_take(&view->arena, (count[0] + count[1] + 1) * sizeof *matches);
    struct view_name *listed = matches ? arena_take(&view->arena, (names.count + 1) * sizeof *listed) : NULL;
    if (!status && !listed) status = NO_MEMORY;
    if (!status) {
        struct marks text = {ranges[0], count[0], (uint32_t)count[1] + 1, names.mentions[0], names.mention_count[0]};
        struct marks title = {ranges[1], count[1], 1, names.mentions[1], names.mention_count[1]};
        describe(matches, record->field[RECORD_TITLE], ranges[1], count[1], true);
        describe(matches + count[1], record->text, ranges[0], count[0], false);
        if (names.count) memcpy(listed, names.names, names.count * sizeof *listed);
        view->matches = matches;
        view->match_count = count[0] + count[1];
        view->names = listed;
        view->name_count = names.count;
        status = cut(&view->pieces, &view->piece_count, &view->arena, record->text, &text);
        if (!status) status = cut_title(view, &text, &title);
    }
    free(ranges[0]);
    free(ranges[1]);
    name_list_release(&names);
    finder_release(&finder);
    return status && !told ? out_of_memory(error) : status;
}

static enum status try_once(struct view *out, struct searcher *searcher, const struct view_request *request,
                            struct error *error)
{
    struct view view = {0};
    uint32_t docid = request->docid;
    arena_init(&view.arena, VIEW_BYTES_MAX);
    enum status status = request->id.length || !docid ? reader_find(&docid, &searcher->reader, request->id, error) : OK;
    if (!status) status = reader_record(&view.record, &view.document, &searcher->reader, docid, error);
    if (!status) status = fill(&view, searcher, request, error);
    if (status)
        view_release(&view);
    else
        *out = view;
    return status;
}

enum status view_open(struct view *out, struct searcher *searcher, const struct view_request *request,
                      struct error *error)
{
    enum status status = CHANGED;
    for (int i = 0; status == CHANGED && i < TRIES; i++) {
        status = reader_refresh(&searcher->reader, error);
        if (!status) status = try_once(out, searcher, request, error);
    }
    return status;
}

void view_release(struct view *view)
{
    xc_document_free(view->document);
    arena_release(&view->arena);
    *view = (struct view){0};
}

enum status search_mark(const struct snippet_piece **pieces, size_t *count, struct arena *arena,
                        struct searcher *searcher, struct span query, struct span text, struct span language,
                        struct error *error)
{
    struct view_request request = {.query = query};
    struct finder finder = {0};
    struct range *ranges = NULL;
    size_t found = 0, cut_count = 0;
    const struct view_piece *cut_pieces = NULL;
    struct snippet_piece *made = NULL;
    enum status status = finder_init(&finder, searcher, &request, error);
    if (!status) {
        status = highlight_text(&ranges, &found, finder.highlighter, finder.analyser, text, language,
                                (struct range){0, 0});
        struct marks marks = {.matches = ranges, .match_count = found, .first = 1};
        if (!status) status = cut(&cut_pieces, &cut_count, arena, text, &marks);
        if (!status && !(made = arena_take(arena, (cut_count + 1) * sizeof *made))) status = NO_MEMORY;
        for (size_t i = 0; made && i < cut_count; i++)
            made[i] = (struct snippet_piece){cut_pieces[i].text, cut_pieces[i].match > 0};
        if (status) out_of_memory(error);
    }
    if (!status) *pieces = made, *count = cut_count;
    free(ranges);
    finder_release(&finder);
    return status;
}
