/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judging documents at a terminal: one after the other is shown, a key gives its grade.
 *
 * Takes pooled documents and callbacks for their text; gives a qrels file; never opens an index.
 *
 * The file is the state: each grade is appended as it is given and an undo as a line that takes it back, so that a
 * stop, wanted or not, loses nothing. At the end of a session the file is written anew, sorted, each document once.
 */
#ifndef EVAL_JUDGE_H
#define EVAL_JUDGE_H

#include "corpus/text.h"

#include <stdio.h>

struct judge_item {
    struct span topic, document;
};

struct judge_callbacks {
    /* Appends what is to be shown of a document: its title and text, and a snippet for the topic's query. NOT_FOUND
     * when the index no longer has it. */
    enum status (*show)(void *context, struct span topic, struct span document, struct buffer *title,
                        struct buffer *snippet, struct buffer *text, struct error *error);
    /* Appends the topic's query text; may append nothing. */
    enum status (*topic)(void *context, struct span topic, struct buffer *text, struct error *error);
    /* The next key, or EOF: a byte. */
    int (*key)(void *context);
    void *context;
};

struct judge_options {
    const char *qrels_path; /* read when it is there, and written */
    int grade_max;          /* keys 0 to this; at most 9 */
    size_t text_bytes;      /* of a document shown at once; 'm' shows as much more */
};

struct judge_outcome {
    size_t judged;  /* in this session, undone ones left out */
    size_t left;    /* without a grade */
    size_t skipped; /* gone from the index, or passed over */
    bool quit;
};

/* Shows each of [items] that has no grade and takes the keys: a grade, 'u' undo, 's' skip, 'm' more text, 'q' quit;
 * other keys show the help. What is shown goes to [screen]; control characters in texts are shown as '?', so that a
 * document cannot drive the terminal.
 *
 * Returns OK (also after 'q' or the end of input), INVALID for a malformed qrels file, IO, or NO_MEMORY.
 */
enum status judge(struct judge_outcome *out, const struct judge_item *items, size_t count,
                  const struct judge_callbacks *callbacks, const struct judge_options *options, FILE *screen,
                  struct error *error);

#endif
