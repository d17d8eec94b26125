/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/output.h"
#include "searcher/cli/request.h"
#include "searcher/cli/terminal.h"
#include "searcher/limits.h"
#include "searcher/phases.h"
#include "searcher/similar.h"

#include <errno.h>
#include <string.h>
#include <wchar.h>

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"count", 'n', "N", "hits to show (default: 10)"},
    {"offset", 0, "K", "hits to leave out at the top (default: 0)"},
    {"sort", 's', "ORDER", "relevance, newest or oldest (default: relevance)"},
    {"facets", 'F', "F[:N][:/T/],…",
     "what to count, with N values of each, those that contain T; none (default: the first seven below)"},
    {"filter", 0, "F:VALUE", "only documents with this value of a facet; several of one facet are alternatives"},
    {"match", 'm', "WHICH", "all the words, any of them, or auto: all, and any when nothing has all (default: auto)"},
    OPTIONS_RANKING,
    {"similar", 0, "ID", "hits like this document, or like a text on standard input (-); a QUERY then restricts"},
    {"explain", 0, NULL, "tell how the query was understood, and what each score is made of"},
    {"collapse", 0, NULL, "of near-copies show the best alone, with the count of the others"},
    {"limits", 0, NULL, "list what a query may have at most"},
    {"strict", 0, NULL, "an unclear query is an error instead of being taken as words"},
    {"format", 'f', "FORMAT", "text, json, jsonl, csv, trec or paths (default: text)"},
    {"stats", 0, NULL, "tell on stderr where the processor time went"},
    {0},
};

/* Shows the query with a mark under the place that is wrong. */
static void point_at(struct span query, size_t position)
{
    enum { WIDTH = 60 };
    if (position > query.length) return;
    size_t start = position > WIDTH / 2 ? utf8_floor(query, position - WIDTH / 2) : 0;
    size_t end = utf8_floor(query, start + WIDTH < query.length ? start + WIDTH : query.length);
    int columns = 0;
    for (size_t i = start; i < position;) {
        int width = wcwidth((wchar_t)utf8_next(query, &i));
        columns += width < 0 ? 1 : width;
    }
    print_safely(stderr, span_cut(query, start, end));
    fprintf(stderr, "\n%*s\n", columns + 1, "^");
}

static void print_phases(const struct phases *phases)
{
    static const char *const names[PHASE_COUNT] = {
        [PHASE_OPEN] = "open",       [PHASE_PARSE] = "parse",     [PHASE_MATCH] = "match",
        [PHASE_FACETS] = "facets",   [PHASE_RECORDS] = "records", [PHASE_SNIPPETS] = "snippets",
        [PHASE_SUGGEST] = "suggest", [PHASE_WRITE] = "write"};
    double sum = 0;
    fputs("milliseconds of processor time:", stderr);
    for (int i = 0; i < PHASE_COUNT; i++) {
        fprintf(stderr, " %s %.2f,", names[i], phases->seconds[i] * 1e3);
        sum += phases->seconds[i];
    }
    fprintf(stderr, " in all %.2f\n", sum * 1e3);
}

static int answer(const struct search_request *request, const struct output_format *format, const char *database,
                  bool stats)
{
    struct searcher *searcher = NULL;
    struct error error = {0};
    bool written = false;
    enum status status = searcher_open(&searcher, database, &error);
    if (!status) searcher_phases(searcher)->on = stats;
    if (!status) status = output_search(&written, stdout, format, searcher, request, &error);
    if (status) {
        int code = exit_with(&error);
        if ((status == INVALID || status == LIMIT || status == UNSUPPORTED) && error.position <= request->query.length)
            point_at(request->query, error.position);
        searcher_free(searcher);
        return code;
    }
    phases_enter(searcher_phases(searcher), PHASE_WRITE);
    if (stats) print_phases(searcher_phases(searcher));
    searcher_free(searcher);
    return finish_output(written ? EXIT_DONE : EXIT_MACHINE);
}

/* Standard input, as far as a text can count. */
static bool read_text(struct buffer *text, int *status)
{
    char block[65536];
    size_t length;
    while (text->length < SIMILAR_TEXT_MAX && (length = fread(block, 1, sizeof block, stdin)) > 0) {
        size_t room = SIMILAR_TEXT_MAX - text->length;
        if (buffer_append(text, block, length < room ? length : room)) {
            complain("out of memory for the text");
            *status = EXIT_MACHINE;
            return false;
        }
    }
    if (ferror(stdin)) complain("cannot read standard input: %s", strerror(errno));
    if (!ferror(stdin) && !span_trim(buffer_span(text)).length)
        complain("search: --similar - found no text on standard input");
    *status = ferror(stdin) ? EXIT_MACHINE : EXIT_USAGE;
    return !ferror(stdin) && span_trim(buffer_span(text)).length;
}

