/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/show_view.h"

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"query", 'q', "QUERY", "mark what this query matches, with a list of the places"},
    {"why", 0, NULL, "tell how title and date were found, and where and by which rule each name"},
    {"language", 'L', "L", "language of the query (default: those of the index)"},
    {"format", 'f', "FORMAT", "text, json or html (default: text)"},
    {0},
};

static int run(const struct command_line *line)
{
    static const char *const formats[] = {"text", "json", "html", NULL};
    static bool (*const writers[])(FILE *, const struct shown *) = {show_text, show_json, show_html};
    struct searcher *searcher = NULL;
    struct shown shown = {.why = option_given(line, "why"), .query = option_given(line, "query")};
    struct error error = {0};
    size_t format = 0;
    bool written = false;
    if (!option_choice(&format, line, "format", formats)) return EXIT_USAGE;
    if (line->operand_count != 1) {
        complain("show takes one document id (as search shows it)");
        return EXIT_USAGE;
    }
    struct view_request request = {.id = span_of(line->operands[0]),
                                   .query = span_of(option_value(line, "query")),
                                   .language = option_value(line, "language"),
                                   .names = format == 2};
    enum status status = searcher_open(&searcher, option_database(line), &error);
    if (!status) status = view_open(&shown.view, searcher, &request, &error);
    if (!status) status = shown_names_read(&shown.names, &shown.view.record, &error);
    if (!status) written = writers[format](stdout, &shown);
    shown_names_release(&shown.names);
    view_release(&shown.view);
    searcher_free(searcher);
    return status ? exit_with(&error) : finish_output(written ? EXIT_DONE : EXIT_MACHINE);
}

const struct command command_show = {
    .name = "show",
    .operands = "ID",
    .summary = "one document, its names, and what a query matches marked",
    .options = options,
    .notes =
        "The list gives the line of each match (title: in a title that is not part of the text). JSON has offsets in\n"
        "bytes, HTML an anchor #match-N for each.\n\n"
        "example:\n  dossier show -d news.db -q 'cyber crime' asia/summit.txt | less -R\n",
    .run = run,
};
