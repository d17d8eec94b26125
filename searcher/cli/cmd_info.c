/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"
#include "searcher/cli/output.h"
#include "searcher/cli/terminal.h"
#include "searcher/facets.h"
#include "searcher/info.h"
#include "searcher/json.h"

#include <inttypes.h>
#include <string.h>

static const struct option_row options[] = {
    OPTION_DATABASE,
    {"format", 'f', "FORMAT", "text or json (default: text)"},
    {0},
};

static void write_day(FILE *out, const char day[9])
{
    fprintf(out, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
}

static void print_info(const struct index_info *info, const char *path, const struct search_response *all)
{
    printf("%s\n  documents  %" PRIu32, path, info->documents);
    if (info->undated) printf(" (%" PRIu32 " undated)", info->undated);
    if (info->first[0]) {
        fputs("\n  dates      ", stdout);
        write_day(stdout, info->first);
        fputs(" to ", stdout);
        write_day(stdout, info->last);
    }
    printf("\n  words      %" PRIu64 " different, %" PRIu64 " stems, %.0f a document\n", info->words, info->stems,
           info->average_words);
    printf("  size       %.1f MB\n  uuid       %s, revision %" PRIu64 "\n", (double)info->bytes / 1e6, info->uuid,
           info->revision);
    for (size_t i = 0; i < all->facet_count; i++) {
        const struct facet *facet = &all->facets[i];
        if (!facet->distinct) continue;
        printf("  %-10s %zu:", facet_kinds[facet->kind].name, facet->distinct);
        for (size_t k = 0; k < facet->value_count; k++) {
            fputs(k ? ", " : " ", stdout);
            print_safely(stdout, facet->values[k].value);
            printf(" %" PRIu32, facet->values[k].count);
        }
        puts(facet->value_count < facet->distinct ? ", …" : "");
    }
}

static json_t *day_or_null(const char day[9])
{
    return day[0] ? json_sprintf("%.4s-%.2s-%.2s", day, day + 4, day + 6) : json_null();
}

static json_t *json_of_info(const struct index_info *info, const char *path, const struct search_request *request,
                            const struct search_response *all)
{
    json_t *object = json_object(), *response = json_of_response(request, all);
    json_object_set_new(object, "schema_version", json_integer(JSON_SCHEMA_VERSION));
    json_object_set_new(object, "path", json_of_text(span_of(path)));
    json_object_set_new(object, "documents", json_integer(info->documents));
    json_object_set_new(object, "undated", json_integer(info->undated));
    json_object_set_new(object, "first_date", day_or_null(info->first));
    json_object_set_new(object, "last_date", day_or_null(info->last));
    json_object_set_new(object, "words", json_integer((json_int_t)info->words));
    json_object_set_new(object, "stems", json_integer((json_int_t)info->stems));
    json_object_set_new(object, "average_words", json_real(info->average_words));
    json_object_set_new(object, "bytes", json_integer((json_int_t)info->bytes));
    json_object_set_new(object, "uuid", json_string(info->uuid));
    json_object_set_new(object, "revision", json_integer((json_int_t)info->revision));
    json_object_set(object, "facets", json_object_get(response, "facets"));
    json_decref(response);
    return object;
}

static int run(const struct command_line *line)
{
    static const char *const formats[] = {"text", "json", NULL};
    const struct facet_request facets[] = {
        {.kind = FACET_ORGANIZATION, .values = 5}, {.kind = FACET_PERSON, .values = 5},
        {.kind = FACET_PLACE, .values = 5},        {.kind = FACET_YEAR, .values = 5},
        {.kind = FACET_SOURCE, .values = 5},       {.kind = FACET_LANGUAGE, .values = 5},
        {.kind = FACET_TYPE, .values = 5}};
    struct searcher *searcher = NULL;
    struct search_request request;
    struct search_response all = {0};
    struct index_info info;
    struct error error = {0};
    size_t format = 0;
    bool written = true;
    const char *path = option_database(line);
    if (!option_choice(&format, line, "format", formats)) return EXIT_USAGE;
    if (line->operand_count) {
        complain("info takes no operands: choose the index with -d DIR");
        return EXIT_USAGE;
    }
    search_request_init(&request);
    request.count = 0;
    request.facets = facets;
    request.facet_count = sizeof facets / sizeof *facets;
    enum status status = searcher_open(&searcher, path, &error);
    if (!status) status = search_run(&all, searcher, &request, &error);
    if (!status) status = index_info(&info, searcher_reader(searcher), &error);
    if (!status && format == 0)
        print_info(&info, path, &all);
    else if (!status)
        written = write_json_pretty(stdout, json_of_info(&info, path, &request, &all));
    search_response_release(&all);
    searcher_free(searcher);
    return status ? exit_with(&error) : finish_output(written ? EXIT_DONE : EXIT_MACHINE);
}

const struct command command_info = {
    .name = "info",
    .operands = "",
    .summary = "what an index holds",
    .options = options,
    .notes = "examples:\n"
             "  dossier info -d news.db\n"
             "  dossier info -d news.db --format json | jq .documents\n",
    .run = run,
};
