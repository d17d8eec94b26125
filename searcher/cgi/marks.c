/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cgi/marks.h"

#include "searcher/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status out_of_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory while marking a text");
}

/* ---- Finding */

static enum status find_matches(struct marks *out, struct page *page, const struct record *record, struct error *error)
{
    struct view view;
    struct view_request request = {.id = record->field[RECORD_ID], .query = page->request.query};
    size_t kept = 0;
    if (!page->request.query.length) return OK;
    enum status status = view_open(&view, page->searcher, &request, error);
    /* A query that cannot be read marks nothing; the text is shown all the same. */
    if (status == INVALID || status == LIMIT || status == UNSUPPORTED || status == NOT_FOUND) return OK;
    if (status) return status;
    struct range *matches = arena_take(&page->arena, (view.match_count + 1) * sizeof *matches);
    for (size_t i = 0; matches && i < view.match_count; i++)
        if (!view.matches[i].in_title && view.matches[i].range.start >= out->from)
            matches[kept++] = view.matches[i].range;
    view_release(&view);
    if (!matches) return out_of_memory(error);
    out->matches = matches;
    out->match_count = kept;
    return OK;
}

static int by_mentions(const void *a, const void *b)
{
    const struct record_name *left = a, *right = b;
    if (left->mentions != right->mentions) return left->mentions < right->mentions ? 1 : -1;
    return span_compare(left->name, right->name);
}

static int by_place(const void *a, const void *b)
{
    const struct marks_mention *left = a, *right = b;
    if (left->range.start != right->range.start) return left->range.start < right->range.start ? -1 : 1;
    return left->range.end < right->range.end ? 1 : left->range.end > right->range.end ? -1 : 0;
}

static enum status count_names(size_t *names, size_t *mentions, const struct record *record)
{
    struct names_walk walk;
    struct record_name name;
    enum status status;
    names_walk_start(&walk, record);
    while (!(status = record_names_next(&name, &walk))) {
        ++*names;
        *mentions += name.mentions;
    }
    return status == NOT_FOUND ? OK : status;
}

static enum status read_mentions(struct marks_mention *out, size_t *count, size_t room, struct record_name name,
                                 size_t which)
{
    struct record_mention mention;
    enum status status;
    while (!(status = record_mentions_next(&mention, &name)) && *count < room)
        if (!mention.in_title) out[(*count)++] = (struct marks_mention){{mention.start, mention.end}, which};
    return status == NOT_FOUND ? OK : status;
}

static enum status find_names(struct marks *out, struct page *page, const struct record *record, struct error *error)
{
    size_t name_count = 0, room = 0, count = 0, kept = 0;
    enum status status = count_names(&name_count, &room, record);
    if (!status && room > record->text.length + record->field[RECORD_TITLE].length) status = DAMAGED;
    if (status)
        return fail(error, status,
                    "the names of the document are damaged (dossier check tells more; rebuild the index)");
    struct marks_name *names = arena_take(&page->arena, (name_count + 1) * sizeof *names);
    struct record_name *records = arena_take(&page->arena, (name_count + 1) * sizeof *records);
    struct marks_mention *mentions = arena_take(&page->arena, (room + 1) * sizeof *mentions);
    struct names_walk walk;
    if (!names || !records || !mentions) return out_of_memory(error);
    names_walk_start(&walk, record);
    for (size_t i = 0; !status && i < name_count; i++) status = record_names_next(&records[i], &walk);
    if (!status && name_count) qsort(records, name_count, sizeof *records, by_mentions);
    for (size_t i = 0; !status && i < name_count; i++) {
        names[i] = (struct marks_name){records[i].type, records[i].name, records[i].mentions};
        if (!page->request.plain) status = read_mentions(mentions, &count, room, records[i], i);
    }
    if (status) return fail(error, status, "the names of the document are damaged (dossier check tells more)");
    if (count) qsort(mentions, count, sizeof *mentions, by_place);
    for (size_t i = 0; i < count; i++)
        if (mentions[i].range.start >= (kept ? mentions[kept - 1].range.end : out->from))
            mentions[kept++] = mentions[i];
    out->names = names;
    out->name_count = name_count;
    out->mentions = mentions;
    out->mention_count = kept;
    return OK;
}

/* The page's heading has the title: a text whose first line is the title is shown from behind it. */
static size_t text_start(const struct record *record)
{
    struct span rest = record->text, line, title = span_trim(record->field[RECORD_TITLE]);
    while (span_next_line(&rest, &line)) {
        struct span words = span_trim(line);
        while (words.length && words.data[0] == '#') words = span_trim(span_cut(words, 1, words.length));
        if (!words.length) continue;
        return span_equal(words, title) ? (size_t)(line.data + line.length - record->text.data) : 0;
    }
    return 0;
}

