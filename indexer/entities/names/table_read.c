/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/entities/names/fold.h"
#include "indexer/entities/names/table.h"

#include <string.h>

size_t line_fields(struct span *fields, size_t room, struct span line)
{
    size_t count = 0;
    for (size_t start = 0; count < room;) {
        const char *tab = start < line.length ? memchr(line.data + start, '\t', line.length - start) : NULL;
        size_t end = tab ? (size_t)(tab - line.data) : line.length;
        fields[count++] = span_trim(span_cut(line, start, end));
        if (!tab) break;
        start = end + 1;
    }
    return count;
}

bool next_name(struct span *names, struct span *name)
{
    while (names->length) {
        const char *bar = memchr(names->data, '|', names->length);
        size_t end = bar ? (size_t)(bar - names->data) : names->length;
        *name = span_trim(span_cut(*names, 0, end));
        *names = span_cut(*names, bar ? end + 1 : names->length, names->length);
        if (name->length) return true;
    }
    return false;
}

struct word {
    const char *name;
    uint32_t value;
};

static bool find_word(uint32_t *out, const struct word *words, size_t count, struct span name)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(name, span_of(words[i].name))) {
            *out = words[i].value;
            return true;
        }
    return false;
}

#define FIND(out, words, name) find_word(out, words, sizeof words / sizeof *words, name)

/* A name and its other names, all of them [classes]. */
static enum status add_names(struct table *table, struct span name, struct span others, uint32_t classes, unsigned kind)
{
    enum status status = table_add(table, name, name, classes, kind);
    struct span other;
    while (status == OK && next_name(&others, &other)) status = table_add(table, other, name, classes, kind);
    return status;
}

/* What bodies of the United Nations and the United States are called in short: "U.N. Women", "U.S. Navy". The short
 * form reads like its plain letters, UN or US. */
static enum status add_short_forms(struct table *table, struct span phrase, struct span name, unsigned kind)
{
    static const struct {
        const char *whole, *part;
    } leads[] = {{"United Nations ", "U.N. "}, {"United States ", "U.S. "}};
    enum status status = OK;
    for (size_t i = 0; i < sizeof leads / sizeof *leads && status == OK; i++) {
        char bytes[NAME_BYTES_MAX];
        size_t whole = strlen(leads[i].whole), part = strlen(leads[i].part);
        if (!span_starts(phrase, span_of(leads[i].whole)) || phrase.length > sizeof bytes) continue;
        memcpy(bytes, leads[i].part, part);
        memcpy(bytes + part, phrase.data + whole, phrase.length - whole);
        status = table_add(table, (struct span){bytes, part + phrase.length - whole}, name, IS_ORGANIZATION, kind);
    }
    return status;
}

static enum status read_country(struct table *table, const struct span *field)
{
    static const char *const forms[] = {"Republic of ", "Kingdom of ", "Islamic Republic of ", "Federal Republic of ",
                                        "State of "};
    enum status status = add_names(table, field[0], field[1], IS_COUNTRY, 0);
    for (size_t i = 0; i < sizeof forms / sizeof *forms && status == OK; i++) {
        char bytes[NAME_BYTES_MAX];
        size_t length = strlen(forms[i]);
        /* There are two Chinas and two Congos; their lines say which is which. */
        if (length + field[0].length > sizeof bytes || span_equal(field[0], SPAN("China")) ||
            memmem(field[0].data, field[0].length, "Congo", 5))
            continue;
        memcpy(bytes, forms[i], length);
        memcpy(bytes + length, field[0].data, field[0].length);
        status = table_add(table, (struct span){bytes, length + field[0].length}, field[0], IS_COUNTRY, 0);
    }
    struct span rest = field[2], demonym;
    while (status == OK && next_name(&rest, &demonym))
        status = table_add(table, demonym, (struct span){NULL, 0}, IS_DEMONYM, 0);
    return status;
}

static enum status read_region(struct table *table, const struct span *field)
{
    enum status status = add_names(table, field[0], field[1], IS_REGION, 0);
    struct span rest = field[2], short_form;
    while (status == OK && next_name(&rest, &short_form))
        status = table_add(table, short_form, field[0], IS_ABBREVIATION, 0);
    return status;
}

