/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Relevance judgements, read from a file into memory: topics in byte order, each with its judged documents.
 *
 * Takes a file in one of four formats; gives topics, groups of judgements and a quick look-up by document; never
 * decides what counts as relevant.
 */
#ifndef EVAL_QRELS_H
#define EVAL_QRELS_H

#include "corpus/text.h"

struct lines;

enum {
    GRADE_UNPOOLED = -1, /* of a document the judgements do not mention */
    GRADE_UNJUDGED = -2, /* of a document they mention with a negative grade: pooled, never judged */
    GRADE_MAX = 32767    /* grades above it are taken for a mistake: tables are kept per grade */
};

/* What a line of the file holds; a row of the table in qrels.c. */
struct qrels_format {
    const char *name;
    const char *columns; /* t topic, i ignored, g group, s subgroup, d document, r whole grade, l real level */
    bool preferences;    /* levels order documents pair by pair, and are no grades */
    const char *explanation;
};

extern const struct qrels_format QRELS_FORMATS[];
extern const size_t QRELS_FORMAT_COUNT;
const struct qrels_format *qrels_format_find(const char *name); /* NULL when there is none */

struct judgement {
    struct span document;
    double level;   /* as written */
    int32_t grade;  /* as written, but any negative grade is GRADE_UNJUDGED; 0 in preference formats */
    uint32_t topic; /* number in order of appearance */
    uint32_t group; /* likewise; 0 in formats without groups */
    uint32_t subgroup;
    size_t line;
};

/* The judgements of one judge ("group") for one topic; a plain qrels file has one group a topic. */
struct judged_group {
    struct span name;
    const struct judgement *judgements; /* by document; in preference formats by subgroup, then document */
    size_t count;
    const uint32_t *slots; /* hash table over judgements: index + 1, 0 when free */
    size_t slot_count;     /* a power of two, or 0 in preference formats */
    int32_t grade_max;     /* the highest grade, negative when nothing was judged */
};

struct judged_topic {
    struct span name;
    struct judged_group *groups; /* by name, bytewise */
    size_t group_count;
};

struct qrels; /* opaque */

/* Reads the judgements of [path] ("-" is standard input).
 *
 * Lines that are blank or start with '#' are skipped. A line that is not as [format] has it, or judges a document
 * twice, is INVALID and named; so is a file without any judgement. Also IO, LIMIT or NO_MEMORY.
 */
enum status qrels_read(struct qrels **out, const char *path, const struct qrels_format *format, struct error *error);

/* The same from an open reader, which stays the caller's. */
enum status qrels_read_lines(struct qrels **out, struct lines *lines, const struct qrels_format *format,
                             struct error *error);

void qrels_free(struct qrels *qrels);

const struct qrels_format *qrels_format_of(const struct qrels *qrels);
size_t qrels_count(const struct qrels *qrels);                                   /* of topics */
const struct judged_topic *qrels_topic(const struct qrels *qrels, size_t index); /* by name, bytewise */
size_t qrels_find(const struct qrels *qrels, struct span topic);                 /* its index, or SIZE_MAX */

/* The grade of [document], GRADE_UNPOOLED or GRADE_UNJUDGED. O(1). */
int32_t judged_grade(const struct judged_group *group, struct span document);

#endif
