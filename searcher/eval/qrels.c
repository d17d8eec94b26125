/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/qrels.h"

#include "searcher/eval/lines.h"
#include "searcher/eval/names.h"

#include <stdlib.h>
#include <string.h>

#define QRELS_BYTES_MAX ((size_t)16 << 30) /* bytes of document names: no collection judged so far has a thousandth */

enum { COLUMN_MAX = 5 };

const struct qrels_format QRELS_FORMATS[] = {
    {"qrels", "tidr", false,
     "One judgement a line: topic, a field that is ignored, document, grade.\n"
     "The grade is a whole number; a negative one says that the document was in the pool but not judged.\n"
     "Lines that start with '#' are comments."},
    {"qrels_jg", "tgdr", false,
     "As qrels, but the second field names a judge: each judge's grades are a set of their own, and the measures\n"
     "whose names end in _avgjg average over the judges."},
    {"prefs", "tgsdl", true,
     "One opinion a line: topic, judge, subgroup, document, level (a number).\n"
     "Within a subgroup every document is preferred to those of a lower level; documents of one level are not\n"
     "compared. Within one judge preferences carry on from subgroup to subgroup (a over b and b over c is a over c)\n"
     "and may not contradict each other; judges may. Level 0 says that the document is not relevant."},
    {"qrels_prefs", "tgdl", true,
     "A qrels file read as preferences: each judge (second field) prefers documents of a higher level to those of a\n"
     "lower one."},
};
const size_t QRELS_FORMAT_COUNT = sizeof QRELS_FORMATS / sizeof *QRELS_FORMATS;

const struct qrels_format *qrels_format_find(const char *name)
{
    for (size_t i = 0; i < QRELS_FORMAT_COUNT; i++)
        if (strcmp(QRELS_FORMATS[i].name, name) == 0) return &QRELS_FORMATS[i];
    return NULL;
}

struct qrels {
    const struct qrels_format *format;
    struct arena memory; /* document names and slots */
    struct names topic_names, group_names;
    struct judgement *judgements;
    size_t judgement_count, judgement_capacity;
    struct judged_topic *topics;
    size_t topic_count;
    struct judged_group *groups;
    size_t *by_number; /* from a number in topic_names to an index in topics */
};

void qrels_free(struct qrels *qrels)
{
    if (!qrels) return;
    arena_release(&qrels->memory);
    names_release(&qrels->topic_names);
    names_release(&qrels->group_names);
    free(qrels->judgements);
    free(qrels->topics);
    free(qrels->groups);
    free(qrels->by_number);
    free(qrels);
}

static enum status out_of_memory(const struct lines *lines, enum status status, struct error *error)
{
    if (status == LIMIT) return fail(error, LIMIT, "'%s' is too large", lines_path(lines));
    return fail(error, NO_MEMORY, "out of memory reading '%s'", lines_path(lines));
}

static enum status intern(struct names *names, struct span text, uint32_t *number, const struct lines *lines,
                          struct error *error)
{
    size_t got;
    enum status status = names_add(names, text, &got);
    if (status != OK) return out_of_memory(lines, status, error);
    *number = (uint32_t)got;
    return OK;
}

static enum status read_level(const struct lines *lines, struct span field, double *level, struct error *error)
{
    if (number_parse(field, level) != NUMBER_GOOD)
        return lines_fail(lines, error, "level '%.*s' is not a finite number", (int)field.length, field.data);
    return OK;
}

static enum status read_grade(const struct lines *lines, struct span field, struct judgement *judgement,
                              struct error *error)
{
    long grade;
    if (!integer_parse(field, -GRADE_MAX, GRADE_MAX, &grade))
        return lines_fail(lines, error, "grade '%.*s' is not a whole number of at most %d", (int)field.length,
                          field.data, (int)GRADE_MAX);
    judgement->grade = grade < 0 ? GRADE_UNJUDGED : (int32_t)grade;
    judgement->level = (double)grade;
    return OK;
}

