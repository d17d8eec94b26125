/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/entities_output.h"

#include "searcher/cli/output.h"
#include "searcher/cli/terminal.h"
#include "searcher/json.h"

#include <inttypes.h>

static const enum name_type order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};

enum { TYPES = sizeof order / sizeof *order, WITH_SHOWN = 5 /* names of what --with stands for */ };

static void print_head(FILE *out, const struct associate_request *request, const struct associations *found)
{
    if (found->relaxed) fputs("No document has all the words; these have some of them.\n", out);
    if (!request->with.length) {
        fprintf(out, "%" PRIu64 " document%s\n", found->documents, found->documents == 1 ? "" : "s");
        return;
    }
    for (size_t i = 0; i < found->with_count && i < WITH_SHOWN; i++) {
        fputs(i ? ", " : "", out);
        print_safely(out, found->with[i].value);
        fprintf(out, " (%s)", name_places[found->with[i].type].field);
    }
    if (!found->with_count) print_safely(out, request->with);
    if (found->with_count > WITH_SHOWN) fprintf(out, " and %zu more", found->with_count - WITH_SHOWN);
    fprintf(out, ": %" PRIu64 " of %" PRIu64 " document%s\n", found->with_documents, found->documents,
            found->documents == 1 ? "" : "s");
}

static void print_names(FILE *out, const struct associated_names *names, const char *field, bool with)
{
    if (!names->distinct) return;
    fprintf(out, "\n%s", field);
    if (names->count < names->distinct) fprintf(out, " (top %zu of %zu)", names->count, names->distinct);
    fputs(with ? "\ntogether   of    score\n" : "\n", out);
    for (size_t i = 0; i < names->count; i++) {
        const struct associated_name *name = &names->items[i];
        if (with)
            fprintf(out, "%8" PRIu32 " %4" PRIu32 " %8.1f  ", name->together, name->count, name->score);
        else
            fprintf(out, "%6" PRIu32 "  ", name->count);
        print_safely(out, name->value);
        fputc('\n', out);
    }
}

bool entities_text(FILE *out, const struct associate_request *request, const struct associations *found,
                   const bool types[NAME_TYPES])
{
    print_head(out, request, found);
    for (int i = 0; i < TYPES; i++)
        if (types[order[i]])
            print_names(out, &found->names[order[i]], name_places[order[i]].field, request->with.length > 0);
    if (found->month_count) fputs("\nmonth    documents  mentions\n", out);
    for (size_t i = 0; i < found->month_count; i++)
        fprintf(out, "%-7s %10" PRIu32 " %9" PRIu64 "\n",
                found->months[i].month[0] ? found->months[i].month : "undated", found->months[i].documents,
                found->months[i].mentions);
    return true;
}

static json_t *json_of_names(const struct associated_names *names, bool with)
{
    json_t *values = json_array();
    for (size_t i = 0; i < names->count; i++) {
        const struct associated_name *name = &names->items[i];
        json_t *row = json_pack("{s:o, s:I}", "value", json_of_text(name->value), "count", (json_int_t)name->count);
        if (with) {
            json_object_set_new(row, "together", json_integer(name->together));
            json_object_set_new(row, "score", json_real(name->score));
        }
        json_array_append_new(values, row);
    }
    return json_pack("{s:I, s:o}", "distinct", (json_int_t)names->distinct, "values", values);
}

static json_t *json_of_with(const struct associations *found)
{
    json_t *names = json_array();
    for (size_t i = 0; i < found->with_count; i++)
        json_array_append_new(names, json_pack("{s:s, s:o}", "type", name_places[found->with[i].type].field, "value",
                                               json_of_text(found->with[i].value)));
    return json_pack("{s:I, s:o}", "documents", (json_int_t)found->with_documents, "names", names);
}

static json_t *json_of_months(const struct associations *found)
{
    json_t *months = json_array();
    for (size_t i = 0; i < found->month_count; i++) {
        const struct associated_month *month = &found->months[i];
        json_array_append_new(months, json_pack("{s:o, s:I, s:I}", "month", json_of_text_or_null(span_of(month->month)),
                                                "documents", (json_int_t)month->documents, "mentions",
                                                (json_int_t)month->mentions));
    }
    return months;
}

bool entities_json(FILE *out, const struct associate_request *request, const struct associations *found,
                   const bool types[NAME_TYPES])
{
    bool with = request->with.length > 0;
    json_t *object = json_object();
    json_object_set_new(object, "schema_version", json_integer(JSON_SCHEMA_VERSION));
    json_object_set_new(object, "query", json_of_text(request->query));
    json_object_set_new(object, "documents", json_integer((json_int_t)found->documents));
    json_object_set_new(object, "relaxed", json_boolean(found->relaxed));
    if (with) json_object_set_new(object, "with", json_of_with(found));
    for (int i = 0; i < TYPES; i++)
        if (types[order[i]])
            json_object_set_new(object, name_places[order[i]].field, json_of_names(&found->names[order[i]], with));
    if (with) json_object_set_new(object, "months", json_of_months(found));
    return write_json_pretty(out, object);
}

bool entities_csv(FILE *out, const struct associate_request *request, const struct associations *found,
                  const bool types[NAME_TYPES])
{
    bool with = request->with.length > 0;
    fputs(with ? "type,name,documents,together,score\r\n" : "type,name,documents\r\n", out);
    for (int i = 0; i < TYPES; i++)
        for (size_t k = 0; types[order[i]] && k < found->names[order[i]].count; k++) {
            const struct associated_name *name = &found->names[order[i]].items[k];
            fprintf(out, "%s,", name_places[order[i]].field);
            write_cell(out, name->value);
            fprintf(out, ",%" PRIu32, name->count);
            if (with) fprintf(out, ",%" PRIu32 ",%.3f", name->together, name->score);
            fputs("\r\n", out);
        }
    return true;
}
