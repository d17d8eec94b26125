/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts of right and wrong names, and the list of what was taken for what.
 *
 * Takes counts and mistakes as a comparison finds them; gives a table and a list; never knows where they come from.
 */
#ifndef CLI_TAG_SCORE_H
#define CLI_TAG_SCORE_H

#include "indexer/entities/names/names.h"

#include <stdio.h>

struct tag_counts {
    size_t gold, tagged, right;
};

struct tag_score {
    struct tag_counts counts[TAG_TYPES]; /* [0] is the sum */
    const char **mistakes;               /* what stands in gold, a tab, what was tagged; in [arena] */
    size_t mistake_count, mistake_capacity;
    struct arena arena;
    bool full; /* no room for further mistakes */
};

void tag_score_init(struct tag_score *score);
void tag_score_release(struct tag_score *score);

void tag_score_count(struct tag_score *score, enum tag_type type, size_t gold, size_t tagged, size_t right);

/* A name as the list of mistakes shows it: "place Georgia", or "nothing" for type 0. Appends to [out]. */
enum status tag_score_describe(struct buffer *out, enum tag_type type, struct span name);

/* Notes one mistake: two descriptions with a tab between them. Returns OK, also when the list is full; NO_MEMORY. */
enum status tag_score_mistake(struct tag_score *score, struct span text);

/* Prints the table and the [confusions] most frequent mistakes; as one JSON object when [json]. [what] names what the
 * [size] counts, "tokens" or "documents". Returns OK, NO_MEMORY. */
enum status tag_score_print(FILE *out, struct tag_score *score, const char *what, size_t size, size_t confusions,
                            bool json);

#endif
