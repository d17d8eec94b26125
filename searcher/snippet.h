/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The passages of a text that show best why it was found.
 *
 * Takes a text, its language and the evidence of a query; gives one to three short fragments in pieces that are marked
 * or not; never escapes for HTML or a terminal, but gives nothing that could break a line, a terminal or a page's
 * direction of writing.
 */
#ifndef SEARCHER_SNIPPET_H
#define SEARCHER_SNIPPET_H

#include "corpus/text.h"
#include "indexer/analysis/analyse.h"
#include "searcher/highlight.h"

enum {
    SNIPPET_BYTES_DEFAULT = 280, /* bytes of all fragments together: two to three lines of a terminal or page */
    SNIPPET_BYTES_MAX = 64 * 1024,
    SNIPPET_FRAGMENTS_DEFAULT = 3,
    SNIPPET_FRAGMENTS_MAX = 16
};

/* A run of a fragment. The text is well-formed UTF-8 with white space folded to single blanks, without control
 * characters, and its bidi controls, if any, are balanced within the fragment. */
struct snippet_piece {
    struct span text; /* not empty */
    bool mark;
};

struct snippet_fragment {
    const struct snippet_piece *pieces;
    size_t count;
    struct range range;           /* the bytes of the text it shows */
    bool more_before, more_after; /* text is left out on that side: show an ellipsis */
};

struct snippet {
    const struct snippet_fragment *fragments; /* in the order of the text */
    size_t count;                             /* 0 only for a text without anything to show */
    struct arena arena;                       /* owns all of the above */
};

struct snippet_options {
    size_t max_bytes;                     /* of the text shown in all fragments together; 0 for the default */
    size_t max_fragments;                 /* 0 for the default */
    struct range title;                   /* bytes of the text that are shown elsewhere; empty for none */
    const struct highlight_hit *mentions; /* of names asked for (name_marks.h), ascending */
    size_t mention_count;
};

/* Chooses the passages of [text] that cover most of the evidence in [highlighter], each item by its weight, words close
 * to each other and starts of sentences preferred, and writes them to *[out], which the caller releases. A text without
 * a match gives its first sentences. Passages are cut between words, never inside a character with its marks; a single
 * word or cluster longer than the room is cut between characters. [options] may be NULL.
 *
 * Takes the analysis of [analyser] (what was there before is gone). Linear in the text; long texts are read in parts,
 * and not to the end when everything asked for has been seen.
 *
 * Returns OK, LIMIT (text of 4 GB or more), NO_MEMORY; *[out] needs no release then. */
enum status snippet_best(struct snippet *out, struct analyser *analyser, struct highlighter *highlighter,
                         struct span text, struct span language, const struct snippet_options *options);
void snippet_release(struct snippet *snippet);

/* Appends [text] (a title, a name, a source) made safe to show in the way of a piece: white space folded and trimmed,
 * control characters and unbalanced bidi controls left out, ill-formed bytes as U+FFFD.
 * Returns OK, LIMIT, NO_MEMORY. */
enum status snippet_clean(struct buffer *out, struct span text);

#endif