static enum status read_known_city(struct table *table, const struct span *field)
{
    return add_names(table, field[0], field[1], IS_CITY, 0);
}

static enum status read_city(struct table *table, const struct span *field)
{
    static const struct word sizes[] = {{"large", IS_CITY}, {"small", IS_CITY_SMALL}};
    uint32_t classes;
    if (!FIND(&classes, sizes, field[1])) return INVALID;
    return table_add(table, field[0], (struct span){NULL, 0}, classes, 0);
}

static enum status read_given(struct table *table, const struct span *field)
{
    return table_add(table, field[0], (struct span){NULL, 0}, IS_GIVEN, 0);
}

static enum status read_family(struct table *table, const struct span *field)
{
    return table_add(table, field[0], (struct span){NULL, 0}, IS_FAMILY, 0);
}

static enum status read_organization(struct table *table, const struct span *field)
{
    static const struct word kinds[] = {{"intl", KIND_BODY},
                                        {"gov", KIND_GOVERNMENT},
                                        {"media", KIND_MEDIA},
                                        {"party", KIND_PARTY},
                                        {"armed", KIND_ARMED}};
    uint32_t kind;
    if (!FIND(&kind, kinds, field[1])) return INVALID;
    enum status status = add_names(table, field[0], field[2], IS_ORGANIZATION, kind);
    struct span others = field[2], other;
    if (status == OK) status = add_short_forms(table, field[0], field[0], kind);
    while (status == OK && next_name(&others, &other)) status = add_short_forms(table, other, field[0], kind);
    return status;
}

static enum status read_company(struct table *table, const struct span *field)
{
    return add_names(table, field[0], field[1], IS_ORGANIZATION, KIND_BODY);
}

static enum status read_title(struct table *table, const struct span *field)
{
    static const struct word rules[] = {{"strip", IS_TITLE}, {"two", IS_TITLE_TWO}, {"role", IS_ROLE}};
    uint32_t classes;
    if (!FIND(&classes, rules, field[1])) return INVALID;
    return table_add(table, field[0], (struct span){NULL, 0}, classes, 0);
}

static enum status read_word(struct table *table, const struct span *field)
{
    static const struct word classes[] = {
        {"head", IS_HEAD},     {"suffix", IS_SUFFIX}, {"place", IS_PLACE_HEAD},    {"generic", IS_GENERIC},
        {"event", IS_EVENT},   {"paper", IS_PAPER},   {"furniture", IS_FURNITURE}, {"contact", IS_CONTACT},
        {"common", IS_COMMON}, {"prefix", IS_PREFIX}, {"never", IS_NEVER},         {"marker", IS_MARKER},
    };
    uint32_t class;
    if (!FIND(&class, classes, field[0])) return INVALID;
    return table_add(table, field[1], (struct span){NULL, 0}, class, 0);
}

static const struct reader {
    const char *list;
    size_t fields; /* that must be there */
    enum status (*read)(struct table *table, const struct span *field);
} readers[] = {
    {"countries.tsv", 1, read_country},
    {"regions.tsv", 1, read_region},
    {"cities-known.tsv", 1, read_known_city},
    {"cities.tsv", 2, read_city},
    {"given.tsv", 1, read_given},
    {"family.tsv", 1, read_family},
    {"organizations.tsv", 2, read_organization},
    {"companies.tsv", 1, read_company},
    {"honorifics.tsv", 2, read_title},
    {"words.tsv", 2, read_word},
};

enum status table_read(struct table *table, const char *list, struct span content, struct error *error)
{
    const struct reader *reader = NULL;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].list, list) == 0) reader = &readers[i];
    if (!reader) return fail(error, UNSUPPORTED, "no list is called '%s'", list);
    struct span line;
    for (size_t number = 1; span_next_line(&content, &line); number++) {
        struct span field[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
        if (span_trim(line).length == 0 || line.data[0] == '#') continue;
        size_t count = line_fields(field, 4, line);
        enum status status = INVALID;
        if (count >= reader->fields && field[0].length && utf8_valid(line)) status = reader->read(table, field);
        if (status != OK)
            return fail_at(error, status, number, "%s, line %zu: cannot be read (%s)", list, number,
                           status_name(status));
    }
    return OK;
}