enum status marks_make(struct marks *out, struct page *page, const struct record *record, struct error *error)
{
    struct marks marks = {.from = text_start(record)};
    enum status status = find_matches(&marks, page, record, error);
    if (!status) status = find_names(&marks, page, record, error);
    if (!status) *out = marks;
    return status;
}

/* ---- Writing */

/* A text while it is written. */
struct writing {
    struct page *page;
    const struct marks *marks;
    struct span text;
    size_t match, mention; /* the next ones */
};

static void write_number_id(struct html *html, const char *name, const char *before, size_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%s%zu", before, number);
    html_attribute(html, name, span_of(text));
}

/* The links from match [number] to its neighbours. */
static void write_hops(struct writing *writing, size_t number)
{
    struct html *html = writing->page->html;
    if (writing->marks->match_count < 2) return;
    html_markup(html, "<span class=\"hop\">");
    if (number > 1) {
        html_markup(html, "<a");
        write_number_id(html, "href", "#m", number - 1);
        html_markup(html, " aria-label=\"Previous match\">↑</a>");
    }
    if (number < writing->marks->match_count) {
        html_markup(html, "<a");
        write_number_id(html, "href", "#m", number + 1);
        html_markup(html, " aria-label=\"Next match\">↓</a>");
    }
    html_markup(html, "</span>");
}

/* Writes up to [end] the run that starts at [*at]: all of it within the same match and mention, or in none. */
static void write_run(struct writing *writing, size_t *at, size_t end)
{
    const struct marks *marks = writing->marks;
    struct html *html = writing->page->html;
    size_t start = *at;
    while (writing->match < marks->match_count && marks->matches[writing->match].end <= start) writing->match++;
    while (writing->mention < marks->mention_count && marks->mentions[writing->mention].range.end <= start)
        writing->mention++;
    const struct range *match = writing->match < marks->match_count ? &marks->matches[writing->match] : NULL;
    const struct marks_mention *mention =
        writing->mention < marks->mention_count ? &marks->mentions[writing->mention] : NULL;
    bool in_match = match && match->start <= start, in_name = mention && mention->range.start <= start;
    size_t stops[2] = {match ? (in_match ? match->end : match->start) : end,
                       mention ? (in_name ? mention->range.end : mention->range.start) : end};
    for (int i = 0; i < 2; i++)
        if (stops[i] < end) end = stops[i];
    if (in_name) {
        enum facet_kind kind = facet_of_name(marks->names[mention->name].type);
        html_markup(html, "<a");
        html_attribute(html, "class", span_of(facet_words[kind].class_name));
        page_href_name(writing->page, kind, marks->names[mention->name].name);
        html_markup(html, ">");
    }
    if (in_match) {
        html_markup(html, "<mark");
        if (match->start == start) write_number_id(html, "id", "m", writing->match + 1);
        html_markup(html, ">");
    }
    html_text(html, span_cut(writing->text, start, end));
    if (in_match) html_markup(html, "</mark>");
    if (in_name) html_markup(html, "</a>");
    if (in_match && match->end == end) write_hops(writing, writing->match + 1);
    *at = end;
}

/* Lines that end early on purpose (an address, a list, verse) are kept; those of wrapped prose flow. */
static bool keeps_lines(struct span paragraph)
{
    enum { WRAPPED_AT = 55 /* bytes: prose is wrapped later */ };
    size_t lines = 0, bytes = 0;
    for (size_t from = 0; from < paragraph.length;) {
        const char *feed = memchr(paragraph.data + from, '\n', paragraph.length - from);
        if (!feed) break;
        lines++;
        bytes += (size_t)(feed - paragraph.data) - from;
        from = (size_t)(feed - paragraph.data) + 1;
    }
    return lines && bytes / lines < WRAPPED_AT;
}

/* The end of the paragraph at [from]: an empty line or the end; *[next] is where the next one begins. */
static size_t paragraph_end(struct span text, size_t from, size_t *next)
{
    for (size_t i = from; i < text.length; i++) {
        if (text.data[i] != '\n') continue;
        size_t k = i + 1;
        while (k < text.length && (text.data[k] == ' ' || text.data[k] == '\t' || text.data[k] == '\r')) k++;
        if (k < text.length && text.data[k] != '\n') continue;
        *next = k;
        return i;
    }
    *next = text.length;
    return text.length;
}

void marks_write(struct page *page, const struct marks *marks, const struct record *record)
{
    struct html *html = page->html;
    struct writing writing = {.page = page, .marks = marks, .text = record->text};
    for (size_t from = marks->from, next; from < record->text.length; from = next) {
        while (from < record->text.length && strchr(" \t\r\n", record->text.data[from])) from++;
        if (from == record->text.length) break;
        size_t end = paragraph_end(record->text, from, &next);
        if (keeps_lines(span_cut(record->text, from, end)))
            html_markup(html, "<p class=\"lines\">");
        else
            html_markup(html, "<p>");
        for (size_t at = from; at < end;) write_run(&writing, &at, end);
        html_markup(html, "</p>\n");
    }
}
