/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/evaluate.h"

#include "searcher/eval/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TAG_BYTES_MAX ((size_t)1 << 20) /* bytes: a line's */

struct evaluator {
    struct evaluation *out;
    struct ranking_space *spaces; /* one a judge, kept from topic to topic */
    struct ranking *rankings;
    size_t judge_capacity;
    struct ranking_space view;
};

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory evaluating a run");
}

static bool grow_judges(struct evaluator *evaluator, size_t judges)
{
    if (judges <= evaluator->judge_capacity) return true;
    struct ranking_space *spaces = realloc(evaluator->spaces, judges * sizeof *spaces);
    if (!spaces) return false;
    evaluator->spaces = spaces;
    struct ranking *rankings = realloc(evaluator->rankings, judges * sizeof *rankings);
    if (!rankings) return false;
    evaluator->rankings = rankings;
    memset(spaces + evaluator->judge_capacity, 0, (judges - evaluator->judge_capacity) * sizeof *spaces);
    evaluator->judge_capacity = judges;
    return true;
}

/* The grades of the first documents as one character each. */
static char *grade_string(const struct ranking *ranking, double wanted)
{
    size_t length = wanted < 0 ? 0 : wanted > (double)ranking->retrieved ? ranking->retrieved : (size_t)wanted;
    char *string = malloc(length + 1);
    if (!string) return NULL;
    for (size_t rank = 0; rank < length; rank++) {
        int32_t grade = ranking->grades[rank];
        string[rank] = grade == GRADE_UNPOOLED ? '-' : grade < 0 ? '.' : grade > 9 ? '>' : (char)('0' + grade);
    }
    string[length] = '\0';
    return string;
}

static enum status score_measure(struct evaluator *evaluator, const struct selected *selected,
                                 struct measure_input input, size_t topic, struct error *error)
{
    struct evaluation *out = evaluator->out;
    double *values = &out->values[topic * out->selection->width + selected->first];
    memset(values, 0, selected->count * sizeof *values);
    struct ranking view;
    if (selected->viewed) {
        const struct ranking *ranking = input.rankings;
        enum status status =
            ranking_view(&view, &evaluator->view, ranking, selected->has_level ? selected->level : ranking->level,
                         selected->depth, selected->judged_only || out->options.ranking.judged_only, error);
        if (status != OK) return status;
        input.rankings = &view;
    }
    if (selected->measure->summary == SUMMARY_NONE) {
        free(out->strings[topic]);
        out->strings[topic] = grade_string(input.rankings, selected->parameters.numbers[0]);
        return out->strings[topic] ? OK : no_memory(error);
    }
    if (!selected->measure->function) return OK;
    enum status status = selected->measure->function(&input, &selected->parameters, values);
    return status == OK ? OK : no_memory(error);
}

static enum status score_topic(struct evaluator *evaluator, size_t topic, struct run_entry *entries, size_t count,
                               struct error *error)
{
    struct evaluation *out = evaluator->out;
    const struct judged_topic *judged = qrels_topic(out->qrels, topic);
    struct preferences preferences = {0};
    struct measure_input input = {.judge_count = judged->group_count};
    enum status status = OK;
    if (qrels_format_of(out->qrels)->preferences) {
        status = preferences_make(&preferences, judged, entries, count, out->options.ranking.depth, error);
        input.preferences = &preferences;
    } else {
        if (!grow_judges(evaluator, judged->group_count)) return no_memory(error);
        for (size_t i = 0; i < judged->group_count && status == OK; i++)
            status = ranking_make(&evaluator->rankings[i], &evaluator->spaces[i], &judged->groups[i], entries, count,
                                  &out->options.ranking, error);
        input.rankings = evaluator->rankings;
    }
    for (size_t i = 0; i < out->selection->count && status == OK; i++)
        status = score_measure(evaluator, &out->selection->items[i], input, topic, error);
    preferences_release(&preferences);
    if (status == OK) out->counted[topic] = true;
    return status;
}

/* A topic without results is scored as one unjudged document; what would show that document is put right, for the very
 * names for which trec_eval does so. */
static enum status score_missing(struct evaluator *evaluator, size_t topic, struct error *error)
{
    struct evaluation *out = evaluator->out;
    const struct selection *selection = out->selection;
    enum status status = score_topic(evaluator, topic, NULL, 1, error);
    if (status != OK) return status;
    double *values = &out->values[topic * selection->width];
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; k < selection->items[i].count; k++) {
            size_t at = selection->items[i].first + k;
            const char *name = selection->items[i].label ? selection->items[i].measure->name : selection->names[at];
            if (strcmp(name, "num_ret") == 0 || strcmp(name, "utility") == 0 || strcmp(name, "rbp_resid") == 0 ||
                strncmp(name, "unj", 3) == 0)
                values[at] = 0;
            if (strcmp(name, "relstring") == 0) out->strings[topic][0] = '\0';
        }
    return OK;
}

static size_t find_topic(const struct evaluation *out, struct span topic)
{
    const char *only = out->options.only_topic;
    if (only && !span_equal(topic, span_of(only))) return SIZE_MAX;
    return qrels_find(out->qrels, topic);
}

static bool topic_wanted(void *context, struct span topic)
{
    const struct evaluator *evaluator = context;
    return find_topic(evaluator->out, topic) != SIZE_MAX;
}

static enum status topic_read(void *context, struct span topic, struct run_entry *entries, size_t count,
                              struct error *error)
{
    struct evaluator *evaluator = context;
    size_t index = find_topic(evaluator->out, topic);
    evaluator->out->found[index] = true;
    return score_topic(evaluator, index, entries, count, error);
}

