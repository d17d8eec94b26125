/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/entities_output.h"
#include "searcher/cli/output.h"

#include <string.h>

enum { NAMES_DEFAULT = 20 /* of each type: a screen together */ };

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"type", 't', "TYPE", "organization, person or place (default: all)"},
    {"with", 'w', "NAME", "what occurs together with this name, and its mentions by month"},
    {"count", 'n', "N", "names to list of each type (default: 20)"},
    {"match", 'm', "WHICH", "all the words, any of them, or auto: all, and any when nothing has all (default: auto)"},
    {"language", 'L', "L", "language of the query (default: those of the index)"},
    {"format", 'f', "FORMAT", "text, json or csv (default: text)"},
    {0},
};

static int answer(const struct associate_request *request, const bool types[NAME_TYPES], entities_write *write,
                  const char *database)
{
    struct searcher *searcher = NULL;
    struct associations found;
    struct error error = {0};
    enum status status = searcher_open(&searcher, database, &error);
    if (!status) status = associate(&found, searcher, request, &error);
    searcher_free(searcher);
    if (status) return exit_with(&error);
    bool written = write(stdout, request, &found, types);
    associations_release(&found);
    return finish_output(written ? EXIT_DONE : EXIT_MACHINE);
}

static int run(const struct command_line *line)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    static const char *const modes[] = {[MATCH_AUTO] = "auto", [MATCH_ALL] = "all", [MATCH_ANY] = "any", NULL};
    static const char *const type_names[] = {"organization", "person", "place", NULL};
    static const enum name_type type_of[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};
    static entities_write *const writers[] = {entities_text, entities_json, entities_csv};
    struct associate_request request = {.values = NAMES_DEFAULT, .language = option_value(line, "language")};
    bool types[NAME_TYPES] = {false, true, true, true};
    size_t format = 0, mode = MATCH_AUTO, type = 0;
    if (!option_choice(&format, line, "format", formats) || !option_choice(&mode, line, "match", modes) ||
        !option_choice(&type, line, "type", type_names) || !option_number(&request.values, line, "count", 0, HITS_MAX))
        return EXIT_USAGE;
    if (option_given(line, "type"))
        for (int i = 1; i < NAME_TYPES; i++) types[i] = i == (int)type_of[type];
    const char *with = option_value(line, "with");
    if (with && !*with) {
        complain("--with takes a name, such as --with 'Fumio Kishida'");
        return EXIT_USAGE;
    }
    if (with) request.with = span_of(with);
    request.match = (enum match_mode)mode;
    struct buffer query;
    buffer_init(&query, 16 * 1024 * 1024 /* bytes: more than a command line holds */);
    enum status joined = command_query(&query, line);
    int status;
    if (joined) {
        complain(joined == IO ? "cannot read the query from standard input" : "the query is too long");
        status = exit_status_of(joined);
    } else {
        request.query = buffer_span(&query);
        status = answer(&request, types, writers[format], option_database(line));
    }
    buffer_release(&query);
    return status;
}

const struct command command_entities = {
    .name = "entities",
    .operands = "[QUERY]",
    .summary = "the names in the matches with counts; what occurs with a name",
    .options = options,
    .notes =
        "Counts are of documents. With --with, names are ranked by Dunning's log-likelihood ratio: how much oftener\n"
        "they stand in the same documents than by chance; below 0, more rarely. CSV leaves out the months.\n\n"
        "examples:\n"
        "  dossier entities -d news.db --type person cyber crime\n"
        "  dossier entities -d news.db --with ASEAN\n"
        "  dossier entities -d news.db --with 'Fumio Kishida' --format json 'date:2014'\n",
    .run = run,
};
