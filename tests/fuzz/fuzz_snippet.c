/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: snippets and marks of any text. Two bytes choose room, number and title; the first line is the query, as
 * "phrase words; word; near words" (a ';' ends a group, a '~' in it makes it NEAR, a '*' prefixes, an '=' forms); the
 * rest is text.
 *
 * Holds: ranges ascend, apart, in the text; fragments keep to their room and out of the title; pieces are well-formed,
 * without control characters, double blanks and unbalanced bidi controls. */
#include "searcher/snippet.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { GROUPS_MAX = 16, PLACES_MAX = 80 };

struct query {
    struct evidence_group groups[GROUPS_MAX];
    struct evidence_place places[GROUPS_MAX * PLACES_MAX];
    struct evidence_term terms[GROUPS_MAX * PLACES_MAX];
    struct buffer text;
    size_t count, place_count;
};

static void add_group(struct query *query, struct analyser *analyser, struct span part)
{
    const struct analysis *analysis;
    struct evidence_group *group = &query->groups[query->count];
    bool near = memchr(part.data, '~', part.length), star = memchr(part.data, '*', part.length);
    bool form = memchr(part.data, '=', part.length);
    *group = (struct evidence_group){.places = query->places + query->place_count,
                                     .ordered = !near,
                                     .title_only = memchr(part.data, '^', part.length) != NULL,
                                     .item = (uint32_t)(query->count / 2),
                                     .weight = (double)(query->count % 3)};
    assert(analyse(&analysis, analyser, part, SPAN("en")) == OK);
    for (size_t i = 0; i < analysis->count && group->count < PLACES_MAX; i++) {
        const struct token *token = &analysis->tokens[i];
        struct span word = form || star ? token->form : token->stem;
        size_t at = query->text.length;
        if (buffer_append_span(&query->text, word)) break;
        query->terms[query->place_count] = (struct evidence_term){star   ? EVIDENCE_PREFIX
                                                                  : form ? EVIDENCE_FORM
                                                                         : EVIDENCE_STEM,
                                                                  {query->text.data + at, word.length}};
        query->places[query->place_count] = (struct evidence_place){&query->terms[query->place_count], 1};
        query->place_count++;
        group->count++;
    }
    group->window = (uint32_t)group->count + (near ? 6 : 0);
    if (group->count) query->count++;
}

static void check_ranges(struct highlighter *highlighter, const struct analysis *analysis, struct span text,
                         struct range title)
{
    const struct range *ranges;
    size_t count;
    assert(highlight_ranges(&ranges, &count, highlighter, analysis, title) == OK);
    for (size_t i = 0; i < count; i++) {
        assert(ranges[i].start < ranges[i].end && ranges[i].end <= text.length);
        assert(i == 0 || ranges[i - 1].end < ranges[i].start);
    }
}

static size_t check_fragment(const struct snippet_fragment *fragment)
{
    size_t depth = 0, shown = 0;
    uint32_t last = ' ';
    for (size_t i = 0; i < fragment->count; i++) {
        struct span text = fragment->pieces[i].text;
        assert(text.length && utf8_valid(text));
        shown += text.length;
        for (size_t at = 0; at < text.length;) {
            uint32_t rune = utf8_next(text, &at);
            assert(rune >= ' ' && rune != 0x7F && !(rune >= 0x80 && rune < 0xA0));
            assert(!(rune == ' ' && last == ' '));
            if ((rune >= 0x202A && rune <= 0x202E && rune != 0x202C) || (rune >= 0x2066 && rune <= 0x2068)) depth++;
            if (rune == 0x202C || rune == 0x2069) assert(depth-- > 0);
            last = rune;
        }
    }
    assert(depth == 0 && last != ' ');
    return shown;
}

static void check_snippet(const struct snippet *snippet, struct span text, const struct snippet_options *options)
{
    size_t end = 0, shown = 0;
    assert(snippet->count <= options->max_fragments);
    for (size_t i = 0; i < snippet->count; i++) {
        struct range range = snippet->fragments[i].range;
        assert(range.start >= end && range.start < range.end && range.end <= text.length);
        assert(options->title.start == options->title.end || range.end <= options->title.start ||
               range.start >= options->title.end);
        shown += check_fragment(&snippet->fragments[i]);
        end = range.end;
    }
    assert(shown <= options->max_bytes + options->max_fragments);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct analyser *analyser;
    static struct query query;
    if (!analyser && analyser_new(&analyser)) abort();
    if (size < 2) return 0;
    struct span text = {(const char *)data + 2, size - 2}, line = {NULL, 0};
    span_next_line(&text, &line);
    query.count = query.place_count = 0;
    buffer_init(&query.text, 4096);
    assert(buffer_reserve(&query.text, 4096) == OK); /* so that it does not move */
    while (line.length && query.count < GROUPS_MAX && query.place_count + PLACES_MAX <= GROUPS_MAX * PLACES_MAX) {
        const char *end = memchr(line.data, ';', line.length);
        size_t length = end ? (size_t)(end - line.data) : line.length;
        add_group(&query, analyser, span_cut(line, 0, length));
        line = span_cut(line, length + (end != NULL), line.length);
    }
    const struct evidence evidence = {.groups = query.groups, .count = query.count};
    struct highlighter *highlighter;
    const struct analysis *analysis;
    struct snippet snippet;
    struct snippet_options options = {.max_bytes = 4 + (size_t)data[0] * 2, .max_fragments = 1 + data[1] % 4};
    if (data[1] & 8) options.title = (struct range){0, text.length / 8};
    if (data[1] & 16) options.title = (struct range){text.length / 3, text.length / 2};
    assert(highlighter_new(&highlighter, &evidence) == OK);
    assert(snippet_best(&snippet, analyser, highlighter, text, SPAN("en"), &options) == OK);
    check_snippet(&snippet, text, &options);
    snippet_release(&snippet);
    assert(analyse(&analysis, analyser, text, SPAN("en")) == OK);
    check_ranges(highlighter, analysis, text, options.title);
    highlighter_free(highlighter);
    buffer_release(&query.text);
    return 0;
}
