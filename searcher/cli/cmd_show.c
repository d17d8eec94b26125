/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/output.h"
#include "searcher/cli/show_names.h"
#include "searcher/cli/terminal.h"
#include "searcher/json.h"
#include "searcher/reader.h"

#include <inttypes.h>
#include <string.h>

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"query", 'q', "QUERY", "mark what this query matches"},
    {"why", 0, NULL, "tell how title and date were found, and where and by which rule each name"},
    {"format", 'f', "FORMAT", "text, json or html (default: text)"},
    {0},
};

/* A document as it is shown. */
struct view {
    struct record record;
    const struct snippet_piece *pieces; /* of the text; one piece without a query */
    size_t piece_count;
    struct shown_names names;
    bool why;
};

static const struct {
    const char *name;
    enum record_field field;
} shown_fields[] = {
    {"id", RECORD_ID},         {"title", RECORD_TITLE},   {"date", RECORD_DATE},
    {"source", RECORD_SOURCE}, {"author", RECORD_AUTHOR}, {"language", RECORD_LANGUAGE},
    {"path", RECORD_PATH},     {"url", RECORD_URL},       {"type", RECORD_TYPE},
    {"parent", RECORD_PARENT},
};

enum {
    SHOWN_FIELDS = sizeof shown_fields / sizeof *shown_fields,
    TRIES = 4 /* with an indexer that commits underneath, as search_run */
};

/* By the numbers of corpus/document.h's enum document_why, which the record keeps. */
static const char *why_words(unsigned why)
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
static void write_lines(FILE *out, struct span text)
{
    while (text.length) {
        const char *feed = memchr(text.data, '\n', text.length);
        size_t length = feed ? (size_t)(feed - text.data) : text.length;
        print_safely(out, span_cut(text, 0, length));
        if (feed) fputc('\n', out);
        text = span_cut(text, length + (feed ? 1 : 0), text.length);
    }
}

static bool write_text_view(FILE *out, const struct view *view)
{
    bool colour = terminal_colour(out);
    for (int i = 0; i < SHOWN_FIELDS; i++) {
        struct span value = view->record.field[shown_fields[i].field];
        if (!value.length) continue;
        fprintf(out, "%-9s ", shown_fields[i].name);
        print_safely(out, value);
        fputc('\n', out);
    }
    if (view->why)
        fprintf(out, "why       title: %s; date: %s\n", why_words(view->record.title_why),
                why_words(view->record.date_why));
    if (view->names.count) fputc('\n', out);
    shown_names_print(out, &view->names, &view->record, view->why);
    fputc('\n', out);
    for (size_t i = 0; i < view->piece_count; i++) {
        const struct snippet_piece *piece = &view->pieces[i];
        if (piece->mark) fputs(colour ? "\033[1;33m" : "**", out);
        write_lines(out, piece->text);
        if (piece->mark) fputs(colour ? "\033[0m" : "**", out);
    }
    fputc('\n', out);
    return true;
}

static bool write_json_view(FILE *out, const struct view *view)
{
    json_t *object = json_object();
    json_object_set_new(object, "schema_version", json_integer(JSON_SCHEMA_VERSION));
    for (int i = 0; i < SHOWN_FIELDS; i++)
        json_object_set_new(object, shown_fields[i].name,
                            json_of_text_or_null(view->record.field[shown_fields[i].field]));
    if (view->why) {
        json_object_set_new(object, "title_why", json_string(why_words(view->record.title_why)));
        json_object_set_new(object, "date_why", json_string(why_words(view->record.date_why)));
    }
    shown_names_json(object, &view->names, &view->record, view->why);
    json_object_set_new(object, "text", json_of_text(view->record.text));
    json_t *matches = json_array();
    for (size_t i = 0; i < view->piece_count; i++) {
        if (!view->pieces[i].mark) continue;
        size_t start = (size_t)(view->pieces[i].text.data - view->record.text.data);
        json_array_append_new(matches, json_pack("{s:I, s:I}", "start", (json_int_t)start, "end",
                                                 (json_int_t)(start + view->pieces[i].text.length)));
    }
    json_object_set_new(object, "matches", matches);
    return write_json_pretty(out, object);
}

static void write_escaped(FILE *out, struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        switch (byte) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            if ((unsigned char)byte >= ' ' || byte == '\n' || byte == '\t') fputc(byte, out);
        }
    }
}

