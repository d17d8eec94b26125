/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/show_view.h"

#include "searcher/cli/output.h"
#include "searcher/cli/terminal.h"
#include "searcher/json.h"

#include <inttypes.h>
#include <string.h>

enum { JUMPS_SHOWN = 20 /* lines of a terminal for a list of matches; the rest is counted */ };

const struct shown_field shown_fields[SHOWN_FIELDS] = {
    {"id", RECORD_ID},         {"title", RECORD_TITLE},   {"date", RECORD_DATE},
    {"source", RECORD_SOURCE}, {"author", RECORD_AUTHOR}, {"language", RECORD_LANGUAGE},
    {"path", RECORD_PATH},     {"url", RECORD_URL},       {"type", RECORD_TYPE},
    {"parent", RECORD_PARENT},
};

const char *shown_why(unsigned why)
{
    static const char *const words[] = {"not found",
                                        "stated in the record or its front matter",
                                        "in the file's metadata",
                                        "the first heading",
                                        "the first line that reads like a title",
                                        "a date stated near the top or in a release-date line",
                                        "in the page's JSON-LD",
                                        "in the page's meta elements",
                                        "in the page's time elements",
                                        "in the message's header",
                                        "in the file's name",
                                        "when the file was made, by its own metadata"};
    return why < sizeof words / sizeof *words ? words[why] : "by a rule this program does not know";
}

/* Text of a document keeps its lines; nothing else that a terminal would act upon gets through. */
static void write_lines(FILE *out, struct span text, enum text_marks marks)
{
    while (text.length) {
        const char *feed = memchr(text.data, '\n', text.length);
        size_t length = feed ? (size_t)(feed - text.data) : text.length;
        print_between_marks(out, span_cut(text, 0, length), marks);
        if (feed) fputc('\n', out);
        text = span_cut(text, length + (feed ? 1 : 0), text.length);
    }
}

static void write_jumps(FILE *out, const struct view *view, enum text_marks marks)
{
    if (!view->match_count) return;
    fprintf(out, "\nmatches   %zu\n", view->match_count);
    for (size_t i = 0; i < view->match_count && i < JUMPS_SHOWN; i++) {
        const struct view_match *match = &view->matches[i];
        if (match->in_title)
            fputs("    title  ", out);
        else
            fprintf(out, "%9" PRIu32 "  ", match->line);
        if (match->more_before) fputs("\xE2\x80\xA6", out);
        print_between_marks(out, match->before, marks);
        print_mark(out, match->match, marks);
        print_between_marks(out, match->after, marks);
        fputs(match->more_after ? "\xE2\x80\xA6\n" : "\n", out);
    }
    if (view->match_count > JUMPS_SHOWN) fprintf(out, "           and %zu more\n", view->match_count - JUMPS_SHOWN);
}

bool show_text(FILE *out, const struct shown *shown)
{
    const struct view *view = &shown->view;
    enum text_marks marks = !shown->query ? TEXT_NO_MARKS : terminal_colour(out) ? TEXT_COLOUR : TEXT_STARS;
    for (int i = 0; i < SHOWN_FIELDS; i++) {
        struct span value = view->record.field[shown_fields[i].field];
        if (!value.length) continue;
        fprintf(out, "%-9s ", shown_fields[i].name);
        print_safely(out, value);
        fputc('\n', out);
    }
    if (shown->why)
        fprintf(out, "why       title: %s; date: %s\n", shown_why(view->record.title_why),
                shown_why(view->record.date_why));
    if (shown->names.count) fputc('\n', out);
    shown_names_print(out, &shown->names, &view->record, shown->why);
    write_jumps(out, view, marks);
    fputc('\n', out);
    for (size_t i = 0; i < view->piece_count;) {
        const struct view_piece *piece = &view->pieces[i++];
        struct span text = piece->text; /* with the pieces of the same match or of none: names are not shown here */
        for (; i < view->piece_count && view->pieces[i].match == piece->match; i++)
            text.length += view->pieces[i].text.length;
        if (piece->match) print_mark_start(out, marks);
        write_lines(out, text, marks);
        if (piece->match) print_mark_end(out, marks);
    }
    fputc('\n', out);
    return true;
}

static json_t *json_of_matches(const struct view *view, bool title)
{
    json_t *matches = json_array();
    for (size_t i = 0; i < view->match_count; i++) {
        const struct view_match *match = &view->matches[i];
        if (match->in_title != title) continue;
        json_t *row = json_pack("{s:I, s:I, s:I}", "number", (json_int_t)(i + 1), "start",
                                (json_int_t)match->range.start, "end", (json_int_t)match->range.end);
        if (!title) json_object_set_new(row, "line", json_integer(match->line));
        json_object_set_new(row, "before", json_of_text(match->before));
        json_object_set_new(row, "text", json_of_text(match->match));
        json_object_set_new(row, "after", json_of_text(match->after));
        json_array_append_new(matches, row);
    }
    return matches;
}

bool show_json(FILE *out, const struct shown *shown)
{
    const struct view *view = &shown->view;
    json_t *object = json_object();
    json_object_set_new(object, "schema_version", json_integer(JSON_SCHEMA_VERSION));
    for (int i = 0; i < SHOWN_FIELDS; i++)
        json_object_set_new(object, shown_fields[i].name,
                            json_of_text_or_null(view->record.field[shown_fields[i].field]));
    if (shown->why) {
        json_object_set_new(object, "title_why", json_string(shown_why(view->record.title_why)));
        json_object_set_new(object, "date_why", json_string(shown_why(view->record.date_why)));
    }
    shown_names_json(object, &shown->names, &view->record, shown->why);
    json_object_set_new(object, "text", json_of_text(view->record.text));
    json_object_set_new(object, "matches", json_of_matches(view, false));
    json_object_set_new(object, "title_matches", json_of_matches(view, true));
    return write_json_pretty(out, object);
}