static enum status read_line(struct qrels *qrels, const struct lines *lines, struct span line, struct error *error)
{
    struct span fields[COLUMN_MAX], rest;
    const char *columns = qrels->format->columns;
    size_t expected = strlen(columns), count = fields_split(line, fields, expected, &rest);
    if (count < expected || rest.length)
        return lines_fail(lines, error, "%s fields; format %s has %zu on a line",
                          count < expected ? "too few" : "too many", qrels->format->name, expected);
    struct judgement judgement = {.line = lines_number(lines)};
    enum status status = OK;
    for (size_t i = 0; i < expected && status == OK; i++) {
        switch (columns[i]) {
        case 't':
            status = intern(&qrels->topic_names, fields[i], &judgement.topic, lines, error);
            break;
        case 'g':
        case 's':
            status = intern(&qrels->group_names, fields[i], columns[i] == 'g' ? &judgement.group : &judgement.subgroup,
                            lines, error);
            break;
        case 'd':
            judgement.document = (struct span){arena_copy(&qrels->memory, fields[i]), fields[i].length};
            if (!judgement.document.data) status = out_of_memory(lines, NO_MEMORY, error);
            break;
        case 'r':
            status = read_grade(lines, fields[i], &judgement, error);
            break;
        case 'l':
            status = read_level(lines, fields[i], &judgement.level, error);
            break;
        }
    }
    if (status != OK) return status;
    if (qrels->judgement_count == qrels->judgement_capacity) {
        size_t capacity = qrels->judgement_capacity ? qrels->judgement_capacity * 2 : 256;
        struct judgement *grown = realloc(qrels->judgements, capacity * sizeof *grown);
        if (!grown) return out_of_memory(lines, NO_MEMORY, error);
        qrels->judgements = grown;
        qrels->judgement_capacity = capacity;
    }
    qrels->judgements[qrels->judgement_count++] = judgement;
    return OK;
}

static int order_numbers(const struct names *names, uint32_t a, uint32_t b)
{
    return a == b ? 0 : span_compare(names->items[a], names->items[b]);
}

static int order_judgements(const void *a, const void *b, void *context)
{
    const struct qrels *qrels = context;
    const struct judgement *one = a, *two = b;
    int order = order_numbers(&qrels->topic_names, one->topic, two->topic);
    if (!order) order = order_numbers(&qrels->group_names, one->group, two->group);
    if (!order) order = order_numbers(&qrels->group_names, one->subgroup, two->subgroup);
    if (!order) order = span_compare(one->document, two->document);
    return order ? order : (one->line > two->line) - (one->line < two->line);
}

static enum status check_duplicates(const struct qrels *qrels, const struct lines *lines, struct error *error)
{
    const struct judgement *worst = NULL, *first = NULL;
    for (size_t i = 1; i < qrels->judgement_count; i++) {
        const struct judgement *one = &qrels->judgements[i - 1], *two = one + 1;
        if (one->topic == two->topic && one->group == two->group && one->subgroup == two->subgroup &&
            span_equal(one->document, two->document) && (!worst || two->line < worst->line)) {
            worst = two;
            first = one;
        }
    }
    if (!worst) return OK;
    struct span topic = qrels->topic_names.items[worst->topic];
    return fail_at(error, INVALID, worst->line,
                   "%s, line %zu: document '%.*s' of topic '%.*s' was judged in line %zu already", lines_path(lines),
                   worst->line, (int)worst->document.length, worst->document.data, (int)topic.length, topic.data,
                   first->line);
}