static void write_html_names(FILE *out, const struct view *view)
{
    for (size_t i = 0; i < view->names.count; i++) {
        const struct record_name *name = &view->names.items[i];
        bool first = !i || name[-1].type != name->type;
        if (first) fprintf(out, "%s<dt>%s</dt><dd>", i ? "</dd>\n" : "", name_places[name->type].field);
        if (!first) fputs(", ", out);
        write_escaped(out, name->name);
        fprintf(out, " %" PRIu64, name->mentions);
    }
    if (view->names.count) fputs("</dd>\n", out);
}

static bool write_html_view(FILE *out, const struct view *view)
{
    struct span title = view->record.field[RECORD_TITLE], language = view->record.field[RECORD_LANGUAGE];
    fputs("<!DOCTYPE html>\n<html lang=\"", out);
    write_escaped(out, language);
    fputs("\">\n<meta charset=\"utf-8\">\n<title>", out);
    write_escaped(out, title.length ? title : view->record.field[RECORD_ID]);
    fputs("</title>\n<dl>\n", out);
    for (int i = 0; i < SHOWN_FIELDS; i++) {
        struct span value = view->record.field[shown_fields[i].field];
        if (!value.length) continue;
        fprintf(out, "<dt>%s</dt><dd>", shown_fields[i].name);
        write_escaped(out, value);
        fputs("</dd>\n", out);
    }
    if (view->why)
        fprintf(out, "<dt>why</dt><dd>title: %s; date: %s</dd>\n", why_words(view->record.title_why),
                why_words(view->record.date_why));
    write_html_names(out, view);
    fputs("</dl>\n<div style=\"white-space: pre-wrap\" dir=\"auto\">", out);
    for (size_t i = 0; i < view->piece_count; i++) {
        if (view->pieces[i].mark) fputs("<mark>", out);
        write_escaped(out, view->pieces[i].text);
        if (view->pieces[i].mark) fputs("</mark>", out);
    }
    fputs("</div>\n</html>\n", out);
    return true;
}

static enum status show(bool *written, struct searcher *searcher, const struct command_line *line, const char *id,
                        size_t format, struct error *error)
{
    static bool (*const writers[])(FILE *, const struct view *) = {write_text_view, write_json_view, write_html_view};
    const char *query = option_value(line, "query");
    struct reader *reader = searcher_reader(searcher);
    struct xc_document *document = NULL;
    struct view view = {.why = option_given(line, "why")};
    struct arena arena;
    uint32_t docid;
    arena_init(&arena, (size_t)1 << 30);
    enum status status = reader_find(&docid, reader, span_of(id), error);
    if (!status) status = reader_record(&view.record, &document, reader, docid, error);
    if (!status) status = shown_names_read(&view.names, &view.record, error);
    struct snippet_piece whole = {view.record.text, false};
    view.pieces = &whole;
    view.piece_count = whole.text.length ? 1 : 0;
    if (!status && query)
        status = search_mark(&view.pieces, &view.piece_count, &arena, searcher, span_of(query), view.record.text,
                             view.record.field[RECORD_LANGUAGE], error);
    if (!status) *written = writers[format](stdout, &view);
    shown_names_release(&view.names);
    xc_document_free(document);
    arena_release(&arena);
    return status;
}

static int run(const struct command_line *line)
{
    static const char *const formats[] = {"text", "json", "html", NULL};
    struct searcher *searcher = NULL;
    struct error error = {0};
    size_t format = 0;
    bool written = false;
    if (!option_choice(&format, line, "format", formats)) return EXIT_USAGE;
    if (line->operand_count != 1) {
        complain("show takes one document id (as search shows it)");
        return EXIT_USAGE;
    }
    enum status status = searcher_open(&searcher, option_database(line), &error);
    if (!status) status = show(&written, searcher, line, line->operands[0], format, &error);
    for (int i = 1; status == CHANGED && i < TRIES; i++) {
        status = reader_refresh(searcher_reader(searcher), &error);
        if (!status) status = show(&written, searcher, line, line->operands[0], format, &error);
    }
    searcher_free(searcher);
    return status ? exit_with(&error) : finish_output(written ? EXIT_DONE : EXIT_MACHINE);
}

const struct command command_show = {
    .name = "show",
    .operands = "ID",
    .summary = "one document, its names, and what a query matches marked",
    .options = options,
    .notes = "example:\n  dossier show -d news.db -q 'cyber crime' asia/summit.txt | less -R\n",
    .run = run,
};
