/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a text matches a query.
 *
 * Takes evidence (what a query asks for, as plain data) and an analysed text; gives the byte ranges that match, words
 * of a phrase only where the phrase stands; never looks into an index and never changes or escapes the text.
 */
#ifndef SEARCHER_HIGHLIGHT_H
#define SEARCHER_HIGHLIGHT_H

#include "corpus/text.h"
#include "indexer/analysis/analyse.h"
#include "indexer/schema.h"

enum evidence_kind {
    EVIDENCE_STEM,  /* text equals a token's stem or plain stem */
    EVIDENCE_FORM,  /* text equals a token's form */
    EVIDENCE_PREFIX /* text begins a token's form */
};

/* One word that will do, folded as analysis folds. */
struct evidence_term {
    enum evidence_kind kind;
    struct span text; /* not empty */
};

/* The words of which one must stand at a place of a group. */
struct evidence_place {
    const struct evidence_term *terms;
    size_t count;
};

/* What must stand together to match: one place for a word, several for a phrase, NEAR, ADJ, or a word that the text
 * may write in parts (cybercrime: cyber crime). */
struct evidence_group {
    const struct evidence_place *places;
    size_t count;    /* at least 1 */
    bool ordered;    /* places in this order */
    uint32_t window; /* positions from the first place to the last, both counted, as Xapian's OP_PHRASE and OP_NEAR
                        count them; [count] or less for side by side. A compound or address counts as one */
    bool title_only; /* matches in the title alone (title:word) */
    uint32_t item;   /* which part of the query it is evidence of, from 0: groups of one item are alternatives, and a
                        passage gains by its items, not by its groups */
    double weight;   /* what the item is worth in a passage, 0 or more; the rarer the word the more, say its idf */
};

/* A name asked for. A document that was tagged knows its mentions, in whatever words: name_marks.h. */
struct evidence_name {
    enum name_type type;
    struct span key; /* as name_key makes it */
    uint32_t item;   /* as of a group */
    double weight;
};

struct evidence {
    const struct evidence_group *groups;
    size_t count;
    const struct evidence_name *names;
    size_t name_count;
};

/* A match of a group or of a word in it: bytes [start, end) of the text. A group of places side by side in order gives
 * one hit from its first word to its last; NEAR and ADJ give a hit for each of their words. */
struct highlight_hit {
    uint32_t start, end;
    uint32_t group; /* index in the evidence */
};

/* Evidence made ready for looking up, with the memory of the last text. Not shared by threads. */
struct highlighter;

/* Copies [evidence]. Returns OK, NO_MEMORY. */
enum status highlighter_new(struct highlighter **out, const struct evidence *evidence);
void highlighter_free(struct highlighter *highlighter);

const struct evidence *highlighter_evidence(const struct highlighter *highlighter); /* its copy */

enum {
    HIGHLIGHT_USES_MAX = 64 /* places of the evidence one word can stand at, and steps a token that are spent on one
                               group: keeps hostile queries ("a a a a …") linear; groups past it are not followed */
};

/* Finds the hits in [analysis]; [title] is the bytes of the title in the text (empty when it is not in it), for the
 * groups that match in the title alone. *[out] is ascending by start, then end, and belongs to [highlighter] until the
 * next call. O(tokens + hits log hits). Returns OK, NO_MEMORY. */
enum status highlight_hits(const struct highlight_hit **out, size_t *count, struct highlighter *highlighter,
                           const struct analysis *analysis, struct range title);

/* The same as ranges to mark: ascending, apart; hits that touch or overlap are one range. */
enum status highlight_ranges(const struct range **out, size_t *count, struct highlighter *highlighter,
                             const struct analysis *analysis, struct range title);

#endif