static enum status allocate(struct evaluation *out, struct error *error)
{
    size_t topics = qrels_count(out->qrels), width = out->selection->width;
    bool strings = false;
    for (size_t i = 0; i < out->selection->count; i++)
        if (out->selection->items[i].measure->summary == SUMMARY_NONE) strings = true;
    out->values = calloc(topics * width + 1, sizeof *out->values);
    out->counted = calloc(topics, sizeof *out->counted);
    out->found = calloc(topics, sizeof *out->found);
    if (strings) out->strings = calloc(topics, sizeof *out->strings);
    return out->values && out->counted && out->found && (out->strings || !strings) ? OK : no_memory(error);
}

enum status evaluate_lines(struct evaluation *out, const struct qrels *qrels, const struct selection *selection,
                           struct lines *lines, const struct evaluate_options *options, struct error *error)
{
    *out = (struct evaluation){.qrels = qrels, .selection = selection, .options = *options};
    struct evaluator evaluator = {.out = out};
    struct run_reading reading = {.wanted = topic_wanted, .topic = topic_read, .context = &evaluator};
    buffer_init(&reading.tag, TAG_BYTES_MAX);
    enum status status = allocate(out, error);
    if (status == OK) status = run_read_lines(&reading, lines, error);
    out->tag = reading.tag;
    size_t topics = qrels_count(qrels), found = 0, looked_for = 0;
    for (size_t i = 0; i < topics && status == OK; i++) {
        looked_for += !options->only_topic || find_topic(out, qrels_topic(qrels, i)->name) != SIZE_MAX;
        found += out->found[i];
    }
    if (status == OK && found == 0)
        status = fail(error, INVALID, "'%s' and the judgements have no topic in common", lines_path(lines));
    out->missing = looked_for - found;
    for (size_t i = 0; i < topics && status == OK && options->complete; i++)
        if (!out->counted[i] && find_topic(out, qrels_topic(qrels, i)->name) != SIZE_MAX)
            status = score_missing(&evaluator, i, error);
    for (size_t i = 0; i < topics && status == OK; i++) out->counted_count += out->counted[i];

    for (size_t i = 0; i < evaluator.judge_capacity; i++) ranking_space_release(&evaluator.spaces[i]);
    ranking_space_release(&evaluator.view);
    free(evaluator.spaces);
    free(evaluator.rankings);
    if (status != OK) evaluation_release(out);
    return status;
}

enum status evaluate(struct evaluation *out, const struct qrels *qrels, const struct selection *selection,
                     const char *path, const struct evaluate_options *options, struct error *error)
{
    struct lines *lines;
    enum status status = lines_open(&lines, path, error);
    if (status != OK) return status;
    status = evaluate_lines(out, qrels, selection, lines, options, error);
    lines_close(lines);
    return status;
}

void evaluation_release(struct evaluation *evaluation)
{
    if (evaluation->strings)
        for (size_t i = 0; i < qrels_count(evaluation->qrels); i++) free(evaluation->strings[i]);
    free(evaluation->strings);
    free(evaluation->values);
    free(evaluation->counted);
    free(evaluation->found);
    buffer_release(&evaluation->tag);
    *evaluation = (struct evaluation){0};
}

const double *evaluation_topic(const struct evaluation *evaluation, size_t topic)
{
    return &evaluation->values[topic * evaluation->selection->width];
}

/* Every positive grade judged: what trec_eval sums under -c, whatever the level. */
static double positive_grades(const struct qrels *qrels)
{
    double sum = 0;
    for (size_t i = 0; i < qrels_count(qrels); i++) {
        const struct judged_topic *topic = qrels_topic(qrels, i);
        for (size_t g = 0; g < topic->group_count; g++)
            for (size_t k = 0; k < topic->groups[g].count; k++) sum += topic->groups[g].judgements[k].grade > 0;
    }
    return sum;
}

static double summarise(const struct evaluation *evaluation, const struct selected *selected, double sum)
{
    double counted = (double)evaluation->counted_count;
    double topics = evaluation->options.complete ? (double)qrels_count(evaluation->qrels) : counted;
    switch (selected->measure->summary) {
    case SUMMARY_MEAN:
        return sum / topics;
    case SUMMARY_GEOMETRIC:
        return exp((sum + (topics - counted) * log(GEOMETRIC_FLOOR)) / topics);
    case SUMMARY_TOPICS:
        return topics;
    case SUMMARY_RELEVANT:
        return evaluation->options.complete && !selected->label ? positive_grades(evaluation->qrels) : sum;
    case SUMMARY_SUM:
    case SUMMARY_TAG:
    case SUMMARY_NONE:
        break;
    }
    return sum;
}

void evaluation_summary(const struct evaluation *evaluation, double *summary)
{
    const struct selection *selection = evaluation->selection;
    for (size_t value = 0; value < selection->width; value++) summary[value] = 0;
    for (size_t topic = 0; topic < qrels_count(evaluation->qrels); topic++) {
        if (!evaluation->counted[topic]) continue;
        const double *values = evaluation_topic(evaluation, topic);
        for (size_t value = 0; value < selection->width; value++) summary[value] += values[value];
    }
    for (size_t i = 0; i < selection->count; i++)
        for (size_t k = 0; k < selection->items[i].count; k++) {
            double *value = &summary[selection->items[i].first + k];
            *value = summarise(evaluation, &selection->items[i], *value);
        }
}
