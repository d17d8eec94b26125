/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document as a page: each match an anchor, each name a span of its type. Nothing of the document gets out unescaped,
 * no control character gets out at all, and what turns the direction of writing stays within its line or paragraph. */
#include "searcher/cli/show_view.h"

#include <inttypes.h>

static const char style[] = "mark { scroll-margin-top: 4em } mark:target { outline: 2px solid }\n"
                            ".organization, .person, .place { text-decoration: underline dotted }\n"
                            "nav ol { max-height: 12em; overflow: auto }\n";

static void write_escaped(FILE *out, struct span text)
{
    static const struct {
        char byte;
        const char *escaped;
    } escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t at = 0; at < text.length;) {
        size_t start = at, i = 0;
        uint32_t rune = utf8_next(text, &at);
        if ((rune < 0x20 && rune != '\n' && rune != '\t') || (rune >= 0x7F && rune < 0xA0)) continue;
        while (i < sizeof escapes / sizeof *escapes && (uint32_t)escapes[i].byte != rune) i++;
        if (i < sizeof escapes / sizeof *escapes)
            fputs(escapes[i].escaped, out);
        else if (rune == 0xFFFD)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(text.data + start, 1, at - start, out);
    }
}

static void write_pieces_of(FILE *out, const struct view *view, const struct view_piece *pieces, size_t count,
                            bool anchors)
{
    for (size_t i = 0; i < count; i++) {
        const struct view_piece *piece = &pieces[i];
        if (piece->match && piece->match_starts && anchors)
            fprintf(out, "<mark id=\"match-%" PRIu32 "\">", piece->match);
        else if (piece->match)
            fputs("<mark>", out);
        if (piece->name) {
            const struct view_name *name = &view->names[piece->name - 1];
            fprintf(out, "<span class=\"%s\" title=\"", name_places[name->type].field);
            write_escaped(out, name->value);
            fputs("\">", out);
        }
        write_escaped(out, piece->text);
        fputs(piece->name ? "</span>" : "", out);
        fputs(piece->match ? "</mark>" : "", out);
    }
}

static void write_jumps(FILE *out, const struct view *view)
{
    if (!view->match_count) return;
    fprintf(out, "<nav>%zu match%s\n<ol>\n", view->match_count, view->match_count == 1 ? "" : "es");
    for (size_t i = 0; i < view->match_count; i++) {
        const struct view_match *match = &view->matches[i];
        fprintf(out, "<li><a href=\"#match-%zu\"><bdi>%s", i + 1, match->more_before ? "\xE2\x80\xA6" : "");
        write_escaped(out, match->before);
        fputs("<b>", out);
        write_escaped(out, match->match);
        fputs("</b>", out);
        write_escaped(out, match->after);
        fprintf(out, "%s</bdi></a></li>\n", match->more_after ? "\xE2\x80\xA6" : "");
    }
    fputs("</ol></nav>\n", out);
}

static void write_names(FILE *out, const struct shown_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct record_name *name = &names->items[i];
        bool first = !i || name[-1].type != name->type;
        if (first) fprintf(out, "%s<dt>%s</dt><dd>", i ? "</dd>\n" : "", name_places[name->type].field);
        fputs(first ? "<bdi>" : ", <bdi>", out);
        write_escaped(out, name->name);
        fprintf(out, "</bdi> %" PRIu64, name->mentions);
    }
    if (names->count) fputs("</dd>\n", out);
}

bool show_html(FILE *out, const struct shown *shown)
{
    const struct view *view = &shown->view;
    const struct record *record = &view->record;
    struct span title = record->field[RECORD_TITLE];
    fputs("<!DOCTYPE html>\n<html lang=\"", out);
    write_escaped(out, record->field[RECORD_LANGUAGE]);
    fputs("\">\n<meta charset=\"utf-8\">\n<title>", out);
    write_escaped(out, title.length ? title : record->field[RECORD_ID]);
    fprintf(out, "</title>\n<style>%s</style>\n", style);
    if (title.length) {
        fputs("<h1 dir=\"auto\">", out);
        write_pieces_of(out, view, view->title, view->title_count, record->title_range.end == 0);
        fputs("</h1>\n", out);
    }
    fputs("<dl>\n", out);
    for (int i = 0; i < SHOWN_FIELDS; i++) {
        struct span value = record->field[shown_fields[i].field];
        if (!value.length) continue;
        fprintf(out, "<dt>%s</dt><dd><bdi>", shown_fields[i].name);
        write_escaped(out, value);
        fputs("</bdi></dd>\n", out);
    }
    if (shown->why)
        fprintf(out, "<dt>why</dt><dd>title: %s; date: %s</dd>\n", shown_why(record->title_why),
                shown_why(record->date_why));
    write_names(out, &shown->names);
    fputs("</dl>\n", out);
    write_jumps(out, view);
    fputs("<div style=\"white-space: pre-wrap; unicode-bidi: isolate\" dir=\"auto\">", out);
    write_pieces_of(out, view, view->pieces, view->piece_count, true);
    fputs("</div>\n</html>\n", out);
    return true;
}
