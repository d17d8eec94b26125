/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One measure of runs made in this very process, topic by topic: what tuning asks for again and again.
 *
 * Takes judgements, topics and the name of a measure, then runs as text; gives a score a topic; searches nothing.
 */
#ifndef EVAL_SCORER_H
#define EVAL_SCORER_H

#include "searcher/eval/topics.h"

struct scorer; /* opaque */

/* Reads the judgements of [qrels_path] and keeps those of [topics] that are judged; [topics] must outlive the scorer.
 * [measure] is one of eval's, with a single value that is averaged over topics (ndcg_cut.10, AP). Returns OK, INVALID
 * (also when no topic is judged), UNSUPPORTED, IO, LIMIT or NO_MEMORY.
 */
enum status scorer_new(struct scorer **out, const char *qrels_path, const struct topics *topics, const char *measure,
                       struct error *error);
void scorer_free(struct scorer *scorer);

size_t scorer_count(const struct scorer *scorer);                            /* of judged topics */
const struct topic *scorer_topic(const struct scorer *scorer, size_t index); /* in the order of the topics file */
const char *scorer_measure(const struct scorer *scorer);                     /* its name in reports */

/* Changes whenever a judged topic, its text or a judgement does. O(judgements). */
uint64_t scorer_fingerprint(const struct scorer *scorer);

/* Measures [run], lines as run_write has them, and writes a score for each judged topic; a topic without a line counts
 * as one without results. Returns OK, INVALID (also when a score is no number), LIMIT or NO_MEMORY. */
enum status scorer_score(const struct scorer *scorer, struct span run, double *scores, struct error *error);

#endif