/* The query, before it what --similar asks for. False after complaining, with the exit status in *[status]. */
static bool read_query(struct buffer *query, struct buffer *text, const struct command_line *line, const char *similar,
                       int *status)
{
    enum status read = OK;
    if (similar && strcmp(similar, "-") == 0) {
        if (!read_text(text, status)) return false;
    } else if (similar) {
        read = similar_print(query, FIELD_SIMILAR, span_of(similar));
        if (!read && line->operand_count) read = buffer_append_byte(query, ' ');
    }
    if (!read) read = command_query(query, line);
    if (!read) return true;
    complain(read == IO ? "cannot read the query from standard input" : "the query is too long");
    *status = exit_status_of(read);
    return false;
}

static int list_limits(void)
{
    for (const struct limit_row *row = search_limits; row->name; row++)
        printf("%-17s %8lu %s\n", row->name, row->value, row->unit);
    return finish_output(EXIT_DONE);
}

static int run(const struct command_line *line)
{
    static const char *const orders[] = {
        [SORT_RELEVANCE] = "relevance", [SORT_NEWEST] = "newest", [SORT_OLDEST] = "oldest", NULL};
    struct search_request request;
    struct facet_request facets[FACETS_MAX];
    struct filter filters[FILTERS_MAX];
    size_t sort = SORT_RELEVANCE;
    int status = EXIT_USAGE;
    if (option_given(line, "limits")) return list_limits();
    search_request_init(&request);
    const struct output_format *format = output_format_named(option_value(line, "format"));
    size_t hits_max = format && format->hit ? UINT32_MAX : HITS_MAX;
    if (!format || !option_number(&request.count, line, "count", 0, hits_max) ||
        !option_number(&request.offset, line, "offset", 0, hits_max) || !option_choice(&sort, line, "sort", orders) ||
        !request_ranking(&request, line, MATCH_AUTO, &status) ||
        !request_facets(facets, &request.facet_count, option_value(line, "facets")) ||
        !request_filters(filters, &request.filter_count, line))
        return status;
    const char *similar = option_value(line, "similar");
    if (!line->operand_count && !similar) {
        complain("search: what for? (dossier search QUERY; '' for every document; dossier search --help)");
        return EXIT_USAGE;
    }
    request.sort = (enum sort_order)sort;
    request.strict = option_given(line, "strict");
    request.collapse = option_given(line, "collapse");
    request.explain = option_given(line, "explain");
    request.facets = facets;
    request.filters = filters;
    if (!format->facets && !option_given(line, "facets")) request.facet_count = 0;
    request.documents = format->documents;
    request.suggest = format->facets;
    if (!format->snippets) request.snippet_bytes = 0;
    request.exact_total = format->facets;
    struct buffer query, text;
    buffer_init(&query, 16 * 1024 * 1024 /* bytes: more than a command line holds */);
    buffer_init(&text, SIMILAR_TEXT_MAX);
    if (read_query(&query, &text, line, similar, &status)) {
        request.query = buffer_span(&query);
        request.similar_text = buffer_span(&text);
        status = answer(&request, format, option_database(line), option_given(line, "stats"));
    }
    buffer_release(&text);
    buffer_release(&query);
    return status;
}

const struct command command_search = {
    .name = "search",
    .operands = "QUERY",
    .summary = "ranked hits with snippets and facet counts",
    .options = options,
    .notes =
        "query:\n"
        "  cyber crime              words, in any form (crime, crimes); also cybercrime and cyber-crime\n"
        "  \"Keio Plaza Hotel\"       a phrase            =crimes      exactly this form\n"
        "  a AND b, a OR b, NOT a   also -a, ( )        cyber*       words that begin so\n"
        "  a NEAR/5 b, a ADJ/3 b    close to each other, in any order or in this one\n"
        "  person:kishida place:tokyo organization:\"foreign ministry\"  names found in the documents, by any\n"
        "                           of their words or an alias; also NEAR: person:abe NEAR/10 place:hanoi\n"
        "  title:word author:kim source:kyodo language:en type:html id:name\n"
        "  similar:ID  what is like a document          near:ID  its near-copies\n"
        "  date:2014  date:2013-09..2014-10  date:..2015  date:none        word^2  counts twice\n\n"
        "facets:\n"
        "  organization person place year source language type       month day\n"
        "  date    a histogram by day, month or year: the finest that needs at most N bars (default: 40)\n"
        "  Counts are exact, over all matches; a facet leaves its own filters out, so that its other values stay\n"
        "  on offer. T is looked for without regard to case and accents.\n\n"
        "examples:\n"
        "  dossier search -d news.db cyber crime\n"
        "  dossier search -d news.db --sort newest --facets year:20 '\"joint statement\" date:2013..'\n"
        "  dossier search -d news.db --facets person:20:/kishi/,date --filter place:Tokyo --filter date:2014 summit\n"
        "  dossier search -d news.db - < article.txt    what is like a text: its most telling words, any of them\n"
        "  dossier search -d news.db -n 1000 --format paths ransomware | xargs -d '\\n' cp -t selected/\n",
    .run = run,
};
