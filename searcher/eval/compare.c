/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void comparison_release(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->run_count; i++) evaluation_release(&comparison->runs[i]);
    for (size_t i = 0; i < comparison->measure_count; i++) {
        free(comparison->measures[i].means);
        free(comparison->measures[i].contests);
    }
    free(comparison->runs);
    free(comparison->topics);
    free(comparison->measures);
    *comparison = (struct comparison){0};
}

double comparison_value(const struct comparison *comparison, size_t run, size_t topic, size_t value)
{
    return evaluation_topic(&comparison->runs[run], comparison->topics[topic])[value];
}

struct span comparison_topic_name(const struct comparison *comparison, size_t place)
{
    return qrels_topic(comparison->qrels, comparison->topics[place])->name;
}

struct span comparison_topic_text(const struct comparison *comparison, size_t place)
{
    const struct topics *texts = comparison->options.texts;
    const struct topic *topic = texts ? topics_find(texts, comparison_topic_name(comparison, place)) : NULL;
    return topic ? topic->text : (struct span){0};
}

void comparison_label(struct writer *out, const struct comparison *comparison, size_t run,
                      void (*escape)(struct writer *, struct span))
{
    struct span tag = buffer_span(&comparison->runs[run].tag);
    bool alike = false;
    for (size_t i = 0; i < comparison->run_count; i++)
        if (i != run && span_equal(tag, buffer_span(&comparison->runs[i].tag))) alike = true;
    escape(out, tag);
    if (!alike) return;
    const char *path = comparison->paths[run], *slash = strrchr(path, '/');
    escape(out, SPAN(" ("));
    escape(out, span_of(slash ? slash + 1 : path));
    escape(out, SPAN(")"));
}

static bool comparable(const struct selected *selected)
{
    return selected->measure->value == VALUE_SCORE && selected->measure->summary == SUMMARY_MEAN;
}

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory comparing runs");
}

static enum status choose_topics(struct comparison *out, struct error *error)
{
    size_t topics = qrels_count(out->qrels);
    out->topics = calloc(topics, sizeof *out->topics);
    if (!out->topics) return no_memory(error);
    for (size_t topic = 0; topic < topics; topic++) {
        size_t having = 0;
        for (size_t run = 0; run < out->run_count; run++) having += out->runs[run].found[topic];
        if (out->options.common ? having == out->run_count : having > 0) out->topics[out->topic_count++] = topic;
    }
    out->left_out = topics - out->topic_count;
    return out->topic_count ? OK : fail(error, INVALID, "the runs and the judgements have no topic in common");
}

/* Tests a measure's differences; topics where a value is no number take no part. */
static enum status contest(struct comparison *out, struct compared_measure *measure, size_t run, double *differences,
                           struct error *error)
{
    size_t count = 0;
    for (size_t place = 0; place < out->topic_count; place++) {
        double difference =
            comparison_value(out, run, place, measure->value) - comparison_value(out, 0, place, measure->value);
        if (isfinite(difference)) differences[count++] = difference;
    }
    /* every test draws from a sequence of its own, so that the order of measures and runs changes nothing */
    uint64_t seed = out->options.seed ^ (uint64_t)run << 32;
    for (const char *at = measure->name; *at; at++) seed = (seed ^ (unsigned char)*at) * 0x100000001b3u;
    return paired_test(&measure->contests[run].test, differences, count, out->options.samples, seed, error);
}

static enum status correct(struct comparison *out, struct compared_measure *measure, double *p, struct error *error)
{
    for (int kind = 0; kind < 3; kind++) {
        for (size_t run = 1; run < out->run_count; run++) {
            const struct paired *test = &measure->contests[run].test;
            p[run - 1] = kind == 0 ? test->t_p : kind == 1 ? test->wilcoxon_p : test->randomisation_p;
        }
        enum status status = holm_correct(p, out->run_count - 1, error);
        if (status != OK) return status;
        for (size_t run = 1; run < out->run_count; run++) {
            struct contest *contest = &measure->contests[run];
            *(kind == 0   ? &contest->t_holm
              : kind == 1 ? &contest->wilcoxon_holm
                          : &contest->randomisation_holm) = p[run - 1];
        }
    }
    return OK;
}