static bool build_table(struct qrels *qrels, struct judged_group *group)
{
    group->grade_max = GRADE_UNJUDGED;
    size_t slot_count = 2;
    while (slot_count < group->count * 2) slot_count *= 2;
    uint32_t *slots = arena_take(&qrels->memory, slot_count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, slot_count * sizeof *slots);
    for (size_t i = 0; i < group->count; i++) {
        if (group->judgements[i].grade > group->grade_max) group->grade_max = group->judgements[i].grade;
        size_t slot = name_hash(group->judgements[i].document) & (slot_count - 1);
        while (slots[slot]) slot = (slot + 1) & (slot_count - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    group->slots = slots;
    group->slot_count = slot_count;
    return true;
}

/* Cuts the sorted judgements into topics and groups. */
static bool build_topics(struct qrels *qrels)
{
    size_t group_count = 0;
    for (size_t i = 0; i < qrels->judgement_count; i++) {
        const struct judgement *one = &qrels->judgements[i];
        if (i == 0 || one->topic != one[-1].topic || one->group != one[-1].group) group_count++;
    }
    qrels->groups = calloc(group_count, sizeof *qrels->groups);
    qrels->topics = calloc(qrels->topic_names.count, sizeof *qrels->topics);
    qrels->by_number = calloc(qrels->topic_names.count, sizeof *qrels->by_number);
    if (!qrels->groups || !qrels->topics || !qrels->by_number) return false;
    struct judged_group *group = qrels->groups;
    for (size_t i = 0, end; i < qrels->judgement_count; i = end, group++) {
        const struct judgement *one = &qrels->judgements[i];
        for (end = i + 1; end < qrels->judgement_count; end++)
            if (qrels->judgements[end].topic != one->topic || qrels->judgements[end].group != one->group) break;
        *group = (struct judged_group){.judgements = one, .count = end - i};
        if (qrels->group_names.count) group->name = qrels->group_names.items[one->group];
        if (!qrels->format->preferences && !build_table(qrels, group)) return false;
        if (i == 0 || one->topic != one[-1].topic) {
            qrels->by_number[one->topic] = qrels->topic_count;
            qrels->topics[qrels->topic_count++] =
                (struct judged_topic){.name = qrels->topic_names.items[one->topic], .groups = group};
        }
        qrels->topics[qrels->topic_count - 1].group_count++;
    }
    return true;
}

enum status qrels_read_lines(struct qrels **out, struct lines *lines, const struct qrels_format *format,
                             struct error *error)
{
    struct qrels *qrels = calloc(1, sizeof *qrels);
    if (!qrels) return out_of_memory(lines, NO_MEMORY, error);
    qrels->format = format;
    arena_init(&qrels->memory, QRELS_BYTES_MAX);
    names_init(&qrels->topic_names, QRELS_BYTES_MAX);
    names_init(&qrels->group_names, QRELS_BYTES_MAX);

    struct span line;
    enum status status;
    while ((status = lines_next(lines, &line, error)) == OK) {
        if ((line.length && line.data[0] == '#') || span_trim(line).length == 0) continue;
        if ((status = read_line(qrels, lines, line, error)) != OK) break;
    }
    if (status != NOT_FOUND) goto out;
    if (qrels->judgement_count == 0) {
        status = fail(error, INVALID, "'%s' holds no judgements", lines_path(lines));
        goto out;
    }
    qsort_r(qrels->judgements, qrels->judgement_count, sizeof *qrels->judgements, order_judgements, qrels);
    if ((status = check_duplicates(qrels, lines, error)) != OK) goto out;
    if (!build_topics(qrels)) {
        status = out_of_memory(lines, NO_MEMORY, error);
        goto out;
    }
    *out = qrels;
    return OK;
out:
    qrels_free(qrels);
    return status;
}

enum status qrels_read(struct qrels **out, const char *path, const struct qrels_format *format, struct error *error)
{
    struct lines *lines;
    enum status status = lines_open(&lines, path, error);
    if (status != OK) return status;
    status = qrels_read_lines(out, lines, format, error);
    lines_close(lines);
    return status;
}

const struct qrels_format *qrels_format_of(const struct qrels *qrels)
{
    return qrels->format;
}

size_t qrels_count(const struct qrels *qrels)
{
    return qrels->topic_count;
}

const struct judged_topic *qrels_topic(const struct qrels *qrels, size_t index)
{
    return &qrels->topics[index];
}

size_t qrels_find(const struct qrels *qrels, struct span topic)
{
    size_t number = names_find(&qrels->topic_names, topic);
    return number == NAMES_NONE ? SIZE_MAX : qrels->by_number[number];
}

int32_t judged_grade(const struct judged_group *group, struct span document)
{
    if (group->slot_count == 0) return GRADE_UNPOOLED;
    size_t mask = group->slot_count - 1, slot = name_hash(document) & mask;
    while (group->slots[slot]) {
        const struct judgement *judgement = &group->judgements[group->slots[slot] - 1];
        if (span_equal(judgement->document, document)) return judgement->grade;
        slot = (slot + 1) & mask;
    }
    return GRADE_UNPOOLED;
}
