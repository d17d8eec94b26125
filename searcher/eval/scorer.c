/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/eval/scorer.h"

#include "searcher/eval/evaluate.h"
#include "searcher/eval/lines.h"

#include <math.h>
#include <stdlib.h>

struct scorer {
    struct qrels *qrels;
    struct selection selection;
    const struct topic **topics;
    size_t *places; /* of the topics in the judgements */
    size_t count;
};

static enum status no_memory(struct error *error)
{
    return fail(error, NO_MEMORY, "out of memory scoring runs");
}

static enum status choose_measure(struct scorer *scorer, const char *measure, struct error *error)
{
    enum status status = selection_add(&scorer->selection, measure, error);
    if (status == OK) status = selection_finish(&scorer->selection, error);
    if (status != OK) return status;
    if (scorer->selection.width != 1)
        return fail(error, INVALID, "'%s' stands for %zu values; name one, such as ndcg_cut.10", measure,
                    scorer->selection.width);
    const struct measure *row = scorer->selection.items[0].measure;
    if (row->value != VALUE_SCORE || row->summary != SUMMARY_MEAN ||
        selection_misfit(&scorer->selection, &QRELS_FORMATS[0]))
        return fail(error, INVALID, "'%s' is no mean over topics; name one that is, such as ndcg_cut.10", measure);
    return OK;
}

enum status scorer_new(struct scorer **out, const char *qrels_path, const struct topics *topics, const char *measure,
                       struct error *error)
{
    struct scorer *scorer = calloc(1, sizeof *scorer);
    if (!scorer) return no_memory(error);
    selection_init(&scorer->selection);
    scorer->topics = calloc(topics->count + 1, sizeof *scorer->topics);
    scorer->places = calloc(topics->count + 1, sizeof *scorer->places);
    enum status status = scorer->topics && scorer->places ? choose_measure(scorer, measure, error) : no_memory(error);
    if (status == OK) status = qrels_read(&scorer->qrels, qrels_path, &QRELS_FORMATS[0], error);
    for (size_t i = 0; i < topics->count && status == OK; i++) {
        size_t place = qrels_find(scorer->qrels, topics->items[i].name);
        if (place == SIZE_MAX) continue;
        scorer->topics[scorer->count] = &topics->items[i];
        scorer->places[scorer->count++] = place;
    }
    if (status == OK && scorer->count == 0)
        status = fail(error, INVALID, "the topics and the judgements '%s' have no topic in common", qrels_path);
    if (status == OK)
        *out = scorer;
    else
        scorer_free(scorer);
    return status;
}

void scorer_free(struct scorer *scorer)
{
    if (!scorer) return;
    selection_release(&scorer->selection);
    qrels_free(scorer->qrels);
    free(scorer->topics);
    free(scorer->places);
    free(scorer);
}

size_t scorer_count(const struct scorer *scorer)
{
    return scorer->count;
}

const struct topic *scorer_topic(const struct scorer *scorer, size_t index)
{
    return scorer->topics[index];
}

const char *scorer_measure(const struct scorer *scorer)
{
    return scorer->selection.names[0];
}

/* FNV-1a (Fowler, Noll, Vo), 64 bits; a byte between texts keeps "ab", "c" apart from "a", "bc". */
static uint64_t mix(uint64_t hash, struct span text)
{
    for (size_t i = 0; i < text.length; i++) hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
    return (hash ^ 0xff) * 0x100000001b3u;
}

uint64_t scorer_fingerprint(const struct scorer *scorer)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < scorer->count; i++) {
        hash = mix(mix(hash, scorer->topics[i]->name), scorer->topics[i]->text);
        const struct judged_group *group = &qrels_topic(scorer->qrels, scorer->places[i])->groups[0];
        for (size_t k = 0; k < group->count; k++) {
            hash = mix(hash, group->judgements[k].document);
            hash = (hash ^ (uint32_t)group->judgements[k].grade) * 0x100000001b3u;
        }
    }
    return hash;
}

enum status scorer_score(const struct scorer *scorer, struct span run, double *scores, struct error *error)
{
    for (size_t i = 0; i < scorer->count; i++) scores[i] = 0;
    if (!run.length) return OK;
    struct lines *lines;
    struct evaluate_options options = EVALUATE_DEFAULTS;
    struct evaluation evaluation;
    options.complete = true;
    enum status status = lines_open_memory(&lines, "the run", run, error);
    if (status != OK) return status;
    status = evaluate_lines(&evaluation, scorer->qrels, &scorer->selection, lines, &options, error);
    lines_close(lines);
    if (status != OK) return status;
    for (size_t i = 0; i < scorer->count && status == OK; i++) {
        scores[i] = evaluation_topic(&evaluation, scorer->places[i])[0];
        struct span name = scorer->topics[i]->name;
        if (!isfinite(scores[i]))
            status = fail(error, INVALID, "%s has no value for topic %.*s; tune for another measure",
                          scorer_measure(scorer), (int)name.length, name.data);
    }
    evaluation_release(&evaluation);
    return status;
}