static enum status add_measure(struct comparison *out, size_t value, double *differences, struct error *error)
{
    struct compared_measure *measure = &out->measures[out->measure_count++];
    *measure = (struct compared_measure){.name = out->selection->names[value],
                                         .value = value,
                                         .means = calloc(out->run_count, sizeof *measure->means),
                                         .contests = calloc(out->run_count, sizeof *measure->contests)};
    if (!measure->means || !measure->contests) return no_memory(error);
    for (size_t run = 0; run < out->run_count; run++) {
        double sum = 0;
        for (size_t place = 0; place < out->topic_count; place++) sum += comparison_value(out, run, place, value);
        measure->means[run] = sum / (double)out->topic_count;
    }
    enum status status = OK;
    for (size_t run = 1; run < out->run_count && status == OK; run++)
        status = contest(out, measure, run, differences, error);
    return status == OK ? correct(out, measure, differences, error) : status;
}

enum status compare(struct comparison *out, const struct qrels *qrels, const struct selection *selection,
                    const char **paths, size_t run_count, const struct compare_options *options, struct error *error)
{
    *out = (struct comparison){.options = *options, .qrels = qrels, .selection = selection, .paths = paths};
    out->options.evaluate.complete = true;
    size_t room = run_count > qrels_count(qrels) ? run_count : qrels_count(qrels);
    double *differences = calloc(room + 1, sizeof *differences);
    out->runs = calloc(run_count, sizeof *out->runs);
    out->measures = calloc(selection->width + 1, sizeof *out->measures);
    enum status status = differences && out->runs && out->measures ? OK : no_memory(error);
    for (size_t i = 0; i < run_count && status == OK; i++) {
        status = evaluate(&out->runs[i], qrels, selection, paths[i], &out->options.evaluate, error);
        if (status == OK) out->run_count++;
    }
    if (status == OK) status = choose_topics(out, error);
    for (size_t i = 0; i < selection->count && status == OK; i++) {
        const struct selected *selected = &selection->items[i];
        if (strcmp(selected->measure->name, "iprec_at_recall") == 0 && !selected->label) out->curve = selected;
        for (size_t k = 0; k < selected->count && status == OK; k++)
            if (comparable(selected) && (selected != out->curve || !options->curve_only))
                status = add_measure(out, selected->first + k, differences, error);
    }
    free(differences);
    if (status == OK && out->measure_count == 0)
        status = fail(error, INVALID, "none of the measures is a mean over topics that runs can be compared by");
    if (status != OK) comparison_release(out);
    return status;
}

struct place {
    double difference;
    size_t place;
};

static int order_places(const void *a, const void *b)
{
    const struct place *one = a, *two = b;
    if (one->difference != two->difference) return one->difference > two->difference ? -1 : 1;
    return (one->place > two->place) - (one->place < two->place);
}

size_t *comparison_order(const struct comparison *comparison, size_t run, const struct compared_measure *measure)
{
    struct place *places = calloc(comparison->topic_count, sizeof *places);
    size_t *order = calloc(comparison->topic_count, sizeof *order);
    for (size_t i = 0; places && order && i < comparison->topic_count; i++) {
        double difference =
            comparison_value(comparison, run, i, measure->value) - comparison_value(comparison, 0, i, measure->value);
        places[i] = (struct place){.difference = isfinite(difference) ? difference : 0, .place = i};
    }
    if (places && order) {
        qsort(places, comparison->topic_count, sizeof *places, order_places);
        for (size_t i = 0; i < comparison->topic_count; i++) order[i] = places[i].place;
    } else {
        free(order);
        order = NULL;
    }
    free(places);
    return order;
}
