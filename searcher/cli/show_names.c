/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/show_names.h"

#include "searcher/cli/terminal.h"
#include "searcher/json.h"
#include "searcher/name_lists.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const enum name_type order[] = {NAME_ORGANIZATION, NAME_PERSON, NAME_PLACE};

enum { TYPES = sizeof order / sizeof *order };

static int rank_of(enum name_type type)
{
    int rank = 0;
    while (rank < TYPES && order[rank] != type) rank++;
    return rank;
}

static int compare(const void *a, const void *b)
{
    const struct record_name *left = a, *right = b;
    int types = rank_of(left->type) - rank_of(right->type);
    if (types) return types;
    if (left->mentions != right->mentions) return left->mentions < right->mentions ? 1 : -1;
    return span_compare(left->name, right->name);
}

enum status shown_names_read(struct shown_names *out, const struct record *record, struct error *error)
{
    struct names_walk walk;
    struct shown_names names = {0};
    size_t room = 0;
    enum status status = OK;
    names_walk_start(&walk, record);
    for (struct record_name name; !status && !(status = record_names_next(&name, &walk));) {
        if (names.count == room) {
            room = room ? 2 * room : 64;
            struct record_name *grown = realloc(names.items, room * sizeof *grown);
            if (!grown) status = NO_MEMORY;
            if (grown) names.items = grown;
        }
        if (!status) names.items[names.count++] = name;
    }
    if (status == NOT_FOUND) {
        if (names.count) qsort(names.items, names.count, sizeof *names.items, compare);
        *out = names;
        return OK;
    }
    free(names.items);
    return status == DAMAGED ? fail(error, DAMAGED, "the names of the document are damaged (dossier check tells more)")
                             : fail(error, status, "out of memory");
}

void shown_names_release(struct shown_names *names)
{
    free(names->items);
    *names = (struct shown_names){0};
}

static struct span text_of(const struct record_mention *mention, const struct record *record)
{
    return span_cut(mention->in_title ? record->field[RECORD_TITLE] : record->text, mention->start, mention->end);
}

void shown_names_print(FILE *out, const struct shown_names *names, const struct record *record, bool why)
{
    for (size_t i = 0; i < names->count; i++) {
        struct record_name name = names->items[i];
        struct record_mention mention;
        fprintf(out, "%-12s %5" PRIu64 "  ", name_places[name.type].field, name.mentions);
        print_safely(out, name.name);
        fputc('\n', out);
        while (why && !record_mentions_next(&mention, &name)) {
            fprintf(out, "%20s%s%zu-%zu ", "", mention.in_title ? "title " : "", mention.start, mention.end);
            print_safely(out, text_of(&mention, record));
            fprintf(out, " (%s)\n", name_lists_why(mention.why));
        }
    }
}

static json_t *json_of_mentions(struct record_name name, const struct record *record)
{
    json_t *mentions = json_array();
    struct record_mention mention;
    while (!record_mentions_next(&mention, &name))
        json_array_append_new(mentions,
                              json_pack("{s:s, s:I, s:I, s:o, s:s}", "in", mention.in_title ? "title" : "text", "start",
                                        (json_int_t)mention.start, "end", (json_int_t)mention.end, "text",
                                        json_of_text(text_of(&mention, record)), "why", name_lists_why(mention.why)));
    return mentions;
}

void shown_names_json(json_t *object, const struct shown_names *names, const struct record *record, bool why)
{
    for (int type = 0; type < TYPES; type++) {
        json_t *array = json_array();
        for (size_t i = 0; i < names->count; i++) {
            const struct record_name *name = &names->items[i];
            if (name->type != order[type]) continue;
            json_t *row =
                json_pack("{s:o, s:I}", "name", json_of_text(name->name), "count", (json_int_t)name->mentions);
            if (why) json_object_set_new(row, "mentions", json_of_mentions(*name, record));
            json_array_append_new(array, row);
        }
        json_object_set_new(object, name_places[order[type]].field, array);
    }
}
