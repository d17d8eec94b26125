/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topics: the queries of an evaluation, each with the name judgements and runs know it by.
 *
 * Takes a file of lines `name, tab, text`, of TREC's <top> records or of JSON objects; gives names and texts; never
 * stops at a topic it cannot use.
 */
#ifndef EVAL_TOPICS_H
#define EVAL_TOPICS_H

#include "corpus/text.h"

struct lines;

/* Parts of a topic, to be joined in this order. Lines with tabs have a title alone. */
enum topic_part { TOPIC_TITLE = 1, TOPIC_DESCRIPTION = 2, TOPIC_NARRATIVE = 4 };

struct topic {
    struct span name; /* one word */
    struct span text; /* UTF-8 as read, white space runs made one space, not empty */
    size_t line;      /* where it begins */
};

struct topics {
    struct arena memory;
    struct topic *items; /* in the order of the file */
    size_t count;
    size_t skipped; /* that could not be used */
};

/* Hears of each topic that is skipped, with its line and what is wrong; may be NULL. */
typedef void (*topics_complaint)(void *context, const char *message);

/* "title", "desc", "narr" and several of them with '+' or ',' between. INVALID for anything else. */
enum status topics_parts_parse(unsigned *parts, const char *text, struct error *error);

/* Reads the topics of [path] ("-" is standard input). The format is told by the first byte that is no white space: '<'
 * begins TREC, '{' JSON, anything else a name.
 *
 * A topic is skipped, and [complain] told, when it has no name or no text in [parts], or when its name is several words
 * or was there before. *[out] is released with topics_release. Returns OK, INVALID when not one topic is left, IO,
 * LIMIT or NO_MEMORY.
 */
enum status topics_read(struct topics *out, const char *path, unsigned parts, topics_complaint complain, void *context,
                        struct error *error);
enum status topics_read_lines(struct topics *out, struct lines *lines, unsigned parts, topics_complaint complain,
                              void *context, struct error *error);

void topics_release(struct topics *topics);

const struct topic *topics_find(const struct topics *topics, struct span name); /* O(n); NULL when absent */

#endif
